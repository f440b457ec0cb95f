import { v7 as uuidv7 } from 'uuid'
import type { z } from 'zod'
import { Email } from '#domain/account/rules.ts'
import { keepThreshold } from '#domain/community/commands.ts'
import { canHost } from '#domain/community/rules.ts'
import { forgetDraft, keepUnderWord } from '#domain/draft/commands.ts'
import { findWaitingWanted } from '#domain/draft/queries.ts'
import { closeInvitation, openInvitation } from '#domain/invitation/commands.ts'
import { invitationWord } from '#domain/invitation/queries.ts'
import { enqueueMail } from '#domain/mail/commands.ts'
import { keepFromInvitations, letInvite } from '#domain/not-to-invite/commands.ts'
import { mayInvite, noInvitationsWord, readNoInvitationsWord } from '#domain/not-to-invite/queries.ts'
import { NO_SUCH_LINK, NOT_TO_INVITE } from '#domain/not-to-invite/rules.ts'
import { announce } from '#domain/notice/commands.ts'
import { ensureMayTakePart } from '#domain/session/rules.ts'
import { listLikeWanted, shownWanted } from '#domain/wanted/queries.ts'
import {
  type AskFor,
  type AskForWanted,
  type AttachQuestion,
  canWithdraw,
  type DeclineWanted,
  type InviteForWanted,
  type JoinState,
  NEW_WANTED,
  type NeverInvite,
  readWaiting,
  type SetThreshold,
  type WithdrawWanted,
  waitingPlace,
} from '#domain/wanted/rules.ts'
import { type Db, db, Prisma } from '#lib/db.ts'
import { env } from '#lib/env.ts'
import { paths } from '#lib/paths.ts'
import { ensure } from '#lib/refusal.ts'
import { slugOf, wishes } from '#lib/slug.ts'
import type { Viewer } from '#lib/viewer.ts'
import type { Outcome, Visit } from '#lib/visit.ts'

/**
 * Asks for a topic or a mentor. Where something like it is wanted already, it waits until that was seen; what a visitor wrote
 * waits for the sign-in. What is wanted already under the same words is joined instead.
 */
export async function askForWanted(
  viewer: Viewer,
  { draft, seen, ...asked }: z.output<typeof AskForWanted>,
  { now }: Visit,
): Promise<Outcome> {
  ensure(!viewer?.suspendedUntil, 'forbidden', 'Your account is suspended: until it is over you can read, and not ask.')
  const { title } = await lookUp(asked)
  const like = seen ? [] : await listLikeWanted(asked.community, title)
  const same = like.some((other) => other.title.toLowerCase() === title.toLowerCase() && other.kind === asked.kind)
  if (!viewer || (like.length && !same)) {
    const row = {
      place: waitingPlace(asked),
      title: asked.title,
      details: asked.why ?? '',
      topic: 'none',
      showName: false,
      askKey: uuidv7(),
    }
    const word = await keepUnderWord(row, draft, now)
    if (like.length && !same) return { to: paths.newWanted({ draft: word }) }
    return { to: paths.signIn(paths.wanted()), wanted: `${NEW_WANTED} ${word}` }
  }
  const slug = await db().$transaction(async (tx) => {
    await forgetDraft(tx, viewer, { draft })
    return makeWanted(tx, viewer.memberId, asked, now)
  })
  return { to: paths.ownWanted(slug, { done: 'asked' }) }
}

/** Asks for what waits under this word. Of two who have the word one does. */
export async function askForWaiting({ viewer, now }: Visit, word: string): Promise<object> {
  ensureMayTakePart(viewer)
  const waiting = await findWaitingWanted(word)
  const asked = waiting && readWaiting(waiting)
  ensure(asked !== null, 'not_found', 'What you wrote is not here any more.')
  await db().$transaction(async (tx) => {
    await makeWanted(tx, viewer.memberId, asked, now)
    await forgetDraft(tx, viewer, { draft: word })
  })
  return {}
}

/**
 * The person wants it too, or still. One statement, as with requests: crowds come at one moment. The row is locked before anything
 * is written, so the number is the one that the joins make.
 */
