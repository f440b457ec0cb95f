-- An AMA begins as a draft of its hosts: nothing that the public reads or counts has it until it is published. What is there
-- already was published when it came.

ALTER TABLE "Ama" ADD COLUMN "publishedAt" TIMESTAMPTZ(3),
  ADD COLUMN "questionsOpenAt" TIMESTAMPTZ(0),
  ADD COLUMN "checking" TEXT,
  ADD COLUMN "revision" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "changedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
UPDATE "Ama" SET "publishedAt" = "createdAt", "changedAt" = "createdAt";
ALTER TABLE "Ama" ALTER COLUMN "publishedAt" SET DEFAULT CURRENT_TIMESTAMP;

-- Questions gathered elsewhere: nobody here asked them.
ALTER TABLE "Question" ADD COLUMN "sentInAt" TIMESTAMPTZ(3);

CREATE TABLE "AmaInvitation" (
    "amaId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "position" SMALLINT NOT NULL,
    "invitedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "acceptedAt" TIMESTAMPTZ(3),
    "declinedAt" TIMESTAMPTZ(3),
    "words" TEXT,

    CONSTRAINT "AmaInvitation_pkey" PRIMARY KEY ("amaId", "memberId")
);
CREATE TABLE "AmaHost" (
    "amaId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "addedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AmaHost_pkey" PRIMARY KEY ("amaId", "memberId")
);
CREATE INDEX "AmaInvitation_memberId_idx" ON "AmaInvitation"("memberId");
CREATE INDEX "AmaHost_memberId_idx" ON "AmaHost"("memberId");
ALTER TABLE "AmaInvitation" ADD CONSTRAINT "AmaInvitation_amaId_fkey" FOREIGN KEY ("amaId") REFERENCES "Ama"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "AmaInvitation" ADD CONSTRAINT "AmaInvitation_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "AmaHost" ADD CONSTRAINT "AmaHost_amaId_fkey" FOREIGN KEY ("amaId") REFERENCES "Ama"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "AmaHost" ADD CONSTRAINT "AmaHost_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "Ama" ADD CONSTRAINT "Ama_checking_check" CHECK ("checking" IN ('off', 'first', 'all')),
  ADD CONSTRAINT "Ama_open_check" CHECK ("questionsOpenAt" <= "startsAt");
ALTER TABLE "AmaInvitation" ADD CONSTRAINT "AmaInvitation_position_check" CHECK (position BETWEEN 1 AND 5),
  ADD CONSTRAINT "AmaInvitation_answer_check" CHECK ("acceptedAt" IS NULL OR "declinedAt" IS NULL),
  ADD CONSTRAINT "AmaInvitation_words_check" CHECK (length(words) BETWEEN 1 AND 500);

-- What calendars show: each change has the next number, by which they know the newest.
CREATE FUNCTION ama_revised() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.revision := OLD.revision + 1;
  NEW."changedAt" := now();
  RETURN NEW;
END $$;
CREATE TRIGGER ama_revised BEFORE UPDATE OF "topicId", "startsAt", "endsAt", introduction, "cancelledAt" ON "Ama" FOR EACH ROW
  WHEN ((OLD."topicId", OLD."startsAt", OLD."endsAt", OLD.introduction, OLD."cancelledAt")
    IS DISTINCT FROM (NEW."topicId", NEW."startsAt", NEW."endsAt", NEW.introduction, NEW."cancelledAt"))
  EXECUTE FUNCTION ama_revised();

-- A question that is put into a draft is hidden like any other that the public may not see, and comes out with it.
CREATE FUNCTION question_in_draft() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Whoever publishes it at this moment waits, or was first.
  PERFORM FROM "Ama" WHERE id = NEW."amaId" FOR KEY SHARE;
  IF EXISTS (SELECT FROM "Ama" WHERE id = NEW."amaId" AND "publishedAt" IS NULL) THEN
    NEW."hiddenAt" := coalesce(NEW."hiddenAt", now());
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER question_in_draft BEFORE INSERT ON "Question" FOR EACH ROW WHEN (NEW."sentInAt" IS NOT NULL AND NEW."amaId" IS NOT NULL)
  EXECUTE FUNCTION question_in_draft();

