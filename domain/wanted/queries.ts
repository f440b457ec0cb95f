import { z } from 'zod'
import { ALIKE, canWithdraw } from '#domain/wanted/rules.ts'
import { decodeCursor, PAGE_SIZE, type Page, pageOf } from '#lib/cursor.ts'
import { type Db, db, Prisma } from '#lib/db.ts'
import type { Viewer } from '#lib/viewer.ts'

/** What the public sees. Of the table `w`. */
export const shownWanted = Prisma.sql`w."hiddenAt" IS NULL`
/** What people can join. */
const openWanted = Prisma.sql`w."hiddenAt" IS NULL AND w."closedAt" IS NULL`

/** Something wanted as lists show it. Who asked for it and who joined is in none of these. */
export type WantedRow = {
  id: string
  slug: string
  kind: string
  title: string
  why: string | null
  joinCount: number
  askedAt: Date
  community: { id: string; slug: string; name: string }
}

/** What is open, most wanted first and of equals the newest; in one community, if one is given. Null where `after` is not a cursor of this list. */
export async function listWanted(communityId?: string, after?: string | string[]): Promise<Page<WantedRow> | null> {
  const keys = decodeCursor(z.tuple([z.int(), z.uuid()]), after)
  if (keys === null) return null
  const rows = await db().$queryRaw<WantedRow[]>`
    SELECT ${shown} FROM "Wanted" w JOIN "Community" c ON c.id = w."communityId"
    WHERE ${openWanted} ${communityId ? Prisma.sql`AND w."communityId" = ${communityId}::uuid` : Prisma.empty}
      ${keys ? Prisma.sql`AND (w."joinCount", w.id) < (${keys[0]}, ${keys[1]}::uuid)` : Prisma.empty}
    ORDER BY w."joinCount" DESC, w.id DESC LIMIT ${PAGE_SIZE + 1}`
  return pageOf(rows, PAGE_SIZE, (last) => [last.joinCount, last.id])
}

/** Something wanted as its page shows it. */
export type WantedView = WantedRow & {
  closedAt: Date | null
  /** The member who is wished for. */
  about: { handle: string; name: string } | null
}

/** Null where it is not there, or hidden. */
export async function getWanted(slug: string): Promise<WantedView | null> {
  const [wanted] = await db().$queryRaw<WantedView[]>`
    SELECT ${shown}, w."closedAt",
      CASE WHEN m.id IS NOT NULL THEN json_build_object('handle', m.handle, 'name', m.name) END AS about
    FROM "Wanted" w JOIN "Community" c ON c.id = w."communityId" LEFT JOIN "Member" m ON m.id = w."aboutId" AND m."deletedAt" IS NULL
    WHERE w.slug = ${slug} AND ${shownWanted}`
  return wanted ?? null
}

/** So many of a community's open ones, the most wanted, are compared with what somebody types. */
const COMPARED = 1_000

/** What is open in the community and called nearly so, the closest first. */
export function listLikeWanted(communityId: string, title: string, tx: Db = db()): Promise<WantedRow[]> {
  return tx.$queryRaw<WantedRow[]>`
    SELECT ${shown} FROM (
      SELECT * FROM "Wanted" w WHERE w."communityId" = ${communityId}::uuid AND ${openWanted} ORDER BY w."joinCount" DESC, w.id DESC LIMIT ${COMPARED}
    ) w JOIN "Community" c ON c.id = w."communityId"
    WHERE similarity(w.title, ${title}) >= ${ALIKE}::float8 ORDER BY similarity(w.title, ${title}) DESC, w.id LIMIT 5`
}

/** Of these, which the person joined; `own`: asked for by the person, who is in for good. */
export async function listOwnJoins({ memberId }: NonNullable<Viewer>, ids: string[]): Promise<{ pressed: string[]; own: string[] }> {
  const [joins, asked] = await Promise.all([
    db().wantedJoin.findMany({ where: { memberId, wantedId: { in: ids } }, select: { wantedId: true } }),
    db().wanted.findMany({ where: { askedById: memberId, id: { in: ids } }, select: { id: true } }),
  ])
  return { pressed: joins.map(({ wantedId }) => wantedId), own: asked.map(({ id }) => id) }
}

/** Something wanted as whoever may join it sees it. */
export type OwnWanted = WantedView & { joined: boolean; own: boolean; question: string | null; withdrawable: boolean }

