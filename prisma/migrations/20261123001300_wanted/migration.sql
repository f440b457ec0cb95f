-- Wanted: a topic or a mentor that people of a community wish for, and who joined.

CREATE TABLE "Wanted" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "communityId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "why" TEXT,
    "aboutId" UUID,
    "askedById" UUID,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "joinCount" INTEGER NOT NULL DEFAULT 0,
    "closedAt" TIMESTAMPTZ(3),
    "hiddenAt" TIMESTAMPTZ(3),
    "hiddenById" UUID,

    CONSTRAINT "Wanted_pkey" PRIMARY KEY ("id")
);
CREATE TABLE "WantedJoin" (
    "wantedId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "joinedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "question" TEXT,

    CONSTRAINT "WantedJoin_pkey" PRIMARY KEY ("wantedId","memberId")
);
ALTER TABLE "Report" ADD COLUMN "wantedId" UUID;
ALTER TABLE "Notice" ADD COLUMN "wantedId" UUID;

CREATE UNIQUE INDEX "Wanted_slug_key" ON "Wanted"("slug");
CREATE INDEX "Wanted_askedById_idx" ON "Wanted"("askedById");
CREATE INDEX "Wanted_aboutId_idx" ON "Wanted"("aboutId");
CREATE INDEX "Wanted_hiddenById_idx" ON "Wanted"("hiddenById");
CREATE INDEX "WantedJoin_memberId_idx" ON "WantedJoin"("memberId");
CREATE INDEX "Report_wantedId_idx" ON "Report"("wantedId");
CREATE INDEX "Notice_wantedId_idx" ON "Notice"("wantedId");
-- Both lists: what is open, by how many joined.
CREATE INDEX "Wanted_open_idx" ON "Wanted" ("joinCount", id) WHERE "hiddenAt" IS NULL AND "closedAt" IS NULL;
CREATE INDEX "Wanted_open_community_idx" ON "Wanted" ("communityId", "joinCount", id) WHERE "hiddenAt" IS NULL AND "closedAt" IS NULL;

ALTER TABLE "Wanted" ADD CONSTRAINT "Wanted_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Wanted" ADD CONSTRAINT "Wanted_aboutId_fkey" FOREIGN KEY ("aboutId") REFERENCES "Member"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "Wanted" ADD CONSTRAINT "Wanted_askedById_fkey" FOREIGN KEY ("askedById") REFERENCES "Member"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "Wanted" ADD CONSTRAINT "Wanted_hiddenById_fkey" FOREIGN KEY ("hiddenById") REFERENCES "Member"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "WantedJoin" ADD CONSTRAINT "WantedJoin_wantedId_fkey" FOREIGN KEY ("wantedId") REFERENCES "Wanted"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "WantedJoin" ADD CONSTRAINT "WantedJoin_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Report" ADD CONSTRAINT "Report_wantedId_fkey" FOREIGN KEY ("wantedId") REFERENCES "Wanted"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Notice" ADD CONSTRAINT "Notice_wantedId_fkey" FOREIGN KEY ("wantedId") REFERENCES "Wanted"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "Wanted" ADD CONSTRAINT "Wanted_kind_check" CHECK (kind IN ('topic', 'mentor')),
  ADD CONSTRAINT "Wanted_about_check" CHECK ("aboutId" IS NULL OR kind = 'mentor'),
  ADD CONSTRAINT "Wanted_slug_check" CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) <= 120),
  ADD CONSTRAINT "Wanted_length_check" CHECK (length(title) BETWEEN 3 AND 100 AND length(why) BETWEEN 1 AND 2000),
  ADD CONSTRAINT "Wanted_joins_check" CHECK ("joinCount" >= 0),
  ADD CONSTRAINT "Wanted_hidden_check" CHECK ("hiddenById" IS NULL OR "hiddenAt" IS NOT NULL);
ALTER TABLE "WantedJoin" ADD CONSTRAINT "WantedJoin_question_check" CHECK (length(question) BETWEEN 10 AND 300);

-- What is reported, decided about and told of is one thing still.
ALTER TABLE "Report" DROP CONSTRAINT "Report_thing_check",
  ADD CONSTRAINT "Report_thing_check" CHECK (num_nonnulls("questionId", "answerId", "profileOfId", "wantedId") = 1);
DROP INDEX "Report_once_idx";
CREATE UNIQUE INDEX "Report_once_idx" ON "Report" ("reportedById", (COALESCE("questionId", "answerId", "profileOfId", "wantedId"))) WHERE "closedAt" IS NULL;
ALTER TABLE "ModerationEvent" DROP CONSTRAINT "ModerationEvent_thing_check",
  ADD CONSTRAINT "ModerationEvent_thing_check" CHECK (thing IN ('question', 'answer', 'profile', 'wanted'));

-- How many joined: once per statement, rows locked in the order of their ids.
CREATE FUNCTION wanted_joins_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed text := signed_rows(TG_OP);
BEGIN
  EXECUTE format('SELECT 1 FROM "Wanted" WHERE id IN (SELECT "wantedId" FROM %s r) ORDER BY id FOR NO KEY UPDATE', changed);
  EXECUTE format($sql$
    UPDATE "Wanted" w SET "joinCount" = w."joinCount" + d.joins
    FROM (SELECT "wantedId", sum(sign) AS joins FROM %s r GROUP BY 1) d
    WHERE w.id = d."wantedId" AND d.joins <> 0
  $sql$, changed);
  RETURN NULL;
END $$;
CREATE TRIGGER wanted_joins_inserted AFTER INSERT ON "WantedJoin" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION wanted_joins_changed();
CREATE TRIGGER wanted_joins_deleted AFTER DELETE ON "WantedJoin" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION wanted_joins_changed();
