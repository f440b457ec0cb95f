import type { Client } from 'pg'
import { copyIn, tallyTable } from '#lib/backup/copying.ts'
import { type Backup, isSameTally, type Migration, type Progress, type Table, titleOf } from '#lib/backup/format.ts'
import { amongThem, sameMigrations } from '#lib/backup/migrations.ts'
import { readBackup } from '#lib/backup/reading.ts'
import {
  appliedMigrations,
  DROP_ALL,
  listIndexes,
  listReferences,
  listSequences,
  listTables,
  PLAIN_TEXT,
  quoted,
} from '#lib/backup/tables.ts'
import { inTransaction } from '#lib/db-session.ts'
import { ensure } from '#lib/refusal.ts'

type Tell = (progress: Progress<'loading' | 'comparing'>) => void

export type RestoreOptions = {
  /** Rows that are there are deleted; else they are a reason to refuse. */
  replace: boolean
  /** Migrations of this checkout with their scripts, in order. */
  migrations: (Migration & { script: string })[]
}

/**
 * Brings the database of `session` to what a checked backup says: all of it or, when anything is amiss, nothing. A database
 * whose migrations are the checkout's is taken back to the backup's older ones, and left there. Throws a Refusal.
 */
export async function restoreBackup(
  session: Client,
  file: string,
  backup: Backup,
  { replace, migrations }: RestoreOptions,
  tell: Tell,
): Promise<void> {
  await inTransaction(session, async () => {
    const tables = await takeAlone(session)
    if (!replace) await ensureEmpty(session, tables)
    await adjustShape(session, backup, migrations)
    await session.query(PLAIN_TEXT)
    const wanted = await listTables(session)
    ensure(isSameShape(wanted, backup.tables), 'conflict', 'The tables of the database are not those of the backup.')
    await load(session, file, wanted, tell)
    await setSequences(session, backup)
    await compare(session, backup, tell)
  })
  for (const table of backup.tables) await session.query(`ANALYZE ${quoted(table)}`)
}

/** Nobody else reads or writes from here on. The site's requests fail meanwhile, and are served from copies where there are some. */
async function takeAlone(session: Client): Promise<Table[]> {
  await session.query(`SET LOCAL lock_timeout = '30s'`)
  const tables = await listTables(session)
  await session.query(`LOCK TABLE ${tables.map(quoted).join()} IN ACCESS EXCLUSIVE MODE`)
  // Workers remember the numbers of tasks. They begin anew by themselves, and wait at the lock for the new ones.
  await session.query(`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'perch worker' AND usename = current_user`)
  return tables
}

/** The queue has rows as soon as a worker has run; they are no reason. */
async function ensureEmpty(session: Client, tables: Table[]): Promise<void> {
  const filled: string[] = []
  for (const table of tables.filter(({ schema }) => schema === 'public')) {
    const { rowCount } = await session.query(`SELECT FROM ${quoted(table)} LIMIT 1`)
    if (rowCount) filled.push(table.name)
  }
  const some = filled.slice(0, 3).join(', ')
  const more = filled.length > 3 ? ` and ${filled.length - 3} more` : ''
  ensure(filled.length === 0, 'conflict', `The database is not empty: there are rows in ${some}${more}. With --replace they are deleted.`)
}

async function adjustShape(session: Client, backup: Backup, migrations: RestoreOptions['migrations']): Promise<void> {
  const applied = await appliedMigrations(session)
  if (sameMigrations(applied, backup.migrations)) return
  ensure(
    sameMigrations(applied, migrations),
    'conflict',
    'The database has other migrations than the backup and this checkout. bin/run prisma migrate status says which.',
  )
  await takeBack(session, amongThem(migrations, backup.migrations))
}

/**
 * Makes all tables anew by these migrations, in order and within the transaction. Where the backup's site ran them in another
 * order this comes to the same tables; one that needs what is left out fails, and with it the restore.
 */
async function takeBack(session: Client, migrations: RestoreOptions['migrations']): Promise<void> {
  await session.query(DROP_ALL)
  for (const { script } of migrations) await session.query(script)
  await session.query('DELETE FROM public._prisma_migrations WHERE migration_name <> ALL($1)', [migrations.map(({ name }) => name)])
}

/** Columns have the order in which migrations ran, which may be another one on each site; rows name theirs. */
function isSameShape(some: Table[], others: Table[]): boolean {
  const inOrder = (tables: Table[]) => JSON.stringify(tables.map(({ schema, name, columns }) => [schema, name, columns.toSorted()]))
  return inOrder(some) === inOrder(others)
}

async function load(session: Client, file: string, tables: Table[], tell: Tell): Promise<void> {
  // Only a superuser could disable foreign keys. Brought back they are checked once over all rows, whatever circles they make.
  const references = await listReferences(session)
  for (const { drop } of references) await session.query(drop)
  // An index made of all rows at once takes a fraction of the time of one that each row is put into.
  const indexes = await listIndexes(session)
  for (const { drop } of indexes) await session.query(drop)
  for (const table of tables) await session.query(`ALTER TABLE ${quoted(table)} DISABLE TRIGGER USER`)
  await session.query(`TRUNCATE ${tables.map(quoted).join()}`)
  await readBackup(
    file,
    (done, total) => tell({ stage: 'loading', done, total }),
    (table, chunks) => copyIn(session, table, chunks),
  )
  for (const table of tables) await session.query(`ALTER TABLE ${quoted(table)} ENABLE TRIGGER USER`)
  for (const { add } of [...indexes, ...references]) await session.query(add)
}

/** By ALTER and not by setval, which a rollback does not take back. */
async function setSequences(session: Client, { sequences }: Backup): Promise<void> {
  const there = new Set((await listSequences(session)).map(titleOf))
  for (const sequence of sequences) {
    ensure(there.has(titleOf(sequence)), 'conflict', `The database has no sequence ${titleOf(sequence)}.`)
    await session.query(`ALTER SEQUENCE ${quoted(sequence)} RESTART WITH ${BigInt(sequence.next)}`)
  }
}

/** What is in the tables now, read again, against what was in the file. */
async function compare(session: Client, backup: Backup, tell: Tell): Promise<void> {
  const total = Object.values(backup.contents).reduce((sum, { rows }) => sum + rows, 0)
  let done = 0
  for (const table of backup.tables) {
    const shouldBe = backup.contents[titleOf(table)]
    const is = await tallyTable(session, table)
    ensure(isSameTally(is, shouldBe), 'conflict', `The rows of ${titleOf(table)} did not arrive as they are in the file.`)
    done += is.rows
    tell({ stage: 'comparing', done, total })
  }
}
