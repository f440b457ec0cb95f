-- Which questions a mentor takes directly, and until when none.
ALTER TABLE "Member" ADD COLUMN "directLimit" SMALLINT, ADD COLUMN "pausedUntil" DATE;
ALTER TABLE "Member" ADD CONSTRAINT "Member_directLimit_check" CHECK ("directLimit" BETWEEN 0 AND 100);
