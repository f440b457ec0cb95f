import type { z } from 'zod'
import { askOnArrival, findOwnAccount, tellOfChange } from '#domain/account/commands.ts'
import { noteEvent } from '#domain/audit-event/commands.ts'
import { openKey, recoveryHash, sealedFor } from '#domain/authenticator/queries.ts'
import { accountLimits, type ConfirmAuthenticator, type ProveSecondFactor, RECOVERY_CODES } from '#domain/authenticator/rules.ts'
import { forgetPendingSignInsOf, spendPendingSignIn } from '#domain/pending-sign-in/commands.ts'
import { findPendingSignIn } from '#domain/pending-sign-in/queries.ts'
import { BEGIN_AGAIN } from '#domain/pending-sign-in/rules.ts'
import { endSessionsBut, endSessionsOf, startSession } from '#domain/session/commands.ts'
import { isFresh, SIGN_IN_AGAIN } from '#domain/session/rules.ts'
import { type Db, db } from '#lib/db.ts'
import { countTry } from '#lib/limit.ts'
import { paths } from '#lib/paths.ts'
import { ensure, Refusal } from '#lib/refusal.ts'
import { seal } from '#lib/seal.ts'
import { newRecoveryCode } from '#lib/secret.ts'
import { newTotpKey, totpStep } from '#lib/totp.ts'
import type { Viewer } from '#lib/viewer.ts'
import type { Outcome, Visit } from '#lib/visit.ts'

const WRONG = 'That code is not good.'
const UNREADABLE =
  'This site can check no code of your app any more, since its PERCH_SECRET was changed. Write to whoever runs it: `npm run admin -- second-factor EMAIL --remove` lets you in.'
const NOT_ON = 'No code of an app is asked for at your account.'

/** Finishes a sign-in whose first factor this browser has proved, by a code of the app or a recovery code. */
export async function proveSecondFactor(_viewer: Viewer, { code }: z.output<typeof ProveSecondFactor>, visit: Visit): Promise<Outcome> {
  const { carried, now } = visit
  const pending = await findPendingSignIn(carried, now)
  ensure(carried !== null && pending !== null, 'invalid', BEGIN_AGAIN)
  const { memberId } = pending
  await countTry(accountLimits, visit, memberId)
  return db()
    .$transaction(async (tx) => {
      const { next } = await spendPendingSignIn(tx, carried, now)
      await findOwnAccount(tx, memberId)
      if (code.length === 6) await takeAppCode(tx, memberId, code, now)
      else await takeRecoveryCode(tx, memberId, code, visit)
      await noteEvent(tx, { act: 'sign-in', by: memberId, detail: 'second-factor' }, visit)
      const entered = { session: await startSession(tx, memberId, visit), carry: null, to: next ?? paths.home() }
      return askOnArrival(tx, memberId, entered, visit)
    })
    .catch(async (error: unknown) => {
      // Whoever types it has the first factor. What the try did is taken back, so this stands by itself.
      if (error instanceof Refusal && error.message === WRONG) await noteWrongCode(memberId, visit)
      throw error
    })
}

/** Makes a key for an app; it counts once a code of it was typed. Begun again it is another key. Only right after a sign-in. */
export async function beginAuthenticator(viewer: Viewer, _input: object, { now }: Visit): Promise<Outcome> {
  ensure(viewer !== null, 'sign_in', 'Sign in first.')
  ensure(isFresh(viewer, now), 'sign_in', SIGN_IN_AGAIN)
  const { memberId } = viewer
  const begun = { sealedKey: seal(sealedFor(memberId), newTotpKey()), addedAt: now }
  await db().$transaction(async (tx) => {
    const { count } = await tx.authenticator.deleteMany({ where: { memberId, confirmedAt: null } })
    const there = count === 0 && (await tx.authenticator.findUnique({ where: { memberId }, select: { memberId: true } }))
    ensure(!there, 'conflict', 'A code of an app is asked for already.')
    await tx.authenticator.createMany({ data: [{ memberId, ...begun }], skipDuplicates: true })
  })
  return { to: paths.settingsSecondFactor() }
}

