import type { z } from 'zod'
import { noteEvent } from '#domain/audit-event/commands.ts'
import { forgetSite } from '#domain/site/queries.ts'
import type { WritePage } from '#domain/site-page/rules.ts'
import { type Db, db } from '#lib/db.ts'
import { renderPage } from '#lib/markdown.ts'
import { paths } from '#lib/paths.ts'
import { ensure } from '#lib/refusal.ts'
import { isAdmin, type Viewer } from '#lib/viewer.ts'
import type { Outcome, Visit } from '#lib/visit.ts'

/** Writes a page of the site; an empty text takes it away. */
export async function writePage(viewer: Viewer, { slug, body }: z.output<typeof WritePage>, visit: Visit): Promise<Outcome> {
  ensure(isAdmin(viewer), 'not_found', 'There is nothing here.')
  const by = viewer.memberId
  await db().$transaction(async (tx) => {
    if (body) {
      const written = { body, html: renderPage(body), updatedAt: visit.now, updatedById: by }
      await tx.sitePage.upsert({ where: { slug }, create: { slug, ...written }, update: written })
    } else {
      await tx.sitePage.deleteMany({ where: { slug } })
    }
    await noteEvent(tx, { act: body ? 'write-page' : 'remove-page', by, detail: slug }, visit)
  })
  forgetSite()
  return { to: paths.adminPage(slug, 'saved') }
}

/** The pages stay, and no longer say who wrote them. */
export async function unsignPagesOf(tx: Db, memberId: string): Promise<void> {
  await tx.sitePage.updateMany({ where: { updatedById: memberId }, data: { updatedById: null } })
}
