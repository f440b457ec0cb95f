import { v7 as uuidv7 } from 'uuid'
import type { z } from 'zod'
import { noteEvent } from '#domain/audit-event/commands.ts'
import { forgetChangeOfAddress } from '#domain/mail-proof/commands.ts'
import { findSession } from '#domain/session/queries.ts'
import { type EndSession, IDLE, isFresh, LONGEST, SEEN_EVERY, SIGN_IN_AGAIN } from '#domain/session/rules.ts'
import { type Db, db } from '#lib/db.ts'
import { log } from '#lib/log.ts'
import { paths } from '#lib/paths.ts'
import { ensure } from '#lib/refusal.ts'
import { newToken, tokenHash } from '#lib/secret.ts'
import type { Viewer } from '#lib/viewer.ts'
import type { Outcome, Ticket, Visit } from '#lib/visit.ts'

/**
 * A new session for this browser, whose old one ends: what was known of it, a token that somebody gave it included, opens
 * nothing any more.
 */
export async function startSession(tx: Db, memberId: string, { viewer, now, agent }: Visit): Promise<Ticket> {
  if (viewer) await tx.session.deleteMany({ where: { id: viewer.sessionId } })
  const token = newToken()
  const expiresAt = new Date(now.getTime() + LONGEST)
  const times = { createdAt: now, seenAt: now, provedAt: now, expiresAt }
  await tx.session.create({ data: { id: uuidv7(), memberId, tokenHash: tokenHash(token), agent, ...times } })
  return { token, expiresAt }
}

/** Whose session it is; notes now and then that it is in use. */
export async function openSession(hash: Uint8Array<ArrayBuffer>, now: Date): Promise<Viewer> {
  const session = await findSession(hash, now)
  if (!session) return null
  if (now.getTime() - session.seenAt.getTime() >= SEEN_EVERY) {
    await noteSeen(session.viewer.sessionId, now)
  }
  return session.viewer
}

/**
 * Ends all sessions of a member: whoever holds a cookie of them is a visitor from the next request on. What was begun in them
 * ends too: a link that waits for a press would give the account another address.
 */
export async function endSessionsOf(tx: Db, memberId: string): Promise<void> {
  await tx.session.deleteMany({ where: { memberId } })
  await forgetChangeOfAddress(tx, memberId)
}

/** Ends the others, and what was begun in them: what they were begun with is good no longer, or too little now. */
export async function endSessionsBut(tx: Db, memberId: string, sessionId: string): Promise<void> {
  await tx.session.deleteMany({ where: { memberId, id: { not: sessionId } } })
  await forgetChangeOfAddress(tx, memberId)
}

/** Ends one of the own sessions; whichever it is not, only right after a sign-in. */
export async function endSession(viewer: Viewer, { id }: z.output<typeof EndSession>, visit: Visit): Promise<Outcome> {
  ensure(viewer !== null, 'sign_in', 'You are signed out already.')
  const own = id === viewer.sessionId
  ensure(own || isFresh(viewer, visit.now), 'sign_in', SIGN_IN_AGAIN)
  const { memberId } = viewer
  await db().$transaction(async (tx) => {
    const { count } = await tx.session.deleteMany({ where: { id, memberId } })
    if (!count || own) return
    await forgetChangeOfAddress(tx, memberId)
    await noteEvent(tx, { act: 'end-sessions', by: memberId }, visit)
  })
  return own ? { session: null, to: paths.home() } : { to: paths.settings() }
}

export async function endOtherSessions(viewer: Viewer, _input: object, visit: Visit): Promise<Outcome> {
  ensure(viewer !== null, 'sign_in', 'You are signed out already.')
  ensure(isFresh(viewer, visit.now), 'sign_in', SIGN_IN_AGAIN)
  const { memberId, sessionId } = viewer
  await db().$transaction(async (tx) => {
    await endSessionsBut(tx, memberId, sessionId)
    await noteEvent(tx, { act: 'end-sessions', by: memberId }, visit)
  })
  return { to: paths.settings() }
}

export async function signOut(viewer: Viewer): Promise<Outcome> {
  if (viewer) await db().session.deleteMany({ where: { id: viewer.sessionId } })
  return { session: null, carry: null, to: paths.home() }
}

/** Deletes what has ended by itself. */
export async function forgetSessions(now: Date): Promise<void> {
  const unused = new Date(now.getTime() - IDLE)
  await db().session.deleteMany({ where: { OR: [{ expiresAt: { lte: now } }, { seenAt: { lte: unused } }] } })
}

/** Where the database can be read alone, as a standby or with a full disk, whoever is signed in reads on. */
async function noteSeen(id: string, now: Date): Promise<void> {
  try {
    await db().session.updateMany({ where: { id }, data: { seenAt: now } })
  } catch (error) {
    log().error({ err: error }, 'that a session is in use could not be written down')
  }
}
