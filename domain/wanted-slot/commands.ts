import type { z } from 'zod'
import { Email } from '#domain/account/rules.ts'
import { isFree, scheduleAma } from '#domain/ama/commands.ts'
import { startOf } from '#domain/ama/rules.ts'
import { remindEach } from '#domain/ama-reminder/commands.ts'
import { requestOwn } from '#domain/answer-request/commands.ts'
import { noteInvitedMentor } from '#domain/audit-event/commands.ts'
import { canHost } from '#domain/community/rules.ts'
import { closeInvitation, openInvitation } from '#domain/invitation/commands.ts'
import { invitationWord } from '#domain/invitation/queries.ts'
import { enqueueMail } from '#domain/mail/commands.ts'
import { makeMentor } from '#domain/member/commands.ts'
import { keepFromInvitations, letInvite } from '#domain/not-to-invite/commands.ts'
import { mayInvite, noInvitationsWord, readNoInvitationsWord } from '#domain/not-to-invite/queries.ts'
import { NO_SUCH_LINK, NOT_TO_INVITE } from '#domain/not-to-invite/rules.ts'
import { announce } from '#domain/notice/commands.ts'
import { lockAskers, makeQuestion } from '#domain/question/commands.ts'
import { ensureMayTakePart } from '#domain/session/rules.ts'
import { topicNamed } from '#domain/topic/commands.ts'
import { makeReady } from '#domain/wanted/commands.ts'
import { shownWanted } from '#domain/wanted/queries.ts'
import { enoughToCome, GONE } from '#domain/wanted/rules.ts'
import { listBrought, standingOfYes } from '#domain/wanted-slot/queries.ts'
import {
  type DeclineWanted,
  type EndWanted,
  type InviteForWanted,
  invitedSince,
  type LeaveOutQuestion,
  type NeverInvite,
  type OfferSlots,
  type PickSlots,
  pickedNumbers,
  typedSlots,
} from '#domain/wanted-slot/rules.ts'
import { type Db, db } from '#lib/db.ts'
import { env } from '#lib/env.ts'
import { log } from '#lib/log.ts'
import { paths } from '#lib/paths.ts'
import { ensure, Refusal } from '#lib/refusal.ts'
import type { Viewer } from '#lib/viewer.ts'
import type { Outcome, Visit } from '#lib/visit.ts'

/**
 * A host invites somebody to whom people wish to speak: a member by the handle, who is told, or anybody by mail, whose address
 * is not kept. Whoever was invited before is invited no longer, unless they said yes and it can still become a date.
 */
export async function inviteForWanted(
  viewer: Viewer,
  { id, topic, who, text, invited: before }: z.output<typeof InviteForWanted>,
  { now }: Visit,
): Promise<Outcome> {
  ensure(viewer !== null, 'sign_in', 'Sign in first.')
  return db().$transaction(async (tx) => {
    const wanted = await lockHosted(tx, viewer, id)
    const { communityId, slug } = wanted
    // A form that is sent twice, or by two hosts at one moment, would make the first link lead nowhere.
    ensure(before === undefined || before === invitedSince(wanted), 'conflict', 'Somebody has been invited meanwhile. Look again.')
    await ensureNoYes(tx, id, wanted.offeredAt, now)
    ensure(wanted.readyAt !== null, 'conflict', 'Not enough people want it yet.')
    const topicId = topic === 'new' ? null : topic
    const there = topicId === null ? 1 : await tx.topic.count({ where: { id: topicId, communityId } })
    ensure(there === 1, 'invalid', 'Please look again at what is marked.', { fields: { topic: 'Choose one of the list.' } })
    const { email, memberId } = await findInvited(tx, who)
    const refused = { fields: { who: `${memberId ? 'This member' : 'This address'} ${NOT_TO_INVITE}.` } }
    ensure(await mayInvite(email, tx), 'conflict', 'Please look again at what is marked.', refused)
    if (wanted.invitationId) await closeInvitation(tx, wanted.invitationId)
    const invitationId = memberId ? null : await openInvitation(tx, { communityId, invitedById: viewer.memberId }, now)
    await forgetSlots(tx, id)
    const invited = {
      topicId,
      mentorId: memberId,
      invitationId,
      invitedAt: now,
      invitationText: text,
      invitedById: viewer.memberId,
      offeredAt: null,
    }
    await tx.wanted.update({ where: { id }, data: invited })
    if (memberId) await announce(tx, { event: 'wanted-invitation', wantedId: id, memberId }, viewer.memberId)
    if (invitationId) await mailInvitation(tx, { id, email, text, invitationId, communityId })
    return { to: paths.hostedWanted(slug, 'invited') }
  })
}

