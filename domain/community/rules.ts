import { z } from 'zod'
import { safeNext } from '#lib/safe-next.ts'
import type { Viewer } from '#lib/viewer.ts'

/** Lower-case words and digits joined by single hyphens; the last part of a URL. */
export const Slug = z
  .string()
  .max(120)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case letters and digits joined by hyphens')

/** A name as people write it: one line, no control or invisible characters, at most 100 characters. */
export const Name = z
  .string()
  .trim()
  .min(1)
  .max(100)
  // Control, bidirectional and zero-width characters let one name pass for another. U+200D joins emoji and stays.
  .regex(/^[^\p{Cc}\p{Cs}\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]*$/u, 'has characters that cannot be seen')

export const Community = z.object({ slug: Slug, name: Name })

/** `name` alone: its address is made from it. */
export const MakeCommunity = z.object({ name: Name, next: z.unknown().optional().transform(safeNext) })
export const EditCommunity = z.object({ id: z.uuid(), name: Name, slug: Slug })

/** Whose questions a host looks at before others see them: nobody's, everybody's first, all. */
export const CHECKING = ['off', 'first', 'all'] as const

export const SetChecking = z.object({ id: z.uuid(), checking: z.enum(CHECKING, 'Choose one.') })

/** Hosts run their own communities, admins every one. */
export function canHost(viewer: Viewer, communityId: string): viewer is NonNullable<Viewer> {
  return viewer !== null && viewer.suspendedUntil === null && (viewer.admin || viewer.hosts.includes(communityId))
}
