import { getWanted } from '#domain/wanted/queries.ts'
import { enoughToCome, QUESTIONS } from '#domain/wanted/rules.ts'
import { type Db, db } from '#lib/db.ts'

/** Something wanted as its hosts and the invited see it. */
export type InvitedWanted = NonNullable<Awaited<ReturnType<typeof getInvitedWanted>>>

/**
 * With the invitation and the questions, without a name and without those of who is suspended at the moment; what hosts left
 * out apart. Null where it is not there.
 */
export async function getInvitedWanted(slug: string, now = new Date()) {
  const wanted = await getWanted(slug)
  if (!wanted) return null
  const person = { select: { id: true, handle: true, name: true } } as const
  const [invited, brought, leftOut] = await Promise.all([
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
    listBrought(wanted.id, now),
    listBrought(wanted.id, now, { leftOut: true }),
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
    questions: brought.map(({ question }) => question),
    /** For hosts alone, each once. */
    leftOut: [...new Set(leftOut.map(({ question }) => question))],
  }
}

/**
 * The questions that are handed on, with whose they are, which no page tells: of who joined first, without those of who is suspended. An
 * AMA is asked no others, so that none stands in it that nobody could read before.
 */
export async function listBrought(
  wantedId: string,
  now: Date,
  { leftOut = false, tx = db() }: { leftOut?: boolean; tx?: Db } = {},
): Promise<{ memberId: string; question: string }[]> {
  const joins = await tx.wantedJoin.findMany({
    where: {
      ...{ wantedId, leftOut, question: { not: null } },
      member: { account: { OR: [{ suspendedUntil: null }, { suspendedUntil: { lte: now } }] } },
    },
    orderBy: [{ joinedAt: 'asc' }, { memberId: 'asc' }],
    take: QUESTIONS,
    select: { memberId: true, question: true },
  })
  return joins.flatMap(({ memberId, question }) => (question ? [{ memberId, question }] : []))
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
