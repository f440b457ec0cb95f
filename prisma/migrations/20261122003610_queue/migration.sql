-- What mentors do with questions of their queue other than answering them.

-- AlterTable
ALTER TABLE "Question" ADD COLUMN     "askedToAt" TIMESTAMPTZ(3),
ADD COLUMN     "revisedAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "SetAside" (
    "memberId" UUID NOT NULL,
    "questionId" UUID NOT NULL,
    "act" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3),
    "toId" UUID,
    "words" TEXT,
    "setAsideAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SetAside_pkey" PRIMARY KEY ("memberId","questionId")
);

-- CreateIndex
CREATE INDEX "SetAside_memberId_act_setAsideAt_questionId_idx" ON "SetAside"("memberId", "act", "setAsideAt", "questionId");

-- CreateIndex
CREATE INDEX "SetAside_questionId_idx" ON "SetAside"("questionId");

-- CreateIndex
CREATE INDEX "SetAside_toId_idx" ON "SetAside"("toId");

-- AddForeignKey
ALTER TABLE "SetAside" ADD CONSTRAINT "SetAside_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SetAside" ADD CONSTRAINT "SetAside_questionId_fkey" FOREIGN KEY ("questionId") REFERENCES "Question"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SetAside" ADD CONSTRAINT "SetAside_toId_fkey" FOREIGN KEY ("toId") REFERENCES "Member"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Each act has what belongs to it, and nothing else. Of a hand-over the other one may be gone.
ALTER TABLE "SetAside" ADD CONSTRAINT "SetAside_act_check" CHECK (
  act IN ('skip', 'defer', 'decline', 'hand-over', 'ask-back')
  AND (act = 'defer') = ("until" IS NOT NULL) AND (act IN ('decline', 'ask-back')) = (words IS NOT NULL)
  AND (act = 'hand-over' OR "toId" IS NULL) AND "toId" <> "memberId" AND length(words) BETWEEN 1 AND 500);
