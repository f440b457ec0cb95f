-- Answers that are prepared before an AMA, and published at its start or all at once.

-- AlterTable
ALTER TABLE "AnswerDraft" ADD COLUMN     "atStart" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "preparedAt" TIMESTAMPTZ(3);

ALTER TABLE "AnswerDraft" ADD CONSTRAINT "AnswerDraft_start_check" CHECK ("preparedAt" IS NOT NULL OR NOT "atStart");

-- When an AMA is moved, by whomever, what is to be published at its start moves along: the job of the same key is replaced.
CREATE FUNCTION ama_start_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM "AnswerDraft" d JOIN "Question" q ON q.id = d."questionId" WHERE q."amaId" = NEW.id AND d."atStart") THEN
    PERFORM graphile_worker.add_job('publish-at-start', payload => json_build_object('ama', NEW.id), run_at => NEW."startsAt",
      job_key => 'publish-at-start ' || NEW.id);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER start_moves AFTER UPDATE OF "startsAt" ON "Ama" FOR EACH ROW WHEN (OLD."startsAt" <> NEW."startsAt") EXECUTE FUNCTION ama_start_moves();
