-- Who came by an import, and who of them is gone: a file tells people apart by their handles, which others may take.

-- AlterTable
ALTER TABLE "Member" ADD COLUMN     "importedAt" TIMESTAMPTZ(3);

-- Until now nobody but an import made people without an account; of those with one the demo content's are known.
UPDATE "Member" m SET "importedAt" = m."createdAt"
WHERE m."deletedAt" IS NULL AND (
  NOT EXISTS (SELECT FROM "Account" a WHERE a."memberId" = m.id)
  OR EXISTS (SELECT FROM "DemoRow" d WHERE d.id = m.id AND d.kind = 'Member'));

-- CreateTable
CREATE TABLE "GoneHandle" (
    "hash" BYTEA NOT NULL,
    "memberId" UUID,
    "goneAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "GoneHandle_pkey" PRIMARY KEY ("hash")
);

-- CreateIndex
CREATE INDEX "GoneHandle_memberId_idx" ON "GoneHandle"("memberId");

-- AddForeignKey
ALTER TABLE "GoneHandle" ADD CONSTRAINT "GoneHandle_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE SET NULL ON UPDATE CASCADE;
