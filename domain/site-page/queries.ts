import type { SitePageSlug } from '#domain/site-page/rules.ts'
import { db } from '#lib/db.ts'

/** Null while it has no text. */
export function getSitePage(slug: SitePageSlug) {
  return db().sitePage.findUnique({ where: { slug }, select: { body: true, html: true, updatedAt: true } })
}
