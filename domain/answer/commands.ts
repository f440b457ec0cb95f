import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import {
  type ChoosePoint,
  type EditAnswer,
  isAnswer,
  isUntold,
  type PlaceAnswer,
  type PublishAnswer,
  type PublishPrepared,
  type RemoveVersion,
  type TakeBackAnswer,
  type TakePlacementBack,
} from '#domain/answer/rules.ts'
import {
  beginAnswering,
  enqueueStart,
  forgetAnswerDraft,
  hasAll,
  keepAnswerDraft,
  keepWords,
  lockAnswering,
  markPrepared,
} from '#domain/answer-draft/commands.ts'
import type { Answering } from '#domain/answer-draft/queries.ts'
import { canAnswer, canPrepare } from '#domain/answer-draft/rules.ts'
import { addImage } from '#domain/answer-image/commands.ts'
import { imageMarkdown } from '#domain/answer-image/rules.ts'
import { endLease, keepLease } from '#domain/answer-lease/commands.ts'
import { announce } from '#domain/notice/commands.ts'
import { ensureMayTakePart } from '#domain/session/rules.ts'
import { type Db, db, Prisma } from '#lib/db.ts'
import { renderAnswer } from '#lib/markdown.ts'
import { type AnswerDone, paths } from '#lib/paths.ts'
import { ensure } from '#lib/refusal.ts'
import type { Viewer } from '#lib/viewer.ts'
import type { Outcome, Visit } from '#lib/visit.ts'

/**
 * Publishes an answer with the role that its mentor holds now; all who wait have it then. A mentor has one answer to a
 * question: sent again it is published once, and other words than the published ones are kept as a draft of a change. What
 * was written elsewhere meanwhile is not left out: nothing is published then, and both are in the draft.
 */
export async function publishAnswer(viewer: Viewer, given: z.output<typeof PublishAnswer>, visit: Visit): Promise<Outcome> {
  const { now } = visit
  const sent = await withImage(viewer, given, visit)
  return db().$transaction(async (tx) => {
    const { memberId, answering } = await beginAnswering(tx, viewer, sent.question, now)
    const { slug, answer } = answering
    const to = (done: AnswerDone) => ({ to: paths.answerQuestion(slug, done) })
    const only = onlyKept(sent.do)
    if (answer && !only && answer.body === sent.body.trim()) return to('published')
    const later = LATER.includes(sent.do)
    ensure(!later || canPrepare(answering, now), 'conflict', 'This can no longer be prepared: publish it now.')
    if (sent.do !== 'publish' || answer || !hasAll(answering, sent)) {
      const whole = await keepAnswerDraft(tx, memberId, answering, sent, now)
      await noteLease(tx, memberId, answering, sent.do, now)
      if (answer && !only) return to('again')
      if (!whole) return to('joined')
      if (!later) return to(only ?? 'preview')
      await markPrepared(tx, memberId, answering, sent.do === 'start', now)
      return to('prepared')
    }
    await makeAnswer(tx, memberId, sent.question, sent.body.trim(), now)
    await forgetAnswerDraft(tx, memberId, sent.question)
    return to('published')
  })
}

/** Publishes at once all answers that a mentor has prepared for an AMA. What has become too long or empty stays a draft. */
export async function publishPrepared(viewer: Viewer, { ama }: z.output<typeof PublishPrepared>, { now }: Visit): Promise<Outcome> {
  ensureMayTakePart(viewer)
  const { memberId } = viewer
  const held = await db().ama.findFirst({ where: { id: ama, mentors: { some: { memberId } } }, select: { slug: true } })
  ensure(held !== null, 'not_found', 'This AMA is not there, or it is held by others.')
  const prepared = { memberId, preparedAt: { not: null }, question: { amaId: ama } }
  await publishEach(await db().answerDraft.findMany({ where: prepared, select: which }), now)
  return { to: paths.preparedAnswers(held.slug, 'published') }
}

