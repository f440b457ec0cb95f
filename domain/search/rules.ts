import { type Forms, WORD } from '#domain/words/rules.ts'
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

/** Hits are counted to here; what is more is said to be more. */
export const COUNTED = 1_000

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

/** Sentences of this kind that are said at once; names of a kind, phrases and things to leave out that are looked at. */
const SAID = 3
const NAMED = 5

/**
 * Reads what was typed: words, "phrases", -not and name:value, each value a word or in quotes. Any text is a search; written
 * anew (writtenAsked) it is the same one, but for what was misread.
 */
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
  for (const { 0: token, groups = {} } of closed(searchText(typed)).matchAll(TOKEN)) {
    const { not, name, quoted: phrase, word = '' } = groups
    const value = (phrase ?? word).trim()
    if (!name && !value) continue
    const said = name && takeOperator(asked, name.toLowerCase(), value, Boolean(not))
    if (said === null) continue
    if (said) asked.misread.push(`“${token}” ${said}`)
    // A name too many stands in quotes from now on, so that it is not the first when all is written anew.
    const excess = said === tooMany('of a kind')
    const wanted = wantedOf(token, value, Boolean(name && !said))
    kept.push(excess ? `"${value}"` : token)
    const unwanted = !said && not
    if (unwanted) takeFew(asked, asked.without, wanted, token, 'things to leave out')
    else words.push(wanted)
    if (excess || isPhrase(groups)) takePhrase(asked, value, token)
  }
  return fitted({ ...asked, typed: kept.join(' '), words: words.filter(Boolean).join(' '), misread: asked.misread.slice(0, SAID) })
}

/** To write a search in one way may take more signs than were typed; names and days come before words. */
function fitted(asked: Asked): Asked {
  if ([...writtenAsked(asked)].length <= QUERY_LENGTH) return asked
  return { ...readAsked(fitting(asked.typed, writtenAsked({ ...asked, typed: '' }))), misread: asked.misread }
}

/** A text in which all quotes stand upright, which telephones make lean, and the last has its end. */
function closed(text: string): string {
  const line = text.replace(/[“”„]/g, '"')
  if (line.split('"').length % 2) return line
  const room = [...line].slice(0, QUERY_LENGTH - 1).join('')
  return room.split('"').length % 2 ? room : `${room}"`
}

/** As many pieces of what was typed as there is room for before what a search is narrowed to. */
function fitting(typed: string, operators: string): string {
  const room = QUERY_LENGTH - [...operators].length
  let fits = ''
  for (const { 0: token } of typed.matchAll(TOKEN)) {
    if ([...fits, ...token].length + 1 > room) break
    fits += `${token} `
  }
  return fits + operators
}

/** What looks like an operator and is none is searched for as it stands. */
function wantedOf(token: string, value: string, isNone: boolean): string {
  return isNone ? token.replace(/^-/, '') : value
}

function isPhrase({ not, name, quoted }: Record<string, string | undefined>): boolean {
  return !name && !not && Boolean(quoted)
}

/** A word in quotes is a word. */
function takePhrase(asked: Asked, value: string, token: string): void {
  if (/\s/.test(value)) takeFew(asked, asked.phrases, value, token, 'phrases')
}

function takeFew(asked: Asked, taken: string[], value: string, token: string, what: string): void {
  if (taken.length < NAMED) taken.push(value)
  else asked.misread.push(`“${token}” ${tooMany(what)}`)
}

function tooMany(what: string): string {
  return `is one too many: ${NAMED} ${what} are looked at.`
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
  if (names.length >= NAMED) return tooMany('of a kind')
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
  return given.length ? readAsked(fitting(asked.typed, [writtenAsked({ ...asked, typed: '' }), ...given].filter(Boolean).join(' '))) : asked
}

function operator(name: string, value: string): string {
  // A colon before a slash is one of an address.
  return /\s|^\//.test(value) ? `${name}:"${value}"` : `${name}:${value}`
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

export function replacedWords(text: string, by: ReadonlyMap<string, string>): string {
  return text.replace(WORD, (word) => by.get(word) ?? word)
}

/** The same search for other words, of which none has to stand in a phrase. */
export function withWords(asked: Asked, words: string): Asked {
  return { ...asked, words, phrases: [] }
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

/**
 * Of one network, which may be an office: people search now and then, a program that reads everything out often. Searching is
 * what costs most of all that visitors read.
 */
export const searchLimits: Limit[] = [{ name: 'search', by: 'address', points: 300, seconds: 60 }]
