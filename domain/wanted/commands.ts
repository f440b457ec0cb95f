import { v7 as uuidv7 } from 'uuid'
import type { z } from 'zod'
import { noteEvent } from '#domain/audit-event/commands.ts'
import { keepThreshold } from '#domain/community/commands.ts'
import { canHost } from '#domain/community/rules.ts'
import { forgetDraft, keepUnderWord } from '#domain/draft/commands.ts'
import { findWaitingWanted } from '#domain/draft/queries.ts'
import { closeInvitation } from '#domain/invitation/commands.ts'
import { notToInviteAmong } from '#domain/not-to-invite/queries.ts'
import { announce } from '#domain/notice/commands.ts'
import { ensureMayTakePart } from '#domain/session/rules.ts'
import { findNamed, listLikeWanted, openWanted, shownWanted } from '#domain/wanted/queries.ts'
import {
  type AskFor,
  type AskForWanted,
  type AttachQuestion,
  canWithdraw,
  GONE,
  type JoinState,
  NEW_WANTED,
  QUESTION_FIRST,
  readWaiting,
  type SetThreshold,
  type Withdrawable,
  type WithdrawWanted,
  waitingPlace,
} from '#domain/wanted/rules.ts'
import { type Db, db, Prisma } from '#lib/db.ts'
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
  const named = await lookUp(asked)
  const like = seen || (await findSame(db(), asked, named)) ? [] : await listLikeWanted(asked.community, named.title)
  if (!viewer || like.length) {
    const row = {
      place: waitingPlace(asked),
      title: asked.title,
      details: asked.why ?? '',
      topic: 'none',
      showName: false,
      askKey: uuidv7(),
    }
    const word = await keepUnderWord(row, draft, now)
    if (like.length) return { to: paths.newWanted({ draft: word }) }
    return { to: paths.signIn(paths.waitingPress()), waitingPress: `${NEW_WANTED} ${word}` }
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
  const [left] = await db().$queryRaw<{ own: boolean; over: boolean; asks: boolean; people: number }[]>`
    WITH ${lockedWanted(viewer.memberId, slug)}, gone AS (
      DELETE FROM "WantedJoin" j USING wanted WHERE j."wantedId" = wanted.id AND j."memberId" = ${viewer.memberId}::uuid AND NOT own AND NOT over
        AND j.question IS NULL RETURNING 1
    )
    SELECT own, over, "joinCount" - (SELECT count(*)::int FROM gone) AS people,
      EXISTS (SELECT FROM "WantedJoin" j WHERE j."wantedId" = wanted.id AND j."memberId" = ${viewer.memberId}::uuid AND j.question IS NOT NULL) AS asks
    FROM wanted`
  ensure(left !== undefined, 'not_found', GONE)
  ensure(!left.over, 'conflict', 'This is over: who joined stays counted.')
  ensure(!left.own, 'conflict', 'You asked for this, so you are counted.')
  // It would be gone with the join, by a slip of the finger.
  ensure(!left.asks, 'conflict', QUESTION_FIRST)
  return { joined: false, people: left.people }
}

/**
 * Keeps the question that the person brings along, or takes it back. Nobody reads who asks it. What hosts left out were the words of
 * before: others are handed on again.
 */
export async function attachQuestion(viewer: Viewer, { id, question }: z.output<typeof AttachQuestion>): Promise<Outcome> {
  ensureMayTakePart(viewer)
  const { memberId } = viewer
  const [kept] = await db().$queryRaw<{ slug: string }[]>`
    UPDATE "WantedJoin" j SET question = ${question}, "leftOut" = j."leftOut" AND j.question IS NOT DISTINCT FROM ${question}
    FROM "Wanted" w WHERE w.id = j."wantedId" AND w.id = ${id}::uuid AND j."memberId" = ${memberId}::uuid AND ${openWanted} RETURNING w.slug`
  ensure(kept !== undefined, 'not_found', 'This is over, or you have not joined it.')
  return { to: paths.ownWanted(kept.slug, { done: 'saved' }) }
}

/** Takes back what nobody else has joined, and nobody is invited to. */
export async function withdrawWanted(viewer: Viewer, { id }: z.output<typeof WithdrawWanted>, { now }: Visit): Promise<Outcome> {
  ensureMayTakePart(viewer)
  await db().$transaction(async (tx) => {
    const [wanted] = await tx.$queryRaw<(Withdrawable & { invitationId: string | null })[]>`
      SELECT "askedById", "joinCount", "hiddenAt", "closedAt", "mentorId", "invitationId" FROM "Wanted" w WHERE id = ${id}::uuid AND ${shownWanted} FOR UPDATE`
    ensure(wanted !== undefined && wanted.askedById === viewer.memberId, 'not_found', 'There is nothing of yours here.')
    const { mentorId, invitationId } = wanted
    ensure(wanted.joinCount <= 1, 'conflict', 'Others have joined: it is theirs too, and stays.')
    ensure(canWithdraw(viewer, wanted), 'conflict', mentorId ? 'Somebody is invited: it stays.' : 'This is over.')
    const good = invitationId
      ? await tx.invitation.count({ where: { id: invitationId, OR: [{ usedAt: { not: null } }, { expiresAt: { gt: now } }] } })
      : 0
    ensure(!good, 'conflict', 'Somebody is invited: it stays.')
    // Else whoever is reported would be rid of the report with it.
    ensure(!(await tx.report.count({ where: { wantedId: id, closedAt: null } })), 'conflict', 'It cannot be taken back at the moment.')
    await tx.wanted.delete({ where: { id } })
    if (invitationId) await closeInvitation(tx, invitationId)
  })
  return { to: paths.wantedList() }
}

