-- Where a question is deleted its mentors are told what they had written to it, as long as a draft may be (domain/notice).
ALTER TABLE "Notice" DROP CONSTRAINT "Notice_words_check",
  ADD CONSTRAINT "Notice_words_check" CHECK (length(words) BETWEEN 1 AND CASE WHEN event = 'question-withdrawn' THEN 100000 ELSE 1000 END);

-- Pictures in them stay.
CREATE INDEX notice_images ON "Notice" USING gin (images_in(words)) WHERE words LIKE '%/images/%';
