-- What Prisma's schema language cannot say: checks, counters and slug history that hold whoever writes
-- (a command, an import, a repair), and indexes on expressions.

-- Checks ---------------------------------------------------------------------------------------------------------------

ALTER TABLE "Community" ADD CONSTRAINT "Community_slug_check" CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) <= 120),
  ADD CONSTRAINT "Community_name_check" CHECK (length(name) BETWEEN 1 AND 100),
  ADD CONSTRAINT "Community_counts_check" CHECK ("mentorCount" >= 0 AND "questionCount" >= 0 AND "answerCount" >= 0 AND "amaCount" >= 0);
ALTER TABLE "Topic" ADD CONSTRAINT "Topic_slug_check" CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) <= 120),
  ADD CONSTRAINT "Topic_name_check" CHECK (length(name) BETWEEN 1 AND 100),
  ADD CONSTRAINT "Topic_counts_check" CHECK ("questionCount" >= 0 AND "answerCount" >= 0);
ALTER TABLE "Company" ADD CONSTRAINT "Company_slug_check" CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) <= 120),
  ADD CONSTRAINT "Company_name_check" CHECK (length(name) BETWEEN 1 AND 100);
ALTER TABLE "Member" ADD CONSTRAINT "Member_handle_check" CHECK (handle ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(handle) <= 120),
  ADD CONSTRAINT "Member_name_check" CHECK (length(name) BETWEEN 1 AND 100),
  ADD CONSTRAINT "Member_title_check" CHECK (length(title) BETWEEN 1 AND 120),
  ADD CONSTRAINT "Member_counts_check" CHECK ("answerCount" >= 0 AND "viewCount" >= 0 AND "amaCount" >= 0);
ALTER TABLE "Role" ADD CONSTRAINT "Role_something_check" CHECK ("companyId" IS NOT NULL OR title IS NOT NULL),
  ADD CONSTRAINT "Role_dates_check" CHECK ("startedOn" ~ '^\d{4}(-\d{2})?$' AND "endedOn" ~ '^\d{4}(-\d{2})?$' AND left("endedOn", 4) >= left("startedOn", 4));
ALTER TABLE "CommunityMentor" ADD CONSTRAINT "CommunityMentor_counts_check" CHECK ("answerCount" >= 0 AND "amaCount" >= 0);
ALTER TABLE "Ama" ADD CONSTRAINT "Ama_slug_check" CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) <= 120),
  ADD CONSTRAINT "Ama_length_check" CHECK ("endsAt" - "startsAt" BETWEEN interval '5 minutes' AND interval '1 day'),
  ADD CONSTRAINT "Ama_introduction_check" CHECK (length(introduction) <= 5000 AND (introduction IS NULL) = ("introductionHtml" IS NULL)),
  ADD CONSTRAINT "Ama_counts_check" CHECK ("answeredCount" BETWEEN 0 AND "questionCount");
ALTER TABLE "AmaMentor" ADD CONSTRAINT "AmaMentor_position_check" CHECK (position BETWEEN 1 AND 5);
ALTER TABLE "Question" ADD CONSTRAINT "Question_slug_check" CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) <= 120),
  ADD CONSTRAINT "Question_title_check" CHECK (length(title) BETWEEN 10 AND 300),
  ADD CONSTRAINT "Question_details_check" CHECK (length(details) <= 5000 AND (details IS NULL) = ("detailsHtml" IS NULL)),
  ADD CONSTRAINT "Question_number_check" CHECK (("amaId" IS NULL) = (number IS NULL) AND number >= 1),
  ADD CONSTRAINT "Question_counts_check" CHECK ("requestBase" >= 0 AND "requestCount" >= "requestBase" AND "answerCount" >= 0 AND "viewCount" >= 0);
ALTER TABLE "Answer" ADD CONSTRAINT "Answer_body_check" CHECK (length(body) BETWEEN 1 AND 30000),
  ADD CONSTRAINT "Answer_title_check" CHECK (length(title) BETWEEN 1 AND 120),
  ADD CONSTRAINT "Answer_counts_check" CHECK ("viewBase" >= 0 AND "viewCount" >= "viewBase");
ALTER TABLE "AnswerView" ADD CONSTRAINT "AnswerView_reader_check" CHECK (length(reader) = 16);

-- Indexes ----------------------------------------------------------------------------------------------------------------

-- Mentors of a community: most answers first, ties by who came first, one row comparison pages through it.
CREATE INDEX "CommunityMentor_rank_idx" ON "CommunityMentor" ("communityId", (-"answerCount"), "memberId");

