import { Client, DatabaseError } from 'pg'
import { env } from '#lib/env.ts'
import { Refusal } from '#lib/refusal.ts'

/** What a server says that ends, or ends a connection (class 57 of its codes). */
const ENDING = /^57P0[123]$/

/**
 * Gives the work a connection of its own, for what runs for minutes and needs temporary tables: the pool's connections
 * stop a statement after seconds, and a request would wait for the one that is taken. Closing it at the end drops its
 * temporary tables and takes back what was not committed. Throws what the work throws, or that the database has gone away.
 */
export async function withSession<T>(work: (session: Client) => Promise<T>): Promise<T> {
  const session = new Client({
    connectionString: env().DATABASE_URL,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    application_name: 'perch session',
  })
  // Without a listener a connection that ends between two statements would end the process.
  let lost: Error | undefined
  session.on('error', (error) => {
    lost ??= error
  })
  await session.connect()
  try {
    // A server's own limits are made for requests too. Compiling statements costs a small import more than it runs.
    await session.query("SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; SET jit = off; SET TimeZone = 'UTC'")
    return await work(session)
  } catch (error) {
    if (error instanceof Refusal) throw error
    // What fails first is a statement somewhere, which says less than the connection does, or was told by the server that it ends.
    const gone = lost ?? (error instanceof DatabaseError && ENDING.test(error.code ?? '') ? error : undefined)
    throw gone ? new Error(`the database has gone away (${gone.message})`, { cause: error }) : error
  } finally {
    await session.end()
  }
}

/** All of it or nothing of it. */
export async function inTransaction<T>(session: Client, work: () => Promise<T>): Promise<T> {
  await session.query('BEGIN')
  try {
    const result = await work()
    await session.query('COMMIT')
    return result
  } catch (error) {
    // Where the connection is gone the server has taken it back already, and the error is what to tell.
    await session.query('ROLLBACK').catch(() => {})
    throw error
  }
}
