import type { Db } from '#lib/db.ts'

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
  const { count } = await tx.answer.updateMany({ where: { id, hiddenAt: null }, data: { hiddenAt: now, hiddenById } })
  return count === 1
}

export async function restoreAnswer(tx: Db, id: string): Promise<boolean> {
  const { count } = await tx.answer.updateMany({ where: { id, hiddenAt: { not: null } }, data: { hiddenAt: null, hiddenById: null } })
  return count === 1
}
