import { joinRoleHeld } from '#domain/member/queries.ts'

/**
 * Wishes for the slugs of new questions, and of those whose title has changed so much that their address should. One that
 * had the wished slug before gets it back.
 */
export const slugWishes = `
  INSERT INTO slug_wish (owner, base, slug)
  SELECT f.fresh, coalesce(s.slug_base, 'question-' || right(f.fresh::text, 8)), earlier.slug
  FROM found_question f JOIN staged_question s USING (fresh)
  LEFT JOIN "Question" q ON q.id = f.id
  LEFT JOIN LATERAL (
    SELECT m.slug FROM "MovedSlug" m
    WHERE f.known AND m."targetId" = q.id AND m.kind = 'Question' AND m.slug ~ ('^' || s.slug_base || '(-[0-9]+)?$')
    ORDER BY m."movedAt" DESC LIMIT 1
  ) earlier ON true
  WHERE NOT f.known OR (q.title <> s.title AND q.slug !~ ('^' || s.slug_base || '(-[0-9]+)?$'))`

/** Questions and their askers' requests: after AMAs, with their slugs in slug_wish. */
export const questionStatements = (now: Date) => [
  `CREATE TEMP TABLE wanted_question ON COMMIT DROP AS
   SELECT f.fresh, f.id, f.known, f.community_id, f.topic_id, f.ama_id, f.asked_by_id AS named_asker,
     s.key, s.title, s.details, r.html, w.slug,
     coalesce(f.asked_by_id, q."askedById") AS asked_by_id,
     coalesce(f.asked_to_id, q."askedToId") AS asked_to_id,
     coalesce(s.show_name, q."showName", false) AS show_name,
     coalesce(s.closed_at, q."closedAt") AS closed_at,
     coalesce(s.asked_at, q."askedAt", least(a.starts_at - interval '7 days', ${instant(now)}), first.answered_at, ${instant(now)}) AS asked_at,
     -- Requests in a file include the asker, who has a row of AnswerRequest where the file names one.
     CASE
       WHEN s.requests IS NOT NULL THEN greatest(s.requests - (coalesce(f.asked_by_id, q."askedById") IS NOT NULL)::int, 0)
       WHEN f.known THEN greatest(q."requestBase" - (q."askedById" IS NULL AND f.asked_by_id IS NOT NULL)::int, 0)
       ELSE (f.asked_by_id IS NULL)::int
     END AS request_base
   FROM found_question f
   JOIN staged_question s USING (fresh)
   LEFT JOIN rendered r USING (fresh)
   LEFT JOIN staged_ama a ON a.place = s.ama
   LEFT JOIN (SELECT question, min(answered_at) AS answered_at FROM staged_answer GROUP BY question) first ON first.question = s.place
   LEFT JOIN slug_wish w ON w.owner = f.fresh
   LEFT JOIN "Question" q ON q.id = f.id`,
  'ANALYZE wanted_question',
  `DELETE FROM "AnswerRequest" r USING wanted_question w JOIN "Question" q ON q.id = w.id
   WHERE w.asked_by_id <> q."askedById" AND r."questionId" = q.id AND r."memberId" = q."askedById"`,
  `UPDATE "Question" q SET
     slug = coalesce(w.slug, q.slug), title = w.title, "topicId" = w.topic_id, "askedById" = w.asked_by_id, "askedToId" = w.asked_to_id,
     "showName" = w.show_name, "askedAt" = w.asked_at, "requestBase" = w.request_base, "closedAt" = w.closed_at, details = w.details,
     "detailsHtml" = CASE WHEN w.details IS NULL THEN NULL ELSE coalesce(w.html, q."detailsHtml") END
   FROM wanted_question w
   WHERE q.id = w.id AND (q.title, q."topicId", q."askedById", q."askedToId", q."showName", q."askedAt", q."requestBase", q."closedAt", q.details)
     IS DISTINCT FROM (w.title, w.topic_id, w.asked_by_id, w.asked_to_id, w.show_name, w.asked_at, w.request_base, w.closed_at, w.details)`,
  `INSERT INTO "Question" (id, slug, "importKey", "communityId", "topicId", "amaId", number, "askedById", "askedToId", "showName", title, details, "detailsHtml", "askedAt", "requestBase", "closedAt")
   SELECT w.id, w.slug, w.key, w.community_id, w.topic_id, w.ama_id,
     CASE WHEN w.ama_id IS NOT NULL THEN coalesce(last.number, 0) + row_number() OVER (PARTITION BY w.ama_id ORDER BY w.fresh) END,
     w.asked_by_id, w.asked_to_id, w.show_name, w.title, w.details, w.html, w.asked_at, w.request_base, w.closed_at
   FROM wanted_question w
   LEFT JOIN (SELECT "amaId", max(number) AS number FROM "Question" WHERE "amaId" IN (SELECT id FROM found_ama) GROUP BY 1) last ON last."amaId" = w.ama_id
   WHERE NOT w.known ORDER BY w.fresh`,
  `INSERT INTO "AnswerRequest" ("questionId", "memberId", "requestedAt")
   SELECT id, named_asker, asked_at FROM wanted_question WHERE named_asker IS NOT NULL ORDER BY id ON CONFLICT DO NOTHING`,
]

