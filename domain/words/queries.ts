import {
  candidateQueries,
  type Forms,
  quoted,
  SAMPLED,
  type Term,
  TIER_INDEXES,
  tierWord,
  usedTerms,
  type WordStatistics,
  wordsLike,
  wordsOf,
} from '#domain/words/rules.ts'
import { fixed, Prisma, readRows, VARIED } from '#lib/db.ts'

/** Characters of an answer that are looked through for its passage. */
export const LOOKED_THROUGH = 6_000

/** What is found by its words. */
export type Kind = keyof typeof TABLES
/** And by marks beside them. */
export type Marked = 'Question' | 'Answer'

/** `marks`: the share of all rows that has a mark, as far as it is known. */
export type ReadQuery = { terms: Term[]; statistics: WordStatistics; marks: ReadonlyMap<string, number> }

/** The words of a query, and what is known of them in each table that is searched by them. */
export async function readQuery(asked: string): Promise<Record<Kind, ReadQuery>> {
  const [known, lexemes] = await Promise.all([knownShares(), lexemesIn(asked)])
  const of = (kind: Kind): ReadQuery => {
    const { rows, words, tiers, marks } = known[kind]
    const terms = lexemes.map((lexeme) => ({ lexeme, share: words.get(lexeme) ?? 0 }))
    return { terms: usedTerms(terms, rows), statistics: { rows, tiers }, marks }
  }
  return {
    Question: of('Question'),
    Answer: of('Answer'),
    Mentor: of('Mentor'),
    Ama: of('Ama'),
    Topic: of('Topic'),
    Company: of('Company'),
  }
}

type Shares = { rows: number; words: Map<string, number>; tiers: Map<number, number>; marks: Map<string, number> }
/** Milliseconds for which what ANALYZE has noted is kept: reading it takes longer than many a search. */
const KNOWN_FOR = 20_000
let shares: { at: number; read: Promise<Record<Kind, Shares>> } | undefined

/** What ANALYZE has noted of each table, as it was at most twenty seconds ago. */
export function knownShares(): Promise<Record<Kind, Shares>> {
  if (shares && performance.now() - shares.at < KNOWN_FOR) return shares.read
  const read = readShares()
  shares = { at: performance.now(), read }
  read.catch(() => {
    shares = undefined
  })
  return read
}

async function readShares(): Promise<Record<Kind, Shares>> {
  const rows = await readRows<{ table: string; column: string; lexeme: string; share: number; rows: number }>`
    SELECT s.tablename AS "table", s.attname AS "column", e.lexeme, e.share::float8, greatest(c.reltuples, 0)::float8 AS rows
    FROM pg_stats s JOIN pg_class c ON c.oid = to_regclass(quote_ident(s.tablename))
    CROSS JOIN LATERAL unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) e(lexeme, share)
    WHERE s.schemaname = current_schema() AND s.tablename = ANY(${KINDS.map((kind) => `${kind}Words`)}::text[]) AND s.attname IN ('words', 'marks') AND e.lexeme IS NOT NULL
    UNION ALL SELECT s.tablename, s.attname, e.tier, e.share::float8, 0 FROM pg_stats s
    CROSS JOIN LATERAL unnest(s.most_common_vals::text::text[], s.most_common_freqs) e(tier, share)
    WHERE s.schemaname = current_schema() AND s.tablename = ANY(${KINDS.map((kind) => `${kind}Words`)}::text[]) AND s.attname = 'tier' AND e.tier IS NOT NULL`
  const of = (kind: Kind): Shares => {
    const known = rows.filter(({ table }) => table === `${kind}Words`)
    const sharesOf = (of: string) => new Map(known.filter(({ column }) => column === of).map(({ lexeme, share }) => [lexeme, share]))
    const each = [...sharesOf('tier')].map(([tier, share]) => [Number(tier), share] as const)
    const tiers = each.filter(([tier]) => tier > 0).map(([tier]) => [tier, sum(each.filter(([other]) => other >= tier))] as const)
    return {
      rows: Math.max(0, ...known.map(({ rows }) => rows)),
      words: sharesOf('words'),
      tiers: new Map(tiers),
      marks: sharesOf('marks'),
    }
  }
  return {
    Question: of('Question'),
    Answer: of('Answer'),
    Mentor: of('Mentor'),
    Ama: of('Ama'),
    Topic: of('Topic'),
    Company: of('Company'),
  }
}

