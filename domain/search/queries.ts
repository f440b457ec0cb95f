import { z } from 'zod'
import { type AmaRow, findAmas } from '#domain/ama/queries.ts'
import { type AnswerRow, findAnswers, shownAnswer } from '#domain/answer/queries.ts'
import { findMentors, type MentorRow } from '#domain/member/queries.ts'
import { findQuestions, type QuestionRow, shownQuestion } from '#domain/question/queries.ts'
import {
  bestPassage,
  candidateQueries,
  type Forms,
  quoted,
  type SearchKind,
  searchText,
  type Term,
  usedTerms,
  type WordStatistics,
  wordsLike,
} from '#domain/search/rules.ts'
import { shortened, textOf } from '#lib/clip.ts'
import { decodeCursor, PAGE_SIZE, type Page, pageOf } from '#lib/cursor.ts'
import { db, Prisma } from '#lib/db.ts'

/** What a search found of a kind, and the words of it that were searched for. */
export type Found<Row> = Page<Row> & { forms: Forms }

export type Finds = {
  /** Whether the query has a word that says anything. */
  said: boolean
  questions?: Found<QuestionRow>
  /** Their `excerpt` is the passage that fits best. */
  answers?: Found<AnswerRow>
  mentors?: Found<MentorRow>
  amas?: Found<AmaRow>
}

/** Characters of an answer that are looked through for its passage. */
export const LOOKED_THROUGH = 6_000

/** Rows that a search goes through at most, and how much they have to have of what the closest of them has of the query. */
const GONE_THROUGH: Bound = { all: 400, each: 200 }
const FITTING = 0.34

/**
 * What a query finds of one kind, the closest first; without a kind the first few of each. What is read more comes sooner
 * where the fit is about the same. Null where `after` is not a cursor of this list.
 */
export async function search(query: string, kind?: SearchKind, after?: string | string[]): Promise<Finds | null> {
  const asked = searchText(query)
  const behind = kind && after
  if (decodeCursor(Keys, behind) === null) return null
  if (!asked) return { said: false }
  const read = await readQuery(asked)
  const said = read.Question.terms.length > 0
  // A name may be made of words that say nothing elsewhere.
  const wanted = (of: SearchKind) => (kind ? kind === of : true) && (said || of === 'mentors')
  const [questions, answers, mentors, amas] = await Promise.all([
    wanted('questions') ? searchQuestions(read.Question, behind, kind ? PAGE_SIZE : 5) : undefined,
    wanted('answers') ? searchAnswers(read.Answer, behind, kind ? PAGE_SIZE : 3) : undefined,
    wanted('mentors') ? searchMentors(asked, read.Mentor, behind, kind ? PAGE_SIZE : 3) : undefined,
    wanted('amas') ? searchAmas(read.Ama, behind, kind ? PAGE_SIZE : 3) : undefined,
  ])
  return { said, questions, answers, mentors, amas }
}

const Keys = z.tuple([z.number().int(), z.uuid()])
type Hit = { id: string; score: number }

async function searchQuestions(query: ReadQuery, after: string | string[] | undefined, size: number): Promise<Found<QuestionRow>> {
  const hits = await pageOfHits(
    Prisma.sql`
      SELECT ranked.id, ranked.fit, round(1000 * ranked.fit)::int + 8 * ranked.tier AS score
      FROM (${ranked('Question', query, GONE_THROUGH)}) ranked
      CROSS JOIN LATERAL (SELECT FROM "Question" q WHERE q.id = ranked.id AND ${shownQuestion} LIMIT 1) shown`,
    after,
    size,
  )
  const rows = await findQuestions(hits.rows.map(({ id }) => id))
  return {
    rows,
    next: hits.next,
    forms: await formsOf(
      rows.flatMap(({ title, leadExcerpt }) => [title, leadExcerpt ?? '']),
      query.terms,
    ),
  }
}

