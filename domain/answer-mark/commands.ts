import { shownAnswer } from '#domain/answer/queries.ts'
import { waitedFor } from '#domain/answer-mark/queries.ts'
import type { MarkKind, MarkState } from '#domain/answer-mark/rules.ts'
import { ensureMayTakePart } from '#domain/session/rules.ts'
import { type Db, db, Prisma } from '#lib/db.ts'
import { ensure } from '#lib/refusal.ts'
import type { Visit } from '#lib/visit.ts'

type Marked = { own: boolean; waited: boolean; marks: number }

/**
 * Saves an answer of somebody else, says that it is helpful, or thanks for it, which those do who asked or requested it.
 * The answer is locked first, so the number is the one that the rows make.
 */
export async function markAnswer(kind: MarkKind, { viewer, now }: Visit, id: string): Promise<MarkState> {
  ensureMayTakePart(viewer)
  const { memberId } = viewer
  const [marked] = await db().$queryRaw<Marked[]>`
    WITH ${lockedAnswer(memberId, id)}, placed AS (
      INSERT INTO "AnswerMark" ("memberId", kind, "answerId", "markedAt")
      SELECT ${memberId}::uuid, ${kind}, id, ${now} FROM answer WHERE NOT own AND (waited OR ${kind} <> 'thanks')
      ON CONFLICT DO NOTHING RETURNING 1
    )
    SELECT own, waited, "helpfulCount" + (SELECT count(*)::int FROM placed) AS marks FROM answer`
  ensure(marked !== undefined, 'not_found', 'This answer is not here any more.')
  ensure(!marked.own, 'conflict', 'This answer is your own.')
  ensure(
    marked.waited || kind !== 'thanks',
    'conflict',
    'Thanks come from those who asked or requested it. You can say that it is helpful.',
  )
  return told(kind, true, marked)
}

export async function unmarkAnswer(kind: MarkKind, { viewer }: Visit, id: string): Promise<MarkState> {
  ensureMayTakePart(viewer)
  const { memberId } = viewer
  const [marked] = await db().$queryRaw<Marked[]>`
    WITH ${lockedAnswer(memberId, id)}, gone AS (
      DELETE FROM "AnswerMark" m USING answer WHERE m."memberId" = ${memberId}::uuid AND m.kind = ${kind} AND m."answerId" = answer.id RETURNING 1
    )
    SELECT own, waited, "helpfulCount" - (SELECT count(*)::int FROM gone) AS marks FROM answer`
  ensure(marked !== undefined, 'not_found', 'This answer is not here any more.')
  return told(kind, false, marked)
}

/** Takes away what a member did with answers; the counts follow. */
export async function forgetMarksOf(tx: Db, memberId: string): Promise<void> {
  await tx.answerMark.deleteMany({ where: { memberId } })
}

/** The answer, locked, nothing where it or the account is gone. Who leaves holds the account, and wants answers next. */
function lockedAnswer(memberId: string, id: string): Prisma.Sql {
  const known = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? id : null
  return Prisma.sql`person AS MATERIALIZED (SELECT FROM "Account" WHERE "memberId" = ${memberId}::uuid FOR KEY SHARE),
    answer AS MATERIALIZED (
      SELECT id, "helpfulCount", "mentorId" = ${memberId}::uuid AS own,
        ${waitedFor(memberId)} AS waited
      FROM "Answer" a WHERE id = ${known}::uuid AND ${shownAnswer} AND EXISTS (SELECT FROM person) FOR NO KEY UPDATE
    )`
}

function told(kind: MarkKind, marked: boolean, { marks }: Marked): MarkState {
  return kind === 'helpful' ? { marked, marks } : { marked }
}
