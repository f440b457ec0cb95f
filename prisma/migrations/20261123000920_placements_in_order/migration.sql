-- Locks where these answers stand and what counts them there, and a question beside them: questions, AMAs, topics, communities,
-- each in the order of their ids. Of more than one question the triggers would take them one question after the other, and two
-- who do so at one moment would wait in a circle. The caller has locked the answers, so that none is placed meanwhile.
CREATE FUNCTION lock_where_answers_stand(answers uuid[], also uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  places uuid[] := ARRAY(
    SELECT also WHERE also IS NOT NULL
    UNION SELECT a."questionId" FROM "Answer" a WHERE a.id = ANY(answers)
    UNION SELECT p."questionId" FROM "AnswerPlacement" p WHERE p."answerId" = ANY(answers));
BEGIN
  PERFORM FROM "Question" WHERE id = ANY(places) ORDER BY id FOR NO KEY UPDATE;
  IF cardinality(places) > 1 THEN
    PERFORM FROM "Ama" WHERE id IN (SELECT "amaId" FROM "Question" WHERE id = ANY(places)) ORDER BY id FOR NO KEY UPDATE;
    PERFORM FROM "Topic" WHERE id IN (SELECT "topicId" FROM "Question" WHERE id = ANY(places)) ORDER BY id FOR NO KEY UPDATE;
    PERFORM FROM "Community" WHERE id IN (SELECT "communityId" FROM "Question" WHERE id = ANY(places)) ORDER BY id FOR NO KEY UPDATE;
  END IF;
END $$;

-- As before, and word to the AMAs too where the answer was placed. One that is taken back has left them already, by the cascade
-- that comes before this. While its own question is hidden it stands nowhere.
CREATE OR REPLACE FUNCTION ama_answer_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  was "Answer" := OLD;
  what text := 'taken-back';
  places uuid[] := ARRAY(SELECT was."questionId" UNION SELECT p."questionId" FROM "AnswerPlacement" p WHERE p."answerId" = was.id);
  there record;
BEGIN
  IF was."questionHiddenAt" IS NOT NULL OR NOT EXISTS (
    SELECT FROM "Question" q JOIN "Ama" a ON a.id = q."amaId" WHERE q.id = ANY(places) AND ama_is_near(a."startsAt", a."endsAt")
  ) THEN
    RETURN NULL;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    what := CASE WHEN NEW."hiddenAt" IS NOT NULL THEN 'taken-back' WHEN was."hiddenAt" IS NOT NULL THEN 'answered' ELSE 'edited' END;
  END IF;
  PERFORM FROM "Question" WHERE id = ANY(places) ORDER BY id FOR NO KEY UPDATE;
  FOR there IN
    SELECT q.id, q."amaId" FROM "Question" q JOIN "Ama" a ON a.id = q."amaId"
    WHERE q.id = ANY(places) AND q."hiddenAt" IS NULL AND ama_is_near(a."startsAt", a."endsAt") ORDER BY q."amaId", q.id
  LOOP
    PERFORM ama_event(there."amaId", what, there.id, was.id);
  END LOOP;
  RETURN NULL;
END $$;
