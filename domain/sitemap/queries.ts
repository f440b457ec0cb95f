import { isShownAma, shownAma } from '#domain/ama/queries.ts'
import { shownQuestion, shownSince } from '#domain/question/queries.ts'
import { getSite } from '#domain/site/queries.ts'
import { sitePagesOf } from '#domain/site-page/rules.ts'
import { shownWanted } from '#domain/wanted/queries.ts'
import { db, Prisma } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'

/** Rows of a part. A community has up to four pages, so a part stays within the protocol's 50,000 URLs. */
export const SITEMAP_ROWS = 10_000

export type SitemapPage = { path: string; changedAt?: Date | null }

type SitemapKind = 'communities' | 'topics' | 'companies' | 'mentors' | 'amas' | 'questions' | 'wanted'

/**
 * The names of all parts: "pages", then each kind in runs of `size` rows, named by the first row's id. Ids are
 * ordered by time, so a part's name stays while the site grows.
 */
export async function listSitemapParts(size = SITEMAP_ROWS): Promise<string[]> {
  const parts = await Promise.all(kinds.map(async (kind) => (await listFirstIds(kind, size)).map((id) => `${kind}-${id}`)))
  return ['pages', ...parts.flat()]
}

/** The pages of a part; null where the name is not one of a part. */
export async function listSitemapPages(part: string, size = SITEMAP_ROWS): Promise<SitemapPage[] | null> {
  if (part === 'pages') {
    const own = sitePagesOf((await getSite()).pages).map(({ slug }) => paths.sitePage(slug))
    return [paths.home(), paths.communities(), paths.amas(), paths.wantedList(), ...own].map((path) => ({ path }))
  }
  const [, name, from] = /^([a-z]+)-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(part) ?? []
  const kind = kinds.find((each) => each === name)
  return kind && from ? pagesFrom[kind](from, size) : null
}

const kinds: SitemapKind[] = ['communities', 'topics', 'companies', 'mentors', 'amas', 'questions', 'wanted']

// Walks the index alone, from one part's first row to the next one's. A part of which nothing is shown is none.
async function listFirstIds(kind: SitemapKind, size: number): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    WITH RECURSIVE first AS (
      (SELECT id FROM ${tables[kind]} ORDER BY id LIMIT 1)
      UNION ALL
      SELECT (SELECT id FROM ${tables[kind]} AND id > first.id ORDER BY id OFFSET ${size - 1} LIMIT 1) FROM first WHERE first.id IS NOT NULL
    ),
    parts AS (SELECT id AS "from", coalesce(lead(id) OVER (ORDER BY id), ${LAST_ID}::uuid) AS "to" FROM first WHERE id IS NOT NULL)
    SELECT "from" AS id FROM parts WHERE EXISTS (SELECT FROM ${tables[kind]} AND ${shown[kind] ?? Prisma.sql`true`} AND id >= "from" AND id < "to")
    ORDER BY id`
  return rows.map(({ id }) => id)
}

const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

// What is hidden of very many rows is left out of a part and not of the walk: to see it takes each row itself.
const shown: Partial<Record<SitemapKind, Prisma.Sql>> = { questions: shownQuestion }

const tables: Record<SitemapKind, Prisma.Sql> = {
  communities: Prisma.sql`"Community" WHERE true`,
  topics: Prisma.sql`"Topic" WHERE true`,
  companies: Prisma.sql`"Company" WHERE true`,
  mentors: Prisma.sql`"Member" WHERE "mentorSince" IS NOT NULL`,
  amas: Prisma.sql`"Ama" a WHERE ${shownAma}`,
  questions: Prisma.sql`"Question" q WHERE true`,
  wanted: Prisma.sql`"Wanted" w WHERE ${shownWanted}`,
}

const pagesFrom: Record<SitemapKind, (from: string, size: number) => Promise<SitemapPage[]>> = {
  communities: async (from, size) => {
    const select = { slug: true, mentorCount: true, questionCount: true, amaCount: true }
    const rows = await db().community.findMany({ ...run(from, size), select })
    return rows.flatMap(({ slug, mentorCount, questionCount, amaCount }) => [
      { path: paths.community(slug) },
      ...(amaCount ? [{ path: paths.communityAmas(slug) }] : []),
      ...(mentorCount ? [{ path: paths.communityMentors(slug) }] : []),
      ...(questionCount ? [{ path: paths.communityQuestions(slug) }] : []),
    ])
  },
  topics: async (from, size) => {
    const rows = await db().topic.findMany({ ...run(from, size), select: { slug: true } })
    return rows.map(({ slug }) => ({ path: paths.topic(slug) }))
  },
  companies: async (from, size) => {
    const rows = await db().company.findMany({ ...run(from, size), select: { slug: true } })
    return rows.map(({ slug }) => ({ path: paths.company(slug) }))
  },
  mentors: async (from, size) => {
    const where = { id: { gte: from }, mentorSince: { not: null } }
    const rows = await db().member.findMany({ ...run(from, size), where, select: { handle: true } })
    return rows.map(({ handle }) => ({ path: paths.mentor(handle) }))
  },
  amas: async (from, size) => {
    const rows = await db().ama.findMany({ ...run(from, size), where: { id: { gte: from }, ...isShownAma }, select: { slug: true } })
    return rows.map(({ slug }) => ({ path: paths.ama(slug) }))
  },
  // Asking and answering are what changes a question's page; of the others nobody keeps a true date.
  questions: async (from, size) => {
    const rows = await db().$queryRaw<{ slug: string; changedAt: Date }[]>`
      SELECT slug, coalesce("lastAnsweredAt", ${shownSince}) AS "changedAt"
      FROM (SELECT * FROM "Question" WHERE id >= ${from}::uuid ORDER BY id LIMIT ${size}) q WHERE ${shownQuestion} ORDER BY id`
    return rows.map(({ slug, changedAt }) => ({ path: paths.question(slug), changedAt }))
  },
  wanted: async (from, size) => {
    const rows = await db().wanted.findMany({ ...run(from, size), where: { id: { gte: from }, hiddenAt: null }, select: { slug: true } })
    return rows.map(({ slug }) => ({ path: paths.wantedThing(slug) }))
  },
}

function run(from: string, size: number) {
  return { where: { id: { gte: from } }, orderBy: { id: 'asc' as const }, take: size }
}
