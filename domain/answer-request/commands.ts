import type { RequestState } from '#domain/answer-request/rules.ts'
import { shownQuestion } from '#domain/question/queries.ts'
import { ensureMayTakePart } from '#domain/session/rules.ts'
import { type Db, db, Prisma } from '#lib/db.ts'
import { ensure } from '#lib/refusal.ts'
import type { Visit } from '#lib/visit.ts'

type Changed = RequestState & { own: boolean }

/**
 * The person waits for the next answer to the question from now on, or still. One statement: the question is locked before
 * anything is written, so the number it answers with is the one that the rows make.
 */
export async function setRequest({ viewer, now }: Visit, slug: string): Promise<RequestState> {
  ensureMayTakePart(viewer)
  const [changed] = await db().$queryRaw<Changed[]>`
    WITH ${lockedQuestion(viewer.memberId, slug)}, placed AS (
      INSERT INTO "AnswerRequest" AS r ("questionId", "memberId", "requestedAt")
      -- Later than every answer there is, whatever clock that one was dated by.
      SELECT id, ${viewer.memberId}::uuid, greatest(${now}, "lastAnsweredAt" + interval '1 millisecond') FROM question WHERE NOT own
      ON CONFLICT ("questionId", "memberId") DO UPDATE SET "againAt" = excluded."requestedAt"
        WHERE coalesce(r."againAt", r."requestedAt") <= (SELECT "lastAnsweredAt" FROM question)
      RETURNING r."againAt" IS NULL AS fresh
    )
    SELECT own, true AS requested, "requestCount" + (SELECT count(*)::int FROM placed WHERE fresh) AS requests FROM question`
  return told(changed)
}

/** The person does not wait any longer. What an answer has fulfilled stays in the number. */
export async function unsetRequest({ viewer }: Visit, slug: string): Promise<RequestState> {
  ensureMayTakePart(viewer)
  const [changed] = await db().$queryRaw<Changed[]>`
    WITH ${lockedQuestion(viewer.memberId, slug)}, gone AS (
      DELETE FROM "AnswerRequest" r USING question q
      WHERE r."questionId" = q.id AND r."memberId" = ${viewer.memberId}::uuid AND NOT q.own
        AND (q."lastAnsweredAt" IS NULL OR r."requestedAt" > q."lastAnsweredAt")
      RETURNING 1
    ), fulfilled AS (
      UPDATE "AnswerRequest" r SET "againAt" = NULL FROM question q
      WHERE r."questionId" = q.id AND r."memberId" = ${viewer.memberId}::uuid AND NOT q.own
        AND r."requestedAt" <= q."lastAnsweredAt" AND r."againAt" IS NOT NULL
    )
    SELECT own, false AS requested, "requestCount" - (SELECT count(*)::int FROM gone) AS requests FROM question`
  return told(changed)
}

/** Whoever asks is the first to want it answered. */
export async function requestOwn(tx: Db, questionId: string, memberId: string, now: Date): Promise<void> {
  await tx.answerRequest.create({ data: { questionId, memberId, requestedAt: now } })
}

/** Takes a member's requests back; the counts follow. */
export async function withdrawRequestsOf(tx: Db, memberId: string): Promise<void> {
  await tx.answerRequest.deleteMany({ where: { memberId } })
}

/**
 * The question, locked, with its number as it is now; nothing where it or the account is gone. The account comes first:
 * somebody who is leaving holds it and wants the questions next.
 */
function lockedQuestion(memberId: string, slug: string): Prisma.Sql {
  return Prisma.sql`person AS MATERIALIZED (
      SELECT FROM "Account" WHERE "memberId" = ${memberId}::uuid FOR KEY SHARE
    ), question AS MATERIALIZED (
      SELECT id, "requestCount", "lastAnsweredAt", "askedById" IS NOT DISTINCT FROM ${memberId}::uuid AS own
      FROM "Question" q WHERE slug = ${slug} AND ${shownQuestion} AND EXISTS (SELECT FROM person) FOR NO KEY UPDATE
    )`
}

function told(changed: Changed | undefined): RequestState {
  ensure(changed !== undefined, 'not_found', 'This question is not there.')
  ensure(!changed.own, 'conflict', 'You asked this question, so you are counted already.')
  return { requested: changed.requested, requests: changed.requests }
}