function sum(shares: (readonly [number, number])[]): number {
  return shares.reduce((all, [, share]) => all + share, 0)
}

/** Rows that all candidate queries give at most together, and each of them by itself; `fit`: others need not be found. */
type Bound = { all: number; each: number; fit?: number }
/** Out of how many that it finds. */
const LOOKED_AT = 1_000

/**
 * Rows (`id`, `tier`, `fit`) that may be meant, at most so many: `fit` is how much of the query they have, from 0 to 1, by
 * the weights of its terms; what stands in a question's details, or in what somebody says of themselves, counts half. The
 * queries run one after the other, and only until there are enough. `more` gives further ids. Each row is looked up by
 * itself: there are few, and a join might read the whole table.
 */
export function ranked(kind: Kind, query: ReadQuery, bound: Bound, more = Prisma.empty): Prisma.Sql {
  const { table, id, tier, heavy } = TABLES[kind]
  const { terms } = query
  const queries = candidatesOf(kind, query, bound)
  const weights = terms.map(({ weight }) => weight)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const anywhere = terms.map(({ lexeme }) => quoted(lexeme))
  const whole = terms.map(({ lexeme }) => quoted(lexeme, heavy))
  return Prisma.sql`
    SELECT c.id, w.tier, coalesce((
      SELECT sum(CASE WHEN w.words @@ t.whole THEN t.weight ELSE t.weight * 0.5 END) / ${total}
      FROM unnest(${anywhere}::text[]::tsquery[], ${whole}::text[]::tsquery[], ${weights}::float8[]) t(anywhere, whole, weight)
      WHERE w.words @@ t.anywhere
    ), 0) AS fit
    FROM (SELECT DISTINCT id FROM (SELECT id FROM (${Prisma.join(queries, ' UNION ALL ')}) candidates LIMIT ${bound.all}) few ${more}) c
    CROSS JOIN LATERAL (SELECT words, ${tier} AS tier FROM ${table} WHERE ${id} = c.id LIMIT 1) w`
}

/** Queries for ids of rows with some of the terms, the closest first. */
function candidatesOf(kind: Kind, { terms, statistics }: ReadQuery, bound: Bound): Prisma.Sql[] {
  const { table, id, tier } = TABLES[kind]
  return candidateQueries(terms, statistics, bound.fit).map(({ words, tier: from }, i) => {
    const conditions = [...words.map(matches), ...inTier(from)]
    return Prisma.sql`
      (${VARIED} SELECT id FROM (SELECT ${id} AS id, ${tier} AS tier FROM ${table} w WHERE ${Prisma.join(conditions, ' AND ')} LIMIT ${LOOKED_AT}) found
       ORDER BY tier DESC, id DESC LIMIT ${i === 0 ? bound.all : bound.each})`
  })
}

const unmarked = { tier: Prisma.sql`0`, marks: Prisma.sql`'{}'::text[]` }
const marked = { tier: Prisma.sql`tier`, marks: Prisma.sql`marks` }
const named = Prisma.sql`name`

/** Where the words of each are, in which weights they count whole, and the name that may be spelt otherwise, with the weights of its words. */
export const TABLES = {
  Question: { table: Prisma.sql`"QuestionWords"`, id: Prisma.sql`"questionId"`, ...marked, name: null, called: '', heavy: 'A' },
  Answer: { table: Prisma.sql`"AnswerWords"`, id: Prisma.sql`"answerId"`, ...marked, name: null, called: '', heavy: '' },
  Mentor: { table: Prisma.sql`"MentorWords"`, id: Prisma.sql`"memberId"`, ...unmarked, name: named, called: 'A', heavy: 'AB' },
  Ama: { table: Prisma.sql`"AmaWords"`, id: Prisma.sql`"amaId"`, ...unmarked, name: null, called: '', heavy: 'AB' },
  Topic: { table: Prisma.sql`"TopicWords"`, id: Prisma.sql`"topicId"`, ...unmarked, name: named, called: 'AB', heavy: 'AB' },
  Company: { table: Prisma.sql`"CompanyWords"`, id: Prisma.sql`"companyId"`, ...unmarked, name: named, called: 'A', heavy: 'A' },
}
const KINDS = ['Question', 'Answer', 'Mentor', 'Ama', 'Topic', 'Company'] as const satisfies Kind[]

