import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { state } from './place.ts'
import { isAlive } from './postgres.ts'

const notes = join(state, 'serving')

/** Notes that this process serves the build of this checkout; answers how to unsay it. */
export function servesThisBuild(folder = notes): () => Promise<void> {
  mkdirSync(folder, { recursive: true })
  const note = join(folder, `${process.pid}`)
  // With the time at which it began: whoever is killed leaves the note, and the number is given to another process.
  writeFileSync(note, beganAt(process.pid))
  return async () => rmSync(note, { force: true })
}

/** Another process that serves it, whose files a new build would take away. */
export function servingElsewhere(folder = notes): number | undefined {
  mkdirSync(folder, { recursive: true })
  return readdirSync(folder)
    .map(Number)
    .find((pid) => pid !== process.pid && isAlive(pid) && isOf(pid, noteOf(folder, pid)))
}

/** What it noted; a beginning that is nobody's where it has just taken the note away. */
function noteOf(folder: string, pid: number): string {
  try {
    return readFileSync(join(folder, `${pid}`), 'utf8')
  } catch {
    return 'gone'
  }
}

// Elsewhere than on Linux nothing is known, so every process of that number is meant.
function isOf(pid: number, noted: string): boolean {
  const began = beganAt(pid)
  return !noted || !began || noted === began
}

// In clock ticks since the machine was started: the 22nd word of the line, of which the second may have spaces and brackets.
function beganAt(pid: number): string {
  try {
    return (
      readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')[19] ?? ''
    )
  } catch {
    return ''
  }
}
