import { z } from 'zod'
import { type AmaRow, findAmas } from '#domain/ama/queries.ts'
import { type AnswerRow, findAnswers, shownAnswer } from '#domain/answer/queries.ts'
import { findMentors, type MentorRow } from '#domain/member/queries.ts'
import { findQuestions, type QuestionRow, shownQuestion } from '#domain/question/queries.ts'
import {
  bestPassage,
  candidateQueries,
  estimate,
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
import { paths } from '#lib/paths.ts'

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

/** A question that is like another, or the passage of an answer that may answer it. */
export type Similar = {
  /** `answer` where there is one to read. */
  kind: 'question' | 'answer'
  questionId: string
  answerId: string | null
  /** Of the question. */
  title: string
  url: string
  /** Plain text; null while nobody answered. */
  passage: string | null
}

/** As many as that are compared with a question that somebody types. */
const COMPARED: Bound = { all: 100, each: 60, fit: 0.25 }
/** And of those, the ones whose titles are; it costs more than all else. */
const READ_LETTER_BY_LETTER = 40
/** What a question has to come to, of 1, to be said to be like another; a passage has to have so much of its words. */
const ALIKE = 0.37
const ANSWERING = 0.65
/** Answers with words that very many have are not looked through: they would answer everything. */
const ANSWERS_AT_MOST = 3_000

/**
 * Questions and answers that already cover what somebody types, the closest first, at most `limit`. Those of the community
 * come a little sooner. Empty below ten characters, and for words that say nothing.
 */
export async function findSimilar(
  text: string,
  { communityId, limit = 3 }: { communityId?: string; limit?: number } = {},
): Promise<Similar[]> {
  const asked = searchText(text)
  if (asked.length < 10) return []
  const { Question: question, Answer: answer } = await readQuery(asked)
  // One word alone is not a question yet.
  if (question.terms.length < 2) return []
  const [questions, answers] = await Promise.all([
    similarQuestions(asked, question, communityId, limit),
    answeringAnswers(answer, limit + 3),
  ])
  const known = new Set(questions.map(({ questionId }) => questionId))
  const others = answers.filter(({ questionId }) => !known.has(questionId))
  const found = await withPassages([...questions, ...others], question.terms)
  return found
    .toSorted((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ score: _, ...similar }) => similar)
}

/** An answer of somebody's own that could stand on another question too. */
export type OwnAlike = { id: string; title: string; slug: string; excerpt: string }

/** So many of the newest answers of a mentor are compared with a question. */
const OWN_COMPARED = 300

/** The mentor's answers to other questions that are most like this one, by its title and by what they say, the closest first. */
export function findOwnAlike(memberId: string, question: { id: string; title: string }, limit = 10): Promise<OwnAlike[]> {
  return db().$queryRaw`
    SELECT a.id, q.title, q.slug, a.excerpt FROM (
      SELECT id, "questionId", excerpt, left(body, 2000) AS begins FROM "Answer" a
      WHERE "mentorId" = ${memberId}::uuid AND "questionId" <> ${question.id}::uuid AND ${shownAnswer}
      ORDER BY "answeredAt" DESC, id DESC LIMIT ${OWN_COMPARED}
    ) a JOIN "Question" q ON q.id = a."questionId"
    ORDER BY similarity(q.title, ${question.title}) + word_similarity(${question.title}, a.begins) DESC, a.id LIMIT ${limit}`
}

type Alike = { questionId: string; slug: string; title: string; answerId: string | null; score: number }

async function similarQuestions(asked: string, query: ReadQuery, communityId: string | undefined, limit: number): Promise<Alike[]> {
  const here = communityId ? Prisma.sql`CASE WHEN q."communityId" = ${communityId}::uuid THEN 0.05 ELSE 0 END` : Prisma.sql`0`
  return db().$queryRaw<Alike[]>`
    SELECT * FROM (
      SELECT q.id AS "questionId", q.slug, q.title, NULL AS "answerId", q."viewCount",
        0.6 * ranked.fit + 0.4 * similarity(q.title, ${asked}) + ${here} AS score
      FROM (SELECT id, fit FROM (${ranked('Question', query, COMPARED)}) ranked ORDER BY fit DESC, tier DESC, id LIMIT ${READ_LETTER_BY_LETTER}) ranked
      JOIN "Question" q ON q.id = ranked.id AND ${shownQuestion}
    ) alike WHERE score >= ${ALIKE} ORDER BY score DESC, "viewCount" DESC, "questionId" LIMIT ${limit}`
}

