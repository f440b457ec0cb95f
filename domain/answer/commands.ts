import type { Db } from '#lib/db.ts'

/** Takes an answer from all that the public reads and counts. False where it is hidden already. */
export async function hideAnswer(tx: Db, id: string, hiddenById: string, now: Date): Promise<boolean> {
  const { count } = await tx.answer.updateMany({ where: { id, hiddenAt: null }, data: { hiddenAt: now, hiddenById } })
  return count === 1
}

export async function restoreAnswer(tx: Db, id: string): Promise<boolean> {
  const { count } = await tx.answer.updateMany({ where: { id, hiddenAt: { not: null } }, data: { hiddenAt: null, hiddenById: null } })
  return count === 1
}