/** Publishes what is to be published at the start of this AMA; where it was moved meanwhile, at its new start. */
export async function publishAtStart(payload: unknown, now: Date): Promise<void> {
  const ama = await db().ama.findUnique({
    where: { id: z.object({ ama: z.uuid() }).parse(payload).ama },
    select: { id: true, startsAt: true, cancelledAt: true },
  })
  if (!ama || ama.cancelledAt) return
  if (ama.startsAt > now) return enqueueStart(db(), ama)
  await publishEach(await db().answerDraft.findMany({ where: { atStart: true, question: { amaId: ama.id } }, select: which }), now)
}

/** Changes a published answer; what it said before stays in its history, with the reason. */
export async function editAnswer(viewer: Viewer, given: z.output<typeof EditAnswer>, visit: Visit): Promise<Outcome> {
  const { now } = visit
  const sent = await withImage(viewer, given, visit)
  return db().$transaction(async (tx) => {
    await lockOwnAnswer(tx, viewer, sent.question)
    const { memberId, answering } = await beginAnswering(tx, viewer, sent.question, now)
    const { slug, answer } = answering
    ensure(answer !== null, 'conflict', 'This answer was taken back meanwhile. Your words are still here: publish them as a new one.')
    ensure(answer.hiddenAt === null, 'conflict', HIDDEN)
    const to = (done: AnswerDone) => ({ to: paths.answerQuestion(slug, done) })
    const body = sent.body.trim()
    const only = onlyKept(sent.do)
    if (!only && answer.body === body) {
      await forgetAnswerDraft(tx, memberId, sent.question)
      return to('changed')
    }
    if (only || !hasAll(answering, sent)) {
      return to((await keepAnswerDraft(tx, memberId, answering, sent, now)) ? (only ?? 'preview') : 'joined')
    }
    await tx.$executeRaw`
      INSERT INTO "AnswerVersion" ("answerId", number, "mentorId", body, html, "writtenAt", "replacedAt", reason)
      SELECT id, ${answer.edits + 1}, "mentorId", body, html, coalesce("editedAt", "answeredAt"), ${now}, ${sent.reason}
      FROM "Answer" WHERE id = ${answer.id}::uuid`
    const rendered = renderAnswer(body, answer.point)
    await tx.answer.update({ where: { id: answer.id }, data: { body, ...rendered, editedAt: now } })
    await forgetAnswerDraft(tx, memberId, sent.question)
    return to(rendered.point === answer.point ? 'changed' : 'point-gone')
  })
}

/** Says which sentence of the own answer is its point; its excerpt is that sentence from then on. Its words stay as they are. */
export async function choosePoint(viewer: Viewer, { id, point }: z.output<typeof ChoosePoint>, _visit: Visit): Promise<Outcome> {
  ensureMayTakePart(viewer)
  return db().$transaction(async (tx) => {
    const answer = await lockOwn(tx, viewer.memberId, id)
    ensure(answer.hiddenAt === null, 'conflict', HIDDEN)
    const rendered = renderAnswer(answer.body, point || null)
    ensure(!point || rendered.point !== null, 'conflict', 'This sentence is not in your answer any more. Choose another one.')
    await tx.answer.update({ where: { id }, data: rendered })
    return { to: paths.answerQuestion(answer.slug, 'point') }
  })
}

/**
 * Places an answer that the mentor gave to another question on this one, where all who wait have it then. It stays one row. What
 * the mentor was writing here stays a draft. Answers the question's slug.
 */
