import type { Db } from '#lib/db.ts'

/** Deletes a mentor's answers; counters and lead answers follow. */
export async function removeAnswersOf(tx: Db, mentorId: string): Promise<void> {
  await tx.answer.deleteMany({ where: { mentorId } })
}

/** Takes the roles held then from a mentor's answers. */
export async function unsignAnswersOf(tx: Db, mentorId: string): Promise<void> {
  await tx.answer.updateMany({ where: { mentorId }, data: { companyId: null, title: null } })
}
