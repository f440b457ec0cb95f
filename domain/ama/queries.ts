import { canHostAma } from '#domain/ama/rules.ts'
import { canHost } from '#domain/community/rules.ts'
import { DatedKeys, decodeCursor, PAGE_SIZE, type Page, pageOf } from '#lib/cursor.ts'
import { db, inOrder, Prisma, readRows } from '#lib/db.ts'
import type { Viewer } from '#lib/viewer.ts'

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

export type AmaView = AmaRow & {
  introductionHtml: string | null
  topicId: string
  questionsOpenAt: Date | null
  closedAt: Date | null
  closingNoteHtml: string | null
}

/** Of AMAs `a`, those that are published: whatever the public reads goes through it. A draft is its hosts' alone. */
export const shownAma = Prisma.sql`a."publishedAt" IS NOT NULL`
/** The same for Prisma. */
export const isShownAma = { publishedAt: { not: null } } as const

export async function getAma(slug: string): Promise<AmaView | null> {
  const [ama] = await db().$queryRaw<AmaView[]>`
    SELECT ${columns}, ${viewColumns} FROM ${tables} WHERE a.slug = ${slug} AND ${shownAma}`
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
  const keys = decodeCursor(DatedKeys, after)
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
  const keys = decodeCursor(DatedKeys, after)
  if (keys === null) return null
  const rows = await db().$queryRaw<AmaRow[]>`
    SELECT ${columns} FROM ${tables}
    WHERE a."startsAt" <= ${now} AND a."endsAt" <= ${now} AND a."cancelledAt" IS NULL AND ${shownAma} ${inCommunity(communityId)}
      ${keys ? Prisma.sql`AND (a."startsAt", a.id) < (${new Date(keys[0])}, ${keys[1]}::uuid)` : Prisma.empty}
    ORDER BY a."startsAt" DESC, a.id DESC LIMIT ${size + 1}`
  return pageOf(rows, size, (last) => [last.startsAt.getTime(), last.id])
}

/** AMAs on a topic, the latest first, coming ones included. */
export function listTopicAmas(topicId: string, size: number): Promise<AmaRow[]> {
  return db().$queryRaw<AmaRow[]>`
    SELECT ${columns} FROM ${tables} WHERE a."topicId" = ${topicId}::uuid AND a."cancelledAt" IS NULL AND ${shownAma}
    ORDER BY a."startsAt" DESC, a.id DESC LIMIT ${size}`
}

/** AMAs that somebody held, or holds, while at a company, the latest first. */
export function listCompanyAmas(companyId: string, size: number): Promise<AmaRow[]> {
  return db().$queryRaw<AmaRow[]>`
    WITH theirs AS MATERIALIZED (SELECT DISTINCT "amaId" AS id FROM "AmaMentor" WHERE "companyId" = ${companyId}::uuid)
    SELECT ${columns} FROM theirs JOIN ${tables} ON a.id = theirs.id
    WHERE a."cancelledAt" IS NULL AND ${shownAma} ORDER BY a."startsAt" DESC, a.id DESC LIMIT ${size}`
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
  return readRows<AmaRow>`
    SELECT ${columns} FROM ${inOrder(ids)} JOIN ${tables} ON a.id = wanted.id
    WHERE a."cancelledAt" IS NULL AND ${shownAma} ORDER BY wanted.place`
}

/** An AMA as those see it who run it, published or not: `mentors` are all who hold it or are still asked to. */
export type HostedAma = AmaView & {
  communityId: string
  publishedAt: Date | null
  checking: string | null
  introduction: string | null
  /** What the host typed of the start: "2022-05-31", "10:00". */
  date: string
  time: string
  hosts: string[]
  hostHandles: string[]
  /** By whom it is held or is to be, in order; `standing` says what became of the invitation. */
  people: (AmaMentorView & { standing: 'holds' | 'asked' | 'declined'; words: string | null })[]
}

