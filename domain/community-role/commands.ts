import { setAdmin } from '#domain/account/commands.ts'
import { noteEvent } from '#domain/audit-event/commands.ts'
import { type RoleAsked, type RoleName, sayRole } from '#domain/community-role/rules.ts'
import { makeMentor, unmakeMentor } from '#domain/member/commands.ts'
import { type Db, db } from '#lib/db.ts'
import { ensure, Refusal } from '#lib/refusal.ts'

/** What became of it, in a sentence, and whether anything did. */
export type RoleChange = { changed: boolean; said: string }

/** Gives a role; it counts from the person's next request on. Whoever calls may do so: this is for programs of the operator. */
export async function giveRole(asked: RoleAsked, now: Date): Promise<RoleChange> {
  return db().$transaction(async (tx) => {
    const { person, place, whom, what } = await find(tx, asked)
    const changed = await give[asked.role](tx, person.memberId, place, now)
    const given = { act: 'give-role', by: null, of: person.memberId, communityId: place, detail: asked.role } as const
    if (changed) await noteEvent(tx, given, { now, address: null })
    return { changed, said: changed ? `${whom} is ${what} now.` : `${whom} is ${what} already.` }
  })
}

/** Takes a role away, from the person's next request on. */
export async function takeRole(asked: RoleAsked, now: Date): Promise<RoleChange> {
  return db().$transaction(async (tx) => {
    const { person, place, whom, what } = await find(tx, asked)
    const held = await holds(tx, asked.role, person.memberId, place)
    if (!held) return { changed: false, said: `${whom} is not ${what}.` }
    const changed = await take[asked.role](tx, person.memberId, place)
    ensure(
      changed,
      'conflict',
      `${whom} stays ${what}: there are answers or AMAs of theirs, which lead to them. Suspending them keeps them from more.`,
    )
    const taken = { act: 'take-role', by: null, of: person.memberId, communityId: place, detail: asked.role } as const
    await noteEvent(tx, taken, { now, address: null })
    const last = asked.role === 'admin' && (await tx.account.count({ where: { adminSince: { not: null } } })) === 0
    return { changed, said: `${whom} is ${what} no longer.${last ? ' There is no admin any more.' : ''}` }
  })
}

/** Leaves a member no role in any community. */
export async function forgetRolesOf(tx: Db, memberId: string): Promise<void> {
  await tx.communityRole.deleteMany({ where: { memberId } })
}

type Place = string | null

const give: Record<RoleName, (tx: Db, memberId: string, place: Place, now: Date) => Promise<boolean>> = {
  admin: (tx, memberId, _place, now) => setAdmin(tx, memberId, now),
  mentor: makeMentor,
  host: (tx, memberId, place, now) => giveIn(tx, 'host', memberId, place, now),
  moderator: (tx, memberId, place, now) => giveIn(tx, 'moderator', memberId, place, now),
}

const take: Record<RoleName, (tx: Db, memberId: string, place: Place) => Promise<boolean>> = {
  admin: (tx, memberId) => setAdmin(tx, memberId, null),
  mentor: unmakeMentor,
  host: (tx, memberId, place) => takeIn(tx, 'host', memberId, place),
  moderator: (tx, memberId, place) => takeIn(tx, 'moderator', memberId, place),
}

async function giveIn(tx: Db, role: string, memberId: string, communityId: Place, givenAt: Date): Promise<boolean> {
  if (!communityId) throw new Error(`A ${role} is one of a community`)
  const { count } = await tx.communityRole.createMany({ data: [{ communityId, memberId, role, givenAt }], skipDuplicates: true })
  return count > 0
}

async function takeIn(tx: Db, role: string, memberId: string, communityId: Place): Promise<boolean> {
  if (!communityId) throw new Error(`A ${role} is one of a community`)
  const { count } = await tx.communityRole.deleteMany({ where: { communityId, memberId, role } })
  return count > 0
}

async function holds(tx: Db, role: RoleName, memberId: string, communityId: Place): Promise<boolean> {
  if (role === 'admin') return (await tx.account.count({ where: { memberId, adminSince: { not: null } } })) > 0
  if (role !== 'mentor') return (await tx.communityRole.count({ where: { memberId, role, communityId: communityId ?? undefined } })) > 0
  if (communityId) return (await tx.communityMentor.count({ where: { memberId, communityId } })) > 0
  return (await tx.member.count({ where: { id: memberId, mentorSince: { not: null } } })) > 0
}

async function find(tx: Db, { email, role, community }: RoleAsked) {
  const person = await tx.account.findUnique({ where: { email }, select: { memberId: true, member: { select: { name: true } } } })
  if (!person) throw new Refusal('not_found', `Nobody has an account with ${email}. Whoever it is has to sign in once before.`)
  const place = community === undefined ? null : await findCommunity(tx, community)
  return { person, place: place?.id ?? null, whom: `${person.member.name} (${email})`, what: sayRole(role, place?.name ?? null) }
}

async function findCommunity(tx: Db, slug: string): Promise<{ id: string; name: string }> {
  const found = await tx.community.findUnique({ where: { slug }, select: { id: true, name: true } })
  if (found) return found
  const some = await tx.community.findMany({ orderBy: { slug: 'asc' }, take: 10, select: { slug: true } })
  const there = some.length ? ` There are ${some.map((community) => community.slug).join(', ')}.` : ' There is none yet.'
  throw new Refusal('not_found', `There is no community "${slug}".${there}`)
}
