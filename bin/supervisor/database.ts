import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { run } from './child.ts'
import type { Environment } from './environment.ts'
import { root } from './place.ts'
import { joinPostgres } from './postgres.ts'
import { checkoutHome } from './postgres-home.ts'
import { Failure } from './say.ts'

export type Database = {
  url: string
  /** Ours to migrate without being asked. */
  builtIn: boolean
  isUp: () => boolean
  release: () => Promise<void>
}

/** The server of DATABASE_URL when that is set, else the built-in one. Throws a Failure when it cannot be used. */
export async function openDatabase(given: string | undefined = process.env.DATABASE_URL): Promise<Database> {
  if (!given) return { ...(await joinPostgres(checkoutHome())), builtIn: true }
  const trouble = await databaseTrouble(given)
  if (trouble) throw new Failure(trouble)
  return { url: given, builtIn: false, isUp: () => true, release: async () => {} }
}

/** What keeps the database of this address from being used, as a sentence without its password; undefined when nothing does. */
export async function databaseTrouble(url: string): Promise<string | undefined> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  // Without a listener a connection that ends later would end us.
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ version: number }>(`SELECT current_setting('server_version_num')::int AS version`)
    const version = Math.floor((rows[0]?.version ?? 0) / 10_000)
    return version < 15 ? `The database of DATABASE_URL is PostgreSQL ${version}: 15 or newer is needed.` : undefined
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    // Prisma creates a database that is not there yet.
    if (code === '3D000') return undefined
    if (code === '28P01' || code === '28000') return `The database of DATABASE_URL refuses the user or the password: ${message}.`
    return `The database of DATABASE_URL cannot be reached (${message || code}): start it, or unset DATABASE_URL to use the built-in one.`
  } finally {
    await client.end().catch(() => {})
  }
}

/** Whether every migration of this checkout is in the database. */
export async function isMigrated(url: string): Promise<boolean> {
  const wanted = readdirSync(join(root, 'prisma/migrations'), { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const rows = await rowsOf(
    url,
    'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  )
  const there = new Set(rows.map(({ name }) => name))
  return wanted.every(({ name }) => there.has(name))
}

/** Brings the database of `env` to this checkout's migrations, creating it when it is not there. */
export async function migrate(env: Environment): Promise<void> {
  await run('migrate', 'prisma', ['migrate', 'deploy'], env)
}

/** The address of another database on the same server. `migrate` creates it. */
export function anotherDatabase(url: string, name: string): string {
  const other = new URL(url)
  other.pathname = `/${name}`
  return other.href
}

/** Whether nobody has put anything in yet. */
export async function isEmpty(url: string): Promise<boolean> {
  return (await rowsOf(url, 'SELECT 1 FROM "Community" LIMIT 1')).length === 0
}

// No rows when the table or the database is not there.
async function rowsOf(url: string, query: string): Promise<{ name?: string }[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return (await client.query<{ name?: string }>(query)).rows
  } catch (error) {
    if (['3D000', '42P01'].includes((error as { code?: string }).code ?? '')) return []
    throw error
  } finally {
    await client.end().catch(() => {})
  }
}