/** For hosts and invited mentors; the caller looks whether the viewer is one. */
export async function getHostedAma(slug: string): Promise<HostedAma | null> {
  const [ama] = await db().$queryRaw<HostedAma[]>`
    SELECT ${columnsOf(amaPeople(Prisma.sql`standing <> 'declined'`))}, ${viewColumns}, a."communityId", a."publishedAt",
      a.checking, a.introduction, to_char(a."startsAtLocal", 'YYYY-MM-DD') AS date, to_char(a."startsAtLocal", 'HH24:MI') AS time,
      ${amaPeople(Prisma.sql`true`)} AS people,
      ARRAY(SELECT "memberId" FROM "AmaHost" h WHERE h."amaId" = a.id) AS hosts,
      ARRAY(SELECT m.handle FROM "AmaHost" h JOIN "Member" m ON m.id = h."memberId" WHERE h."amaId" = a.id ORDER BY h."addedAt", m.handle) AS "hostHandles"
    FROM ${tables} WHERE a.slug = ${slug}`
  return ama ? { ...ama, mentors: ama.mentors ?? [], people: ama.people ?? [] } : null
}

export type DraftRow = AmaRow & { publishedAt: Date | null; people: HostedAma['people'] }

/** Drafts of a community, the next first. Null where `after` is not a cursor of this list. */
export async function listDraftAmas(communityId: string, after?: string | string[]): Promise<Page<DraftRow> | null> {
  const keys = decodeCursor(DatedKeys, after)
  if (keys === null) return null
  const rows = await db().$queryRaw<DraftRow[]>`
    SELECT ${columnsOf(amaPeople(Prisma.sql`standing <> 'declined'`))}, a."publishedAt", ${amaPeople(Prisma.sql`true`)} AS people FROM ${tables}
    WHERE a."communityId" = ${communityId}::uuid AND a."publishedAt" IS NULL AND a."cancelledAt" IS NULL
      ${keys ? Prisma.sql`AND (a."startsAt", a.id) > (${new Date(keys[0])}, ${keys[1]}::uuid)` : Prisma.empty}
    ORDER BY a."startsAt", a.id LIMIT ${PAGE_SIZE + 1}`
  const page = pageOf(rows, PAGE_SIZE, (last) => [last.startsAt.getTime(), last.id])
  return { ...page, rows: page.rows.map((row) => ({ ...row, mentors: row.mentors ?? [], people: row.people ?? [] })) }
}

/** AMAs that are past and not closed yet, the latest first. Each closes itself after a week, so they are few. */
export async function listUnclosedAmas(communityId: string, now: Date): Promise<AmaRow[]> {
  return db().$queryRaw<AmaRow[]>`
    SELECT ${columns} FROM ${tables}
    WHERE a."communityId" = ${communityId}::uuid AND a."closedAt" IS NULL AND a."cancelledAt" IS NULL AND ${shownAma} AND a."endsAt" <= ${now}
    ORDER BY a."endsAt" DESC, a.id DESC LIMIT ${PAGE_SIZE}`
}

/** What became of the viewer's invitation to hold an AMA; null for whoever was not asked. */
export function getAmaInvitation({ memberId }: NonNullable<Viewer>, amaId: string) {
  const select = { acceptedAt: true, declinedAt: true, words: true } as const
  return db().amaInvitation.findUnique({ where: { amaId_memberId: { amaId, memberId } }, select })
}

/** Of these communities those whose AMAs the viewer runs, and of these AMAs likewise: they get links that others do not. */
export function hostedOf(viewer: NonNullable<Viewer>, communityIds: string[]): string[] {
  return communityIds.filter((id) => canHost(viewer, id))
}

export async function hostedAmasOf(viewer: NonNullable<Viewer>, ids: string[]): Promise<string[]> {
  const amas = await db().ama.findMany({
    where: { id: { in: ids } },
    select: { id: true, communityId: true, hosts: { select: { memberId: true } } },
  })
  const hosted = amas.filter(({ communityId, hosts }) => canHostAma(viewer, { communityId, hosts: hosts.map(({ memberId }) => memberId) }))
  return hosted.map(({ id }) => id)
}

/** The zone in which somebody sets up an AMA: the own one, else that of the community's last one. */
export async function hostsZone({ memberId }: NonNullable<Viewer>, communityId: string): Promise<string> {
  const [row] = await db().$queryRaw<{ zone: string | null }[]>`
    SELECT coalesce((SELECT "timeZone" FROM "Member" WHERE id = ${memberId}::uuid),
      (SELECT "timeZone" FROM "Ama" WHERE "communityId" = ${communityId}::uuid ORDER BY "startsAt" DESC, id DESC LIMIT 1)) AS zone`
  return row?.zone ?? 'UTC'
}

