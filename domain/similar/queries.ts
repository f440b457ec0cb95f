import { shownAnswer } from '#domain/answer/queries.ts'
import { shownQuestion } from '#domain/question/queries.ts'
import { formsOf, LOOKED_THROUGH, type ReadQuery, ranked, readQuery } from '#domain/search/queries.ts'
import { bestPassage, estimate, searchText, type Term } from '#domain/search/rules.ts'
import { ALIKE, ANSWERING, ANSWERS_AT_MOST, COMPARED, READ_LETTER_BY_LETTER } from '#domain/similar/rules.ts'
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