export async function joinWanted({ viewer, now }: Visit, slug: string): Promise<JoinState> {
  ensureMayTakePart(viewer)
  const [joined] = await db().$queryRaw<{ id: string; over: boolean; people: number; enough: boolean }[]>`
    WITH ${lockedWanted(viewer.memberId, slug)}, placed AS (
      INSERT INTO "WantedJoin" ("wantedId", "memberId", "joinedAt") SELECT id, ${viewer.memberId}::uuid, ${now} FROM wanted WHERE NOT over
      ON CONFLICT DO NOTHING RETURNING 1
    ), number AS (SELECT "joinCount" + (SELECT count(*)::int FROM placed) AS people FROM wanted)
    SELECT wanted.id, over, people, "readyAt" IS NULL AND people >= c."wantedThreshold" AS enough
    FROM wanted JOIN "Community" c ON c.id = wanted."communityId" CROSS JOIN number`
  ensure(joined !== undefined, 'not_found', GONE)
  ensure(!joined.over, 'conflict', 'This is over: nobody joins any more.')
  if (joined.enough) await makeReady(db(), joined.id, now)
  return { joined: true, people: joined.people }
}

/** The person does not want it any more. Whoever asked for it is in for good, or withdraws it. */
export async function leaveWanted({ viewer }: Visit, slug: string): Promise<JoinState> {
  ensureMayTakePart(viewer)
  const [left] = await db().$queryRaw<{ own: boolean; people: number }[]>`
    WITH ${lockedWanted(viewer.memberId, slug)}, gone AS (
      DELETE FROM "WantedJoin" j USING wanted WHERE j."wantedId" = wanted.id AND j."memberId" = ${viewer.memberId}::uuid AND NOT own RETURNING 1
    )
    SELECT own, "joinCount" - (SELECT count(*)::int FROM gone) AS people FROM wanted`
  ensure(left !== undefined, 'not_found', GONE)
  ensure(!left.own, 'conflict', 'You asked for this, so you are counted.')
  return { joined: false, people: left.people }
}

const GONE = 'This is not here any more.'

/** Keeps the question that the person brings along, or takes it back. Nobody reads who asks it. */
export async function attachQuestion(viewer: Viewer, { id, question }: z.output<typeof AttachQuestion>): Promise<Outcome> {
  ensureMayTakePart(viewer)
  const { memberId } = viewer
  const wanted = await db().wanted.findFirst({ where: { id, hiddenAt: null, closedAt: null, joins: { some: { memberId } } } })
  ensure(wanted !== null, 'not_found', 'This is over, or you have not joined it.')
  await db().wantedJoin.updateMany({ where: { wantedId: id, memberId }, data: { question } })
  return { to: paths.ownWanted(wanted.slug, { done: 'saved' }) }
}

/** Takes back what nobody else has joined. */
export async function withdrawWanted(viewer: Viewer, { id }: z.output<typeof WithdrawWanted>): Promise<Outcome> {
  ensureMayTakePart(viewer)
  await db().$transaction(async (tx) => {
    const [wanted] = await tx.$queryRaw<{ askedById: string | null; joinCount: number; hiddenAt: Date | null }[]>`
      SELECT "askedById", "joinCount", "hiddenAt" FROM "Wanted" w WHERE id = ${id}::uuid AND ${shownWanted} FOR UPDATE`
    ensure(wanted !== undefined && wanted.askedById === viewer.memberId, 'not_found', 'There is nothing of yours here.')
    ensure(canWithdraw(viewer, wanted), 'conflict', 'Others have joined: it is theirs too, and stays.')
    await tx.wanted.delete({ where: { id } })
  })
  return { to: paths.wantedList() }
}

/** From how many people on the hosts of a community are told; what has as many is ready at once. */
export async function setThreshold(viewer: Viewer, { id, threshold }: z.output<typeof SetThreshold>, { now }: Visit): Promise<Outcome> {
  ensure(viewer !== null, 'sign_in', 'Sign in first.')
  ensure(canHost(viewer, id), 'not_found', 'There is no community that you host here.')
  await db().$transaction(async (tx) => {
    await keepThreshold(tx, id, threshold)
    await tx.$queryRaw`SELECT 1 AS locked FROM "Wanted" w WHERE "communityId" = ${id}::uuid AND ${shownWanted} ORDER BY id FOR NO KEY UPDATE`
    const enough = await tx.wanted.findMany({
      where: { communityId: id, hiddenAt: null, closedAt: null, readyAt: null, joinCount: { gte: threshold } },
      select: { id: true },
    })
    for (const wanted of enough) await makeReady(tx, wanted.id, now)
  })
  return { message: 'Saved.' }
}

/**
 * A host invites somebody to whom people wish to speak: a member by the handle, who is told, or anybody by mail, whose address
 * is not kept. Whoever was invited before and has not said yes is invited no longer.
 */
