import { shownAma } from '#domain/ama/queries.ts'
import { ALIKE, canWithdraw, enoughToCome } from '#domain/wanted/rules.ts'
import { CountedKeys, DatedKeys, decodeCursor, PAGE_SIZE, type Page, pageOf } from '#lib/cursor.ts'
import { type Db, db, Prisma } from '#lib/db.ts'
import type { Viewer } from '#lib/viewer.ts'

/** What the public sees. Of the table `w`. */
export const shownWanted = Prisma.sql`w."hiddenAt" IS NULL`
/** What people can join. Of the table `w`. */
export const openWanted = Prisma.sql`w."hiddenAt" IS NULL AND w."closedAt" IS NULL`

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
  const keys = decodeCursor(CountedKeys, after)
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
  /** The member who is wished for, where there is a page to see. */
  about: { handle: string; name: string } | null
  /** Since then there are times to choose from. */
  offeredAt: Date | null
  /** What it has become. */
  ama: { slug: string; topic: string; startsAt: Date; timeZone: string; cancelled: boolean } | null
}

/** Null where it is not there, or hidden. */
export async function getWanted(slug: string): Promise<WantedView | null> {
  const [wanted] = await db().$queryRaw<(WantedView & { ama: { startsAt: string } | null })[]>`
    SELECT ${shown}, w."closedAt", w."offeredAt",
      CASE WHEN a.id IS NOT NULL THEN json_build_object('slug', a.slug, 'topic', t.name, 'startsAt', a."startsAt", 'timeZone', a."timeZone",
        'cancelled', a."cancelledAt" IS NOT NULL) END AS ama,
      CASE WHEN m.id IS NOT NULL THEN json_build_object('handle', m.handle, 'name', m.name) END AS about
    FROM "Wanted" w JOIN "Community" c ON c.id = w."communityId" LEFT JOIN "Member" m ON m.id = w."aboutId" AND m."deletedAt" IS NULL
      AND (m."mentorSince" IS NOT NULL OR m."profileHiddenAt" IS NULL)
    LEFT JOIN "Ama" a ON a.id = w."amaId" AND ${shownAma} LEFT JOIN "Topic" t ON t.id = a."topicId"
    WHERE w.slug = ${slug} AND ${shownWanted}`
  return wanted ? { ...wanted, ama: wanted.ama && { ...wanted.ama, startsAt: new Date(wanted.ama.startsAt) } } : null
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
export type OwnWanted = WantedView & {
  joined: boolean
  own: boolean
  question: string | null
  withdrawable: boolean
  slots: SlotView[]
  /** So many can come to one of them before a date is set. */
  enough: number
}

/** A time to come that is offered; whether it suits this person. */
export type SlotView = { number: number; startsAt: Date; timeZone: string; picked: boolean }

/** Null where it is not there. */
export async function getOwnWanted(viewer: NonNullable<Viewer>, slug: string, now = new Date()): Promise<OwnWanted | null> {
  const wanted = await getWanted(slug)
  if (!wanted) return null
  const { askedById, hiddenAt, closedAt, mentorId, offeredAt, joinCount, joins, slots, community } = await db().wanted.findUniqueOrThrow({
    where: { id: wanted.id },
    select: {
      askedById: true,
      hiddenAt: true,
      closedAt: true,
      mentorId: true,
      offeredAt: true,
      joinCount: true,
      joins: { where: { memberId: viewer.memberId }, select: { question: true, picked: true, pickedOf: true } },
      slots: { where: { startsAt: { gt: now } }, orderBy: { startsAt: 'asc' }, select: { number: true, startsAt: true, timeZone: true } },
      community: { select: { wantedThreshold: true } },
    },
  })
  const picked = offeredAt && joins[0]?.pickedOf?.getTime() === offeredAt.getTime() ? joins[0].picked : []
  const own = askedById === viewer.memberId
  return {
    ...wanted,
    joined: joins.length > 0,
    own,
    question: joins[0]?.question ?? null,
    withdrawable: canWithdraw(viewer, { askedById, hiddenAt, closedAt, mentorId, joinCount }),
    slots: slots.map((slot) => ({ ...slot, picked: picked.includes(slot.number) })),
    enough: enoughToCome(community.wantedThreshold),
  }
}

/** What hosts of a community can invite somebody for, that waits longest first. Null where `after` is not a cursor of this list. */
export async function listReadyWanted(
  communityId: string,
  after?: string | string[],
): Promise<Page<WantedRow & { invited: boolean }> | null> {
  const keys = decodeCursor(DatedKeys, after)
  if (keys === null) return null
  const rows = await db().$queryRaw<(WantedRow & { readyAt: Date; invited: boolean })[]>`
    SELECT ${shown}, w."readyAt", coalesce(w."mentorId", w."invitationId") IS NOT NULL AS invited FROM "Wanted" w JOIN "Community" c ON c.id = w."communityId"
    WHERE w."communityId" = ${communityId}::uuid AND w."readyAt" IS NOT NULL AND ${openWanted}
      ${keys ? Prisma.sql`AND (w."readyAt", w.id) > (${new Date(keys[0])}, ${keys[1]}::uuid)` : Prisma.empty}
    ORDER BY w."readyAt", w.id LIMIT ${PAGE_SIZE + 1}`
  return pageOf(rows, PAGE_SIZE, (last) => [last.readyAt.getTime(), last.id])
}

/** The member whom "@ada" names, with the title that it makes in this community; null where nobody with a page has the handle. */
export async function findNamed(communityId: string, typed: string, tx: Db = db()): Promise<{ title: string; aboutId: string } | null> {
  const about = await tx.member.findFirst({
    where: { handle: typed.slice(1).toLowerCase(), deletedAt: null, profileHiddenAt: null },
    select: { id: true, handle: true, name: true },
  })
  if (!about) return null
  const { id: aboutId, handle, name } = about
  const [taken] = await tx.$queryRaw<{ taken: number }[]>`
    SELECT 1 AS taken FROM "Wanted" w WHERE w."communityId" = ${communityId}::uuid AND ${openWanted} AND lower(w.title) = lower(${name})
      AND w."aboutId" IS DISTINCT FROM ${aboutId}::uuid LIMIT 1`
  // A short name is none that the table takes.
  if (!taken && [...name].length >= 3) return { title: name, aboutId }
  const whole = `${name} (@${handle})`
  return { title: [...whole].length <= 100 ? whole : `@${handle}`, aboutId }
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
