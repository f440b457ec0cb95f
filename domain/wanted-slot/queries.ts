import { getWanted } from '#domain/wanted/queries.ts'
import { enoughToCome } from '#domain/wanted/rules.ts'
import { type Db, db } from '#lib/db.ts'

/** Something wanted as its hosts and the invited see it. */
export type InvitedWanted = NonNullable<Awaited<ReturnType<typeof getInvitedWanted>>>

/** Questions that the page of an invitation shows. */
const QUESTIONS = 200

/**
 * With the invitation and the questions, without a name and without those of who is suspended at the moment; what hosts left
 * out apart. Null where it is not there.
 */
export async function getInvitedWanted(slug: string, now = new Date()) {
  const wanted = await getWanted(slug)
  if (!wanted) return null
  const person = { select: { id: true, handle: true, name: true } } as const
  const [invited, joins] = await Promise.all([
    db().wanted.findUniqueOrThrow({
      where: { id: wanted.id },
      select: {
        readyAt: true,
        topicId: true,
        topic: { select: { name: true } },
        mentor: person,
        invitation: { select: { expiresAt: true, usedBy: person } },
        invitedAt: true,
        invitationText: true,
        minutes: true,
        slots: { orderBy: { number: 'asc' }, select: { number: true, startsAtLocal: true, startsAt: true, timeZone: true } },
        community: { select: { wantedThreshold: true } },
      },
    }),
    db().wantedJoin.findMany({
      where: {
        wantedId: wanted.id,
        question: { not: null },
        member: { account: { OR: [{ suspendedUntil: null }, { suspendedUntil: { lte: now } }] } },
      },
      orderBy: [{ joinedAt: 'asc' }, { memberId: 'asc' }],
      take: QUESTIONS,
      select: { question: true, leftOut: true },
    }),
  ])
  const { community, mentor, invitation, ...rest } = invited
  return {
    ...wanted,
    ...rest,
    threshold: community.wantedThreshold,
    enough: enoughToCome(community.wantedThreshold),
    expiresAt: invitation?.expiresAt ?? null,
    /** Who is invited and known here. */
    mentor: mentor ?? invitation?.usedBy ?? null,
    questions: joins.flatMap(({ question, leftOut }) => (question && !leftOut ? [question] : [])),
    /** For hosts alone, each once. */
    leftOut: [...new Set(joins.flatMap(({ question, leftOut }) => (question && leftOut ? [question] : [])))],
  }
}

/**
 * Whether a yes can still become a date: whoever said it is a mentor there and not suspended (`able`), and a time that they offer is to
 * come (`ahead`). Where not, hosts can invite somebody else.
 */
export async function standingOfYes(wantedId: string, now: Date, tx: Db = db()): Promise<{ able: boolean; ahead: boolean }> {
  const [standing] = await tx.$queryRaw<{ able: boolean; ahead: boolean }[]>`
    SELECT EXISTS (
        SELECT FROM "Account" a JOIN "CommunityMentor" cm ON cm."memberId" = a."memberId" AND cm."communityId" = w."communityId"
        WHERE a."memberId" = w."mentorId" AND coalesce(a."suspendedUntil" <= ${now}, true)
      ) AS able,
      EXISTS (SELECT FROM "WantedSlot" s WHERE s."wantedId" = w.id AND s."startsAt" > ${now}) AS ahead
    FROM "Wanted" w WHERE w.id = ${wantedId}::uuid`
  return standing ?? { able: false, ahead: false }
}