/** Answers with most of the words, wherever they stand in them. */
async function answeringAnswers(query: ReadQuery, limit: number): Promise<Alike[]> {
  const { terms, statistics } = query
  if (terms.length < 3 || estimate(terms.slice(0, 3), statistics.rows) > ANSWERS_AT_MOST) return []
  return db().$queryRaw<Alike[]>`
    SELECT q.id AS "questionId", q.slug, q.title, a.id AS "answerId", 0 AS score
    FROM (${ranked('Answer', query, { ...COMPARED, fit: ANSWERING })}) ranked
    JOIN "Answer" a ON a.id = ranked.id AND ${shownAnswer} JOIN "Question" q ON q.id = a."questionId" AND ${shownQuestion}
    WHERE ranked.fit >= ${ANSWERING} ORDER BY ranked.fit DESC, a."viewCount" DESC, a.id LIMIT ${limit}`
}

/** Characters of an answer that are looked through for its passage. */
const LOOKED_THROUGH = 6_000

/** Each with its passage; an answer that was found by itself counts by how much of the words stands in one passage of it. */
async function withPassages(found: Alike[], terms: Term[]): Promise<(Similar & { score: number })[]> {
  const answers = await db().$queryRaw<{ id: string; questionId: string; html: string }[]>`
    SELECT a.id, a."questionId", a.html FROM unnest(${found.map(({ questionId }) => questionId)}::uuid[], ${found.map(({ answerId }) => answerId)}::uuid[]) f(question, answer)
    CROSS JOIN LATERAL (
      SELECT id, "questionId", html FROM "Answer" a WHERE "questionId" = f.question AND (f.answer IS NULL OR id = f.answer) AND ${shownAnswer}
      ORDER BY "answeredAt", id LIMIT 2
    ) a`
  const texts = new Map(answers.map(({ id, html }) => [id, textOf(html).slice(0, LOOKED_THROUGH)]))
  const forms = await formsOf([...texts.values()], terms)
  const total = terms.reduce((sum, { weight }) => sum + weight, 0)
  return found.flatMap(({ questionId, answerId, slug, title, score }): (Similar & { score: number })[] => {
    const [best] = answers
      .filter((answer) => answer.questionId === questionId)
      .map(({ id }) => ({ id, ...bestPassage(texts.get(id) ?? '', terms, forms) }))
      .toSorted((a, b) => b.fit - a.fit)
    if (!best) return [{ kind: 'question', questionId, answerId: null, title, url: paths.question(slug), passage: null, score }]
    const fit = best.fit / total
    if (answerId && fit < ANSWERING) return []
    const passage = shortened(best.passage, 280)
    return [
      {
        kind: 'answer',
        questionId,
        answerId: best.id,
        title,
        url: paths.answer(slug, best.id),
        passage,
        score: answerId ? 0.6 * fit : score,
      },
    ]
  })
}

type Kind = keyof typeof TABLES
type ReadQuery = { terms: Term[]; statistics: WordStatistics }

/** The words of a query, and what is known of them in each table that is searched by them. */
async function readQuery(asked: string): Promise<Record<Kind, ReadQuery>> {
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
type Bound = { all: number; each: number; fit?: number }
/** Out of how many that it finds. */
const LOOKED_AT = 1_000

/**
 * Rows (`id`, `tier`, `fit`) that may be meant, at most so many: `fit` is how much of the query they have, from 0 to 1, by
 * the weights of its terms; what stands in a question's details, or in what somebody says of themselves, counts half. The
 * queries run one after the other, and only until there are enough. `more` gives further ids. Each row is looked up by
 * itself: there are few, and a join might read the whole table.
 */
function ranked(kind: Kind, { terms, statistics }: ReadQuery, bound: Bound, more = Prisma.empty): Prisma.Sql {
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
async function formsOf(texts: string[], terms: Term[]): Promise<Forms> {
  const words = wordsLike(texts, terms)
  if (words.length === 0) return new Map()
  const rows = await db().$queryRaw<{ word: string; lexeme: string }[]>`
    SELECT word, l.lexeme FROM unnest(${words}::text[]) word CROSS JOIN LATERAL unnest(words_of(word)) l
    WHERE l.lexeme = ANY(${terms.map(({ lexeme }) => lexeme)}::text[])`
  return new Map(rows.map(({ word, lexeme }) => [word, lexeme]))
}