-- Import again: a key names one question in its AMA or community, and one answer of its question.
CREATE UNIQUE INDEX "Question_importKey_idx" ON "Question" ("communityId", (COALESCE("amaId"::text, '')), "importKey") WHERE "importKey" IS NOT NULL;
CREATE UNIQUE INDEX "Answer_importKey_idx" ON "Answer" ("questionId", (COALESCE("importKey", ''))) WHERE "importKey" IS NOT NULL;

-- The sitemap walks through mentors; most members are none.
CREATE INDEX "Member_mentor_idx" ON "Member" ("id") WHERE "mentorSince" IS NOT NULL;

-- The questions of an AMA in its two orders (domain/question/queries.ts), so that a page of one with thousands of them
-- reads twenty. Most questions are in no AMA.
CREATE INDEX "Question_ama_past_idx" ON "Question" (
  "amaId", (("answerCount" = 0)::int), (-(CASE WHEN "answerCount" = 0 THEN "requestCount" ELSE "viewCount" END)), number
) WHERE "amaId" IS NOT NULL;
CREATE INDEX "Question_ama_open_idx" ON "Question" ("amaId", (-"requestCount"), number) WHERE "amaId" IS NOT NULL;

-- Its feed goes by the questions that were answered last.
CREATE INDEX "Question_ama_answered_idx" ON "Question" ("amaId", "lastAnsweredAt", id) WHERE "amaId" IS NOT NULL AND "lastAnsweredAt" IS NOT NULL;

-- Slugs: what was once an address redirects for ever ---------------------------------------------------------------------

-- TG_ARGV[0] is the column that holds the slug. Runs after the row's own unique index has settled the race for the slug.
CREATE FUNCTION slug_moved() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  given text := to_jsonb(NEW) ->> TG_ARGV[0];
BEGIN
  IF TG_OP = 'UPDATE' THEN
    DELETE FROM "MovedSlug" WHERE kind = TG_TABLE_NAME AND slug = given AND "targetId" = NEW.id;
    INSERT INTO "MovedSlug" (kind, slug, "targetId") VALUES (TG_TABLE_NAME, to_jsonb(OLD) ->> TG_ARGV[0], NEW.id);
  END IF;
  IF EXISTS (SELECT 1 FROM "MovedSlug" WHERE kind = TG_TABLE_NAME AND slug = given) THEN
    RAISE unique_violation USING MESSAGE = format('"%s" was the address of another %s', given, TG_TABLE_NAME), TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER slug_given AFTER INSERT ON "Community" FOR EACH ROW EXECUTE FUNCTION slug_moved('slug');
CREATE TRIGGER slug_given AFTER INSERT ON "Topic" FOR EACH ROW EXECUTE FUNCTION slug_moved('slug');
CREATE TRIGGER slug_given AFTER INSERT ON "Company" FOR EACH ROW EXECUTE FUNCTION slug_moved('slug');
CREATE TRIGGER slug_given AFTER INSERT ON "Member" FOR EACH ROW EXECUTE FUNCTION slug_moved('handle');
CREATE TRIGGER slug_given AFTER INSERT ON "Ama" FOR EACH ROW EXECUTE FUNCTION slug_moved('slug');
CREATE TRIGGER slug_given AFTER INSERT ON "Question" FOR EACH ROW EXECUTE FUNCTION slug_moved('slug');
CREATE TRIGGER slug_moved AFTER UPDATE OF slug ON "Community" FOR EACH ROW WHEN (OLD.slug <> NEW.slug) EXECUTE FUNCTION slug_moved('slug');
CREATE TRIGGER slug_moved AFTER UPDATE OF slug ON "Topic" FOR EACH ROW WHEN (OLD.slug <> NEW.slug) EXECUTE FUNCTION slug_moved('slug');
CREATE TRIGGER slug_moved AFTER UPDATE OF slug ON "Company" FOR EACH ROW WHEN (OLD.slug <> NEW.slug) EXECUTE FUNCTION slug_moved('slug');
CREATE TRIGGER slug_moved AFTER UPDATE OF handle ON "Member" FOR EACH ROW WHEN (OLD.handle <> NEW.handle) EXECUTE FUNCTION slug_moved('handle');
CREATE TRIGGER slug_moved AFTER UPDATE OF slug ON "Ama" FOR EACH ROW WHEN (OLD.slug <> NEW.slug) EXECUTE FUNCTION slug_moved('slug');
CREATE TRIGGER slug_moved AFTER UPDATE OF slug ON "Question" FOR EACH ROW WHEN (OLD.slug <> NEW.slug) EXECUTE FUNCTION slug_moved('slug');

