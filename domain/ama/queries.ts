import { z } from 'zod'
import { decodeCursor, PAGE_SIZE, type Page, pageOf } from '#lib/cursor.ts'
import { db, Prisma } from '#lib/db.ts'

export type AmaMentorView = {
  id: string
  /** Null where the mentor is gone. */
  handle: string | null
  name: string
  company: string | null
  title: string | null
  portraitId: string | null
}

/** What a list or a rail shows of an AMA. */
export type AmaRow = {
  id: string
  slug: string
  startsAt: Date
  endsAt: Date
  timeZone: string
  cancelledAt: Date | null
  questionCount: number
  answeredCount: number
  topic: { slug: string; name: string }
  community: { id: string; slug: string; name: string }
  mentors: AmaMentorView[]
}

export type AmaView = AmaRow & { introductionHtml: string | null; topicId: string; questionsOpenAt: Date | null }

/** Of AMAs `a`, those that are published: whatever the public reads goes through it. A draft is its hosts' alone. */
export const shownAma = Prisma.sql`a."publishedAt" IS NOT NULL`
/** The same for Prisma. */
export const isShownAma = { publishedAt: { not: null } } as const

export async function getAma(slug: string): Promise<AmaView | null> {
  const [ama] = await db().$queryRaw<AmaView[]>`
    SELECT ${columns}, a."introductionHtml", a."topicId", a."questionsOpenAt" FROM ${tables} WHERE a.slug = ${slug} AND ${shownAma}`
  return ama ?? null
}

/** What a question says of the AMA that it was asked in. */
export type AmaLink = Pick<AmaRow, 'slug' | 'topic' | 'mentors'>

/** The mentors of the AMA `a` as JSON, in order, with the role held then. */
export const amaMentors = Prisma.sql`(
  SELECT json_agg(json_build_object('id', m.id, 'handle', CASE WHEN m."deletedAt" IS NULL THEN m.handle END, 'name', m.name,
    'company', co.name, 'title', am.title, 'portraitId', m."portraitId") ORDER BY am.position)
  FROM "AmaMentor" am JOIN "Member" m ON m.id = am."memberId" LEFT JOIN "Company" co ON co.id = am."companyId"
  WHERE am."amaId" = a.id)`

/**
 * Both lists of AMAs, or the one that `order` ("coming" or "past") goes on through behind `after`; the other is null then.
 * Null where `after` and `order` are not ours.
 */
export async function listAmas(now: Date, after?: string | string[], order?: string | string[], communityId?: string) {
  if (after === undefined) {
    const [coming, past] = await Promise.all([listComingAmas(now, communityId), listPastAmas(now, communityId)])
    return { coming, past }
  }
  if (order !== 'coming' && order !== 'past') return null
  const page = await (order === 'coming' ? listComingAmas : listPastAmas)(now, communityId, after)
  return page && { coming: order === 'coming' ? page : null, past: order === 'past' ? page : null }
}

/** Live and upcoming AMAs, the next first. Null where `after` is not a cursor of this list. */
export async function listComingAmas(
  now: Date,
  communityId?: string,
  after?: string | string[],
  size = PAGE_SIZE,
): Promise<Page<AmaRow> | null> {
  const keys = decodeCursor(Keys, after)
  if (keys === null) return null
  const rows = await db().$queryRaw<AmaRow[]>`
    SELECT ${columns} FROM (
      SELECT * FROM "Ama" a
      WHERE a."startsAt" > ${new Date(now.getTime() - AMA_LONGEST_MS)} AND a."endsAt" > ${now} AND a."cancelledAt" IS NULL AND ${shownAma} ${inCommunity(communityId)}
        ${keys ? Prisma.sql`AND (a."startsAt", a.id) > (${new Date(keys[0])}, ${keys[1]}::uuid)` : Prisma.empty}
      ORDER BY a."startsAt", a.id LIMIT ${size + 1}
    ) a JOIN "Topic" t ON t.id = a."topicId" JOIN "Community" c ON c.id = a."communityId" ORDER BY a."startsAt", a.id`
  return pageOf(rows, size, (last) => [last.startsAt.getTime(), last.id])
}

