import { v7 as uuidv7 } from 'uuid'
import type { z } from 'zod'
import { noteInvitedMentor } from '#domain/audit-event/commands.ts'
import { canHost } from '#domain/community/rules.ts'
import { invitationId } from '#domain/invitation/queries.ts'
import { type AcceptInvitation, GOOD_FOR, type Invite, NO_LONGER_GOOD, type WithdrawInvitation } from '#domain/invitation/rules.ts'
import { makeMentor } from '#domain/member/commands.ts'
import { vouchFor } from '#domain/role/commands.ts'
import { type Db, db } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import { ensure } from '#lib/refusal.ts'
import type { Viewer } from '#lib/viewer.ts'
import type { Outcome, Visit } from '#lib/visit.ts'

/** Makes a link that lets one person become a mentor of the community, within two weeks, in the role that it names. */
export async function invite(viewer: Viewer, { community, next, ...role }: z.output<typeof Invite>, { now }: Visit): Promise<Outcome> {
  ensure(canHost(viewer, community), 'not_found', 'There is nothing here.')
  const there = await db().community.count({ where: { id: community } })
  ensure(there === 1, 'not_found', 'There is no such community.')
  const expiresAt = new Date(now.getTime() + GOOD_FOR)
  const made = { communityId: community, invitedById: viewer.memberId, createdAt: now, expiresAt }
  await db().invitation.create({ data: { id: uuidv7(), ...role, ...made } })
  return { to: next }
}

/** The same for who is invited by mail, with the caller's rows; answers its id. */
export async function openInvitation(
  tx: Db,
  { communityId, invitedById }: { communityId: string; invitedById: string },
  now: Date,
): Promise<string> {
  const id = uuidv7()
  await tx.invitation.create({ data: { id, communityId, invitedById, createdAt: now, expiresAt: new Date(now.getTime() + GOOD_FOR) } })
  return id
}

/** The link of such a mail opens nothing any more, unless it was used. */
export async function closeInvitation(tx: Db, id: string): Promise<void> {
  await tx.invitation.deleteMany({ where: { id, usedAt: null } })
}

/** The link opens nothing any more. */
export async function withdrawInvitation(viewer: Viewer, { id, next }: z.output<typeof WithdrawInvitation>): Promise<Outcome> {
  const open = await db().invitation.findUnique({ where: { id }, select: { communityId: true } })
  ensure(open !== null && canHost(viewer, open.communityId), 'not_found', 'There is nothing here.')
  await db().$transaction(async (tx) => {
    // Whoever invites somebody else instead holds what it is for, and wants the invitation next.
    await tx.$queryRaw`SELECT 1 AS locked FROM "Wanted" WHERE "invitationId" = ${id}::uuid FOR UPDATE`
    await closeInvitation(tx, id)
  })
  return { to: next }
}

/** Makes whoever is signed in a mentor of the community; of two who try at once one does. */
export async function acceptInvitation(viewer: Viewer, { word }: z.output<typeof AcceptInvitation>, visit: Visit): Promise<Outcome> {
  const { now } = visit
  ensure(viewer !== null, 'sign_in', 'Sign in first.')
  ensure(viewer.suspendedUntil === null, 'forbidden', 'Your account is suspended.')
  const id = invitationId(word)
  ensure(id !== null, 'not_found', NO_LONGER_GOOD)
  const wanted = await db().$transaction(async (tx) => {
    const where = { id, usedAt: null, expiresAt: { gt: now } }
    const [used] = await tx.invitation.updateManyAndReturn({ where, data: { usedAt: now, usedById: viewer.memberId } })
    ensure(used !== undefined, 'not_found', NO_LONGER_GOOD)
    const { communityId, company, title } = used
    const { memberId } = viewer
    const made =
      company || title
        ? await vouchFor(tx, { memberId, communityId, company, title }, now)
        : await makeMentor(tx, memberId, communityId, now)
    if (made) await noteInvitedMentor(tx, { ...used, memberId }, visit)
    return tx.wanted.findUnique({ where: { invitationId: id }, select: { slug: true } })
  })
  return { to: wanted ? paths.wantedInvitation(wanted.slug) : paths.mentor(viewer.handle) }
}

/** Deletes what nobody has used in time. */
export async function forgetInvitations(now: Date): Promise<void> {
  await db().$transaction(async (tx) => {
    await tx.$queryRaw`
      SELECT 1 AS locked FROM "Wanted" WHERE "invitationId" IN (SELECT id FROM "Invitation" WHERE "usedAt" IS NULL AND "expiresAt" <= ${now})
      ORDER BY id FOR UPDATE`
    await tx.invitation.deleteMany({ where: { usedAt: null, expiresAt: { lte: now } } })
  })
}

/** Links that a member gave away open nothing any more; of those that were used it is forgotten by whom. */
export async function forgetInvitationsOf(tx: Db, memberId: string): Promise<void> {
  await tx.invitation.deleteMany({ where: { invitedById: memberId, usedAt: null } })
  await tx.invitation.updateMany({ where: { invitedById: memberId }, data: { invitedById: null } })
  await tx.invitation.updateMany({ where: { usedById: memberId }, data: { usedById: null } })
}
