import { v7 as uuidv7 } from 'uuid'
import type { z } from 'zod'
import {
  type AcceptAma,
  AMA_MENTORS_MAX,
  amaSlug,
  type CancelAma,
  canHostAma,
  type DeclineAma,
  type DraftAma,
  type EditAma,
  isOver,
  OPENINGS,
  type PublishAma,
  startOf,
} from '#domain/ama/rules.ts'
import { canHost } from '#domain/community/rules.ts'
import { freeSlug } from '#domain/moved-slug/queries.ts'
import { notToInviteAmong } from '#domain/not-to-invite/queries.ts'
import { NOT_TO_INVITE } from '#domain/not-to-invite/rules.ts'
import { announce } from '#domain/notice/commands.ts'
import { ensureMayTakePart } from '#domain/session/rules.ts'
import { type Db, db, Prisma } from '#lib/db.ts'
import { renderDetails } from '#lib/markdown.ts'
import { paths } from '#lib/paths.ts'
import { ensure, Refusal } from '#lib/refusal.ts'
import type { Viewer } from '#lib/viewer.ts'
import type { Outcome, Visit } from '#lib/visit.ts'

/** Prepares an AMA that its hosts and those whom it invites see, until one of these accepts. */
export async function draftAma(viewer: Viewer, { community, ...typed }: z.output<typeof DraftAma>, { now }: Visit): Promise<Outcome> {
  ensure(viewer !== null, 'sign_in', 'Sign in first.')
  ensure(canHost(viewer, community), 'not_found', 'There is no community that you host here.')
  return db().$transaction(async (tx) => {
    const startsAt = startOf(typed, now)
    const { topic, mentors, hosts } = await lookUp(tx, community, typed)
    const id = uuidv7()
    await ensureAsked(tx, viewer, id, mentors)
    await ensureFree(tx, { id, communityId: community }, mentors, span(startsAt, typed.minutes), typed.both)
    // Whoever sets one up at this moment too wishes perhaps for the same address.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('AMAs are set up one after the other'))`
    const slug = await freeSlug('Ama', amaSlug(mentors, topic.name), undefined, tx)
    const row = { id, slug, communityId: community, createdAt: now, changedAt: now, publishedAt: null }
    await tx.ama.create({ data: { ...row, ...columnsOf(typed, startsAt) } })
    await setPeople(tx, viewer, id, mentors, hosts, now)
    return { to: paths.hostedAma(slug) }
  })
}

/** Changes an AMA until it is over; its start until it has begun. A draft that nobody has read of can always move. Whoever is concerned hears when the start moves. */
export async function editAma(viewer: Viewer, { id, ...typed }: z.output<typeof EditAma>, { now }: Visit): Promise<Outcome> {
  return run(viewer, id, async (tx, host, ama) => {
    ensureChangeable(ama, now)
    const same = ama.zone === typed.zone && ama.local === `${typed.date}T${typed.time}`
    ensure(same || ama.publishedAt === null || now < ama.startsAt, 'conflict', 'It has begun.', {
      fields: { time: 'It has begun: its start stays.' },
    })
    const startsAt = same ? ama.startsAt : startOf(typed, now)
    const { mentors, hosts } = await lookUp(tx, ama.communityId, typed, id)
    await ensureAsked(tx, host, id, mentors)
    await ensureFree(tx, ama, mentors, span(startsAt, typed.minutes), typed.both)
    // Who holds it may change too, which calendars show as well.
    await tx.ama.update({ where: { id }, data: { ...columnsOf(typed, startsAt), revision: { increment: 1 }, changedAt: now } })
    await setPeople(tx, host, id, mentors, hosts, now)
    if (startsAt.getTime() !== ama.startsAt.getTime()) await announce(tx, { event: 'ama-moved', amaId: id }, host.memberId)
    const held = await tx.amaMentor.count({ where: { amaId: id } })
    ensure(ama.publishedAt === null || held > 0, 'conflict', 'Nobody would hold it who has said yes. Cancel it instead, or wait for a yes.')
    return { to: paths.hostedAma(ama.slug, 'saved') }
  })
}

