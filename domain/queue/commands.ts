import type { z } from 'zod'
import { placeAnswer } from '#domain/answer/commands.ts'
import { findZone } from '#domain/member/queries.ts'
import { announce, announceEach } from '#domain/notice/commands.ts'
import { morningZones } from '#domain/notice/queries.ts'
import { putTo } from '#domain/question/commands.ts'
import { holds, listColleagues, listWaitedFor, notDone, open, sourceOf } from '#domain/queue/queries.ts'
import {
  type Act,
  type AskBack,
  canDecline,
  canDefer,
  canPutBack,
  DEFER_DAYS,
  type Decline,
  type Defer,
  type HandOver,
  type PlaceEarlier,
  type Restore,
  type Skip,
  type Source,
} from '#domain/queue/rules.ts'
import { ensureMayTakePart } from '#domain/session/rules.ts'
import { type Db, db } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import { ensure } from '#lib/refusal.ts'
import type { Viewer } from '#lib/viewer.ts'
import type { Outcome, Visit } from '#lib/visit.ts'
import { dayBegins } from '#lib/zone.ts'

/** Not now: the question is out of the person's queue until they put it back, or somebody hands it over to them. */
export async function skip(viewer: Viewer, given: z.output<typeof Skip>, { now }: Visit): Promise<Outcome> {
  return setAside(viewer, given, 'skip', now, async () => ({}))
}

/** Later: it is back when the day begins where the person is, in UTC where they say no zone. */
export async function defer(viewer: Viewer, given: z.output<typeof Defer>, { now }: Visit): Promise<Outcome> {
  ensureMayTakePart(viewer)
  const until = dayBegins(given.until, await findZone(viewer))
  ensure(canDefer(until, now), 'invalid', 'Please look again at what is marked.', {
    fields: { until: `A day from tomorrow on, at most ${DEFER_DAYS} days ahead.` },
  })
  return setAside(viewer, given, 'defer', now, async () => ({ until }))
}

/** Says no, with the reason to the asker. A question that was put to this mentor alone is then its community's, with its requests. */
export async function decline(viewer: Viewer, given: z.output<typeof Decline>, { now }: Visit): Promise<Outcome> {
  return setAside(viewer, given, 'decline', now, async (tx, question, memberId) => {
    ensure(canDecline(question), 'conflict', 'Nobody asked you in particular: skip it, and others answer it.')
    if (question.direct) await putTo(tx, question.id, null, now)
    await announce(tx, { event: 'declined', questionId: question.id, mentorId: memberId, reason: given.reason })
    return { words: given.reason }
  })
}

/** Gives a question to another mentor who may answer it: one that was put to this one is put to the other; of any other it is a suggestion. */
export async function handOver(viewer: Viewer, given: z.output<typeof HandOver>, { now }: Visit): Promise<Outcome> {
  return setAside(viewer, given, 'hand-over', now, async (tx, question, memberId) => {
    const colleagues = await listColleagues({ memberId }, question.id, now)
    ensure(
      colleagues.some(({ id }) => id === given.to),
      'conflict',
      'They cannot answer this question any more. Choose somebody else.',
    )
    if (question.direct) await putTo(tx, question.id, given.to, now)
    await tx.setAside.deleteMany({ where: { memberId: given.to, questionId: question.id } })
    await announce(tx, { event: 'handed-over', questionId: question.id, fromId: memberId, toId: given.to })
    return { toId: given.to }
  })
}

/** Asks for details, with one line that the asker reads. The question is back when the asker has changed it or added to it. */
export async function askBack(viewer: Viewer, given: z.output<typeof AskBack>, { now }: Visit): Promise<Outcome> {
  return setAside(viewer, given, 'ask-back', now, async (tx, question, memberId) => {
    await announce(tx, { event: 'asked-back', questionId: question.id, mentorId: memberId, line: given.line })
    return { words: given.line }
  })
}

/** Places an answer of the person's own, given before to another question, with one line. */
export async function placeEarlier(
  viewer: Viewer,
  { id, answer, line, from, order }: z.output<typeof PlaceEarlier>,
  visit: Visit,
): Promise<Outcome> {
  const of = await placeAnswer(viewer, { question: id, answer, line }, visit)
  return { to: paths.queue({ from, order, done: 'place', of }) }
}

