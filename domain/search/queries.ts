import { type AmaRow, findAmas } from '#domain/ama/queries.ts'
import { type AnswerRow, findAnswers } from '#domain/answer/queries.ts'
import { type CompanyRow, findCompanies } from '#domain/company/queries.ts'
import type { Narrowed, TopicName, Wanted } from '#domain/condition/rules.ts'
import { type Facet, hitsOfKinds, isCursor, KINDS_OF } from '#domain/hit/queries.ts'
import { findMentors, type MentorRow } from '#domain/member/queries.ts'
import { findQuestions, type QuestionRow } from '#domain/question/queries.ts'
import {
  type Asked,
  type Count,
  NARROWINGS,
  type Narrowing,
  replacedWords,
  SEARCH_KINDS,
  type SearchKind,
  type SearchSort,
  withWords,
} from '#domain/search/rules.ts'
import { findTopics, type TopicRow } from '#domain/topic/queries.ts'
import { formsOf, knownShares, LOOKED_THROUGH, lexemesOf, readQuery } from '#domain/words/queries.ts'
import { bestPassage, type Forms, type Term, WORD, wordsOf } from '#domain/words/rules.ts'
import { shortened, textOf } from '#lib/clip.ts'
import { PAGE_SIZE, type Page } from '#lib/cursor.ts'
import { readRows } from '#lib/db.ts'

/** What a search found of a kind, the words of it that were searched for, and how much there is in all. */
export type Found<Row> = Page<Row> & { forms: Forms; count: Count }

export type Finds = {
  /** Whether the query has a word that says anything, or narrows what there is. */
  said: boolean
  /** Whether something has all of its words. */
  whole: boolean
  /** Whether of what had to be looked at one by one only a part was, in which nothing has all that is asked for. */
  cut: boolean
  /** What was not understood, in sentences. */
  misread: string[]
  /** The words that were searched for instead of ones that nobody has written; null where all are as typed. */
  instead: string | null
  /** How much there is of each kind that was looked at. */
  counts: Partial<Record<SearchKind, Count>>
  /** Of the kind that is asked for. `atLeast`: each may have more. */
  facets: { rows: Facet[]; atLeast: boolean }
  questions?: Found<QuestionRow>
  /** Their `excerpt` is the passage that fits best. */
  answers?: Found<AnswerRow>
  mentors?: Found<MentorRow>
  amas?: Found<AmaRow>
  topics?: Found<TopicRow>
  companies?: Found<CompanyRow>
}

/**
 * What a search finds of one kind; without a kind the first few of each. The closest come first, of those that fit about the
 * same what is read more; or the newest, or what is read most. Words that nobody has written are searched for as the closest
 * ones there are. Null where `after` is not a cursor of this list.
 */
export async function search(asked: Asked, kind?: SearchKind, after?: string | string[], sort: SearchSort = 'best'): Promise<Finds | null> {
  const behind = kind && after
  if (!isCursor(behind)) return null
  if (behind) {
    // Who reads on knows how much there is of other kinds. Where nothing has all words, that is what decides what is shown.
    const further = await searchFor(asked, kind, behind, sort, true)
    if (further.whole) return further
  }
  const finds = await searchFor(asked, kind, behind, sort)
  if (!finds.said || finds.whole) return finds
  const instead = await closestWords(asked.words)
  if (!instead) return finds
  const better = await searchFor(withWords(asked, instead), kind, behind, sort)
  return better.whole ? { ...better, misread: finds.misread, instead } : finds
}

/** What is shown of each kind where all of them are. */
const FIRST: Record<SearchKind, number> = { questions: 5, answers: 3, mentors: 3, amas: 3, topics: 3, companies: 3 }