/** Shows a draft to everybody that somebody holds already: the host, who asked nobody else. */
export async function publishAma(viewer: Viewer, { id }: z.output<typeof PublishAma>, { now }: Visit): Promise<Outcome> {
  return run(viewer, id, async (tx, host, ama) => {
    const held = await tx.amaMentor.count({ where: { amaId: id } })
    ensure(held > 0, 'conflict', 'Nobody has said yes yet. The first mentor who does publishes it.')
    await publish(tx, ama, host.memberId, now)
    return { to: paths.hostedAma(ama.slug) }
  })
}

/** Cancels an AMA that is not over, or was never published. Its questions stay, open in their community. */
export async function cancelAma(viewer: Viewer, { id }: z.output<typeof CancelAma>, { now }: Visit): Promise<Outcome> {
  return run(viewer, id, async (tx, host, ama) => {
    ensureChangeable(ama, now)
    await tx.ama.update({ where: { id }, data: { cancelledAt: now, cancelledById: host.memberId } })
    await announce(tx, { event: 'ama-cancelled', amaId: id }, host.memberId)
    return { to: paths.hostedAma(ama.slug) }
  })
}

/** Says yes to holding an AMA. The first yes publishes it. */
export async function acceptAma(viewer: Viewer, { id }: z.output<typeof AcceptAma>, { now }: Visit): Promise<Outcome> {
  return answerInvitation(viewer, id, async (tx, { memberId }, ama, position) => {
    ensureOngoing(ama, now)
    await lockMembers(tx, [memberId])
    const [busy] = await busyAmong(tx, id, [memberId], ama)
    ensure(busy === undefined, 'conflict', 'You hold another AMA at that time. Ask the host for another one.')
    await tx.amaInvitation.update({
      where: { amaId_memberId: { amaId: id, memberId } },
      data: { acceptedAt: now, declinedAt: null, words: null },
    })
    const accepted = await hold(tx, id, memberId, position)
    await tx.ama.update({ where: { id }, data: { revision: { increment: 1 }, changedAt: now } })
    if (ama.publishedAt === null) await publish(tx, ama, memberId, now)
    if (accepted) await announce(tx, { event: 'ama-accepted', amaId: id, memberId })
    return { to: paths.amaInvitation(ama.slug) }
  })
}

/** Says no, also after a yes while somebody else holds it or nobody knows of it yet. */
export async function declineAma(viewer: Viewer, { id, words }: z.output<typeof DeclineAma>, { now }: Visit): Promise<Outcome> {
  return answerInvitation(viewer, id, async (tx, { memberId }, ama) => {
    ensureOngoing(ama, now)
    const { count } = await tx.amaMentor.deleteMany({ where: { amaId: id, memberId } })
    const others = await tx.amaMentor.count({ where: { amaId: id } })
    ensure(count === 0 || others > 0 || ama.publishedAt === null, 'conflict', 'Nobody else holds it. Ask a host to move or cancel it.')
    if (count) await tx.ama.update({ where: { id }, data: { revision: { increment: 1 }, changedAt: now } })
    await tx.amaInvitation.update({
      where: { amaId_memberId: { amaId: id, memberId } },
      data: { declinedAt: now, acceptedAt: null, words },
    })
    await announce(tx, { event: 'ama-declined', amaId: id, memberId })
    return { to: paths.amaInvitation(ama.slug) }
  })
}

/** Makes an AMA the archive from `closedAt` on; the caller has locked it and looked whether it may be closed. */
export async function shutAma(
  tx: Db,
  id: string,
  { closingNote, ...when }: { endsAt: Date; closedAt: Date; closedById: string | null; closingNote: string | null },
): Promise<void> {
  await tx.ama.update({ where: { id }, data: { ...when, closingNote, closingNoteHtml: closingNote && renderDetails(closingNote) } })
}

type Scheduled = Span & { communityId: string; topicId: string; mentorId: string; startsAtLocal: Date; timeZone: string }

/** Whether a mentor holds no AMA in that time; until the caller's transaction ends it stays so. */
export async function isFree(tx: Db, mentorId: string, time: Span): Promise<boolean> {
  await lockMembers(tx, [mentorId])
  return (await busyAmong(tx, null, [mentorId], time)).length === 0
}