/** After questions. */
export const answerStatements = [
  // Rendered were those that are not there yet.
  `INSERT INTO "Clarification" (id, "questionId", body, html, "addedAt")
   SELECT s.fresh, f.id, s.body, r.html, s.added_at
   FROM staged_clarification s JOIN found_question f ON f.place = s.question JOIN rendered r ON r.fresh = s.fresh ORDER BY s.fresh`,
  `CREATE TEMP TABLE wanted_answer ON COMMIT DROP AS
   SELECT f.fresh, f.id, f.known, f.question_id, f.mentor_id, s.answered_at,
     coalesce(s.views, a."viewBase", 0) AS view_base,
     CASE
       WHEN s.role_said THEN c.id
       WHEN held.id IS NOT NULL THEN held."companyId"
       WHEN f.known THEN a."companyId"
       ELSE m."companyId"
     END AS company_id,
     CASE
       WHEN s.role_said THEN s.title
       WHEN held.id IS NOT NULL THEN held.title
       WHEN f.known THEN a.title
       ELSE m.title
     END AS title
   FROM found_answer f
   JOIN staged_answer s USING (fresh)
   JOIN "Member" m ON m.id = f.mentor_id
   LEFT JOIN "Company" c ON c.name = s.company
   LEFT JOIN "Answer" a ON a.id = f.id
   ${joinRoleHeld('f.mentor_id', 's.answered_at')}`,
  'ANALYZE wanted_answer',
  `UPDATE "Answer" a SET
     "mentorId" = w.mentor_id, "answeredAt" = w.answered_at, "companyId" = w.company_id, title = w.title, "viewBase" = w.view_base,
     body = CASE WHEN r.html IS NULL THEN a.body ELSE s.body END, html = coalesce(r.html, a.html), excerpt = coalesce(r.excerpt, a.excerpt),
     point = CASE WHEN r.html IS NULL THEN a.point ELSE r.point END
   FROM wanted_answer w JOIN staged_answer s USING (fresh) LEFT JOIN rendered r USING (fresh)
   WHERE a.id = w.id AND (r.html IS NOT NULL OR (a."mentorId", a."answeredAt", a."companyId", a.title, a."viewBase")
     IS DISTINCT FROM (w.mentor_id, w.answered_at, w.company_id, w.title, w.view_base))`,
  `INSERT INTO "Answer" (id, "importKey", "questionId", "mentorId", "companyId", title, body, html, excerpt, point, "answeredAt", "viewBase")
   SELECT w.id, s.key, w.question_id, w.mentor_id, w.company_id, w.title, s.body, r.html, r.excerpt, r.point, w.answered_at, w.view_base
   FROM wanted_answer w JOIN staged_answer s USING (fresh) JOIN rendered r USING (fresh)
   WHERE NOT w.known ORDER BY w.fresh`,
]

function instant(time: Date): string {
  return `'${time.toISOString()}'::timestamptz`
}
