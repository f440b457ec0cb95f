-- Requests that people set and take back (docs/decisions/027).

-- Whoever wants another answer after one was given waits again, and stays the one person that they are in the number.
ALTER TABLE "AnswerRequest" ADD COLUMN "againAt" TIMESTAMPTZ(3),
  ADD CONSTRAINT "AnswerRequest_again_check" CHECK ("againAt" >= "requestedAt");

-- The sign-up or sign-in that a press of a button led to: carried out in whatever browser the mail is opened.
ALTER TABLE "MailProof" ADD COLUMN "wanted" TEXT;

-- Somebody who leaves takes many requests back at once, and others may do so at the same moment: like all counters this one
-- changes once per statement, and questions are locked in the order of their ids.
DROP TRIGGER request_changed ON "AnswerRequest";
DROP FUNCTION request_changed();
CREATE FUNCTION requests_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed text := signed_rows(TG_OP);
BEGIN
  EXECUTE format('SELECT 1 FROM "Question" WHERE id IN (SELECT "questionId" FROM %s r) ORDER BY id FOR NO KEY UPDATE', changed);
  EXECUTE format($sql$
    UPDATE "Question" q SET "requestCount" = q."requestCount" + d.requests
    FROM (SELECT "questionId", sum(sign) AS requests FROM %s r GROUP BY 1) d
    WHERE q.id = d."questionId" AND d.requests <> 0
  $sql$, changed);
  RETURN NULL;
END $$;
CREATE TRIGGER requests_inserted AFTER INSERT ON "AnswerRequest" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION requests_changed();
CREATE TRIGGER requests_deleted AFTER DELETE ON "AnswerRequest" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION requests_changed();
