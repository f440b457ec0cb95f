import { z } from 'zod'
import { Reason, RestoreReason, Thing } from '#domain/moderation-event/rules.ts'
import type { Limit } from '#lib/limit.ts'
import type { Viewer } from '#lib/viewer.ts'

const DAY = 24 * 60 * 60 * 1000
/** Days that a suspension lasts at most. */
export const LONGEST_SUSPENSION = 366

/** What one adds to a reason; nothing is a word too. */
const Words = z
  .string()
  .trim()
  .max(1_000, 'At most 1,000 characters.')
  .transform((typed) => typed || undefined)
  .optional()

const which = { thing: Thing, id: z.uuid() }

export const SendReport = z.object({ ...which, reason: Reason, words: Words })
export const Hide = z.object({ ...which, reason: Reason, words: Words })
export const Restore = z.object({ ...which, reason: RestoreReason, words: Words })
export const Keep = z.object(which)
export const LookUp = z.object(which)
/** `until` is a day, whose end in UTC is meant. */
export const Suspend = z.object({
  ...which,
  until: z.iso.date('Choose a day.').transform((day) => new Date(Date.parse(`${day}T00:00:00Z`) + DAY)),
  reason: Reason,
  words: Words,
})

export const reportLimits: Limit[] = [{ name: 'report', by: 'person', points: 20, seconds: 3_600 }]

/** Of a thing, what decides who may do something about it. */
export type Cared = { authorId: string | null; communityIds: string[] }

/** Everybody with an account reports what others wrote. */
export function canReport(viewer: Viewer, { authorId }: Cared): boolean {
  return viewer !== null && viewer.suspendedUntil === null && viewer.memberId !== authorId
}

/** Whether there is anything that the viewer could be asked to decide. */
export function isModerator(viewer: Viewer): viewer is NonNullable<Viewer> {
  return viewer !== null && viewer.suspendedUntil === null && (viewer.admin || viewer.moderates.length > 0)
}

/** Moderators decide in their own communities, admins everywhere; of what they wrote themselves others do. */
export function canModerate(viewer: Viewer, { authorId, communityIds }: Cared): boolean {
  if (!isModerator(viewer) || viewer.memberId === authorId) return false
  return viewer.admin || communityIds.some((id) => viewer.moderates.includes(id))
}

/** Who asked is told to nobody. A moderator may look it up where somebody says that it breaks the rules. */
export function canLookUp({ named, authorId }: { named: boolean; authorId: string | null }, openReports: readonly unknown[]): boolean {
  return !named && authorId !== null && openReports.length > 0
}

/** Who moderates a thing may suspend its author, if that is somebody with an account and no admin. */
export function canSuspend(viewer: Viewer, thing: Cared, author: { hasAccount: boolean; admin: boolean } | null): boolean {
  return canModerate(viewer, thing) && author?.hasAccount === true && !author.admin
}

/** Only admins choose an earlier day than the one that stands: it may be an admin's, or of another community. */
export function canSuspendUntil(viewer: Viewer, until: Date, { suspendedUntil }: { suspendedUntil: Date | null }): boolean {
  return viewer?.admin === true || suspendedUntil === null || until >= suspendedUntil
}

/** From today to a year from now. */
export function isSuspensionDay(until: Date, now: Date): boolean {
  return until > now && until.getTime() - now.getTime() <= (LONGEST_SUSPENSION + 1) * DAY
}
