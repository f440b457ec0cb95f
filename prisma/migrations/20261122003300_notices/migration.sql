-- What a member is told: until now by moderators alone, from now on of everything that concerns them.

ALTER TABLE "Notice" RENAME COLUMN act TO event;
ALTER TABLE "Notice" ALTER COLUMN reason DROP NOT NULL,
  ADD COLUMN key TEXT,
  ADD COLUMN kind TEXT,
  ADD COLUMN why TEXT,
  ADD COLUMN "amaId" UUID,
  ADD COLUMN "communityId" UUID,
  ADD COLUMN "byId" UUID,
  ADD COLUMN count INTEGER,
  ADD COLUMN "readAt" TIMESTAMPTZ(3);

-- What was told before stands in a mail as well, and nobody could say that it was read.
UPDATE "Notice" SET key = id::text, "readAt" = "toldAt";
ALTER TABLE "Notice" ALTER COLUMN key SET NOT NULL;

DROP INDEX "Notice_memberId_id_idx";
CREATE UNIQUE INDEX "Notice_memberId_key_key" ON "Notice"("memberId", "key");
CREATE INDEX "Notice_memberId_toldAt_id_idx" ON "Notice"("memberId", "toldAt", "id");
CREATE INDEX "Notice_amaId_idx" ON "Notice"("amaId");
CREATE INDEX "Notice_communityId_idx" ON "Notice"("communityId");
CREATE INDEX "Notice_byId_idx" ON "Notice"("byId");
-- How many are unread stands beside one's name on every page.
CREATE INDEX notice_unread ON "Notice"("memberId") WHERE "readAt" IS NULL;

ALTER TABLE "Notice" ADD CONSTRAINT "Notice_amaId_fkey" FOREIGN KEY ("amaId") REFERENCES "Ama"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Notice" ADD CONSTRAINT "Notice_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Notice" ADD CONSTRAINT "Notice_byId_fkey" FOREIGN KEY ("byId") REFERENCES "Member"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE "Notice" DROP CONSTRAINT "Notice_act_check", DROP CONSTRAINT "Notice_until_check", DROP CONSTRAINT "Notice_reason_check";
ALTER TABLE "Notice" ADD CONSTRAINT "Notice_until_check" CHECK ((event = 'suspend') = (until IS NOT NULL)),
  -- Moderators say why by a code; of everything else it is said why it is told, and what it is turned off with.
  ADD CONSTRAINT "Notice_reason_check" CHECK (CASE WHEN event IN ('hide', 'restore', 'suspend')
    THEN reason IN ('spam', 'abuse', 'private', 'harmful', 'off-topic', 'other', 'mistake', 'corrected') AND kind IS NULL AND why IS NULL
    ELSE reason IS NULL AND kind IS NOT NULL AND why IS NOT NULL END),
  ADD CONSTRAINT "Notice_count_check" CHECK (count > 0);

CREATE TABLE "NoticeChoice" (
    "memberId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "level" TEXT NOT NULL,

    CONSTRAINT "NoticeChoice_pkey" PRIMARY KEY ("memberId", "kind")
);
ALTER TABLE "NoticeChoice" ADD CONSTRAINT "NoticeChoice_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "NoticeChoice" ADD CONSTRAINT "NoticeChoice_level_check" CHECK (level IN ('inbox', 'off'));
