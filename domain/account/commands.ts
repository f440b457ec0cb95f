import type { z } from 'zod'
import type {
  AskForCode,
  AskForReset,
  ChangeEmail,
  ChangePassword,
  ConfirmEmail,
  ProveByCode,
  ProveByLink,
  ResetPassword,
  SignInWithPassword,
  SignUp,
} from '#domain/account/rules.ts'
import { noteEvent, type Occasion } from '#domain/audit-event/commands.ts'
import type { WayIn } from '#domain/audit-event/rules.ts'
import { askWaiting } from '#domain/draft/commands.ts'
import { enqueueMail } from '#domain/mail/commands.ts'
import type { Change } from '#domain/mail/rules.ts'
import { forgetProofsOf, issueProof, openSignUp, spendProof, tryCode } from '#domain/mail-proof/commands.ts'
import { findLink } from '#domain/mail-proof/queries.ts'
import { NO_LONGER_GOOD } from '#domain/mail-proof/rules.ts'
import { makeMember } from '#domain/member/commands.ts'
import { keepFromInvitations } from '#domain/not-to-invite/commands.ts'
import { mayInvite } from '#domain/not-to-invite/queries.ts'
import { beginPendingSignIn, forgetPendingSignInsOf } from '#domain/pending-sign-in/commands.ts'
import { endSessionsOf, startSession } from '#domain/session/commands.ts'
import { isFresh, SIGN_IN_AGAIN } from '#domain/session/rules.ts'
import { type Db, db, Prisma } from '#lib/db.ts'
import { env } from '#lib/env.ts'
import { hashPassword, isOutdated, isPassword, weakness } from '#lib/password.ts'
import { paths } from '#lib/paths.ts'
import { ensure, Refusal } from '#lib/refusal.ts'
import type { Viewer } from '#lib/viewer.ts'
import type { Outcome, Visit } from '#lib/visit.ts'
import type { MailProof } from '#prisma/client/client.ts'

/** Mails a code and a link. Does the same for an address that has an account and one that has none. */
export async function askForCode(_viewer: Viewer, { email, next }: z.output<typeof AskForCode>, visit: Visit): Promise<Outcome> {
  return db().$transaction(async (tx) => {
    // The link may be opened in another browser, which does not know of it.
    const waitingPress = next === paths.waitingPress() ? visit.waitingPress : null
    const { id, code, token } = await issueProof(tx, { purpose: 'sign-in', email, next, waitingPress }, visit.now)
    await enqueueMail(tx, { kind: 'sign-in', to: email, props: { code, link: absolute(paths.signInLink(token)) } })
    return { carry: id, to: paths.signInCode(next ?? undefined) }
  })
}

/** Signs in with the code of the mail that this browser asked for, or goes on to sign up. */
export async function proveByCode(_viewer: Viewer, { code }: z.output<typeof ProveByCode>, visit: Visit): Promise<Outcome> {
  const proof = await tryCode(visit.carried, code, visit.now)
  return db().$transaction(async (tx) => enter(tx, await spendProof(tx, proof, 'sign-in', visit.now), visit))
}

/** The same with the link, in whatever browser. */
export async function proveByLink(_viewer: Viewer, { token }: z.output<typeof ProveByLink>, visit: Visit): Promise<Outcome> {
  return db().$transaction(async (tx) => enter(tx, await spendProof(tx, { token }, 'sign-in', visit.now), visit))
}

/** Makes member and account for the address that this browser has just proved. */
export async function signUp(_viewer: Viewer, { name }: z.output<typeof SignUp>, visit: Visit): Promise<Outcome> {
  const { carried: token, now } = visit
  ensure(token !== null, 'invalid', 'It is too long ago that you proved your address. Begin once more.')
  return db()
    .$transaction(async (tx) => {
      const { email, next, waitingPress } = await spendProof(tx, { token }, 'sign-up', now)
      const member = await makeMember(tx, name, now)
      await openAccount(tx, { memberId: member.id, email }, now)
      await noteEvent(tx, { act: 'join', by: member.id }, visit)
      await forgetProofsOf(tx, email)
      const entered = {
        session: await startSession(tx, member.id, visit),
        carry: null,
        to: next ?? paths.home(),
        ...alongWith(waitingPress),
      }
      return askOnArrival(tx, member.id, entered, visit)
    })
    .catch(refuseTaken('There is an account with this address since a moment ago. Sign in instead.'))
}

const WRONG = 'The e-mail address or the password is wrong.'

