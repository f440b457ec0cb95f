import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { listSitemapPages, listSitemapParts, SITEMAP_ROWS } from '#domain/sitemap/queries.ts'
import { db } from '#lib/db.ts'

test('every company is in one part, and no part has more than its share', { timeout: 30_000 }, async () => {
  const suffix = randomUUID()
  await db().$executeRaw`
    INSERT INTO "Company" (id, slug, name)
    SELECT gen_random_uuid(), ${suffix} || '-' || i, ${suffix} || '-' || i FROM generate_series(1, ${SITEMAP_ROWS + 1}::int) i`
  const parts = (await listSitemapParts()).filter((part) => part.startsWith('companies-'))
  const pages = await Promise.all(parts.map(listSitemapPages))
  const listed = pages.flatMap((each) => each?.map(({ path }) => path) ?? [])
  const all = await db().company.findMany({ select: { slug: true } })

  expect(parts.length).toBe(Math.ceil(all.length / SITEMAP_ROWS))
  expect(Math.max(...pages.map((each) => each?.length ?? 0))).toBe(SITEMAP_ROWS)
  expect(listed.length).toBe(all.length)
  expect(new Set(listed)).toEqual(new Set(all.map(({ slug }) => `/companies/${slug}`)))
  await db().$executeRaw`DELETE FROM "Company" WHERE slug LIKE ${`${suffix}-%`}`
})

test('a community brings the pages that have something on them, a question its day, a member who is no mentor nothing', async () => {
  const suffix = randomUUID()
  const askedAt = new Date('2026-03-01T10:00:00Z')
  const [full, empty] = [randomUUID(), randomUUID()]
  await db().community.createMany({ data: [full, empty].map((id) => ({ id, slug: `c-${id}`, name: `C ${id}` })) })
  await db().question.create({
    data: { id: randomUUID(), slug: `q-${suffix}`, communityId: full, title: 'What stands in a sitemap?', askedAt },
  })
  await db().member.create({ data: { id: randomUUID(), handle: `reader-${suffix}`, name: 'Rae' } })

  const pages = (await Promise.all((await listSitemapParts()).map(listSitemapPages))).flatMap((part) => part ?? [])
  const paths = pages.map(({ path }) => path)
  expect(paths).toEqual(expect.arrayContaining(['/', '/communities', '/amas', `/communities/c-${empty}`]))
  expect(paths.filter((path) => path.includes(full))).toEqual([`/communities/c-${full}`, `/communities/c-${full}/questions`])
  expect(paths).not.toContain(`/communities/c-${empty}/questions`)
  expect(paths).not.toContain(`/mentors/reader-${suffix}`)
  expect(pages.find(({ path }) => path === `/questions/q-${suffix}`)?.changedAt).toEqual(askedAt)
})

test.each(['', 'pages-', 'companies', 'companies-1', 'members-00000000-0000-0000-0000-000000000000', 'toString', '__proto__'])(
  '%j is no part',
  async (part) => {
    expect(await listSitemapPages(part)).toBeNull()
  },
)
