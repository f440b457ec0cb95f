-- Which host wrote an invitation: the text has their name below it, and goes with the account.

ALTER TABLE "Wanted" ADD COLUMN "invitedById" UUID;
CREATE INDEX "Wanted_invitedById_idx" ON "Wanted"("invitedById");
ALTER TABLE "Wanted" ADD CONSTRAINT "Wanted_invitedById_fkey" FOREIGN KEY ("invitedById") REFERENCES "Member"("id") ON DELETE SET NULL ON UPDATE CASCADE;
