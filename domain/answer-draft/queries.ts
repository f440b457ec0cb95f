import { canAnswer } from '#domain/answer-draft/rules.ts'
import { shownQuestion } from '#domain/question/queries.ts'
import { type Db, db, Prisma } from '#lib/db.ts'
import type { Viewer } from '#lib/viewer.ts'

/** A question as somebody who may answer it sees it, or who has, with what they wrote. */
export type Answering = {
  id: string
  slug: string
  title: string
  detailsHtml: string | null
  askedAt: Date
  community: string
  askedToId: string | null
  ama: { id: string; startsAt: Date; endsAt: Date; cancelledAt: Date | null; mentor: boolean } | null
  mentor: boolean
  /** What they published; `edits` is how often it was changed since. */
  answer: { id: string; body: string; html: string; answeredAt: Date; hiddenAt: Date | null; edits: number } | null
  draft: { body: string; version: number; windowKey: string | null } | null
}

/** Null where the question is not there, or is not theirs to answer. */
export async function findAnswering(viewer: NonNullable<Viewer>, slug: string, now: Date): Promise<Answering | null> {
  return forWhomItIs(viewer, await readAnswering(db(), viewer.memberId, Prisma.sql`q.slug = ${slug}`), now)
}

/** The same within a transaction, of a question by its id. */
export async function getAnswering(tx: Db, viewer: NonNullable<Viewer>, id: string, now: Date): Promise<Answering | null> {
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

function forWhomItIs(viewer: NonNullable<Viewer>, answering: Answering | null, now: Date): Answering | null {
  if (!answering) return null
  return answering.answer || canAnswer(viewer, answering, now) ? answering : null
}

type Open = {
  askedToId: string | null
  mentor: boolean
  amaId: string | null
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
  askedAt: Date
  community: string
  answerId: string | null
  answerBody: string
  answerHtml: string
  answeredAt: Date
  hiddenAt: Date | null
  edits: number
  version: number | null
  draftBody: string
  windowKey: string | null
}

async function readAnswering(from: Db, memberId: string, which: Prisma.Sql): Promise<Answering | null> {
  const [row] = await from.$queryRaw<Row[]>`
    SELECT ${open(memberId)}, q.slug, q.title, q."detailsHtml", q."askedAt", c.name AS community,
      mine.id AS "answerId", mine.body AS "answerBody", mine.html AS "answerHtml", mine."answeredAt", mine."hiddenAt",
      (SELECT count(*)::int FROM "AnswerVersion" v WHERE v."answerId" = mine.id) AS edits,
      d.version, d.body AS "draftBody", d."windowKey"
    FROM "Question" q JOIN "Community" c ON c.id = q."communityId" ${places}
    LEFT JOIN LATERAL (
      SELECT id, body, html, "answeredAt", "hiddenAt" FROM "Answer" a WHERE a."questionId" = q.id AND a."mentorId" = ${memberId}::uuid
      ORDER BY a."answeredAt", a.id LIMIT 1
    ) mine ON true
    LEFT JOIN "AnswerDraft" d ON d."memberId" = ${memberId}::uuid AND d."questionId" = q.id
    WHERE ${which} AND ${shownQuestion}`
  if (!row) return null
  const { id, slug, title, detailsHtml, askedAt, community, answerId, answeredAt, hiddenAt, edits, version, windowKey } = row
  return {
    ...{ id, slug, title, detailsHtml, askedAt, community },
    ...opened(row),
    answer: answerId ? { id: answerId, body: row.answerBody, html: row.answerHtml, answeredAt, hiddenAt, edits } : null,
    draft: version === null ? null : { body: row.draftBody, version, windowKey },
  }
}

function opened({ askedToId, mentor, amaId, startsAt, endsAt, cancelledAt, holds }: Open) {
  return { askedToId, mentor, ama: amaId ? { id: amaId, startsAt, endsAt, cancelledAt, mentor: holds } : null }
}

const open = (memberId: string) => Prisma.sql`
  q.id, q."askedToId", ama.id AS "amaId", ama."startsAt", ama."endsAt", ama."cancelledAt",
  EXISTS (
    SELECT FROM "CommunityMentor" cm JOIN "Member" m ON m.id = cm."memberId" AND m."mentorSince" IS NOT NULL
    WHERE cm."communityId" = q."communityId" AND cm."memberId" = ${memberId}::uuid) AS mentor,
  EXISTS (SELECT FROM "AmaMentor" am WHERE am."amaId" = q."amaId" AND am."memberId" = ${memberId}::uuid) AS holds`

const places = Prisma.sql`LEFT JOIN "Ama" ama ON ama.id = q."amaId"`
