-- The lists of questions, each found by an index in its order (docs/decisions/055).

-- As domain/question/rules.ts says it: twice as many readers and requests are as much as being two days newer. It stands in the
-- indexes alone, which PostgreSQL writes when the counts change; no row has to be looked at because time goes by.
CREATE FUNCTION question_heat(requests int, views int, shown timestamptz, answered timestamptz) RETURNS float8
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ln(1 + 10 * requests::float8 + views::float8) / ln(2::float8) + date_part('epoch', greatest(shown, answered) - to_timestamp(0)) / 172800
$$;

CREATE INDEX "Question_hot_idx" ON "Question" ("communityId", (question_heat("requestCount", "viewCount", coalesce("checkedAt", "askedAt"), "lastAnsweredAt")), id)
  WHERE "hiddenAt" IS NULL;
CREATE INDEX "Question_hot_of_topic_idx" ON "Question" ("topicId", (question_heat("requestCount", "viewCount", coalesce("checkedAt", "askedAt"), "lastAnsweredAt")), id)
  WHERE "hiddenAt" IS NULL AND "topicId" IS NOT NULL;

-- Everybody requests what they ask, so one request says nothing.
CREATE INDEX "Question_requested_idx" ON "Question" ("communityId", (-"requestCount"), "askedAt", id)
  WHERE "hiddenAt" IS NULL AND "requestCount" > 1;
CREATE INDEX "Question_requested_of_topic_idx" ON "Question" ("topicId", (-"requestCount"), "askedAt", id)
  WHERE "hiddenAt" IS NULL AND "requestCount" > 1 AND "topicId" IS NOT NULL;

-- Those that can still be answered before those that nobody is asked to answer any more.
CREATE INDEX "Question_unanswered_idx" ON "Question" ("communityId", ("closedAt" IS NOT NULL), (-"requestCount"), "askedAt", id)
  WHERE "hiddenAt" IS NULL AND "answerCount" = 0;
CREATE INDEX "Question_unanswered_of_topic_idx" ON "Question" ("topicId", ("closedAt" IS NOT NULL), (-"requestCount"), "askedAt", id)
  WHERE "hiddenAt" IS NULL AND "answerCount" = 0 AND "topicId" IS NOT NULL;
