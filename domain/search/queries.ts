import { shownAnswer } from '#domain/answer/queries.ts'
import { shownQuestion } from '#domain/question/queries.ts'
import {
  bestPassage,
  candidateQueries,
  estimate,
  type Forms,
  quoted,
  searchText,
  type Term,
  usedTerms,
  type WordStatistics,
  weightOf,
  wordsLike,
} from '#domain/search/rules.ts'
import { shortened, textOf } from '#lib/clip.ts'
import { db, Prisma } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'

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
const COMPARED = 200
/** What a question has to come to, of 1, to be said to be like another; an answer has to have so much of its words. */
const ALIKE = 0.42
const ANSWERING = 0.75
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
  const { question, answer } = await readQuery(asked)
  // One word alone is not a question yet.
  if (question.terms.length < 2) return []
  const [questions, answers] = await Promise.all([
    similarQuestions(asked, question, communityId, limit),
    answeringAnswers(answer, limit + 3),
  ])
  const known = new Set(questions.map(({ questionId }) => questionId))
  const others = answers.filter(({ questionId }) => !known.has(questionId))
  const found = [...questions, ...others].toSorted((a, b) => b.score - a.score).slice(0, limit)
  return withPassages(found, question.terms)
}

type Found = { questionId: string; slug: string; title: string; answerId: string | null; score: number }

async function similarQuestions(asked: string, query: ReadQuery, communityId: string | undefined, limit: number): Promise<Found[]> {
  const here = communityId ? Prisma.sql`CASE WHEN q."communityId" = ${communityId}::uuid THEN 0.05 ELSE 0 END` : Prisma.sql`0`
  return db().$queryRaw<Found[]>`
    SELECT * FROM (
      SELECT q.id AS "questionId", q.slug, q.title, NULL AS "answerId", q."viewCount",
        0.6 * ranked.fit + 0.4 * similarity(q.title, ${asked}) + ${here} AS score
      FROM (${ranked('Question', query, COMPARED)}) ranked JOIN "Question" q ON q.id = ranked.id AND ${shownQuestion}
    ) alike WHERE score >= ${ALIKE} ORDER BY score DESC, "viewCount" DESC, "questionId" LIMIT ${limit}`
}

async function answeringAnswers(query: ReadQuery, limit: number): Promise<Found[]> {
  const { terms, statistics } = query
  if (terms.length < 3 || estimate(terms.slice(0, 3), statistics.rows) > ANSWERS_AT_MOST) return []
  return db().$queryRaw<Found[]>`
    SELECT q.id AS "questionId", q.slug, q.title, a.id AS "answerId", 0.6 * ranked.fit AS score
    FROM (${ranked('Answer', query, COMPARED)}) ranked
    JOIN "Answer" a ON a.id = ranked.id AND ${shownAnswer} JOIN "Question" q ON q.id = a."questionId" AND ${shownQuestion}
    WHERE ranked.fit >= ${ANSWERING} ORDER BY score DESC, a."viewCount" DESC, a.id LIMIT ${limit}`
}

/** Characters of an answer that are looked through for its passage. */
const LOOKED_THROUGH = 6_000

async function withPassages(found: Found[], terms: Term[]): Promise<Similar[]> {
  const answers = await db().$queryRaw<{ id: string; questionId: string; html: string }[]>`
    SELECT a.id, a."questionId", a.html FROM unnest(${found.map(({ questionId }) => questionId)}::uuid[], ${found.map(({ answerId }) => answerId)}::uuid[]) f(question, answer)
    CROSS JOIN LATERAL (
      SELECT id, "questionId", html FROM "Answer" a WHERE "questionId" = f.question AND (f.answer IS NULL OR id = f.answer) AND ${shownAnswer}
      ORDER BY "answeredAt", id LIMIT 2
    ) a`
  const texts = new Map(answers.map(({ id, html }) => [id, textOf(html).slice(0, LOOKED_THROUGH)]))
  const forms = await formsOf([...texts.values()], terms)
  return found.map(({ questionId, slug, title }) => {
    const [best] = answers
      .filter((answer) => answer.questionId === questionId)
      .map(({ id }) => ({ id, ...bestPassage(texts.get(id) ?? '', terms, forms) }))
      .toSorted((a, b) => b.fit - a.fit)
    if (!best) return { kind: 'question', questionId, answerId: null, title, url: paths.question(slug), passage: null }
    const passage = shortened(best.passage, 280)
    return { kind: 'answer', questionId, answerId: best.id, title, url: paths.answer(slug, best.id), passage }
  })
}

type Kind = 'Question' | 'Answer'
type ReadQuery = { terms: Term[]; statistics: WordStatistics }

