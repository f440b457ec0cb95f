import { thousands } from '#lib/count.ts'
import type { Limit } from '#lib/limit.ts'

/** What is searched for, in the order in which a page offers it. */
export const SEARCH_KINDS = ['questions', 'answers', 'mentors', 'amas', 'topics', 'companies'] as const
export type SearchKind = (typeof SEARCH_KINDS)[number]

/** The kind that an address asks for; undefined for all of them. */
export function searchKind(given: string | string[] | undefined): SearchKind | undefined {
  return SEARCH_KINDS.find((kind) => kind === given)
}

/** Orders of questions and answers: the closest first, the newest, what is read most. */
export const SEARCH_SORTS = ['best', 'newest', 'read'] as const
export type SearchSort = (typeof SEARCH_SORTS)[number]

/** The order that an address asks for. */
export function searchSort(given: string | string[] | undefined): SearchSort {
  return SEARCH_SORTS.find((sort) => sort === given) ?? 'best'
}

/** Hits of the kind that is asked for are counted to here; what is more is said to be more. */
export const COUNTED = 1_000
/** And of kinds beside it, or where all kinds are shown. */
export const COUNTED_BESIDE = 100

/** Characters of a query that are looked at; what follows is left out. */
export const QUERY_LENGTH = 300

/** What was typed, as it is searched for: one line of at most 300 characters, without what no text has. Empty for no query. */
export function searchText(typed: string | string[] | null | undefined): string {
  const text = typeof typed === 'string' ? typed : ''
  const line = text
    .slice(0, 4 * QUERY_LENGTH)
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Noncharacter_Code_Point}\s]+/gu, ' ')
    .trim()
  return [...line].slice(0, QUERY_LENGTH).join('').trim()
}

/** What a search can be narrowed to by its name. */
export const NARROWINGS = ['community', 'topic', 'mentor', 'company'] as const
export type Narrowing = (typeof NARROWINGS)[number]

/** A search, read: `community:`, `is:` and the like apart from the words. */
export type Asked = {
  /** Words, phrases and what is not wanted, as they were typed. */
  typed: string
  /** All words that are wanted, those of phrases too. */
  words: string
  phrases: string[]
  /** Words and phrases that are not wanted. */
  without: string[]
  narrowed: Record<Narrowing, string[]>
  is: 'answered' | 'open' | null
  /** A day as "2026-11-23"; what came on it is not wanted either. */
  before: string | null
  /** What was not understood, in sentences, each beginning in quotes; it is searched for as words. */
  misread: string[]
}

/** Sentences of this kind that are said at once, and names of a kind that a search can be narrowed to. */
const SAID = 3
const NAMED = 5

/** Reads what was typed: words, "phrases", -not and name:value, each value a word or in quotes. Any text is a search. */
export function readAsked(typed: string | string[] | null | undefined): Asked {
  const asked: Asked = {
    typed: '',
    words: '',
    phrases: [],
    without: [],
    narrowed: { community: [], topic: [], mentor: [], company: [] },
    is: null,
    before: null,
    misread: [],
  }
  const words: string[] = []
  const kept: string[] = []
  // Telephones write quotes that lean.
  for (const { 0: token, groups = {} } of searchText(typed).replace(/[“”„]/g, '"').matchAll(TOKEN)) {
    const { not, name, quoted: phrase, word = '' } = groups
    const value = (phrase ?? word).trim()
    const said = name && takeOperator(asked, name.toLowerCase(), value, Boolean(not))
    if (said === null) continue
    kept.push(token)
    const wanted = name && !said ? token.replace(/^-/, '') : value
    if (said) asked.misread.push(`“${token}” ${said}`)
    if (said || !not) words.push(wanted)
    else asked.without.push(wanted)
    if (!name && !not && phrase && /\s/.test(value)) asked.phrases.push(value)
  }
  return { ...asked, typed: kept.join(' '), words: words.filter(Boolean).join(' '), misread: asked.misread.slice(0, SAID) }
}

/** A minus, a name with a colon, and a phrase that may lack its end, or a word. Not before a slash: that is an address. */
const TOKEN = /(?<not>-(?=[^\s-]))?(?:(?<name>[a-zA-Z]+):(?!\/))?(?:"(?<quoted>[^"]*)"?|(?<word>[^\s"]+)|(?<=:))/g