/** Publishes an AMA at a time to come that its one mentor has said yes to and is free at, with the caller's rows. */
export async function scheduleAma(tx: Db, { mentorId, ...given }: Scheduled, now: Date): Promise<{ id: string; slug: string }> {
  const id = uuidv7()
  const [topic, mentor] = [
    await tx.topic.findUniqueOrThrow({ where: { id: given.topicId }, select: { name: true } }),
    await tx.member.findUniqueOrThrow({ where: { id: mentorId }, select: { name: true } }),
  ]
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('AMAs are set up one after the other'))`
  const slug = await freeSlug('Ama', amaSlug([mentor], topic.name), undefined, tx)
  await tx.ama.create({ data: { id, slug, createdAt: now, changedAt: now, publishedAt: null, ...given } })
  await tx.amaInvitation.create({ data: { amaId: id, memberId: mentorId, position: 1, invitedAt: now, acceptedAt: now } })
  await hold(tx, id, mentorId, 1)
  await publish(tx, { id, cancelledAt: null, startsAt: given.startsAt, endsAt: given.endsAt }, null, now)
  return { id, slug }
}

/** Takes a mentor who is leaving from AMAs: the role held then from all, and what nobody else would hold is cancelled. */
export async function leaveAmas(tx: Db, memberId: string, now: Date): Promise<void> {
  await tx.amaInvitation.deleteMany({ where: { memberId } })
  await tx.amaHost.deleteMany({ where: { memberId } })
  await tx.amaMentor.updateMany({ where: { memberId }, data: { companyId: null, title: null } })
  await tx.ama.updateMany({ where: { cancelledById: memberId }, data: { cancelledById: null } })
  await tx.ama.updateMany({ where: { closedById: memberId }, data: { closedById: null } })
  const cancelled = await tx.ama.updateManyAndReturn({
    where: {
      endsAt: { gt: now },
      cancelledAt: null,
      mentors: { some: { memberId }, every: { OR: [{ memberId }, { member: { deletedAt: { not: null } } }] } },
    },
    data: { cancelledAt: now },
    select: { id: true },
  })
  for (const { id } of cancelled) await announce(tx, { event: 'ama-cancelled', amaId: id })
}

type Typed = Omit<z.output<typeof DraftAma>, 'community'>
type Span = { startsAt: Date; endsAt: Date }
type Mentor = { id: string; handle: string; name: string }
type Locked = Span & {
  id: string
  slug: string
  communityId: string
  publishedAt: Date | null
  cancelledAt: Date | null
  zone: string
  /** "2022-05-31T10:00" */
  local: string
}

/** For one of its hosts, an AMA, locked. To others it is not there. */
async function run(
  viewer: Viewer,
  id: string,
  change: (tx: Db, host: NonNullable<Viewer>, ama: Locked) => Promise<Outcome>,
): Promise<Outcome> {
  ensure(viewer !== null, 'sign_in', 'Sign in first.')
  return db().$transaction(async (tx) => {
    const ama = await lock(tx, id)
    const hosts = await tx.amaHost.findMany({ where: { amaId: id }, select: { memberId: true } })
    const mayRun = ama !== null && canHostAma(viewer, { communityId: ama.communityId, hosts: hosts.map(({ memberId }) => memberId) })
    ensure(mayRun, 'not_found', 'There is no AMA here that you host.')
    return change(tx, viewer, ama)
  })
}

/** For whoever was invited to hold it. */
async function answerInvitation(
  viewer: Viewer,
  id: string,
  change: (tx: Db, mentor: NonNullable<Viewer>, ama: Locked, position: number) => Promise<Outcome>,
): Promise<Outcome> {
  ensureMayTakePart(viewer)
  return db().$transaction(async (tx) => {
    const ama = await lock(tx, id)
    const which = { amaId_memberId: { amaId: id, memberId: viewer.memberId } }
    const invitation = ama && (await tx.amaInvitation.findUnique({ where: which, select: { position: true } }))
    ensure(ama !== null && invitation !== null, 'not_found', 'There is no invitation of yours here.')
    return change(tx, viewer, ama, invitation.position)
  })
}

async function lock(tx: Db, id: string): Promise<Locked | null> {
  const [ama] = await tx.$queryRaw<Locked[]>`
    SELECT id, slug, "communityId", "publishedAt", "cancelledAt", "startsAt", "endsAt", "timeZone" AS zone,
      to_char("startsAtLocal", 'YYYY-MM-DD"T"HH24:MI') AS local
    FROM "Ama" WHERE id = ${id}::uuid FOR UPDATE`
  return ama ?? null
}

function ensureOngoing(ama: Pick<Locked, 'cancelledAt' | 'endsAt'>, now: Date): void {
  ensure(ama.cancelledAt === null, 'conflict', 'This AMA was cancelled.')
  ensure(now < ama.endsAt, 'conflict', 'This AMA is over.')
}

function ensureChangeable(ama: Locked, now: Date): void {
  ensure(ama.cancelledAt === null, 'conflict', 'This AMA was cancelled.')
  ensure(!isOver(ama, now), 'conflict', 'This AMA is over.')
}

async function publish(tx: Db, ama: Span & Pick<Locked, 'id' | 'cancelledAt'>, byId: string | null, now: Date): Promise<void> {
  ensureOngoing(ama, now)
  ensure(now < ama.startsAt, 'conflict', 'Its time has come before anybody could read of it. Choose a later one.')
  const { count } = await tx.ama.updateMany({ where: { id: ama.id, publishedAt: null }, data: { publishedAt: now } })
  if (count) await announce(tx, { event: 'ama-scheduled', amaId: ama.id }, byId)
}

function span(startsAt: Date, minutes: number): Span {
  return { startsAt, endsAt: new Date(startsAt.getTime() + minutes * 60_000) }
}

function columnsOf({ topic, date, time, zone, minutes, introduction, opens, checking }: Typed, startsAt: Date) {
  const before = OPENINGS[opens]
  return {
    topicId: topic,
    startsAtLocal: new Date(`${date}T${time}:00Z`),
    timeZone: zone,
    ...span(startsAt, minutes),
    introduction,
    introductionHtml: introduction && renderDetails(introduction),
    questionsOpenAt: before === null ? null : new Date(startsAt.getTime() - before * 60_000),
    checking: checking || null,
  }
}

/** The rows that the words of a form mean. Throws a Refusal that says at which field they mean none, or several. */
async function lookUp(tx: Db, communityId: string, typed: Typed, amaId?: string) {
  const topic = await tx.topic.findFirst({ where: { id: typed.topic, communityId }, select: { name: true } })
  ensure(topic !== null, 'invalid', 'Please look again at what is marked.', { fields: { topic: 'Choose one of the list.' } })
  const mentors = await findMentors(tx, communityId, typed, amaId)
  const where = { handle: { in: typed.hosts }, account: { isNot: null } }
  const hosts = await tx.member.findMany({ where, select: { id: true, handle: true } })
  const unknown = typed.hosts.filter((handle) => !hosts.some((host) => host.handle === handle))
  ensure(unknown.length === 0, 'invalid', 'Please look again at what is marked.', {
    fields: { hosts: `Nobody here has the handle ${unknown[0]}.` },
  })
  return { topic, mentors, hosts: hosts.map(({ id }) => id) }
}

/** In the order of the form. Mentors of the community, and whoever is in this AMA already. */
async function findMentors(tx: Db, communityId: string, typed: Typed, amaId: string | undefined): Promise<Mentor[]> {
  const wanted = mentorFields.map((field) => ({ field, name: typed[field].toLowerCase() })).filter(({ name }) => name !== '')
  const names = wanted.map(({ name }) => name)
  const found = await tx.$queryRaw<Mentor[]>`
    SELECT m.id, m.handle, m.name FROM "Member" m
    WHERE m."deletedAt" IS NULL AND (m.handle = ANY(${names}) OR lower(m.name) = ANY(${names})) AND (
      EXISTS (SELECT FROM "CommunityMentor" cm WHERE cm."communityId" = ${communityId}::uuid AND cm."memberId" = m.id)
      OR EXISTS (SELECT FROM "AmaMentor" am WHERE am."amaId" = ${amaId ?? null}::uuid AND am."memberId" = m.id))
    ORDER BY m.handle LIMIT 100`
  const chosen: Mentor[] = []
  const fields: Record<string, string> = {}
  for (const { field, name } of wanted) {
    const byHandle = found.find(({ handle }) => handle === name)
    const meant = byHandle ? [byHandle] : found.filter((mentor) => mentor.name.toLowerCase() === name)
    const [mentor, another] = meant
    if (!mentor) fields[field] = 'No mentor of this community has this handle or name.'
    else if (another) fields[field] = `Several are called so. Type the handle: ${meant.map(({ handle }) => handle).join(', ')}.`
    else if (chosen.includes(mentor)) fields[field] = `${mentor.name} is there already.`
    else chosen.push(mentor)
  }
  ensure(Object.keys(fields).length === 0, 'invalid', 'Please look again at what is marked.', { fields })
  return chosen
}

/** Refuses to ask who said that they do not want to be asked. Who holds it already, or sets it up, is not asked. */
async function ensureAsked(tx: Db, host: NonNullable<Viewer>, amaId: string, mentors: Mentor[]): Promise<void> {
  const held = await heldBy(tx, amaId)
  const asked = mentors.filter(({ id }) => id !== host.memberId && !held.includes(id))
  const never = await notToInviteAmong(
    asked.map(({ id }) => id),
    tx,
  )
  const fields = Object.fromEntries(
    mentors.flatMap(({ id, name }, i) => (never.includes(id) ? [[`mentor${i + 1}`, `${name} ${NOT_TO_INVITE}.`]] : [])),
  )
  ensure(never.length === 0, 'conflict', 'Please look again at what is marked.', { fields })
}

const mentorFields = ['mentor1', 'mentor2', 'mentor3', 'mentor4', 'mentor5'] as const

/** Refuses what cannot be at one time. Mentors are locked first, so that of two hosts who want one at one moment one gets the mentor. */
async function ensureFree(
  tx: Db,
  ama: { id: string; communityId: string },
  mentors: Mentor[],
  time: Span,
  both: 'on' | undefined,
): Promise<void> {
  await lockMembers(
    tx,
    mentors.map(({ id }) => id),
  )
  const busy = await busyAmong(
    tx,
    ama.id,
    mentors.map(({ id }) => id),
    time,
  )
  const fields = Object.fromEntries(
    mentors.flatMap(({ id, name }, i) => (busy.includes(id) ? [[`mentor${i + 1}`, `${name} has another AMA at that time.`]] : [])),
  )
  if (busy.length) throw new Refusal('conflict', 'Nobody can hold two AMAs at one time.', { fields })
  if (both) return
  const another = await tx.ama.count({ where: { communityId: ama.communityId, id: { not: ama.id }, cancelledAt: null, ...during(time) } })
  const word = 'Another AMA of this community is on then. Choose another time, or tick below that both may be.'
  ensure(another === 0, 'conflict', 'Please look again at what is marked.', { fields: { time: word } })
}

async function lockMembers(tx: Db, ids: string[]): Promise<void> {
  await tx.$queryRaw`SELECT 1 AS locked FROM "Member" WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR NO KEY UPDATE`
}

/** Who of these holds or is asked to hold an AMA in that time, another one than `amaId`. */
async function busyAmong(tx: Db, amaId: string | null, memberIds: string[], { startsAt, endsAt }: Span): Promise<string[]> {
  const other = Prisma.sql`a.id IS DISTINCT FROM ${amaId}::uuid AND a."cancelledAt" IS NULL AND a."startsAt" < ${endsAt} AND a."endsAt" > ${startsAt}`
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT am."memberId" AS id FROM "AmaMentor" am JOIN "Ama" a ON a.id = am."amaId" WHERE am."memberId" = ANY(${memberIds}::uuid[]) AND ${other}
    UNION SELECT i."memberId" FROM "AmaInvitation" i JOIN "Ama" a ON a.id = i."amaId"
    WHERE i."memberId" = ANY(${memberIds}::uuid[]) AND i."declinedAt" IS NULL AND ${other}`
  return rows.map(({ id }) => id)
}

