import { z } from 'zod'
import type { FeedKind } from '#lib/paths.ts'

export const FeedKindGiven = z.enum(['communities', 'topics', 'mentors', 'amas']) satisfies z.ZodType<FeedKind>

/** What feed readers call the feed. `name` is the community's, the topic's, the mentor's, or the AMA's title. */
export function feedTitle(kind: FeedKind, name: string): string {
  return titles[kind] + name
}

const titles: Record<FeedKind, string> = {
  communities: 'New answers in ',
  topics: 'New answers on ',
  mentors: 'New answers by ',
  amas: 'Answers of ',
}
