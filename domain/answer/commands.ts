import type { Db } from '#lib/db.ts'

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