export async function inviteForWanted(
  viewer: Viewer,
  { id, topic, who, text }: z.output<typeof InviteForWanted>,
  { now }: Visit,
): Promise<Outcome> {
  ensure(viewer !== null, 'sign_in', 'Sign in first.')
  return db().$transaction(async (tx) => {
    const wanted = await lockHosted(tx, viewer, id)
    const { communityId, slug } = wanted
    ensure(wanted.readyAt !== null, 'conflict', 'Not enough people want it yet.')
    const topicId = topic === 'new' ? null : topic
    const there = topicId === null ? 1 : await tx.topic.count({ where: { id: topicId, communityId } })
    ensure(there === 1, 'invalid', 'Please look again at what is marked.', { fields: { topic: 'Choose one of the list.' } })
    const { email, memberId } = await findInvited(tx, who)
    const refused = { fields: { who: `${memberId ? 'This member' : 'This address'} ${NOT_TO_INVITE}.` } }
    ensure(await mayInvite(email, tx), 'conflict', 'Please look again at what is marked.', refused)
    if (wanted.invitationId) await closeInvitation(tx, wanted.invitationId)
    const invitationId = memberId ? null : await openInvitation(tx, { communityId, invitedById: viewer.memberId }, now)
    const invited = { topicId, mentorId: memberId, invitationId, invitedAt: now, invitationText: text }
    await tx.wanted.update({ where: { id }, data: invited })
    if (memberId) await announce(tx, { event: 'wanted-invitation', wantedId: id, memberId }, viewer.memberId)
    if (invitationId) await mailInvitation(tx, { id, email, text, invitationId, communityId })
    return { to: paths.hostedWanted(slug, 'invited') }
  })
}

/** A member who is invited says no; `never`: and does not want to be invited to anything here. */
export async function declineWanted(viewer: Viewer, { id, never }: z.output<typeof DeclineWanted>, { now }: Visit): Promise<Outcome> {
  ensureMayTakePart(viewer)
  const { memberId } = viewer
  return db().$transaction(async (tx) => {
    const wanted = await lockInvited(tx, memberId, id)
    await decline(tx, wanted, never === 'on', now)
    if (!never) return { to: paths.wantedList() }
    const { email } = await tx.account.findUniqueOrThrow({ where: { memberId }, select: { email: true } })
    await keepFromInvitations(tx, email, now)
    return { to: paths.noInvitations(noInvitationsWord({ email, wanted: null }), 'never') }
  })
}

/** Whoever got the mail with this link is not invited any more, without an account; or again, from now on. */
export async function neverInvite(_viewer: Viewer, { word, again }: z.output<typeof NeverInvite>, { now }: Visit): Promise<Outcome> {
  const said = readNoInvitationsWord(word)
  ensure(said !== null, 'not_found', NO_SUCH_LINK)
  await db().$transaction(async (tx) => {
    if (again) return letInvite(tx, said.email)
    await keepFromInvitations(tx, said.email, now)
    const wanted = said.wanted && (await lockById(tx, said.wanted))
    // What the mail invited to is declined, unless somebody else is invited by now, or it was said yes to.
    const byThisMail = wanted && wanted.closedAt === null && wanted.invitationId !== null && wanted.mentorId === null
    const invitation =
      byThisMail && (await tx.invitation.findUnique({ where: { id: wanted.invitationId ?? undefined }, select: { usedAt: true } }))
    if (byThisMail && invitation && invitation.usedAt === null) await decline(tx, wanted, true, now)
  })
  return { to: paths.noInvitations(word, again ? 'again' : 'never') }
}

/** Takes something wanted from all that the public reads. False where it is hidden already. */
export async function hideWanted(tx: Db, id: string, hiddenById: string, now: Date): Promise<boolean> {
  const { count } = await tx.wanted.updateMany({ where: { id, hiddenAt: null }, data: { hiddenAt: now, hiddenById } })
  return count === 1
}

export async function restoreWanted(tx: Db, id: string): Promise<boolean> {
  const { count } = await tx.wanted.updateMany({ where: { id, hiddenAt: { not: null } }, data: { hiddenAt: null, hiddenById: null } })
  return count === 1
}

/**
 * Takes a member who is leaving out of everything wanted: what asks for them goes, and what they asked for where nobody else
 * joined or they take along what they wrote; else it stays, and is nobody's. Rows are locked in the order of their ids.
 */