/** Takes an operator in. Null where it is understood; else what is said of it; undefined where it is no operator at all. */
function takeOperator(asked: Asked, name: string, value: string, not: boolean): string | null | undefined {
  const narrowing = NARROWINGS.find((other) => other === name)
  if (!narrowing && name !== 'is' && name !== 'before') return undefined
  if (not) return 'cannot be left out: a minus goes before words and phrases.'
  if (!value) return 'wants something behind its colon.'
  if (narrowing) return takeName(asked.narrowed[narrowing], value)
  if (name === 'is') {
    const state = (['answered', 'open'] as const).find((one) => one === value.toLowerCase())
    asked.is = state ?? asked.is
    return state ? null : 'is none of “is:answered” and “is:open”.'
  }
  const day = dayOf(value)
  asked.before = day ?? asked.before
  return day ? null : 'is no day: write it as “before:2026-11-23”, “before:2026-11” or “before:2026”.'
}

function takeName(names: string[], value: string): string | null {
  if (names.includes(value)) return null
  if (names.length >= NAMED) return `is one too many: ${NAMED} of a kind are looked at.`
  names.push(value)
  return null
}

/** "2026" and "2026-11" as their first day; null for what is no day of the years that people ask in. */
function dayOf(value: string): string | null {
  const [, year, month = '01', day = '01'] = /^((?:19|20)\d\d)(?:-(\d\d))?(?:-(\d\d))?$/.exec(value) ?? []
  if (!year) return null
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`)
  const is = `${year}-${month}-${day}`
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(is) ? is : null
}

/** The one way in which a search is written: its words, then what it is narrowed to, always in the same order. */
export function writtenAsked({ typed, narrowed, is, before }: Pick<Asked, 'typed' | 'narrowed' | 'is' | 'before'>): string {
  const names = NARROWINGS.flatMap((name) => narrowed[name].map((value) => operator(name, value)))
  return [typed, ...names, is && operator('is', is), before && operator('before', before)].filter(Boolean).join(' ')
}

/** The same search with what fields of the form say beside its words; a field that is empty says nothing. */
export function withFields(asked: Asked, fields: Partial<Record<Narrowing | 'is' | 'before', string | string[] | undefined>>): Asked {
  const given = ([...NARROWINGS, 'is', 'before'] as const).flatMap((name) => {
    const value = fields[name]
    return typeof value === 'string' && value.trim() ? [operator(name, searchText(value).replaceAll('"', ''))] : []
  })
  return given.length ? readAsked([writtenAsked(asked), ...given].join(' ')) : asked
}

function operator(name: string, value: string): string {
  return /\s/.test(value) ? `${name}:"${value}"` : `${name}:${value}`
}

/** Marks (prisma: QuestionWords.marks) of all months before the one that begins after this day, from 2000 on. */
export function monthsUpTo(day: string): string[] {
  const last = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1
  const months = Array.from({ length: Math.max(0, last - 24_000 + 1) }, (_, i) => 24_000 + i)
  return months.map((month) => `month ${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`)
}

/** Hits as people read them, exact up to what is counted. `atLeast`: there are more. */
export type Count = { count: number; atLeast: boolean }

export function shownCount({ count, atLeast }: Count): string {
  return `${thousands(Math.min(count, COUNTED)) ?? 0}${atLeast || count > COUNTED ? '+' : ''}`
}

/**
 * A word of a query in the form in which it is kept, the share of all rows that have it (0 where that is too small to know),
 * and how much it says. `others`: queries for what stands for it as well; the share is then of all.
 */
export type Term = { lexeme: string; share: number; weight: number; others?: string[] }

/** What is known of the words of a table: how many rows it has, and by tier what share of them is read at least so much. */
export type WordStatistics = { rows: number; tiers: ReadonlyMap<number, number> }

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
 * `fit`: what has less of the terms than this share, by their weights, need not be found.
 */
export function candidateQueries(terms: Term[], statistics: WordStatistics, fit = 0): Candidates[] {
  const [rarest, others] = [terms.slice(0, 4), terms.slice(4)]
  const enough = fit * weightOfAll(terms) - weightOfAll(others)
  // A row with more of the rarest terms than a group has is found by a larger one.
  const parts = [3, 2, 1].flatMap((size) => choose(rarest, size)).filter((group) => weightOfAll(group) >= enough)
  const groups = [terms.slice(0, 6), ...parts]
  const queries = groups.map((group) => allOf(group, statistics))
  return queries.filter(({ query }, i) => queries.findIndex((other) => other.query === query) === i)
}

/** A query for rows, and the tier that it asks for. */
export type Candidates = { query: string; tier: number | null }

function weightOfAll(terms: Term[]): number {
  return terms.reduce((sum, { weight }) => sum + weight, 0)
}

/** About how many rows have all of these terms. Words that stand together are no chance, so more than chance would say. */
export function estimate([first, ...others]: Term[], rows: number): number {
  return others.reduce((found, { share }) => found * Math.sqrt(share), rows * (first?.share ?? 0))
}

/**
 * What share of all rows has several things that these shares have each: each counts half as much as one that is rarer, so
 * more than chance would say. An index over what is read most is looked at in no time, so rather too many than too few.
 */
export function togetherShare(shares: number[]): number {
  return shares.toSorted((a, b) => a - b).reduce((together, share, i) => together * share ** (1 / 2 ** i), shares.length ? 1 : 0)
}

/** A term as PostgreSQL reads it in a tsquery, with the weights in which it counts. */
export function quoted(lexeme: string, weights = ''): string {
  return `'${lexeme.replace(/['\\]/g, '$&$&')}'${weights && `:${weights}`}`
}