/** The words of a query, and what is known of them in each table that is searched by them. */
async function readQuery(asked: string): Promise<{ question: ReadQuery; answer: ReadQuery }> {
  const rows = await db().$queryRaw<{ table: string; lexeme: string; share: number; rows: number }[]>`
    SELECT s.tablename AS "table", e.lexeme, e.share::float8, greatest(c.reltuples, 0)::float8 AS rows
    FROM pg_stats s JOIN pg_class c ON c.oid = to_regclass(quote_ident(s.tablename))
    CROSS JOIN LATERAL unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) e(lexeme, share)
    WHERE s.schemaname = current_schema() AND s.tablename IN ('QuestionWords', 'AnswerWords') AND s.attname = 'words'
      AND (e.lexeme = ANY(tsvector_to_array(words_of(${asked}))) OR e.lexeme LIKE 'tier %')
    UNION ALL SELECT '', lexeme, 0, 0 FROM unnest(words_of(${asked}))`
  const lexemes = rows.filter(({ table }) => !table).map(({ lexeme }) => lexeme)
  const of = (table: string): ReadQuery => {
    const known = rows.filter((row) => row.table === table)
    const shares = new Map(known.map(({ lexeme, share }) => [lexeme, share]))
    const tiers = [...shares]
      .filter(([lexeme]) => lexeme.startsWith('tier '))
      .map(([lexeme, share]) => [Number(lexeme.slice(5)), share] as const)
    return {
      terms: usedTerms(lexemes.map((lexeme) => ({ lexeme, share: shares.get(lexeme) ?? 0 }))),
      statistics: { rows: known[0]?.rows ?? 0, tiers: new Map(tiers) },
    }
  }
  return { question: of('QuestionWords'), answer: of('AnswerWords') }
}

/** Rows that one of the candidate queries gives at most, out of how many that it finds. */
const OF_ONE_QUERY = 80
const LOOKED_AT = 2_000

/**
 * Rows (`id`, `tier`, `fit`) that may be meant, at most so many: `fit` is how much of the query they have, from 0 to 1, by
 * the weights of its terms. What stands in a question's details counts half. The queries run one after the other, and only
 * until there are enough.
 */
function ranked(kind: Kind, { terms, statistics }: ReadQuery, limit: number): Prisma.Sql {
  const { table, id } = TABLES[kind]
  const queries = candidateQueries(terms, statistics).map(
    (query) => Prisma.sql`
      (SELECT id FROM (SELECT ${id} AS id, tier FROM ${table} WHERE words @@ ${query}::tsquery LIMIT ${LOOKED_AT}) found
       ORDER BY tier DESC, id LIMIT ${OF_ONE_QUERY})`,
  )
  const weights = terms.map(weightOf)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const anywhere = terms.map(({ lexeme }) => quoted(lexeme))
  const inTitle = terms.map(({ lexeme }) => quoted(lexeme, kind === 'Question' ? 'A' : ''))
  return Prisma.sql`
    SELECT w.${id} AS id, w.tier, (
      SELECT sum(CASE WHEN w.words @@ t.title THEN t.weight ELSE t.weight * 0.5 END) / ${total}
      FROM unnest(${anywhere}::text[]::tsquery[], ${inTitle}::text[]::tsquery[], ${weights}::float8[]) t(anywhere, title, weight)
      WHERE w.words @@ t.anywhere
    ) AS fit
    FROM (SELECT DISTINCT id FROM (SELECT id FROM (${Prisma.join(queries, ' UNION ALL ')}) candidates LIMIT ${limit}) few) c JOIN ${table} w ON w.${id} = c.id`
}

const TABLES: Record<Kind, { table: Prisma.Sql; id: Prisma.Sql }> = {
  Question: { table: Prisma.sql`"QuestionWords"`, id: Prisma.sql`"questionId"` },
  Answer: { table: Prisma.sql`"AnswerWords"`, id: Prisma.sql`"answerId"` },
}

/** Which words of these texts are forms of the terms. */
async function formsOf(texts: string[], terms: Term[]): Promise<Forms> {
  const words = wordsLike(texts, terms)
  if (words.length === 0) return new Map()
  const rows = await db().$queryRaw<{ word: string; lexeme: string }[]>`
    SELECT word, l.lexeme FROM unnest(${words}::text[]) word CROSS JOIN LATERAL unnest(words_of(word)) l
    WHERE l.lexeme = ANY(${terms.map(({ lexeme }) => lexeme)}::text[])`
  return new Map(rows.map(({ word, lexeme }) => [word, lexeme]))
}
