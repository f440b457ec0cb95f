import type { z } from 'zod'
import { type Answering, getAnswering } from '#domain/answer-draft/queries.ts'
import { goesOn, joined, LONGEST_DRAFT, type Mentor, type SaveAnswerDraft } from '#domain/answer-draft/rules.ts'
import { ensureMayTakePart } from '#domain/session/rules.ts'
import { type Db, db } from '#lib/db.ts'
import { enqueue } from '#lib/jobs.ts'
import { ensure } from '#lib/refusal.ts'
import type { Viewer } from '#lib/viewer.ts'

type Sent = Pick<z.output<typeof SaveAnswerDraft>, 'body' | 'version' | 'edits' | 'window'>

/** What was written elsewhere, and what one goes on from who takes it. */
type Theirs = { body: string; version: number; edits: number | null }

/**
 * Keeps what a mentor types. Where it does not go on from what is kept or published now, nothing is written, and the answer
 * is what stands there. A draft that is empty, or says what is published, is deleted: version 0.
 */
export async function saveAnswerDraft(
  viewer: Viewer,
  { question, ...sent }: z.output<typeof SaveAnswerDraft>,
  now: Date,
): Promise<{ version: number } | { theirs: Theirs }> {
  return db().$transaction(async (tx) => {
    const { memberId, answering } = await beginAnswering(tx, viewer, question, now)
    const { answer, draft } = answering
    if (draft && !goesOn(draft, sent)) return { theirs: { ...draft, edits: answer?.edits ?? null } }
    if (answer && answer.edits !== sent.edits && answer.body !== sent.body)
      return { theirs: { body: answer.body, version: 0, edits: answer.edits } }
    if (!sent.body.trim() || answer?.body === sent.body.trim()) {
      await forgetAnswerDraft(tx, memberId, question)
      return { version: 0 }
    }
    return { version: await write(tx, memberId, answering, sent, now) }
  })
}

/**
 * Keeps what was sent by a form. What was written elsewhere meanwhile is not written over: both are there then, one below
 * the other, and the answer is false.
 */
export async function keepAnswerDraft(tx: Db, memberId: string, answering: Answering, sent: Sent, now: Date): Promise<boolean> {
  const { answer, draft } = answering
  const other = draft && !goesOn(draft, sent) ? draft.body : !draft && answer && answer.edits !== sent.edits ? answer.body : null
  const body = other === null || other === sent.body ? sent.body : joined(other, sent.body)
  ensure(body.length <= LONGEST_DRAFT, 'conflict', 'This was changed somewhere else too, and both together are too long to be kept.')
  const whole = body === sent.body
  // Both together are nobody's window's.
  await write(tx, memberId, answering, { ...sent, body, window: whole ? sent.window : undefined }, now)
  return whole
}

/** Whether what is sent leaves out nothing that was written elsewhere. */
export function hasAll({ draft, answer }: Answering, sent: Sent): boolean {
  return (!draft || goesOn(draft, sent)) && (!answer || answer.edits === sent.edits)
}

/**
 * The question for whoever may answer it, locked until the transaction is over: of two who send at one moment the second sees
 * what the first did. The account comes first, since somebody who is leaving holds it and wants the questions next.
 */
export async function beginAnswering(
  tx: Db,
  viewer: Viewer,
  questionId: string,
  now: Date,
): Promise<{ memberId: string; answering: Answering }> {
  ensureMayTakePart(viewer)
  const answering = await lockAnswering(tx, viewer, questionId, now)
  ensure(answering !== null, 'not_found', 'This question is not there, or it is for others to answer.')
  return { memberId: viewer.memberId, answering }
}

/** The same for who is not asking at this moment; null where it is not theirs to answer. */
export async function lockAnswering(tx: Db, viewer: Mentor, questionId: string, now: Date): Promise<Answering | null> {
  const [person] = await tx.$queryRaw<unknown[]>`SELECT 1 AS there FROM "Account" WHERE "memberId" = ${viewer.memberId}::uuid FOR KEY SHARE`
  await tx.$queryRaw`SELECT 1 AS locked FROM "Question" WHERE id = ${questionId}::uuid FOR NO KEY UPDATE`
  return person ? getAnswering(tx, viewer, questionId, now) : null
}

/** The draft is ready: to be published with the AMA's others, or by itself at the start. */
export async function markPrepared(tx: Db, memberId: string, answering: Answering, atStart: boolean, now: Date): Promise<void> {
  const where = { memberId_questionId: { memberId, questionId: answering.id } }
  await tx.answerDraft.update({ where, data: { preparedAt: now, atStart } })
  if (atStart && answering.ama) await enqueueStart(tx, answering.ama)
}

/** Has published at its start what is to be. Where the AMA is moved a trigger moves the job along. */
export async function enqueueStart(tx: Db, { id, startsAt }: { id: string; startsAt: Date }): Promise<void> {
  await enqueue(tx, 'publish-at-start', { ama: id }, { runAt: startsAt, key: `publish-at-start ${id}` })
}

/** Keeps this text for its mentor, above what is kept already unless that has all of it. The question is locked. */
export async function keepWords(tx: Db, memberId: string, questionId: string, words: string, now: Date): Promise<void> {
  const draft = await tx.answerDraft.findUnique({
    where: { memberId_questionId: { memberId, questionId } },
    select: { body: true, version: true },
  })
  if (draft?.body.includes(words)) return
  const body = draft ? joined(words, draft.body) : words
  ensure(
    body.length <= LONGEST_DRAFT,
    'conflict',
    'It would stay with your draft of a change, and both together are too long. Shorten that first.',
  )
  // Both together are nobody's window's.
  await write(tx, memberId, { id: questionId, draft }, { body, version: 0, window: undefined }, now)
}

export async function forgetAnswerDraft(tx: Db, memberId: string, questionId: string): Promise<void> {
  await tx.answerDraft.deleteMany({ where: { memberId, questionId } })
}

/** Leaves no draft of a member. */
export async function forgetAnswerDraftsOf(tx: Db, memberId: string): Promise<void> {
  await tx.answerDraft.deleteMany({ where: { memberId } })
}

type Kept = { id: string; draft: { version: number } | null }

async function write(
  tx: Db,
  memberId: string,
  { id, draft }: Kept,
  { body, version, window }: Omit<Sent, 'edits'>,
  now: Date,
): Promise<number> {
  const row = { body, version: Math.max(draft?.version ?? 0, version) + 1, windowKey: window ?? null, savedAt: now }
  const which = { memberId, questionId: id }
  await tx.answerDraft.upsert({ where: { memberId_questionId: which }, create: { ...which, ...row }, update: row })
  return row.version
}
