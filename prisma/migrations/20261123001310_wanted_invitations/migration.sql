-- When enough people want something, the hosts invite somebody; and whoever does not want to be invited is not.

ALTER TABLE "Community" ADD COLUMN "wantedThreshold" INTEGER NOT NULL DEFAULT 5;
ALTER TABLE "Wanted" ADD COLUMN "readyAt" TIMESTAMPTZ(3),
  ADD COLUMN "topicId" UUID,
  ADD COLUMN "mentorId" UUID,
  ADD COLUMN "invitationId" UUID,
  ADD COLUMN "invitedAt" TIMESTAMPTZ(3),
  ADD COLUMN "invitationText" TEXT;
CREATE TABLE "NotToInvite" (
    "hash" BYTEA NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "NotToInvite_pkey" PRIMARY KEY ("hash")
);

CREATE UNIQUE INDEX "Wanted_invitationId_key" ON "Wanted"("invitationId");
CREATE INDEX "Wanted_topicId_idx" ON "Wanted"("topicId");
CREATE INDEX "Wanted_mentorId_idx" ON "Wanted"("mentorId");
-- What its hosts can do something about.
CREATE INDEX "Wanted_ready_idx" ON "Wanted" ("communityId", "readyAt", id) WHERE "readyAt" IS NOT NULL AND "hiddenAt" IS NULL AND "closedAt" IS NULL;

ALTER TABLE "Wanted" ADD CONSTRAINT "Wanted_topicId_fkey" FOREIGN KEY ("topicId") REFERENCES "Topic"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "Wanted" ADD CONSTRAINT "Wanted_mentorId_fkey" FOREIGN KEY ("mentorId") REFERENCES "Member"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "Wanted" ADD CONSTRAINT "Wanted_invitationId_fkey" FOREIGN KEY ("invitationId") REFERENCES "Invitation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE "Community" ADD CONSTRAINT "Community_threshold_check" CHECK ("wantedThreshold" BETWEEN 2 AND 1000);
ALTER TABLE "Wanted" ADD CONSTRAINT "Wanted_invitation_check" CHECK (length("invitationText") BETWEEN 1 AND 8000);
ALTER TABLE "NotToInvite" ADD CONSTRAINT "NotToInvite_hash_check" CHECK (length(hash) = 32);
