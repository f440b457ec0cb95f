import { db } from '#lib/db.ts'
import type { Viewer } from '#lib/viewer.ts'

/** Those of the answers that are not the viewer's own. Of a visitor nothing is known, and nothing is asked. */
export async function withoutOwn(viewer: Viewer, answerIds: string[]): Promise<string[]> {
  if (!viewer) return answerIds
  const own = await db().answer.findMany({ where: { id: { in: answerIds }, mentorId: viewer.memberId }, select: { id: true } })
  return answerIds.filter((id) => !own.some((answer) => answer.id === id))
}

/** The zones of those who wrote these answers and say one. */
export async function listZonesOf(answerIds: (string | undefined)[]): Promise<string[]> {
  const rows = await db().$queryRaw<{ zone: string }[]>`
    SELECT DISTINCT m."timeZone" AS zone FROM "Answer" a JOIN "Member" m ON m.id = a."mentorId"
    WHERE a.id = ANY(${answerIds}::uuid[]) AND m."timeZone" IS NOT NULL`
  return rows.map(({ zone }) => zone)
}