/** Past AMAs, the latest first. Null where `after` is not a cursor of this list. */
export async function listPastAmas(
  now: Date,
  communityId?: string,
  after?: string | string[],
  size = PAGE_SIZE,
): Promise<Page<AmaRow> | null> {
  const keys = decodeCursor(Keys, after)
  if (keys === null) return null
  const rows = await db().$queryRaw<AmaRow[]>`
    SELECT ${columns} FROM ${tables}
    WHERE a."startsAt" <= ${now} AND a."endsAt" <= ${now} AND a."cancelledAt" IS NULL AND ${shownAma} ${inCommunity(communityId)}
      ${keys ? Prisma.sql`AND (a."startsAt", a.id) < (${new Date(keys[0])}, ${keys[1]}::uuid)` : Prisma.empty}
    ORDER BY a."startsAt" DESC, a.id DESC LIMIT ${size + 1}`
  return pageOf(rows, size, (last) => [last.startsAt.getTime(), last.id])
}

/**
 * The rail "Related Ask Me Anything Sessions": the latest of the same topic, then the latest of the same community.
 * `without` is the AMA that the page is about, or the question was asked in.
 */
export function relatedAmas(communityId: string, topicId: string | null, without: string | null, size = 3): Promise<AmaRow[]> {
  const other = without ? Prisma.sql`AND id <> ${without}::uuid` : Prisma.empty
  const latest = (place: Prisma.Sql, rank: number) => Prisma.sql`
    (SELECT id, ${rank} AS rank, "startsAt" AS at FROM "Ama" a WHERE ${place} AND "cancelledAt" IS NULL AND ${shownAma} ${other} ORDER BY "startsAt" DESC, id DESC LIMIT ${size})`
  const sameTopic = topicId ? Prisma.sql`${latest(Prisma.sql`"topicId" = ${topicId}::uuid`, 1)} UNION ALL` : Prisma.empty
  return db().$queryRaw<AmaRow[]>`
    SELECT ${columns} FROM (
      SELECT id, min(rank) AS rank, max(at) AS at FROM (
        ${sameTopic} ${latest(Prisma.sql`"communityId" = ${communityId}::uuid`, 2)}
      ) candidates GROUP BY id ORDER BY 2, 3 DESC LIMIT ${size}
    ) chosen JOIN "Ama" a ON a.id = chosen.id JOIN "Topic" t ON t.id = a."topicId" JOIN "Community" c ON c.id = a."communityId"
    ORDER BY chosen.rank, chosen.at DESC`
}

/** AMAs on a topic, the latest first, coming ones included. */
export function listTopicAmas(topicId: string, size: number): Promise<AmaRow[]> {
  return db().$queryRaw<AmaRow[]>`
    SELECT ${columns} FROM ${tables} WHERE a."topicId" = ${topicId}::uuid AND a."cancelledAt" IS NULL AND ${shownAma}
    ORDER BY a."startsAt" DESC, a.id DESC LIMIT ${size}`
}

/** AMAs that a mentor holds or held, the latest first. */
export function listMentorAmas(memberId: string, size: number): Promise<AmaRow[]> {
  return db().$queryRaw<AmaRow[]>`
    SELECT ${columns} FROM "AmaMentor" mine JOIN ${tables} ON a.id = mine."amaId"
    WHERE mine."memberId" = ${memberId}::uuid AND a."cancelledAt" IS NULL AND ${shownAma}
    ORDER BY a."startsAt" DESC, a.id DESC LIMIT ${size}`
}

/** Rows of these AMAs, in this order. */
export function findAmas(ids: string[]): Promise<AmaRow[]> {
  return db().$queryRaw<AmaRow[]>`
    SELECT ${columns} FROM unnest(${ids}::uuid[]) WITH ORDINALITY wanted(id, place) JOIN ${tables} ON a.id = wanted.id
    WHERE a."cancelledAt" IS NULL AND ${shownAma} ORDER BY wanted.place`
}

// No AMA is longer than a day (a check of the table), so nothing that started earlier is still on.
const AMA_LONGEST_MS = 24 * 60 * 60 * 1000

const Keys = z.tuple([z.number().int(), z.uuid()])

const tables = Prisma.sql`("Ama" a JOIN "Topic" t ON t.id = a."topicId" JOIN "Community" c ON c.id = a."communityId")`

const columns = Prisma.sql`
  a.id, a.slug, a."startsAt", a."endsAt", a."timeZone", a."cancelledAt", a."questionCount", a."answeredCount",
  json_build_object('slug', t.slug, 'name', t.name) AS topic,
  json_build_object('id', c.id, 'slug', c.slug, 'name', c.name) AS community,
  ${amaMentors} AS mentors`

function inCommunity(communityId: string | undefined): Prisma.Sql {
  return communityId ? Prisma.sql`AND a."communityId" = ${communityId}::uuid` : Prisma.empty
}
