import { v5 } from 'uuid'
import { z } from 'zod'
import type { FeedKind } from '#lib/paths.ts'

export const FeedKindGiven = z.enum(['communities', 'topics', 'mentors', 'amas']) satisfies z.ZodType<FeedKind>

/** What feed readers call the feed. `name` is the community's, the topic's, the mentor's, or the AMA's title. */
export function feedTitle(kind: FeedKind, name: string): string {
  return titles[kind] + name
}

/** UUID of a feed's entry: the answer's own, and for each question on which it was placed one that is always the same. */
export function entryId({ id, placedOn }: { id: string; placedOn: string | null }): string {
  return placedOn ? v5(placedOn, id) : id
}

const titles: Record<FeedKind, string> = {
  communities: 'New answers in ',
  topics: 'New answers on ',
  mentors: 'New answers by ',
  amas: 'Answers of ',
}
