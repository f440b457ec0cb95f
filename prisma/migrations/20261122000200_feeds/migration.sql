-- The newest answers of a community or topic are among the answers of the questions that were answered last.
ALTER TABLE "Question" ADD COLUMN "lastAnsweredAt" TIMESTAMPTZ(3);

CREATE INDEX "Question_communityId_lastAnsweredAt_id_idx" ON "Question" ("communityId", "lastAnsweredAt", "id");
CREATE INDEX "Question_topicId_lastAnsweredAt_id_idx" ON "Question" ("topicId", "lastAnsweredAt", "id");

-- The sitemap walks through mentors; most members are none.
CREATE INDEX "Member_mentor_idx" ON "Member" ("id") WHERE "mentorSince" IS NOT NULL;

-- As before, and "lastAnsweredAt" with the rest.
CREATE OR REPLACE FUNCTION answers_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed text := signed_rows(TG_OP);
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
        FROM "Answer" WHERE "questionId" = touched."questionId") sums
      LEFT JOIN LATERAL (
        SELECT id, "answeredAt", "mentorId", excerpt FROM "Answer"
        WHERE "questionId" = touched."questionId" ORDER BY "answeredAt", id LIMIT 1) lead ON true
    ) fresh
    WHERE q.id = fresh."questionId"
      AND (q."answerCount", q."viewCount", q."leadAnswerId", q."leadAnsweredAt", q."leadMentorId", q."leadExcerpt", q."lastAnsweredAt")
        IS DISTINCT FROM (fresh.answers, fresh.views, fresh.lead_id, fresh.lead_at, fresh.lead_mentor, fresh.lead_excerpt, fresh.last_at)
  $sql$, changed);

  EXECUTE format('SELECT 1 FROM "Member" WHERE id IN (SELECT "mentorId" FROM %s r) ORDER BY id FOR NO KEY UPDATE', changed);
  EXECUTE format($sql$
    UPDATE "Member" m SET "answerCount" = m."answerCount" + d.answers, "viewCount" = m."viewCount" + d.views
    FROM (SELECT "mentorId", sum(sign) AS answers, sum(sign * "viewCount") AS views FROM %s r GROUP BY 1) d
    WHERE m.id = d."mentorId" AND (d.answers <> 0 OR d.views <> 0)
  $sql$, changed);

  EXECUTE format($sql$
    INSERT INTO "CommunityMentor" ("communityId", "memberId")
    SELECT q."communityId", r."mentorId" FROM %s r JOIN "Question" q ON q.id = r."questionId"
    GROUP BY 1, 2 HAVING sum(sign) > 0 ORDER BY 1, 2
    ON CONFLICT DO NOTHING
  $sql$, changed);
  EXECUTE format($sql$
    UPDATE "CommunityMentor" c SET "answerCount" = c."answerCount" + d.answers
    FROM (SELECT q."communityId", r."mentorId", sum(sign) AS answers
          FROM %s r JOIN "Question" q ON q.id = r."questionId" GROUP BY 1, 2 HAVING sum(sign) <> 0) d
    WHERE c."communityId" = d."communityId" AND c."memberId" = d."mentorId"
  $sql$, changed);
  RETURN NULL;
END $$;

UPDATE "Question" q SET "lastAnsweredAt" = (SELECT max("answeredAt") FROM "Answer" WHERE "questionId" = q.id) WHERE "answerCount" > 0;
