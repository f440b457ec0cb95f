-- How many people wait for a question's next answer, so that queues are ordered by an index (docs/decisions/038).

ALTER TABLE "Question" ADD COLUMN "waitingCount" INTEGER NOT NULL DEFAULT 0;

-- As domain/answer-request/queries.ts says it: no answer is newer than the request, or than when it was made again.
CREATE FUNCTION request_waits(requested timestamptz, again timestamptz, answered timestamptz) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT answered IS NULL OR coalesce(again, requested) > answered
$$;

-- Before the first answer all wait, those counted by an import too; an answer fulfils the latter, who have no date.
CREATE FUNCTION waiting_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."waitingCount" := CASE WHEN NEW."lastAnsweredAt" IS NULL THEN NEW."requestCount" ELSE (
    SELECT count(*) FROM "AnswerRequest" r
    WHERE r."questionId" = NEW.id AND request_waits(r."requestedAt", r."againAt", NEW."lastAnsweredAt")) END;
  RETURN NEW;
END $$;
-- Named to come after request_base, which it reads.
CREATE TRIGGER waiting_begins_insert BEFORE INSERT ON "Question" FOR EACH ROW EXECUTE FUNCTION waiting_begins();
CREATE TRIGGER waiting_begins_update BEFORE UPDATE OF "requestBase", "lastAnsweredAt" ON "Question" FOR EACH ROW
  WHEN (OLD."requestBase" <> NEW."requestBase" OR OLD."lastAnsweredAt" IS DISTINCT FROM NEW."lastAnsweredAt") EXECUTE FUNCTION waiting_begins();

-- As before, with those who wait; and whoever waits again changes a row that is there.
CREATE OR REPLACE FUNCTION requests_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed text := signed_rows(TG_OP);
BEGIN
  EXECUTE format('SELECT 1 FROM "Question" WHERE id IN (SELECT "questionId" FROM %s r) ORDER BY id FOR NO KEY UPDATE', changed);
  EXECUTE format($sql$
    UPDATE "Question" q SET "requestCount" = q."requestCount" + d.requests, "waitingCount" = q."waitingCount" + d.waiting
    FROM (
      SELECT r."questionId", sum(sign) AS requests,
        sum(sign * request_waits(r."requestedAt", r."againAt", now."lastAnsweredAt")::int) AS waiting
      FROM %s r JOIN "Question" now ON now.id = r."questionId" GROUP BY 1
    ) d
    WHERE q.id = d."questionId" AND (d.requests <> 0 OR d.waiting <> 0)
  $sql$, changed);
  RETURN NULL;
END $$;
CREATE TRIGGER requests_updated AFTER UPDATE ON "AnswerRequest" REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION requests_changed();

UPDATE "Question" q SET "waitingCount" = CASE WHEN q."lastAnsweredAt" IS NULL THEN q."requestCount" ELSE (
  SELECT count(*) FROM "AnswerRequest" r
  WHERE r."questionId" = q.id AND request_waits(r."requestedAt", r."againAt", q."lastAnsweredAt")) END;
ALTER TABLE "Question" ADD CONSTRAINT "Question_waiting_check" CHECK ("waitingCount" BETWEEN 0 AND "requestCount");

-- Open: not answered yet, or somebody waits for another answer. Most questions are answered and nobody waits, so these are small.
-- A community's, by who waits and by when they were asked; an AMA's; those to one mentor.
CREATE INDEX "Question_open_waiting_idx" ON "Question" ("communityId", (-"waitingCount"), "askedAt", id)
  WHERE ("waitingCount" > 0 OR "answerCount" = 0) AND "hiddenAt" IS NULL AND "askedToId" IS NULL;
CREATE INDEX "Question_open_asked_idx" ON "Question" ("communityId", "askedAt", id)
  WHERE ("waitingCount" > 0 OR "answerCount" = 0) AND "hiddenAt" IS NULL AND "askedToId" IS NULL;
CREATE INDEX "Question_open_ama_idx" ON "Question" ("amaId", (-"waitingCount"), "askedAt", id)
  WHERE ("waitingCount" > 0 OR "answerCount" = 0) AND "hiddenAt" IS NULL AND "amaId" IS NOT NULL;
CREATE INDEX "Question_open_direct_idx" ON "Question" ("askedToId", "askedAt", id)
  WHERE ("waitingCount" > 0 OR "answerCount" = 0) AND "hiddenAt" IS NULL AND "askedToId" IS NOT NULL;
