-- What is found by its words (domain/search, docs/decisions/026). The words stand in tables of their own: a question's row
-- changes with every view and request, and an index over words would be written anew each time.

CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- English, with "Müller" found as "muller". Of "works-council" only the parts are words, and a file's or page's whole
-- address is none: its parts are what people look for.
CREATE TEXT SEARCH CONFIGURATION perch (COPY = english);
ALTER TEXT SEARCH CONFIGURATION perch ALTER MAPPING FOR word, hword_part WITH unaccent, english_stem;
ALTER TEXT SEARCH CONFIGURATION perch DROP MAPPING FOR asciihword, hword, numhword, url, url_path, file;

-- The parser takes "and/or" for a file.
CREATE FUNCTION words_of(written text) RETURNS tsvector LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT to_tsvector('perch', translate(coalesce(written, ''), '/', ' '))
$$;

-- How a name is compared: without accents, in small letters.
CREATE FUNCTION folded(written text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT lower(unaccent(written))
$$;

-- By how much something was read, in steps that double: 0, 1, 2, 4 … 131,072.
CREATE FUNCTION tier_of(views int) RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT width_bucket(views, ARRAY[1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536, 131072])::smallint
$$;

-- The tier is a word too, one that nobody can write, so that the index alone finds the most read of very many.
CREATE FUNCTION tier_word(views int) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_to_tsvector(ARRAY['tier ' || tier_of(views)])
$$;

CREATE TABLE "QuestionWords" (
  "questionId" UUID NOT NULL,
  "words" tsvector NOT NULL,
  "tier" SMALLINT NOT NULL,

  CONSTRAINT "QuestionWords_pkey" PRIMARY KEY ("questionId"),
  CONSTRAINT "QuestionWords_questionId_fkey" FOREIGN KEY ("questionId") REFERENCES "Question"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE TABLE "AnswerWords" (
  "answerId" UUID NOT NULL,
  "words" tsvector NOT NULL,
  "tier" SMALLINT NOT NULL,

  CONSTRAINT "AnswerWords_pkey" PRIMARY KEY ("answerId"),
  CONSTRAINT "AnswerWords_answerId_fkey" FOREIGN KEY ("answerId") REFERENCES "Answer"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE TABLE "MentorWords" (
  "memberId" UUID NOT NULL,
  "words" tsvector NOT NULL,
  "name" TEXT NOT NULL,

  CONSTRAINT "MentorWords_pkey" PRIMARY KEY ("memberId"),
  CONSTRAINT "MentorWords_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE TABLE "AmaWords" (
  "amaId" UUID NOT NULL,
  "words" tsvector NOT NULL,

  CONSTRAINT "AmaWords_pkey" PRIMARY KEY ("amaId"),
  CONSTRAINT "AmaWords_amaId_fkey" FOREIGN KEY ("amaId") REFERENCES "Ama"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- What the words of each are. What is hidden has none.

CREATE FUNCTION question_words(q "Question") RETURNS tsvector LANGUAGE sql STABLE AS $$
  SELECT setweight(words_of(q.title), 'A') || setweight(words_of(q.details), 'B') || tier_word(q."viewCount")
$$;

CREATE FUNCTION answer_words(a "Answer") RETURNS tsvector LANGUAGE sql STABLE AS $$
  SELECT strip(words_of(a.body)) || tier_word(a."viewCount")
$$;

CREATE FUNCTION mentor_words(m "Member") RETURNS tsvector LANGUAGE sql STABLE AS $$
  SELECT setweight(words_of(m.name), 'A') || setweight(words_of(concat_ws(' ', (SELECT name FROM "Company" WHERE id = m."companyId"), m.title)), 'B')
    || words_of(CASE WHEN m."profileHiddenAt" IS NULL THEN m.bio END)
$$;

CREATE FUNCTION ama_words(a "Ama") RETURNS tsvector LANGUAGE sql STABLE AS $$
  SELECT setweight(words_of(t.name), 'A') || setweight(words_of(array_to_string(t.synonyms, ' ')), 'B') || setweight(words_of(c.name), 'C')
    || setweight(words_of((
         SELECT string_agg(concat_ws(' ', m.name, co.name, am.title), ' ')
         FROM "AmaMentor" am JOIN "Member" m ON m.id = am."memberId" LEFT JOIN "Company" co ON co.id = am."companyId" WHERE am."amaId" = a.id)), 'A')
    || words_of(a.introduction)
  FROM "Topic" t, "Community" c WHERE t.id = a."topicId" AND c.id = a."communityId"
$$;

-- Keep the words of these rows as they are to be.

CREATE FUNCTION keep_question_words(ids uuid[]) RETURNS void LANGUAGE sql AS $$
  DELETE FROM "QuestionWords" WHERE "questionId" IN (SELECT id FROM "Question" WHERE id = ANY(ids) AND "hiddenAt" IS NOT NULL);
  INSERT INTO "QuestionWords" ("questionId", words, tier)
  SELECT id, question_words(q), tier_of("viewCount") FROM "Question" q WHERE id = ANY(ids) AND "hiddenAt" IS NULL ORDER BY id
  ON CONFLICT ("questionId") DO UPDATE SET words = EXCLUDED.words, tier = EXCLUDED.tier
$$;

CREATE FUNCTION keep_answer_words(ids uuid[]) RETURNS void LANGUAGE sql AS $$
  DELETE FROM "AnswerWords" WHERE "answerId" IN (
    SELECT id FROM "Answer" WHERE id = ANY(ids) AND ("hiddenAt" IS NOT NULL OR "questionHiddenAt" IS NOT NULL));
  INSERT INTO "AnswerWords" ("answerId", words, tier)
  SELECT id, answer_words(a), tier_of("viewCount") FROM "Answer" a
  WHERE id = ANY(ids) AND "hiddenAt" IS NULL AND "questionHiddenAt" IS NULL ORDER BY id
  ON CONFLICT ("answerId") DO UPDATE SET words = EXCLUDED.words, tier = EXCLUDED.tier
$$;

CREATE FUNCTION keep_mentor_words(ids uuid[]) RETURNS void LANGUAGE sql AS $$
  DELETE FROM "MentorWords" WHERE "memberId" IN (SELECT id FROM "Member" WHERE id = ANY(ids) AND "mentorSince" IS NULL);
  INSERT INTO "MentorWords" ("memberId", words, name)
  SELECT id, mentor_words(m), folded(name) FROM "Member" m WHERE id = ANY(ids) AND "mentorSince" IS NOT NULL ORDER BY id
  ON CONFLICT ("memberId") DO UPDATE SET words = EXCLUDED.words, name = EXCLUDED.name
$$;

CREATE FUNCTION keep_ama_words(ids uuid[]) RETURNS void LANGUAGE sql AS $$
  DELETE FROM "AmaWords" WHERE "amaId" IN (SELECT id FROM "Ama" WHERE id = ANY(ids) AND "cancelledAt" IS NOT NULL);
  INSERT INTO "AmaWords" ("amaId", words)
  SELECT id, ama_words(a) FROM "Ama" a WHERE id = ANY(ids) AND "cancelledAt" IS NULL ORDER BY id
  ON CONFLICT ("amaId") DO UPDATE SET words = EXCLUDED.words
$$;

-- Rows that come: once for all of a statement. Rows that change: each by itself, and only for what its words are made of, so
-- that a request or a view costs nothing here until the next tier is reached. Rows that go take their words along.

CREATE FUNCTION words_come() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('SELECT %I(ARRAY(SELECT %I FROM new_rows))', TG_ARGV[0], TG_ARGV[1]);
  RETURN NULL;
END $$;

CREATE FUNCTION words_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('SELECT %I(ARRAY[$1])', TG_ARGV[0]) USING NEW.id;
  RETURN NULL;
END $$;

CREATE TRIGGER words_come AFTER INSERT ON "Question" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION words_come('keep_question_words', 'id');
CREATE TRIGGER words_change AFTER UPDATE OF title, details, "viewCount", "hiddenAt" ON "Question" FOR EACH ROW
  WHEN ((OLD.title, OLD.details, tier_of(OLD."viewCount"), OLD."hiddenAt") IS DISTINCT FROM (NEW.title, NEW.details, tier_of(NEW."viewCount"), NEW."hiddenAt"))
  EXECUTE FUNCTION words_change('keep_question_words');

CREATE TRIGGER words_come AFTER INSERT ON "Answer" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION words_come('keep_answer_words', 'id');
CREATE TRIGGER words_change AFTER UPDATE OF body, "viewCount", "hiddenAt", "questionHiddenAt" ON "Answer" FOR EACH ROW
  WHEN ((OLD.body, tier_of(OLD."viewCount"), OLD."hiddenAt", OLD."questionHiddenAt")
    IS DISTINCT FROM (NEW.body, tier_of(NEW."viewCount"), NEW."hiddenAt", NEW."questionHiddenAt"))
  EXECUTE FUNCTION words_change('keep_answer_words');

CREATE TRIGGER words_come AFTER INSERT ON "Member" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION words_come('keep_mentor_words', 'id');
CREATE FUNCTION member_words_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM keep_mentor_words(ARRAY[NEW.id]);
  IF OLD.name <> NEW.name THEN
    PERFORM keep_ama_words(ARRAY(SELECT "amaId" FROM "AmaMentor" WHERE "memberId" = NEW.id));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER words_change AFTER UPDATE OF name, title, bio, "companyId", "mentorSince", "profileHiddenAt" ON "Member" FOR EACH ROW
  WHEN ((OLD.name, OLD.title, OLD.bio, OLD."companyId", OLD."mentorSince", OLD."profileHiddenAt")
    IS DISTINCT FROM (NEW.name, NEW.title, NEW.bio, NEW."companyId", NEW."mentorSince", NEW."profileHiddenAt"))
  EXECUTE FUNCTION member_words_change();

CREATE TRIGGER words_come AFTER INSERT ON "Ama" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION words_come('keep_ama_words', 'id');
CREATE TRIGGER words_change AFTER UPDATE OF "topicId", introduction, "cancelledAt" ON "Ama" FOR EACH ROW
  WHEN ((OLD."topicId", OLD.introduction, OLD."cancelledAt") IS DISTINCT FROM (NEW."topicId", NEW.introduction, NEW."cancelledAt"))
  EXECUTE FUNCTION words_change('keep_ama_words');

CREATE TRIGGER words_come AFTER INSERT ON "AmaMentor" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION words_come('keep_ama_words', 'amaId');
CREATE TRIGGER words_change AFTER UPDATE ON "AmaMentor" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION words_come('keep_ama_words', 'amaId');
CREATE TRIGGER words_go AFTER DELETE ON "AmaMentor" REFERENCING OLD TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION words_come('keep_ama_words', 'amaId');

-- What many rows take their words from. Such a name changes once in years.
CREATE FUNCTION name_words_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  CASE TG_TABLE_NAME
    WHEN 'Company' THEN
      PERFORM keep_mentor_words(ARRAY(SELECT id FROM "Member" WHERE "companyId" = NEW.id AND "mentorSince" IS NOT NULL));
      PERFORM keep_ama_words(ARRAY(SELECT "amaId" FROM "AmaMentor" WHERE "companyId" = NEW.id));
    WHEN 'Topic' THEN
      PERFORM keep_ama_words(ARRAY(SELECT id FROM "Ama" WHERE "topicId" = NEW.id));
    WHEN 'Community' THEN
      PERFORM keep_ama_words(ARRAY(SELECT id FROM "Ama" WHERE "communityId" = NEW.id));
  END CASE;
  RETURN NULL;
END $$;
CREATE TRIGGER words_change AFTER UPDATE OF name ON "Company" FOR EACH ROW WHEN (OLD.name <> NEW.name) EXECUTE FUNCTION name_words_change();
CREATE TRIGGER words_change AFTER UPDATE OF name, synonyms ON "Topic" FOR EACH ROW
  WHEN (OLD.name <> NEW.name OR OLD.synonyms <> NEW.synonyms) EXECUTE FUNCTION name_words_change();
CREATE TRIGGER words_change AFTER UPDATE OF name ON "Community" FOR EACH ROW WHEN (OLD.name <> NEW.name) EXECUTE FUNCTION name_words_change();

-- What is there already; the indexes after it, since they are made faster at once.

INSERT INTO "QuestionWords" ("questionId", words, tier) SELECT id, question_words(q), tier_of("viewCount") FROM "Question" q WHERE "hiddenAt" IS NULL;
INSERT INTO "AnswerWords" ("answerId", words, tier) SELECT id, answer_words(a), tier_of("viewCount") FROM "Answer" a
WHERE "hiddenAt" IS NULL AND "questionHiddenAt" IS NULL;
INSERT INTO "MentorWords" ("memberId", words, name) SELECT id, mentor_words(m), folded(name) FROM "Member" m WHERE "mentorSince" IS NOT NULL;
INSERT INTO "AmaWords" ("amaId", words) SELECT id, ama_words(a) FROM "Ama" a WHERE "cancelledAt" IS NULL;

-- What waits to be sorted in is read through by every search, so it is little.
CREATE INDEX "QuestionWords_words_idx" ON "QuestionWords" USING gin ("words") WITH (gin_pending_list_limit = 1024);
CREATE INDEX "AnswerWords_words_idx" ON "AnswerWords" USING gin ("words") WITH (gin_pending_list_limit = 1024);
CREATE INDEX "MentorWords_words_idx" ON "MentorWords" USING gin ("words") WITH (gin_pending_list_limit = 1024);
CREATE INDEX "MentorWords_name_idx" ON "MentorWords" USING gin ("name" gin_trgm_ops) WITH (gin_pending_list_limit = 1024);
CREATE INDEX "AmaWords_words_idx" ON "AmaWords" USING gin ("words") WITH (gin_pending_list_limit = 1024);
