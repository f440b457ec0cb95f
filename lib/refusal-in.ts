import { isAway } from '#lib/db.ts'
import { log } from '#lib/log.ts'
import { Refusal } from '#lib/refusal.ts'

/** The no in what was thrown: a Refusal, or that the database is away; null where it is a fault of the code's. */
export function refusalIn(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error
  if (!isAway(error)) return null
  log().error({ err: error }, 'there was no connection to the database')
  return new Refusal('unavailable', NO_CONNECTION, { retryAfter: 5 })
}

const NO_CONNECTION = 'The site is overloaded at this moment, and nothing was changed. Please try again in a few seconds.'
