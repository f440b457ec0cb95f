import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from './database.ts'
import { Failure, say } from './say.ts'

/** Milliseconds between two looks, and at most between two tries. */
const LOOK = 1_000
const LONGEST_PAUSE = 60_000

/**
 * Brings the built-in database back whenever it is away, until `signal`; the site answers from its cache meanwhile, however long
 * that takes. Throws a Failure when it is back on another port, which the site does not know.
 */
export async function keepUp(database: Database, open: () => Promise<Database>, signal: AbortSignal): Promise<void> {
  for (let pause = LOOK; await passes(pause, signal); ) {
    if (database.isUp()) continue
    say('The database has stopped; starting it again')
    await letGo(database)
    const again = await open().catch(sayWhy)
    if (signal.aborted) return again?.release()
    pause = again ? LOOK : Math.min(2 * pause, LONGEST_PAUSE)
    if (!again) continue
    const moved = again.url !== database.url
    Object.assign(database, again)
    if (moved) throw new Failure('The port of the built-in database was taken while it was away: start again.')
  }
}

async function passes(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  await sleep(milliseconds, undefined, { signal }).catch(() => {})
  return !signal.aborted
}

// Once: at the end of everything it is let go of again, be it back or not.
async function letGo(database: Database): Promise<void> {
  await database.release()
  Object.assign(database, { isUp: () => false, release: async () => {} })
}

function sayWhy(error: unknown): undefined {
  if (!(error instanceof Failure)) throw error
  say(error.message)
}