/** Puts a question back into the queue that was skipped or put off. */
export async function restore(viewer: Viewer, { id, from, order }: z.output<typeof Restore>): Promise<Outcome> {
  ensureMayTakePart(viewer)
  const { memberId } = viewer
  const row = await db().setAside.findUnique({
    where: { memberId_questionId: { memberId, questionId: id } },
    select: { act: true, question: { select: { slug: true } } },
  })
  ensure(row !== null, 'not_found', 'You have not set this question aside.')
  ensure(canPutBack(row), 'conflict', TOLD)
  await db().setAside.deleteMany({ where: { memberId, questionId: id, act: row.act } })
  return { to: paths.queue({ from, order, done: 'restore', of: row.question.slug }) }
}

/** Before the id of every member. */
const NOBODY = '00000000-0000-0000-0000-000000000000'

/**
 * Tells mentors in their morning how many people wait for them, where somebody does who did not when they were last told. Done
 * again, whoever was told on that day is not told again.
 */
export async function tellWhoIsWaitedFor(now: Date): Promise<void> {
  const zones = await morningZones(now)
  for (let after: string | null = NOBODY; after !== null; ) {
    const { rows, last } = await listWaitedFor(zones, after, now)
    const news = rows.filter((row) => row.news && row.people > 0)
    await announceEach(
      db(),
      news.map(({ id, people, day }) => ({ event: 'questions-wait', memberId: id, count: people, day })),
    )
    after = last
  }
}

/** Leaves nothing of what a member set aside, or was handed. */
export async function forgetSetAsideOf(tx: Db, memberId: string): Promise<void> {
  await tx.setAside.deleteMany({ where: { memberId } })
  await tx.setAside.updateMany({ where: { toId: memberId }, data: { toId: null } })
}

const TOLD = 'Somebody was told of this, so it stays as it is.'

/** `direct`: it was put to this mentor alone. */
type Found = { id: string; slug: string; direct: boolean; source: Source }
type Rest = { until?: Date; words?: string; toId?: string }

/** Sets a question of the person's queue aside, whatever they did with it before. What is not in their queue is not there. */
async function setAside(
  viewer: Viewer,
  { id, from, order }: z.output<typeof Skip>,
  act: Act,
  now: Date,
  change: (tx: Db, question: Found, memberId: string) => Promise<Rest>,
): Promise<Outcome> {
  ensureMayTakePart(viewer)
  const { memberId } = viewer
  return db().$transaction(async (tx) => {
    // Whoever answers it, hands it over or leaves at this moment waits, or was first. The account comes before the question.
    const [person] = await tx.$queryRaw<unknown[]>`SELECT 1 AS there FROM "Account" WHERE "memberId" = ${memberId}::uuid FOR KEY SHARE`
    await tx.$queryRaw`SELECT 1 AS locked FROM "Question" WHERE id = ${id}::uuid FOR NO KEY UPDATE`
    const [question] = await tx.$queryRaw<(Omit<Found, 'source'> & { source: Source | null; held: Act | null })[]>`
      SELECT q.id, q.slug, q."askedToId" IS NOT DISTINCT FROM ${memberId}::uuid AS direct, ${sourceOf(viewer, now)} AS source,
        (SELECT s.act FROM "SetAside" s WHERE s."memberId" = ${memberId}::uuid AND s."questionId" = q.id AND ${holds(now)}) AS held
      FROM "Question" q WHERE q.id = ${id}::uuid AND ${open} AND ${notDone(memberId)}
        AND EXISTS (SELECT FROM "Member" m WHERE m.id = ${memberId}::uuid AND m."mentorSince" IS NOT NULL)
        AND NOT EXISTS (SELECT FROM "SetAside" s WHERE s."memberId" = ${memberId}::uuid AND s."questionId" = q.id AND s.act = ${act} AND ${holds(now)})`
    const source = question?.source ?? null
    ensure(person !== undefined && question !== undefined && source !== null, 'not_found', 'This question is not in your queue any more.')
    ensure(question.held === null || canPutBack({ act: question.held }) || !canPutBack({ act }), 'conflict', TOLD)
    const rest = await change(tx, { ...question, source }, memberId)
    const row = { act, until: null, words: null, toId: null, ...rest, setAsideAt: now }
    const which = { memberId, questionId: id }
    await tx.setAside.upsert({ where: { memberId_questionId: which }, create: { ...which, ...row }, update: row })
    return { to: paths.queue({ from, order, done: act, of: question.slug }) }
  })
}