/** What a calendar shows of an AMA, cancelled or not. */
export type CalendarAma = AmaRow & { introduction: string | null; revision: number; changedAt: Date }

export async function getCalendarAma(slug: string): Promise<CalendarAma | null> {
  const [ama] = await db().$queryRaw<CalendarAma[]>`
    SELECT ${columns}, a.introduction, a.revision, a."changedAt" FROM ${tables} WHERE a.slug = ${slug} AND ${shownAma}`
  return ama ?? null
}

/** The AMAs of a community that a calendar shows: two hundred from three months ago on, the cancelled ones with them, so that they go. */
export function listCalendarAmas(communityId: string, now: Date): Promise<CalendarAma[]> {
  return db().$queryRaw<CalendarAma[]>`
    SELECT ${columns}, a.introduction, a.revision, a."changedAt" FROM ${tables}
    WHERE a."communityId" = ${communityId}::uuid AND a."startsAt" > ${new Date(now.getTime() - CALENDAR_MS)} AND ${shownAma}
    ORDER BY a."startsAt", a.id LIMIT 200`
}

/** Mentors of a community, to choose from; the first two hundred by answers. */
export function listChoosableMentors(communityId: string): Promise<{ handle: string; name: string }[]> {
  return db().$queryRaw`
    SELECT m.handle, m.name FROM "CommunityMentor" cm JOIN "Member" m ON m.id = cm."memberId"
    WHERE cm."communityId" = ${communityId}::uuid AND m."deletedAt" IS NULL ORDER BY -cm."answerCount", cm."memberId" LIMIT 200`
}

/** Who holds the AMA `a` and who is asked to, in order, with what became of it. */
function amaPeople(which: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(
    SELECT json_agg(json_build_object('id', m.id, 'handle', CASE WHEN m."deletedAt" IS NULL THEN m.handle END, 'name', m.name,
      'company', co.name, 'title', p.title, 'portraitId', m."portraitId", 'standing', p.standing, 'words', p.words) ORDER BY p.position, m.id)
    FROM (
      SELECT am."memberId", am.position, am."companyId", am.title, 'holds' AS standing, i.words FROM "AmaMentor" am
      LEFT JOIN "AmaInvitation" i ON i."amaId" = am."amaId" AND i."memberId" = am."memberId" WHERE am."amaId" = a.id
      UNION ALL
      SELECT i."memberId", i.position, asked."companyId", asked.title, CASE WHEN i."declinedAt" IS NULL THEN 'asked' ELSE 'declined' END, i.words
      FROM "AmaInvitation" i JOIN "Member" asked ON asked.id = i."memberId" WHERE i."amaId" = a.id AND i."acceptedAt" IS NULL
    ) p JOIN "Member" m ON m.id = p."memberId" LEFT JOIN "Company" co ON co.id = p."companyId" WHERE ${which})`
}

const CALENDAR_MS = 91 * 24 * 60 * 60 * 1000

// No AMA is longer than a day (a check of the table), so nothing that started earlier is still on.
const AMA_LONGEST_MS = 24 * 60 * 60 * 1000

/** The AMAs `a` with what `columns` reads. */
export const tables = Prisma.sql`("Ama" a JOIN "Topic" t ON t.id = a."topicId" JOIN "Community" c ON c.id = a."communityId")`

function columnsOf(mentors: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
  a.id, a.slug, a."startsAt", a."endsAt", a."timeZone", a."cancelledAt", a."questionCount", a."answeredCount",
  json_build_object('slug', t.slug, 'name', t.name) AS topic,
  json_build_object('id', c.id, 'slug', c.slug, 'name', c.name) AS community,
  ${mentors} AS mentors`
}

/** What a list or a rail reads of AMAs: an AmaRow. */
export const columns = columnsOf(amaMentors)
const viewColumns = Prisma.sql`a."introductionHtml", a."topicId", a."questionsOpenAt", a."closedAt", a."closingNoteHtml"`

function inCommunity(communityId: string | undefined): Prisma.Sql {
  return communityId ? Prisma.sql`AND a."communityId" = ${communityId}::uuid` : Prisma.empty
}
