import pg from 'pg'
import { READER } from '#lib/db.ts'

/**
 * A statement as it goes to PostgreSQL, with $1, $2 … in its text; with a name where the server keeps its plan. `generic`: by a
 * connection that plans it for all values alike (readRows).
 */
export type Statement = { text: string; name: string | undefined; values: unknown[]; generic: boolean }

/** Not in the driver's types. */
type Named = { connectionParameters: { application_name?: string } }

/**
 * The statements that some work sends, in order, those of Prisma's own queries included: all of them pass through the
 * driver's one method. Work that goes on elsewhere in the process meanwhile is recorded too.
 */
export async function recordStatements(work: () => Promise<unknown>): Promise<Statement[]> {
  const statements: Statement[] = []
  const query = pg.Client.prototype.query
  pg.Client.prototype.query = function (this: pg.Client & Named, ...given: [unknown, unknown?]) {
    const [config, values] = given
    if (typeof config === 'object' && config !== null && 'text' in config) {
      const own = 'values' in config && Array.isArray(config.values) ? config.values : []
      const name = 'name' in config && config.name ? String(config.name) : undefined
      const generic = this.connectionParameters.application_name === READER
      statements.push({ text: String(config.text), name, values: Array.isArray(values) ? values : own, generic })
    }
    return Reflect.apply(query, this, given)
  } as typeof query
  try {
    await work()
  } finally {
    pg.Client.prototype.query = query
  }
  return statements
}