async function searchFor(
  asked: Asked,
  kind: SearchKind | undefined,
  after: string | string[] | undefined,
  sort: SearchSort,
  alone = false,
): Promise<Finds> {
  const { narrowed, unknown } = await namedIn(asked)
  const words = [asked.words, ...unknown.map(({ value }) => value)].join(' ').trim()
  const misread = [...asked.misread, ...unknown.map(({ by, value }) => `“${value}” is the name of no ${by} here.`)]
  const narrows = Object.keys(narrowed).length > 0 || asked.is !== null || asked.before !== null
  const nothing: Finds = { said: false, whole: false, cut: false, misread, instead: null, counts: {}, facets: { rows: [], atLeast: false } }
  if (!words && !narrows) return nothing
  const [read, topicNames] = await Promise.all([readQuery(words), narrowed.topic ? [] : topicNamesIn(words)])
  const terms = new Set(read.Question.terms.map(({ lexeme }) => lexeme))
  const names = topicNames.filter(({ lexemes }) => lexemes.length > 0 && lexemes.every((lexeme) => terms.has(lexeme))).slice(0, NAMES)
  const said = narrows || read.Question.terms.length > 0
  const of = (each: SearchKind): Wanted => {
    const listed = kind === each
    const size = listed ? PAGE_SIZE : kind ? 0 : FIRST[each]
    return { asked, words, narrowed, query: read[KINDS_OF[each]], names, after: listed ? after : undefined, size, listed, sort }
  }
  // A name may be made of words that say nothing elsewhere; a topic is not.
  const kinds = SEARCH_KINDS.filter((each) => each === kind || !alone)
  const looked = kinds.filter((each) => (said || (words && isNamed(each))) && canNarrow(each, asked, narrowed))
  const hits = await hitsOfKinds(new Map(looked.map((each) => [each, of(each)])))
  const shown = async <Row>(each: SearchKind, show: (ids: string[], terms: Term[]) => Promise<Shown<Row>>) => {
    const found = hits.get(each)
    if (!found || (kind && kind !== each)) return undefined
    const { rows, next } = found.page
    const ids = rows.map(({ id }) => id)
    const terms = read[KINDS_OF[each]].terms
    return { next, count: found.count, ...(ids.length ? await show(ids, terms) : { rows: [], forms: new Map() }) }
  }
  const [questions, answers, mentors, amas, topics, companies] = await Promise.all([
    shown('questions', showQuestions),
    shown('answers', showAnswers),
    shown('mentors', showMentors),
    shown('amas', showAmas),
    shown('topics', showTopics),
    shown('companies', showCompanies),
  ])
  return {
    ...nothing,
    said,
    whole: [...hits.values()].some(({ whole }) => whole),
    cut: ![...hits.values()].some(({ whole }) => whole) && [...hits].some(([each, { cut }]) => cut && (!kind || kind === each)),
    counts: Object.fromEntries([...hits].map(([each, { count }]) => [each, count])),
    facets: (kind && hits.get(kind)?.facets) ?? nothing.facets,
    ...(questions && { questions }),
    ...(answers && { answers }),
    ...(mentors && { mentors }),
    ...(amas && { amas }),
    ...(topics && { topics }),
    ...(companies && { companies }),
  }
}

type Shown<Row> = { rows: Row[]; forms: Forms }

async function showQuestions(ids: string[], terms: Term[]): Promise<Shown<QuestionRow>> {
  const rows = await findQuestions(ids)
  const texts = rows.flatMap(({ title, leadExcerpt }) => [title, leadExcerpt ?? ''])
  return { rows, forms: await formsOf(texts, terms) }
}

async function showAnswers(ids: string[], terms: Term[]): Promise<Shown<AnswerRow>> {
  const rows = await findAnswers(ids)
  const texts = rows.map(({ html }) => textOf(html).slice(0, LOOKED_THROUGH))
  const forms = await formsOf([...texts, ...rows.map(({ question }) => question.title)], terms)
  const withPassage = rows.map(({ html: _, ...row }, i) => ({
    ...row,
    excerpt: shortened(bestPassage(texts[i] ?? '', terms, forms).passage, 280),
  }))
  return { rows: withPassage, forms }
}

async function showMentors(ids: string[], terms: Term[]): Promise<Shown<MentorRow>> {
  const rows = await findMentors(ids)
  const texts = rows.flatMap(({ name, company, title }) => [name, company ?? '', title ?? ''])
  return { rows, forms: await formsOf(texts, terms) }
}

async function showAmas(ids: string[], terms: Term[]): Promise<Shown<AmaRow>> {
  const rows = await findAmas(ids)
  const texts = rows.flatMap(({ topic, mentors }) => [
    topic.name,
    ...mentors.flatMap(({ name, company, title }) => [name, company ?? '', title ?? '']),
  ])
  return { rows, forms: await formsOf(texts, terms) }
}

async function showTopics(ids: string[], terms: Term[]): Promise<Shown<TopicRow>> {
  const rows = await findTopics(ids)
  const texts = rows.flatMap(({ name, synonyms, community }) => [name, ...synonyms, community.name])
  return { rows, forms: await formsOf(texts, terms) }
}

async function showCompanies(ids: string[], terms: Term[]): Promise<Shown<CompanyRow>> {
  const rows = await findCompanies(ids)
  const texts = rows.map(({ name }) => name)
  return { rows, forms: await formsOf(texts, terms) }
}

/** Words of a query among which names of topics are looked for, words of such a name, and names that stand for topics, at most. */
const NAMED_IN = 8
const NAME_WORDS = 4
const NAMES = 3

/** From its first letter or digit to its last. */
const BETWEEN_SPACES = /[\p{L}\p{N}](?:\S*[\p{L}\p{N}])?/gu

