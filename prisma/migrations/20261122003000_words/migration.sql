-- The words of rows that are hidden go by their own key, so that keeping one answer's words stays a look-up with whatever
-- plan a connection made while the tables were small: an answer written soon after a restore took 0.7 s at 3,000 answers.

CREATE OR REPLACE FUNCTION keep_question_words(ids uuid[]) RETURNS void LANGUAGE sql AS $$
  DELETE FROM "QuestionWords" WHERE "questionId" = ANY(ids)
    AND "questionId" IN (SELECT id FROM "Question" WHERE id = ANY(ids) AND "hiddenAt" IS NOT NULL);
  INSERT INTO "QuestionWords" ("questionId", words, tier)
  SELECT id, question_words(q), tier_of("viewCount") FROM "Question" q WHERE id = ANY(ids) AND "hiddenAt" IS NULL ORDER BY id
  ON CONFLICT ("questionId") DO UPDATE SET words = EXCLUDED.words, tier = EXCLUDED.tier
$$;

CREATE OR REPLACE FUNCTION keep_answer_words(ids uuid[]) RETURNS void LANGUAGE sql AS $$
  DELETE FROM "AnswerWords" WHERE "answerId" = ANY(ids)
    AND "answerId" IN (SELECT id FROM "Answer" WHERE id = ANY(ids) AND ("hiddenAt" IS NOT NULL OR "questionHiddenAt" IS NOT NULL));
  INSERT INTO "AnswerWords" ("answerId", words, tier)
  SELECT id, answer_words(a), tier_of("viewCount") FROM "Answer" a
  WHERE id = ANY(ids) AND "hiddenAt" IS NULL AND "questionHiddenAt" IS NULL ORDER BY id
  ON CONFLICT ("answerId") DO UPDATE SET words = EXCLUDED.words, tier = EXCLUDED.tier
$$;

CREATE OR REPLACE FUNCTION keep_mentor_words(ids uuid[]) RETURNS void LANGUAGE sql AS $$
  DELETE FROM "MentorWords" WHERE "memberId" = ANY(ids)
    AND "memberId" IN (SELECT id FROM "Member" WHERE id = ANY(ids) AND "mentorSince" IS NULL);
  INSERT INTO "MentorWords" ("memberId", words, name)
  SELECT id, mentor_words(m), folded(name) FROM "Member" m WHERE id = ANY(ids) AND "mentorSince" IS NOT NULL ORDER BY id
  ON CONFLICT ("memberId") DO UPDATE SET words = EXCLUDED.words, name = EXCLUDED.name
$$;

CREATE OR REPLACE FUNCTION keep_ama_words(ids uuid[]) RETURNS void LANGUAGE sql AS $$
  DELETE FROM "AmaWords" WHERE "amaId" = ANY(ids)
    AND "amaId" IN (SELECT id FROM "Ama" WHERE id = ANY(ids) AND "cancelledAt" IS NOT NULL);
  INSERT INTO "AmaWords" ("amaId", words)
  SELECT id, ama_words(a) FROM "Ama" a WHERE id = ANY(ids) AND "cancelledAt" IS NULL ORDER BY id
  ON CONFLICT ("amaId") DO UPDATE SET words = EXCLUDED.words
$$;
