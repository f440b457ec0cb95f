import { unlistGone } from '#domain/import/gone.ts'

/** Members and their roles: after communities and companies, before all that asks which role somebody held. */
export const memberStatements = (now: Date) => [
  `UPDATE "Member" m SET name = s.name, bio = s.bio, "companyId" = c.id, title = s.title,
     links = coalesce(s.links, m.links), disclosure = coalesce(s.disclosure, m.disclosure), "timeZone" = coalesce(s.time_zone, m."timeZone")
   FROM found_member f JOIN staged_member s USING (fresh) LEFT JOIN "Company" c ON c.name = s.company
   WHERE m.id = f.id AND (m.name, m.bio, m."companyId", m.title, m.links, m.disclosure, m."timeZone") IS DISTINCT FROM
     (s.name, s.bio, c.id, s.title, coalesce(s.links, m.links), coalesce(s.disclosure, m.disclosure), coalesce(s.time_zone, m."timeZone"))`,
  `UPDATE "Member" m SET "importedAt" = '${now.toISOString()}' FROM found_member f
   WHERE m.id = f.id AND m."importedAt" IS NULL AND m."deletedAt" IS NULL`,
  `INSERT INTO "Member" (id, handle, name, bio, "companyId", title, links, disclosure, "timeZone", "createdAt", "deletedAt", "importedAt")
   SELECT f.id, s.slug, s.name, s.bio, c.id, s.title, coalesce(s.links, '{}'), s.disclosure, s.time_zone, '${now.toISOString()}',
     CASE WHEN s.gone THEN '${now.toISOString()}'::timestamptz END, CASE WHEN s.gone IS NOT TRUE THEN '${now.toISOString()}'::timestamptz END
   FROM found_member f JOIN staged_member s USING (fresh) LEFT JOIN "Company" c ON c.name = s.company
   WHERE NOT f.known ORDER BY f.fresh`,
  `CREATE TEMP TABLE wanted_role ON COMMIT DROP AS
   SELECT DISTINCT ON (f.id, c.id, s.title, s.started_on, s.ended_on)
     s.fresh, f.id AS member_id, c.id AS company_id, s.title, s.started_on, s.ended_on, g.member IS NOT NULL AS given
   FROM staged_role s JOIN found_member f ON f.slug = s.member
   LEFT JOIN "Company" c ON c.name = s.company LEFT JOIN staged_roles_given g ON g.member = s.member
   ORDER BY f.id, c.id, s.title, s.started_on, s.ended_on, s.fresh`,
  'CREATE INDEX ON wanted_role (member_id)',
  'ANALYZE wanted_role',
  // A history that the file gives replaces the one that is there, but for what the member said here.
  `DELETE FROM "Role" r USING found_member f JOIN staged_roles_given g ON g.member = f.slug
   WHERE r."memberId" = f.id AND r."claimedAt" IS NULL AND NOT EXISTS (
     SELECT 1 FROM wanted_role w WHERE w.member_id = r."memberId"
       AND (w.company_id, w.title, w.started_on, w.ended_on) IS NOT DISTINCT FROM (r."companyId", r.title, r."startedOn", r."endedOn"))`,
  `INSERT INTO "Role" (id, "memberId", "companyId", title, "startedOn", "endedOn")
   SELECT fresh, member_id, company_id, title, started_on, ended_on FROM wanted_role w
   WHERE given AND NOT EXISTS (
     SELECT 1 FROM "Role" r WHERE r."memberId" = w.member_id
       AND (w.company_id, w.title, w.started_on, w.ended_on) IS NOT DISTINCT FROM (r."companyId", r.title, r."startedOn", r."endedOn"))
   ORDER BY fresh`,
  // Where it gives none, the present role stands alone and without dates, unless more is known here.
  `UPDATE "Role" r SET "companyId" = w.company_id, title = w.title FROM wanted_role w
   WHERE NOT w.given AND r."memberId" = w.member_id AND r."startedOn" IS NULL AND r."endedOn" IS NULL
     AND NOT EXISTS (SELECT 1 FROM "Role" other WHERE other."memberId" = r."memberId" AND other.id <> r.id)
     AND (r."companyId", r.title) IS DISTINCT FROM (w.company_id, w.title)`,
  `INSERT INTO "Role" (id, "memberId", "companyId", title)
   SELECT fresh, member_id, company_id, title FROM wanted_role w
   WHERE NOT given AND NOT EXISTS (SELECT 1 FROM "Role" r WHERE r."memberId" = w.member_id) ORDER BY fresh`,
]

/**
 * Who is a mentor: whom the file says to be one, and who holds an AMA or answers in it. Since the earliest of what they did
 * here. Runs after AMAs and answers; what was once found stays.
 */
export const mentorStatements = (now: Date) => [
  `UPDATE "Member" m SET "mentorSince" = least(
     '${now.toISOString()}'::timestamptz,
     (SELECT min("answeredAt") FROM "Answer" WHERE "mentorId" = m.id),
     (SELECT min(a."startsAt") FROM "AmaMentor" am JOIN "Ama" a ON a.id = am."amaId" WHERE am."memberId" = m.id))
   WHERE m."mentorSince" IS NULL AND m."deletedAt" IS NULL AND m.id IN (
     SELECT f.id FROM found_member f JOIN staged_member s USING (fresh) WHERE s.mentor
     UNION SELECT member_id FROM wanted_ama_mentor UNION SELECT mentor_id FROM found_answer)`,
  `INSERT INTO "CommunityMentor" ("communityId", "memberId")
   SELECT c.id, m.id FROM staged_membership s
   JOIN named c ON c.kind = 'Community' AND c.slug = s.community
   JOIN named n ON n.kind = 'Member' AND n.slug = s.member JOIN "Member" m ON m.id = n.id
   WHERE m."mentorSince" IS NOT NULL ORDER BY s.fresh ON CONFLICT DO NOTHING`,
  // Triggers list everybody who answers or holds an AMA. Who is gone is on no list.
  `DELETE FROM "CommunityMentor" cm USING found_member f JOIN staged_member s USING (fresh) WHERE cm."memberId" = f.id AND s.gone`,
  unlistGone,
]
