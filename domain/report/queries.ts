import { z } from 'zod'
import { shownAnswer } from '#domain/answer/queries.ts'
import type { Thing } from '#domain/moderation-event/rules.ts'
import { mayHearDaily } from '#domain/notice/queries.ts'
import { askerName, shownQuestion } from '#domain/question/queries.ts'
import { type Cared, canModerate } from '#domain/report/rules.ts'
import { shownWanted } from '#domain/wanted/queries.ts'
import { decodeCursor, PAGE_SIZE, type Page, pageOf } from '#lib/cursor.ts'
import { type Db, db, Prisma } from '#lib/db.ts'
import type { Viewer } from '#lib/viewer.ts'

/** A question, an answer, a profile or something wanted as those see it who decide about it. `slug` is its page's: a handle for a profile. */
export type ThingView = Cared & {
  thing: Thing
  id: string
  slug: string
  title: string
  /** Whether readers see who wrote it: not who asked, unless that is their wish. */
  named: boolean
  /** Sanitized. */
  html: string | null
  text: string | null
  /** Of a profile: the picture, also a hidden one. */
  portraitId: string | null
  hiddenAt: Date | null
}

export type Author = { id: string; name: string; admin: boolean; hasAccount: boolean; suspendedUntil: Date | null }

/** What can be reported: only what the public sees. */
export async function findShown(thing: Thing, id: string): Promise<ThingView | null> {
  return find(db(), thing, Prisma.sql`${things[thing].id} = ${id}::uuid AND ${things[thing].shown}`)
}

/** What the viewer may decide about, hidden or not. For others it is not there. */
export async function findModerated(viewer: Viewer, thing: Thing, id: string, tx: Db = db()): Promise<ThingView | null> {
  const found = await find(tx, thing, Prisma.sql`${things[thing].id} = ${id}::uuid`)
  return found && canModerate(viewer, found) ? found : null
}

/** Who wrote it; null where that is nobody any more, or never was known. */
export async function findAuthor({ authorId }: Cared, now: Date, tx: Db = db()): Promise<Author | null> {
  if (!authorId) return null
  const member = await tx.member.findUnique({
    where: { id: authorId },
    select: { id: true, name: true, account: { select: { adminSince: true, suspendedUntil: true } } },
  })
  if (!member) return null
  const { account, ...known } = member
  const suspendedUntil = account?.suspendedUntil && account.suspendedUntil > now ? account.suspendedUntil : null
  return { ...known, hasAccount: account !== null, admin: Boolean(account?.adminSince), suspendedUntil }
}

export type ReportView = { id: string; reason: string; words: string | null; reportedAt: Date }

/** Open reports of one thing, the first one first; who sent them is nobody's business. `notBy`: without those of this member. */
export function listReportsOf(thing: Thing, id: string, notBy?: string, tx: Db = db()): Promise<ReportView[]> {
  const select = { id: true, reason: true, words: true, reportedAt: true } as const
  const where = { ...reportOf(thing, id), closedAt: null, ...(notBy && { reportedById: { not: notBy } }) }
  return tx.report.findMany({ where, orderBy: { id: 'asc' }, take: 50, select })
}

/** Whether the viewer looked up who asked for the sake of these open reports. Others' looking is not one's own. */
export async function hasLookedUp({ memberId }: NonNullable<Viewer>, id: string, [first]: ReportView[], tx: Db = db()): Promise<boolean> {
  if (!first) return false
  const where = { thingId: id, act: 'look-up', actorId: memberId, happenedAt: { gte: first.reportedAt } }
  return (await tx.moderationEvent.count({ where })) > 0
}

/** Whether the viewer has an open report of it. */
export async function hasReported({ memberId }: NonNullable<Viewer>, thing: Thing, id: string): Promise<boolean> {
  return (await db().report.count({ where: { ...reportOf(thing, id), reportedById: memberId, closedAt: null } })) > 0
}

export type ReportRow = ReportView & ThingView & { reportId: string }

/**
 * Open reports of what the viewer may decide about, the oldest first, each with its thing. Null where `after` is not a
 * cursor of this list.
 */
export async function listOpenReports(viewer: NonNullable<Viewer>, after?: string | string[]): Promise<Page<ReportRow> | null> {
  const keys = decodeCursor(z.tuple([z.uuid()]), after)
  if (keys === null) return null
  const mine = viewer.admin
    ? Prisma.sql`true`
    : Prisma.sql`(r."communityId" = ANY(${viewer.moderates}::uuid[]) OR r."profileOfId" IN (
        SELECT "memberId" FROM "CommunityMentor" WHERE "communityId" = ANY(${viewer.moderates}::uuid[])))`
  const rows = await db().$queryRaw<ReportRow[]>`
    SELECT r.id AS "reportId", r.reason, r.words, r."reportedAt", seen.* FROM (
      SELECT * FROM "Report" r WHERE r."closedAt" IS NULL AND ${mine} ${keys ? Prisma.sql`AND r.id > ${keys[0]}::uuid` : Prisma.empty}
        AND ${authorOfIt} IS DISTINCT FROM ${viewer.memberId}::uuid
      ORDER BY r.id LIMIT ${PAGE_SIZE + 1}
    ) r CROSS JOIN LATERAL (
      ${select('question')} WHERE q.id = r."questionId" UNION ALL ${select('answer')} WHERE a.id = r."answerId"
      UNION ALL ${select('profile')} WHERE m.id = r."profileOfId" UNION ALL ${select('wanted')} WHERE w.id = r."wantedId"
    ) seen ORDER BY r.id`
  return pageOf(rows, PAGE_SIZE, (last) => [last.reportId])
}