/** Signs in; a wrong password and an unknown address are answered alike, after the same work. */
export async function signInWithPassword(
  _viewer: Viewer,
  { email, password, next }: z.output<typeof SignInWithPassword>,
  visit: Visit,
): Promise<Outcome> {
  const account = await findAccount(db(), { email })
  const kept = account?.passwordHash ?? null
  const right = await isPassword(password, kept)
  ensure(right && account !== null && kept !== null, 'invalid', WRONG)
  const { memberId } = account
  const passwordHash = isOutdated(kept) ? await hashPassword(password) : kept
  return db().$transaction(async (tx) => {
    // Whoever changes the password at this moment ends the sessions there are: none may begin with the old one after that.
    const { count } = await tx.account.updateMany({ where: { memberId, passwordHash: kept }, data: { passwordHash } })
    ensure(count === 1, 'invalid', WRONG)
    return askOnArrival(tx, memberId, await letIn(tx, account, next, 'password', visit), visit)
  })
}

/** Mails a link to set a new password, or that there is no account; says the same here. */
export async function askForReset(_viewer: Viewer, { email }: z.output<typeof AskForReset>, { now }: Visit): Promise<Outcome> {
  const account = await findAccount(db(), { email })
  await db().$transaction(async (tx) => {
    const { token } = await issueProof(tx, { purpose: 'reset-password', email, memberId: account?.memberId }, now)
    if (account) {
      const props = { name: account.name, link: absolute(paths.resetLink(token)) }
      await enqueueMail(tx, { kind: 'reset-password', to: email, props })
    } else {
      await enqueueMail(tx, { kind: 'no-account', to: email, props: { link: absolute(paths.signIn()) } })
    }
  })
  return { message: `A mail is on its way to ${email}. The link in it is good for ten minutes.` }
}

/** Sets a new password by the link of a mail, ends every session and signs in here. A password that is refused does not use the link up. */
export async function resetPassword(_viewer: Viewer, { token, password }: z.output<typeof ResetPassword>, visit: Visit): Promise<Outcome> {
  const { now } = visit
  const link = await findLink(token, 'reset-password', now)
  const account = link && (await findAccount(db(), { email: link.email }))
  ensure(account !== null, 'invalid', NO_LONGER_GOOD)
  const passwordHash = await hashOfStrong(password, account)
  return db().$transaction(async (tx) => {
    const { email, memberId } = await spendProof(tx, { token }, 'reset-password', now)
    // Since the mail was sent the address may have become another's.
    ensure(memberId === account.memberId && email === account.email, 'invalid', NO_LONGER_GOOD)
    await setPassword(tx, account, passwordHash, visit)
    return letIn(tx, account, null, 'reset', visit)
  })
}

/**
 * Sets the password, or the first one. Who has one types it; who has none, or a second factor, must have signed in just now.
 * Other sessions end.
 */
export async function changePassword(
  viewer: Viewer,
  { current, password }: z.output<typeof ChangePassword>,
  visit: Visit,
): Promise<Outcome> {
  ensure(viewer !== null, 'sign_in', 'Sign in first.')
  const account = await findOwnAccount(db(), viewer.memberId)
  if (account.passwordHash) {
    const right = current !== undefined && (await isPassword(current, account.passwordHash))
    ensure(right, 'invalid', 'The password you have now is another one.', { fields: { current: 'Not your password.' } })
  }
  // The new session counts as fresh, which a password alone is not where a second factor is asked for.
  ensure((account.passwordHash && !account.secondFactor) || isFresh(viewer, visit.now), 'sign_in', SIGN_IN_AGAIN)
  const passwordHash = await hashOfStrong(password, account)
  return db().$transaction(async (tx) => {
    await setPassword(tx, account, passwordHash, visit)
    const session = await startSession(tx, account.memberId, visit)
    return { session, carry: null, message: 'Your password is changed, and every other session is ended.' }
  })
}

/** Mails a link to the new address, and that it did to the old one, which stays until the link is used. Only right after a sign-in. */
export async function changeEmail(viewer: Viewer, { email }: z.output<typeof ChangeEmail>, { now }: Visit): Promise<Outcome> {
  ensure(viewer !== null, 'sign_in', 'Sign in first.')
  ensure(isFresh(viewer, now), 'sign_in', SIGN_IN_AGAIN)
  const account = await findOwnAccount(db(), viewer.memberId)
  ensure(email !== account.email, 'invalid', 'That is your address already.', { fields: { email: 'Your address already.' } })
  await db().$transaction(async (tx) => {
    const { token } = await issueProof(tx, { purpose: 'change-email', email, memberId: viewer.memberId }, now)
    await enqueueMail(tx, { kind: 'change-address', to: email, props: { link: absolute(paths.settingsEmailLink(token)) } })
    await enqueueMail(tx, { kind: 'address-to-change', to: account.email, props: { name: account.name } })
  })
  return { message: `A mail is on its way to ${email}. Your address changes when you use the link in it, within ten minutes.` }
}

