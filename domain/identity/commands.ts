import type { z } from 'zod'
import { askOnArrival, findOwnAccount, letIn, openAccount, tellOfChange } from '#domain/account/commands.ts'
import { normalEmail } from '#domain/account/rules.ts'
import { noteEvent } from '#domain/audit-event/commands.ts'
import { AWAY_FOR, Away, JOIN_FOR, Joining, type JoinWithIdentity, readCarried, type UnlinkIdentity } from '#domain/identity/rules.ts'
import { makeMember } from '#domain/member/commands.ts'
import { endSessionsBut, startSession } from '#domain/session/commands.ts'
import { isFresh, SIGN_IN_AGAIN } from '#domain/session/rules.ts'
import { db, Prisma } from '#lib/db.ts'
import { log } from '#lib/log.ts'
import { type ProviderId, paths } from '#lib/paths.ts'
import { configuredProviders, leaveFor, type Provider, returnFrom, type Stranger } from '#lib/providers.ts'
import { ensure, Refusal } from '#lib/refusal.ts'
import type { Viewer } from '#lib/viewer.ts'
import type { Outcome, Visit } from '#lib/visit.ts'

/** Leads to a provider's page, to sign in. `to` is an address there. */
export async function leaveToSignIn(id: ProviderId, next: string | null, visit: Visit): Promise<Outcome> {
  return leave(providerOf(id), { next, linkTo: null }, visit)
}

/** Leads there to connect an account of the provider with the own one. Only right after a sign-in. */
export async function leaveToConnect(id: ProviderId, visit: Visit): Promise<Outcome> {
  const { viewer, now } = visit
  ensure(viewer !== null, 'sign_in', 'Sign in first.')
  ensure(isFresh(viewer, now), 'sign_in', SIGN_IN_AGAIN)
  return leave(providerOf(id), { next: null, linkTo: viewer.memberId }, visit)
}

/** Takes up who comes back from a provider's page, with the query of the address. */
export async function comeBack(id: ProviderId, search: string, visit: Visit): Promise<Outcome> {
  const provider = providerOf(id)
  const away = readCarried(Away, visit.carried, visit.now)
  // Another provider's answer is none of this one's.
  ensure(away !== null && away.provider === id, 'invalid', 'This browser has not asked for that, or too long ago.')
  const stranger = await returnFrom(provider, search, away.trip).catch((error: unknown) => {
    log().info({ provider: id, reason: error instanceof Error ? error.name : 'unknown' }, 'a provider let nobody in')
    throw new Refusal('invalid', `${provider.name} did not say who you are.`)
  })
  return away.linkTo ? link(stranger, away.linkTo, visit) : enter(provider, stranger, away.next, visit)
}

/** Makes member and account for somebody new whom a provider knows, and whose address it has proved. */
export async function joinWithIdentity(_viewer: Viewer, { name }: z.output<typeof JoinWithIdentity>, visit: Visit): Promise<Outcome> {
  const { carried, now } = visit
  const joining = readCarried(Joining, carried, now)
  ensure(joining !== null, 'invalid', 'It is too long ago that you proved who you are. Begin once more.')
  const { issuer, subject, email, next } = joining
  return db()
    .$transaction(async (tx) => {
      const { id: memberId } = await makeMember(tx, name, now)
      await openAccount(tx, { memberId, email }, now)
      await tx.identity.create({ data: { issuer, subject, memberId, linkedAt: now, usedAt: now } })
      // Whose address it is hears of it, should the provider be wrong.
      await noteEvent(tx, { act: 'join', by: memberId }, visit)
      await tellOfChange(tx, memberId, 'identity-linked', visit)
      const entered = { session: await startSession(tx, memberId, visit), carry: null, to: next ?? paths.home() }
      return askOnArrival(tx, memberId, entered, visit)
    })
    .catch(refuseTaken('There is an account with this address since a moment ago. Sign in instead.'))
}