CREATE FUNCTION ama_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "Question" SET "hiddenAt" = NULL WHERE "amaId" = NEW.id AND "hiddenAt" IS NOT NULL AND "heldAt" IS NULL AND "hiddenById" IS NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER ama_published AFTER UPDATE OF "publishedAt" ON "Ama" FOR EACH ROW
  WHEN (OLD."publishedAt" IS NULL AND NEW."publishedAt" IS NOT NULL) EXECUTE FUNCTION ama_published();

-- AMAs held: those that are published and were not cancelled.
CREATE OR REPLACE FUNCTION amas_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed text := signed_rows(TG_OP);
BEGIN
  EXECUTE format($sql$
    UPDATE "Community" c SET "amaCount" = c."amaCount" + d.amas
    FROM (SELECT "communityId", sum(sign) AS amas FROM %s r WHERE "cancelledAt" IS NULL AND "publishedAt" IS NOT NULL GROUP BY 1) d
    WHERE c.id = d."communityId" AND d.amas <> 0
  $sql$, changed);
  EXECUTE format($sql$
    UPDATE "Member" m SET "amaCount" = m."amaCount" + d.amas
    FROM (SELECT am."memberId", sum(sign) AS amas FROM %s r JOIN "AmaMentor" am ON am."amaId" = r.id
          WHERE "cancelledAt" IS NULL AND "publishedAt" IS NOT NULL GROUP BY 1) d
    WHERE m.id = d."memberId" AND d.amas <> 0
  $sql$, changed);
  EXECUTE format($sql$
    UPDATE "CommunityMentor" c SET "amaCount" = c."amaCount" + d.amas
    FROM (SELECT r."communityId", am."memberId", sum(sign) AS amas FROM %s r JOIN "AmaMentor" am ON am."amaId" = r.id
          WHERE "cancelledAt" IS NULL AND "publishedAt" IS NOT NULL GROUP BY 1, 2) d
    WHERE c."communityId" = d."communityId" AND c."memberId" = d."memberId" AND d.amas <> 0
  $sql$, changed);
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION ama_mentors_changed() RETURNS trigger LANGUAGE plpgsql AS $$
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
          WHERE a."cancelledAt" IS NULL AND a."publishedAt" IS NOT NULL GROUP BY 1, 2) d
    WHERE c."communityId" = d."communityId" AND c."memberId" = d."memberId" AND d.amas <> 0
  $sql$, changed);
  EXECUTE format($sql$
    UPDATE "Member" m SET "amaCount" = m."amaCount" + d.amas
    FROM (SELECT r."memberId", sum(sign) AS amas FROM %s r JOIN "Ama" a ON a.id = r."amaId"
          WHERE a."cancelledAt" IS NULL AND a."publishedAt" IS NOT NULL GROUP BY 1) d
    WHERE m.id = d."memberId" AND d.amas <> 0
  $sql$, changed);
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION keep_ama_words(ids uuid[]) RETURNS void LANGUAGE sql AS $$
  DELETE FROM "AmaWords" WHERE "amaId" = ANY(ids)
    AND "amaId" IN (SELECT id FROM "Ama" WHERE id = ANY(ids) AND ("cancelledAt" IS NOT NULL OR "publishedAt" IS NULL));
  INSERT INTO "AmaWords" ("amaId", words)
  SELECT id, ama_words(a) FROM "Ama" a WHERE id = ANY(ids) AND "cancelledAt" IS NULL AND "publishedAt" IS NOT NULL ORDER BY id
  ON CONFLICT ("amaId") DO UPDATE SET words = EXCLUDED.words
$$;
DROP TRIGGER words_change ON "Ama";
CREATE TRIGGER words_change AFTER UPDATE OF "topicId", introduction, "cancelledAt", "publishedAt" ON "Ama" FOR EACH ROW
  WHEN ((OLD."topicId", OLD.introduction, OLD."cancelledAt", OLD."publishedAt")
    IS DISTINCT FROM (NEW."topicId", NEW.introduction, NEW."cancelledAt", NEW."publishedAt"))
  EXECUTE FUNCTION words_change('keep_ama_words');

-- What a community's hosts prepare and run, by its start.
CREATE INDEX "Ama_communityId_draft_idx" ON "Ama" ("communityId", "startsAt", "id") WHERE "publishedAt" IS NULL;
