import { z } from 'zod'
import { checkedRole, findMentors, type MentorRow, mayRank } from '#domain/member/queries.ts'
import type { Checked, RoleThen } from '#domain/member/rules.ts'
import { shownQuestion } from '#domain/question/queries.ts'
import { Count, CountedKeys, DatedKeys, decodeCursor, PAGE_SIZE, type Page, pageOf } from '#lib/cursor.ts'
import { db, inOrder, Prisma, readRows } from '#lib/db.ts'
import type { Viewer } from '#lib/viewer.ts'

/** An answer whole, as its question's page shows it, with the role held then. */
export type AnswerView = {
  id: string
  html: string
  excerpt: string
  answeredAt: Date
  editedAt: Date | null
  viewCount: number
  /** People who said that it helps. */
  helpfulCount: number
  mentorId: string
  /** Null where the mentor is gone. */
  handle: string | null
  name: string
  company: string | null
  title: string | null
  /** The role that the mentor holds now. */
  now: RoleThen
  /** How the role held then was checked. */
  checked: Checked | null
  portraitId: string | null
  /** Where it was placed here: the mentor's line, and the question that it was given to. */
  placed: { line: string; slug: string; title: string } | null
}

/** What a list shows of an answer, under its question's title. */
export type AnswerRow = Omit<AnswerView, 'html' | 'helpfulCount' | 'now' | 'checked' | 'placed'> & {
  question: { slug: string; title: string; requestCount: number }
}

/** Of answers `a`, those that no moderator has hidden, nor their question: whatever the public reads goes through it. */
export const shownAnswer = Prisma.sql`a."hiddenAt" IS NULL AND a."questionHiddenAt" IS NULL`

/** Answers of a question, with those that were placed there, in the order in which they came. Null where `cursor` is not one of this list. */
export async function listAnswers(questionId: string, cursor?: string | string[]): Promise<Page<AnswerView> | null> {
  const keys = decodeCursor(DatedKeys, cursor)
  if (keys === null) return null
  const after = (at: Prisma.Sql, id: Prisma.Sql) =>
    keys ? Prisma.sql`AND (${at}, ${id}) > (${new Date(keys[0])}, ${keys[1]}::uuid)` : Prisma.empty
  const rows = await db().$queryRaw<(AnswerView & { at: Date })[]>`
    SELECT ${columns}, a.html, a."helpfulCount", json_build_object('company', nc.name, 'title', m.title) AS now, here.at,
      ${checkedRole(Prisma.sql`a."mentorId"`, Prisma.sql`a."companyId"`, Prisma.sql`a.title`)} AS checked,
      CASE WHEN here.line IS NOT NULL THEN json_build_object('line', here.line, 'slug', q.slug, 'title', q.title) END AS placed
    FROM (
      (SELECT a.id, a."answeredAt" AS at, NULL AS line FROM "Answer" a
       WHERE a."questionId" = ${questionId}::uuid AND ${shownAnswer} ${after(Prisma.sql`a."answeredAt"`, Prisma.sql`a.id`)}
       ORDER BY a."answeredAt", a.id LIMIT ${PAGE_SIZE + 1})
      UNION ALL
      (SELECT p."answerId", p."placedAt", p.line FROM "AnswerPlacement" p JOIN "Answer" a ON a.id = p."answerId"
       WHERE p."questionId" = ${questionId}::uuid AND ${shownAnswer} ${after(Prisma.sql`p."placedAt"`, Prisma.sql`p."answerId"`)}
       ORDER BY p."placedAt", p."answerId" LIMIT ${PAGE_SIZE + 1})
    ) here JOIN "Answer" a ON a.id = here.id JOIN "Question" q ON q.id = a."questionId" ${people} LEFT JOIN "Company" nc ON nc.id = m."companyId"
    ORDER BY here.at, a.id LIMIT ${PAGE_SIZE + 1}`
  return pageOf(rows, PAGE_SIZE, (last) => [last.at.getTime(), last.id])
}

