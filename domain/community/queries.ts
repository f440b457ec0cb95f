import { z } from 'zod'
import { decodeCursor, PAGE_SIZE, type Page, pageOf, Words } from '#lib/cursor.ts'
import { db } from '#lib/db.ts'

const shown = {
  id: true,
  slug: true,
  name: true,
  mentorCount: true,
  questionCount: true,
  answerCount: true,
  amaCount: true,
} as const

/** A community as its hosts set it. */
export function getHostedCommunity(slug: string) {
  return db().community.findUnique({ where: { slug }, select: { id: true, slug: true, name: true, checking: true, wantedThreshold: true } })
}

export type CommunitySummary = NonNullable<Awaited<ReturnType<typeof getCommunity>>>

export function getCommunity(slug: string) {
  return db().community.findUnique({ where: { slug }, select: shown })
}

export function getCommunityById(id: string) {
  return db().community.findUnique({ where: { id }, select: shown })
}

/** By name. Null where `after` is not a cursor of this list. */
export async function listCommunities(after?: string | string[]): Promise<Page<CommunitySummary> | null> {
  const keys = decodeCursor(z.tuple([Words]), after)
  if (keys === null) return null
  const rows = await db().community.findMany({
    where: keys && { name: { gt: keys[0] } },
    orderBy: { name: 'asc' },
    take: PAGE_SIZE + 1,
    select: shown,
  })
  return pageOf(rows, PAGE_SIZE, (last) => [last.name])
}
