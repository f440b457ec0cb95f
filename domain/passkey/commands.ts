import { v7 as uuidv7 } from 'uuid'
import type { z } from 'zod'
import { askOnArrival, findOwnAccount, tellOfChange } from '#domain/account/commands.ts'
import { getOwnAccount } from '#domain/account/queries.ts'
import { noteEvent } from '#domain/audit-event/commands.ts'
import { type AddPasskey, MOST_PASSKEYS, type RemovePasskey, type RenamePasskey, type SignInWithPasskey } from '#domain/passkey/rules.ts'
import { forgetPendingSignInsOf } from '#domain/pending-sign-in/commands.ts'
import { endSessionsBut, startSession } from '#domain/session/commands.ts'
import { isFresh, SIGN_IN_AGAIN } from '#domain/session/rules.ts'
import { db, Prisma } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import { ensure, Refusal } from '#lib/refusal.ts'
import { newToken, tokenHash } from '#lib/secret.ts'
import type { Viewer } from '#lib/viewer.ts'
import type { Outcome, Visit } from '#lib/visit.ts'
import { askForNewPasskey, askForPasskey, CEREMONY, readAssertion, readNewPasskey } from '#lib/webauthn.ts'

/** What a browser is asked for; `carry` is for that browser, so that nobody can have it answer for another. */
type Ceremony<Options> = { options: Options; carry: string }

/** Begins a sign-in with whatever passkey the browser has for this site. Asks nobody who it is. */
export async function beginPasskeySignIn({ now }: Visit): Promise<Ceremony<Awaited<ReturnType<typeof askForPasskey>>>> {
  const challenge = await newChallenge(now)
  return { options: await askForPasskey(challenge), carry: challenge }
}

const UNKNOWN = 'This passkey is not known here, or no longer. Take another way in.'
const NOT_GOOD = 'That did not work. Try once more, or take another way in.'

/** Signs in with what the browser answered. A passkey that has asked for finger, face or PIN is two factors: no code is asked for. */
export async function signInWithPasskey(
  _viewer: Viewer,
  { credential, next }: z.output<typeof SignInWithPasskey>,
  visit: Visit,
): Promise<Outcome> {
  const { now } = visit
  const challenge = await spendChallenge(visit)
  const passkey = await db().passkey.findUnique({ where: { credentialId: credential.id } })
  ensure(passkey !== null, 'invalid', UNKNOWN)
  const { id, memberId, counter } = passkey
  const newCounter = await readAssertion(credential, challenge, { ...passkey, counter: Number(counter) })
  ensure(newCounter !== null, 'invalid', NOT_GOOD)
  return db().$transaction(async (tx) => {
    await findOwnAccount(tx, memberId)
    // A copy of it that signed at the same moment has counted as far.
    const { count } = await tx.passkey.updateMany({ where: { id, counter }, data: { counter: newCounter, usedAt: now } })
    ensure(count === 1, 'invalid', NOT_GOOD)
    await noteEvent(tx, { act: 'sign-in', by: memberId, detail: 'passkey' }, visit)
    const entered = { session: await startSession(tx, memberId, visit), carry: null, to: next ?? paths.home() }
    return askOnArrival(tx, memberId, entered, visit)
  })
}

/** Begins to add a passkey. Only right after a sign-in. */
export async function beginPasskey(viewer: Viewer, { now }: Visit): Promise<Ceremony<Awaited<ReturnType<typeof askForNewPasskey>>>> {
  ensure(viewer !== null, 'sign_in', 'Sign in first.')
  ensure(isFresh(viewer, now), 'sign_in', SIGN_IN_AGAIN)
  const { memberId, name } = viewer
  const [{ email }, known, challenge] = await Promise.all([
    getOwnAccount(viewer),
    db().passkey.findMany({ where: { memberId }, select: { credentialId: true, transports: true } }),
    newChallenge(now),
  ])
  ensure(known.length < MOST_PASSKEYS, 'conflict', `You have ${MOST_PASSKEYS} passkeys. Remove one of them first.`)
  return { options: await askForNewPasskey(challenge, { userId: memberId, email, name, known }), carry: challenge }
}

/** Keeps the passkey that the browser has made, ends the other sessions and tells the person. Only right after a sign-in. */
export async function addPasskey(viewer: Viewer, { credential, name }: z.output<typeof AddPasskey>, visit: Visit): Promise<Outcome> {
  const { now } = visit
  ensure(viewer !== null, 'sign_in', 'Sign in first.')
  ensure(isFresh(viewer, now), 'sign_in', SIGN_IN_AGAIN)
  const made = await readNewPasskey(credential, await spendChallenge(visit))
  ensure(made !== null, 'invalid', 'That did not work. Try once more.')
  const { memberId, sessionId } = viewer
  return db()
    .$transaction(async (tx) => {
      await tx.passkey.create({ data: { id: uuidv7(), memberId, ...made, name, addedAt: now } })
      await endSessionsBut(tx, memberId, sessionId)
      await forgetPendingSignInsOf(tx, memberId)
      await tellOfChange(tx, memberId, 'passkey-added', visit)
      return { carry: null, to: paths.settingsPasskeys() }
    })
    .catch(refuseTaken)
}

export async function renamePasskey(viewer: Viewer, { id, name }: z.output<typeof RenamePasskey>): Promise<Outcome> {
  ensure(viewer !== null, 'sign_in', 'Sign in first.')
  const { count } = await db().passkey.updateMany({ where: { id, memberId: viewer.memberId }, data: { name } })
  ensure(count === 1, 'not_found', 'You have no such passkey.')
  return { to: paths.settingsPasskeys() }
}

/** Nobody gets in with it any more; the other sessions end, since one of them may have begun with it. Only right after a sign-in. */
export async function removePasskey(viewer: Viewer, { id }: z.output<typeof RemovePasskey>, visit: Visit): Promise<Outcome> {
  ensure(viewer !== null, 'sign_in', 'Sign in first.')
  ensure(isFresh(viewer, visit.now), 'sign_in', SIGN_IN_AGAIN)
  const { memberId, sessionId } = viewer
  await db().$transaction(async (tx) => {
    const { count } = await tx.passkey.deleteMany({ where: { id, memberId } })
    ensure(count === 1, 'not_found', 'You have no such passkey.')
    await endSessionsBut(tx, memberId, sessionId)
    await tellOfChange(tx, memberId, 'passkey-removed', visit)
  })
  return { to: paths.settingsPasskeys() }
}

/** Deletes what was asked of browsers that did not answer in time. */
export async function forgetPasskeyChallenges(now: Date): Promise<void> {
  await db().passkeyChallenge.deleteMany({ where: { expiresAt: { lte: now } } })
}

async function newChallenge(now: Date): Promise<string> {
  const challenge = newToken()
  await db().passkeyChallenge.create({ data: { hash: tokenHash(challenge), expiresAt: new Date(now.getTime() + CEREMONY) } })
  return challenge
}

/** Uses up what this browser was to have signed, whether it turns out signed or not. */
async function spendChallenge({ carried, now }: Visit): Promise<string> {
  const where = { hash: tokenHash(carried ?? ''), expiresAt: { gt: now } }
  const { count } = await db().passkeyChallenge.deleteMany({ where })
  ensure(carried !== null && count === 1, 'invalid', NOT_GOOD)
  return carried
}

function refuseTaken(error: unknown): never {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002') throw error
  throw new Refusal('conflict', 'This passkey is there already.')
}