/** Which words of these texts are forms of the terms. */
export async function formsOf(texts: string[], terms: Term[]): Promise<Forms> {
  const wanted = new Set(terms.map(({ lexeme }) => lexeme))
  const words = wordsLike(texts, terms)
  const lexemes = await lexemesOf(words)
  return new Map(
    words.flatMap((word) => {
      const lexeme = lexemes.get(word)?.find((one) => wanted.has(one))
      return lexeme === undefined ? [] : [[word, lexeme] as const]
    }),
  )
}

/** Words with their lexemes as PostgreSQL makes them, which never changes while a process runs; each is asked for once. */
const lexemesKnown = new Map<string, string[]>()
const KNOWN_AT_MOST = 50_000
const LONG = 40

/** The lexemes of single words; none of one that says nothing. */
export async function lexemesOf(words: string[]): Promise<ReadonlyMap<string, string[]>> {
  // What PostgreSQL makes of a word does not hang on capitals.
  const plain = new Map(words.map((word) => [word, /^[A-Z]+$/i.test(word) ? word.toLowerCase() : word]))
  const unknown = [...new Set(plain.values())].filter((word) => !lexemesKnown.has(word))
  const lexemes = new Map([...plain.values()].map((word) => [word, lexemesKnown.get(word) ?? []]))
  if (unknown.length > 0) {
    const rows = await readRows<{ word: string; lexemes: string[] }>`
      SELECT word, tsvector_to_array(words_of(word)) AS lexemes FROM unnest((SELECT ${unknown}::text[])) word`
    if (lexemesKnown.size + rows.length > KNOWN_AT_MOST) lexemesKnown.clear()
    for (const { word, lexemes: of } of rows) {
      lexemes.set(word, of)
      // What nobody would write is not worth its memory.
      if (word.length <= LONG) lexemesKnown.set(word, of)
    }
  }
  return new Map(words.map((word) => [word, lexemes.get(plain.get(word) ?? word) ?? []]))
}

/** The lexemes of a text, each once. Between letters and spaces its words are simply its parts; else PostgreSQL tells them apart. */
async function lexemesIn(text: string): Promise<string[]> {
  if (/^[a-z ]*$/i.test(text)) return [...new Set([...(await lexemesOf(wordsOf(text))).values()].flat())]
  const rows = await readRows<{ lexeme: string }>`SELECT lexeme FROM unnest(words_of(${text}))`
  return rows.map(({ lexeme }) => lexeme)
}

/**
 * That a row `w` has all of these words: each by itself, since to go along lists costs PostgreSQL half as much as to weigh a
 * query against each row of the shortest.
 */
export function hasWords(terms: { lexeme: string }[]): Prisma.Sql[] {
  return terms.map(({ lexeme }) => matches(quoted(lexeme)))
}

/** That a row `w` has what a tsquery asks for. */
export function matches(query: string): Prisma.Sql {
  return Prisma.sql`w.words @@ (SELECT ${query}::tsquery)`
}

/** That a row `w` is of a tier or above. */
export function inTier(tier: number | null): Prisma.Sql[] {
  return [...fromTier(tier), ...tierWord(tier).map(matches)]
}

/** What PostgreSQL has to read to know that an index over the upper tiers has all of a tier. */
export function fromTier(tier: number | null): Prisma.Sql[] {
  const upper = TIER_INDEXES.find((from) => tier !== null && from <= tier)
  return upper ? [Prisma.sql`tier >= ${fixed(upper)}`] : []
}

/** That a row is in the sample, in the words by which PostgreSQL knows the index that has those alone. */
export function inSample(kind: Marked): Prisma.Sql {
  return Prisma.sql`get_byte(uuid_send(${TABLES[kind].id}), 15) < ${fixed(256 * SAMPLED)}`
}
