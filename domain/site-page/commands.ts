import type { z } from 'zod'
import { forgetSite } from '#domain/site/queries.ts'
import type { WritePage } from '#domain/site-page/rules.ts'
import { type Db, db } from '#lib/db.ts'
import { renderPage } from '#lib/markdown.ts'
import { paths } from '#lib/paths.ts'
import { ensure } from '#lib/refusal.ts'
import { isAdmin, type Viewer } from '#lib/viewer.ts'
import type { Outcome, Visit } from '#lib/visit.ts'

/** Writes a page of the site; an empty text takes it away. */
export async function writePage(viewer: Viewer, { slug, body }: z.output<typeof WritePage>, { now }: Visit): Promise<Outcome> {
  ensure(isAdmin(viewer), 'not_found', 'There is nothing here.')
  if (body) {
    const written = { body, html: renderPage(body), updatedAt: now, updatedById: viewer.memberId }
    await db().sitePage.upsert({ where: { slug }, create: { slug, ...written }, update: written })
  } else {
    await db().sitePage.deleteMany({ where: { slug } })
  }
  forgetSite()
  return { to: paths.adminPage(slug, 'saved') }
}

/** The pages stay, and no longer say who wrote them. */
export async function unsignPagesOf(tx: Db, memberId: string): Promise<void> {
  await tx.sitePage.updateMany({ where: { updatedById: memberId }, data: { updatedById: null } })
}
