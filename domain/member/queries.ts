import { z } from 'zod'
import type { MentorOrder } from '#domain/member/rules.ts'
import { CountedKeys, decodeCursor, PAGE_SIZE, type Page, pageOf, Words } from '#lib/cursor.ts'
import { type Db, db, inOrder, Prisma, readRows } from '#lib/db.ts'
import { keyFor } from '#lib/secret.ts'
import type { Viewer } from '#lib/viewer.ts'

/** What a list of mentors shows of one. */
export type MentorRow = {
  id: string
  handle: string
  name: string
  company: string | null
  title: string | null
  answerCount: number
  portraitId: string | null
}

const columns = Prisma.sql`m.id, m.handle, m.name, c.name AS company, m.title, m."portraitId"`
/** A MentorRow of the member `m` and their company `c`, with all that they answered. */
export const mentorColumns = Prisma.sql`${columns}, m."answerCount"`
/** The same with what they answered in one community, `cm`. */
export const mentorThereColumns = Prisma.sql`${columns}, cm."answerCount"`

export type MentorProfile = NonNullable<Awaited<ReturnType<typeof getMentor>>>

export async function getMentor(handle: string) {
  const mentor = await db().member.findFirst({
    where: { handle, mentorSince: { not: null } },
    select: {
      id: true,
      handle: true,
      name: true,
      bio: true,
      links: true,
      disclosure: true,
      timeZone: true,
      portraitId: true,
      profileHiddenAt: true,
      title: true,
      mentorSince: true,
      answerCount: true,
      viewCount: true,
      amaCount: true,
      followerCount: true,
      followsShownSince: true,
      directLimit: true,
      pausedUntil: true,
      company: { select: { slug: true, name: true } },
      communities: { select: { community: { select: { slug: true, name: true } } }, orderBy: { answerCount: 'desc' }, take: 10 },
      roles: {
        select: {
          id: true,
          title: true,
          startedOn: true,
          endedOn: true,
          claimedCompany: true,
          checkedAt: true,
          checkedHow: true,
          checkedAs: true,
          company: { select: { slug: true, name: true } },
        },
        orderBy: [{ endedOn: { sort: 'desc', nulls: 'first' } }, { startedOn: { sort: 'desc', nulls: 'last' } }],
        take: 50,
      },
    },
  })
  if (!mentor) return null
  const waiting = mentor.directLimit ? await countWaitingFor(mentor.id) : 0
  return {
    ...(mentor.profileHiddenAt ? { ...mentor, bio: null, links: [], disclosure: null, timeZone: null, followsShownSince: null } : mentor),
    waiting,
  }
}

/** Questions to a mentor that nobody has answered yet. */
export function countWaitingFor(mentorId: string, tx: Db = db()): Promise<number> {
  return tx.question.count({ where: { askedToId: mentorId, answerCount: 0, hiddenAt: null } })
}

export type MemberProfile = NonNullable<Awaited<ReturnType<typeof getMember>>>

/** What everybody may see of a member. A mentor's page stays while moderators hide what it says; of others nothing is left. */
export function getMember(handle: string) {
  const shown = { OR: [{ mentorSince: { not: null } }, { profileHiddenAt: null }] }
  return db().member.findFirst({
    where: { handle, deletedAt: null, ...shown },
    select: { id: true, ...said, mentorSince: true, createdAt: true },
  })
}

/** The time zone that somebody says, as the IANA names it; UTC where they say none. */
export async function findZone({ memberId }: Pick<NonNullable<Viewer>, 'memberId'>): Promise<string> {
  const member = await db().member.findUnique({ where: { id: memberId }, select: { timeZone: true } })
  return member?.timeZone ?? 'UTC'
}

/** The picture that somebody has, hidden or not. */
export async function findOwnPortrait({ memberId }: NonNullable<Viewer>): Promise<string | null> {
  const { portraitId, hiddenPortraitId } = await getOwnProfile({ memberId })
  return portraitId ?? hiddenPortraitId
}

/** Whether it is the picture of somebody whose profile is not hidden. */
export async function isShownPortrait(portraitId: string): Promise<boolean> {
  return (await db().member.count({ where: { portraitId } })) > 0
}

export type OwnProfile = Awaited<ReturnType<typeof getOwnProfile>>

/** What the person's own form begins with. */
export function getOwnProfile({ memberId }: Pick<NonNullable<Viewer>, 'memberId'>) {
  return db().member.findUniqueOrThrow({
    where: { id: memberId },
    select: {
      ...said,
      mentorSince: true,
      profileHiddenAt: true,
      hiddenPortraitId: true,
      directLimit: true,
      pausedUntil: true,
      unrankedSince: true,
    },
  })
}

const said = {
  handle: true,
  name: true,
  bio: true,
  links: true,
  disclosure: true,
  timeZone: true,
  portraitId: true,
  followsShownSince: true,
} as const

/** A mentor in the list of a community. `helped`: people helped there in the list's period; in the list by name none is counted. */
export type CommunityMentorRow = MentorRow & { helped: number }

/** Mentors of a community in one of the orders of rules.ts. Null where `after` is not a cursor of this list. */
export function listCommunityMentors(
  communityId: string,
  order: MentorOrder,
  now: Date,
  after?: string | string[],
): Promise<Page<CommunityMentorRow> | null> {
  return order === 'name' ? listByName(communityId, after) : listByHelped(communityId, helped[order], now, after)
}

