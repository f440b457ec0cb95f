import type { Client } from 'pg'

/** What demo content is made of, in the order in which it can be deleted. What else there is belongs to one of them. */
export const KINDS = ['Answer', 'Question', 'Ama', 'Member', 'Company', 'Topic', 'Community'] as const

export type Kind = (typeof KINDS)[number]

/** Notes what an import has made, in the import's transaction: what was there before is not new. */
export async function recordDemo(session: Client): Promise<void> {
  for (const kind of KINDS) {
    await session.query(
      `INSERT INTO "DemoRow" (id, kind) SELECT made.id, '${kind}' FROM staged_${kind.toLowerCase()} s JOIN "${kind}" made ON made.id = s.fresh`,
    )
  }
}

/** Whether this database ever had demo content. */
export async function hadDemo(session: Client): Promise<boolean> {
  const { rowCount } = await session.query('SELECT FROM "DemoRow" LIMIT 1')
  return rowCount !== 0
}