/** Gives the account the address that the link proves, in whatever browser, and tells the old one. All other sessions end. */
export async function confirmEmail(viewer: Viewer, { token }: z.output<typeof ConfirmEmail>, visit: Visit): Promise<Outcome> {
  const { now } = visit
  return db()
    .$transaction(async (tx) => {
      const { email, memberId } = await spendProof(tx, { token }, 'change-email', now)
      ensure(memberId !== null, 'invalid', NO_LONGER_GOOD)
      const account = await findOwnAccount(tx, memberId)
      await tx.account.update({ where: { memberId }, data: { email, emailProvedAt: now } })
      // Whoever said no for good said it for themselves, and not for one address.
      if (!(await mayInvite(account.email, tx))) await keepFromInvitations(tx, email, now)
      await forgetProofsOf(tx, account.email, memberId)
      await forgetProofsOf(tx, email)
      await forgetPendingSignInsOf(tx, memberId)
      await enqueueMail(tx, { kind: 'address-changed', to: account.email, props: { name: account.name } })
      await endSessionsOf(tx, memberId)
      await noteEvent(tx, { act: 'change-way-in', by: memberId, detail: 'email' }, visit)
      if (viewer?.memberId !== memberId) return { to: paths.signIn() }
      return { session: await startSession(tx, memberId, visit), to: paths.settings() }
    })
    .catch(refuseTaken('Another account has this address. Sign in with it instead.'))
}

/** Deletes the account and every way into it, so that nobody gets in any more. A site keeps its last admin: somebody has to look after it. */
export async function closeAccount(tx: Db, memberId: string): Promise<{ email: string }> {
  // One after the other: two admins who leave at one moment would each see the other.
  await tx.$queryRaw`SELECT 1 FROM "Account" WHERE "adminSince" IS NOT NULL ORDER BY "memberId" FOR UPDATE`
  const account = await tx.account.findUniqueOrThrow({ where: { memberId }, select: { email: true, adminSince: true } })
  const others = await tx.account.count({ where: { adminSince: { not: null }, memberId: { not: memberId } } })
  ensure(!account.adminSince || others > 0, 'conflict', 'You are the only admin. Make somebody else one first.')
  await tx.account.delete({ where: { memberId } })
  return { email: account.email }
}

/** Lets a member in who has no account yet. Whoever calls knows that the address is the member's. */
export async function openAccount(
  tx: Db,
  account: { memberId: string; email: string; passwordHash?: string | null },
  now: Date,
): Promise<void> {
  await tx.account.create({ data: { ...account, emailProvedAt: now, createdAt: now } })
}

/** Makes somebody an admin of the whole site, or no longer one. Answers whether that changed anything. */
export async function setAdmin(tx: Db, memberId: string, adminSince: Date | null): Promise<boolean> {
  const where = { memberId, adminSince: adminSince ? null : { not: null } }
  const { count } = await tx.account.updateMany({ where, data: { adminSince } })
  return count > 0
}

/** Member and account of an admin; answers the member's id. Throws a Refusal where there is an admin or the address is taken. */
export async function makeAdmin(tx: Db, given: { name: string; email: string; passwordHash: string }, now: Date): Promise<string> {
  const { name, ...account } = given
  const admins = await tx.account.count({ where: { adminSince: { not: null } } })
  ensure(admins === 0, 'conflict', 'There is an admin already, who signs in.')
  const { id } = await makeMember(tx, name, now)
  const { count } = await tx.account.createMany({
    data: [{ memberId: id, ...account, emailProvedAt: now, adminSince: now, createdAt: now }],
    skipDuplicates: true,
  })
  ensure(count === 1, 'conflict', 'There is an account with this address.', { fields: { email: 'An account has it.' } })
  return id
}

/** Until then somebody may read, take their data and leave, and nothing else. Every session ends now, and who signs in reads why. */
export async function suspendAccount(tx: Db, memberId: string, suspendedUntil: Date, suspendedFor: string): Promise<void> {
  await tx.account.update({ where: { memberId }, data: { suspendedUntil, suspendedFor } })
  await endSessionsOf(tx, memberId)
}

/**
 * Asks what waited for this sign-in, and leads there. For ways in whose last page has said so: whoever pressed on it knew.
 * One that a link alone can lead through is none of them. Who is suspended is led to where it says so.
 */
export async function askOnArrival(tx: Db, memberId: string, entered: Outcome, { now }: Visit): Promise<Outcome> {
  if (entered.session && isSuspended(await findOwnAccount(tx, memberId), now)) return { ...entered, to: paths.settingsData() }
  const asked = entered.session ? await askWaiting(tx, memberId, entered.to ?? null, now) : null
  return asked ? { ...entered, to: asked } : entered
}