async function searchAnswers(query: ReadQuery, after: string | string[] | undefined, size: number): Promise<Found<AnswerRow>> {
  const hits = await pageOfHits(
    Prisma.sql`
      SELECT ranked.id, ranked.fit, round(1000 * ranked.fit)::int + 8 * ranked.tier AS score
      FROM (${ranked('Answer', query, GONE_THROUGH)}) ranked
      CROSS JOIN LATERAL (SELECT FROM "Answer" a WHERE a.id = ranked.id AND ${shownAnswer} LIMIT 1) shown`,
    after,
    size,
  )
  const rows = await findAnswers(hits.rows.map(({ id }) => id))
  const texts = rows.map(({ html }) => textOf(html).slice(0, LOOKED_THROUGH))
  const forms = await formsOf([...texts, ...rows.map(({ question }) => question.title)], query.terms)
  const withPassage = rows.map(({ html: _, ...row }, i) => ({
    ...row,
    excerpt: shortened(bestPassage(texts[i] ?? '', query.terms, forms).passage, 280),
  }))
  return { rows: withPassage, next: hits.next, forms }
}

async function searchMentors(
  asked: string,
  query: ReadQuery,
  after: string | string[] | undefined,
  size: number,
): Promise<Found<MentorRow>> {
  const alike = Prisma.sql`UNION SELECT id FROM (SELECT "memberId" AS id FROM "MentorWords" WHERE folded(${asked}) <% name LIMIT ${GONE_THROUGH.each}) named`
  const hits = await pageOfHits(
    Prisma.sql`
      SELECT m.id, greatest(ranked.fit, named.alike) AS fit, round(1000 * (ranked.fit + named.alike))::int AS score
      FROM (${ranked('Mentor', query, GONE_THROUGH, alike)}) ranked
      JOIN "Member" m ON m.id = ranked.id AND m."mentorSince" IS NOT NULL JOIN "MentorWords" w ON w."memberId" = m.id
      CROSS JOIN LATERAL (SELECT CASE WHEN folded(${asked}) <% w.name THEN word_similarity(folded(${asked}), w.name) ELSE 0 END AS alike) named`,
    after,
    size,
  )
  const rows = await findMentors(hits.rows.map(({ id }) => id))
  const forms = await formsOf(
    rows.flatMap(({ name, company, title }) => [name, company ?? '', title ?? '']),
    query.terms,
  )
  return { rows, next: hits.next, forms }
}

async function searchAmas(query: ReadQuery, after: string | string[] | undefined, size: number): Promise<Found<AmaRow>> {
  const hits = await pageOfHits(
    Prisma.sql`SELECT ranked.id, ranked.fit, round(1000 * ranked.fit)::int AS score FROM (${ranked('Ama', query, GONE_THROUGH)}) ranked`,
    after,
    size,
  )
  const rows = await findAmas(hits.rows.map(({ id }) => id))
  const texts = rows.flatMap(({ topic, mentors }) => [
    topic.name,
    ...mentors.flatMap(({ name, company, title }) => [name, company ?? '', title ?? '']),
  ])
  return { rows, next: hits.next, forms: await formsOf(texts, query.terms) }
}

/** A page of what `scored` (id, fit, score) says, the highest score first. */
async function pageOfHits(scored: Prisma.Sql, after: string | string[] | undefined, size: number): Promise<Page<Hit>> {
  const keys = decodeCursor(Keys, after)
  const further = keys ? Prisma.sql`AND (score, id) < (${keys[0]}, ${keys[1]}::uuid)` : Prisma.empty
  const rows = await db().$queryRaw<Hit[]>`
    SELECT id, score FROM (SELECT *, max(fit) OVER () AS best FROM (${scored}) scored) hits
    WHERE fit > 0 AND fit >= ${FITTING} * best ${further} ORDER BY score DESC, id DESC LIMIT ${size + 1}`
  return pageOf(rows, size, ({ score, id }) => [score, id])
}

type Kind = keyof typeof TABLES
export type ReadQuery = { terms: Term[]; statistics: WordStatistics }

