import { z } from 'zod'
import { ensure } from '#lib/refusal.ts'
import type { Viewer } from '#lib/viewer.ts'

const minute = 60_000
const day = 24 * 60 * minute

/** Milliseconds: a session that is not used ends after the first, and every one after the second. */
export const IDLE = 14 * day
export const LONGEST = 30 * day
/** Milliseconds: how long one counts as having just proved who one is. */
export const FRESH = 5 * minute
/** Milliseconds: how exactly "last used" is known. */
export const SEEN_EVERY = 5 * minute

export const EndSession = z.object({ id: z.uuid() })
export const EndOtherSessions = z.object({})
export const SignOut = z.object({})

/** Whether dangerous changes need no new sign-in. */
export function isFresh(viewer: Viewer, now: Date): boolean {
  return viewer !== null && now.getTime() - viewer.provedAt.getTime() <= FRESH
}

export const SIGN_IN_AGAIN = 'You signed in more than five minutes ago. Sign in once more to do this.'

/** Throws a Refusal for visitors, and for whoever is suspended now. */
export function ensureMayTakePart(viewer: Viewer): asserts viewer is NonNullable<Viewer> {
  ensure(viewer !== null, 'sign_in', 'Sign in first.')
  ensure(viewer.suspendedUntil === null, 'forbidden', 'Your account is suspended: until it is over, you can read here.')
}
