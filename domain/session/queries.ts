import { IDLE } from '#domain/session/rules.ts'
import { db } from '#lib/db.ts'
import type { Viewer } from '#lib/viewer.ts'

/** A session as its token finds it, and when it was last seen. */
export type FoundSession = { viewer: NonNullable<Viewer>; seenAt: Date }

type SessionRow = NonNullable<Viewer> & { seenAt: Date }

/** The session whose token has this hash, or null where there is none or it has ended. One statement: it runs before every personal answer. */
export async function findSession(tokenHash: Uint8Array<ArrayBuffer>, now: Date): Promise<FoundSession | null> {
  const [row] = await db().$queryRaw<SessionRow[]>`
    SELECT m.id AS "memberId", m.handle, m.name, m."portraitId", s.id AS "sessionId", s."provedAt", s."seenAt", a."adminSince" IS NOT NULL AS admin,
      m."mentorSince" IS NOT NULL AS mentor,
      CASE WHEN a."suspendedUntil" > ${now} THEN a."suspendedUntil" END AS "suspendedUntil",
      ARRAY(SELECT "communityId"::text FROM "CommunityRole" WHERE "memberId" = m.id AND role = 'host') AS hosts,
      ARRAY(SELECT "communityId"::text FROM "CommunityRole" WHERE "memberId" = m.id AND role = 'moderator') AS moderates,
      ARRAY(SELECT h."amaId"::text FROM "AmaHost" h JOIN "Ama" ama ON ama.id = h."amaId"
            WHERE h."memberId" = m.id AND ama."publishedAt" IS NOT NULL AND ama."cancelledAt" IS NULL AND ama."closedAt" IS NULL ORDER BY ama."startsAt", ama.id LIMIT 20) AS "coHosts"
    FROM "Session" s JOIN "Member" m ON m.id = s."memberId" JOIN "Account" a ON a."memberId" = m.id
    WHERE s."tokenHash" = ${tokenHash} AND s."expiresAt" > ${now} AND s."seenAt" > ${new Date(now.getTime() - IDLE)}`
  if (!row) return null
  const { seenAt, ...viewer } = row
  return { viewer, seenAt }
}

export type OwnSession = Awaited<ReturnType<typeof listSessions>>[number]

/** What a person sees of the own sessions, the one in use first, then by use. */
export async function listSessions(viewer: NonNullable<Viewer>, now: Date) {
  const sessions = await db().session.findMany({
    where: { memberId: viewer.memberId, expiresAt: { gt: now }, seenAt: { gt: new Date(now.getTime() - IDLE) } },
    select: { id: true, agent: true, createdAt: true, seenAt: true },
    orderBy: [{ seenAt: 'desc' }, { id: 'desc' }],
    take: 50,
  })
  const listed = sessions.map((session) => ({ ...session, current: session.id === viewer.sessionId }))
  return listed.toSorted((one, other) => Number(other.current) - Number(one.current))
}
