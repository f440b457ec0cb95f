import { z } from 'zod'
import { decodeCursor, PAGE_SIZE, type Page, pageOf } from '#lib/cursor.ts'
import { db } from '#lib/db.ts'
import type { Viewer } from '#lib/viewer.ts'

type Person = NonNullable<Viewer>

const shown = {
  id: true,
  title: true,
  startedOn: true,
  endedOn: true,
  claimedCompany: true,
  checkedAt: true,
  checkedHow: true,
  checkedAs: true,
  company: { select: { name: true } },
  applications: {
    orderBy: { id: 'desc' },
    take: 1,
    select: { how: true, proof: true, decidedAt: true, refusedFor: true, community: { select: { name: true } } },
  },
} as const

export type OwnRole = NonNullable<Awaited<ReturnType<typeof getOwnRole>>>

/** The viewer's roles, the present ones first, each with the newest application for it; fifty at most. */
export function listOwnRoles({ memberId }: Person) {
  return db().role.findMany({
    where: { memberId },
    orderBy: [{ endedOn: { sort: 'desc', nulls: 'first' } }, { startedOn: { sort: 'desc', nulls: 'last' } }],
    take: 50,
    select: shown,
  })
}

export async function getOwnRole({ memberId }: Person, id: string) {
  if (!z.uuid().safeParse(id).success) return null
  return db().role.findFirst({ where: { id, memberId }, select: shown })
}

/** Communities in which somebody can become a mentor, by name; five hundred at most. */
export function listPlaces() {
  return db().community.findMany({ orderBy: { name: 'asc' }, take: 500, select: { id: true, slug: true, name: true } })
}

export type WaitingRole = Awaited<ReturnType<typeof listWaitingRoles>> extends Page<infer Row> | null ? Row : never

/** Roles that wait to be checked in a community, the first one first. Null where `after` is not a cursor of this list. */
export async function listWaitingRoles(communityId: string, after?: string | string[]) {
  const keys = decodeCursor(z.tuple([z.uuid()]), after)
  if (keys === null) return null
  const rows = await db().application.findMany({
    where: { communityId, decidedAt: null, ...(keys && { id: { gt: keys[0] } }) },
    orderBy: { id: 'asc' },
    take: PAGE_SIZE + 1,
    select: {
      id: true,
      memberId: true,
      how: true,
      proof: true,
      appliedAt: true,
      member: { select: { name: true, handle: true, mentorSince: true } },
      role: { select: { title: true, claimedCompany: true, startedOn: true, endedOn: true, company: { select: { name: true } } } },
    },
  })
  return pageOf(rows, PAGE_SIZE, (last) => [last.id])
}

/** The communities that the viewer keeps in which roles wait, by name; fifty at most. */
export function listKeptPlaces({ admin, hosts, moderates }: Person) {
  return db().community.findMany({
    where: { applications: { some: { decidedAt: null } }, ...(!admin && { id: { in: [...hosts, ...moderates] } }) },
    orderBy: { name: 'asc' },
    take: 50,
    select: { slug: true, name: true },
  })
}