function allOf(group: Term[], { rows, tiers }: WordStatistics): Candidates {
  const words = group.map(anyOf).join(' & ')
  const found = estimate(group, rows)
  if (found <= FOUND_AT_MOST) return { query: words, tier: null }
  const upwards = [...tiers].filter(([, share]) => share <= TIER_AT_MOST).toSorted(([a], [b]) => a - b)
  const [tier] = upwards.find(([, share]) => found * share <= FOUND_AT_MOST) ?? upwards.at(-1) ?? []
  return tier === undefined ? { query: words, tier: null } : { query: `${words} & ${quoted(`tier ${tier}`)}`, tier }
}

function anyOf({ lexeme, others = [] }: Term): string {
  return others.length ? `(${[quoted(lexeme), ...others].join(' | ')})` : quoted(lexeme)
}

function choose(terms: Term[], size: number): Term[][] {
  if (size === 0) return [[]]
  return terms.flatMap((term, i) => choose(terms.slice(i + 1), size - 1).map((others) => [term, ...others]))
}

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' })
const WORD = /[\p{L}\p{N}\p{M}]+/gu

/** Different words of texts that begin as one of the terms does: only those can be a form of it. */
export function wordsLike(texts: string[], terms: Term[]): string[] {
  const initials = new Set(terms.map(({ lexeme }) => initial(lexeme)))
  return [...new Set(texts.flatMap((text) => text.match(WORD) ?? []).filter((word) => initials.has(initial(word))))]
}

/** Different words of a text. */
export function wordsOf(text: string): string[] {
  return [...new Set(text.match(WORD) ?? [])]
}

export function replacedWords(text: string, by: ReadonlyMap<string, string>): string {
  return text.replace(WORD, (word) => by.get(word) ?? word)
}

/** The same search for other words, of which none has to stand in a phrase. */
export function withWords(asked: Asked, words: string): Asked {
  return { ...asked, words, phrases: [] }
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
  const parts = text.split('\n').flatMap((line) => [...sentences.segment(line)].map(({ segment }) => segment.trim()).filter(Boolean))
  const weights = new Map(terms.map(({ lexeme, weight }) => [lexeme, weight]))
  let best = { at: 0, fit: 0 }
  for (const [at, part] of parts.entries()) {
    const found = new Set((part.match(WORD) ?? []).map((word) => forms.get(word)))
    const fit = [...found].reduce((sum, lexeme) => sum + (weights.get(lexeme ?? '') ?? 0), 0)
    if (fit > best.fit) best = { at, fit }
  }
  let passage = parts[best.at] ?? ''
  for (const next of parts.slice(best.at + 1)) {
    if (passage.length + next.length >= PASSAGE) break
    passage = `${passage} ${next}`
  }
  return { passage, fit: best.fit }
}

/** A text in pieces, every other of which (the second, the fourth …) is a word that was searched for. */
export function marked(text: string, forms: Forms): string[] {
  const pieces = ['']
  let end = 0
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (!forms.has(word)) continue
    pieces[pieces.length - 1] += text.slice(end, index)
    pieces.push(word, '')
    end = index + word.length
  }
  pieces[pieces.length - 1] += text.slice(end)
  return pieces
}

/** As unaccent and lower() leave it, for letters that have accents. */
function initial(word: string): string {
  return word.normalize('NFKD').charAt(0).toLowerCase()
}

/**
 * Of one network, which may be an office: people search now and then, a program that reads everything out often. Searching is
 * what costs most of all that visitors read.
 */
export const searchLimits: Limit[] = [{ name: 'search', by: 'address', points: 300, seconds: 60 }]
