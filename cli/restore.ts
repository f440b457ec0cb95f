import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import type { Client } from 'pg'
import { showProgress } from '#cli/progress.ts'
import { ensureKnown, readMigrations } from '#lib/backup/migrations.ts'
import { checkBackup } from '#lib/backup/reading.ts'
import { restoreBackup } from '#lib/backup/restore.ts'
import { appliedMigrations } from '#lib/backup/tables.ts'
import { withSession } from '#lib/db-session.ts'
import { Refusal } from '#lib/refusal.ts'
import { findDrift } from '#prisma/derived.ts'

const usage = 'Usage: npm run restore -- FILE [--replace]'
const root = join(import.meta.dirname, '..')

const { file, replace } = readArguments()
await stat(file).then(
  (found) => found.isFile() || exit(`${file} is not a file.`),
  () => exit(`${file} is not there.`),
)
const bar = showProgress({ checking: 'Checking ', loading: 'Loading  ', comparing: 'Comparing' })
const startedAt = performance.now()
try {
  const migrations = await readMigrations(join(root, 'prisma/migrations'))
  const backup = await checkBackup(file, bar.tell)
  ensureKnown(backup.migrations, migrations)
  await withSession(async (session) => {
    if ((await appliedMigrations(session)).length === 0) await migrate()
    await restoreBackup(session, file, backup, { replace, migrations }, bar.tell)
  })
  bar.stop()
  if (backup.migrations.length < migrations.length) await migrate().catch(exitOlder)
  const rows = Object.values(backup.contents).reduce((sum, tally) => sum + tally.rows, 0)
  const seconds = Math.round((performance.now() - startedAt) / 1_000)
  console.log(`Restored ${file}: ${rows.toLocaleString('en-US')} rows as they were at ${backup.madeAt}, ${seconds} s.`)
  await withSession(tellDrift)
} catch (error) {
  bar.stop()
  const trouble = error instanceof Error ? error.message : String(error)
  exit(`${file} was not restored, and no row of the database has changed. ${error instanceof Refusal ? trouble : `The reason: ${trouble}`}`)
}

function readArguments(): { file: string; replace: boolean } {
  try {
    const { values, positionals } = parseArgs({ allowPositionals: true, options: { replace: { type: 'boolean', default: false } } })
    const [first, ...more] = positionals
    return first && !more.length ? { file: first, replace: values.replace } : exit(usage)
  } catch {
    return exit(usage)
  }
}

/** Brings the database to this checkout's migrations. */
async function migrate(): Promise<void> {
  await promisify(execFile)(process.execPath, ['node_modules/prisma/build/index.js', 'migrate', 'deploy'], { cwd: root })
}

function exitOlder(error: Error): never {
  exit(`${file} was restored, but the newer migrations of this checkout could not be applied: ${error.message}`)
}

/** Drift was in the rows when they were backed up: they are what they were, and somebody should know. */
async function tellDrift(session: Client): Promise<void> {
  for (const { table, rows, sample } of await findDrift(session)) {
    console.error(
      `In ${rows} rows of ${table} what is counted is not what there is, and was not when it was backed up: ${JSON.stringify(sample)}. npm run doctor -- --repair counts anew.`,
    )
  }
}

function exit(message: string): never {
  console.error(message)
  process.exit(1)
}
