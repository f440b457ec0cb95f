import { z } from 'zod'
import { decodeCursor, PAGE_SIZE, type Page, pageOf } from '#lib/cursor.ts'
import { db } from '#lib/db.ts'
import type { Viewer } from '#lib/viewer.ts'

export type ActView = { id: string; act: string; thing: string; thingId: string; reason: string; happenedAt: Date }

const shown = { id: true, act: true, thing: true, thingId: true, reason: true, happenedAt: true } as const

/** What was done in the communities that the viewer moderates, everything for an admin, the latest first. Null where `after` is not a cursor of this list. */
export async function listActs(viewer: NonNullable<Viewer>, after?: string | string[]): Promise<Page<ActView> | null> {
  const keys = decodeCursor(z.tuple([z.uuid()]), after)
  if (keys === null) return null
  const mine = viewer.admin ? {} : { communityId: { in: viewer.moderates } }
  const rows = await db().moderationEvent.findMany({
    where: { AND: [mine, keys ? { id: { lt: keys[0] } } : {}] },
    orderBy: { id: 'desc' },
    take: PAGE_SIZE + 1,
    select: shown,
  })
  return pageOf(rows, PAGE_SIZE, (last) => [last.id])
}

/** What was done to one thing, the latest first. */
export function listActsOn(thingId: string): Promise<ActView[]> {
  return db().moderationEvent.findMany({ where: { thingId }, orderBy: { id: 'desc' }, take: 10, select: shown })
}