-- Counters ---------------------------------------------------------------------------------------------------------------
-- Each counter changes in the statement that changes its rows. Where many rows may change at once the trigger runs once
-- per statement and adds sums of differences, so an import of a million rows costs one update per counter. Rows are
-- locked in the order of their ids, so that two writers never wait for each other.

-- Requests: base from imports + rows.
CREATE FUNCTION request_base() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."requestCount" := CASE TG_OP WHEN 'INSERT' THEN NEW."requestBase" ELSE NEW."requestCount" + NEW."requestBase" - OLD."requestBase" END;
  RETURN NEW;
END $$;
CREATE TRIGGER request_base_insert BEFORE INSERT ON "Question" FOR EACH ROW EXECUTE FUNCTION request_base();
CREATE TRIGGER request_base_update BEFORE UPDATE OF "requestBase" ON "Question" FOR EACH ROW EXECUTE FUNCTION request_base();

CREATE FUNCTION request_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    UPDATE "Question" SET "requestCount" = "requestCount" + 1 WHERE id = NEW."questionId";
  ELSE
    UPDATE "Question" SET "requestCount" = "requestCount" - 1 WHERE id = OLD."questionId";
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER request_changed AFTER INSERT OR DELETE ON "AnswerRequest" FOR EACH ROW EXECUTE FUNCTION request_changed();

-- Views: base from imports + what was counted here.
CREATE FUNCTION view_base() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."viewCount" := CASE TG_OP WHEN 'INSERT' THEN NEW."viewBase" ELSE NEW."viewCount" + NEW."viewBase" - OLD."viewBase" END;
  RETURN NEW;
END $$;
CREATE TRIGGER view_base_insert BEFORE INSERT ON "Answer" FOR EACH ROW EXECUTE FUNCTION view_base();
CREATE TRIGGER view_base_update BEFORE UPDATE OF "viewBase" ON "Answer" FOR EACH ROW EXECUTE FUNCTION view_base();

-- The changed rows of a statement as one relation: what is there now with sign 1, what was there before with -1.
CREATE FUNCTION signed_rows(operation text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE operation
    WHEN 'INSERT' THEN '(SELECT 1 AS sign, n.* FROM new_rows n)'
    WHEN 'DELETE' THEN '(SELECT -1 AS sign, o.* FROM old_rows o)'
    ELSE '(SELECT 1 AS sign, n.* FROM new_rows n UNION ALL SELECT -1, o.* FROM old_rows o)'
  END
$$;

-- Answers: what a question shows of them is read afresh under the question's lock (a sum of differences could not
-- choose the lead answer), totals of their mentors take the differences.
CREATE FUNCTION answers_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed text := signed_rows(TG_OP);
BEGIN
  EXECUTE format('SELECT 1 FROM "Question" WHERE id IN (SELECT "questionId" FROM %s r) ORDER BY id FOR NO KEY UPDATE', changed);
  EXECUTE format($sql$
    UPDATE "Question" q SET
      "answerCount" = fresh.answers, "viewCount" = fresh.views, "leadAnswerId" = fresh.lead_id,
      "leadAnsweredAt" = fresh.lead_at, "leadMentorId" = fresh.lead_mentor, "leadExcerpt" = fresh.lead_excerpt,
      "lastAnsweredAt" = fresh.last_at
    FROM (
      SELECT touched."questionId", sums.answers, sums.views, lead.id AS lead_id, lead."answeredAt" AS lead_at,
             lead."mentorId" AS lead_mentor, lead.excerpt AS lead_excerpt, sums.last_at
      FROM (SELECT DISTINCT "questionId" FROM %s r) touched
      CROSS JOIN LATERAL (
        SELECT count(*)::int AS answers, coalesce(sum("viewCount"), 0)::int AS views, max("answeredAt") AS last_at
        FROM "Answer" WHERE "questionId" = touched."questionId") sums
      LEFT JOIN LATERAL (
        SELECT id, "answeredAt", "mentorId", excerpt FROM "Answer"
        WHERE "questionId" = touched."questionId" ORDER BY "answeredAt", id LIMIT 1) lead ON true
    ) fresh
    WHERE q.id = fresh."questionId"
      AND (q."answerCount", q."viewCount", q."leadAnswerId", q."leadAnsweredAt", q."leadMentorId", q."leadExcerpt", q."lastAnsweredAt")
        IS DISTINCT FROM (fresh.answers, fresh.views, fresh.lead_id, fresh.lead_at, fresh.lead_mentor, fresh.lead_excerpt, fresh.last_at)
  $sql$, changed);

  EXECUTE format('SELECT 1 FROM "Member" WHERE id IN (SELECT "mentorId" FROM %s r) ORDER BY id FOR NO KEY UPDATE', changed);
  EXECUTE format($sql$
    UPDATE "Member" m SET "answerCount" = m."answerCount" + d.answers, "viewCount" = m."viewCount" + d.views
    FROM (SELECT "mentorId", sum(sign) AS answers, sum(sign * "viewCount") AS views FROM %s r GROUP BY 1) d
    WHERE m.id = d."mentorId" AND (d.answers <> 0 OR d.views <> 0)
  $sql$, changed);

  EXECUTE format($sql$
    INSERT INTO "CommunityMentor" ("communityId", "memberId")
    SELECT q."communityId", r."mentorId" FROM %s r JOIN "Question" q ON q.id = r."questionId"
    GROUP BY 1, 2 HAVING sum(sign) > 0 ORDER BY 1, 2
    ON CONFLICT DO NOTHING
  $sql$, changed);
  EXECUTE format($sql$
    UPDATE "CommunityMentor" c SET "answerCount" = c."answerCount" + d.answers
    FROM (SELECT q."communityId", r."mentorId", sum(sign) AS answers
          FROM %s r JOIN "Question" q ON q.id = r."questionId" GROUP BY 1, 2 HAVING sum(sign) <> 0) d
    WHERE c."communityId" = d."communityId" AND c."memberId" = d."mentorId"
  $sql$, changed);
  RETURN NULL;