/** A mentor's answers, the latest first. Null where `after` is not a cursor of this list. */
export async function listMentorAnswers(mentorId: string, after?: string | string[]): Promise<Page<AnswerRow> | null> {
  const keys = decodeCursor(DatedKeys, after)
  if (keys === null) return null
  const rows = await db().$queryRaw<AnswerRow[]>`
    SELECT ${columns}, ${question} FROM "Answer" a ${people} JOIN "Question" q ON q.id = a."questionId"
    WHERE a."mentorId" = ${mentorId}::uuid AND ${shownAnswer} ${keys ? Prisma.sql`AND (a."answeredAt", a.id) < (${new Date(keys[0])}, ${keys[1]}::uuid)` : Prisma.empty}
    ORDER BY a."answeredAt" DESC, a.id DESC LIMIT ${PAGE_SIZE + 1}`
  return pageOf(rows, PAGE_SIZE, (last) => [last.answeredAt.getTime(), last.id])
}

/** Answers given while at a company, the most read first. Null where `after` is not a cursor of this list. */
export async function listCompanyAnswers(companyId: string, after?: string | string[]): Promise<Page<AnswerRow> | null> {
  const keys = decodeCursor(CountedKeys, after)
  if (keys === null) return null
  const rows = await db().$queryRaw<AnswerRow[]>`
    SELECT ${columns}, ${question} FROM "Answer" a ${people} JOIN "Question" q ON q.id = a."questionId"
    WHERE a."companyId" = ${companyId}::uuid AND ${shownAnswer} ${keys ? Prisma.sql`AND (a."viewCount", a.id) < (${keys[0]}, ${keys[1]}::uuid)` : Prisma.empty}
    ORDER BY a."viewCount" DESC, a.id DESC LIMIT ${PAGE_SIZE + 1}`
  return pageOf(rows, PAGE_SIZE, (last) => [last.viewCount, last.id])
}

/**
 * What is best on a topic: the answer that most people found helpful of each question that is read most or was answered last, the
 * best of them first, and by name the mentors who answered most of those questions; without those who are suspended or want to be
 * in lists by name alone. Both come from the same rows, which are read once.
 */
export async function readBestOfTopic(
  topicId: string,
  answers: number,
  mentors: number,
): Promise<{ answers: AnswerRow[]; mentors: MentorRow[] }> {
  const [best] = await db().$queryRaw<{ answers: string[] | null; mentors: string[] | null }[]>`
    WITH first AS MATERIALIZED (
      SELECT a.* FROM (${notedQuestions(topicId)}) noted CROSS JOIN LATERAL (
        SELECT a.id, a."questionId", a."mentorId", a."helpfulCount", a."viewCount" FROM "Answer" a
        WHERE a."questionId" = noted.id AND ${shownAnswer} ORDER BY a."answeredAt", a.id LIMIT ${FIRST_ANSWERS}) a
    )
    SELECT (SELECT array_agg(id ORDER BY "helpfulCount" DESC, "viewCount" DESC, id) FROM (
      SELECT * FROM (SELECT DISTINCT ON ("questionId") * FROM first ORDER BY "questionId", "helpfulCount" DESC, "viewCount" DESC, id) each
      ORDER BY "helpfulCount" DESC, "viewCount" DESC, id LIMIT ${answers}
    ) best) AS answers,
    (SELECT array_agg(id ORDER BY folded(name), id) FROM (
      SELECT m.id, m.name FROM (
        SELECT "mentorId", count(*) AS answers FROM first GROUP BY 1 ORDER BY 2 DESC, 1
      ) answered CROSS JOIN LATERAL (
        SELECT m.id, m.name FROM "Member" m WHERE m.id = answered."mentorId" AND m."mentorSince" IS NOT NULL AND ${mayRank(new Date())} LIMIT 1
      ) m ORDER BY answered.answers DESC, answered."mentorId" LIMIT ${mentors}
    ) most) AS mentors`
  const [rows, who] = await Promise.all([rowsOf<AnswerRow>(best?.answers ?? []), findMentors(best?.mentors ?? [])])
  return { answers: rows, mentors: who }
}

