import { z } from 'zod'
import { Name } from '#domain/community/rules.ts'
import { orNothing, Title } from '#domain/member/rules.ts'
import type { Limit } from '#lib/limit.ts'
import { paths } from '#lib/paths.ts'
import { safeNext } from '#lib/safe-next.ts'

const day = 24 * 60 * 60 * 1000

/** Milliseconds that an invitation is good for. */
export const GOOD_FOR = 14 * day

/** The page that it was done on. */
const Next = z
  .unknown()
  .optional()
  .transform((given) => safeNext(given) ?? paths.admin())

/** `community` is its id; company and title are what the person is known to be, and count as checked. */
export const Invite = z.object({ community: z.uuid(), company: orNothing(Name), title: orNothing(Title), next: Next })
export const WithdrawInvitation = z.object({ id: z.uuid(), next: Next })
/** `word` is the end of the link. */
export const AcceptInvitation = z.object({ word: z.string().max(100) })

export const acceptLimits: Limit[] = [{ name: 'accept-invitation', by: 'address', points: 30, seconds: 900 }]

export const NO_LONGER_GOOD = 'This invitation was used already, taken back, or is older than two weeks. Ask for a new one.'
