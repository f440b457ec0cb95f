-- When an AMA was closed and by whom, what was said at the end, and which of its questions nobody is asked to answer any more.

-- AlterTable
ALTER TABLE "Ama" ADD COLUMN     "closedAt" TIMESTAMPTZ(3),
ADD COLUMN     "closedById" UUID,
ADD COLUMN     "closingNote" TEXT,
ADD COLUMN     "closingNoteHtml" TEXT;

-- AlterTable
ALTER TABLE "Question" ADD COLUMN     "closedAt" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "Ama_closedById_idx" ON "Ama"("closedById");

-- AddForeignKey
ALTER TABLE "Ama" ADD CONSTRAINT "Ama_closedById_fkey" FOREIGN KEY ("closedById") REFERENCES "Member"("id") ON DELETE SET NULL ON UPDATE CASCADE;


-- What Prisma's schema language cannot say.

ALTER TABLE "Ama" ADD CONSTRAINT "Ama_closed_check" CHECK (
    "closedAt" IS NOT NULL AND "publishedAt" IS NOT NULL OR "closedAt" IS NULL AND "closedById" IS NULL AND "closingNote" IS NULL),
  ADD CONSTRAINT "Ama_closing_note_check" CHECK (("closingNote" IS NULL) = ("closingNoteHtml" IS NULL) AND length("closingNote") BETWEEN 1 AND 5000);
ALTER TABLE "Question" ADD CONSTRAINT "Question_closed_check" CHECK ("closedAt" IS NULL OR "amaId" IS NOT NULL);

-- Those that ended more than a week ago would have closed themselves; nobody is told of it now.
UPDATE "Ama" SET "closedAt" = "endsAt" + interval '7 days'
WHERE "publishedAt" IS NOT NULL AND "cancelledAt" IS NULL AND "endsAt" < now() - interval '7 days';

-- What is still to be closed, by its end.
CREATE INDEX "Ama_unclosed_idx" ON "Ama" ("endsAt", "id") WHERE "closedAt" IS NULL AND "cancelledAt" IS NULL AND "publishedAt" IS NOT NULL;

-- Whoever has its page open sees it closed. Where its end moves with it, that says so already.
CREATE TRIGGER ama_closed AFTER UPDATE OF "closedAt" ON "Ama" FOR EACH ROW
  WHEN (OLD."closedAt" IS DISTINCT FROM NEW."closedAt" AND OLD."endsAt" = NEW."endsAt") EXECUTE FUNCTION ama_moved();
