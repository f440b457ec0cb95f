import { searchText } from '#domain/search/rules.ts'
import type { Limit } from '#lib/limit.ts'

/** Characters from which on something is suggested, and how many are looked at. */
const FROM = 2
const TO = 60

/** How much of each kind is suggested, in the order in which it is shown. */
export const SUGGESTED = { topic: 3, community: 2, mentor: 3, company: 2, question: 4 } as const
export type SuggestedKind = keyof typeof SUGGESTED

/** A place that somebody may mean: `about` tells it from others of its name. */
export type Suggestion = { kind: SuggestedKind; text: string; about: string | null; url: string }

/** What was typed, as suggestions look at it; null where it is too little. */
export function completable(typed: string | null | undefined): string | null {
  const text = [...searchText(typed)].slice(0, TO).join('').trim()
  return [...text].length < FROM ? null : text
}

/** Titles of each community that are suggested: those that are read most. */
export const TITLES_EACH = 200

/** Of one network, which may be an office in which everybody types. */
export const suggestionLimits: Limit[] = [{ name: 'suggestions', by: 'address', points: 900, seconds: 60 }]
