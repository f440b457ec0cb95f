import { list, oneOf, withSlugs } from '#prisma/seed/scale/session.ts'
import { firstNames, lastNames, ranks } from '#prisma/seed/scale/words.ts'

/** Mentors with their roles and communities, and members who only ask. */
export const peopleStatements = (mentors: number, members: number, communities: number) => [
  `CREATE TEMP TABLE scale_member ON COMMIT DROP AS
   SELECT no, no < ${mentors} AS mentor, pg_temp.id_at(joined) AS id, joined, name,
     CASE WHEN no < ${communities * 3} THEN no % ${communities} ELSE pg_temp.skewed(${communities}, 1.7) END AS community_no
   FROM (
     SELECT no, (now() - interval '1 day' * (30 + 1790 * random()))::timestamptz(3) AS joined, ${oneOf(firstNames)} || ' ' || ${oneOf(lastNames)} AS name
     FROM generate_series(0, ${mentors + members - 1}) no
   ) named`,
  // One to four roles behind one another, up to the one held now.
  `CREATE TEMP TABLE scale_role ON COMMIT DROP AS
   SELECT begun.member_id, begun.at AS from_at, lead(begun.at) OVER (PARTITION BY begun.member_id ORDER BY begun.at) AS until_at,
     company.id AS company_id, company.name AS company, (${list(ranks)})[1 + least(${ranks.length - 1}, begun.nth * 2 + begun.company_no % 3)] || ' ' || c.name AS title
   FROM (
     SELECT m.id AS member_id, m.community_no, nth, date_trunc('month', m.joined - interval '12 years' + interval '1 month' * (nth * 44 + m.no % 20)) AS at,
       pg_temp.skewed((SELECT count(*) FROM scale_company), 1.5) AS company_no
     FROM scale_member m CROSS JOIN LATERAL generate_series(m.no % 4, 3) nth WHERE m.mentor
   ) begun JOIN scale_community c ON c.no = begun.community_no JOIN scale_company company ON company.no = begun.company_no`,
  'CREATE INDEX ON scale_role (member_id)',
  'ANALYZE scale_role',
  `INSERT INTO "Member" (id, handle, name, "companyId", title, "mentorSince", "createdAt", bio)
   SELECT id, slug, name, company_id, title, CASE WHEN mentor THEN joined END, joined,
     CASE WHEN mentor AND no % 4 > 0 THEN 'Has worked in ' || (SELECT name FROM scale_community c WHERE c.no = community_no) || ' since ' || since || '.' END
   FROM (${withSlugs(
     'Member',
     `SELECT m.*, pg_temp.slug_of(m.name) AS wished, r.company_id, r.title,
        (SELECT to_char(min(from_at), 'YYYY') FROM scale_role WHERE member_id = m.id) AS since
      FROM scale_member m LEFT JOIN scale_role r ON r.member_id = m.id AND r.until_at IS NULL`,
   )}) m ORDER BY id`,
  `INSERT INTO "Role" (id, "memberId", "companyId", title, "startedOn", "endedOn")
   SELECT pg_temp.id_at(from_at), member_id, company_id, title, to_char(from_at, 'YYYY-MM'), to_char(until_at, 'YYYY-MM') FROM scale_role`,
  // One mentor in six is at home in two communities.
  `INSERT INTO "CommunityMentor" ("communityId", "memberId")
   SELECT c.id, m.id FROM scale_member m JOIN scale_community c ON c.no = m.community_no WHERE m.mentor
   UNION SELECT c.id, m.id FROM scale_member m JOIN scale_community c ON c.no = (m.community_no + 1) % ${communities} WHERE m.mentor AND m.no % 6 = 0`,
  `CREATE TEMP TABLE scale_mentor ON COMMIT DROP AS
   SELECT c.no AS community_no, (row_number() OVER (PARTITION BY c.no ORDER BY m.no) - 1)::int AS no, m.id, m.name,
     (count(*) OVER (PARTITION BY c.no))::int AS siblings
   FROM scale_community c JOIN "CommunityMentor" cm ON cm."communityId" = c.id JOIN scale_member m ON m.id = cm."memberId"`,
  'ALTER TABLE scale_mentor ADD PRIMARY KEY (community_no, no)',
  'ALTER TABLE scale_member ADD PRIMARY KEY (no)',
  'ANALYZE scale_member, scale_mentor',
]
