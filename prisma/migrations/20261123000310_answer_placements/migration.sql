-- An answer that stands on further questions: one row, edited everywhere at once (docs/decisions/045).

-- CreateTable
CREATE TABLE "AnswerPlacement" (
    "answerId" UUID NOT NULL,
    "questionId" UUID NOT NULL,
    "mentorId" UUID NOT NULL,
    "line" TEXT NOT NULL,
    "placedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "AnswerPlacement_pkey" PRIMARY KEY ("answerId","questionId")
);

-- CreateIndex
CREATE INDEX "AnswerPlacement_questionId_placedAt_answerId_idx" ON "AnswerPlacement"("questionId", "placedAt", "answerId");

-- CreateIndex
CREATE UNIQUE INDEX "AnswerPlacement_mentorId_questionId_key" ON "AnswerPlacement"("mentorId", "questionId");

-- AddForeignKey
ALTER TABLE "AnswerPlacement" ADD CONSTRAINT "AnswerPlacement_answerId_fkey" FOREIGN KEY ("answerId") REFERENCES "Answer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AnswerPlacement" ADD CONSTRAINT "AnswerPlacement_questionId_fkey" FOREIGN KEY ("questionId") REFERENCES "Question"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AnswerPlacement" ADD CONSTRAINT "AnswerPlacement_mentorId_fkey" FOREIGN KEY ("mentorId") REFERENCES "Member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What Prisma's schema language cannot say.

ALTER TABLE "AnswerPlacement" ADD CONSTRAINT "AnswerPlacement_line_check" CHECK (length(line) BETWEEN 1 AND 200);
-- A notice of an answer that was placed says on which question.
ALTER TABLE "Notice" DROP CONSTRAINT "Notice_thing_check",
  ADD CONSTRAINT "Notice_thing_check" CHECK (num_nonnulls("questionId", "answerId") <= 1 OR event = 'placed');

-- The answers that a question's page shows, since when they stand there: its own, and those of others that were placed there.
-- The views of an answer are its own question's alone.
CREATE FUNCTION answers_at(question uuid) RETURNS TABLE (id uuid, at timestamptz, mentor uuid, excerpt text, views int) LANGUAGE sql STABLE AS $$
  SELECT a.id, a."answeredAt", a."mentorId", a.excerpt, a."viewCount" FROM "Answer" a
  WHERE a."questionId" = question AND a."hiddenAt" IS NULL AND a."questionHiddenAt" IS NULL
  UNION ALL
  SELECT a.id, p."placedAt", a."mentorId", a.excerpt, 0 FROM "AnswerPlacement" p JOIN "Answer" a ON a.id = p."answerId"
  WHERE p."questionId" = question AND a."hiddenAt" IS NULL AND a."questionHiddenAt" IS NULL
$$;

-- Reads afresh what these questions show of their answers; the caller has locked them.
CREATE FUNCTION keep_answers(ids uuid[]) RETURNS void LANGUAGE sql AS $$
  UPDATE "Question" q SET
    "answerCount" = fresh.answers, "viewCount" = fresh.views, "leadAnswerId" = fresh.lead_id,
    "leadAnsweredAt" = fresh.lead_at, "leadMentorId" = fresh.lead_mentor, "leadExcerpt" = fresh.lead_excerpt,
    "lastAnsweredAt" = fresh.last_at
  FROM (
    SELECT touched.id, sums.answers, sums.views, lead.id AS lead_id, lead.at AS lead_at, lead.mentor AS lead_mentor,
           lead.excerpt AS lead_excerpt, sums.last_at
    FROM (SELECT DISTINCT id FROM unnest(ids) id) touched
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS answers, coalesce(sum(views), 0)::int AS views, max(at) AS last_at FROM answers_at(touched.id)) sums
    LEFT JOIN LATERAL (SELECT id, at, mentor, excerpt FROM answers_at(touched.id) ORDER BY at, id LIMIT 1) lead ON true
  ) fresh
  WHERE q.id = fresh.id
    AND (q."answerCount", q."viewCount", q."leadAnswerId", q."leadAnsweredAt", q."leadMentorId", q."leadExcerpt", q."lastAnsweredAt")
      IS DISTINCT FROM (fresh.answers, fresh.views, fresh.lead_id, fresh.lead_at, fresh.lead_mentor, fresh.lead_excerpt, fresh.last_at)
$$;

-- As before, for the questions too on which a changed answer was placed.
CREATE OR REPLACE FUNCTION answers_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  -- "shown" is the row's share in a count: 1 or -1, and 0 where it is hidden.
  changed text := format('(SELECT s.*, s.sign * (s."hiddenAt" IS NULL AND s."questionHiddenAt" IS NULL)::int AS shown FROM %s s)', signed_rows(TG_OP));
  touched uuid[];
BEGIN
  EXECUTE format($sql$
    SELECT array_agg(DISTINCT id) FROM (
      SELECT "questionId" AS id FROM %1$s r
      UNION ALL SELECT p."questionId" FROM %1$s r JOIN "AnswerPlacement" p ON p."answerId" = r.id
    ) there
  $sql$, changed) INTO touched;
  PERFORM FROM "Question" WHERE id = ANY(touched) ORDER BY id FOR NO KEY UPDATE;
  PERFORM keep_answers(touched);

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

-- Placed and taken away: the question's counts, and word to those who follow along where it is in an AMA that is near. Locks go
-- from the question to its AMA, as everywhere.
CREATE FUNCTION placements_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  touched uuid[];
  there record;
BEGIN
  EXECUTE format('SELECT array_agg(DISTINCT "questionId") FROM %s r', signed_rows(TG_OP)) INTO touched;
  PERFORM FROM "Question" WHERE id = ANY(touched) ORDER BY id FOR NO KEY UPDATE;
  FOR there IN EXECUTE format($sql$
    SELECT q."amaId", q.id, r."answerId", CASE WHEN r.sign = 1 THEN 'answered' ELSE 'taken-back' END AS what
    FROM %s r JOIN "Question" q ON q.id = r."questionId" JOIN "Ama" a ON a.id = q."amaId"
    WHERE q."hiddenAt" IS NULL AND ama_is_near(a."startsAt", a."endsAt") ORDER BY q."amaId", r."answerId"
  $sql$, signed_rows(TG_OP))
  LOOP
    PERFORM ama_event(there."amaId", there.what, there.id, there."answerId");
  END LOOP;
  PERFORM keep_answers(touched);
  RETURN NULL;
END $$;
CREATE TRIGGER placements_inserted AFTER INSERT ON "AnswerPlacement" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION placements_changed();
CREATE TRIGGER placements_deleted AFTER DELETE ON "AnswerPlacement" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION placements_changed();