/**
 * A host says that it will not come about, which everybody concerned is told: those who joined, the other hosts, and whoever is
 * invited. Not while a yes can still become a date: it was said to those who joined.
 */
export async function endWanted(viewer: Viewer, { id }: z.output<typeof EndWanted>, { now }: Visit): Promise<Outcome> {
  ensure(viewer !== null, 'sign_in', 'Sign in first.')
  return db().$transaction(async (tx) => {
    const { slug, invitationId, offeredAt } = await lockHosted(tx, viewer, id)
    await ensureNoYes(tx, id, offeredAt, now)
    if (invitationId) await closeInvitation(tx, invitationId)
    await forgetSlots(tx, id)
    await tx.wanted.update({ where: { id }, data: { offeredAt: null, closedAt: now } })
    await announce(tx, { event: 'wanted-ended', wantedId: id }, viewer.memberId)
    return { to: paths.hostedWanted(slug) }
  })
}

/**
 * A host leaves a question out that somebody brought along, so that neither the invited nor the AMA has it, or takes it in again. It
 * is known by its words: whoever asks it is told to nobody.
 */
export async function leaveOutQuestion(viewer: Viewer, { id, question, again }: z.output<typeof LeaveOutQuestion>): Promise<Outcome> {
  ensure(viewer !== null, 'sign_in', 'Sign in first.')
  return db().$transaction(async (tx) => {
    const { slug } = await lockHosted(tx, viewer, id)
    await tx.wantedJoin.updateMany({ where: { wantedId: id, question }, data: { leftOut: again !== 'on' } })
    return { to: paths.hostedWanted(slug) }
  })
}

/** A member who is invited says no; `never`: and does not want to be invited to anything here. */
export async function declineWanted(viewer: Viewer, { id, never }: z.output<typeof DeclineWanted>, { now }: Visit): Promise<Outcome> {
  ensureMayTakePart(viewer)
  const { memberId } = viewer
  return db().$transaction(async (tx) => {
    const wanted = await lockInvited(tx, memberId, id)
    await decline(tx, wanted, { memberId, never: never === 'on' }, now)
    if (!never) return { to: paths.wantedList() }
    const { email } = await tx.account.findUniqueOrThrow({ where: { memberId }, select: { email: true } })
    await keepFromInvitations(tx, email, now)
    return { to: paths.noInvitations(noInvitationsWord({ email, wanted: null }), 'never') }
  })
}

/**
 * Whoever is invited says yes by offering times, which are then all there are; everybody who joined is told, and says which suit. It
 * makes a mentor of the community of them: a host asked for it.
 */
