-- What an asker adds waits for a host like a question, where hosts look at everything.

-- DropIndex
DROP INDEX "Question_topicId_askedAt_id_idx";

-- AlterTable
ALTER TABLE "Clarification" ADD COLUMN     "heldAt" TIMESTAMPTZ(3),
ADD COLUMN     "returnReason" TEXT,
ADD COLUMN     "returnedAt" TIMESTAMPTZ(3);


-- What Prisma's schema language cannot say.

ALTER TABLE "Clarification" ADD CONSTRAINT "Clarification_held_check" CHECK (
    ("returnedAt" IS NULL OR "heldAt" IS NOT NULL) AND ("returnedAt" IS NULL) = ("returnReason" IS NULL)),
  ADD CONSTRAINT "Clarification_returnReason_check" CHECK (length("returnReason") BETWEEN 1 AND 500);

-- The list of hosts, oldest first. Hardly anything waits.
CREATE INDEX "Clarification_held_idx" ON "Clarification" ("heldAt", id) WHERE "heldAt" IS NOT NULL;

-- What waited for a host is new from when it was let through: lists and feeds go by that.
DROP INDEX "Question_newest_idx";
CREATE INDEX "Question_newest_idx" ON "Question" ("communityId", (coalesce("checkedAt", "askedAt")), id) WHERE "hiddenAt" IS NULL;
CREATE INDEX "Question_newest_of_topic_idx" ON "Question" ("topicId", (coalesce("checkedAt", "askedAt")), id) WHERE "hiddenAt" IS NULL;
