import { UNNAMED } from '#domain/site/rules.ts'
import { db } from '#lib/db.ts'
import { sameBytes, tokenHash } from '#lib/secret.ts'

/** What stands on every page: the site's name, and which of its own pages have a text. */
export type SiteShown = { name: string; pages: string[] }

/** Milliseconds. Every page asks, and a change is to be on all of them within a second. */
const KEPT_FOR = 250

// Pages, actions and route handlers are bundled apart from each other but share one process.
const held = globalThis as { perchSite?: { shown: Promise<SiteShown>; until: number; last: SiteShown } }

/** Never rejects: while the database is away a page that needs nothing else of it still opens, under the name known last. */
export function getSite(): Promise<SiteShown> {
  const now = Date.now()
  if (held.perchSite && held.perchSite.until > now) return held.perchSite.shown
  const last = held.perchSite?.last ?? { name: UNNAMED, pages: [] }
  const kept = { shown: readSite().catch(() => last), until: now + KEPT_FOR, last }
  kept.shown.then((shown) => {
    kept.last = shown
  })
  held.perchSite = kept
  return kept.shown
}

/** Lets the next page of this process ask anew. */
export function forgetSite(): void {
  if (held.perchSite) held.perchSite.until = 0
}

/** Whether set-up is over or never was, whether there is an admin, and whether this is the token of the link to begin with. */
export async function getSetUp(token: string | undefined): Promise<{ over: boolean; hasAdmin: boolean; invited: boolean }> {
  const [site, admin] = await Promise.all([
    db().site.findUnique({ where: { id: 1 }, select: { setUpAt: true, setUpTokenHash: true } }),
    db().account.findFirst({ where: { adminSince: { not: null } }, select: { memberId: true } }),
  ])
  const hash = site?.setUpTokenHash
  const invited = Boolean(token && hash && sameBytes(hash, tokenHash(token)))
  return { over: !site || site.setUpAt !== null, hasAdmin: admin !== null, invited }
}

async function readSite(): Promise<SiteShown> {
  const [row] = await db().$queryRaw<SiteShown[]>`
    SELECT coalesce((SELECT name FROM "Site"), ${UNNAMED}) AS name, ARRAY(SELECT slug FROM "SitePage") AS pages`
  return row ?? { name: UNNAMED, pages: [] }
}
