import { v7 as uuid } from 'uuid'
import { beginAuthenticator, confirmAuthenticator } from '#domain/authenticator/commands.ts'
import { getOwnSecondFactor } from '#domain/authenticator/queries.ts'
import { openMail } from '#domain/mail/commands.ts'
import type { Mail } from '#domain/mail/rules.ts'
import { openNoticeMail, tellAudience } from '#domain/notice/commands.ts'
import { startSession } from '#domain/session/commands.ts'
import { findSession } from '#domain/session/queries.ts'
import { db } from '#lib/db.ts'
import { hashPassword } from '#lib/password.ts'
import { newToken, tokenHash } from '#lib/secret.ts'
import { totpCode } from '#lib/totp.ts'
import type { Visit } from '#lib/visit.ts'
import type { Prisma } from '#prisma/client/client.ts'

type Person = { memberId: string; handle: string; name: string; email: string }

/** Somebody with an account. */
export async function makePerson(
  given: { name?: string; password?: string } & Partial<Prisma.AccountUncheckedCreateInput> = {},
): Promise<Person> {
  const { name = 'Ada Osei', password, ...account } = given
  const id = uuid()
  const email = given.email ?? `${id}@example.org`
  const passwordHash = password === undefined ? null : await hashPassword(password)
  const member = await db().member.create({ data: { id, handle: `member-${id}`, name } })
  await db().account.create({ data: { memberId: id, emailProvedAt: new Date(), passwordHash, ...account, email } })
  return { memberId: id, handle: member.handle, name, email }
}

/** A request by nobody, from a browser that brings nothing along. */
export function visit(given: Partial<Visit> = {}): Visit {
  return { viewer: null, now: new Date(), address: '192.0.2.1', agent: 'Firefox', carried: null, waitingPress: null, ...given }
}

/** A request by somebody who has just signed in; `token` is what the cookie holds. */
export async function visitOf(
  { memberId }: { memberId: string },
  given: Partial<Visit> = {},
): Promise<Visit & { viewer: object; token: string }> {
  const { token } = await startSession(db(), memberId, visit(given))
  const session = await findSession(tokenHash(token), given.now ?? new Date())
  if (!session) throw new Error('The session that just began does not hold')
  return { ...visit(given), viewer: session.viewer, token }
}

/** A request by somebody who signed in a moment ago, perhaps before a suspension, during which nobody can. */
export async function earlierVisitOf(memberId: string): Promise<Visit & { viewer: object }> {
  const [token, expiresAt] = [newToken(), new Date(Date.now() + 86_400_000)]
  await db().session.create({ data: { id: uuid(), memberId, tokenHash: tokenHash(token), agent: 'Firefox', expiresAt } })
  const session = await findSession(tokenHash(token), new Date())
  if (!session) throw new Error('The session that just began does not hold')
  return { ...visit(), viewer: session.viewer }
}

/** Makes a key for the person's app and answers it; no code of it was typed yet. */
export async function beginSecondFactor(memberId: string): Promise<string> {
  const here = await earlierVisitOf(memberId)
  await beginAuthenticator(here.viewer, {}, here)
  const factor = await getOwnSecondFactor(here.viewer)
  if (factor.state !== 'begun') throw new Error('The authenticator that was just begun is not there')
  return factor.letters.replaceAll(' ', '')
}

/** Has a second factor asked for, by a code of the half minute before: the next ones are still good. Ends this person's other sessions. */
export async function addSecondFactor(memberId: string): Promise<{ key: string; recoveryCodes: string[] }> {
  const key = await beginSecondFactor(memberId)
  const here = await earlierVisitOf(memberId)
  const { carry } = await confirmAuthenticator(here.viewer, { code: totpCode(key, new Date(here.now.getTime() - 30_000)) }, here)
  return { key, recoveryCodes: carry?.split(' ') ?? [] }
}

/** What waits to be sent to this address, oldest first, with the mails of what was announced, whenever those would be sent. */
export async function mailsTo(email: string): Promise<Mail[]> {
  const now = new Date()
  const announced = await db().$queryRaw<{ payload: unknown }[]>`
    SELECT j.payload FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
    WHERE t.identifier = 'announce' ORDER BY j.id`
  for (const { payload } of announced) await tellAudience(payload, now)
  // Hundreds of notices of others may wait in a file's database; who else a sealed mail goes to is seen once it is open.
  const jobs = await db().$queryRaw<{ name: string; payload: unknown }[]>`
    SELECT t.identifier AS name, j.payload FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
    WHERE t.identifier = 'mail' OR t.identifier = 'notice-mail' AND EXISTS (
      SELECT FROM "Notice" n JOIN "Account" a USING ("memberId") WHERE n.id = (j.payload->>'id')::uuid AND a.email = ${email})
    ORDER BY j.id`
  const opened = jobs.map(({ name, payload }) => (name === 'mail' ? openMail(payload) : openNoticeMail(payload, now)))
  return (await Promise.all(opened)).flatMap((waiting) => (waiting?.mail.to === email ? [waiting.mail] : []))
}

/** The token in the link of the newest mail to this address that opens something: what waits for admins is told to new ones too. */
export async function linkTo(email: string): Promise<string> {
  const mail = (await mailsTo(email)).findLast(({ kind, props }) => kind !== 'notice' && 'link' in props)
  const link = mail && 'link' in mail.props ? new URL(mail.props.link).searchParams.get('token') : null
  if (!link) throw new Error(`No mail with a link to ${email}`)
  return link
}

/** The code in the newest mail to this address. */
export async function codeTo(email: string): Promise<string> {
  const mail = (await mailsTo(email)).findLast(({ kind }) => kind === 'sign-in' || kind === 'work-mail')
  if (mail?.kind !== 'sign-in' && mail?.kind !== 'work-mail') throw new Error(`No mail with a code to ${email}`)
  return mail.props.code
}
