-- Reports, what moderators hide, and what they tell whose it is.

-- AlterTable
ALTER TABLE "Account" ADD COLUMN     "suspendedFor" TEXT;

-- AlterTable
ALTER TABLE "Answer" ADD COLUMN     "hiddenAt" TIMESTAMPTZ(3),
ADD COLUMN     "hiddenById" UUID,
ADD COLUMN     "questionHiddenAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Member" ADD COLUMN     "profileHiddenAt" TIMESTAMPTZ(3),
ADD COLUMN     "profileHiddenById" UUID,
ADD COLUMN     "hiddenPortraitId" UUID;

-- AlterTable
ALTER TABLE "Question" ADD COLUMN     "hiddenAt" TIMESTAMPTZ(3),
ADD COLUMN     "hiddenById" UUID;

-- CreateTable
CREATE TABLE "Report" (
    "id" UUID NOT NULL,
    "reportedById" UUID NOT NULL,
    "questionId" UUID,
    "answerId" UUID,
    "profileOfId" UUID,
    "communityId" UUID,
    "reason" TEXT NOT NULL,
    "words" TEXT,
    "reportedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closedAt" TIMESTAMPTZ(3),
    "closedById" UUID,

    CONSTRAINT "Report_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ModerationEvent" (
    "id" UUID NOT NULL,
    "actorId" UUID NOT NULL,
    "act" TEXT NOT NULL,
    "thing" TEXT NOT NULL,
    "thingId" UUID NOT NULL,
    "communityId" UUID,
    "reason" TEXT NOT NULL,
    "happenedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ModerationEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Notice" (
    "id" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "act" TEXT NOT NULL,
    "questionId" UUID,
    "answerId" UUID,
    "reason" TEXT NOT NULL,
    "words" TEXT,
    "until" TIMESTAMPTZ(3),
    "toldAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Notice_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Report_reportedById_idx" ON "Report"("reportedById");

-- CreateIndex
CREATE INDEX "Report_closedById_idx" ON "Report"("closedById");

-- CreateIndex
CREATE INDEX "Report_questionId_idx" ON "Report"("questionId");

-- CreateIndex
CREATE INDEX "Report_answerId_idx" ON "Report"("answerId");

-- CreateIndex
CREATE INDEX "Report_profileOfId_idx" ON "Report"("profileOfId");

-- CreateIndex
CREATE INDEX "Report_communityId_idx" ON "Report"("communityId");

-- CreateIndex
CREATE INDEX "ModerationEvent_communityId_id_idx" ON "ModerationEvent"("communityId", "id");

-- CreateIndex
CREATE INDEX "ModerationEvent_thingId_id_idx" ON "ModerationEvent"("thingId", "id");

-- CreateIndex
CREATE INDEX "Notice_memberId_id_idx" ON "Notice"("memberId", "id");

-- CreateIndex
CREATE INDEX "Notice_questionId_idx" ON "Notice"("questionId");

-- CreateIndex
CREATE INDEX "Notice_answerId_idx" ON "Notice"("answerId");

-- CreateIndex
CREATE INDEX "Answer_hiddenById_idx" ON "Answer"("hiddenById");

-- CreateIndex
CREATE INDEX "Member_profileHiddenById_idx" ON "Member"("profileHiddenById");

-- CreateIndex
CREATE UNIQUE INDEX "Member_hiddenPortraitId_key" ON "Member"("hiddenPortraitId");

-- CreateIndex
CREATE INDEX "Question_hiddenById_idx" ON "Question"("hiddenById");

-- AddForeignKey
ALTER TABLE "Member" ADD CONSTRAINT "Member_profileHiddenById_fkey" FOREIGN KEY ("profileHiddenById") REFERENCES "Member"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Question" ADD CONSTRAINT "Question_hiddenById_fkey" FOREIGN KEY ("hiddenById") REFERENCES "Member"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Answer" ADD CONSTRAINT "Answer_hiddenById_fkey" FOREIGN KEY ("hiddenById") REFERENCES "Member"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Report" ADD CONSTRAINT "Report_reportedById_fkey" FOREIGN KEY ("reportedById") REFERENCES "Member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Report" ADD CONSTRAINT "Report_closedById_fkey" FOREIGN KEY ("closedById") REFERENCES "Member"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Report" ADD CONSTRAINT "Report_questionId_fkey" FOREIGN KEY ("questionId") REFERENCES "Question"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Report" ADD CONSTRAINT "Report_answerId_fkey" FOREIGN KEY ("answerId") REFERENCES "Answer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Report" ADD CONSTRAINT "Report_profileOfId_fkey" FOREIGN KEY ("profileOfId") REFERENCES "Member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Report" ADD CONSTRAINT "Report_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Notice" ADD CONSTRAINT "Notice_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Notice" ADD CONSTRAINT "Notice_questionId_fkey" FOREIGN KEY ("questionId") REFERENCES "Question"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Notice" ADD CONSTRAINT "Notice_answerId_fkey" FOREIGN KEY ("answerId") REFERENCES "Answer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Checks ---------------------------------------------------------------------------------------------------------------

ALTER TABLE "Account" ADD CONSTRAINT "Account_suspendedFor_check" CHECK (length("suspendedFor") BETWEEN 1 AND 1200);
-- Whoever writes: a hidden profile has no picture that a query of the public finds, nor has a member who is gone.
ALTER TABLE "Member" ADD CONSTRAINT "Member_hiddenPortraitId_check" CHECK (
  CASE WHEN "profileHiddenAt" IS NULL THEN "hiddenPortraitId" IS NULL ELSE "portraitId" IS NULL AND "deletedAt" IS NULL END);
ALTER TABLE "Report" ADD CONSTRAINT "Report_thing_check" CHECK (num_nonnulls("questionId", "answerId", "profileOfId") = 1),
  ADD CONSTRAINT "Report_community_check" CHECK (("communityId" IS NULL) = ("profileOfId" IS NOT NULL)),
  ADD CONSTRAINT "Report_reason_check" CHECK (reason IN ('spam', 'abuse', 'private', 'harmful', 'off-topic', 'other')),
  ADD CONSTRAINT "Report_words_check" CHECK (length(words) BETWEEN 1 AND 1000);
ALTER TABLE "ModerationEvent" ADD CONSTRAINT "ModerationEvent_act_check" CHECK (act IN ('hide', 'restore', 'keep', 'suspend')),
  ADD CONSTRAINT "ModerationEvent_thing_check" CHECK (thing IN ('question', 'answer', 'profile')),
  ADD CONSTRAINT "ModerationEvent_reason_check" CHECK (reason IN ('spam', 'abuse', 'private', 'harmful', 'off-topic', 'other', 'mistake', 'corrected', 'in-order'));
ALTER TABLE "Notice" ADD CONSTRAINT "Notice_act_check" CHECK (act IN ('hide', 'restore', 'suspend')),
  ADD CONSTRAINT "Notice_thing_check" CHECK (num_nonnulls("questionId", "answerId") <= 1),
  ADD CONSTRAINT "Notice_until_check" CHECK ((act = 'suspend') = (until IS NOT NULL)),
  ADD CONSTRAINT "Notice_reason_check" CHECK (reason IN ('spam', 'abuse', 'private', 'harmful', 'off-topic', 'other', 'mistake', 'corrected')),
  ADD CONSTRAINT "Notice_words_check" CHECK (length(words) BETWEEN 1 AND 1000);

-- What was done stays told.
CREATE FUNCTION moderation_event_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE check_violation USING MESSAGE = 'what a moderator did is never changed nor deleted';
END $$;
CREATE TRIGGER moderation_event_stays BEFORE UPDATE OR DELETE ON "ModerationEvent" FOR EACH STATEMENT EXECUTE FUNCTION moderation_event_stays();

-- Indexes --------------------------------------------------------------------------------------------------------------

-- One open report per person and thing.
CREATE UNIQUE INDEX "Report_once_idx" ON "Report" ("reportedById", (COALESCE("questionId", "answerId", "profileOfId"))) WHERE "closedAt" IS NULL;
-- The lists of open reports, the oldest first: of a community, and of profiles.
CREATE INDEX "Report_open_idx" ON "Report" ("communityId", id) WHERE "closedAt" IS NULL;

-- A wave of spam is hidden where it came in: at the head of the newest questions. Everywhere else a hidden question is
-- at the end of its list, since it has no views and no answers.
DROP INDEX "Question_communityId_askedAt_id_idx";
CREATE INDEX "Question_newest_idx" ON "Question" ("communityId", "askedAt", id) WHERE "hiddenAt" IS NULL;
-- An answer that comes to a hidden question looks here; hardly any is.
CREATE INDEX "Question_hidden_idx" ON "Question" (id) WHERE "hiddenAt" IS NOT NULL;

-- Counters -------------------------------------------------------------------------------------------------------------
-- What is hidden does not count. An answer is hidden by itself or with its question; its row says both, so that a change
-- of either is a change of answers.

-- As before, with the answers that are shown.
CREATE OR REPLACE FUNCTION answers_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  -- "shown" is the row's share in a count: 1 or -1, and 0 where it is hidden.
  changed text := format('(SELECT s.*, s.sign * (s."hiddenAt" IS NULL AND s."questionHiddenAt" IS NULL)::int AS shown FROM %s s)', signed_rows(TG_OP));
BEGIN
  EXECUTE format('SELECT 1 FROM "Question" WHERE id IN (SELECT "questionId" FROM %s r) ORDER BY id FOR NO KEY UPDATE', changed);
  EXECUTE format($sql$
    UPDATE "Question" q SET
      "answerCount" = fresh.answers, "viewCount" = fresh.views, "leadAnswerId" = fresh.lead_id,
      "leadAnsweredAt" = fresh.lead_at, "leadMentorId" = fresh.lead_mentor, "leadExcerpt" = fresh.lead_excerpt,
      "lastAnsweredAt" = fresh.last_at
    FROM (
      SELECT touched."questionId", sums.answers, sums.views, lead.id AS lead_id, lead."answeredAt" AS lead_at,
             lead."mentorId" AS lead_mentor, lead.excerpt AS lead_excerpt, sums.last_at
      FROM (SELECT DISTINCT "questionId" FROM %s r) touched
      CROSS JOIN LATERAL (
        SELECT count(*)::int AS answers, coalesce(sum("viewCount"), 0)::int AS views, max("answeredAt") AS last_at
        FROM "Answer" WHERE "questionId" = touched."questionId" AND "hiddenAt" IS NULL AND "questionHiddenAt" IS NULL) sums
      LEFT JOIN LATERAL (
        SELECT id, "answeredAt", "mentorId", excerpt FROM "Answer"
        WHERE "questionId" = touched."questionId" AND "hiddenAt" IS NULL AND "questionHiddenAt" IS NULL
        ORDER BY "answeredAt", id LIMIT 1) lead ON true
    ) fresh
    WHERE q.id = fresh."questionId"
      AND (q."answerCount", q."viewCount", q."leadAnswerId", q."leadAnsweredAt", q."leadMentorId", q."leadExcerpt", q."lastAnsweredAt")
        IS DISTINCT FROM (fresh.answers, fresh.views, fresh.lead_id, fresh.lead_at, fresh.lead_mentor, fresh.lead_excerpt, fresh.last_at)
  $sql$, changed);

  EXECUTE format('SELECT 1 FROM "Member" WHERE id IN (SELECT "mentorId" FROM %s r) ORDER BY id FOR NO KEY UPDATE', changed);
  EXECUTE format($sql$
    UPDATE "Member" m SET "answerCount" = m."answerCount" + d.answers, "viewCount" = m."viewCount" + d.views
    FROM (SELECT "mentorId", sum(shown) AS answers, sum(shown * "viewCount") AS views FROM %s r GROUP BY 1) d
    WHERE m.id = d."mentorId" AND (d.answers <> 0 OR d.views <> 0)
  $sql$, changed);

  EXECUTE format($sql$
    INSERT INTO "CommunityMentor" ("communityId", "memberId")
    SELECT came.* FROM (
      SELECT q."communityId", r."mentorId" FROM %s r JOIN "Question" q ON q.id = r."questionId" GROUP BY 1, 2 HAVING sum(shown) > 0
    ) came
    -- An answer of nobody is shown again: nobody is no mentor.
    WHERE NOT EXISTS (SELECT 1 FROM "Member" m WHERE m.id = came."mentorId" AND m."deletedAt" IS NOT NULL)
    ORDER BY 1, 2
    ON CONFLICT DO NOTHING
  $sql$, changed);
  EXECUTE format($sql$
    UPDATE "CommunityMentor" c SET "answerCount" = c."answerCount" + d.answers
    FROM (SELECT q."communityId", r."mentorId", sum(shown) AS answers
          FROM %s r JOIN "Question" q ON q.id = r."questionId" GROUP BY 1, 2 HAVING sum(shown) <> 0) d
    WHERE c."communityId" = d."communityId" AND c."memberId" = d."mentorId"
  $sql$, changed);

  -- An answer to a question that is hidden at this moment: the question's lock decides who was first. This comes back
  -- here as an update, and takes from the counts what was added above.
  -- An update of no row would still come back, and cost as much as one.
  IF TG_OP = 'INSERT' THEN
    IF EXISTS (SELECT 1 FROM "Question" WHERE "hiddenAt" IS NOT NULL AND id IN (SELECT "questionId" FROM new_rows)) THEN
      UPDATE "Answer" a SET "questionHiddenAt" = q."hiddenAt" FROM new_rows r JOIN "Question" q ON q.id = r."questionId"
      WHERE a.id = r.id AND a."questionHiddenAt" IS DISTINCT FROM q."hiddenAt";
    END IF;
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION questions_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed text := format('(SELECT s.*, s.sign * (s."hiddenAt" IS NULL)::int AS shown FROM %s s)', signed_rows(TG_OP));
BEGIN
  -- Most updates are one more request or a few more views, they concern no total. EXCEPT hashes both sides; a join asked
  -- for its first row alone is planned as a nested loop, and takes the square of the rows when there is none.
  IF TG_OP = 'UPDATE' THEN
    IF NOT EXISTS (
      SELECT id, "communityId", "topicId", "amaId", "answerCount", "hiddenAt" FROM new_rows
      EXCEPT SELECT id, "communityId", "topicId", "amaId", "answerCount", "hiddenAt" FROM old_rows
    ) THEN
      RETURN NULL;
    END IF;
  END IF;
  EXECUTE format($sql$
    UPDATE "Ama" a SET "questionCount" = a."questionCount" + d.questions, "answeredCount" = a."answeredCount" + d.answered
    FROM (SELECT "amaId", sum(shown) AS questions, sum(shown * ("answerCount" > 0)::int) AS answered
          FROM %s r WHERE "amaId" IS NOT NULL GROUP BY 1) d
    WHERE a.id = d."amaId" AND (d.questions <> 0 OR d.answered <> 0)
  $sql$, changed);
  EXECUTE format($sql$
    UPDATE "Topic" t SET "questionCount" = t."questionCount" + d.questions, "answerCount" = t."answerCount" + d.answers
    FROM (SELECT "topicId", sum(shown) AS questions, sum(shown * "answerCount") AS answers
          FROM %s r WHERE "topicId" IS NOT NULL GROUP BY 1) d
    WHERE t.id = d."topicId" AND (d.questions <> 0 OR d.answers <> 0)
  $sql$, changed);
  EXECUTE format($sql$
    UPDATE "Community" c SET "questionCount" = c."questionCount" + d.questions, "answerCount" = c."answerCount" + d.answers
    FROM (SELECT "communityId", sum(shown) AS questions, sum(shown * "answerCount") AS answers FROM %s r GROUP BY 1) d
    WHERE c.id = d."communityId" AND (d.questions <> 0 OR d.answers <> 0)
  $sql$, changed);

  -- Its answers follow a question, after its own counts: no AMA ever has more answered questions than questions.
  IF TG_OP = 'UPDATE' THEN
    IF EXISTS (SELECT id, "hiddenAt" FROM new_rows EXCEPT SELECT id, "hiddenAt" FROM old_rows) THEN
      UPDATE "Answer" a SET "questionHiddenAt" = r."hiddenAt" FROM new_rows r
      WHERE a."questionId" = r.id AND a."questionHiddenAt" IS DISTINCT FROM r."hiddenAt";
    END IF;
  END IF;
  RETURN NULL;
END $$;
