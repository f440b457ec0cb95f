import { v7 as uuidv7 } from 'uuid'
import { type Act, isAboutMember, isKnownToTheDay, KEPT_FOR, NOBODY } from '#domain/audit-event/rules.ts'
import { type Db, db } from '#lib/db.ts'
import { keyedWord } from '#lib/secret.ts'

/** `by` is null for a command at the terminal. */
type Event = { act: Act; by: string | null; of?: string | null; communityId?: string | null; detail?: string }

/** When it happened, and from which network; a command at the terminal comes from none. */
export type Occasion = { now: Date; address: string | null }

/**
 * Writes down what happened, in the transaction in which it does. Ids and codes, so that whoever goes can be taken out. Who comes in
 * is written down with the day alone: what waits for somebody's sign-in is asked at that moment, and who asked is nobody's business.
 */
export async function noteEvent(tx: Db, { act, by, of, communityId, detail }: Event, { now, address }: Occasion): Promise<void> {
  const sum = address === null ? null : keyedWord('audit', [address]).slice(0, 22)
  const midnight = now.getTime() - (now.getTime() % A_DAY)
  const when = isKnownToTheDay(act)
    ? { id: uuidv7({ msecs: midnight }), happenedAt: new Date(midnight) }
    : { id: uuidv7(), happenedAt: now }
  const members = [by, isAboutMember(act) ? of : null].filter((id) => typeof id === 'string')
  // Whoever is deleting one of these accounts waits for this, or is through, and then it leads to nobody.
  const here = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM "Member" WHERE id = ANY(${members}::uuid[]) AND "deletedAt" IS NULL ORDER BY id FOR KEY SHARE`
  const orNobody = (id: string | null) => (id !== null && members.includes(id) && !here.some((member) => member.id === id) ? NOBODY : id)
  const byId = orNobody(by)
  await tx.auditEvent.create({
    data: {
      ...when,
      ...{ act, byId, ofId: orNobody(of ?? null), communityId: communityId ?? null, detail: detail ?? null },
      address: byId === NOBODY ? null : sum,
    },
  })
}

/** Who became a mentor by an invitation: whoever invited gave it, from wherever that was; nobody else if they are gone. */
export async function noteInvitedMentor(
  tx: Db,
  { memberId, invitedById, communityId }: { memberId: string; invitedById: string | null; communityId: string },
  { now, address }: Occasion,
): Promise<void> {
  const by = invitedById ?? memberId
  const given = { act: 'give-role', by, of: memberId, communityId, detail: 'mentor' } as const
  await noteEvent(tx, given, { now, address: by === memberId ? address : null })
}

const A_DAY = 24 * 60 * 60_000

/**
 * What a member did and what was done to them stays, and leads to nobody. Their account is deleted before, and nobody can write
 * anything more down of them.
 */
export async function forgetInEvents(tx: Db, memberId: string): Promise<void> {
  await tx.auditEvent.updateMany({ where: { byId: memberId }, data: { byId: NOBODY, address: null } })
  await tx.auditEvent.updateMany({ where: { ofId: memberId }, data: { ofId: NOBODY } })
}

/** Deletes what is older than a year. */
export async function forgetEvents(now: Date): Promise<void> {
  await db().auditEvent.deleteMany({ where: { happenedAt: { lt: new Date(now.getTime() - KEPT_FOR) } } })
}
