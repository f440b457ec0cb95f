import type { z } from 'zod'
import { makeAdmin } from '#domain/account/commands.ts'
import { getOwnAccount } from '#domain/account/queries.ts'
import { noteEvent } from '#domain/audit-event/commands.ts'
import { enqueueMail } from '#domain/mail/commands.ts'
import { startSession } from '#domain/session/commands.ts'
import { forgetSite, getSetUp } from '#domain/site/queries.ts'
import { NO_LONGER_GOOD, type RenameSite, type SetUp } from '#domain/site/rules.ts'
import { db } from '#lib/db.ts'
import { env } from '#lib/env.ts'
import { hashPassword, weakness } from '#lib/password.ts'
import { paths } from '#lib/paths.ts'
import { ensure } from '#lib/refusal.ts'
import { newToken, tokenHash } from '#lib/secret.ts'
import { isAdmin, type Viewer } from '#lib/viewer.ts'
import type { Outcome, Visit } from '#lib/visit.ts'

/**
 * The path by which the person at the terminal begins set-up or goes on with it, or null where it is over or others can
 * sign in already: people of an import cannot. Whatever path was given before leads nowhere any more.
 */
export async function offerSetUp(): Promise<string | null> {
  return db().$transaction(async (tx) => {
    const site = await tx.site.findUnique({ where: { id: 1 }, select: { setUpAt: true } })
    const admin = await tx.account.findFirst({ where: { adminSince: { not: null } }, select: { memberId: true } })
    const account = await tx.account.findFirst({ select: { memberId: true } })
    if (site?.setUpAt) return null
    // Who is admin signs in; nobody else becomes one by a link.
    if (admin) return site && paths.signInPassword(paths.setUp())
    if (!site && account) return null
    const token = newToken()
    const setUpTokenHash = tokenHash(token)
    await tx.site.upsert({ where: { id: 1 }, create: { setUpTokenHash }, update: { setUpTokenHash } })
    return paths.setUp(token)
  })
}

/** Names the site and makes its first admin, whose address is believed: who has the link has the terminal. */
export async function setUp(
  _viewer: Viewer,
  { token, site, name, email, password }: z.output<typeof SetUp>,
  visit: Visit,
): Promise<Outcome> {
  // Before a password is hashed, which takes its time: whoever has no link gets none of it.
  const { over, hasAdmin, invited } = await getSetUp(token)
  ensure(invited && !over && !hasAdmin, 'not_found', NO_LONGER_GOOD)
  const weak = await weakness(password, [name, email, site])
  ensure(weak === null, 'invalid', 'Choose a password that is harder to guess.', { fields: { password: weak ?? '' } })
  const passwordHash = await hashPassword(password)
  const session = await db().$transaction(async (tx) => {
    const begun = { id: 1, setUpAt: null, setUpTokenHash: tokenHash(token) }
    const { count } = await tx.site.updateMany({ where: begun, data: { name: site, setUpTokenHash: null } })
    ensure(count === 1, 'not_found', NO_LONGER_GOOD)
    const memberId = await makeAdmin(tx, { name, email, passwordHash }, visit.now)
    await noteEvent(tx, { act: 'join', by: memberId }, visit)
    await noteEvent(tx, { act: 'give-role', by: memberId, of: memberId, detail: 'admin' }, visit)
    return startSession(tx, memberId, visit)
  })
  forgetSite()
  return { session, to: paths.setUp() }
}

/** From now on there is no page for it. */
export async function finishSetUp(viewer: Viewer, _input: object, visit: Visit): Promise<Outcome> {
  ensure(isAdmin(viewer), 'not_found', 'There is nothing here.')
  const over = { setUpAt: visit.now, setUpTokenHash: null }
  await db().$transaction(async (tx) => {
    await tx.site.upsert({ where: { id: 1 }, create: over, update: over })
    await noteEvent(tx, { act: 'finish-set-up', by: viewer.memberId }, visit)
  })
  return { to: paths.admin() }
}

export async function renameSite(viewer: Viewer, { site: name }: z.output<typeof RenameSite>, visit: Visit): Promise<Outcome> {
  ensure(isAdmin(viewer), 'not_found', 'There is nothing here.')
  await db().$transaction(async (tx) => {
    // Without a row there was no set-up, and it is not to begin now.
    await tx.site.upsert({ where: { id: 1 }, create: { name, setUpAt: visit.now }, update: { name } })
    await noteEvent(tx, { act: 'rename-site', by: viewer.memberId }, visit)
  })
  forgetSite()
  return { to: paths.admin('saved') }
}

/** To the own address of whoever asks. */
export async function sendTestMail(viewer: Viewer): Promise<Outcome> {
  ensure(isAdmin(viewer), 'not_found', 'There is nothing here.')
  const { email } = await getOwnAccount(viewer)
  await db().$transaction((tx) => enqueueMail(tx, { kind: 'test', to: email, props: { name: viewer.name } }))
  if (env().SMTP_URL) return { message: `A mail is on its way to ${email}. If it does not come within a minute, look into the log.` }
  return { message: `There is no SMTP_URL, so the mail to ${email} is kept at ${env().SITE_URL}${paths.mailbox()}.` }
}
