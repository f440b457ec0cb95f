import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { run } from './child.ts'
import type { Environment } from './environment.ts'
import { root } from './place.ts'
import { joinPostgres } from './postgres.ts'
import { checkoutHome } from './postgres-home.ts'
import { Failure } from './say.ts'
import { servingElsewhere } from './serving.ts'

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
  try {
    const [row] = await query<{ version: number }>(url, `SELECT current_setting('server_version_num')::int / 10000 AS version`)
    return row && row.version >= 15 ? undefined : `The database of DATABASE_URL is PostgreSQL ${row?.version}: 15 or newer is needed.`
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    // `migrate` creates it.
    if (code === noSuchDatabase) return undefined
    if (code === '28P01' || code === '28000') return `The database of DATABASE_URL refuses the user or the password: ${message}.`
    return `The database of DATABASE_URL cannot be reached (${message || code}): start it, or unset DATABASE_URL to use the built-in one.`
  }
}

/** Whether every migration of this checkout is in the database. */
export async function isMigrated(url: string): Promise<boolean> {
  const wanted = readdirSync(join(root, 'prisma/migrations'), { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const applied = 'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL'
  const there = new Set((await queryIfThere<{ name: string }>(url, applied)).map(({ name }) => name))
  return wanted.every(({ name }) => there.has(name))
}

/** Brings the database of `env` to this checkout's migrations, creating it when it is not there. */
export async function migrate(env: Environment): Promise<void> {
  const url = env.DATABASE_URL ?? ''
  await query(url, 'SELECT 1').catch((error: { code?: string }) => (error.code === noSuchDatabase ? create(url) : Promise.reject(error)))
  await run('migrate', 'prisma', ['migrate', 'deploy'], env).catch(async (error: unknown) => {
    const name = error instanceof Failure && (await unfinishedMigration(url))
    throw name ? new Failure(`${error.message}\n${howToGoOn(name)}`) : error
  })
}

/** The same for the built-in database. Throws a Failure while a process serves from this folder, whose pages know the tables as they are. */
export async function migrateUnderNobody(env: Environment): Promise<void> {
  const other = servingElsewhere()
  if (other) throw new Failure(`There are new migrations, and process ${other} still serves from this folder: stop it first.`)
  await migrate(env)
}

/** The migration that was begun and of which nobody knows what became: no other is applied before somebody says so. */
async function unfinishedMigration(url: string): Promise<string | undefined> {
  const begun = 'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL'
  return (await queryIfThere<{ name: string }>(url, begun))[0]?.name
}

/** The address of another database on the same server. */
export function anotherDatabase(url: string, name: string): string {
  const other = new URL(url)
  other.pathname = `/${name}`
  return other.href
}

/** Whether nobody has put anything in or begun to set it up yet, and no demo content was there and taken away. */
export async function isEmpty(url: string): Promise<boolean> {
  const rows = await Promise.all(
    ['Community', 'Member', 'Site', 'DemoRow'].map((table) => queryIfThere(url, `SELECT 1 FROM "${table}" LIMIT 1`)),
  )
  return rows.flat().length === 0
}

/** Whether somebody of the demo content can sign in, with a password that everybody knows. */
export async function hasDemoAccounts(url: string): Promise<boolean> {
  const accounts = `SELECT 1 FROM "DemoRow" d JOIN "Account" a ON a."memberId" = d.id WHERE a.email LIKE '%@demo.example' LIMIT 1`
  return (await queryIfThere(url, accounts)).length > 0
}

/** Whether set-up is under way, or nobody can sign in who would begin it; cli/set-up-link.ts looks closer. */
export async function isToBeSetUp(url: string): Promise<boolean> {
  const sql = `SELECT 1 WHERE EXISTS (SELECT FROM "Site" WHERE "setUpAt" IS NULL)
    OR NOT EXISTS (SELECT FROM "Site") AND NOT EXISTS (SELECT FROM "Account")`
  return (await queryIfThere(url, sql)).length > 0
}

const noSuchDatabase = '3D000'
const noSuchTable = '42P01'

function howToGoOn(name: string): string {
  return `The migration ${name} was begun and did not end. It is one transaction, so nothing of it is there unless it was done in the very end. Mend what is told above, then bin/run prisma migrate resolve --rolled-back ${name}, and start again. More is in docs/operations.md, "Migrations".`
}

async function create(url: string): Promise<void> {
  const name = decodeURIComponent(new URL(url).pathname.slice(1))
  await query(anotherDatabase(url, 'postgres'), `CREATE DATABASE ${pg.escapeIdentifier(name)}`).catch((error: Error) => {
    throw new Failure(`The database ${name} is not there and cannot be created: ${error.message}.`)
  })
}

async function queryIfThere<Row>(url: string, sql: string): Promise<Row[]> {
  return query<Row>(url, sql).catch((error: { code?: string }) => {
    if (error.code === noSuchDatabase || error.code === noSuchTable) return []
    throw error
  })
}

async function query<Row>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  // Without a listener a connection that ends later would end us.
  client.on('error', () => {})
  try {
    await client.connect()
    return (await client.query(sql)).rows as Row[]
  } finally {
    await client.end().catch(() => {})
  }
}
