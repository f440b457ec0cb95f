import type { Client } from 'pg'
import { expect, test } from 'vitest'
import { copyIn, copyOut } from '#lib/backup/copying.ts'
import { db } from '#lib/db.ts'
import { inTransaction, withSession } from '#lib/db-session.ts'

// What the system says of a connection that ended differs from one moment to the next.
const GONE = /^the database has gone away \(.+\)$/

test('A connection that ends between two statements fails the next one with a sentence, and not the process', async () => {
  const work = withSession(async (session) => {
    await endFromElsewhere(session)
    await session.query('SELECT 1')
  })
  await expect(work).rejects.toThrow(GONE)
})

test('A connection that ends in a transaction is told as such, and nothing of the transaction is there', async () => {
  const work = withSession((session) =>
    inTransaction(session, async () => {
      await session.query(`INSERT INTO "Company" (id, slug, name) VALUES (gen_random_uuid(), 'half-way', 'Half Way')`)
      await session.query('SELECT pg_terminate_backend(pg_backend_pid())')
    }),
  )
  await expect(work).rejects.toThrow('terminat')
  expect(await db().company.count({ where: { slug: 'half-way' } })).toBe(0)
})

test('A connection that ends while rows are copied out or in is told as such', async () => {
  const out = withSession(async (session) => {
    // More than lies in sockets, so that the server is not done before somebody reads on.
    await session.query('CREATE TEMP TABLE long AS SELECT n AS id, repeat(md5(n::text), 20) AS text FROM generate_series(1, 60000) n')
    let isEnded = false
    for await (const _ of await copyOut(session, { schema: 'pg_temp', name: 'long', columns: ['id', 'text'] })) {
      if (!isEnded) await terminate(session)
      isEnded = true
    }
  })
  await expect(out).rejects.toThrow(GONE)

  async function* rows(session: Client) {
    yield Buffer.from('019a0000-0000-7000-8000-000000000000\tone\tOne\n')
    await endFromElsewhere(session)
    yield Buffer.from('019a0000-0000-7000-8000-000000000001\ttwo\tTwo\n')
  }
  const table = { schema: 'public', name: 'Company', columns: ['id', 'slug', 'name'] }
  await expect(withSession((session) => copyIn(session, table, rows(session)))).rejects.toThrow(GONE)
})

/** As a server that restarts ends it; waits until the client knows. */
async function endFromElsewhere(session: Client): Promise<void> {
  const known = new Promise<void>((resolve) => session.once('end', resolve))
  await terminate(session)
  await known
}

async function terminate(session: Client): Promise<void> {
  const { processID } = session as unknown as { processID: number }
  await db().$queryRaw`SELECT pg_terminate_backend(${processID}::int)`
}