/** Null where it is not there. */
export async function getOwnWanted(viewer: NonNullable<Viewer>, slug: string): Promise<OwnWanted | null> {
  const wanted = await getWanted(slug)
  if (!wanted) return null
  const { askedById, hiddenAt, joinCount, joins } = await db().wanted.findUniqueOrThrow({
    where: { id: wanted.id },
    select: {
      askedById: true,
      hiddenAt: true,
      joinCount: true,
      joins: { where: { memberId: viewer.memberId }, select: { question: true } },
    },
  })
  const own = askedById === viewer.memberId
  return {
    ...wanted,
    joined: joins.length > 0,
    own,
    question: joins[0]?.question ?? null,
    withdrawable: canWithdraw(viewer, { askedById, hiddenAt, joinCount }),
  }
}

/** What hosts of a community can invite somebody for, that waits longest first. Null where `after` is not a cursor of this list. */
export async function listReadyWanted(
  communityId: string,
  after?: string | string[],
): Promise<Page<WantedRow & { invitedAt: Date | null }> | null> {
  const keys = decodeCursor(z.tuple([z.number(), z.uuid()]), after)
  if (keys === null) return null
  const rows = await db().$queryRaw<(WantedRow & { readyAt: Date; invitedAt: Date | null })[]>`
    SELECT ${shown}, w."readyAt", w."invitedAt" FROM "Wanted" w JOIN "Community" c ON c.id = w."communityId"
    WHERE w."communityId" = ${communityId}::uuid AND w."readyAt" IS NOT NULL AND ${openWanted}
      ${keys ? Prisma.sql`AND (w."readyAt", w.id) > (${new Date(keys[0])}, ${keys[1]}::uuid)` : Prisma.empty}
    ORDER BY w."readyAt", w.id LIMIT ${PAGE_SIZE + 1}`
  return pageOf(rows, PAGE_SIZE, (last) => [last.readyAt.getTime(), last.id])
}

/** Something wanted as its hosts and the invited see it. */
export type InvitedWanted = NonNullable<Awaited<ReturnType<typeof getInvitedWanted>>>

/** Questions that the page of an invitation shows. */
const QUESTIONS = 200

/** With the invitation and the questions, without a name. Null where it is not there. */
export async function getInvitedWanted(slug: string) {
  const wanted = await getWanted(slug)
  if (!wanted) return null
  const person = { select: { id: true, handle: true, name: true } } as const
  const [invited, joins] = await Promise.all([
    db().wanted.findUniqueOrThrow({
      where: { id: wanted.id },
      select: {
        readyAt: true,
        topicId: true,
        topic: { select: { name: true } },
        mentor: person,
        invitation: { select: { expiresAt: true, usedBy: person } },
        invitedAt: true,
        invitationText: true,
        community: { select: { wantedThreshold: true } },
      },
    }),
    db().wantedJoin.findMany({
      where: { wantedId: wanted.id, question: { not: null } },
      orderBy: [{ joinedAt: 'asc' }, { memberId: 'asc' }],
      take: QUESTIONS,
      select: { question: true },
    }),
  ])
  const { community, mentor, invitation, ...rest } = invited
  return {
    ...wanted,
    ...rest,
    threshold: community.wantedThreshold,
    expiresAt: invitation?.expiresAt ?? null,
    /** Who is invited and known here. */
    mentor: mentor ?? invitation?.usedBy ?? null,
    questions: joins.flatMap(({ question }) => question ?? []),
  }
}

/** The member whom people wish for; null where it is nobody here. */
export async function findAbout(wantedId: string): Promise<{ id: string; handle: string; name: string } | null> {
  const wanted = await db().wanted.findUnique({
    where: { id: wantedId },
    select: { about: { select: { id: true, handle: true, name: true } } },
  })
  return wanted?.about ?? null
}

/** What the person joined last; null where that is nothing, or gone. */
export async function latestJoined({ memberId }: NonNullable<Viewer>): Promise<{ slug: string } | null> {
  const join = await db().wantedJoin.findFirst({
    where: { memberId, wanted: { hiddenAt: null } },
    orderBy: { joinedAt: 'desc' },
    select: { wanted: { select: { slug: true } } },
  })
  return join?.wanted ?? null
}

const shown = Prisma.sql`w.id, w.slug, w.kind, w.title, w.why, w."joinCount", w."askedAt",
  json_build_object('id', c.id, 'slug', c.slug, 'name', c.name) AS community`
