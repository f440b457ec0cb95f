import { createHash } from 'node:crypto'
import { z } from 'zod'

// A backup is a compressed tar, so that it can be read without Perch: `perch-backup.json`, then every table in parts of
// PostgreSQL's COPY text, then `contents.json` with what the parts have to come to. docs/decisions/017.

const Table = z.object({ schema: z.string(), name: z.string(), columns: z.array(z.string()) })

export const Head = z.object({
  format: z.literal('perch-backup/1'),
  /** The moment that the rows are of. */
  madeAt: z.iso.datetime(),
  postgres: z.string(),
  /** As Prisma keeps them: the SHA-256 of each script. */
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })),
  tables: z.array(Table),
})

const Tally = z.object({ rows: z.int(), bytes: z.int(), sha256: z.string() })

export const Contents = z.object({
  /** What is in each table, by schema and name with a dot between. */
  contents: z.record(z.string(), Tally),
  /** The number that each sequence gives next. */
  sequences: z.array(z.object({ schema: z.string(), name: z.string(), next: z.string().regex(/^-?\d+$/) })),
})

export type Head = z.infer<typeof Head>
export type Contents = z.infer<typeof Contents>
/** A table, and those of its columns that are written: generated ones are computed. */
export type Table = z.infer<typeof Table>
/** Rows of a table as COPY's text in the order of its key: their number, length and hash. */
export type Tally = z.infer<typeof Tally>
export type Migration = Head['migrations'][number]

/** How far a program is, in bytes of the file or in rows. */
export type Progress<Stage extends string> = { stage: Stage; done: number; total: number }

export const HEAD = 'perch-backup.json'
export const CONTENTS = 'contents.json'

/** All that a backup says of itself. */
export type Backup = Head & Contents

/** "public.Question" */
export function titleOf({ schema, name }: { schema: string; name: string }): string {
  return `${schema}.${name}`
}

/** "tables/public.Question/000001.copy" */
export function partName(table: Table, part: number): string {
  return `tables/${titleOf(table)}/${String(part).padStart(6, '0')}.copy`
}

export function isSameTally(one: Tally, other: Tally | undefined): boolean {
  return one.rows === other?.rows && one.bytes === other.bytes && one.sha256 === other.sha256
}

const NEWLINE = 0x0a

/** Counts what COPY's text it is shown comes to. A row ends with a newline, and those within are written as \n. */
export function openTally(): { add: (chunk: Buffer) => void; rows: () => number; close: () => Tally } {
  const hash = createHash('sha256')
  let rows = 0
  let bytes = 0
  return {
    add(chunk) {
      hash.update(chunk)
      bytes += chunk.length
      for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, at + 1)) rows++
    },
    rows: () => rows,
    close: () => ({ rows, bytes, sha256: hash.digest('hex') }),
  }
}
