import type { MentorRow } from '#domain/member/queries.ts'
import { db } from '#lib/db.ts'

/** Mentors that a company's page names at most in each of its two lists. */
const SHOWN = 24

export function getCompany(slug: string) {
  return db().company.findUnique({ where: { slug }, select: { id: true, slug: true, name: true } })
}

/** Mentors who work there now, most answers first. */
export function listPresentMentors(companyId: string): Promise<MentorRow[]> {
  return db().$queryRaw`
    SELECT m.id, m.handle, m.name, c.name AS company, m.title, m."answerCount", m."portraitId"
    FROM "Member" m JOIN "Company" c ON c.id = m."companyId"
    WHERE m."companyId" = ${companyId}::uuid AND m."mentorSince" IS NOT NULL
    ORDER BY m."answerCount" DESC, m.id DESC LIMIT ${SHOWN}`
}

/** Mentors who worked there once and are elsewhere now, with the last role they had there. */
export function listFormerMentors(
  companyId: string,
): Promise<(MentorRow & { roleThere: string | null; startedOn: string | null; endedOn: string | null })[]> {
  return db().$queryRaw`
    SELECT m.id, m.handle, m.name, c.name AS company, m.title, m."answerCount", m."portraitId", there.title AS "roleThere", there."startedOn", there."endedOn"
    FROM (
      SELECT DISTINCT ON (r."memberId") r."memberId", r.title, r."startedOn", r."endedOn" FROM "Role" r
      WHERE r."companyId" = ${companyId}::uuid ORDER BY r."memberId", r."endedOn" DESC NULLS FIRST
    ) there
    JOIN "Member" m ON m.id = there."memberId" LEFT JOIN "Company" c ON c.id = m."companyId"
    WHERE m."mentorSince" IS NOT NULL AND m."companyId" IS DISTINCT FROM ${companyId}::uuid
    ORDER BY there."endedOn" DESC NULLS FIRST, m.id LIMIT ${SHOWN}`
}

/** What a list of companies shows of one: how many mentors work there now. */
export type CompanyRow = { id: string; slug: string; name: string; mentorCount: number }

/** Companies in the order of their ids. */
export function findCompanies(ids: string[]): Promise<CompanyRow[]> {
  return db().$queryRaw`
    SELECT c.id, c.slug, c.name,
      (SELECT count(*)::int FROM "Member" m WHERE m."companyId" = c.id AND m."mentorSince" IS NOT NULL AND m."deletedAt" IS NULL) AS "mentorCount"
    FROM unnest(${ids}::uuid[]) WITH ORDINALITY wanted(id, place) JOIN "Company" c ON c.id = wanted.id ORDER BY wanted.place`
}
