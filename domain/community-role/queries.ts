import type { RoleName } from '#domain/community-role/rules.ts'
import { db } from '#lib/db.ts'

export type RoleHeld = { role: RoleName; community: string | null; name: string; email: string; since: Date | null }

const LISTED = 1_000

/**
 * Who with an account has which role, admins first, then by community (its slug) and name; a thousand at most. A mentor of
 * several communities is there for each.
 */
export function listRoles(): Promise<RoleHeld[]> {
  return db().$queryRaw<RoleHeld[]>`
    SELECT held.role, c.slug AS community, m.name, a.email, held.since
    FROM (
      SELECT 1 AS place, 'admin' AS role, NULL::uuid AS "communityId", "memberId", "adminSince" AS since FROM "Account" WHERE "adminSince" IS NOT NULL
      UNION ALL SELECT 2, role, "communityId", "memberId", "givenAt" FROM "CommunityRole"
      UNION ALL
      SELECT 3, 'mentor', cm."communityId", m.id, m."mentorSince"
      FROM "Member" m LEFT JOIN "CommunityMentor" cm ON cm."memberId" = m.id WHERE m."mentorSince" IS NOT NULL
    ) held
    JOIN "Account" a USING ("memberId") JOIN "Member" m ON m.id = a."memberId" LEFT JOIN "Community" c ON c.id = held."communityId"
    ORDER BY held.place, held.role, c.slug, m.name, a.email LIMIT ${LISTED}`
}
