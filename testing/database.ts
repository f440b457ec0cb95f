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
    const held = globalThis as { perchDb?: { $disconnect: () => Promise<void> } }
    await held.perchDb?.$disconnect()
    await onServer(databases.server, `DROP DATABASE ${name} WITH (FORCE)`)
  })
}

async function onServer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
