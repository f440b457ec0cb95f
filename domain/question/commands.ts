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
