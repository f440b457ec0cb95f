-- What people do with an answer that somebody else wrote: save it, say that it is helpful, thank for it.

CREATE TABLE "AnswerMark" (
    "memberId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "answerId" UUID NOT NULL,
    "markedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AnswerMark_pkey" PRIMARY KEY ("memberId", "kind", "answerId")
);
ALTER TABLE "Answer" ADD COLUMN "helpfulCount" INTEGER NOT NULL DEFAULT 0, ADD COLUMN "thanksCount" INTEGER NOT NULL DEFAULT 0;

CREATE INDEX "AnswerMark_memberId_kind_markedAt_answerId_idx" ON "AnswerMark"("memberId", "kind", "markedAt", "answerId");
CREATE INDEX "AnswerMark_answerId_idx" ON "AnswerMark"("answerId");

ALTER TABLE "AnswerMark" ADD CONSTRAINT "AnswerMark_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "AnswerMark" ADD CONSTRAINT "AnswerMark_answerId_fkey" FOREIGN KEY ("answerId") REFERENCES "Answer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "AnswerMark" ADD CONSTRAINT "AnswerMark_kind_check" CHECK (kind IN ('save', 'helpful', 'thanks'));
ALTER TABLE "Answer" ADD CONSTRAINT "Answer_marks_check" CHECK ("helpfulCount" >= 0 AND "thanksCount" >= 0);

-- Counters: once per statement, answers locked in the order of their ids. What is saved is nobody else's, and not counted.
CREATE FUNCTION marks_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed text := signed_rows(TG_OP);
BEGIN
  EXECUTE format('SELECT 1 FROM "Answer" WHERE id IN (SELECT "answerId" FROM %s r) ORDER BY id FOR NO KEY UPDATE', changed);
  EXECUTE format($sql$
    UPDATE "Answer" a SET "helpfulCount" = a."helpfulCount" + d.helpful, "thanksCount" = a."thanksCount" + d.thanks
    FROM (SELECT "answerId", sum(sign * (kind = 'helpful')::int) AS helpful, sum(sign * (kind = 'thanks')::int) AS thanks FROM %s r GROUP BY 1) d
    WHERE a.id = d."answerId" AND (d.helpful <> 0 OR d.thanks <> 0)
  $sql$, changed);
  RETURN NULL;
END $$;
CREATE TRIGGER marks_inserted AFTER INSERT ON "AnswerMark" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION marks_changed();
CREATE TRIGGER marks_deleted AFTER DELETE ON "AnswerMark" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION marks_changed();