/** Lets somebody in who has proved the first factor; where a second one is asked for, to the page that does. */
export async function letIn(tx: Db, account: Account, next: string | null, way: WayIn, visit: Visit): Promise<Outcome> {
  const { memberId, secondFactor } = account
  if (secondFactor)
    return { carry: await beginPendingSignIn(tx, memberId, next, visit.now), to: paths.signInSecondFactor(next ?? undefined) }
  await noteEvent(tx, { act: 'sign-in', by: memberId, detail: way }, visit)
  return {
    session: await startSession(tx, memberId, visit),
    carry: null,
    to: isSuspended(account, visit.now) ? paths.settingsData() : (next ?? paths.home()),
  }
}

/** Mails that something about the way into the account is different now. Without an address it was a command at the terminal. */
export async function tellOfChange(tx: Db, memberId: string, change: Change, occasion: Occasion): Promise<void> {
  const who = occasion.address === null ? { by: null, of: memberId } : { by: memberId }
  await noteEvent(tx, { act: 'change-way-in', ...who, detail: change }, occasion)
  const { email, name } = await findOwnAccount(tx, memberId)
  await enqueueMail(tx, { kind: 'way-in-changed', to: email, props: { name, change } })
}

/** `secondFactor`: a code is asked for after whatever proves the first one. */
type Account = {
  memberId: string
  email: string
  passwordHash: string | null
  suspendedUntil: Date | null
  secondFactor: boolean
  name: string
}

/** One statement, whether there is one or not: nobody can tell by waiting. */
async function findAccount(tx: Db, by: { email: string } | { memberId: string }): Promise<Account | null> {
  const which = 'email' in by ? Prisma.sql`a.email = ${by.email}` : Prisma.sql`a."memberId" = ${by.memberId}::uuid`
  const [account] = await tx.$queryRaw<Account[]>`
    SELECT a."memberId", a.email, a."passwordHash", a."suspendedUntil", m.name,
      EXISTS (SELECT 1 FROM "Authenticator" x WHERE x."memberId" = a."memberId" AND x."confirmedAt" IS NOT NULL) AS "secondFactor"
    FROM "Account" a JOIN "Member" m ON m.id = a."memberId" WHERE ${which}`
  return account ?? null
}

/** The account of whoever is signed in, or comes in. Throws a Refusal where it has gone a moment ago. */
export async function findOwnAccount(tx: Db, memberId: string): Promise<Account> {
  const account = await findAccount(tx, { memberId })
  ensure(account !== null, 'not_found', 'This account is no longer there.')
  return account
}

/** Where a proved address leads: in, or to the page that asks for a name. */
async function enter(tx: Db, proof: MailProof, visit: Visit): Promise<Outcome> {
  const { email, next, waitingPress } = proof
  const account = await findAccount(tx, { email })
  if (!account) return { carry: await openSignUp(tx, proof, visit.now), to: paths.signUp(next ?? undefined) }
  const outcome = await letIn(tx, account, next, 'mail', visit)
  await forgetProofsOf(tx, email)
  return askOnArrival(tx, account.memberId, { ...outcome, ...alongWith(waitingPress) }, visit)
}

/** The button that was pressed before the sign-in comes along into the browser in which it ends. */
function alongWith(waitingPress: string | null): Outcome {
  return waitingPress ? { waitingPress } : {}
}

async function setPassword(tx: Db, account: Account, passwordHash: string, visit: Visit): Promise<void> {
  const { memberId, email, name } = account
  // The one there was may have been changed while the new one was looked at.
  const { count } = await tx.account.updateMany({ where: { memberId, passwordHash: account.passwordHash }, data: { passwordHash } })
  ensure(count === 1, 'conflict', 'Your password was changed somewhere else a moment ago.')
  await forgetProofsOf(tx, email, memberId)
  await forgetPendingSignInsOf(tx, memberId)
  await endSessionsOf(tx, memberId)
  await noteEvent(tx, { act: 'change-way-in', by: memberId, detail: 'password' }, visit)
  await enqueueMail(tx, { kind: 'password-changed', to: email, props: { name } })
}

async function hashOfStrong(password: string, { email, name }: Account): Promise<string> {
  const weak = await weakness(password, [name, email])
  ensure(weak === null, 'invalid', 'Choose a password that is harder to guess.', { fields: { password: weak ?? '' } })
  return hashPassword(password)
}

function isSuspended({ suspendedUntil }: Account, now: Date): boolean {
  return suspendedUntil !== null && suspendedUntil > now
}

/** The database decides who had an address first. */
function refuseTaken(message: string): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002' || error.meta?.modelName !== 'Account')
      throw error
    throw new Refusal('conflict', message)
  }
}

function absolute(path: string): string {
  return env().SITE_URL + path
}
