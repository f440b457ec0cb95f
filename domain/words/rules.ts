/**
 * A word of a query in the form in which it is kept, the share of all rows that have it (0 where that is too small to know),
 * and how much it says. `others`: queries for what stands for it as well; the share is then of all.
 */
export type Term = { lexeme: string; share: number; weight: number; others?: string[] }

/** What is known of the words of a table: how many rows it has, and by tier what share of them is read at least so much. */
export type WordStatistics = { rows: number; tiers: ReadonlyMap<number, number> }

/** From these tiers on there are indexes that have only what is read so much, the smallest first (migration 20261123000600). */
export const TIER_INDEXES = [9, 7, 5] as const

/** The share of all rows that is in the sample, which has an index of its own; whether a row is, its id says by chance (migration 20261124000100). */
export const SAMPLED = 1 / 16

/** Terms that a query is searched by: its rarest, which say most. */
const TERMS = 12

/** The terms that count, the rarest first. */
export function usedTerms(terms: { lexeme: string; share: number }[], rows: number): Term[] {
  return terms
    .toSorted((a, b) => a.share - b.share || (a.lexeme < b.lexeme ? -1 : 1))
    .slice(0, TERMS)
    .map((term) => ({ ...term, weight: weightOf(term.share, rows) }))
}

/**
 * One more each time that half as many rows have it, from 1 to 14; what is too rare to know, as much as one row of all. In
 * steps, so that statistics that are made anew change nothing.
 */
function weightOf(share: number, rows: number): number {
  const halvings = Math.log2(share > 0 ? 1 / share : Math.max(1, rows))
  return Math.min(14, Math.max(1, Math.ceil(halvings)))
}

/** Rows that one of the queries below is to find at most, as far as statistics tell. */
const FOUND_AT_MOST = 2_000
/** A tier that a larger share of all rows reaches leaves out little and costs much: its list is long. */
const TIER_AT_MOST = 0.1

/**
 * Queries for rows that may be meant, the closest first: all terms (of very many the six rarest), then three, two and one of the rarest. Where statistics
 * say that a query would find very many, it asks for the most read of them, so that each costs little in a table of any size.
 * `fit`: what has less of the terms than this share, by their weights, need not be found. `listed`: rows that the rarest word
 * of a query may stand in, each of which is looked up in the lists of the others; of more, only the most read are asked for.
 */
export function candidateQueries(terms: Term[], statistics: WordStatistics, fit = 0, listed = Number.POSITIVE_INFINITY): Candidates[] {
  const [rarest, others] = [terms.slice(0, 4), terms.slice(4)]
  const enough = fit * weightOfAll(terms) - weightOfAll(others)
  // A row with more of the rarest terms than a group has is found by a larger one.
  const parts = [3, 2, 1].flatMap((size) => choose(rarest, size)).filter((group) => weightOfAll(group) >= enough)
  const groups = [terms.slice(0, 6), ...parts]
  const queries = groups.map((group) => allOf(group, statistics, listed))
  return queries.filter(({ query }, i) => queries.findIndex((other) => other.query === query) === i)
}

/** A query for rows, the words that it asks for one by one, and the tier that it asks for. */
export type Candidates = { query: string; words: string[]; tier: number | null }

function weightOfAll(terms: Term[]): number {
  return terms.reduce((sum, { weight }) => sum + weight, 0)
}

/** About how many rows have all of these terms. Words that stand together are no chance, so more than chance would say. */
export function estimate([first, ...others]: Term[], rows: number): number {
  return others.reduce((found, { share }) => found * Math.sqrt(share), rows * (first?.share ?? 0))
}

/** A term as PostgreSQL reads it in a tsquery, with the weights in which it counts. */
export function quoted(lexeme: string, weights = ''): string {
  return `'${lexeme.replace(/['\\]/g, '$&$&')}'${weights && `:${weights}`}`
}

