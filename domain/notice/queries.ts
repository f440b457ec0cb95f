import { z } from 'zod'
import { decodeCursor, PAGE_SIZE, type Page, pageOf } from '#lib/cursor.ts'
import { db } from '#lib/db.ts'
import type { Viewer } from '#lib/viewer.ts'

export type NoticeView = NonNullable<Awaited<ReturnType<typeof listNotices>>>['rows'][number]

/** What moderators told the viewer, the latest first. Null where `after` is not a cursor of this list. */
export async function listNotices({ memberId }: NonNullable<Viewer>, after?: string | string[]) {
  const keys = decodeCursor(z.tuple([z.uuid()]), after)
  if (keys === null) return null
  const rows = await db().notice.findMany({
    where: { memberId, ...(keys && { id: { lt: keys[0] } }) },
    orderBy: { id: 'desc' },
    take: PAGE_SIZE + 1,
    select: {
      id: true,
      act: true,
      reason: true,
      words: true,
      until: true,
      toldAt: true,
      question: { select: { title: true } },
      answer: { select: { question: { select: { title: true } } } },
    },
  })
  return pageOf(rows, PAGE_SIZE, (last) => [last.id]) satisfies Page<unknown>
}