function during({ startsAt, endsAt }: Span) {
  return { startsAt: { lt: endsAt }, endsAt: { gt: startsAt } }
}

/** Makes these the mentors and hosts, in this order: who is new is invited, who is no longer named is out, and told. */
async function setPeople(tx: Db, host: NonNullable<Viewer>, amaId: string, mentors: Mentor[], hosts: string[], now: Date): Promise<void> {
  const ids = mentors.map(({ id }) => id)
  const [held, asked] = [await heldBy(tx, amaId), await tx.amaInvitation.findMany({ where: { amaId } })]
  await tx.amaInvitation.deleteMany({ where: { amaId, memberId: { notIn: ids }, declinedAt: null } })
  await tx.amaMentor.deleteMany({ where: { amaId, memberId: { notIn: ids } } })
  const named = [...held, ...asked.filter(({ declinedAt }) => declinedAt === null).map(({ memberId }) => memberId)]
  const leftOut = new Set(named.filter((memberId) => !ids.includes(memberId)))
  for (const memberId of leftOut) await announce(tx, { event: 'ama-left-out', amaId, memberId }, host.memberId)
  for (const [i, memberId] of ids.entries()) {
    const position = i + 1
    const which = { amaId_memberId: { amaId, memberId } }
    const invitation = asked.find((each) => each.memberId === memberId)
    if (invitation)
      await tx.amaInvitation.update({
        where: which,
        data: { position, ...(invitation.declinedAt && { declinedAt: null, words: null, invitedAt: now }) },
      })
    else if (!held.includes(memberId)) await tx.amaInvitation.create({ data: { amaId, memberId, position, invitedAt: now } })
    // Nobody asks themselves.
    if (memberId === host.memberId && !held.includes(memberId)) {
      await tx.amaInvitation.update({ where: which, data: { acceptedAt: now } })
      await hold(tx, amaId, memberId, position)
    } else if (!held.includes(memberId) && (!invitation || invitation.declinedAt)) {
      await announce(tx, { event: 'ama-invitation', amaId, memberId }, host.memberId)
    }
  }
  await placeMentors(tx, amaId, ids)
  await tx.amaHost.deleteMany({ where: { amaId, memberId: { notIn: hosts } } })
  await tx.amaHost.createMany({ data: hosts.map((memberId) => ({ amaId, memberId, addedAt: now })), skipDuplicates: true })
}

