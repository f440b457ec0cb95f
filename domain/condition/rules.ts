import { type Asked, COUNTED, monthsUpTo, type Narrowing, type SearchSort } from '#domain/search/rules.ts'
import type { ReadQuery } from '#domain/words/queries.ts'
import { SAMPLED, TIER_INDEXES, type WordStatistics } from '#domain/words/rules.ts'

/** Ids of what a search is narrowed to, by kind; of one kind any of them will do. */
export type Narrowed = Partial<Record<Narrowing, string[]>>

/** Words of a query that are the name of topics: what is in one of those has these words too. */
export type TopicName = { lexemes: string[]; topics: string[] }

/** What is looked for among the rows of a kind. */
export type Wanted = {
  asked: Asked
  words: string
  narrowed: Narrowed
  query: ReadQuery
  names: TopicName[]
  after: string | string[] | undefined
  /** Rows of a page; 0 where only their number is shown. */
  size: number
  /** Whether this kind is asked for: all that is counted of it is shown, page by page. */
  listed: boolean
  sort: SearchSort
}

/** What is looked at of a table: what is read at least so much, is of these months, or is in the sample; `share`: of all rows, as far as is known. */
export type Window = { share: number } & ({ tier: number } | { months: string[] } | { sample: true })

/** How many times what is counted a window should hold, so that it is in it even where statistics are a little wrong. */
const WINDOW = 1.25
/** Rows in a window that say how many there are outside, and how many times what is counted those have to be to be called more. */
const TELLING = 20
const SURELY = 10
/** Rows that the first window should hold where a few are shown, and the number of the others is told by them. */
export const GLANCE = 100
/** Where that leaves it open, rows are counted in the sample first. */
const SAMPLE: Window = { sample: true, share: SAMPLED }
/**
 * Rows in the sample that say that there are more than are counted. A sixteenth of 1,000 is 62.5, give or take 8: that of no more
 * than are counted so many are in the sample by chance happens four times in a million.
 */
export const SAMPLE_TELLS = 100

/**
 * Where more rows may match than are looked at: those that the order puts first. Nobody knows how often words stand together,
 * so the first window is as wide as it has to be where they always do; it costs little, and says how wide the next has to be.
 */
export function firstWindow(wanted: Wanted): Window | null {
  const found = foundAtMost(wanted)
  if (found <= WINDOW * COUNTED) return null
  return windowOf(wanted, (WINDOW * (wanted.listed ? COUNTED : GLANCE)) / found)
}

/** Whether more may match than are put in order, so that those that come first in it have to be sought out. */
export function isTooMuch(wanted: Wanted): boolean {
  return foundAtMost(wanted) > PUT_IN_ORDER / 2
}

/** The same after a window, as far as its rows tell: those outside may be somewhat more frequent, and a few tell nothing. */
export function isStillTooMuch(wanted: Wanted, { share }: Window, looked: number): boolean {
  return isTooMuch(wanted) && (looked < TELLING || looked / share > PUT_IN_ORDER / 4)
}

/** Rows that match, as far as statistics tell, were words always together. */
function foundAtMost({ asked, narrowed, query, names, sort }: Wanted): number {
  const { marks, statistics } = query
  const shareOf = (of: string[]) => of.reduce((sum, mark) => sum + (marks.get(mark) ?? 0), 0)
  const places = Object.entries(narrowed).map(([by, ids]) => shareOf(ids.map((id) => `${by} ${id}`)))
  // The newest months that come before a day are a share of all, not of what came before it.
  const days = asked.before && sort !== 'newest' ? [shareOf(monthsUpTo(asked.before))] : []
  const states = [...(asked.is ? [shareOf([asked.is])] : []), ...days]
  const ways = [{ lexemes: [], topics: [] }, ...names].map(({ lexemes, topics }: TopicName) => {
    const terms = query.terms.filter(({ lexeme }) => !lexemes.includes(lexeme)).map(({ share }) => share)
    return Math.min(1, ...terms, ...(topics.length ? [shareOf(topics.map(topicMark))] : []), ...places, ...states)
  })
  return statistics.rows * ways.reduce((sum, share) => sum + share, 0)
}

/**
 * Whether what a window holds is all that has to be known: what is shown, and that there are more than are counted. The newest months
 * tell nothing of the others: what is spoken of now may be spoken of for the first time.
 */
export function isEnough({ listed, size }: Wanted, window: Window, held: number): boolean {
  if (held > COUNTED) return true
  if (isSample(window)) return held >= SAMPLE_TELLS
  if ('months' in window) return false
  const { share } = window
  return !listed && held >= Math.max(TELLING, size) && held / share >= SURELY * COUNTED
}

/** Of rows that are looked at one by one, and of rows that are put in order, as many are looked at at most. */
export const SIFTED = 4_000
export const PUT_IN_ORDER = 20_000

/** Whether rows of the sample are looked at, by which others are only counted. */
export function isSample(window: Window | null): boolean {
  return window !== null && 'sample' in window
}

/**
 * The next window, after one held so much and no more; null for all there is. Where all was sifted out, no more than is looked at.
 * Where a few are shown, those are found first; the others are counted, in the sample where there may be more than are counted.
 */
export function widerWindow(wanted: Wanted, window: Window, { held, looked }: { held: number; looked: number }): Window | null {
  if (isSample(window)) return null
  if (!wanted.listed && held >= GLANCE) return held / window.share > COUNTED ? SAMPLE : null
  const wants = wanted.listed ? COUNTED : GLANCE
  const enough = Math.min((WINDOW * wants) / held, (held < looked ? SIFTED : PUT_IN_ORDER) / looked)
  return windowOf(wanted, Math.max(2, enough) * window.share)
}

export function topicMark(id: string): string {
  return `topic ${id}`
}

function windowOf({ asked, query: { marks, statistics }, sort, size }: Wanted, enough: number): Window | null {
  return sort === 'newest' && size ? newestMonths(asked, marks, enough) : mostRead(statistics, enough)
}

/** The highest tier that has so large a share of all; null where none has. A lower one than the indexes know leaves out too little. */
function mostRead({ tiers }: WordStatistics, enough: number): Window | null {
  const known = [...tiers].filter(([tier]) => TIER_INDEXES.some((from) => from <= tier))
  const [tier, share] = known.toSorted(([a], [b]) => b - a).find(([, share]) => share >= enough) ?? []
  return tier === undefined || share === undefined ? null : { tier, share }
}

/** The newest months that have so large a share of all together, to this one, of which statistics may not know yet; null where they have not. */
function newestMonths({ before }: Asked, marks: ReadQuery['marks'], enough: number): Window | null {
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString()
  const months: string[] = []
  let share = 0
  for (const month of monthsUpTo(before && before < tomorrow ? before : tomorrow).toReversed()) {
    months.push(month)
    share += marks.get(month) ?? 0
    if (share >= enough) return { months, share }
  }
  return null
}
