import type { Local } from '#domain/local-word/rules.ts'
import { db } from '#lib/db.ts'

/** The words of an AMA, by the alphabet. */
export function listLocalWords(amaId: string): Promise<Local[]> {
  return db().localWord.findMany({ where: { amaId }, orderBy: { word: 'asc' }, select: { word: true, means: true } })
}

/** Of these AMAs, those that the person holds. */
export async function heldAmasOf({ memberId }: { memberId: string }, ids: string[]): Promise<string[]> {
  const held = await db().amaMentor.findMany({ where: { memberId, amaId: { in: ids } }, select: { amaId: true } })
  return held.map(({ amaId }) => amaId)
}
