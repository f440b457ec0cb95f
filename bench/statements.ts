import pg from 'pg'

/** A statement as it goes to PostgreSQL, with $1, $2 … in its text; with a name where the server keeps its plan. */
export type Statement = { text: string; name: string | undefined; values: unknown[] }

/**
 * The statements that some work sends, in order, those of Prisma's own queries included: all of them pass through the
 * driver's one method. Work that goes on elsewhere in the process meanwhile is recorded too.
 */
export async function recordStatements(work: () => Promise<unknown>): Promise<Statement[]> {
  const statements: Statement[] = []
  const query = pg.Client.prototype.query
  pg.Client.prototype.query = function (this: pg.Client, ...given: [unknown, unknown?]) {
    const [config, values] = given
    if (typeof config === 'object' && config !== null && 'text' in config) {
      const own = 'values' in config && Array.isArray(config.values) ? config.values : []
      const name = 'name' in config && config.name ? String(config.name) : undefined
      statements.push({ text: String(config.text), name, values: Array.isArray(values) ? values : own })
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
