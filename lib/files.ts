import { bucket, env } from '#lib/env.ts'
import { onDisk } from '#lib/files-on-disk.ts'
import { onS3 } from '#lib/files-on-s3.ts'
import { log } from '#lib/log.ts'
import { Refusal } from '#lib/refusal.ts'

/** A place for files, by their names. What is listed was kept before that time; on a disk what was broken off on the way is listed too. */
export type Keeper = {
  /** Whole or not at all. */
  keep: (name: string, bytes: Uint8Array) => Promise<void>
  read: (name: string) => Promise<Uint8Array<ArrayBuffer> | null>
  remove: (name: string) => Promise<void>
  list: (before: Date) => Promise<string[]>
}

// Each throws a Refusal (`unavailable`) where the disk or the bucket does not answer, and an Error for a name that is more than
// letters, digits, hyphens and an ending.

/** Keeps bytes under a name, whole or not at all. */
export function keepFile(name: string, bytes: Uint8Array): Promise<void> {
  return reached(keeper().keep(ours(name), bytes))
}

/** Null where nothing is kept under that name. */
export function readKept(name: string): Promise<Uint8Array<ArrayBuffer> | null> {
  return reached(keeper().read(ours(name)))
}

/** Also where there is none. */
export function removeFile(name: string): Promise<void> {
  return reached(keeper().remove(ours(name)))
}

/** The names of what was kept before that time, what was broken off on the way included; nothing that is not ours. */
export async function listFiles(before: Date): Promise<string[]> {
  return (await reached(keeper().list(before))).filter((name) => OURS.test(name))
}

/**
 * Deletes `lost`, those of the files of `there` that no row names. Where they are the most of them nothing is deleted and the log
 * says so: then it is more likely that the database is not the one whose files these are.
 */
export async function removeLost(lost: string[], there: string[]): Promise<void> {
  if (!areFew(lost, there)) {
    log().warn(
      { lost: lost.length, there: there.length },
      'most uploaded files are nobody’s: none is deleted, the database may be another one',
    )
    return
  }
  for (const file of lost) await removeFile(file)
}

/** Whether so few files are nobody's that the database is the right one. */
export function areFew(lost: string[], there: string[]): boolean {
  return lost.length <= there.length / 2
}

let chosen: Keeper | undefined

function keeper(): Keeper {
  const place = bucket()
  chosen ??= place ? onS3(place) : onDisk(env().UPLOADS_DIR)
  return chosen
}

async function reached<Kept>(answer: Promise<Kept>): Promise<Kept> {
  return answer.catch((error: unknown) => {
    log().error({ err: error }, 'the place of uploaded files does not answer')
    throw new Refusal('unavailable', UNAVAILABLE, { retryAfter: 30 })
  })
}

const UNAVAILABLE = 'The place where pictures are kept does not answer. Nothing was changed; try again in a minute.'

const OURS = /^[a-z0-9-]+\.[a-z]+(\.[\w-]+)?$/

function ours(name: string): string {
  if (!OURS.test(name)) throw new Error('not the name of a file of ours')
  return name
}
