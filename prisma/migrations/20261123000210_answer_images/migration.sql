-- CreateTable
CREATE TABLE "AnswerImage" (
    "id" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "width" SMALLINT NOT NULL,
    "height" SMALLINT NOT NULL,
    "uploadedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "AnswerImage_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "AnswerImage_memberId_idx" ON "AnswerImage"("memberId");
CREATE INDEX "AnswerImage_uploadedAt_idx" ON "AnswerImage"("uploadedAt");

-- AddForeignKey
ALTER TABLE "AnswerImage" ADD CONSTRAINT "AnswerImage_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Which images a text uses is what its Markdown says; no second place says it too.
CREATE FUNCTION images_in(body text) RETURNS uuid[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN ARRAY(
    SELECT m[1]::uuid FROM pg_catalog.regexp_matches(body, '/images/([0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})-', 'g') m);
END $$;
CREATE INDEX answer_images ON "Answer" USING gin (images_in(body)) WHERE body LIKE '%/images/%';
CREATE INDEX answer_version_images ON "AnswerVersion" USING gin (images_in(body)) WHERE body LIKE '%/images/%';
CREATE INDEX answer_draft_images ON "AnswerDraft" USING gin (images_in(body)) WHERE body LIKE '%/images/%';
