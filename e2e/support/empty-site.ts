import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import pg from 'pg'
import { freePort, startServer } from '#e2e/support/another-site.ts'
import { env } from '#lib/env.ts'

export type EmptySite = {
  url: string
  /** What cli/set-up-link.ts says, as bin/start lets it after each start. */
  setUpLink: () => Promise<string>
  end: () => Promise<void>
}

/** A server of the same build on a database of its own, in which nobody has put anything. */
export async function startEmptySite(): Promise<EmptySite> {
  const name = `perch_empty_${process.pid}`
  await onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  await onServer(`CREATE DATABASE ${name}`)
  const database = new URL(env().DATABASE_URL)
  database.pathname = `/${name}`
  const port = await freePort()
  const url = `http://localhost:${port}`
  const given = { DATABASE_URL: database.href, SITE_URL: url }
  // `env` changes what is said here, and hands down the rest of what bin/test gave.
  const run = (...program: string[]) => promisify(execFile)('env', [...Object.entries(given).map((pair) => pair.join('=')), ...program])
  await run('prisma', 'migrate', 'deploy')
  const server = await startServer(port, given)
  return {
    url,
    setUpLink: async () => (await run(process.execPath, 'cli/set-up-link.ts')).stdout,
    end: async () => {
      await server.end()
      await onServer(`DROP DATABASE ${name} WITH (FORCE)`)
    },
  }
}

/** Runs a statement on the database server of the tests. */
export async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: env().DATABASE_URL })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}
