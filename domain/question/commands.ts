import type { Db } from '#lib/db.ts'

/**
 * Locks every question that a member's leaving concerns, in the order of their ids, before anything of it is done: two who
 * leave at one moment wait for each other and never in a circle.
 */
export async function lockQuestionsOf(tx: Db, memberId: string): Promise<void> {
  await tx.$queryRaw`
    SELECT 1 AS locked FROM "Question" WHERE id IN (
      SELECT "questionId" FROM "AnswerRequest" WHERE "memberId" = ${memberId}::uuid
      UNION SELECT "questionId" FROM "Answer" WHERE "mentorId" = ${memberId}::uuid
      UNION SELECT a."questionId" FROM "AnswerMark" m JOIN "Answer" a ON a.id = m."answerId" WHERE m."memberId" = ${memberId}::uuid
      UNION SELECT id FROM "Question" WHERE "askedById" = ${memberId}::uuid OR "askedToId" = ${memberId}::uuid
    ) ORDER BY id FOR UPDATE`
}

/**
 * Deletes what a member asked. Where others have answered, the question is theirs too: it stays, without its details. To be
 * called once the member's own answers are gone.
 */
export async function removeQuestionsOf(tx: Db, memberId: string): Promise<void> {
  await tx.question.deleteMany({ where: { askedById: memberId, answers: { none: {} } } })
  await tx.question.updateMany({ where: { askedById: memberId }, data: { details: null, detailsHtml: null } })
}

/** Takes a member's name from questions: those they asked, and those put to them, which are then their community's. */
export async function unsignQuestionsOf(tx: Db, memberId: string): Promise<void> {
  await tx.question.updateMany({ where: { askedById: memberId }, data: { askedById: null, showName: false } })
  await tx.question.updateMany({ where: { askedToId: memberId }, data: { askedToId: null } })
}

/** Takes a question, and with it its answers, from all that the public reads and counts. False where it is hidden already. */
export async function hideQuestion(tx: Db, id: string, hiddenById: string, now: Date): Promise<boolean> {
  await lockAnswers(tx, id)
  const { count } = await tx.question.updateMany({ where: { id, hiddenAt: null }, data: { hiddenAt: now, hiddenById } })
  return count === 1
}

export async function restoreQuestion(tx: Db, id: string): Promise<boolean> {
  await lockAnswers(tx, id)
  const { count } = await tx.question.updateMany({ where: { id, hiddenAt: { not: null } }, data: { hiddenAt: null, hiddenById: null } })
  return count === 1
}

/** Answers before their question, by id: the order in which views are counted, so that nobody waits in a circle. */
async function lockAnswers(tx: Db, questionId: string): Promise<void> {
  await tx.$queryRaw`SELECT id FROM "Answer" WHERE "questionId" = ${questionId}::uuid ORDER BY id FOR NO KEY UPDATE`
}