async function listByName(communityId: string, after?: string | string[]): Promise<Page<CommunityMentorRow> | null> {
  const keys = decodeCursor(z.tuple([Words, z.uuid()]), after)
  if (keys === null) return null
  const further = keys ? Prisma.sql`AND (cm."sortName", cm."memberId") > (${keys[0]}, ${keys[1]}::uuid)` : Prisma.empty
  const rows = await db().$queryRaw<(CommunityMentorRow & { sortName: string })[]>`
    SELECT ${mentorThereColumns}, 0 AS helped, cm."sortName" FROM ${mentorTables}
    WHERE cm."communityId" = ${communityId}::uuid ${further} ORDER BY cm."sortName", cm."memberId" LIMIT ${PAGE_SIZE + 1}`
  return pageOf(rows, PAGE_SIZE, (last) => [last.sortName, last.id])
}

/** Of the member `m`: whether they may stand in lists that go by more than the name. Who does not want to, or is suspended, may not. */
export function mayRank(now: Date): Prisma.Sql {
  return Prisma.sql`m."unrankedSince" IS NULL
    AND NOT EXISTS (SELECT FROM "Account" ac WHERE ac."memberId" = m.id AND ac."suspendedUntil" > ${now})`
}

/** Who may not stand in it is left out at once, whatever was counted. */
async function listByHelped(
  communityId: string,
  people: Prisma.Sql,
  now: Date,
  after?: string | string[],
): Promise<Page<CommunityMentorRow> | null> {
  const keys = decodeCursor(CountedKeys, after)
  if (keys === null) return null
  const further = keys ? Prisma.sql`AND (-${people}, cm."memberId") > (${-keys[0]}::int, ${keys[1]}::uuid)` : Prisma.empty
  const rows = await db().$queryRaw<CommunityMentorRow[]>`
    SELECT ${mentorThereColumns}, ${people} AS helped FROM ${mentorTables}
    WHERE cm."communityId" = ${communityId}::uuid AND ${people} > 0 AND ${mayRank(now)} ${further}
    ORDER BY -${people}, cm."memberId" LIMIT ${PAGE_SIZE + 1}`
  return pageOf(rows, PAGE_SIZE, (last) => [last.helped, last.id])
}

const helped = {
  month: Prisma.sql`cm."helpedMonth"`,
  year: Prisma.sql`cm."helpedYear"`,
  ever: Prisma.sql`cm."helpedEver"`,
}
const mentorTables = Prisma.sql`"CommunityMentor" cm JOIN "Member" m ON m.id = cm."memberId" LEFT JOIN "Company" c ON c.id = m."companyId"`

/** Rows of these mentors, in this order, with all that they answered. */
export async function findMentors(ids: string[]): Promise<MentorRow[]> {
  return readRows<MentorRow>`
    SELECT ${mentorColumns}
    FROM ${inOrder(ids)} JOIN "Member" m ON m.id = wanted.id AND m."mentorSince" IS NOT NULL
    LEFT JOIN "Company" c ON c.id = m."companyId" ORDER BY wanted.place`
}

/**
 * SQL that joins `held`, the role of a member's history that covers a time: of several the one that began last (a role's
 * last month is often the next one's first). A role without dates is only the present one, it covers nothing. `roles` is
 * the table of histories; here what somebody only says of themselves is no part of it.
 */
export const joinRoleHeld = (memberId: string, time: string, roles = COUNTING) => `
  LEFT JOIN LATERAL (
    SELECT r.id, r."companyId", r.title FROM ${roles} r CROSS JOIN to_char(${time}, 'YYYY-MM') AS month
    WHERE r."memberId" = ${memberId} AND coalesce(r."startedOn", r."endedOn") IS NOT NULL
      AND (r."startedOn" IS NULL OR r."startedOn" <= left(month, length(r."startedOn")))
      AND (r."endedOn" IS NULL OR r."endedOn" >= left(month, length(r."endedOn")))
    ORDER BY r."startedOn" DESC NULLS LAST, r.id LIMIT 1
  ) held ON true`

const COUNTING = `(SELECT * FROM "Role" WHERE "checkedAt" IS NOT NULL OR "claimedAt" IS NULL)`

/** SQL: how the role `companyId` and `title` of a member was checked, as JSON; null where it was not. Of several checks the newest. */
export const checkedRole = (memberId: Prisma.Sql, companyId: Prisma.Sql, title: Prisma.Sql) => Prisma.sql`(
  SELECT json_build_object('how', ro."checkedHow", 'as', ro."checkedAs", 'at', ro."checkedAt") FROM "Role" ro
  WHERE ro."memberId" = ${memberId} AND ro."checkedAt" IS NOT NULL
    AND ro."companyId" IS NOT DISTINCT FROM ${companyId} AND ro.title IS NOT DISTINCT FROM ${title}
  ORDER BY ro."checkedAt" DESC LIMIT 1)`

/**
 * What stands before a handle in the sum that is kept of it where somebody is gone (GoneHandle): this site's own, so that
 * nobody else can try out handles.
 */
export function goneKey(): string {
  return keyFor('handles of who is gone').toString('hex')
}