export async function placeAnswer(
  viewer: Viewer,
  { question, answer, line }: z.output<typeof PlaceAnswer> & { question: string },
  { now }: Visit,
): Promise<string> {
  ensureMayTakePart(viewer)
  const { memberId } = viewer
  return db().$transaction(async (tx) => {
    const own = await lockOwn(tx, memberId, answer, question)
    ensure(own.hiddenAt === null, 'conflict', HIDDEN)
    ensure(own.questionHiddenAt === null, 'conflict', 'The question that you gave this answer to is hidden, and the answer with it.')
    const { answering } = await beginAnswering(tx, viewer, question, now)
    ensure(own.questionId !== question && answering.answer === null, 'conflict', 'You have answered this question already.')
    const [placed] = await tx.$queryRaw<{ placedAt: Date }[]>`
      INSERT INTO "AnswerPlacement" ("answerId", "questionId", "mentorId", line, "placedAt")
      VALUES (${answer}::uuid, ${question}::uuid, ${memberId}::uuid, ${line}, ${laterThanRequests(question, now)})
      ON CONFLICT DO NOTHING RETURNING "placedAt"`
    ensure(placed !== undefined, 'conflict', 'An answer of yours stands there already.')
    await announce(tx, { event: 'placed', answerId: answer, questionId: question, placedAt: placed.placedAt.toISOString() })
    return answering.slug
  })
}