/** Has a code asked for from now on, shows recovery codes once, and ends the other sessions: they began without one. */
export async function confirmAuthenticator(
  viewer: Viewer,
  { code }: z.output<typeof ConfirmAuthenticator>,
  visit: Visit,
): Promise<Outcome> {
  const { now } = visit
  ensure(viewer !== null, 'sign_in', 'Sign in first.')
  ensure(isFresh(viewer, now), 'sign_in', SIGN_IN_AGAIN)
  const { memberId, sessionId } = viewer
  return db().$transaction(async (tx) => {
    const begun = await tx.authenticator.findUnique({ where: { memberId, confirmedAt: null }, select: { sealedKey: true } })
    ensure(begun !== null, 'conflict', 'This was begun in another browser, or it is done already. Load the page again.')
    const key = openKey(memberId, begun.sealedKey)
    ensure(key !== null, 'conflict', 'This site can read the key no more that it gave your app. Load the page again and begin anew.')
    const step = totpStep(key, code, now)
    ensure(step !== null, 'invalid', WRONG, { fields: { code: 'Type the one that the app shows now. Is the telephone’s clock right?' } })
    const where = { memberId, confirmedAt: null, sealedKey: begun.sealedKey }
    const { count } = await tx.authenticator.updateMany({ where, data: { confirmedAt: now, usedStep: step } })
    ensure(count === 1, 'conflict', 'This was done in another browser a moment ago. Load the page again.')
    const codes = await makeRecoveryCodes(tx, memberId, now)
    await endSessionsBut(tx, memberId, sessionId)
    await forgetPendingSignInsOf(tx, memberId)
    await tellOfChange(tx, memberId, 'authenticator-added', visit)
    return { carry: codes.join(' '), to: paths.settingsRecoveryCodes() }
  })
}

/** New recovery codes, shown once; the ones there were are good no longer. Only right after a sign-in. */
export async function renewRecoveryCodes(viewer: Viewer, _input: object, visit: Visit): Promise<Outcome> {
  const { now } = visit
  ensure(viewer !== null, 'sign_in', 'Sign in first.')
  ensure(isFresh(viewer, now), 'sign_in', SIGN_IN_AGAIN)
  const { memberId } = viewer
  return db().$transaction(async (tx) => {
    // Held until the end: of two who renew at once the second finds the codes of the first.
    const { count } = await tx.authenticator.updateMany({ where: { memberId, confirmedAt: { not: null } }, data: { memberId } })
    ensure(count === 1, 'conflict', NOT_ON)
    await tx.recoveryCode.deleteMany({ where: { memberId } })
    const codes = await makeRecoveryCodes(tx, memberId, now)
    await tellOfChange(tx, memberId, 'recovery-codes-renewed', visit)
    return { carry: codes.join(' '), to: paths.settingsRecoveryCodes() }
  })
}

/** This browser forgets the recovery codes that it has shown. */
export async function hideRecoveryCodes(): Promise<Outcome> {
  return { carry: null, to: paths.settingsSecondFactor() }
}

/** No code is asked for any more; the other sessions end. Only right after a sign-in, which took a code. */
export async function removeAuthenticator(viewer: Viewer, _input: object, visit: Visit): Promise<Outcome> {
  ensure(viewer !== null, 'sign_in', 'Sign in first.')
  ensure(isFresh(viewer, visit.now), 'sign_in', SIGN_IN_AGAIN)
  const { memberId, sessionId } = viewer
  await db().$transaction(async (tx) => {
    const on = await takeAway(tx, memberId)
    if (!on) return
    await endSessionsBut(tx, memberId, sessionId)
    await tellOfChange(tx, memberId, 'authenticator-removed', visit)
  })
  return { carry: null, to: paths.settingsSecondFactor() }
}

