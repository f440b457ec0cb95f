import { shownAnswer } from '#domain/answer/queries.ts'
import { shownQuestion } from '#domain/question/queries.ts'
import { searchText } from '#domain/search/rules.ts'
import {
  ALIKE,
  ANSWERING,
  ANSWERS_AT_MOST,
  COMPARED,
  IN_DETAILS,
  IN_TOPIC,
  LETTERS,
  LOOKED_AT,
  MET_AT_LEAST,
  type Meaning,
  meanings,
  nearWords,
  quotedPhrase,
  READ_LETTER_BY_LETTER,
  STANDS_FOR,
  standingFor,
  TECHNIQUES,
  type Technique,
} from '#domain/similar/rules.ts'
import { formsOf, fromTier, LOOKED_THROUGH, type ReadQuery, ranked, readQuery } from '#domain/words/queries.ts'
import { bestPassage, candidateQueries, estimate, type Term, type WordStatistics } from '#domain/words/rules.ts'
import { shortened, textOf } from '#lib/clip.ts'
import { db, Prisma } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import { THESAURUS } from '#lib/thesaurus.ts'

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

/** Where, how many, and by what; all techniques, but where the share of each is measured. */
type Wanted = { communityId?: string; limit?: number; by?: readonly Technique[] }

/**
 * Questions and answers that already cover what somebody types, the closest first, at most `limit`. Those of the community
 * come a little sooner. Empty below ten characters, and for words that say nothing.
 */
export async function findSimilar(text: string, { communityId, limit = 3, by = TECHNIQUES }: Wanted = {}): Promise<Similar[]> {
  const asked = searchText(text)
  if (asked.length < 10) return []
  const { Question: question, Answer: answer } = await readQuery(asked)
  // One word alone is not a question yet.
  if (question.terms.length < 2) return []
  const query = { ...question, terms: await meant(asked, question, by) }
  const [questions, answers] = await Promise.all([
    alikeQuestions(asked, query, { communityId, limit, by }),
    by.includes('passages') ? answeringAnswers(answer, limit + 3) : [],
  ])
  const known = new Set(questions.map(({ questionId }) => questionId))
  const others = answers.filter(({ questionId }) => !known.has(questionId))
  const found = await withPassages([...questions, ...others], question.terms)
  return found
    .toSorted((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ score: _, ...similar }) => similar)
}