END $$;
CREATE TRIGGER answers_inserted AFTER INSERT ON "Answer" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION answers_changed();
CREATE TRIGGER answers_updated AFTER UPDATE ON "Answer" REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION answers_changed();
CREATE TRIGGER answers_deleted AFTER DELETE ON "Answer" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION answers_changed();

CREATE FUNCTION questions_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed text := signed_rows(TG_OP);
BEGIN
  -- Most updates are one more request or a few more views, they concern no total. EXCEPT hashes both sides; a join asked
  -- for its first row alone is planned as a nested loop, and takes the square of the rows when there is none.
  IF TG_OP = 'UPDATE' THEN
    IF NOT EXISTS (
      SELECT id, "communityId", "topicId", "amaId", "answerCount" FROM new_rows
      EXCEPT SELECT id, "communityId", "topicId", "amaId", "answerCount" FROM old_rows
    ) THEN
      RETURN NULL;
    END IF;
  END IF;
  EXECUTE format($sql$
    UPDATE "Ama" a SET "questionCount" = a."questionCount" + d.questions, "answeredCount" = a."answeredCount" + d.answered
    FROM (SELECT "amaId", sum(sign) AS questions, sum(sign * ("answerCount" > 0)::int) AS answered
          FROM %s r WHERE "amaId" IS NOT NULL GROUP BY 1) d
    WHERE a.id = d."amaId" AND (d.questions <> 0 OR d.answered <> 0)
  $sql$, changed);
  EXECUTE format($sql$
    UPDATE "Topic" t SET "questionCount" = t."questionCount" + d.questions, "answerCount" = t."answerCount" + d.answers
    FROM (SELECT "topicId", sum(sign) AS questions, sum(sign * "answerCount") AS answers
          FROM %s r WHERE "topicId" IS NOT NULL GROUP BY 1) d
    WHERE t.id = d."topicId" AND (d.questions <> 0 OR d.answers <> 0)
  $sql$, changed);
  EXECUTE format($sql$
    UPDATE "Community" c SET "questionCount" = c."questionCount" + d.questions, "answerCount" = c."answerCount" + d.answers
    FROM (SELECT "communityId", sum(sign) AS questions, sum(sign * "answerCount") AS answers FROM %s r GROUP BY 1) d
    WHERE c.id = d."communityId" AND (d.questions <> 0 OR d.answers <> 0)
  $sql$, changed);
  RETURN NULL;
END $$;
CREATE TRIGGER questions_inserted AFTER INSERT ON "Question" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION questions_changed();
CREATE TRIGGER questions_updated AFTER UPDATE ON "Question" REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION questions_changed();
CREATE TRIGGER questions_deleted AFTER DELETE ON "Question" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION questions_changed();

