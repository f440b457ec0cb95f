import { giveRole } from '#domain/community-role/commands.ts'
import { startSession } from '#domain/session/commands.ts'
import { findSession } from '#domain/session/queries.ts'
import { db } from '#lib/db.ts'
import { hashPassword } from '#lib/password.ts'
import { tokenHash } from '#lib/secret.ts'
import type { Ticket, Visit } from '#lib/visit.ts'
import { makeCommunity } from '#testing/factories.ts'
import { makePerson, visit } from '#testing/people.ts'

/** Everybody who may ask for something, as the table of permissions knows them. */
export const PEOPLE = ['visitor', 'member', 'mentor', 'host', 'moderator of another community', 'moderator', 'admin', 'suspended'] as const

export type Who = (typeof PEOPLE)[number]

export const PASSWORD = 'three calm herons over the weir'

/** Somebody new who asks, and where: `here` is the community of which a host or moderator is one. A visitor has an account and is signed out. */
export type Asker = {
  who: Who
  memberId: string
  email: string
  here: { id: string; slug: string }
  visit: Visit
  ticket: Ticket | null
}

export async function prepareAsker(who: Who): Promise<Asker> {
  const [here, elsewhere] = [await makeCommunity(), await makeCommunity()]
  passwordHash ??= hashPassword(PASSWORD)
  const { memberId, email } = await makePerson({ passwordHash: await passwordHash })
  const now = new Date()
  if (who === 'admin') await giveRole({ email, role: 'admin' }, now)
  if (who === 'mentor' || who === 'host' || who === 'moderator') await giveRole({ email, role: who, community: here.slug }, now)
  if (who === 'moderator of another community') await giveRole({ email, role: 'moderator', community: elsewhere.slug }, now)
  // As it is when somebody is suspended while signed in.
  const ticket = who === 'visitor' ? null : await startSession(db(), memberId, visit())
  const tomorrow = new Date(now.getTime() + 86_400_000)
  if (who === 'suspended') await db().account.update({ where: { memberId }, data: { suspendedUntil: tomorrow } })
  const viewer = ticket ? ((await findSession(tokenHash(ticket.token), now))?.viewer ?? null) : null
  return { who, memberId, email, here, visit: visit({ viewer }), ticket }
}

/** Made once: each takes 20 ms of a core. */
let passwordHash: Promise<string> | undefined
