import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Migration } from '#lib/backup/format.ts'
import { ensure } from '#lib/refusal.ts'

/** The migrations of a folder in order, each with the script that Prisma runs and the checksum that it keeps of it. */
export async function readMigrations(folder: string): Promise<(Migration & { script: string })[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort()
  return Promise.all(
    names.map(async (name) => {
      const bytes = await readFile(join(folder, name, 'migration.sql'))
      return { name, checksum: createHash('sha256').update(bytes).digest('hex'), script: bytes.toString() }
    }),
  )
}

/**
 * Refuses a backup whose migrations are not all among these, in words for the one who has to choose another checkout. Some
 * between them may be missing: a site gets a migration late that is named before one that it has.
 */
export function ensureKnown(backup: Migration[], migrations: Migration[]): void {
  const [unknown] = backup.filter(({ name }) => migrations.every((migration) => migration.name !== name))
  ensure(!unknown, 'conflict', `It was made by a newer Perch, which has the migration ${unknown?.name}. Restore it with that one.`)
  const areThese = sameMigrations(backup, amongThem(migrations, backup))
  ensure(areThese, 'conflict', 'It was made by a Perch whose migrations were others of these names. Restore it with that one.')
}

/** Those of `migrations` that a backup names, in order. */
export function amongThem<Known extends Migration>(migrations: Known[], backup: Migration[]): Known[] {
  const names = new Set(backup.map(({ name }) => name))
  return migrations.filter(({ name }) => names.has(name))
}

export function sameMigrations(some: Migration[], others: Migration[]): boolean {
  return (
    some.length === others.length && some.every(({ name, checksum }, i) => name === others[i]?.name && checksum === others[i]?.checksum)
  )
}