/**
 * For who has lost the app and the recovery codes: whoever calls has made sure who it is, since this is for programs of the
 * operator. Ends all sessions and tells the person. Answers what became of it, in a sentence.
 */
export async function liftSecondFactor(email: string, now: Date): Promise<string> {
  return db().$transaction(async (tx) => {
    const account = await tx.account.findUnique({ where: { email }, select: { memberId: true } })
    ensure(account !== null, 'not_found', `Nobody has an account with ${email}.`)
    const { memberId } = account
    if (!(await takeAway(tx, memberId))) return `No second step is asked for at the account of ${email}.`
    await endSessionsOf(tx, memberId)
    await tellOfChange(tx, memberId, 'authenticator-removed', { now, address: null })
    return `The second step of ${email} is taken away, and the person is told. All browsers are signed out.`
  })
}

/** Deletes keys that no app got within a day. */
export async function forgetAuthenticators(now: Date): Promise<void> {
  const yesterday = new Date(now.getTime() - 24 * 60 * 60_000)
  await db().authenticator.deleteMany({ where: { confirmedAt: null, addedAt: { lte: yesterday } } })
}

function noteWrongCode(memberId: string, visit: Visit): Promise<void> {
  return db().$transaction((tx) => noteEvent(tx, { act: 'wrong-code', by: memberId, of: memberId }, visit))
}

/** Its recovery codes go with it. Answers whether it was on. */
async function takeAway(tx: Db, memberId: string): Promise<boolean> {
  await forgetPendingSignInsOf(tx, memberId)
  await tx.authenticator.deleteMany({ where: { memberId, confirmedAt: null } })
  const { count } = await tx.authenticator.deleteMany({ where: { memberId } })
  return count > 0
}

/** Each step's code is taken once, also where two browsers type it at one moment: the second finds the step used. */
async function takeAppCode(tx: Db, memberId: string, code: string, now: Date): Promise<void> {
  const on = await tx.authenticator.findUnique({ where: { memberId, confirmedAt: { not: null } }, select: { sealedKey: true } })
  // It was taken away a moment ago; whoever begins anew gets in without.
  ensure(on !== null, 'invalid', BEGIN_AGAIN)
  const key = openKey(memberId, on.sealedKey)
  ensure(key !== null, 'conflict', UNREADABLE)
  const step = totpStep(key, code, now)
  ensure(step !== null, 'invalid', WRONG, { fields: { code: 'Type the one that the app shows now.' } })
  const { count } = await tx.authenticator.updateMany({ where: { memberId, usedStep: { lt: step } }, data: { usedStep: step } })
  ensure(count === 1, 'invalid', WRONG, { fields: { code: 'It was used already. Wait for the next one.' } })
}

async function takeRecoveryCode(tx: Db, memberId: string, code: string, visit: Visit): Promise<void> {
  const where = { memberId, codeHash: recoveryHash(memberId, code), usedAt: null }
  const { count } = await tx.recoveryCode.updateMany({ where, data: { usedAt: visit.now } })
  if (count !== 1) throw new Refusal('invalid', WRONG, { fields: { code: 'None of your recovery codes, or used already.' } })
  await tellOfChange(tx, memberId, 'recovery-code-used', visit)
}

async function makeRecoveryCodes(tx: Db, memberId: string, now: Date): Promise<string[]> {
  const codes = [...new Set(Array.from({ length: RECOVERY_CODES }, newRecoveryCode))]
  // Two alike in ten billion times ten: then ten others.
  if (codes.length < RECOVERY_CODES) return makeRecoveryCodes(tx, memberId, now)
  await tx.recoveryCode.createMany({ data: codes.map((code) => ({ memberId, codeHash: recoveryHash(memberId, code), madeAt: now })) })
  return codes
}
