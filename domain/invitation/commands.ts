import { v7 as uuidv7 } from 'uuid'
import type { z } from 'zod'
import { invitationId } from '#domain/invitation/queries.ts'
import { type AcceptInvitation, GOOD_FOR, type Invite, NO_LONGER_GOOD, type WithdrawInvitation } from '#domain/invitation/rules.ts'
import { makeMentor } from '#domain/member/commands.ts'
import { type Db, db } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import { ensure } from '#lib/refusal.ts'
import { isAdmin, type Viewer } from '#lib/viewer.ts'
import type { Outcome, Visit } from '#lib/visit.ts'

/** Makes a link that lets one person become a mentor of the community, within two weeks. */
export async function invite(viewer: Viewer, { community, next }: z.output<typeof Invite>, { now }: Visit): Promise<Outcome> {
  ensure(isAdmin(viewer), 'not_found', 'There is nothing here.')
  const there = await db().community.count({ where: { id: community } })
  ensure(there === 1, 'not_found', 'There is no such community.')
  const expiresAt = new Date(now.getTime() + GOOD_FOR)
  await db().invitation.create({ data: { id: uuidv7(), communityId: community, invitedById: viewer.memberId, createdAt: now, expiresAt } })
  return { to: next }
}

/** The link opens nothing any more. */
export async function withdrawInvitation(viewer: Viewer, { id, next }: z.output<typeof WithdrawInvitation>): Promise<Outcome> {
  ensure(isAdmin(viewer), 'not_found', 'There is nothing here.')
  await db().invitation.deleteMany({ where: { id, usedAt: null } })
  return { to: next }
}

/** Makes whoever is signed in a mentor of the community; of two who try at once one does. */
export async function acceptInvitation(viewer: Viewer, { word }: z.output<typeof AcceptInvitation>, { now }: Visit): Promise<Outcome> {
  ensure(viewer !== null, 'sign_in', 'Sign in first.')
  ensure(viewer.suspendedUntil === null, 'forbidden', 'Your account is suspended.')
  const id = invitationId(word)
  ensure(id !== null, 'not_found', NO_LONGER_GOOD)
  await db().$transaction(async (tx) => {
    const where = { id, usedAt: null, expiresAt: { gt: now } }
    const [used] = await tx.invitation.updateManyAndReturn({ where, data: { usedAt: now, usedById: viewer.memberId } })
    ensure(used !== undefined, 'not_found', NO_LONGER_GOOD)
    await makeMentor(tx, viewer.memberId, used.communityId, now)
  })
  return { to: paths.mentor(viewer.handle) }
}

/** Deletes what nobody has used in time. */
export async function forgetInvitations(now: Date): Promise<void> {
  await db().invitation.deleteMany({ where: { usedAt: null, expiresAt: { lte: now } } })
}

/** Links that a member gave away open nothing any more; of those that were used it is forgotten by whom. */
export async function forgetInvitationsOf(tx: Db, memberId: string): Promise<void> {
  await tx.invitation.deleteMany({ where: { invitedById: memberId, usedAt: null } })
  await tx.invitation.updateMany({ where: { invitedById: memberId }, data: { invitedById: null } })
  await tx.invitation.updateMany({ where: { usedById: memberId }, data: { usedById: null } })
}