export async function offerSlots(viewer: Viewer, typed: z.output<typeof OfferSlots>, { now, address }: Visit): Promise<Outcome> {
  ensureMayTakePart(viewer)
  const { memberId } = viewer
  const slots = typedSlots(typed).map((slot) => ({ ...slot, startsAt: startOfSlot(slot, typed.zone, now) }))
  ensureApart(slots)
  return db().$transaction(async (tx) => {
    const wanted = await lockInvited(tx, memberId, typed.id)
    const { id, communityId, slug } = wanted
    await ensureFree(tx, memberId, slots, typed.minutes)
    const mentors = await tx.communityMentor.count({ where: { communityId, memberId } })
    if (!mentors) {
      await makeMentor(tx, memberId, communityId, now)
      await noteInvitedMentor(tx, { ...wanted, memberId }, { now, address })
    }
    const rows = slots.map(({ number, date, time, startsAt }) => ({ number, startsAtLocal: new Date(`${date}T${time}:00Z`), startsAt }))
    const before = await tx.wantedSlot.findMany({ where: { wantedId: id }, select: { startsAt: true } })
    if (instants(before) === instants(rows)) {
      // Nobody has to say anew what suits, or is told again.
      for (const { startsAt, startsAtLocal } of rows)
        await tx.wantedSlot.updateMany({ where: { wantedId: id, startsAt }, data: { startsAtLocal, timeZone: typed.zone } })
      await tx.wanted.update({ where: { id }, data: { minutes: typed.minutes } })
      return { to: paths.wantedInvitation(slug, 'offered') }
    }
    await forgetSlots(tx, id)
    await tx.wantedSlot.createMany({ data: rows.map((row) => ({ ...row, wantedId: id, timeZone: typed.zone })) })
    await tx.wanted.update({ where: { id }, data: { mentorId: memberId, minutes: typed.minutes, offeredAt: now } })
    await announce(tx, { event: 'wanted-slots', wantedId: id, mentorId: memberId })
    return { to: paths.wantedInvitation(slug, 'offered') }
  })
}

/**
 * Says which of the times suit somebody who joined. The first time to which enough can come becomes the date: once, whoever says so
 * at one moment.
 */
export async function pickSlots(viewer: Viewer, typed: z.output<typeof PickSlots>, { now }: Visit): Promise<Outcome> {
  ensureMayTakePart(viewer)
  const { memberId } = viewer
  // It holds the own row alone, so that crowds say so at one moment; the numbers hold for as long as these times are offered.
  const [picked] = await db().$queryRaw<{ slug: string; over: boolean; joined: boolean; same: boolean }[]>`
    WITH wanted AS MATERIALIZED (
      SELECT id, slug, "offeredAt", "closedAt" IS NOT NULL AS over FROM "Wanted" w WHERE w.id = ${typed.id}::uuid AND ${shownWanted}
    ), picked AS (
      UPDATE "WantedJoin" j SET "pickedOf" = "offeredAt", picked = ARRAY(
        SELECT number::int FROM "WantedSlot" s WHERE s."wantedId" = j."wantedId" AND number = ANY(${pickedNumbers(typed)}::int[]) ORDER BY number)
      FROM wanted WHERE j."wantedId" = wanted.id AND j."memberId" = ${memberId}::uuid AND NOT over AND "offeredAt" = ${typed.offered}
      RETURNING 1
    )
    SELECT slug, over, EXISTS (SELECT FROM "WantedJoin" j WHERE j."wantedId" = wanted.id AND j."memberId" = ${memberId}::uuid) AS joined,
      EXISTS (SELECT FROM picked) AS same FROM wanted`
  ensure(picked !== undefined, 'not_found', GONE)
  ensure(!picked.over, 'conflict', 'A date is set already, or this is over.')
  ensure(picked.joined, 'forbidden', 'Join first.')
  // The numbers of a page from before mean other times by now.
  ensure(picked.same, 'conflict', 'The times have changed. Load this page again, and look which suit you.')
  if ((await slotsWithEnough(db(), typed.id, now)).length) await setDate(typed.id, now)
  return { to: paths.ownWanted(picked.slug, { done: 'saved' }) }
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
    if (!wanted || wanted.closedAt || !wanted.invitationId || wanted.mentorId) return
    if (!(await tx.invitation.count({ where: { id: wanted.invitationId, usedAt: null } }))) return
    const account = await tx.account.findUnique({ where: { email: said.email }, select: { memberId: true } })
    await decline(tx, wanted, { memberId: account?.memberId ?? null, never: true }, now)
  })
  return { to: paths.noInvitations(word, again ? 'again' : 'never') }
}

/**
 * Sets the dates and tells the hosts where that is due and was not done: by whoever picked a time or joined, after that was kept, and a
 * process may end in between. Ends a yes whose times are past. Done twice, it finds nothing more.
 */
