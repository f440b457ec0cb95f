import { stat } from 'node:fs/promises'
import type { z } from 'zod'
import { archiveTrouble, type OpenEntry, readArchive } from '#lib/backup/archive.ts'
import {
  type Backup,
  CONTENTS,
  Contents,
  HEAD,
  Head,
  isSameTally,
  openTally,
  type Progress,
  partName,
  type Table,
  type Tally,
  titleOf,
} from '#lib/backup/format.ts'
import { ensure, Refusal } from '#lib/refusal.ts'

const WORDS = {
  'cut off': 'It was cut off: its end is missing.',
  damaged: 'It is damaged.',
  'something else': 'It is not a backup of Perch.',
}

/** Reads all of a backup and says what is in it. Throws a Refusal unless it is whole and everything in it is what it was. */
export function checkBackup(file: string, tell: (progress: Progress<'checking'>) => void): Promise<Backup> {
  return readBackup(file, (done, total) => tell({ stage: 'checking', done, total }), drain)
}

/** Hands over each table that has rows, in the order of the file, and at the end compares with what the backup says of itself. */
export async function readBackup(
  file: string,
  tell: (bytesRead: number, bytes: number) => void,
  take: (table: Table, chunks: AsyncIterable<Buffer>) => Promise<void>,
): Promise<Backup> {
  const { size } = await stat(file)
  const archive = readArchive(file, (done) => tell(done, size))
  const next = async (): Promise<OpenEntry | undefined> => (await archive.next()).value ?? undefined
  let head: Head | undefined
  try {
    head = await parseHead(await next())
    const read: Record<string, Tally> = {}
    let entry = await next()
    for (const table of head.tables) {
      const tally = openTally()
      if (entry?.name === partName(table, 1)) await take(table, rowsOf(table, tally))
      read[titleOf(table)] = tally.close()
    }
    ensure(entry !== undefined, 'invalid', WORDS['cut off'])
    ensure(entry.name === CONTENTS, 'invalid', `${WORDS.damaged} ${entry.name} is not expected where it stands.`)
    const contents = await parse(Contents, entry)
    for (const [title, tally] of Object.entries(read)) {
      const isSame = isSameTally(tally, contents.contents[title])
      ensure(isSame, 'invalid', `${WORDS.damaged} The rows of ${title} are not those that were written.`)
    }
    // To the very end, where gzip's own sum stands.
    ensure((await next()) === undefined, 'invalid', `${WORDS.damaged} Something stands behind its end.`)
    tell(size, size)
    return { ...head, ...contents }

    async function* rowsOf(table: Table, tally: ReturnType<typeof openTally>): AsyncGenerator<Buffer> {
      for (let part = 1; entry?.name === partName(table, part); part++) {
        for await (const chunk of entry.chunks) {
          tally.add(chunk)
          yield chunk
        }
        entry = await next()
      }
    }
  } catch (error) {
    const trouble = archiveTrouble(error)
    if (!trouble) throw error
    throw new Refusal('invalid', head ? WORDS[trouble] : WORDS[trouble === 'damaged' ? 'something else' : trouble])
  } finally {
    await archive.return(undefined)
  }
}

async function parseHead(entry: OpenEntry | undefined): Promise<Head> {
  ensure(entry?.name === HEAD, 'invalid', WORDS['something else'])
  return parse(Head, entry)
}

async function parse<Shape extends z.ZodType>(shape: Shape, { name, chunks }: OpenEntry): Promise<z.infer<Shape>> {
  const read: Buffer[] = []
  for await (const chunk of chunks) read.push(chunk)
  const text = Buffer.concat(read).toString()
  const parsed = shape.safeParse(jsonOf(text))
  if (parsed.success) return parsed.data
  const [format] = /perch-backup\/\d+/.exec(text) ?? []
  const isOther = format !== undefined && format !== 'perch-backup/1'
  throw new Refusal(
    'invalid',
    isOther ? `It is a backup of another Perch, in the format ${format}.` : `${WORDS.damaged} ${name} cannot be read.`,
  )
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function drain(_table: Table, chunks: AsyncIterable<Buffer>): Promise<void> {
  for await (const _ of chunks);
}
