-- Who is answering what at this moment (docs/decisions/046).

-- CreateTable
CREATE TABLE "AnswerLease" (
    "memberId" UUID NOT NULL,
    "questionId" UUID NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "AnswerLease_pkey" PRIMARY KEY ("memberId")
);

-- CreateIndex
CREATE INDEX "AnswerLease_questionId_idx" ON "AnswerLease"("questionId");

-- AddForeignKey
ALTER TABLE "AnswerLease" ADD CONSTRAINT "AnswerLease_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AnswerLease" ADD CONSTRAINT "AnswerLease_questionId_fkey" FOREIGN KEY ("questionId") REFERENCES "Question"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What Prisma's schema language cannot say.

ALTER TABLE "AnswerLease" ADD CONSTRAINT "AnswerLease_until_check" CHECK ("until" > since);

ALTER TABLE "AmaEvent" DROP CONSTRAINT "AmaEvent_kind_check";
ALTER TABLE "AmaEvent" ADD CONSTRAINT "AmaEvent_kind_check"
  CHECK (kind IN ('asked', 'hidden', 'changed', 'answering', 'answered', 'edited', 'taken-back', 'moved'));

-- That somebody begins or ends, while the AMA is live: before it they prepare, which is nobody's business. What ends by
-- itself is told by nobody but the clock (getState in domain/ama-event/queries.ts). The row of the mentor is locked before
-- the AMA, by whoever begins and by whoever publishes.
CREATE FUNCTION ama_being_answered() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  told record;
BEGIN
  FOR told IN
    SELECT q.id, q."amaId" FROM "Question" q JOIN "Ama" a ON a.id = q."amaId"
    WHERE (TG_OP <> 'INSERT' AND q.id = OLD."questionId" OR TG_OP <> 'DELETE' AND q.id = NEW."questionId")
      AND q."hiddenAt" IS NULL AND a."cancelledAt" IS NULL AND now() BETWEEN a."startsAt" AND a."endsAt"
    ORDER BY q."amaId", q.id
  LOOP
    PERFORM ama_event(told."amaId", 'answering', told.id, NULL);
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER ama_being_answered AFTER INSERT OR DELETE ON "AnswerLease" FOR EACH ROW EXECUTE FUNCTION ama_being_answered();
-- One that is only kept up tells nothing.
CREATE TRIGGER ama_being_answered_anew AFTER UPDATE ON "AnswerLease" FOR EACH ROW
  WHEN ((OLD."questionId", OLD.since) IS DISTINCT FROM (NEW."questionId", NEW.since)) EXECUTE FUNCTION ama_being_answered();