/** The words of a query, and what is known of them in each table that is searched by them. */
export async function readQuery(asked: string): Promise<Record<Kind, ReadQuery>> {
  const rows = await db().$queryRaw<{ table: string; lexeme: string; share: number; rows: number }[]>`
    SELECT s.tablename AS "table", e.lexeme, e.share::float8, greatest(c.reltuples, 0)::float8 AS rows
    FROM pg_stats s JOIN pg_class c ON c.oid = to_regclass(quote_ident(s.tablename))
    CROSS JOIN LATERAL unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) e(lexeme, share)
    WHERE s.schemaname = current_schema() AND s.tablename = ANY(${KINDS.map((kind) => `${kind}Words`)}::text[]) AND s.attname = 'words'
      AND (e.lexeme = ANY((SELECT tsvector_to_array(words_of(${asked})))::text[]) OR e.lexeme LIKE 'tier %')
    UNION ALL SELECT '', lexeme, 0, 0 FROM unnest(words_of(${asked}))`
  const lexemes = rows.filter(({ table }) => !table).map(({ lexeme }) => lexeme)
  const of = (kind: Kind): ReadQuery => {
    const known = rows.filter(({ table }) => table === `${kind}Words`)
    const shares = new Map(known.map(({ lexeme, share }) => [lexeme, share]))
    const tiers = [...shares]
      .filter(([lexeme]) => lexeme.startsWith('tier '))
      .map(([lexeme, share]) => [Number(lexeme.slice(5)), share] as const)
    const total = known[0]?.rows ?? 0
    return {
      terms: usedTerms(
        lexemes.map((lexeme) => ({ lexeme, share: shares.get(lexeme) ?? 0 })),
        total,
      ),
      statistics: { rows: total, tiers: new Map(tiers) },
    }
  }
  return { Question: of('Question'), Answer: of('Answer'), Mentor: of('Mentor'), Ama: of('Ama') }
}

/** Rows that all candidate queries give at most together, and each of them by itself; `fit`: others need not be found. */
export type Bound = { all: number; each: number; fit?: number }
/** Out of how many that it finds. */
const LOOKED_AT = 1_000

/**
 * Rows (`id`, `tier`, `fit`) that may be meant, at most so many: `fit` is how much of the query they have, from 0 to 1, by
 * the weights of its terms; what stands in a question's details, or in what somebody says of themselves, counts half. The
 * queries run one after the other, and only until there are enough. `more` gives further ids. Each row is looked up by
 * itself: there are few, and a join might read the whole table.
 */
export function ranked(kind: Kind, { terms, statistics }: ReadQuery, bound: Bound, more = Prisma.empty): Prisma.Sql {
  const { table, id, tier, heavy } = TABLES[kind]
  const queries = candidateQueries(terms, statistics, bound.fit).map(
    (query, i) => Prisma.sql`
      (SELECT id FROM (SELECT ${id} AS id, ${tier} AS tier FROM ${table} WHERE words @@ ${query}::tsquery LIMIT ${LOOKED_AT}) found
       ORDER BY tier DESC, id DESC LIMIT ${i === 0 ? bound.all : bound.each})`,
  )
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

/** Where the words of each are, and in which weights they count whole. */
const TABLES = {
  Question: { table: Prisma.sql`"QuestionWords"`, id: Prisma.sql`"questionId"`, tier: Prisma.sql`tier`, heavy: 'A' },
  Answer: { table: Prisma.sql`"AnswerWords"`, id: Prisma.sql`"answerId"`, tier: Prisma.sql`tier`, heavy: '' },
  Mentor: { table: Prisma.sql`"MentorWords"`, id: Prisma.sql`"memberId"`, tier: Prisma.sql`0`, heavy: 'AB' },
  Ama: { table: Prisma.sql`"AmaWords"`, id: Prisma.sql`"amaId"`, tier: Prisma.sql`0`, heavy: 'AB' },
}
const KINDS = ['Question', 'Answer', 'Mentor', 'Ama'] as const satisfies Kind[]

/** Which words of these texts are forms of the terms. */
export async function formsOf(texts: string[], terms: Term[]): Promise<Forms> {
  const words = wordsLike(texts, terms)
  if (words.length === 0) return new Map()
  const rows = await db().$queryRaw<{ word: string; lexeme: string }[]>`
    SELECT word, l.lexeme FROM unnest(${words}::text[]) word CROSS JOIN LATERAL unnest(words_of(word)) l
    WHERE l.lexeme = ANY(${terms.map(({ lexeme }) => lexeme)}::text[])`
  return new Map(rows.map(({ word, lexeme }) => [word, lexeme]))
}