/** Nobody gets in through this provider any more; the other sessions end. A code by mail always works. Only right after a sign-in. */
export async function unlinkIdentity(viewer: Viewer, { provider }: z.output<typeof UnlinkIdentity>, visit: Visit): Promise<Outcome> {
  ensure(viewer !== null, 'sign_in', 'Sign in first.')
  ensure(isFresh(viewer, visit.now), 'sign_in', SIGN_IN_AGAIN)
  const { memberId, sessionId } = viewer
  const { issuer } = providerOf(provider)
  await db().$transaction(async (tx) => {
    const { count } = await tx.identity.deleteMany({ where: { memberId, issuer } })
    if (count === 0) return
    await endSessionsBut(tx, memberId, sessionId)
    await tellOfChange(tx, memberId, 'identity-unlinked', visit)
  })
  return { to: paths.settingsProviders() }
}

async function leave(provider: Provider, why: { next: string | null; linkTo: string | null }, { now }: Visit): Promise<Outcome> {
  const { url, trip } = await leaveFor(provider).catch((error: unknown) => {
    log().warn({ provider: provider.id, reason: error instanceof Error ? error.name : 'unknown' }, 'a provider cannot be reached')
    throw new Refusal('invalid', `${provider.name} cannot be reached.`)
  })
  const away: z.input<typeof Away> = { kind: 'at a provider', provider: provider.id, trip, ...why, until: now.getTime() + AWAY_FOR }
  return { carry: JSON.stringify(away), to: url }
}

/**
 * Who is known comes in. Who is not joins, where the provider has proved the address and nobody has an account with it. An
 * account that is there is never connected this way, whatever the provider says of the address: whoever it belongs to signs
 * in and connects it. The answer for these is the same, so that it does not say whether there is one.
 */
async function enter(provider: Provider, stranger: Stranger, next: string | null, visit: Visit): Promise<Outcome> {
  const { issuer, subject, name } = stranger
  const { now } = visit
  const known = await db().identity.findUnique({ where: { issuer_subject: { issuer, subject } }, select: { memberId: true } })
  if (known) {
    return db().$transaction(async (tx) => {
      const account = await findOwnAccount(tx, known.memberId)
      await tx.identity.updateMany({ where: { issuer, subject }, data: { usedAt: now } })
      return letIn(tx, account, next, 'provider', visit)
    })
  }
  const email = stranger.email && normalEmail(stranger.email)
  const taken = email ? await db().account.findUnique({ where: { email }, select: { memberId: true } }) : null
  if (!email || taken) return { carry: null, to: paths.signInProvider(provider.id, 'unknown') }
  const joining: z.input<typeof Joining> = { kind: 'joining', issuer, subject, email, name, next, until: now.getTime() + JOIN_FOR }
  return { carry: JSON.stringify(joining), to: paths.signUp(next ?? undefined) }
}

/** Connects the provider's account with that of whoever left for it, if it is still they who come back. */
async function link({ issuer, subject }: Stranger, memberId: string, visit: Visit): Promise<Outcome> {
  const { viewer, now } = visit
  ensure(viewer?.memberId === memberId, 'sign_in', 'You are signed in no longer.')
  return db()
    .$transaction(async (tx) => {
      await tx.identity.create({ data: { issuer, subject, memberId, linkedAt: now } })
      await endSessionsBut(tx, memberId, viewer.sessionId)
      await tellOfChange(tx, memberId, 'identity-linked', visit)
      return { carry: null, to: paths.settingsProviders('connected') }
    })
    .catch((error: unknown) => {
      if (!isTaken(error)) throw error
      return { carry: null, to: paths.settingsProviders('taken') }
    })
}

function providerOf(id: ProviderId): Provider {
  const provider = configuredProviders().find((each) => each.id === id)
  ensure(provider !== undefined, 'not_found', 'This site does not know that way in.')
  return provider
}

function isTaken(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002'
}

/** The database decides who had an address or an account of a provider first. */
function refuseTaken(message: string): (error: unknown) => never {
  return (error) => {
    if (!isTaken(error)) throw error
    throw new Refusal('conflict', message)
  }
}