async function heldBy(tx: Db, amaId: string): Promise<string[]> {
  const rows = await tx.amaMentor.findMany({ where: { amaId }, select: { memberId: true } })
  return rows.map(({ memberId }) => memberId)
}

/** Puts somebody among those who hold it, with the role held now; once, which it answers. */
async function hold(tx: Db, amaId: string, memberId: string, position: number): Promise<boolean> {
  const there = await tx.amaMentor.findMany({ where: { amaId }, select: { memberId: true, position: true } })
  if (there.some((each) => each.memberId === memberId)) return false
  const places = Array.from({ length: AMA_MENTORS_MAX }, (_, i) => i + 1).filter((place) => !there.some((each) => each.position === place))
  const free = places.includes(position) ? position : (places[0] ?? 0)
  const { companyId, title } = await tx.member.findUniqueOrThrow({ where: { id: memberId }, select: { companyId: true, title: true } })
  await tx.amaMentor.create({ data: { amaId, memberId, position: free, companyId, title } })
  return true
}

/** Places are unique at every moment, so mentors who change places are taken out and put in again. */
async function placeMentors(tx: Db, amaId: string, ids: string[]): Promise<void> {
  const held = await tx.amaMentor.findMany({ where: { amaId } })
  const placed = held.map((each) => ({ ...each, position: ids.indexOf(each.memberId) + 1 }))
  if (placed.every(({ position }, i) => position === held[i]?.position)) return
  await tx.amaMentor.deleteMany({ where: { amaId } })
  await tx.amaMentor.createMany({ data: placed })
}
