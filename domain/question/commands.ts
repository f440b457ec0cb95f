import type { Db } from '#lib/db.ts'

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
