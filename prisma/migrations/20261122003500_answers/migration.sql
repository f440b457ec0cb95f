-- Answers that mentors write: drafts, and what an answer said before it was changed.

-- AlterTable
ALTER TABLE "Answer" ADD COLUMN     "editedAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "AnswerVersion" (
    "answerId" UUID NOT NULL,
    "number" SMALLINT NOT NULL,
    "mentorId" UUID NOT NULL,
    "body" TEXT,
    "html" TEXT,
    "writtenAt" TIMESTAMPTZ(3) NOT NULL,
    "replacedAt" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "removedAt" TIMESTAMPTZ(3),
    "removeReason" TEXT,

    CONSTRAINT "AnswerVersion_pkey" PRIMARY KEY ("answerId","number")
);

-- CreateTable
CREATE TABLE "AnswerDraft" (
    "memberId" UUID NOT NULL,
    "questionId" UUID NOT NULL,
    "body" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "windowKey" TEXT,
    "savedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "AnswerDraft_pkey" PRIMARY KEY ("memberId","questionId")
);

-- CreateIndex
CREATE INDEX "AnswerVersion_mentorId_idx" ON "AnswerVersion"("mentorId");

-- CreateIndex
CREATE INDEX "AnswerDraft_questionId_idx" ON "AnswerDraft"("questionId");

-- AddForeignKey
ALTER TABLE "AnswerVersion" ADD CONSTRAINT "AnswerVersion_answerId_fkey" FOREIGN KEY ("answerId") REFERENCES "Answer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AnswerVersion" ADD CONSTRAINT "AnswerVersion_mentorId_fkey" FOREIGN KEY ("mentorId") REFERENCES "Member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AnswerDraft" ADD CONSTRAINT "AnswerDraft_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AnswerDraft" ADD CONSTRAINT "AnswerDraft_questionId_fkey" FOREIGN KEY ("questionId") REFERENCES "Question"("id") ON DELETE CASCADE ON UPDATE CASCADE;



-- What Prisma's schema language cannot say.

-- A text that was removed is nowhere, and the entry says why.
ALTER TABLE "AnswerVersion" ADD CONSTRAINT "AnswerVersion_removed_check" CHECK (
    CASE WHEN "removedAt" IS NULL THEN body IS NOT NULL AND html IS NOT NULL AND "removeReason" IS NULL
    ELSE body IS NULL AND html IS NULL AND "removeReason" IS NOT NULL END),
  ADD CONSTRAINT "AnswerVersion_body_check" CHECK (length(body) BETWEEN 1 AND 30000),
  ADD CONSTRAINT "AnswerVersion_reason_check" CHECK (length(reason) BETWEEN 1 AND 200 AND length("removeReason") BETWEEN 1 AND 200),
  ADD CONSTRAINT "AnswerVersion_number_check" CHECK (number >= 1);
-- A draft may be longer than an answer: it says so, and loses nothing.
ALTER TABLE "AnswerDraft" ADD CONSTRAINT "AnswerDraft_length_check" CHECK (length(body) <= 100000 AND length("windowKey") <= 36);