export async function forgetWantedOf(tx: Db, memberId: string, written: 'stays' | 'goes'): Promise<void> {
  await tx.$queryRaw`
    SELECT 1 AS locked FROM "Wanted" WHERE "askedById" = ${memberId}::uuid OR "aboutId" = ${memberId}::uuid OR "mentorId" = ${memberId}::uuid
      OR id IN (SELECT "wantedId" FROM "WantedJoin" WHERE "memberId" = ${memberId}::uuid)
    ORDER BY id FOR UPDATE`
  await tx.wantedJoin.deleteMany({ where: { memberId } })
  await tx.wanted.deleteMany({
    where: { OR: [{ aboutId: memberId }, { askedById: memberId, ...(written === 'stays' && { joinCount: 0 }) }] },
  })
  await tx.wanted.updateMany({ where: { askedById: memberId }, data: { askedById: null } })
  await tx.wanted.updateMany({ where: { hiddenById: memberId }, data: { hiddenById: null } })
  await tx.wanted.updateMany({ where: { mentorId: memberId }, data: { mentorId: null, invitedAt: null, invitationText: null } })
}

/** The title, and the member whom "@ada" names. Throws a Refusal that says at which field nothing is meant. */
async function lookUp({ community, kind, title }: AskFor, tx: Db = db()): Promise<{ title: string; aboutId: string | null }> {
  const there = await tx.community.count({ where: { id: community } })
  ensure(there === 1, 'invalid', 'Please look again at what is marked.', { fields: { community: 'Choose one of the list.' } })
  if (kind === 'topic' || !title.startsWith('@')) return { title, aboutId: null }
  const handle = title.slice(1).toLowerCase()
  const about = await tx.member.findFirst({
    where: { handle, deletedAt: null, profileHiddenAt: null },
    select: { id: true, name: true },
  })
  ensure(about !== null, 'invalid', 'Please look again at what is marked.', { fields: { title: `Nobody here has the handle ${handle}.` } })
  // A short name is none that the table takes.
  return { title: [...about.name].length < 3 ? `${about.name} (@${handle})` : about.name, aboutId: about.id }
}

