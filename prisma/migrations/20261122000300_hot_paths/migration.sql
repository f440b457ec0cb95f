-- The questions of an AMA in its two orders (domain/question/queries.ts), so that a page of one with thousands of them
-- reads twenty. Most questions are in no AMA.
CREATE INDEX "Question_ama_past_idx" ON "Question" (
  "amaId", (("answerCount" = 0)::int), (-(CASE WHEN "answerCount" = 0 THEN "requestCount" ELSE "viewCount" END)), number
) WHERE "amaId" IS NOT NULL;
CREATE INDEX "Question_ama_open_idx" ON "Question" ("amaId", (-"requestCount"), number) WHERE "amaId" IS NOT NULL;

-- Its feed goes by the questions that were answered last.
CREATE INDEX "Question_ama_answered_idx" ON "Question" ("amaId", "lastAnsweredAt", id) WHERE "amaId" IS NOT NULL AND "lastAnsweredAt" IS NOT NULL;

-- No query reads them, and every view counted, every AMA moved, writes them. The planner took the second for the list of
-- coming AMAs, and then had to sort all of them.
DROP INDEX "Question_viewCount_id_idx";
DROP INDEX "Ama_endsAt_id_idx";
