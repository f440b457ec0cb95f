-- What happens in an AMA, for those who have its page open (docs/decisions/039).

-- CreateTable
CREATE TABLE "AmaEvent" (
    "amaId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "questionId" UUID,
    "answerId" UUID,
    "happenedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AmaEvent_pkey" PRIMARY KEY ("amaId","number")
);

-- AddForeignKey
ALTER TABLE "AmaEvent" ADD CONSTRAINT "AmaEvent_amaId_fkey" FOREIGN KEY ("amaId") REFERENCES "Ama"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What Prisma's schema language cannot say.

ALTER TABLE "AmaEvent" ADD CONSTRAINT "AmaEvent_kind_check"
  CHECK (kind IN ('asked', 'hidden', 'changed', 'answered', 'edited', 'taken-back', 'moved'));

-- Whether anybody may have its page open to follow it. The page follows for a shorter time (domain/ama-event/rules.ts), so
-- that no clock that goes wrong loses anything. An import into an AMA of last year writes no event and wakes nobody.
CREATE FUNCTION ama_is_near("startsAt" timestamptz, "endsAt" timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT now() BETWEEN "startsAt" - interval '3 hours' AND "endsAt" + interval '3 hours'
$$;

-- Writes the next event of an AMA that is near. The AMA stays locked until the commit, so that numbers become visible in
-- their order: whoever has read event 7 has missed no 6. Locks go from the question to its AMA, and from there to the
-- counts of topics, as the counters' own triggers do. PostgreSQL drops a second notification of the same words.
CREATE FUNCTION ama_event(ama uuid, what text, question uuid, answer uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM "Ama" a WHERE a.id = ama FOR NO KEY UPDATE;
  INSERT INTO "AmaEvent" ("amaId", number, kind, "questionId", "answerId")
    SELECT ama, coalesce(max(number), 0) + 1, what, question, answer FROM "AmaEvent" WHERE "amaId" = ama;
  PERFORM pg_notify('ama_event', ama::text);
END $$;

CREATE FUNCTION ama_questions_asked() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  asked record;
BEGIN
  FOR asked IN
    SELECT r.id, r."amaId" FROM new_rows r JOIN "Ama" a ON a.id = r."amaId"
    WHERE r."hiddenAt" IS NULL AND ama_is_near(a."startsAt", a."endsAt") ORDER BY r."amaId", r.number
  LOOP
    PERFORM ama_event(asked."amaId", 'asked', asked.id, NULL);
  END LOOP;
  RETURN NULL;
END $$;
-- Named to come before questions_inserted, which goes on from the AMA to its topic.
CREATE TRIGGER ama_questions_asked AFTER INSERT ON "Question" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION ama_questions_asked();

CREATE FUNCTION ama_question_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  was "Question" := OLD;
  what text := 'hidden';
BEGIN
  IF NOT EXISTS (SELECT FROM "Ama" a WHERE a.id = was."amaId" AND ama_is_near(a."startsAt", a."endsAt")) THEN
    RETURN NULL;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    what := CASE WHEN NEW."hiddenAt" IS NOT NULL THEN 'hidden' WHEN was."hiddenAt" IS NOT NULL THEN 'asked' ELSE 'changed' END;
  END IF;
  PERFORM ama_event(was."amaId", what, was.id, NULL);
  RETURN NULL;
END $$;
-- By row and by column: one more request or view changes the row too, and is to cost nothing here.
CREATE TRIGGER ama_question_changed AFTER UPDATE OF "hiddenAt", title, "detailsHtml" ON "Question" FOR EACH ROW
  WHEN (NEW."amaId" IS NOT NULL AND ((OLD."hiddenAt" IS NULL) <> (NEW."hiddenAt" IS NULL)
    OR NEW."hiddenAt" IS NULL AND (OLD.title, OLD."detailsHtml") IS DISTINCT FROM (NEW.title, NEW."detailsHtml")))
  EXECUTE FUNCTION ama_question_changed();
CREATE TRIGGER ama_question_gone AFTER DELETE ON "Question" FOR EACH ROW WHEN (OLD."amaId" IS NOT NULL AND OLD."hiddenAt" IS NULL)
  EXECUTE FUNCTION ama_question_changed();

CREATE FUNCTION ama_answers_given() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  given record;
BEGIN
  PERFORM FROM "Question" q WHERE q.id IN (
    SELECT r."questionId" FROM new_rows r JOIN "Question" asked ON asked.id = r."questionId" JOIN "Ama" a ON a.id = asked."amaId"
    WHERE ama_is_near(a."startsAt", a."endsAt")) ORDER BY q.id FOR NO KEY UPDATE;
  FOR given IN
    SELECT r.id, r."questionId", q."amaId" FROM new_rows r JOIN "Question" q ON q.id = r."questionId" JOIN "Ama" a ON a.id = q."amaId"
    WHERE r."hiddenAt" IS NULL AND q."hiddenAt" IS NULL AND ama_is_near(a."startsAt", a."endsAt") ORDER BY q."amaId", r.id
  LOOP
    PERFORM ama_event(given."amaId", 'answered', given."questionId", given.id);
  END LOOP;
  RETURN NULL;
END $$;
-- Named to come before answers_inserted.
CREATE TRIGGER ama_answers_given AFTER INSERT ON "Answer" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION ama_answers_given();

CREATE FUNCTION ama_answer_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  was "Answer" := OLD;
  what text := 'taken-back';
  ama uuid;
BEGIN
  SELECT q."amaId" INTO ama FROM "Question" q JOIN "Ama" a ON a.id = q."amaId"
  WHERE q.id = was."questionId" AND q."hiddenAt" IS NULL AND ama_is_near(a."startsAt", a."endsAt") FOR NO KEY UPDATE OF q;
  IF ama IS NULL THEN
    RETURN NULL;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    what := CASE WHEN NEW."hiddenAt" IS NOT NULL THEN 'taken-back' WHEN was."hiddenAt" IS NOT NULL THEN 'answered' ELSE 'edited' END;
  END IF;
  PERFORM ama_event(ama, what, was."questionId", was.id);
  RETURN NULL;
END $$;
CREATE TRIGGER ama_answer_changed AFTER UPDATE OF "hiddenAt", html ON "Answer" FOR EACH ROW
  WHEN ((OLD."hiddenAt" IS NULL) <> (NEW."hiddenAt" IS NULL) OR NEW."hiddenAt" IS NULL AND OLD.html <> NEW.html)
  EXECUTE FUNCTION ama_answer_changed();
CREATE TRIGGER ama_answer_gone AFTER DELETE ON "Answer" FOR EACH ROW WHEN (OLD."hiddenAt" IS NULL)
  EXECUTE FUNCTION ama_answer_changed();

-- The AMA itself: its start or its end moves, it is cancelled, its introduction says something else.
CREATE FUNCTION ama_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF ama_is_near(OLD."startsAt", OLD."endsAt") OR ama_is_near(NEW."startsAt", NEW."endsAt") THEN
    PERFORM ama_event(NEW.id, 'moved', NULL, NULL);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ama_moved AFTER UPDATE OF "startsAt", "endsAt", "cancelledAt", "introductionHtml" ON "Ama" FOR EACH ROW
  WHEN ((OLD."startsAt", OLD."endsAt", OLD."cancelledAt", OLD."introductionHtml") IS DISTINCT FROM (NEW."startsAt", NEW."endsAt", NEW."cancelledAt", NEW."introductionHtml"))
  EXECUTE FUNCTION ama_moved();
