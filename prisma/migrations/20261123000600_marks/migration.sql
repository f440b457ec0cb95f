-- What a search can be narrowed to (docs/decisions/050): whose a question is and who answered it, as marks beside its words,
-- in the same index. A community is one more list to go along then, and no row is looked at for it.

-- On a million questions this takes minutes. Nobody writes a question or an answer meanwhile, so that none is left without its
-- marks, and searches wait; everything else is read as before.
LOCK TABLE "Answer", "Question" IN SHARE ROW EXCLUSIVE MODE;

ALTER TABLE "QuestionWords" ADD COLUMN "marks" TEXT[] NOT NULL DEFAULT '{}';
ALTER TABLE "AnswerWords" ADD COLUMN "marks" TEXT[] NOT NULL DEFAULT '{}';

-- Since when everybody may read it says in which month it is new. Answers that were placed there are among its answers.
CREATE FUNCTION question_marks(q "Question") RETURNS text[] LANGUAGE sql STABLE AS $$
  SELECT array_remove(ARRAY[
      'community ' || q."communityId", 'topic ' || q."topicId", CASE WHEN q."answerCount" > 0 THEN 'answered' ELSE 'open' END,
      'month ' || to_char(coalesce(q."checkedAt", q."askedAt") AT TIME ZONE 'UTC', 'YYYY-MM')], NULL)
    || ARRAY(SELECT 'mentor ' || id FROM (
         SELECT q."askedToId" AS id WHERE q."askedToId" IS NOT NULL
         UNION SELECT "mentorId" FROM "Answer" WHERE "questionId" = q.id AND "hiddenAt" IS NULL
         UNION SELECT a."mentorId" FROM "AnswerPlacement" p JOIN "Answer" a ON a.id = p."answerId"
         WHERE p."questionId" = q.id AND a."hiddenAt" IS NULL AND a."questionHiddenAt" IS NULL) mentors ORDER BY id)
    || ARRAY(SELECT 'company ' || id FROM (
         SELECT "companyId" AS id FROM "Answer" WHERE "questionId" = q.id AND "hiddenAt" IS NULL
         UNION SELECT a."companyId" FROM "AnswerPlacement" p JOIN "Answer" a ON a.id = p."answerId"
         WHERE p."questionId" = q.id AND a."hiddenAt" IS NULL AND a."questionHiddenAt" IS NULL) companies WHERE id IS NOT NULL ORDER BY id)
$$;

CREATE FUNCTION answer_marks(a "Answer") RETURNS text[] LANGUAGE sql STABLE AS $$
  SELECT array_remove(ARRAY[
      'community ' || q."communityId", 'topic ' || q."topicId", 'answered', 'mentor ' || a."mentorId", 'company ' || a."companyId",
      'month ' || to_char(a."answeredAt" AT TIME ZONE 'UTC', 'YYYY-MM')], NULL)
  FROM "Question" q WHERE q.id = a."questionId"
$$;

CREATE OR REPLACE FUNCTION keep_question_words(ids uuid[]) RETURNS void LANGUAGE sql AS $$
  DELETE FROM "QuestionWords" WHERE "questionId" = ANY(ids)
    AND "questionId" IN (SELECT id FROM "Question" WHERE id = ANY(ids) AND "hiddenAt" IS NOT NULL);
  INSERT INTO "QuestionWords" ("questionId", words, marks, tier)
  SELECT id, question_words(q), question_marks(q), tier_of("viewCount") FROM "Question" q WHERE id = ANY(ids) AND "hiddenAt" IS NULL ORDER BY id
  ON CONFLICT ("questionId") DO UPDATE SET words = EXCLUDED.words, marks = EXCLUDED.marks, tier = EXCLUDED.tier
$$;

CREATE OR REPLACE FUNCTION keep_answer_words(ids uuid[]) RETURNS void LANGUAGE sql AS $$
  DELETE FROM "AnswerWords" WHERE "answerId" = ANY(ids)
    AND "answerId" IN (SELECT id FROM "Answer" WHERE id = ANY(ids) AND ("hiddenAt" IS NOT NULL OR "questionHiddenAt" IS NOT NULL));
  INSERT INTO "AnswerWords" ("answerId", words, marks, tier)
  SELECT id, answer_words(a), answer_marks(a), tier_of("viewCount") FROM "Answer" a
  WHERE id = ANY(ids) AND "hiddenAt" IS NULL AND "questionHiddenAt" IS NULL ORDER BY id
  ON CONFLICT ("answerId") DO UPDATE SET words = EXCLUDED.words, marks = EXCLUDED.marks, tier = EXCLUDED.tier
$$;

-- Marks alone: the words of a text that stays are not made again, and what has the marks already is not written.
CREATE FUNCTION keep_question_marks(ids uuid[]) RETURNS void LANGUAGE sql AS $$
  UPDATE "QuestionWords" w SET marks = fresh.marks
  FROM (SELECT id, question_marks(q) AS marks FROM "Question" q WHERE id = ANY(ids)) fresh
  WHERE w."questionId" = ANY(ids) AND w."questionId" = fresh.id AND w.marks <> fresh.marks
$$;