/** Under the first address that is free, with whoever asks as the first who joins; what is open under the same words is joined. */
async function makeWanted(tx: Db, memberId: string, asked: AskFor, now: Date): Promise<string> {
  // Who asks there at this moment waits, and so does who is leaving.
  await tx.$queryRaw`SELECT 1 AS held FROM "Account" WHERE "memberId" = ${memberId}::uuid FOR KEY SHARE`
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('wanted things are written one after the other'))`
  const { community: communityId, kind, why } = asked
  const { title, aboutId } = await lookUp(asked, tx)
  const [same] = await tx.$queryRaw<{ id: string; slug: string }[]>`
    SELECT id, slug FROM "Wanted" w WHERE "communityId" = ${communityId}::uuid AND kind = ${kind} AND lower(title) = lower(${title})
      AND ${shownWanted} AND "closedAt" IS NULL ORDER BY id LIMIT 1`
  if (same) {
    await join(tx, same.id, memberId, now)
    return same.slug
  }
  const id = uuidv7()
  const slug = await freeSlug(tx, title)
  await tx.wanted.create({ data: { id, slug, communityId, kind, title, why, aboutId, askedById: memberId, askedAt: now } })
  await join(tx, id, memberId, now)
  return slug
}

async function freeSlug(tx: Db, title: string): Promise<string> {
  const slug = slugOf(title) ?? 'wish'
  // At "new" is the form.
  const wished = wishes(slug === 'new' ? 'a-new-one' : slug)
  const taken = await tx.wanted.findMany({ where: { slug: { in: wished } }, select: { slug: true } })
  const free = wished.find((each) => !taken.some((other) => other.slug === each))
  return free ?? `${slug.slice(0, 60)}-${uuidv7()}`
}

async function join(tx: Db, wantedId: string, memberId: string, now: Date): Promise<void> {
  const { count } = await tx.wantedJoin.createMany({ data: [{ wantedId, memberId, joinedAt: now }], skipDuplicates: true })
  if (!count) return
  const { readyAt, joinCount, community } = await tx.wanted.findUniqueOrThrow({
    where: { id: wantedId },
    select: { readyAt: true, joinCount: true, community: { select: { wantedThreshold: true } } },
  })
  if (!readyAt && joinCount >= community.wantedThreshold) await makeReady(tx, wantedId, now)
}

/** Enough people want it: tells the hosts. Done twice, or by several at one moment, each is told once, by the key of the notice. */
async function makeReady(tx: Db, id: string, now: Date): Promise<void> {
  await announce(tx, { event: 'wanted-ready', wantedId: id })
  await tx.wanted.updateMany({ where: { id, readyAt: null }, data: { readyAt: now } })
}

/** The address that it goes to, and whose it is where a handle says so. */
async function findInvited(tx: Db, who: string): Promise<{ email: string; memberId: string | null }> {
  const wrong = (word: string) => ({ fields: { who: word } })
  if (who.includes('@', 1)) {
    const email = Email.safeParse(who)
    ensure(email.success, 'invalid', 'Please look again at what is marked.', wrong('This is no e-mail address that mail can be sent to.'))
    return { email: email.data, memberId: null }
  }
  const handle = who.replace(/^@/, '')
  const member = await tx.member.findFirst({
    where: { handle, deletedAt: null, account: { isNot: null } },
    select: { id: true, account: { select: { email: true } } },
  })
  ensure(!!member?.account, 'invalid', 'Please look again at what is marked.', wrong(`Nobody here has the handle ${handle}.`))
  return { email: member.account.email, memberId: member.id }
}

type Mailed = { id: string; email: string; text: string; invitationId: string; communityId: string }

async function mailInvitation(tx: Db, { id, email, text, invitationId, communityId }: Mailed): Promise<void> {
  const { name } = await tx.community.findUniqueOrThrow({ where: { id: communityId }, select: { name: true } })
  const link = env().SITE_URL + paths.invitation(invitationWord(invitationId))
  const never = env().SITE_URL + paths.noInvitations(noInvitationsWord({ email, wanted: id }))
  await enqueueMail(tx, { kind: 'invitation', to: email, props: { community: name, text, link, never } })
}

/** A mentor who is wished for has said no: then it is over. For a topic the hosts can invite somebody else. */
async function decline(tx: Db, wanted: Invited, never: boolean, now: Date): Promise<void> {
  if (wanted.invitationId) await closeInvitation(tx, wanted.invitationId)
  const over = wanted.kind === 'mentor' ? { closedAt: now } : {}
  await tx.wanted.update({
    where: { id: wanted.id },
    data: { mentorId: null, invitationId: null, invitedAt: null, invitationText: null, ...over },
  })
  const line = never ? `Whoever was invited ${NOT_TO_INVITE} again.` : null
  await announce(tx, { event: 'wanted-declined', wantedId: wanted.id, line })
}

type Invited = {
  id: string
  slug: string
  kind: string
  title: string
  communityId: string
  readyAt: Date | null
  closedAt: Date | null
  topicId: string | null
  mentorId: string | null
  invitationId: string | null
}

async function lockById(tx: Db, id: string): Promise<Invited | null> {
  const [wanted] = await tx.$queryRaw<Invited[]>`
    SELECT id, slug, kind, title, "communityId", "readyAt", "closedAt", "topicId", "mentorId", "invitationId"
    FROM "Wanted" w WHERE id = ${id}::uuid AND ${shownWanted} FOR NO KEY UPDATE`
  return wanted ?? null
}

/** For a host of its community, what is open. To others it is not there. */
async function lockHosted(tx: Db, viewer: Viewer, id: string): Promise<Invited> {
  const wanted = await lockById(tx, id)
  ensure(wanted !== null && canHost(viewer, wanted.communityId), 'not_found', 'There is nothing here that you host.')
  ensure(wanted.closedAt === null, 'conflict', 'This is over.')
  return wanted
}

/** For whoever is invited: a member whom a host named, or who came by the link of the mail. */
async function lockInvited(tx: Db, memberId: string, id: string): Promise<Invited> {
  await tx.$queryRaw`SELECT 1 AS held FROM "Account" WHERE "memberId" = ${memberId}::uuid FOR KEY SHARE`
  const wanted = await lockById(tx, id)
  const { invitationId = null, mentorId = null } = wanted ?? {}
  const byMail =
    invitationId !== null && mentorId === null && (await tx.invitation.count({ where: { id: invitationId, usedById: memberId } })) === 1
  ensure(wanted !== null && (mentorId === memberId || byMail), 'not_found', 'There is no invitation of yours here.')
  ensure(wanted.closedAt === null, 'conflict', 'This is over.')
  return wanted
}

/**
 * What is wanted, locked, with its number as it is now; nothing where it or the account is gone. The account comes first:
 * somebody who is leaving holds it and wants these rows next.
 */
function lockedWanted(memberId: string, slug: string): Prisma.Sql {
  return Prisma.sql`person AS MATERIALIZED (
      SELECT FROM "Account" WHERE "memberId" = ${memberId}::uuid FOR KEY SHARE
    ), wanted AS MATERIALIZED (
      SELECT id, "communityId", "joinCount", "readyAt", "closedAt" IS NOT NULL AS over, "askedById" IS NOT DISTINCT FROM ${memberId}::uuid AS own
      FROM "Wanted" w WHERE slug = ${slug} AND ${shownWanted} AND EXISTS (SELECT FROM person) FOR NO KEY UPDATE
    )`
}
