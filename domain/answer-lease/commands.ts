import { findAnswering } from '#domain/answer-draft/queries.ts'
import { othersAnswering } from '#domain/answer-lease/queries.ts'
import { HELD_FOR } from '#domain/answer-lease/rules.ts'
import { ensureMayTakePart } from '#domain/session/rules.ts'
import { type Db, db } from '#lib/db.ts'
import { ensure } from '#lib/refusal.ts'
import type { Visit } from '#lib/visit.ts'

/** Says that the person is answering a question, and that no longer they answer another one. Answers who else is. */
export async function beginLease({ viewer, now }: Visit, slug: string): Promise<{ others: string[] }> {
  ensureMayTakePart(viewer)
  const { memberId } = viewer
  const answering = await findAnswering(viewer, slug, now)
  ensure(answering !== null, 'not_found', 'This question is not there, or it is for others to answer.')
  await keepLease(db(), memberId, answering.id, now)
  return { others: await othersAnswering(answering.id, memberId, now) }
}

/** The person has left the page on which they answered. */
export async function leaveLease({ viewer }: Visit, slug: string): Promise<undefined> {
  ensureMayTakePart(viewer)
  await db().answerLease.deleteMany({ where: { memberId: viewer.memberId, question: { slug } } })
}

/** Of two that come at one moment both hold. `since` stays while it is kept up. */
export async function keepLease(tx: Db, memberId: string, questionId: string, now: Date): Promise<void> {
  const until = new Date(now.getTime() + HELD_FOR)
  await tx.$executeRaw`
    INSERT INTO "AnswerLease" AS l ("memberId", "questionId", since, until) VALUES (${memberId}::uuid, ${questionId}::uuid, ${now}, ${until})
    ON CONFLICT ("memberId") DO UPDATE SET "questionId" = excluded."questionId", until = excluded.until,
      since = CASE WHEN l."questionId" = excluded."questionId" AND l.until > excluded.since THEN least(l.since, excluded.since) ELSE excluded.since END`
}

/** Before an answer is published: the row is locked before the AMA. */
export async function endLease(tx: Db, memberId: string, questionId: string): Promise<void> {
  await tx.answerLease.deleteMany({ where: { memberId, questionId } })
}

export async function forgetLeasesOf(tx: Db, memberId: string): Promise<void> {
  await tx.answerLease.deleteMany({ where: { memberId } })
}