/** The mentor's earlier answer does not stand on this question any more. Who waited for one waits again. */
export async function takePlacementBack(
  viewer: Viewer,
  { question }: z.output<typeof TakePlacementBack>,
  { now }: Visit,
): Promise<Outcome> {
  ensureMayTakePart(viewer)
  const { memberId } = viewer
  return db().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 AS locked FROM "Account" WHERE "memberId" = ${memberId}::uuid FOR KEY SHARE`
    await tx.$queryRaw`SELECT 1 AS locked FROM "Question" WHERE id = ${question}::uuid FOR NO KEY UPDATE`
    const which = { mentorId_questionId: { mentorId: memberId, questionId: question } }
    const there = await tx.answerPlacement.findUnique({
      where: which,
      select: { placedAt: true, question: { select: { slug: true } } },
    })
    ensure(there !== null, 'not_found', 'No earlier answer of yours stands there any more.')
    await tx.answerPlacement.delete({ where: which })
    if (!isUntold({ answeredAt: there.placedAt }, now)) await announce(tx, { event: 'answer-taken-back', questionId: question }, memberId)
    return { to: paths.answerQuestion(there.question.slug, 'taken-away') }
  })
}

/**
 * Takes an answer back for good. The question is as it was without it, so whoever waited for it waits again
 * (docs/decisions/036); its words are its mentor's draft.
 */
export async function takeBackAnswer(viewer: Viewer, { id }: z.output<typeof TakeBackAnswer>, { now }: Visit): Promise<Outcome> {
  ensureMayTakePart(viewer)
  return db().$transaction(async (tx) => {
    const answer = await lockOwn(tx, viewer.memberId, id)
    ensure(answer.hiddenAt === null, 'conflict', HIDDEN)
    const placed = await tx.answerPlacement.findMany({ where: { answerId: id }, select: { questionId: true, placedAt: true } })
    await tx.answer.delete({ where: { id } })
    for (const { questionId, placedAt } of placed) {
      if (!isUntold({ answeredAt: placedAt }, now)) await announce(tx, { event: 'answer-taken-back', questionId }, viewer.memberId)
    }
    if (!isUntold(answer, now)) {
      await announce(tx, { event: 'answer-taken-back', questionId: answer.questionId }, viewer.memberId)
    }
    await keepWords(tx, viewer.memberId, answer.questionId, answer.body, now)
    return { to: paths.answerQuestion(answer.slug, 'taken-back') }
  })
}

/** Takes the text of an earlier version from the history, where the entry stays with the reason. */
export async function removeVersion(
  viewer: Viewer,
  { id, number, reason }: z.output<typeof RemoveVersion>,
  { now }: Visit,
): Promise<Outcome> {
  ensureMayTakePart(viewer)
  return db().$transaction(async (tx) => {
    const { slug } = await lockOwn(tx, viewer.memberId, id)
    const { count } = await tx.answerVersion.updateMany({
      where: { answerId: id, number, removedAt: null },
      data: { body: null, html: null, removedAt: now, removeReason: reason },
    })
    ensure(count === 1, 'not_found', 'That text is gone already.')
    return { to: paths.answerQuestion(slug, 'removed') }
  })
}

/** Deletes what a mentor's answers said before they were changed. */
export async function forgetVersionsOf(tx: Db, mentorId: string): Promise<void> {
  await tx.answerVersion.deleteMany({ where: { mentorId } })
}

/**
 * Locks a member's answers and those that the member marked, in the order of their ids. To be called before questions are
 * locked: whoever counts views or marks an answer goes from the answer to its question.
 */
export async function lockAnswersOf(tx: Db, memberId: string): Promise<void> {
  await tx.$queryRaw`
    SELECT 1 AS locked FROM "Answer" WHERE "mentorId" = ${memberId}::uuid OR id IN (SELECT "answerId" FROM "AnswerMark" WHERE "memberId" = ${memberId}::uuid)
    ORDER BY id FOR UPDATE`
}

/** Deletes a mentor's answers; counters and lead answers follow. */
export async function removeAnswersOf(tx: Db, mentorId: string): Promise<void> {
  await tx.answer.deleteMany({ where: { mentorId } })
}

/** Takes the roles held then from a mentor's answers. */
export async function unsignAnswersOf(tx: Db, mentorId: string): Promise<void> {
  await tx.answer.updateMany({ where: { mentorId }, data: { companyId: null, title: null } })
}

/** Takes an answer from all that the public reads and counts. False where it is hidden already. */
export async function hideAnswer(tx: Db, id: string, hiddenById: string, now: Date): Promise<boolean> {
  await lockAnswer(tx, id)
  const { count } = await tx.answer.updateMany({ where: { id, hiddenAt: null }, data: { hiddenAt: now, hiddenById } })
  return count === 1
}

export async function restoreAnswer(tx: Db, id: string): Promise<boolean> {
  await lockAnswer(tx, id)
  const { count } = await tx.answer.updateMany({ where: { id, hiddenAt: { not: null } }, data: { hiddenAt: null, hiddenById: null } })
  return count === 1
}

/** Where no script tells that somebody is answering, a preview does; who keeps it as prepared is done. */
async function noteLease(tx: Db, memberId: string, { id, answer }: Answering, act: string, now: Date): Promise<void> {
  if (answer) return
  if (onlyKept(act)) await keepLease(tx, memberId, id, now)
  else if (act !== 'publish') await endLease(tx, memberId, id)
}

const LATER = ['prepare', 'start']

/** What is done with a text that only becomes the draft. */
function onlyKept(wanted: string): 'preview' | 'image' | null {
  return wanted === 'preview' || wanted === 'image' ? wanted : null
}

/** With the picture that came along at the end of its text. */
async function withImage<Sent extends { do: string; body: string; image?: File | undefined; alt?: string | undefined }>(
  viewer: Viewer,
  sent: Sent,
  visit: Visit,
): Promise<Sent> {
  if (sent.do !== 'image' || !sent.image) return sent
  const { src } = await addImage(viewer, new Uint8Array(await sent.image.arrayBuffer()), visit)
  return { ...sent, body: `${sent.body.trimEnd()}\n\n${imageMarkdown(src, sent.alt ?? '')}`.trimStart() }
}

const which = { memberId: true, questionId: true } as const

/** Each in a transaction of its own: begun again after it was broken off, it goes on with the rest. */
async function publishEach(drafts: { memberId: string; questionId: string }[], now: Date): Promise<void> {
  for (const { memberId, questionId } of drafts) {
    await db().$transaction(async (tx) => {
      const account = await tx.account.findUnique({ where: { memberId }, select: { suspendedUntil: true } })
      const suspendedUntil = account?.suspendedUntil && account.suspendedUntil > now ? account.suspendedUntil : null
      const mentor = { memberId, suspendedUntil }
      const answering = await lockAnswering(tx, mentor, questionId, now)
      if (!answering?.draft?.preparedAt || answering.answer || !isAnswer(answering.draft.body)) return
      if (!canAnswer(mentor, answering, now)) return
      await makeAnswer(tx, memberId, questionId, answering.draft.body.trim(), now)
      await forgetAnswerDraft(tx, memberId, questionId)
    })
  }
}

const HIDDEN = 'A moderator hid this answer. It stays as it is until that is decided otherwise.'

/**
 * Publishes it, and has those told whom it concerns, once it cannot be undone any more. Dated so that it fulfils every request
 * there is, whatever clock that one was dated by.
 */
async function makeAnswer(tx: Db, mentorId: string, questionId: string, body: string, now: Date): Promise<void> {
  const { html, excerpt } = renderAnswer(body)
  const id = uuidv7()
  await endLease(tx, mentorId, questionId)
  // In the place of an earlier answer of theirs: each mentor has one here.
  await tx.answerPlacement.deleteMany({ where: { mentorId, questionId } })
  await tx.$executeRaw`
    INSERT INTO "Answer" (id, "questionId", "mentorId", "companyId", title, body, html, excerpt, "answeredAt")
    SELECT ${id}::uuid, ${questionId}::uuid, m.id, m."companyId", m.title, ${body}, ${html}, ${excerpt}, ${laterThanRequests(questionId, now)}
    FROM "Member" m WHERE m.id = ${mentorId}::uuid`
  await announce(tx, { event: 'answered', answerId: id })
}

function laterThanRequests(questionId: string, now: Date): Prisma.Sql {
  return Prisma.sql`greatest(
    ${now}, (SELECT max(coalesce(r."againAt", r."requestedAt")) FROM "AnswerRequest" r WHERE r."questionId" = ${questionId}::uuid))`
}

/** Answers before the questions where they stand: the order in which views are counted, so that nobody waits in a circle. */
async function lockOwnAnswer(tx: Db, viewer: Viewer, questionId: string): Promise<void> {
  ensureMayTakePart(viewer)
  await tx.$queryRaw`SELECT 1 AS locked FROM "Account" WHERE "memberId" = ${viewer.memberId}::uuid FOR KEY SHARE`
  const own = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM "Answer" WHERE "questionId" = ${questionId}::uuid AND "mentorId" = ${viewer.memberId}::uuid ORDER BY id FOR UPDATE`
  const ids = own.map(({ id }) => id)
  await tx.$executeRaw`SELECT lock_where_answers_stand(${ids}::uuid[], ${questionId}::uuid)`
}

