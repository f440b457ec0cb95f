import { db } from '#lib/db.ts'
import type { Viewer } from '#lib/viewer.ts'

/** Those of the answers that are not the viewer's own. Of a visitor nothing is known, and nothing is asked. */
export async function withoutOwn(viewer: Viewer, answerIds: string[]): Promise<string[]> {
  if (!viewer) return answerIds
  const own = await db().answer.findMany({ where: { id: { in: answerIds }, mentorId: viewer.memberId }, select: { id: true } })
  return answerIds.filter((id) => !own.some((answer) => answer.id === id))
}
