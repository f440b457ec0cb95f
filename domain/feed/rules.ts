import { z } from 'zod'
import type { FeedKind } from '#lib/paths.ts'

export const FeedKindGiven = z.enum(['communities', 'topics', 'mentors', 'amas']) satisfies z.ZodType<FeedKind>

/** What feed readers call the feed. `name` is the community's, the topic's, the mentor's, or the AMA's title. */
export function feedTitle(kind: FeedKind, name: string): string {
  if (kind === 'amas') return name
  return kind === 'mentors' ? `Answers by ${name}` : `${name}: newest answers`
}
