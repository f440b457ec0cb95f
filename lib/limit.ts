import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { db } from '#lib/db.ts'
import { env } from '#lib/env.ts'
import { log } from '#lib/log.ts'
import { Refusal } from '#lib/refusal.ts'
import { keyedWord } from '#lib/secret.ts'
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
  const tried = keyed([...everything, ...limits], visit, email)
  const waits = await count(tried, new Date()).catch((error: unknown) => {
    log().warn({ err: error }, 'tries are counted by this process alone')
    return countHere(tried)
  })
  refuseFor(waits)
}

/**
 * Counts a read, in this process alone: reading is to cost no write. Throws as countTry does; a visitor has no limit by
 * person.
 */
export async function countRead(limits: Limit[], visit: Who): Promise<void> {
  refuseFor(await countHere(keyed(limits, visit, undefined)))
}

/** Deletes what counts no longer. */
export async function forgetTries(now: Date): Promise<void> {
  await db().rateLimit.deleteMany({ where: { expire: { lt: now } } })
}

type Who = Pick<Visit, 'viewer' | 'address'>
type Tried = Limit & { key: string }

function keyed(limits: Limit[], visit: Who, email: string | undefined): Tried[] {
  return limits.flatMap((limit) => {
    const key = keyOf(limit, visit, email)
    return key ? [{ ...limit, key: `${limit.name} by ${limit.by}:${key}`, points: limit.points * env().LIMITS_TIMES }] : []
  })
}

/** By the longest of these waits, in seconds; none is no refusal. */
function refuseFor(waits: number[]): void {
  const retryAfter = Math.max(0, ...waits)
  if (retryAfter) throw new Refusal('too_many', `That was too often. Try again in ${spokenDuration(retryAfter)}.`, { retryAfter })
}

/**
 * All of them in one statement, since it runs before every change. Rows are taken in the order of their keys, so two tries
 * wait for each other and never in a circle. Answers the seconds to wait for each that is over its limit.
 */
async function count(tried: Tried[], now: Date): Promise<number[]> {
  const rows = await db().$queryRaw<{ key: string; points: number; expire: Date }[]>`
    INSERT INTO "RateLimit" AS r (key, points, expire)
    SELECT key, 1, ${now}::timestamptz + seconds * interval '1 second'
    FROM unnest(${tried.map(({ key }) => key)}::text[], ${tried.map(({ seconds }) => seconds)}::int[]) AS tried (key, seconds) ORDER BY key
    ON CONFLICT (key) DO UPDATE SET
      points = CASE WHEN r.expire <= ${now} THEN 1 ELSE r.points + 1 END,
      expire = CASE WHEN r.expire <= ${now} THEN excluded.expire ELSE r.expire END
    RETURNING key, points, expire`
  const limits = new Map(tried.map((limit) => [limit.key, limit]))
  const over = rows.filter(({ key, points }) => points > (limits.get(key)?.points ?? 0))
  return over.map(({ expire }) => seconds(expire.getTime() - now.getTime()))
}

const memories = new Map<string, RateLimiterMemory>()

async function countHere(tried: Tried[]): Promise<number[]> {
  const tries = tried.map(({ name, by, points, seconds, key }) => {
    const memory = memories.get(`${name} by ${by}`) ?? new RateLimiterMemory({ keyPrefix: '', points, duration: seconds })
    memories.set(`${name} by ${by}`, memory)
    return memory.consume(key)
  })
  const results = await Promise.allSettled(tries)
  return results.flatMap((result) => {
    if (result.status === 'fulfilled') return []
    if (!(result.reason instanceof RateLimiterRes)) throw result.reason
    return [seconds(result.reason.msBeforeNext)]
  })
}

function seconds(milliseconds: number): number {
  return Math.max(1, Math.ceil(milliseconds / 1_000))
}

function keyOf({ by }: Limit, { viewer, address }: Who, email: string | undefined): string | null {
  if (by === 'person') return viewer && hashed([viewer.memberId])
  if (by === 'address') return hashed([address])
  if (!email) return null
  return by === 'email' ? hashed([email]) : hashed([email, address])
}

/** No address of a person or network stands in the table. */
function hashed(parts: string[]): string {
  return keyedWord('limits', parts).slice(0, 22)
}
