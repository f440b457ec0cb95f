-- Topics and companies are found by their words, and what somebody types is completed (docs/decisions/050, 051).

CREATE TABLE "TopicWords" (
  "topicId" UUID NOT NULL,
  "words" tsvector NOT NULL,
  "name" TEXT NOT NULL,

  CONSTRAINT "TopicWords_pkey" PRIMARY KEY ("topicId"),
  CONSTRAINT "TopicWords_topicId_fkey" FOREIGN KEY ("topicId") REFERENCES "Topic"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE TABLE "CompanyWords" (
  "companyId" UUID NOT NULL,
  "words" tsvector NOT NULL,
  "name" TEXT NOT NULL,

  CONSTRAINT "CompanyWords_pkey" PRIMARY KEY ("companyId"),
  CONSTRAINT "CompanyWords_companyId_fkey" FOREIGN KEY ("companyId") REFERENCES "Company"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
-- Made anew by a job: which titles are read most changes slowly.
CREATE TABLE "ReadTitle" (
  "questionId" UUID NOT NULL,
  "title" TEXT NOT NULL,
  "viewCount" INTEGER NOT NULL,

  CONSTRAINT "ReadTitle_pkey" PRIMARY KEY ("questionId"),
  CONSTRAINT "ReadTitle_questionId_fkey" FOREIGN KEY ("questionId") REFERENCES "Question"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- Names of a topic: its own, and the other words for it, one a line.
CREATE FUNCTION topic_names(t "Topic") RETURNS text LANGUAGE sql STABLE AS $$
  SELECT folded(array_to_string(t.name || t.synonyms, E'\n'))
$$;
CREATE FUNCTION topic_words(t "Topic") RETURNS tsvector LANGUAGE sql STABLE AS $$
  SELECT setweight(words_of(t.name), 'A') || setweight(words_of(array_to_string(t.synonyms, ' ')), 'B')
    || setweight(words_of((SELECT name FROM "Community" WHERE id = t."communityId")), 'C')
$$;

CREATE FUNCTION keep_topic_words(ids uuid[]) RETURNS void LANGUAGE sql AS $$
  INSERT INTO "TopicWords" ("topicId", words, name)
  SELECT id, topic_words(t), topic_names(t) FROM "Topic" t WHERE id = ANY(ids) ORDER BY id
  ON CONFLICT ("topicId") DO UPDATE SET words = EXCLUDED.words, name = EXCLUDED.name
$$;
CREATE FUNCTION keep_company_words(ids uuid[]) RETURNS void LANGUAGE sql AS $$
  INSERT INTO "CompanyWords" ("companyId", words, name)
  SELECT id, setweight(words_of(name), 'A'), folded(name) FROM "Company" c WHERE id = ANY(ids) ORDER BY id
  ON CONFLICT ("companyId") DO UPDATE SET words = EXCLUDED.words, name = EXCLUDED.name
$$;

CREATE TRIGGER words_come AFTER INSERT ON "Topic" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION words_come('keep_topic_words', 'id');
CREATE TRIGGER words_come AFTER INSERT ON "Company" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION words_come('keep_company_words', 'id');
CREATE OR REPLACE FUNCTION name_words_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  CASE TG_TABLE_NAME
    WHEN 'Company' THEN
      PERFORM keep_company_words(ARRAY[NEW.id]);
      PERFORM keep_mentor_words(ARRAY(SELECT id FROM "Member" WHERE "companyId" = NEW.id AND "mentorSince" IS NOT NULL));
      PERFORM keep_ama_words(ARRAY(SELECT "amaId" FROM "AmaMentor" WHERE "companyId" = NEW.id));
    WHEN 'Topic' THEN
      PERFORM keep_topic_words(ARRAY[NEW.id]);
      PERFORM keep_ama_words(ARRAY(SELECT id FROM "Ama" WHERE "topicId" = NEW.id));
    WHEN 'Community' THEN
      PERFORM keep_topic_words(ARRAY(SELECT id FROM "Topic" WHERE "communityId" = NEW.id));
      PERFORM keep_ama_words(ARRAY(SELECT id FROM "Ama" WHERE "communityId" = NEW.id));
  END CASE;
  RETURN NULL;
END $$;

-- The marks of a question whose mentors and companies are known, so that a million at once need not look for each.
CREATE FUNCTION question_marks(q "Question", mentors uuid[], companies uuid[]) RETURNS text[] LANGUAGE sql STABLE AS $$
  SELECT array_remove(ARRAY[
      'community ' || q."communityId", 'topic ' || q."topicId", CASE WHEN q."answerCount" > 0 THEN 'answered' ELSE 'open' END,
      'month ' || to_char(coalesce(q."checkedAt", q."askedAt") AT TIME ZONE 'UTC', 'YYYY-MM')], NULL)
    || ARRAY(SELECT DISTINCT 'mentor ' || id AS mark FROM unnest(q."askedToId" || mentors) id WHERE id IS NOT NULL ORDER BY mark)
    || ARRAY(SELECT DISTINCT 'company ' || id AS mark FROM unnest(companies) id WHERE id IS NOT NULL ORDER BY mark)
$$;
CREATE OR REPLACE FUNCTION question_marks(q "Question") RETURNS text[] LANGUAGE sql STABLE AS $$
  SELECT question_marks(q, array_agg("mentorId"), array_agg("companyId")) FROM (
    SELECT "mentorId", "companyId" FROM "Answer" WHERE "questionId" = q.id AND "hiddenAt" IS NULL
    UNION ALL SELECT a."mentorId", a."companyId" FROM "AnswerPlacement" p JOIN "Answer" a ON a.id = p."answerId"
    WHERE p."questionId" = q.id AND a."hiddenAt" IS NULL AND a."questionHiddenAt" IS NULL) given
$$;

-- The word of those names and titles that a word nobody has written comes closest to, letter by letter; null where none does.
CREATE FUNCTION close_word(typed text) RETURNS text LANGUAGE sql STABLE SET pg_trgm.word_similarity_threshold = 0.45 AS $$
  SELECT word FROM (
    (SELECT title AS text FROM "ReadTitle" WHERE typed <% title LIMIT 200)
    UNION ALL (SELECT name FROM "TopicWords" WHERE typed <% name LIMIT 200)
    UNION ALL (SELECT name FROM "CompanyWords" WHERE typed <% name LIMIT 200)
    UNION ALL (SELECT name FROM "MentorWords" WHERE typed <% name LIMIT 200)
  ) near CROSS JOIN LATERAL regexp_split_to_table(near.text, '[^[:alnum:]]+') word
  WHERE length(word) > 2 AND similarity(word, typed) >= 0.34
  GROUP BY word ORDER BY similarity(word, typed) DESC, count(*) DESC, word LIMIT 1
$$;

SELECT keep_topic_words(ARRAY(SELECT id FROM "Topic"));
SELECT keep_company_words(ARRAY(SELECT id FROM "Company"));

CREATE INDEX "TopicWords_words_idx" ON "TopicWords" USING gin ("words") WITH (gin_pending_list_limit = 1024);
CREATE INDEX "TopicWords_name_idx" ON "TopicWords" USING gin ("name" gin_trgm_ops) WITH (gin_pending_list_limit = 1024);
CREATE INDEX "CompanyWords_words_idx" ON "CompanyWords" USING gin ("words") WITH (gin_pending_list_limit = 1024);
CREATE INDEX "CompanyWords_name_idx" ON "CompanyWords" USING gin ("name" gin_trgm_ops) WITH (gin_pending_list_limit = 1024);
CREATE INDEX "ReadTitle_title_idx" ON "ReadTitle" USING gin ("title" gin_trgm_ops) WITH (gin_pending_list_limit = 1024);
