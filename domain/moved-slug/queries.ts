import { type Db, db } from '#lib/db.ts'

/** The models whose rows have an address of their own. */
export type SlugKind = 'Community' | 'Topic' | 'Company' | 'Member' | 'Ama' | 'Question'

/** The present slug of what once had this one, or null. */
export async function currentSlug(kind: SlugKind, slug: string): Promise<string | null> {
  const moved = await db().movedSlug.findUnique({ where: { kind_slug: { kind, slug } } })
  return moved ? present[kind](moved.targetId) : null
}

/** The wish, the second one, or the wish with the first number behind it that nothing of its kind has or had. */
export async function freeSlug(kind: 'Community' | 'Topic' | 'Ama', wish: string, second = wish, tx: Db = db()): Promise<string> {
  for (let from = 2; ; from += 50) {
    const wishes = [wish, second, ...Array.from({ length: 50 }, (_, i) => `${wish}-${from + i}`)]
    const where = { slug: { in: wishes } }
    // One after the other: a transaction has one connection.
    const moved = await tx.movedSlug.findMany({ where: { kind, ...where }, select: { slug: true } })
    const present = await (kind === 'Community'
      ? tx.community.findMany({ where, ...slugOf })
      : kind === 'Topic'
        ? tx.topic.findMany({ where, ...slugOf })
        : tx.ama.findMany({ where, ...slugOf }))
    const taken = new Set([...moved, ...present].map(({ slug }) => slug))
    const free = wishes.find((slug) => !taken.has(slug))
    if (free) return free
  }
}

const slugOf = { select: { slug: true } } as const

/** A member whose profile is hidden has a page only as a mentor. */
const hasPage = { OR: [{ mentorSince: { not: null } }, { profileHiddenAt: null }] }

const present: Record<SlugKind, (id: string) => Promise<string | null>> = {
  Community: async (id) => (await db().community.findUnique({ where: { id }, ...slugOf }))?.slug ?? null,
  Topic: async (id) => (await db().topic.findUnique({ where: { id }, ...slugOf }))?.slug ?? null,
  Company: async (id) => (await db().company.findUnique({ where: { id }, ...slugOf }))?.slug ?? null,
  Member: async (id) => (await db().member.findFirst({ where: { id, ...hasPage }, select: { handle: true } }))?.handle ?? null,
  Ama: async (id) => (await db().ama.findUnique({ where: { id, publishedAt: { not: null } }, ...slugOf }))?.slug ?? null,
  Question: async (id) => (await db().question.findFirst({ where: { id, hiddenAt: null }, ...slugOf }))?.slug ?? null,
}