-- The count of answers changes with each that comes, goes or is hidden, so a question hears of them by it. Whoever answers the
-- same question waits meanwhile, so a connection plans this once.
CREATE FUNCTION marks_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  fresh text[] := question_marks(NEW);
BEGIN
  UPDATE "QuestionWords" SET marks = fresh WHERE "questionId" = NEW.id AND marks <> fresh;
  RETURN NULL;
END $$;
CREATE TRIGGER marks_change AFTER UPDATE OF "communityId", "topicId", "askedToId", "askedAt", "checkedAt", "answerCount" ON "Question" FOR EACH ROW
  WHEN ((OLD."communityId", OLD."topicId", OLD."askedToId", OLD."askedAt", OLD."checkedAt", OLD."answerCount")
    IS DISTINCT FROM (NEW."communityId", NEW."topicId", NEW."askedToId", NEW."askedAt", NEW."checkedAt", NEW."answerCount"))
  EXECUTE FUNCTION marks_change();

-- An answer is where its question is. Its words stay, and rows are taken in the order of their ids.
CREATE FUNCTION answers_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM "AnswerWords" WHERE "answerId" IN (SELECT id FROM "Answer" WHERE "questionId" = NEW.id) ORDER BY "answerId" FOR NO KEY UPDATE;
  UPDATE "AnswerWords" w SET marks = answer_marks(a) FROM "Answer" a WHERE a."questionId" = NEW.id AND w."answerId" = a.id;
  RETURN NULL;
END $$;
CREATE TRIGGER answers_move AFTER UPDATE OF "communityId", "topicId" ON "Question" FOR EACH ROW
  WHEN ((OLD."communityId", OLD."topicId") IS DISTINCT FROM (NEW."communityId", NEW."topicId")) EXECUTE FUNCTION answers_move();

-- Whose an answer is changes where two accounts turn out to be one person's.
CREATE FUNCTION answer_words_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM keep_answer_words(ARRAY[NEW.id]);
  IF (OLD."mentorId", OLD."companyId", OLD."questionId") IS DISTINCT FROM (NEW."mentorId", NEW."companyId", NEW."questionId") THEN
    PERFORM keep_question_marks(ARRAY[OLD."questionId", NEW."questionId"]
      || ARRAY(SELECT "questionId" FROM "AnswerPlacement" WHERE "answerId" = NEW.id));
  END IF;
  RETURN NULL;
END $$;
-- Put in its place, which readers of answers do not wait for.
CREATE OR REPLACE TRIGGER words_change AFTER UPDATE OF body, "viewCount", "hiddenAt", "questionHiddenAt", "mentorId", "companyId", "questionId", "answeredAt" ON "Answer" FOR EACH ROW
  WHEN ((OLD.body, tier_of(OLD."viewCount"), OLD."hiddenAt", OLD."questionHiddenAt", OLD."mentorId", OLD."companyId", OLD."questionId", OLD."answeredAt")
    IS DISTINCT FROM (NEW.body, tier_of(NEW."viewCount"), NEW."hiddenAt", NEW."questionHiddenAt", NEW."mentorId", NEW."companyId", NEW."questionId", NEW."answeredAt"))
  EXECUTE FUNCTION answer_words_change();

DROP INDEX "QuestionWords_words_idx";
DROP INDEX "AnswerWords_words_idx";
UPDATE "QuestionWords" w SET marks = question_marks(q) FROM "Question" q WHERE q.id = w."questionId";
UPDATE "AnswerWords" w SET marks = answer_marks(a) FROM "Answer" a WHERE a.id = w."answerId";
CREATE INDEX "QuestionWords_words_idx" ON "QuestionWords" USING gin ("words", "marks") WITH (gin_pending_list_limit = 1024);
CREATE INDEX "AnswerWords_words_idx" ON "AnswerWords" USING gin ("words", "marks") WITH (gin_pending_list_limit = 1024);
-- What is read most is looked at first: of words that a third of all has, the whole lists take longer than a page may.
CREATE INDEX "QuestionWords_tier5_idx" ON "QuestionWords" USING gin ("words", "marks") WITH (gin_pending_list_limit = 1024) WHERE tier >= 5;
CREATE INDEX "QuestionWords_tier7_idx" ON "QuestionWords" USING gin ("words", "marks") WITH (gin_pending_list_limit = 1024) WHERE tier >= 7;
CREATE INDEX "QuestionWords_tier9_idx" ON "QuestionWords" USING gin ("words", "marks") WITH (gin_pending_list_limit = 1024) WHERE tier >= 9;
CREATE INDEX "AnswerWords_tier5_idx" ON "AnswerWords" USING gin ("words", "marks") WITH (gin_pending_list_limit = 1024) WHERE tier >= 5;
CREATE INDEX "AnswerWords_tier7_idx" ON "AnswerWords" USING gin ("words", "marks") WITH (gin_pending_list_limit = 1024) WHERE tier >= 7;
CREATE INDEX "AnswerWords_tier9_idx" ON "AnswerWords" USING gin ("words", "marks") WITH (gin_pending_list_limit = 1024) WHERE tier >= 9;
-- What there is of each mark says how a search is looked up.
ANALYZE "QuestionWords", "AnswerWords";
