import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The server that tests may make databases on, and the migrated one that they are copied from; null without a server. */
    databases: { server: string; template: string } | null
  }
}

const root = dirname(import.meta.dirname)

/**
 * Once for each run of vitest: makes the database that every test file gets a copy of (testing/database.ts), unless these
 * migrations have one already. The server is that of DATABASE_URL, which `bin/test` and `bin/run vitest` give.
 */
export default async function prepareTemplate(project: TestProject): Promise<void> {
  const server = process.env.DATABASE_URL
  project.provide('databases', server ? { server, template: await template(server) } : null)
}

/** A fresh, migrated, empty database of this name, in place of the one there is, and its address. */
export async function freshDatabase(server: string, name: string): Promise<string> {
  const source = await template(server)
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  try {
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${source}`)
  } finally {
    await client.end()
  }
  return databaseUrl(server, name)
}

async function template(server: string): Promise<string> {
  const name = `perch_template_${migrationsHash()}`
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  try {
    // Another run may be making it at the same time.
    await client.query(`SELECT pg_advisory_lock(hashtext('perch_template'))`)
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
    if (rowCount) return name
    // It gets its name when it is complete: a run that is ended halfway leaves nothing that looks like one.
    await client.query(`DROP DATABASE IF EXISTS ${name}_unfinished WITH (FORCE)`)
    await client.query(`CREATE DATABASE ${name}_unfinished`)
    await migrate(databaseUrl(server, `${name}_unfinished`))
    await client.query(`ALTER DATABASE ${name}_unfinished RENAME TO ${name}`)
    return name
  } finally {
    await client.end()
  }
}

/** The address of another database on the same server. */
export function databaseUrl(server: string, name: string): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

function migrationsHash(): string {
  const folder = join(root, 'prisma/migrations')
  const hash = createHash('sha256')
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith('.toml')) hash.update(readFileSync(join(folder, name, 'migration.sql')))
  }
  return hash.digest('hex').slice(0, 16)
}

async function migrate(url: string): Promise<void> {
  const env = { ...process.env, DATABASE_URL: url, PRISMA_SCHEMA_ENGINE_BINARY: join(root, 'prisma/schema-engine.mjs') }
  await promisify(execFile)(process.execPath, ['node_modules/prisma/build/index.js', 'migrate', 'deploy'], { cwd: root, env })
}
