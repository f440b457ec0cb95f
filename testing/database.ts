import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { databaseUrl } from '#testing/database-template.ts'

// Every test file has a fresh, migrated, empty PostgreSQL database to itself; nothing is to be called or imported for it.
// DATABASE_URL names it before the file is loaded, so that db() of lib/db.ts and any process that a test starts use it.
// A copy takes a few hundredths of a second. Within a file rows stay from test to test: make your own (testing/factories)
// with names of their own rather than counting all there are.
//
// Without a server (plain `npx vitest`) DATABASE_URL is unset: tests that need none run, others say what is missing.

const databases = inject('databases')
delete process.env.DATABASE_URL
if (databases) {
  const name = `perch_test_${process.pid}_${Date.now().toString(36)}`
  await onServer(databases.server, `CREATE DATABASE ${name} TEMPLATE ${databases.template}`)
  process.env.DATABASE_URL = databaseUrl(databases.server, name)
  afterAll(async () => {
    // Who asked the database has loaded it already; to others it is not worth the time.
    if ('perchDb' in globalThis || 'perchReaders' in globalThis) await (await import('#lib/db.ts')).disconnect()
    await drop(databases.server, name)
  })
}

// FORCE ends every session, but may not end what PostgreSQL itself does there (autovacuum). A plain DROP calls that off.
async function drop(server: string, name: string): Promise<void> {
  const forced = await onServer(server, `DROP DATABASE ${name} WITH (FORCE)`).catch((error: unknown) => error)
  if (!forced) return
  if (!(forced instanceof pg.DatabaseError && forced.code === INSUFFICIENT_PRIVILEGE)) throw forced
  await onServer(server, `DROP DATABASE ${name}`)
}

const INSUFFICIENT_PRIVILEGE = '42501'

async function onServer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
