import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterPrisma, RateLimiterRes } from 'rate-limiter-flexible'
import { db } from '#lib/db.ts'
import { Refusal } from '#lib/refusal.ts'
import { keyedHash } from '#lib/secret.ts'
import { spokenDuration } from '#lib/time.ts'
import type { Visit } from '#lib/visit.ts'

/** How often something may be tried: `points` times in `seconds`, counted by who or what tries it or is meant. */
export type Limit = { name: string; by: 'person' | 'address' | 'email' | 'email and address'; points: number; seconds: number }

/** What all writes of one person and one network together may come to. */
const everything: Limit[] = [
  { name: 'all', by: 'person', points: 120, seconds: 60 },
  { name: 'all', by: 'address', points: 300, seconds: 60 },
]

/**
 * Counts a try against each limit, in the database, so that it holds for all instances together; while that is away each
 * process counts for itself. Throws a Refusal (`too_many`) that says when to come back. A visitor has no limit by person,
 * and what names no address none by e-mail.
 */
export async function countTry(limits: Limit[], visit: Visit, email?: string): Promise<void> {
  for (const limit of [...everything, ...limits]) {
    const key = keyOf(limit, visit, email)
    if (key) await consume(limiterOf(limit), key)
  }
}

/**
 * Counts a read, in this process alone: reading is to cost no write. Throws as countTry does; a visitor has no limit by
 * person.
 */
export async function countRead(limits: Limit[], visit: Visit): Promise<void> {
  for (const limit of limits) {
    const key = keyOf(limit, visit, undefined)
    if (key) await consume(readers(limit), key)
  }
}

/** Deletes what counts no longer. */
export async function forgetTries(now: Date): Promise<void> {
  await db().rateLimit.deleteMany({ where: { expire: { lt: now } } })
}

async function consume(limiter: RateLimiterAbstract, key: string): Promise<void> {
  try {
    await limiter.consume(key)
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error
    const retryAfter = Math.max(1, Math.ceil(error.msBeforeNext / 1_000))
    throw new Refusal('too_many', `That was too often. Try again in ${spokenDuration(retryAfter)}.`, { retryAfter })
  }
}

function keyOf({ by }: Limit, { viewer, address }: Visit, email: string | undefined): string | null {
  if (by === 'person') return viewer && hashed([viewer.memberId])
  if (by === 'address') return hashed([address])
  if (!email) return null
  return by === 'email' ? hashed([email]) : hashed([email, address])
}

/** No address of a person or network stands in the table. */
function hashed(parts: string[]): string {
  return Buffer.from(keyedHash('limits', parts)).toString('base64url').slice(0, 22)
}

const limiters = new Map<string, RateLimiterPrisma>()

function limiterOf({ name, by, points, seconds }: Limit): RateLimiterPrisma {
  const keyPrefix = `${name} by ${by}`
  const known = limiters.get(keyPrefix)
  if (known) return known
  const insuranceLimiter = new RateLimiterMemory({ keyPrefix, points, duration: seconds })
  // The rows of the past go with a job, once for all instances, and not with a timer of each limiter.
  const options = { storeClient: db(), tableName: 'rateLimit', clearExpiredByTimeout: false }
  const made = new RateLimiterPrisma({ ...options, keyPrefix, points, duration: seconds, insuranceLimiter })
  limiters.set(keyPrefix, made)
  return made
}

const readLimiters = new Map<string, RateLimiterMemory>()

function readers({ name, by, points, seconds }: Limit): RateLimiterMemory {
  const keyPrefix = `${name} by ${by}`
  const known = readLimiters.get(keyPrefix)
  if (known) return known
  const made = new RateLimiterMemory({ keyPrefix, points, duration: seconds })
  readLimiters.set(keyPrefix, made)
  return made
}