export async function settleWanted(now: Date): Promise<void> {
  const ready = await db().$queryRaw<{ id: string }[]>`
    SELECT w.id FROM "Wanted" w JOIN "Community" c ON c.id = w."communityId"
    WHERE ${shownWanted} AND w."closedAt" IS NULL AND w."readyAt" IS NULL AND w."joinCount" >= c."wantedThreshold" ORDER BY w.id`
  for (const { id } of ready) await settle(() => makeReady(db(), id, now))
  const offered = await db().$queryRaw<{ id: string; ahead: boolean }[]>`
    SELECT w.id, EXISTS (SELECT FROM "WantedSlot" s WHERE s."wantedId" = w.id AND s."startsAt" > ${now}) AS ahead
    FROM "Wanted" w WHERE ${shownWanted} AND w."closedAt" IS NULL AND w."offeredAt" IS NOT NULL ORDER BY w.id`
  for (const { id, ahead } of offered) {
    await settle(async () => {
      if (!ahead) return lapse(id, now)
      if ((await slotsWithEnough(db(), id, now)).length) await setDate(id, now)
    })
  }
}

/** None of the times has become the date: whoever offered them is invited as before, and hosts can invite somebody else. */
async function lapse(id: string, now: Date): Promise<void> {
  await db().$transaction(async (tx) => {
    const wanted = await lockById(tx, id)
    if (!wanted?.mentorId || !wanted.offeredAt || wanted.closedAt || (await standingOfYes(id, now, tx)).ahead) return
    await forgetSlots(tx, id)
    await tx.wanted.update({ where: { id }, data: { offeredAt: null } })
    await announce(tx, { event: 'wanted-lapsed', wantedId: id, mentorId: wanted.mentorId })
  })
}

/** What cannot be done for one is tried again with the next round, and keeps none of the others waiting. */
async function settle(one: () => Promise<void>): Promise<void> {
  try {
    await one()
  } catch (error) {
    log().error({ err: error }, 'something wanted could not be settled')
  }
}

/** Of a member who is leaving, after `forgetWantedOf`: what they were invited to waits for somebody else, without their times. */
export async function forgetSlotsOf(tx: Db, memberId: string): Promise<void> {
  await tx.wantedSlot.deleteMany({ where: { wanted: { mentorId: memberId, closedAt: null } } })
  await tx.wanted.updateMany({ where: { mentorId: memberId }, data: UNINVITED })
}

