-- "Remind me": who is to be told that an AMA starts soon.

CREATE TABLE "AmaReminder" (
    "amaId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "setAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AmaReminder_pkey" PRIMARY KEY ("amaId", "memberId")
);
CREATE INDEX "AmaReminder_memberId_idx" ON "AmaReminder"("memberId");
ALTER TABLE "AmaReminder" ADD CONSTRAINT "AmaReminder_amaId_fkey" FOREIGN KEY ("amaId") REFERENCES "Ama"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "AmaReminder" ADD CONSTRAINT "AmaReminder_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE CASCADE ON UPDATE CASCADE;
