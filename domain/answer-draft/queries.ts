import { z } from 'zod'
import { canAnswer, type Mentor } from '#domain/answer-draft/rules.ts'
import { preparedIn } from '#domain/notice/queries.ts'
import { type ClarificationView, shownClarifications, shownQuestion } from '#domain/question/queries.ts'
import { Count, decodeCursor, PAGE_SIZE, type Page, pageOf } from '#lib/cursor.ts'
import { type Db, db, Prisma } from '#lib/db.ts'
import type { Viewer } from '#lib/viewer.ts'

/** A question as somebody who may answer it sees it, or who has, with what they wrote. */
export type Answering = {
  id: string
  slug: string
  title: string
  detailsHtml: string | null
  clarifications: ClarificationView[] | null
  askedAt: Date
  community: string
  askedToId: string | null
  ama: { id: string; slug: string; startsAt: Date; endsAt: Date; cancelledAt: Date | null; mentor: boolean } | null
  mentor: boolean
  /** What they published; `edits` is how often it was changed since. */
  answer: { id: string; body: string; html: string; point: string | null; answeredAt: Date; hiddenAt: Date | null; edits: number } | null
  draft: { body: string; version: number; windowKey: string | null; preparedAt: Date | null; atStart: boolean } | null
}

/** Null where the question is not there, or is not theirs to answer. */
export async function findAnswering(viewer: NonNullable<Viewer>, slug: string, now: Date): Promise<Answering | null> {
  return forWhomItIs(viewer, await readAnswering(db(), viewer.memberId, Prisma.sql`q.slug = ${slug}`), now)
}

/** The same within a transaction, of a question by its id. */
export async function getAnswering(tx: Db, viewer: Mentor, id: string, now: Date): Promise<Answering | null> {
  return forWhomItIs(viewer, await readAnswering(tx, viewer.memberId, Prisma.sql`q.id = ${id}::uuid`), now)
}

/** Of these questions: those that the person may answer now, and those that they have answered. */
export async function listAnswerable(
  viewer: NonNullable<Viewer>,
  ids: string[],
  now: Date,
): Promise<{ pressed: string[]; own: string[]; may: string[] }> {
  const rows = await db().$queryRaw<(Open & { id: string; answered: boolean })[]>`
    SELECT ${open(viewer.memberId)}, EXISTS (SELECT FROM "Answer" a WHERE a."questionId" = q.id AND a."mentorId" = ${viewer.memberId}::uuid) AS answered
    FROM "Question" q ${places} WHERE q.id = ANY(${ids}::uuid[]) AND ${shownQuestion}`
  const answered = rows.filter((row) => row.answered).map(({ id }) => id)
  const may = rows.filter((row) => !row.answered && canAnswer(viewer, opened(row), now)).map(({ id }) => id)
  return { pressed: answered, own: [], may: [...may, ...answered] }
}

export type PreparedRow = {
  id: string
  slug: string
  title: string
  requestCount: number
  /** An answer of the person's own is published here, or placed. */
  answered: boolean
  /** How what was begun begins; null where nothing was. */
  begun: string | null
  preparedAt: Date | null
  atStart: boolean
}

/** An AMA that the person holds; null where it is another's, or not there. */
export function findHeldAma({ memberId }: NonNullable<Viewer>, slug: string) {
  return db().ama.findFirst({
    where: { slug, mentors: { some: { memberId } } },
    select: {
      ...{ id: true, slug: true, topic: { select: { name: true } } },
      ...{ startsAt: true, publishedAt: true, cancelledAt: true, closedAt: true },
    },
  })
}

/** The AMA's questions with what the person has prepared, by their number. Null where `after` is not a cursor of this list. */
export async function listPrepared(
  { memberId }: NonNullable<Viewer>,
  amaId: string,
  after?: string | string[],
): Promise<Page<PreparedRow> | null> {
  const keys = decodeCursor(z.tuple([Count]), after)
  if (keys === null) return null
  const rows = await db().$queryRaw<(PreparedRow & { number: number })[]>`
    SELECT q.id, q.slug, q.title, q."requestCount", q.number, left(d.body, 200) AS begun, d."preparedAt", coalesce(d."atStart", false) AS "atStart",
      EXISTS (SELECT FROM "Answer" a WHERE a."questionId" = q.id AND a."mentorId" = ${memberId}::uuid)
        OR EXISTS (SELECT FROM "AnswerPlacement" p WHERE p."questionId" = q.id AND p."mentorId" = ${memberId}::uuid) AS answered
    FROM "Question" q LEFT JOIN "AnswerDraft" d ON d."questionId" = q.id AND d."memberId" = ${memberId}::uuid
    WHERE q."amaId" = ${amaId}::uuid AND ${shownQuestion} AND q.number > ${keys?.[0] ?? 0}
    ORDER BY q.number LIMIT ${PAGE_SIZE + 1}`
  return pageOf(rows, PAGE_SIZE, (last) => [last.number])
}