/** What in a query is a name of topics, or another word for it, the longest first. */
async function topicNamesIn(text: string): Promise<TopicName[]> {
  // A name may have signs in it ("A/B testing"), and others may stand around it.
  const read = [text.match(WORD) ?? [], text.match(BETWEEN_SPACES) ?? []].map((words) => words.slice(0, NAMED_IN))
  const sizes = [...Array(NAME_WORDS).keys()].map((size) => size + 1)
  const phrasesOf = (words: string[]) => sizes.flatMap((size) => words.slice(size - 1).map((_, at) => words.slice(at, at + size).join(' ')))
  const phrases = [...new Set(read.flatMap(phrasesOf))]
  const rows = await readRows<{ phrase: string; topics: string[] }>`
    SELECT phrase, array_agg("ofId") AS topics FROM unnest((SELECT ${phrases}::text[])) phrase CROSS JOIN LATERAL (
      SELECT "ofId" FROM "NameStart" WHERE kind = 'topic' AND text = folded(phrase) AND whole LIMIT 100) named
    GROUP BY phrase ORDER BY length(phrase) DESC, phrase`
  const lexemes = await lexemesOf(rows.flatMap(({ phrase }) => wordsOf(phrase)))
  return rows.map(({ phrase, topics }) => ({ topics, lexemes: wordsOf(phrase).flatMap((word) => lexemes.get(word) ?? []) }))
}

/** What the operators name, and the values that are the name of nothing. A topic may be named by any of its names, in any community. */
async function namedIn({ narrowed }: Asked): Promise<{ narrowed: Narrowed; unknown: { by: Narrowing; value: string }[] }> {
  const given = NARROWINGS.flatMap((by) => narrowed[by].map((value) => ({ by, value })))
  if (given.length === 0) return { narrowed: {}, unknown: [] }
  const rows = await readRows<{ by: Narrowing; value: string; id: string }>`
    SELECT g.by, g.value, named.id FROM (
      SELECT by, value, folded(value) AS name FROM unnest(${given.map(({ by }) => by)}::text[], ${given.map(({ value }) => value)}::text[]) g(by, value)
    ) g CROSS JOIN LATERAL (
      SELECT id FROM "Community" WHERE g.by = 'community' AND (slug = g.name OR folded(name) = g.name)
      UNION SELECT id FROM "Topic" WHERE g.by = 'topic' AND slug = g.name
      UNION SELECT "topicId" FROM "TopicWords" WHERE g.by = 'topic' AND g.name = ANY(string_to_array(name, E'\n'))
      UNION SELECT id FROM "Company" WHERE g.by = 'company' AND slug = g.name
      UNION SELECT "companyId" FROM "CompanyWords" WHERE g.by = 'company' AND name = g.name
      UNION SELECT id FROM "Member" WHERE g.by = 'mentor' AND handle = g.name AND "mentorSince" IS NOT NULL
      UNION SELECT "memberId" FROM "MentorWords" WHERE g.by = 'mentor' AND name = g.name
      LIMIT 100
    ) named`
  const found: Narrowed = {}
  for (const { by, id } of rows) found[by] = [...(found[by] ?? []), id]
  return { narrowed: found, unknown: given.filter(({ by, value }) => !rows.some((row) => row.by === by && row.value === value)) }
}

/** Whether what a search is narrowed to can be said of a kind: a company is in no community, an AMA is not open. */
function canNarrow(kind: SearchKind, { is, before }: Asked, narrowed: Narrowed): boolean {
  const { state, by } = NARROWED_BY[kind]
  if ((is && !state.includes(is)) || (before && state.length === 0)) return false
  return NARROWINGS.every((narrowing) => !narrowed[narrowing] || by.includes(narrowing))
}

const NARROWED_BY: Record<SearchKind, { state: string[]; by: Narrowing[] }> = {
  questions: { state: ['answered', 'open'], by: ['community', 'topic', 'mentor', 'company'] },
  answers: { state: ['answered'], by: ['community', 'topic', 'mentor', 'company'] },
  mentors: { state: [], by: ['community', 'company'] },
  amas: { state: [], by: ['community', 'topic', 'mentor', 'company'] },
  topics: { state: [], by: ['community'] },
  companies: { state: [], by: [] },
}

/**
 * The words of a query with each that nobody has written replaced by the closest one that stands in names and in titles that
 * are read much; null where nothing is to be replaced, or by nothing.
 */
async function closestWords(words: string): Promise<string | null> {
  const [known, lexemes] = await Promise.all([knownShares(), lexemesOf(wordsOf(words).slice(0, 6))])
  // What statistics know, somebody has written. The others are compared with names and titles, and only where nobody has.
  const isKnown = (lexeme: string) => known.Question.words.has(lexeme) || known.Answer.words.has(lexeme)
  const doubtful = [...lexemes].filter(([word, of]) => word.length > 2 && of.length > 0 && !of.some(isKnown)).map(([word]) => word)
  if (doubtful.length === 0) return null
  const rows = await readRows<{ word: string; close: string }>`
    SELECT word, close FROM close_words(${doubtful}::text[]) WHERE close <> folded(word)`
  if (rows.length === 0) return null
  const close = new Map(rows.map(({ word, close }) => [word, close]))
  return replacedWords(words, close)
}

function isNamed(kind: SearchKind): boolean {
  return kind === 'mentors' || kind === 'companies'
}