async function lockAnswer(tx: Db, id: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 AS locked FROM "Answer" WHERE id = ${id}::uuid FOR NO KEY UPDATE`
  await tx.$executeRaw`SELECT lock_where_answers_stand(ARRAY[${id}::uuid], NULL)`
}

type Own = { questionId: string; slug: string; body: string; answeredAt: Date; hiddenAt: Date | null; questionHiddenAt: Date | null }

/** Somebody else's is not there. Locks where it stands as well, and the question where it is to stand `also`. */
async function lockOwn(tx: Db, memberId: string, id: string, also: string | null = null): Promise<Own> {
  await tx.$queryRaw`SELECT 1 AS locked FROM "Account" WHERE "memberId" = ${memberId}::uuid FOR KEY SHARE`
  const [own] = await tx.$queryRaw<Own[]>`
    SELECT a."questionId", q.slug, a.body, a."answeredAt", a."hiddenAt", a."questionHiddenAt" FROM "Answer" a JOIN "Question" q ON q.id = a."questionId"
    WHERE a.id = ${id}::uuid AND a."mentorId" = ${memberId}::uuid FOR UPDATE OF a`
  ensure(own !== undefined, 'not_found', 'This answer is not there any more.')
  await tx.$executeRaw`SELECT lock_where_answers_stand(ARRAY[${id}::uuid], ${also}::uuid)`
  return own
}