/** Questions of a topic by whose answers it is told what is best there: so many that are read most, and that were answered last. */
const READ_MOST = 30
const ANSWERED_LAST = 10
/** Of a question with very many answers, the first ones. */
const FIRST_ANSWERS = 20

const notedQuestions = (topicId: string) => Prisma.sql`
  (SELECT id FROM "Question" q WHERE q."topicId" = ${topicId}::uuid AND ${shownQuestion} ORDER BY q."viewCount" DESC, q.id DESC LIMIT ${READ_MOST})
  UNION
  (SELECT id FROM "Question" q WHERE q."topicId" = ${topicId}::uuid AND ${shownQuestion} AND q."lastAnsweredAt" IS NOT NULL
   ORDER BY q."lastAnsweredAt" DESC, q.id DESC LIMIT ${ANSWERED_LAST})`

/** Rows of these answers with the whole text of each, in this order. */
export function findAnswers(ids: string[]): Promise<(AnswerRow & { html: string })[]> {
  return rowsOf(ids, Prisma.sql`, a.html`)
}

function rowsOf<Row>(ids: string[], more = Prisma.empty): Promise<Row[]> {
  return readRows<Row>`
    SELECT ${columns} ${more}, ${question} FROM ${inOrder(ids)}
    JOIN "Answer" a ON a.id = wanted.id AND ${shownAnswer} ${people} JOIN "Question" q ON q.id = a."questionId"
    ORDER BY wanted.place`
}

/** What an answer said before, the latest first; texts that were removed are not there any more. */
export type AnswerVersionView = {
  number: number
  html: string | null
  writtenAt: Date
  replacedAt: Date
  reason: string
  removedAt: Date | null
  removeReason: string | null
}

/** An answer whose history is shown; null where it is not there. */
export async function getAnswer(id: string): Promise<(AnswerRow & { html: string }) | null> {
  if (!z.uuid().safeParse(id).success) return null
  return (await findAnswers([id]))[0] ?? null
}

/** Null where `after` is not a cursor of this list. */
export async function listVersions(answerId: string, after?: string | string[]): Promise<Page<AnswerVersionView> | null> {
  const keys = decodeCursor(z.tuple([Count]), after)
  if (keys === null) return null
  const rows = await db().answerVersion.findMany({
    where: { answerId, ...(keys && { number: { lt: keys[0] } }) },
    orderBy: { number: 'desc' },
    take: PAGE_SIZE + 1,
    select: { number: true, html: true, writtenAt: true, replacedAt: true, reason: true, removedAt: true, removeReason: true },
  })
  return pageOf(rows, PAGE_SIZE, (last) => [last.number])
}

/** Where a mentor's earlier answer stands in place of one of their own; null where none does. */
export function findPlacement({ memberId }: NonNullable<Viewer>, questionId: string) {
  return db().answerPlacement.findUnique({
    where: { mentorId_questionId: { mentorId: memberId, questionId } },
    select: { line: true, answerId: true, answer: { select: { question: { select: { slug: true, title: true } } } } },
  })
}

const people = Prisma.sql`JOIN "Member" m ON m.id = a."mentorId" LEFT JOIN "Company" co ON co.id = a."companyId"`

const handleOrNone = Prisma.sql`CASE WHEN m."deletedAt" IS NULL THEN m.handle END AS handle`

const columns = Prisma.sql`
  a.id, a.excerpt, a."answeredAt", a."editedAt", a."viewCount", a."mentorId", ${handleOrNone}, m.name, co.name AS company, a.title,
  m."portraitId"`

const question = Prisma.sql`json_build_object('slug', q.slug, 'title', q.title, 'requestCount', q."requestCount") AS question`