function allOf(group: Term[], { rows, tiers }: WordStatistics, listed: number): Candidates {
  const words = group.map(anyOf)
  const found = estimate(group, rows)
  const rarest = rows * Math.min(1, ...group.map(({ share }) => share))
  if (found <= FOUND_AT_MOST && rarest <= listed) return { query: words.join(' & '), words, tier: null }
  const upwards = [...tiers].filter(([tier, share]) => share <= TIER_AT_MOST && isToldSoon(tier)).toSorted(([a], [b]) => a - b)
  const [tier = null] = upwards.find(([, share]) => found * share <= FOUND_AT_MOST && rarest * share <= listed) ?? upwards.at(-1) ?? []
  return { query: [...words, ...tierWord(tier)].join(' & '), words, tier }
}

/**
 * The word by which the rows of a tier and above are told from others in an index. None where an index has those alone: the word's
 * list would be all of the index, and to go along it takes longer than all the rest.
 */
export function tierWord(tier: number | null): string[] {
  return tier === null || TIER_INDEXES.some((from) => from === tier) ? [] : [quoted(`tier ${tier}`)]
}

/** Whether a tier is told without a long list beside those of an index: it has one of its own, or lies below or above all of them. */
function isToldSoon(tier: number): boolean {
  return tierWord(tier).length === 0 || tier > Math.max(...TIER_INDEXES) || tier < Math.min(...TIER_INDEXES)
}

function anyOf({ lexeme, others = [] }: Term): string {
  return others.length ? `(${[quoted(lexeme), ...others].join(' | ')})` : quoted(lexeme)
}

function choose(terms: Term[], size: number): Term[][] {
  if (size === 0) return [[]]
  return terms.flatMap((term, i) => choose(terms.slice(i + 1), size - 1).map((others) => [term, ...others]))
}

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' })
/** A word of a text, in any script. */
export const WORD = /[\p{L}\p{N}\p{M}]+/gu

/** Different words of texts that begin as one of the terms does: only those can be a form of it. */
export function wordsLike(texts: string[], terms: Term[]): string[] {
  const initials = new Set(terms.map(({ lexeme }) => initial(lexeme)))
  return [...new Set(texts.flatMap((text) => text.match(WORD) ?? []).filter((word) => initials.has(initial(word))))]
}

/** Different words of a text. */
export function wordsOf(text: string): string[] {
  return [...new Set(text.match(WORD) ?? [])]
}

/** Words, each with the lexeme of the query that it is a form of. */
export type Forms = ReadonlyMap<string, string>

/** Characters of a passage. */
const PASSAGE = 240

/**
 * The sentence of a text that has most of what was asked, and what follows it as far as there is room; the text's
 * beginning where no sentence has any of it. `fit` is the weight of the terms in it.
 */
export function bestPassage(text: string, terms: Term[], forms: Forms): { passage: string; fit: number } {
  const weights = new Map(terms.map(({ lexeme, weight }) => [lexeme, weight]))
  const fitOf = (part: string) => {
    const found = new Set((part.match(WORD) ?? []).map((word) => forms.get(word)))
    return [...found].reduce((sum, lexeme) => sum + (weights.get(lexeme ?? '') ?? 0), 0)
  }
  const lines = text.split('\n').filter((line) => line.trim())
  let best = { line: 0, at: 0, fit: 0 }
  for (const [line, whole] of lines.entries()) {
    // To tell sentences apart takes long; most lines have too little for one of theirs to be the best.
    if (fitOf(whole) <= best.fit) continue
    for (const [at, part] of sentencesOf(whole).entries()) {
      const fit = fitOf(part)
      if (fit > best.fit) best = { line, at, fit }
    }
  }
  let passage = ''
  for (const part of sentencesFrom(lines.slice(best.line), best.at)) {
    if (passage && passage.length + part.length >= PASSAGE) break
    passage = passage ? `${passage} ${part}` : part
  }
  return { passage, fit: best.fit }
}

/** Sentences of lines from one of the first line on, told apart as far as they are asked for. */
function* sentencesFrom([first = '', ...others]: string[], at: number): Generator<string> {
  yield* sentencesOf(first).slice(at)
  for (const line of others) yield* sentencesOf(line)
}

function sentencesOf(line: string): string[] {
  return [...sentences.segment(line)].map(({ segment }) => segment.trim()).filter(Boolean)
}

/** As unaccent and lower() leave it, for letters that have accents. */
function initial(word: string): string {
  return word.normalize('NFKD').charAt(0).toLowerCase()
}
