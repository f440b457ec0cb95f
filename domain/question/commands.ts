import type { Db } from '#lib/db.ts'

/** Takes a member's requests back; the counts follow. */
export async function withdrawRequestsOf(tx: Db, memberId: string): Promise<void> {
  await tx.answerRequest.deleteMany({ where: { memberId } })
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
