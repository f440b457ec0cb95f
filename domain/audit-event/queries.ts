import { z } from 'zod'
import type { Said } from '#domain/audit-event/rules.ts'
import { decodeCursor, PAGE_SIZE, type Page, pageOf } from '#lib/cursor.ts'
import { db } from '#lib/db.ts'
import { isAdmin, type Viewer } from '#lib/viewer.ts'

/** `network`: a short sign that is the same for the same network. */
export type EventView = Said & { id: string; happenedAt: Date; network: string | null }

/** What happened, the latest first. Null for everybody but admins, and where `after` is not a cursor of this list. */
export async function listEvents(viewer: Viewer, after?: string | string[]): Promise<Page<EventView> | null> {
  const keys = decodeCursor(z.tuple([z.uuid()]), after)
  if (keys === null || !isAdmin(viewer)) return null
  const before = keys?.[0] ?? LAST
  const rows = await db().$queryRaw<EventView[]>`
    SELECT e.id, e."happenedAt", e.act, e.detail, e."byId", e."ofId", left(e.address, 6) AS network,
      by.name || ' (@' || by.handle || ')' AS by,
      coalesce(whom.name || ' (@' || whom.handle || ')', place.name, topic.name) AS of, community.name AS community
    FROM (SELECT * FROM "AuditEvent" WHERE id < ${before}::uuid ORDER BY id DESC LIMIT ${PAGE_SIZE + 1}) e
    LEFT JOIN "Member" by ON by.id = e."byId" AND by."deletedAt" IS NULL
    LEFT JOIN "Member" whom ON whom.id = e."ofId" AND whom."deletedAt" IS NULL
    LEFT JOIN "Community" place ON place.id = e."ofId"
    LEFT JOIN "Topic" topic ON topic.id = e."ofId"
    LEFT JOIN "Community" community ON community.id = e."communityId"
    ORDER BY e.id DESC`
  return pageOf(rows, PAGE_SIZE, (last) => [last.id])
}

/** Above every id. */
const LAST = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