-- A question's answers count for its community's mentors, no command moves one, and this keeps it so.
CREATE FUNCTION question_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE check_violation USING MESSAGE = 'a question stays in its community';
END $$;
CREATE TRIGGER question_stays BEFORE UPDATE OF "communityId" ON "Question" FOR EACH ROW WHEN (OLD."communityId" <> NEW."communityId") EXECUTE FUNCTION question_stays();

-- AMAs held: those that were not cancelled.
CREATE FUNCTION amas_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed text := signed_rows(TG_OP);
BEGIN
  EXECUTE format($sql$
    UPDATE "Community" c SET "amaCount" = c."amaCount" + d.amas
    FROM (SELECT "communityId", sum(sign) AS amas FROM %s r WHERE "cancelledAt" IS NULL GROUP BY 1) d
    WHERE c.id = d."communityId" AND d.amas <> 0
  $sql$, changed);
  EXECUTE format($sql$
    UPDATE "Member" m SET "amaCount" = m."amaCount" + d.amas
    FROM (SELECT am."memberId", sum(sign) AS amas FROM %s r JOIN "AmaMentor" am ON am."amaId" = r.id
          WHERE "cancelledAt" IS NULL GROUP BY 1) d
    WHERE m.id = d."memberId" AND d.amas <> 0
  $sql$, changed);
  EXECUTE format($sql$
    UPDATE "CommunityMentor" c SET "amaCount" = c."amaCount" + d.amas
    FROM (SELECT r."communityId", am."memberId", sum(sign) AS amas FROM %s r JOIN "AmaMentor" am ON am."amaId" = r.id
          WHERE "cancelledAt" IS NULL GROUP BY 1, 2) d
    WHERE c."communityId" = d."communityId" AND c."memberId" = d."memberId" AND d.amas <> 0
  $sql$, changed);
  RETURN NULL;
END $$;
CREATE TRIGGER amas_inserted AFTER INSERT ON "Ama" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION amas_changed();
CREATE TRIGGER amas_updated AFTER UPDATE ON "Ama" REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION amas_changed();
CREATE TRIGGER amas_deleted AFTER DELETE ON "Ama" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION amas_changed();

CREATE FUNCTION ama_mentors_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed text := signed_rows(TG_OP);
BEGIN
  EXECUTE format($sql$
    INSERT INTO "CommunityMentor" ("communityId", "memberId")
    SELECT DISTINCT a."communityId", r."memberId" FROM %s r JOIN "Ama" a ON a.id = r."amaId" WHERE sign = 1 ORDER BY 1, 2
    ON CONFLICT DO NOTHING
  $sql$, changed);
  EXECUTE format($sql$
    UPDATE "CommunityMentor" c SET "amaCount" = c."amaCount" + d.amas
    FROM (SELECT a."communityId", r."memberId", sum(sign) AS amas FROM %s r JOIN "Ama" a ON a.id = r."amaId"
          WHERE a."cancelledAt" IS NULL GROUP BY 1, 2) d
    WHERE c."communityId" = d."communityId" AND c."memberId" = d."memberId" AND d.amas <> 0
  $sql$, changed);
  EXECUTE format($sql$
    UPDATE "Member" m SET "amaCount" = m."amaCount" + d.amas
    FROM (SELECT r."memberId", sum(sign) AS amas FROM %s r JOIN "Ama" a ON a.id = r."amaId"
          WHERE a."cancelledAt" IS NULL GROUP BY 1) d
    WHERE m.id = d."memberId" AND d.amas <> 0
  $sql$, changed);
  RETURN NULL;
END $$;
CREATE TRIGGER ama_mentors_inserted AFTER INSERT ON "AmaMentor" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION ama_mentors_changed();
CREATE TRIGGER ama_mentors_updated AFTER UPDATE ON "AmaMentor" REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION ama_mentors_changed();
CREATE TRIGGER ama_mentors_deleted AFTER DELETE ON "AmaMentor" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION ama_mentors_changed();

CREATE FUNCTION community_mentors_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format($sql$
    UPDATE "Community" c SET "mentorCount" = c."mentorCount" + d.mentors
    FROM (SELECT "communityId", sum(sign) AS mentors FROM %s r GROUP BY 1) d
    WHERE c.id = d."communityId"
  $sql$, signed_rows(TG_OP));
  RETURN NULL;
END $$;
CREATE TRIGGER community_mentors_inserted AFTER INSERT ON "CommunityMentor" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION community_mentors_changed();
CREATE TRIGGER community_mentors_deleted AFTER DELETE ON "CommunityMentor" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION community_mentors_changed();
