import type { MentorRow } from '#domain/member/queries.ts'
import type { Checked } from '#domain/member/rules.ts'
import { db, inOrder, Prisma, readRows } from '#lib/db.ts'

/** Mentors that a company's page names at most in each of its two lists; a search has all. */
const SHOWN = 24

export function getCompany(slug: string) {
  return db().company.findUnique({ where: { slug }, select: { id: true, slug: true, name: true } })
}

/** A mentor with the roles held at one company, the newest first; `checked` says how each was. */
export type MentorThere = MentorRow & {
  roles: { id: string; title: string | null; startedOn: string | null; endedOn: string | null; checked: Checked | null }[]
}

/** The first of them, and whether there are more. */
export type MentorsThere = { mentors: MentorThere[]; more: boolean }

/** Mentors who work there now, whatever stands under their names of all that they do, most answers first. */
export async function listPresentMentors(companyId: string): Promise<MentorsThere> {
  const rows = await db().$queryRaw<MentorThere[]>`
    SELECT ${columns}, ${rolesAt(companyId)} AS roles
    FROM (${presentAt(Prisma.sql`${companyId}::uuid`)}) there
    JOIN "Member" m ON m.id = there.id LEFT JOIN "Company" c ON c.id = m."companyId"
    WHERE m."mentorSince" IS NOT NULL
    ORDER BY m."answerCount" DESC, m.id DESC LIMIT ${SHOWN + 1}`
  return firstOf(rows)
}

/** Mentors who worked there once and do no more, who left last first. */
export async function listFormerMentors(companyId: string): Promise<MentorsThere> {
  const rows = await db().$queryRaw<MentorThere[]>`
    SELECT ${columns}, ${rolesAt(companyId)} AS roles
    FROM (
      SELECT DISTINCT ON (r."memberId") r."memberId", r."endedOn" FROM "Role" r
      WHERE r."companyId" = ${companyId}::uuid AND r."memberId" NOT IN (${presentAt(Prisma.sql`${companyId}::uuid`)})
      ORDER BY r."memberId", r."endedOn" DESC
    ) there
    JOIN "Member" m ON m.id = there."memberId" LEFT JOIN "Company" c ON c.id = m."companyId"
    WHERE m."mentorSince" IS NOT NULL
    ORDER BY there."endedOn" DESC, m.id LIMIT ${SHOWN + 1}`
  return firstOf(rows)
}

/** What a list of companies shows of one: how many mentors work there now. */
export type CompanyRow = { id: string; slug: string; name: string; mentorCount: number }

/** Companies in the order of their ids. */
export function findCompanies(ids: string[]): Promise<CompanyRow[]> {
  return readRows`
    SELECT c.id, c.slug, c.name,
      (SELECT count(*)::int FROM (${presentAt(Prisma.sql`c.id`)}) there JOIN "Member" m ON m.id = there.id AND m."mentorSince" IS NOT NULL) AS "mentorCount"
    FROM ${inOrder(ids)} JOIN "Company" c ON c.id = wanted.id ORDER BY wanted.place`
}

function firstOf(rows: MentorThere[]): MentorsThere {
  return { mentors: rows.slice(0, SHOWN), more: rows.length > SHOWN }
}

/** Members who work at a company now: of several roles that somebody holds one stands under the name. */
const presentAt = (companyId: Prisma.Sql) => Prisma.sql`
  SELECT id FROM "Member" WHERE "companyId" = ${companyId} UNION SELECT "memberId" FROM "Role" WHERE "companyId" = ${companyId} AND "endedOn" IS NULL`

/** As `mentorColumns` of members, who stand behind companies. */
const columns = Prisma.sql`m.id, m.handle, m.name, c.name AS company, m.title, m."answerCount", m."portraitId"`

/** Of the member `m`. What somebody only says of themselves names no company. */
const rolesAt = (companyId: string) => Prisma.sql`coalesce((
  SELECT json_agg(json_build_object('id', r.id, 'title', r.title, 'startedOn', r."startedOn", 'endedOn', r."endedOn", 'checked',
    CASE WHEN r."checkedAt" IS NOT NULL THEN json_build_object('how', r."checkedHow", 'as', r."checkedAs", 'at', r."checkedAt") END)
    ORDER BY r."endedOn" DESC NULLS FIRST, r."startedOn" DESC NULLS LAST, r.id)
  FROM "Role" r WHERE r."memberId" = m.id AND r."companyId" = ${companyId}::uuid), '[]')`
