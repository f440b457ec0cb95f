-- Following: a mentor, a topic or a question.

CREATE TABLE "Follow" (
    "id" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "mentorId" UUID,
    "topicId" UUID,
    "questionId" UUID,
    "followedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "mutedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Follow_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "Member" ADD COLUMN "followerCount" INTEGER NOT NULL DEFAULT 0, ADD COLUMN "followsShownSince" TIMESTAMPTZ(3);
ALTER TABLE "Topic" ADD COLUMN "followerCount" INTEGER NOT NULL DEFAULT 0;

CREATE UNIQUE INDEX "Follow_memberId_mentorId_key" ON "Follow"("memberId", "mentorId");
CREATE UNIQUE INDEX "Follow_memberId_topicId_key" ON "Follow"("memberId", "topicId");
CREATE UNIQUE INDEX "Follow_memberId_questionId_key" ON "Follow"("memberId", "questionId");
CREATE INDEX "Follow_mentorId_idx" ON "Follow"("mentorId");
CREATE INDEX "Follow_topicId_idx" ON "Follow"("topicId");
CREATE INDEX "Follow_questionId_idx" ON "Follow"("questionId");
-- What was asked last on a topic that somebody follows.
CREATE INDEX "Question_topicId_askedAt_id_idx" ON "Question"("topicId", "askedAt", "id");

ALTER TABLE "Follow" ADD CONSTRAINT "Follow_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Follow" ADD CONSTRAINT "Follow_mentorId_fkey" FOREIGN KEY ("mentorId") REFERENCES "Member"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Follow" ADD CONSTRAINT "Follow_topicId_fkey" FOREIGN KEY ("topicId") REFERENCES "Topic"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Follow" ADD CONSTRAINT "Follow_questionId_fkey" FOREIGN KEY ("questionId") REFERENCES "Question"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- One thing each. Only a question can be followed without a row, by who asked or requested it; there a row can say that it is not.
ALTER TABLE "Follow" ADD CONSTRAINT "Follow_one_check" CHECK (num_nonnulls("mentorId", "topicId", "questionId") = 1),
  ADD CONSTRAINT "Follow_ended_check" CHECK ("endedAt" IS NULL OR "questionId" IS NOT NULL),
  ADD CONSTRAINT "Follow_self_check" CHECK ("mentorId" <> "memberId");
ALTER TABLE "Member" ADD CONSTRAINT "Member_followers_check" CHECK ("followerCount" >= 0);
ALTER TABLE "Topic" ADD CONSTRAINT "Topic_followers_check" CHECK ("followerCount" >= 0);

-- Followers: of mentors and topics, whose pages show them. Once per statement, rows locked in the order of their ids.
CREATE FUNCTION follows_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed text := signed_rows(TG_OP);
BEGIN
  EXECUTE format('SELECT 1 FROM "Member" WHERE id IN (SELECT "mentorId" FROM %s r) ORDER BY id FOR NO KEY UPDATE', changed);
  EXECUTE format($sql$
    UPDATE "Member" m SET "followerCount" = m."followerCount" + d.followers
    FROM (SELECT "mentorId", sum(sign) AS followers FROM %s r WHERE "mentorId" IS NOT NULL GROUP BY 1) d
    WHERE m.id = d."mentorId" AND d.followers <> 0
  $sql$, changed);
  EXECUTE format('SELECT 1 FROM "Topic" WHERE id IN (SELECT "topicId" FROM %s r) ORDER BY id FOR NO KEY UPDATE', changed);
  EXECUTE format($sql$
    UPDATE "Topic" t SET "followerCount" = t."followerCount" + d.followers
    FROM (SELECT "topicId", sum(sign) AS followers FROM %s r WHERE "topicId" IS NOT NULL GROUP BY 1) d
    WHERE t.id = d."topicId" AND d.followers <> 0
  $sql$, changed);
  RETURN NULL;
END $$;
CREATE TRIGGER follows_inserted AFTER INSERT ON "Follow" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION follows_changed();
CREATE TRIGGER follows_deleted AFTER DELETE ON "Follow" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION follows_changed();