/** Admins and moderators for whom reports wait, so many. `news`: there is one that came after they were last told. */
type Waiting = { id: string; day: string; reports: number; news: boolean }

/** Those whose morning it is and who may be told. `zones` is a table of \`morningZones\`. */
export function listModeratorsToTell(zones: Prisma.Sql, now: Date): Promise<Waiting[]> {
  return db().$queryRaw`
    SELECT m.id, here.day, waiting.reports, coalesce(waiting.newest > told."toldAt", true) AS news FROM "Member" m
    JOIN ${zones} here(zone, day) ON here.zone = coalesce(m."timeZone", 'UTC')
    CROSS JOIN LATERAL (
      SELECT ARRAY(SELECT "communityId" FROM "CommunityRole" cr WHERE cr."memberId" = m.id AND cr.role = 'moderator') AS communities,
        EXISTS (SELECT FROM "Account" ad WHERE ad."memberId" = m.id AND ad."adminSince" IS NOT NULL) AS admin
    ) moderator
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS reports, max(r."reportedAt") AS newest FROM "Report" r
      WHERE r."closedAt" IS NULL AND ${authorOfIt} IS DISTINCT FROM m.id AND (moderator.admin OR r."communityId" = ANY (moderator.communities)
        OR r."profileOfId" IN (SELECT "memberId" FROM "CommunityMentor" WHERE "communityId" = ANY (moderator.communities)))
    ) waiting
    ${mayHearDaily('reports-wait', 'moderator', now)} AND waiting.reports > 0
      AND m.id IN (SELECT "memberId" FROM "CommunityRole" WHERE role = 'moderator' UNION SELECT "memberId" FROM "Account" WHERE "adminSince" IS NOT NULL)`
}

/** The column of Report that names a thing. */
export function reportOf(thing: Thing, id: string) {
  if (thing === 'question') return { questionId: id }
  if (thing === 'wanted') return { wantedId: id }
  return thing === 'answer' ? { answerId: id } : { profileOfId: id }
}

/** Who wrote what the report `r` is about. */
const authorOfIt = Prisma.sql`coalesce((SELECT "askedById" FROM "Question" WHERE id = r."questionId"),
  (SELECT "mentorId" FROM "Answer" WHERE id = r."answerId"), (SELECT "askedById" FROM "Wanted" WHERE id = r."wantedId"), r."profileOfId")`

const things: Record<Thing, { columns: Prisma.Sql; id: Prisma.Sql; shown: Prisma.Sql }> = {
  question: {
    columns: Prisma.sql`q.id, q.slug, q.title, q."detailsHtml" AS html, NULL::text AS text, NULL::uuid AS "portraitId", q."hiddenAt", q."askedById" AS "authorId", (${askerName}) IS NOT NULL AS named,
      ARRAY[q."communityId"::text] AS "communityIds" FROM "Question" q`,
    id: Prisma.sql`q.id`,
    shown: shownQuestion,
  },
  answer: {
    columns: Prisma.sql`a.id, q.slug, q.title, replace(a.html, '<!--more-->', '') AS html, NULL::text AS text,
      NULL::uuid AS "portraitId", a."hiddenAt", a."mentorId" AS "authorId", true AS named,
      ARRAY[q."communityId"::text] AS "communityIds" FROM "Answer" a JOIN "Question" q ON q.id = a."questionId"`,
    id: Prisma.sql`a.id`,
    shown: shownAnswer,
  },
  profile: {
    columns: Prisma.sql`m.id, m.handle AS slug, m.name AS title, NULL::text AS html,
      nullif(concat_ws(E'\\n\\n', m.bio, m.disclosure, nullif(array_to_string(m.links, E'\\n'), '')), '') AS text,
      coalesce(m."portraitId", m."hiddenPortraitId") AS "portraitId", m."profileHiddenAt" AS "hiddenAt", m.id AS "authorId", true AS named,
      ARRAY(SELECT "communityId"::text FROM "CommunityMentor" WHERE "memberId" = m.id) AS "communityIds" FROM "Member" m`,
    id: Prisma.sql`m.id`,
    shown: Prisma.sql`m."deletedAt" IS NULL AND m."profileHiddenAt" IS NULL`,
  },
  wanted: {
    columns: Prisma.sql`w.id, w.slug, w.title, NULL::text AS html, w.why AS text, NULL::uuid AS "portraitId", w."hiddenAt", w."askedById" AS "authorId", false AS named,
      ARRAY[w."communityId"::text] AS "communityIds" FROM "Wanted" w`,
    id: Prisma.sql`w.id`,
    shown: shownWanted,
  },
}

function select(thing: Thing): Prisma.Sql {
  return Prisma.sql`SELECT ${thing}::text AS thing, ${things[thing].columns}`
}

async function find(tx: Db, thing: Thing, where: Prisma.Sql): Promise<ThingView | null> {
  const [found] = await tx.$queryRaw<ThingView[]>`${select(thing)} WHERE ${where}`
  return found ?? null
}
