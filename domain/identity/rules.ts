import { z } from 'zod'
import { Name } from '#domain/community/rules.ts'
import type { Limit } from '#lib/limit.ts'
import { PROVIDERS } from '#lib/paths.ts'

/** Milliseconds that there are to sign in at the provider's, and after that to type a name. */
export const AWAY_FOR = 15 * 60_000
export const JOIN_FOR = 30 * 60_000

/** What a browser carries while somebody is at a provider's page. `linkTo`: whose account it is to be connected with. */
export const Away = z.object({
  kind: z.literal('at a provider'),
  provider: z.enum(PROVIDERS),
  trip: z.object({ state: z.string(), nonce: z.string(), verifier: z.string() }),
  next: z.string().nullable(),
  linkTo: z.uuid().nullable(),
  until: z.number(),
})

/** What a browser carries that comes from a provider, of somebody who is new here. */
export const Joining = z.object({
  kind: z.literal('joining'),
  issuer: z.string(),
  subject: z.string(),
  email: z.string(),
  name: z.string().nullable(),
  next: z.string().nullable(),
  until: z.number(),
})

export const JoinWithIdentity = z.object({ name: Name })
export const UnlinkIdentity = z.object({ provider: z.enum(PROVIDERS) })

/** What this browser carries, where it is of this shape and not too old. The seal of its cookie says that it is ours. */
export function readCarried<Shape extends typeof Away | typeof Joining>(
  shape: Shape,
  carried: string | null,
  now: Date,
): z.output<Shape> | null {
  const read = shape.safeParse(parse(carried))
  return read.success && read.data.until > now.getTime() ? (read.data as z.output<Shape>) : null
}

/** Seconds. */
export const providerLimits: Limit[] = [{ name: 'provider', by: 'address', points: 60, seconds: 900 }]
export const joinLimits: Limit[] = [{ name: 'sign-up', by: 'address', points: 10, seconds: 3_600 }]
export const changeLimits: Limit[] = [{ name: 'identity', by: 'person', points: 20, seconds: 900 }]

function parse(carried: string | null): unknown {
  try {
    return JSON.parse(carried ?? '')
  } catch {
    return null
  }
}