/** From how many people on the hosts of a community are told; what has as many is ready at once. */
export async function setThreshold(viewer: Viewer, { id, threshold }: z.output<typeof SetThreshold>, visit: Visit): Promise<Outcome> {
  ensure(viewer !== null, 'sign_in', 'Sign in first.')
  ensure(canHost(viewer, id), 'not_found', 'There is no community that you host here.')
  await db().$transaction(async (tx) => {
    // Before the community, as whoever sets a date.
    await tx.$queryRaw`SELECT 1 AS locked FROM "Wanted" w WHERE "communityId" = ${id}::uuid AND ${shownWanted} ORDER BY id FOR NO KEY UPDATE`
    await keepThreshold(tx, id, threshold)
    const enough = await tx.wanted.findMany({
      where: { communityId: id, hiddenAt: null, closedAt: null, readyAt: null, joinCount: { gte: threshold } },
      select: { id: true },
    })
    for (const wanted of enough) await makeReady(tx, wanted.id, visit.now)
    await noteEvent(tx, { act: 'edit-community', by: viewer.memberId, of: id }, visit)
  })
  return { message: 'Saved.' }
}

/** Enough people want it: tells the hosts. Done twice, or by several at one moment, each is told once, by the key of the notice. */
export async function makeReady(tx: Db, id: string, now: Date): Promise<void> {
  await announce(tx, { event: 'wanted-ready', wantedId: id })
  await tx.wanted.updateMany({ where: { id, readyAt: null }, data: { readyAt: now } })
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
      OR "invitedById" = ${memberId}::uuid OR id IN (SELECT "wantedId" FROM "WantedJoin" WHERE "memberId" = ${memberId}::uuid)
      OR "invitationId" IN (SELECT id FROM "Invitation" WHERE "invitedById" = ${memberId}::uuid AND "usedAt" IS NULL)
    ORDER BY id FOR UPDATE`
  await tx.wantedJoin.deleteMany({ where: { memberId } })
  await tx.wanted.deleteMany({
    where: { OR: [{ aboutId: memberId }, { askedById: memberId, ...(written === 'stays' && { joinCount: 0 }) }] },
  })
  await tx.wanted.updateMany({ where: { askedById: memberId }, data: { askedById: null } })
  // It ends with their name.
  await tx.wanted.updateMany({ where: { invitedById: memberId }, data: { invitationText: null, invitedById: null } })
  await tx.wanted.updateMany({ where: { hiddenById: memberId }, data: { hiddenById: null } })
}

type Named = { title: string; aboutId: string | null }

/** The title, and the member whom "@ada" names. Throws a Refusal that says at which field nothing is meant. */
async function lookUp({ community, kind, title }: AskFor, tx: Db = db()): Promise<Named> {
  const there = await tx.community.count({ where: { id: community } })
  ensure(there === 1, 'invalid', 'Please look again at what is marked.', { fields: { community: 'Choose one of the list.' } })
  if (kind === 'topic' || !title.startsWith('@')) return { title, aboutId: null }
  const named = await findNamed(community, title, tx)
  // The same words for whoever is not here and for whoever does not want to be invited: that is nobody's business.
  const nobody = { fields: { title: `Nobody can be asked for by the handle ${title.slice(1).toLowerCase()}.` } }
  ensure(named !== null, 'invalid', 'Please look again at what is marked.', nobody)
  ensure((await notToInviteAmong([named.aboutId], tx)).length === 0, 'invalid', 'Please look again at what is marked.', nobody)
  return named
}

/** What is open already and the same: for a member that member, else the words. */
async function findSame(tx: Db, { community, kind }: AskFor, { title, aboutId }: Named, lock = Prisma.empty) {
  const meant = aboutId ? Prisma.sql`w."aboutId" = ${aboutId}::uuid` : Prisma.sql`w."aboutId" IS NULL AND lower(w.title) = lower(${title})`
  const [same] = await tx.$queryRaw<{ id: string; slug: string }[]>`
    SELECT id, slug FROM "Wanted" w WHERE "communityId" = ${community}::uuid AND kind = ${kind} AND ${meant}
      AND ${shownWanted} AND "closedAt" IS NULL ORDER BY id LIMIT 1 ${lock}`
  return same
}

/** Under the first address that is free, with whoever asks as the first who joins; what is open under the same words is joined. */
async function makeWanted(tx: Db, memberId: string, asked: AskFor, now: Date): Promise<string> {
  // Who asks there at this moment waits, and so does who is leaving.
  await tx.$queryRaw`SELECT 1 AS held FROM "Account" WHERE "memberId" = ${memberId}::uuid FOR KEY SHARE`
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('wanted things are written one after the other'))`
  const { community: communityId, kind, why } = asked
  const { title, aboutId } = await lookUp(asked, tx)
  const same = await findSame(tx, asked, { title, aboutId }, Prisma.sql`FOR NO KEY UPDATE`)
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

/**
 * What is wanted, locked, with its number as it is now; nothing where it or the account is gone. The account comes first:
 * somebody who is leaving holds it and wants these rows next.
 */
function lockedWanted(memberId: string, slug: string): Prisma.Sql {
  return Prisma.sql`person AS MATERIALIZED (
      SELECT FROM "Account" WHERE "memberId" = ${memberId}::uuid FOR KEY SHARE
    ), wanted AS MATERIALIZED (
      SELECT id, slug, "communityId", "joinCount", "readyAt", "closedAt" IS NOT NULL AS over, "askedById" IS NOT DISTINCT FROM ${memberId}::uuid AS own
      FROM "Wanted" w WHERE w.slug = ${slug} AND ${shownWanted} AND EXISTS (SELECT FROM person) FOR NO KEY UPDATE
    )`
}