/** Questions that are like one that is there, the closest first, itself left out: to read on, or to be merged with it. */
export async function questionsLike(
  question: { id: string; title: string; communityId: string },
  limit = 5,
): Promise<{ questionId: string; slug: string; title: string; score: number }[]> {
  const asked = searchText(question.title)
  const { Question: read } = await readQuery(asked)
  if (read.terms.length < 2) return []
  const query = { ...read, terms: await meant(asked, read, TECHNIQUES) }
  const found = await alikeQuestions(asked, query, { communityId: question.communityId, limit: limit + 1, by: TECHNIQUES })
  return found.filter(({ questionId }) => questionId !== question.id).slice(0, limit)
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

/**
 * Of each question the fit (domain/search/queries.ts, ranked), here with what stands for a word and with the topic's names,
 * and the likeness of its title. Everything of a candidate is looked up by its key.
 */
async function alikeQuestions(
  asked: string,
  { terms, statistics }: { terms: Meaning[]; statistics: WordStatistics },
  { communityId, limit, by }: Required<Pick<Wanted, 'limit' | 'by'>> & Wanted,
): Promise<Alike[]> {
  const here = communityId ? Prisma.sql`CASE WHEN "communityId" = ${communityId}::uuid THEN 0.05 ELSE 0 END` : Prisma.sql`0`
  const letters = by.includes('letters') ? Prisma.sql`similarity(title, ${asked})` : Prisma.sql`fit`
  const inTopic = by.includes('topics') ? IN_TOPIC : 0
  const queries = candidateQueries(terms, statistics, COMPARED.fit).map((candidates, i) => {
    const conditions = [Prisma.sql`words @@ ${candidates.query}::tsquery`, ...fromTier(candidates.tier)]
    return Prisma.sql`
      (SELECT id FROM (SELECT "questionId" AS id, tier FROM "QuestionWords" WHERE ${Prisma.join(conditions, ' AND ')} LIMIT ${LOOKED_AT}) found
       ORDER BY tier DESC, id DESC LIMIT ${i === 0 ? COMPARED.all : COMPARED.each})`
  })
  const ways = terms.flatMap(({ lexeme, weight, standIns }, term) => [
    { term, weight, worth: 1, anywhere: quotedPhrase([lexeme]), inTitle: quotedPhrase([lexeme], 'A') },
    ...(standIns.length ? [{ term, weight, worth: STANDS_FOR, anywhere: anyOf(standIns), inTitle: anyOf(standIns, 'A') }] : []),
  ])
  const total = terms.reduce((sum, { weight }) => sum + weight, 0)
  return db().$queryRaw<Alike[]>`
    SELECT "questionId", slug, title, NULL AS "answerId", score FROM (
      SELECT *, ${1 - LETTERS}::float8 * fit + ${LETTERS}::float8 * ${letters} + ${here} AS score FROM (
        SELECT q.id AS "questionId", q.slug, q.title, q."communityId", q."viewCount", f.fit
        FROM (SELECT DISTINCT id FROM (SELECT id FROM (${Prisma.join(queries, ' UNION ALL ')}) candidates LIMIT ${COMPARED.all}) few) c
        CROSS JOIN LATERAL (SELECT words FROM "QuestionWords" WHERE "questionId" = c.id LIMIT 1) w
        CROSS JOIN LATERAL (SELECT * FROM "Question" q WHERE q.id = c.id AND ${shownQuestion} LIMIT 1) q
        LEFT JOIN LATERAL (SELECT words_of(concat_ws(' ', name, array_to_string(synonyms, ' '))) AS words FROM "Topic" WHERE id = q."topicId" LIMIT 1) t ON true
        CROSS JOIN LATERAL (
          SELECT sum(weight * met) / ${total}::float8 AS fit, count(*) FILTER (WHERE met > 0) AS met FROM (
            SELECT max(weight) AS weight, max(worth * CASE
              WHEN w.words @@ in_title THEN 1 WHEN w.words @@ anywhere THEN ${IN_DETAILS}::float8 WHEN t.words @@ anywhere THEN ${inTopic}::float8 ELSE 0 END) AS met
            FROM unnest(${ways.map(({ term }) => term)}::int[], ${ways.map(({ weight }) => weight)}::float8[], ${ways.map(({ worth }) => worth)}::float8[],
              ${ways.map(({ anywhere }) => anywhere)}::text[]::tsquery[], ${ways.map(({ inTitle }) => inTitle)}::text[]::tsquery[]) way(term, weight, worth, anywhere, in_title)
            GROUP BY term
          ) terms
        ) f
        WHERE f.met >= ${MET_AT_LEAST} ORDER BY f.fit DESC, q."viewCount" DESC, q.id LIMIT ${READ_LETTER_BY_LETTER}
      ) fitting
    ) alike WHERE score >= ${ALIKE}::float8 ORDER BY score DESC, "viewCount" DESC, "questionId" LIMIT ${limit}`
}

/** Terms with all that stands for them: what means the same, and where nothing here has a word, what it may be misspelt of. */
async function meant(asked: string, { terms, statistics }: ReadQuery, by: readonly Technique[]): Promise<Meaning[]> {
  const { lines, known, words } = await lexemesOfThesaurus()
  const query = new Set(terms.map(({ lexeme }) => lexeme))
  const unknown = by.includes('typos') ? terms.filter(({ lexeme, share }) => share === 0 && !known.has(lexeme)) : []
  const standIns = new Map(terms.map(({ lexeme }) => [lexeme, by.includes('synonyms') ? standingFor(lexeme, query, lines) : []]))
  const [shares, forms] = await Promise.all([
    sharesOf([...standIns.values()].flat(2), unknown),
    unknown.length ? formsOf([asked], unknown) : new Map<string, string>(),
  ])
  for (const { lexeme } of unknown) {
    const typed = [...forms].filter(([, form]) => form === lexeme).map(([word]) => word.toLowerCase())
    const near = [
      ...nearWords(lexeme, shares.keys()),
      ...typed.flatMap((word) => nearWords(word, words.keys()).map((right) => words.get(right) ?? right)),
    ]
    standIns.get(lexeme)?.push(...[...new Set(near)].map((right) => [right]))
  }
  return meanings(terms, standIns, shares, statistics.rows)
}

type Thesaurus = { lines: string[][][]; known: ReadonlySet<string>; words: ReadonlyMap<string, string> }
let thesaurus: Promise<Thesaurus> | undefined

/** The thesaurus in the forms in which words are kept, all of those, and the single words each with its form. Read once. */
function lexemesOfThesaurus(): Promise<Thesaurus> {
  thesaurus ??= readThesaurus().catch((error) => {
    thesaurus = undefined
    throw error
  })
  return thesaurus
}

async function readThesaurus(): Promise<Thesaurus> {
  const rows = await db().$queryRaw<{ phrase: string; lexemes: string[] }[]>`
    SELECT phrase, tsvector_to_array(words_of(phrase)) AS lexemes FROM unnest(${[...new Set(THESAURUS.flat())]}::text[]) phrase`
  const lexemes = new Map(rows.map((row) => [row.phrase, row.lexemes]))
  const lines = THESAURUS.map((line) => line.map((phrase) => lexemes.get(phrase) ?? []).filter((phrase) => phrase.length > 0))
  const words = rows.flatMap((row) => (row.lexemes.length === 1 ? row.lexemes.map((lexeme) => [row.phrase, lexeme] as const) : []))
  return { lines, known: new Set(lines.flat(2)), words: new Map(words) }
}

/** What share of all questions has each of these words, and each that begins as one of the unknown ones; as ANALYZE noted it. */
async function sharesOf(lexemes: string[], unknown: Term[]): Promise<Map<string, number>> {
  if (lexemes.length === 0 && unknown.length === 0) return new Map()
  const initials = [...new Set(unknown.map(({ lexeme }) => [...lexeme][0] ?? ''))]
  const rows = await db().$queryRaw<{ lexeme: string; share: number }[]>`
    SELECT e.lexeme, e.share::float8 FROM pg_stats s CROSS JOIN LATERAL unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) e(lexeme, share)
    WHERE s.schemaname = current_schema() AND s.tablename = 'QuestionWords' AND s.attname = 'words'
      AND (e.lexeme = ANY(${lexemes}::text[]) OR left(e.lexeme, 1) = ANY(${initials}::text[])) AND e.lexeme NOT LIKE 'tier %'`
  return new Map(rows.map(({ lexeme, share }) => [lexeme, share]))
}

function anyOf(phrases: string[][], weights = ''): string {
  return phrases.map((phrase) => quotedPhrase(phrase, weights)).join(' | ')
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
