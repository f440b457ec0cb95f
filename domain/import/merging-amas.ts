import { joinRoleHeld } from '#domain/member/queries.ts'

/** AMAs and who holds them: after topics and members. */
export const amaStatements = (now: Date) => [
  `UPDATE "Ama" a SET
     "topicId" = w.topic_id, "startsAtLocal" = w.starts_at_local, "timeZone" = w.time_zone, "startsAt" = w.starts_at, "endsAt" = w.ends_at,
     introduction = w.introduction, "cancelledAt" = w.cancelled_at, "closedAt" = w.closed_at, "closingNote" = w.closing_note,
     "closingNoteHtml" = CASE WHEN w.closing_note IS NULL THEN NULL ELSE coalesce(w.note_html, a."closingNoteHtml") END,
     -- A draft that a file names is everybody's with it.
     "publishedAt" = coalesce(a."publishedAt", '${now.toISOString()}'),
     "introductionHtml" = CASE WHEN w.introduction IS NULL THEN NULL ELSE coalesce(w.html, a."introductionHtml") END
   FROM (${wanted}) w
   WHERE a.id = w.id AND (a."topicId", a."startsAtLocal", a."timeZone", a."startsAt", a."endsAt", a.introduction, a."cancelledAt", a."closedAt", a."closingNote", a."publishedAt" IS NULL)
     IS DISTINCT FROM (w.topic_id, w.starts_at_local, w.time_zone, w.starts_at, w.ends_at, w.introduction, w.cancelled_at, w.closed_at, w.closing_note, false)`,
  `INSERT INTO "Ama" (id, slug, "communityId", "topicId", "startsAtLocal", "timeZone", "startsAt", "endsAt", introduction, "introductionHtml", "cancelledAt", "closedAt", "closingNote", "closingNoteHtml", "createdAt", "publishedAt")
   SELECT id, slug, community_id, topic_id, starts_at_local, time_zone, starts_at, ends_at, introduction, html, cancelled_at, closed_at, closing_note, note_html, '${now.toISOString()}', '${now.toISOString()}'
   FROM (${wanted}) w WHERE NOT known ORDER BY fresh`,
  // Once found, the role held then stays, unless a history with dates knows better: the present role goes on changing.
  `CREATE TEMP TABLE wanted_ama_mentor ON COMMIT DROP AS
   SELECT a.id AS ama_id, p.id AS member_id, s.position::smallint AS position,
     CASE WHEN s.role_said THEN c.id WHEN held.id IS NOT NULL THEN held."companyId" WHEN e."amaId" IS NOT NULL THEN e."companyId" ELSE p."companyId" END AS company_id,
     CASE WHEN s.role_said THEN s.title WHEN held.id IS NOT NULL THEN held.title WHEN e."amaId" IS NOT NULL THEN e.title ELSE p.title END AS title
   FROM staged_ama_mentor s
   JOIN found_ama a ON a.place = s.ama JOIN staged_ama sa ON sa.fresh = a.fresh
   JOIN named n ON n.kind = 'Member' AND n.slug = s.member JOIN "Member" p ON p.id = n.id
   LEFT JOIN "Company" c ON c.name = s.company
   LEFT JOIN "AmaMentor" e ON e."amaId" = a.id AND e."memberId" = p.id
   ${joinRoleHeld('p.id', 'sa.starts_at')}`,
  // Places in an AMA are unique at every moment, so mentors who change places are taken out and put in again.
  `DELETE FROM "AmaMentor" WHERE "amaId" IN (
     SELECT "amaId" FROM (
       (SELECT "amaId", "memberId", position, "companyId", title FROM "AmaMentor" WHERE "amaId" IN (SELECT id FROM found_ama)
        EXCEPT SELECT ama_id, member_id, position, company_id, title FROM wanted_ama_mentor)
       UNION ALL
       (SELECT ama_id, member_id, position, company_id, title FROM wanted_ama_mentor
        EXCEPT SELECT "amaId", "memberId", position, "companyId", title FROM "AmaMentor" WHERE "amaId" IN (SELECT id FROM found_ama))
     ) other)`,
  `INSERT INTO "AmaMentor" ("amaId", "memberId", position, "companyId", title)
   SELECT ama_id, member_id, position, company_id, title FROM wanted_ama_mentor ON CONFLICT ("amaId", "memberId") DO NOTHING`,
  `DELETE FROM "LocalWord" l USING staged_words_given g JOIN found_ama a ON a.place = g.ama
   WHERE l."amaId" = a.id AND NOT EXISTS (
     SELECT FROM staged_local_word s WHERE s.ama = g.ama AND s.word = l.word AND s.means = l.means)`,
  `INSERT INTO "LocalWord" ("amaId", word, means, "addedAt")
   SELECT a.id, s.word, s.means, '${now.toISOString()}' FROM staged_local_word s JOIN found_ama a ON a.place = s.ama
   ORDER BY s.fresh ON CONFLICT ("amaId", word) DO NOTHING`,
]

const wanted = `
  SELECT f.fresh, f.id, f.known, f.community_id, f.topic_id, s.slug, s.starts_at_local, s.time_zone, s.starts_at, s.ends_at, s.introduction, r.html,
    -- What was cancelled or closed here stays so.
    coalesce(s.cancelled_at, a."cancelledAt") AS cancelled_at, coalesce(s.closed_at, a."closedAt") AS closed_at,
    coalesce(s.closing_note, a."closingNote") AS closing_note, n.html AS note_html
  FROM found_ama f JOIN staged_ama s USING (fresh) LEFT JOIN rendered r USING (fresh)
  LEFT JOIN rendered n ON n.fresh = s.note_fresh LEFT JOIN "Ama" a ON a.id = f.id`