type Prepared = { count: number | null; outOf: number | null; toPublish: boolean }

/** How many of the AMA's questions the person has prepared, as the notice of the day before says it, and whether some of it is to be published. */
export async function countPrepared({ memberId }: NonNullable<Viewer>, amaId: string): Promise<Prepared> {
  const [ama, person] = [Prisma.sql`${amaId}::uuid`, Prisma.sql`${memberId}::uuid`]
  const [row] = await db().$queryRaw<Prepared[]>`
    SELECT number.*, EXISTS (SELECT FROM "AnswerDraft" d JOIN "Question" q ON q.id = d."questionId" AND q."amaId" = ${ama} AND ${shownQuestion}
      WHERE d."memberId" = ${person} AND d."preparedAt" IS NOT NULL) AS "toPublish"
    FROM (${preparedIn(ama, person)}) number`
  return row ?? { count: null, outOf: null, toPublish: false }
}

function forWhomItIs(viewer: Mentor, answering: Answering | null, now: Date): Answering | null {
  if (!answering) return null
  return answering.answer || canAnswer(viewer, answering, now) ? answering : null
}

type Open = {
  askedToId: string | null
  mentor: boolean
  amaId: string | null
  amaSlug: string
  startsAt: Date
  endsAt: Date
  cancelledAt: Date | null
  holds: boolean
}

type Row = Open & {
  id: string
  slug: string
  title: string
  detailsHtml: string | null
  clarifications: ClarificationView[] | null
  askedAt: Date
  community: string
  answerId: string | null
  answerBody: string
  answerHtml: string
  point: string | null
  answeredAt: Date
  hiddenAt: Date | null
  edits: number
  version: number | null
  draftBody: string
  windowKey: string | null
  preparedAt: Date | null
  atStart: boolean
}

async function readAnswering(from: Db, memberId: string, which: Prisma.Sql): Promise<Answering | null> {
  const [row] = await from.$queryRaw<Row[]>`
    SELECT ${open(memberId)}, q.slug, q.title, q."detailsHtml", ${shownClarifications} AS clarifications, q."askedAt", c.name AS community,
      mine.id AS "answerId", mine.body AS "answerBody", mine.html AS "answerHtml", mine.point, mine."answeredAt", mine."hiddenAt",
      (SELECT count(*)::int FROM "AnswerVersion" v WHERE v."answerId" = mine.id) AS edits,
      d.version, d.body AS "draftBody", d."windowKey", d."preparedAt", d."atStart"
    FROM "Question" q JOIN "Community" c ON c.id = q."communityId" ${places}
    LEFT JOIN LATERAL (
      SELECT id, body, html, point, "answeredAt", "hiddenAt" FROM "Answer" a WHERE a."questionId" = q.id AND a."mentorId" = ${memberId}::uuid
      ORDER BY a."answeredAt", a.id LIMIT 1
    ) mine ON true
    LEFT JOIN "AnswerDraft" d ON d."memberId" = ${memberId}::uuid AND d."questionId" = q.id
    WHERE ${which} AND ${shownQuestion}`
  if (!row) return null
  const {
    id,
    slug,
    title,
    detailsHtml,
    clarifications,
    askedAt,
    community,
    answerId,
    answeredAt,
    hiddenAt,
    edits,
    version,
    windowKey,
    preparedAt,
    atStart,
  } = row
  return {
    ...{ id, slug, title, detailsHtml, clarifications, askedAt, community },
    ...opened(row),
    answer: answerId ? { id: answerId, body: row.answerBody, html: row.answerHtml, point: row.point, answeredAt, hiddenAt, edits } : null,
    draft: version === null ? null : { body: row.draftBody, version, windowKey, preparedAt, atStart },
  }
}

function opened({ askedToId, mentor, amaId, amaSlug, startsAt, endsAt, cancelledAt, holds }: Open) {
  return { askedToId, mentor, ama: amaId ? { id: amaId, slug: amaSlug, startsAt, endsAt, cancelledAt, mentor: holds } : null }
}

const open = (memberId: string) => Prisma.sql`
  q.id, q."askedToId", ama.id AS "amaId", ama.slug AS "amaSlug", ama."startsAt", ama."endsAt", ama."cancelledAt",
  EXISTS (
    SELECT FROM "CommunityMentor" cm JOIN "Member" m ON m.id = cm."memberId" AND m."mentorSince" IS NOT NULL
    WHERE cm."communityId" = q."communityId" AND cm."memberId" = ${memberId}::uuid) AS mentor,
  EXISTS (SELECT FROM "AmaMentor" am WHERE am."amaId" = q."amaId" AND am."memberId" = ${memberId}::uuid) AS holds`

const places = Prisma.sql`LEFT JOIN "Ama" ama ON ama.id = q."amaId"`
