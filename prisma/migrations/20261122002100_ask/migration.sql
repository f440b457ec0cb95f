-- Asking: drafts, what waits for a host's check, what an asker adds later.

-- DropIndex
DROP INDEX "Question_askedById_idx";

-- AlterTable
ALTER TABLE "Community" ADD COLUMN     "checking" TEXT NOT NULL DEFAULT 'off';

-- AlterTable
ALTER TABLE "Question" ADD COLUMN     "askKey" TEXT,
ADD COLUMN     "checkedAt" TIMESTAMPTZ(3),
ADD COLUMN     "checkedById" UUID,
ADD COLUMN     "heldAt" TIMESTAMPTZ(3),
ADD COLUMN     "returnReason" TEXT,
ADD COLUMN     "returnedAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "Clarification" (
    "id" UUID NOT NULL,
    "questionId" UUID NOT NULL,
    "memberId" UUID,
    "body" TEXT NOT NULL,
    "html" TEXT NOT NULL,
    "addedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Clarification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Draft" (
    "id" UUID NOT NULL,
    "memberId" UUID,
    "tokenHash" BYTEA,
    "place" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "details" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "showName" BOOLEAN NOT NULL,
    "askKey" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "savedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Draft_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Clarification_questionId_addedAt_id_idx" ON "Clarification"("questionId", "addedAt", "id");

-- CreateIndex
CREATE INDEX "Clarification_memberId_idx" ON "Clarification"("memberId");

-- CreateIndex
CREATE UNIQUE INDEX "Draft_tokenHash_key" ON "Draft"("tokenHash");

-- CreateIndex
CREATE INDEX "Draft_savedAt_idx" ON "Draft"("savedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Draft_memberId_place_key" ON "Draft"("memberId", "place");

-- CreateIndex
CREATE INDEX "Question_askedById_askedAt_id_idx" ON "Question"("askedById", "askedAt", "id");

-- CreateIndex
CREATE INDEX "Question_checkedById_idx" ON "Question"("checkedById");

-- CreateIndex
CREATE UNIQUE INDEX "Question_askedById_askKey_key" ON "Question"("askedById", "askKey");

-- AddForeignKey
ALTER TABLE "Question" ADD CONSTRAINT "Question_checkedById_fkey" FOREIGN KEY ("checkedById") REFERENCES "Member"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Clarification" ADD CONSTRAINT "Clarification_questionId_fkey" FOREIGN KEY ("questionId") REFERENCES "Question"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Clarification" ADD CONSTRAINT "Clarification_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Draft" ADD CONSTRAINT "Draft_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What Prisma's schema language cannot say.

-- Whatever waits for a check is hidden, so that every list, count, feed and search that leaves out what is hidden leaves
-- it out too, and nothing can show it by accident.
ALTER TABLE "Question" ADD CONSTRAINT "Question_held_check" CHECK (("heldAt" IS NULL OR "hiddenAt" IS NOT NULL) AND ("returnedAt" IS NULL) = ("returnReason" IS NULL)),
  ADD CONSTRAINT "Question_returnReason_check" CHECK (length("returnReason") BETWEEN 1 AND 500);
ALTER TABLE "Community" ADD CONSTRAINT "Community_checking_check" CHECK (checking IN ('off', 'first', 'all'));
ALTER TABLE "Clarification" ADD CONSTRAINT "Clarification_body_check" CHECK (length(body) BETWEEN 1 AND 2000);
-- A draft is a member's or a visitor's. It may be longer than what can be asked: it says so, and loses nothing.
ALTER TABLE "Draft" ADD CONSTRAINT "Draft_whose_check" CHECK (("memberId" IS NULL) <> ("tokenHash" IS NULL)),
  ADD CONSTRAINT "Draft_length_check" CHECK (length(title) <= 1000 AND length(details) <= 20000 AND length(place) <= 120 AND length(topic) <= 36);

-- The list of a community's hosts, oldest first. Hardly any question waits.
CREATE INDEX "Question_held_idx" ON "Question" ("communityId", "heldAt", id) WHERE "heldAt" IS NOT NULL;
