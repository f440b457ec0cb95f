import { access } from 'node:fs/promises'
import type { Client } from 'pg'
import { type Entry, writeArchive } from '#lib/backup/archive.ts'
import { copyOut } from '#lib/backup/copying.ts'
import {
  type Backup,
  CONTENTS,
  type Contents,
  HEAD,
  type Head,
  openTally,
  type Progress,
  partName,
  type Table,
  titleOf,
} from '#lib/backup/format.ts'
import { appliedMigrations, listSequences, listTables, PLAIN_TEXT, quoted } from '#lib/backup/tables.ts'
import { ensure } from '#lib/refusal.ts'

type Tell = (progress: Progress<'reading'>) => void

const NOTHING_IN_IT =
  'There is nothing in this database. Is DATABASE_URL set as it is for the site? Without it a command works on the built-in one.'

/** A part of a table in the archive: what is held in memory at a time. */
const PART_BYTES = 2 * 1024 * 1024

/**
 * Writes all rows of the database of `session` as they are at one moment into a new file; others go on writing meanwhile.
 * Throws a Refusal when the file is there already, when nobody has put anything into the database (another one was meant), or
 * when migrations are unfinished; then and when the signal comes nothing is left of it.
 */
export async function writeBackup(
  session: Client,
  file: string,
  tell: Tell,
  signal: AbortSignal = new AbortController().signal,
): Promise<Backup> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  )
  ensure(!isThere, 'conflict', 'It is there already. Name another file.')
  const head = await openMoment(session)
  ensure(await hasRows(session, head.tables), 'not_found', NOTHING_IN_IT)
  const contents: Contents = { contents: {}, sequences: [] }
  await writeArchive(file, entries(session, head, contents, tell), signal)
  await session.query('COMMIT')
  return { ...head, ...contents }
}

/**
 * Begins a transaction that sees one moment. The tables are locked against changes of their shape, and against being
 * emptied, before that: TRUNCATE is seen by those who looked earlier too.
 */
async function openMoment(session: Client): Promise<Head> {
  const expected = await listTables(session)
  ensure(expected.length > 0, 'not_found', 'The database has no tables: bin/run prisma migrate deploy makes them.')
  await session.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
  await session.query(`LOCK TABLE ${expected.map(quoted).join()} IN ACCESS SHARE MODE`)
  await session.query(PLAIN_TEXT)
  const { rows } = await session.query(`SELECT clock_timestamp() AS "madeAt", current_setting('server_version') AS postgres`)
  const tables = await listTables(session)
  ensure(JSON.stringify(tables) === JSON.stringify(expected), 'conflict', 'The database was being migrated. Try again.')
  const migrations = await appliedMigrations(session)
  const [{ madeAt, postgres }] = rows as [{ madeAt: Date; postgres: string }]
  return { format: 'perch-backup/1', madeAt: madeAt.toISOString(), postgres, migrations, tables }
}

/** Whether anything is in the site's own tables: the queue has rows of its own as soon as a server has run. */
async function hasRows(session: Client, tables: Table[]): Promise<boolean> {
  const ours = tables.filter(({ schema }) => schema === 'public')
  const { rows } = await session.query(`SELECT ${ours.map((table) => `EXISTS (SELECT FROM ${quoted(table)})`).join(' OR ')} AS some`)
  return rows[0]?.some === true
}

async function* entries(session: Client, head: Head, contents: Contents, tell: Tell): AsyncGenerator<Entry> {
  yield { name: HEAD, bytes: json(head) }
  const total = await countRows(session, head.tables)
  let done = 0
  for (const table of head.tables) {
    const tally = openTally()
    let part = 0
    for await (const bytes of inParts(await copyOut(session, table))) {
      tally.add(bytes)
      part += 1
      yield { name: partName(table, part), bytes }
      tell({ stage: 'reading', done: done + tally.rows(), total })
    }
    const counted = tally.close()
    contents.contents[titleOf(table)] = counted
    done += counted.rows
  }
  contents.sequences = await listSequences(session)
  yield { name: CONTENTS, bytes: json(contents) }
  tell({ stage: 'reading', done: total, total })
}

async function countRows(session: Client, tables: Table[]): Promise<number> {
  const counts = tables.map((table) => `(SELECT count(*) FROM ${quoted(table)})`)
  const { rows } = await session.query<{ n: string }>(`SELECT ${counts.join(' + ')} AS n`)
  return Number(rows[0]?.n)
}

async function* inParts(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = []
  let bytes = 0
  for await (const chunk of chunks) {
    held.push(chunk)
    bytes += chunk.length
    if (bytes < PART_BYTES) continue
    yield Buffer.concat(held)
    held = []
    bytes = 0
  }
  if (bytes) yield Buffer.concat(held)
}

function json(value: object): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`)
}