/** Throws a Refusal where somebody has said yes, and one of the times can still become the date. */
async function ensureNoYes(tx: Db, id: string, offeredAt: Date | null, now: Date): Promise<void> {
  const { able, ahead } = await standingOfYes(id, now, tx)
  ensure(offeredAt === null || !able || !ahead, 'conflict', 'Whoever was invited has said yes, and offers times.')
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

/** Throws a Refusal that says at which field of the form no time is meant. */
function startOfSlot({ number, date, time }: { number: number; date: string; time: string }, zone: string, now: Date): Date {
  ensure(time !== '', 'invalid', 'Please look again at what is marked.', { fields: { [`time${number}`]: 'Say the time.' } })
  try {
    return startOf({ date, time, zone }, now)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const fields = Object.entries(error.fields).map(([field, word]) => [`${field}${number}`, word])
    throw new Refusal(error.code, error.message, { fields: Object.fromEntries(fields) })
  }
}

/** Throws a Refusal that says at which fields of the form a time stands again: those who pick it would be split. */
function ensureApart(slots: { number: number; startsAt: Date }[]): void {
  const again = slots.filter(({ startsAt }, i) => slots.findIndex((other) => other.startsAt.getTime() === startsAt.getTime()) < i)
  const fields = Object.fromEntries(again.map(({ number }) => [`time${number}`, 'This time stands above already.']))
  ensure(again.length === 0, 'invalid', 'Please look again at what is marked.', { fields })
}

/** Throws a Refusal that says at which fields of the form the mentor holds an AMA already: none of these could become the date. */
async function ensureFree(tx: Db, memberId: string, slots: { number: number; startsAt: Date }[], minutes: number): Promise<void> {
  const fields: Record<string, string> = {}
  for (const { number, startsAt } of slots) {
    const free = await isFree(tx, memberId, { startsAt, endsAt: endOf(startsAt, minutes) })
    if (!free) fields[`time${number}`] = 'You hold another AMA then, or are asked to.'
  }
  ensure(Object.keys(fields).length === 0, 'conflict', 'Please look again at what is marked.', { fields })
}

function endOf(startsAt: Date, minutes: number): Date {
  return new Date(startsAt.getTime() + minutes * 60_000)
}

/** To compare what is offered with what was. */
function instants(slots: { startsAt: Date }[]): string {
  return slots
    .map(({ startsAt }) => startsAt.toISOString())
    .toSorted()
    .join()
}

type Chosen = { startsAtLocal: Date; timeZone: string; startsAt: Date }

/** While it is open, the times to come that suit enough of those who joined, the mentor not counted, earliest first. */
async function slotsWithEnough(tx: Db, wantedId: string, now: Date): Promise<Chosen[]> {
  const slots = await tx.$queryRaw<(Chosen & { people: number; threshold: number })[]>`
    SELECT s."startsAtLocal", s."timeZone", s."startsAt", c."wantedThreshold" AS threshold, (
      SELECT count(*)::int FROM "WantedJoin" j WHERE j."wantedId" = w.id AND j."pickedOf" = w."offeredAt" AND s.number = ANY(j.picked)
        AND j."memberId" IS DISTINCT FROM w."mentorId") AS people
    FROM "WantedSlot" s JOIN "Wanted" w ON w.id = s."wantedId" JOIN "Community" c ON c.id = w."communityId"
    WHERE s."wantedId" = ${wantedId}::uuid AND s."startsAt" > ${now} AND w."closedAt" IS NULL ORDER BY s."startsAt", s.number`
  return slots.filter(({ people, threshold }) => people >= enoughToCome(threshold))
}

/** Milliseconds: two hundred questions are asked at once, and thousands may have joined. */
const LONG = { timeout: 60_000, maxWait: 10_000 }

/**
 * One at a time: who comes while another sets it leaves it to them, and waits for nothing. None is set with whoever may not hold it any
 * more.
 */
async function setDate(id: string, now: Date): Promise<void> {
  await db().$transaction(async (tx) => {
    const [alone] = await tx.$queryRaw<{ alone: boolean }[]>`
      SELECT pg_try_advisory_xact_lock(hashtext('the date of something wanted'), hashtext(${id})) AS alone`
    if (!alone?.alone) return
    const wanted = await lockById(tx, id)
    if (!wanted?.mentorId || !wanted.minutes || wanted.closedAt) return
    if (!(await standingOfYes(id, now, tx)).able) return
    const { communityId, mentorId, minutes } = wanted
    const joined = await listJoined(tx, id, mentorId, now)
    await lockAskers(
      tx,
      joined.asking.map(({ memberId }) => memberId),
    )
    // It locks the mentor: before the topic and the community, as whoever accepts an AMA.
    const time = await firstFree(tx, { id, mentorId, minutes }, now)
    if (!time) return
    const topicId = wanted.topicId ?? (await topicNamed(tx, communityId, wanted.title, now))
    // Whoever asks there at this moment wants them in this order.
    await tx.$queryRaw`SELECT 1 AS locked FROM "Topic" WHERE id = ${topicId}::uuid FOR NO KEY UPDATE`
    await tx.$queryRaw`SELECT 1 AS locked FROM "Community" WHERE id = ${communityId}::uuid FOR NO KEY UPDATE`
    const ama = await scheduleAma(tx, { communityId, topicId, mentorId, ...time }, now)
    await tx.wanted.update({ where: { id }, data: { amaId: ama.id, closedAt: now } })
    await remindEach(tx, ama.id, joined.all, now)
    await askEach(tx, joined.asking, { communityId, topicId, amaId: ama.id, askKeys: [`wanted ${id}`] }, now)
  }, LONG)
}

type Asking = { memberId: string; question: string }

/** Who joined, in that order, and whose question is asked; the mentor not. */
async function listJoined(tx: Db, wantedId: string, mentorId: string, now: Date): Promise<{ all: string[]; asking: Asking[] }> {
  const joins = await tx.wantedJoin.findMany({
    where: { wantedId, memberId: { not: mentorId } },
    orderBy: [{ joinedAt: 'asc' }, { memberId: 'asc' }],
    select: { memberId: true },
  })
  // One of the mentor's was among those that are shown.
  const asking = (await listBrought(wantedId, now, { tx })).filter(({ memberId }) => memberId !== mentorId)
  return { all: joins.map(({ memberId }) => memberId), asking }
}

/** Puts the questions into the AMA, each as its asker's. */
async function askEach(
  tx: Db,
  asking: Asking[],
  place: { communityId: string; topicId: string; amaId: string; askKeys: string[] },
  now: Date,
): Promise<void> {
  for (const { memberId, question } of asking) {
    const asked = { title: question, details: null, showName: false, askedById: memberId, askedToId: null }
    const made = await makeQuestion(tx, { ...asked, ...place }, now)
    await requestOwn(tx, made.id, memberId, now)
  }
}

/** The first of the times at which the mentor holds no AMA; null where that is none. */
async function firstFree(
  tx: Db,
  { id, mentorId, minutes }: { id: string; mentorId: string; minutes: number },
  now: Date,
): Promise<(Chosen & { endsAt: Date }) | null> {
  for (const { startsAtLocal, timeZone, startsAt } of await slotsWithEnough(tx, id, now)) {
    const endsAt = endOf(startsAt, minutes)
    if (await isFree(tx, mentorId, { startsAt, endsAt })) return { startsAtLocal, timeZone, startsAt, endsAt }
  }
  return null
}

/**
 * Where it was the member who is wished for that said no, it is over. Else, as for a topic or a role, the hosts can invite somebody:
 * `memberId` is null where whoever said it has no account.
 */
async function decline(
  tx: Db,
  wanted: Invited,
  { memberId, never }: { memberId: string | null; never: boolean },
  now: Date,
): Promise<void> {
  if (wanted.invitationId) await closeInvitation(tx, wanted.invitationId)
  const over = memberId !== null && memberId === wanted.aboutId ? { closedAt: now } : {}
  await forgetSlots(tx, wanted.id)
  await tx.wanted.update({ where: { id: wanted.id }, data: { ...UNINVITED, ...over } })
  const line = never ? `Whoever was invited ${NOT_TO_INVITE} again.` : null
  await announce(tx, { event: 'wanted-declined', wantedId: wanted.id, line })
}

/** Those who were invited are so no longer, and what they offered is gone. */
const UNINVITED = { mentorId: null, invitationId: null, invitedAt: null, invitationText: null, invitedById: null, offeredAt: null }

async function forgetSlots(tx: Db, wantedId: string): Promise<void> {
  await tx.wantedSlot.deleteMany({ where: { wantedId } })
}

type Invited = {
  id: string
  slug: string
  kind: string
  title: string
  aboutId: string | null
  communityId: string
  readyAt: Date | null
  closedAt: Date | null
  topicId: string | null
  mentorId: string | null
  invitationId: string | null
  invitedAt: Date | null
  invitedById: string | null
  offeredAt: Date | null
  minutes: number | null
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

async function lockById(tx: Db, id: string): Promise<Invited | null> {
  const [wanted] = await tx.$queryRaw<Invited[]>`
    SELECT id, slug, kind, title, "aboutId", "communityId", "readyAt", "closedAt", "topicId", "mentorId", "invitationId", "invitedAt", "invitedById", "offeredAt", minutes
    FROM "Wanted" w WHERE id = ${id}::uuid AND ${shownWanted} FOR NO KEY UPDATE`
  return wanted ?? null
}
