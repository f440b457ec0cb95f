import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { listSitemapPages, listSitemapParts } from '#domain/sitemap/queries.ts'
import { db } from '#lib/db.ts'

/** Rows of a part here. */
const SIZE = 20

test('every company is in one part, and no part has more than its share', async () => {
  const suffix = randomUUID()
  await db().$executeRaw`
    INSERT INTO "Company" (id, slug, name)
    SELECT gen_random_uuid(), ${suffix} || '-' || i, ${suffix} || '-' || i FROM generate_series(1, ${SIZE + 1}::int) i`
  const parts = (await listSitemapParts(SIZE)).filter((part) => part.startsWith('companies-'))
  const pages = await Promise.all(parts.map((part) => listSitemapPages(part, SIZE)))
  const listed = pages.flatMap((each) => each?.map(({ path }) => path) ?? [])
  const all = await db().company.findMany({ select: { slug: true } })

  expect(parts.length).toBe(Math.ceil(all.length / SIZE))
  expect(Math.max(...pages.map((each) => each?.length ?? 0))).toBe(SIZE)
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

  const pages = (await Promise.all((await listSitemapParts(SIZE)).map((part) => listSitemapPages(part, SIZE)))).flatMap(
    (part) => part ?? [],
  )
  const paths = pages.map(({ path }) => path)
  expect(paths).toEqual(expect.arrayContaining(['/', '/communities', '/amas', `/communities/c-${empty}`]))
  expect(paths.filter((path) => path.includes(full))).toEqual([`/communities/c-${full}`, `/communities/c-${full}/questions`])
  expect(paths).not.toContain(`/communities/c-${empty}/questions`)
  expect(paths).not.toContain(`/mentors/reader-${suffix}`)
  expect(pages.find(({ path }) => path === `/questions/q-${suffix}`)?.changedAt).toEqual(askedAt)
})

test('what is hidden is in no part, and a part of hidden questions alone is none', async () => {
  const id = randomUUID()
  const questions = async () => (await listSitemapParts(SIZE)).filter((part) => part.startsWith('questions-'))
  const listed = async () =>
    (await Promise.all((await questions()).map((part) => listSitemapPages(part, SIZE)))).flatMap(
      (part) => part?.map(({ path }) => path) ?? [],
    )
  await db().community.create({ data: { id, slug: `c-${id}`, name: `C ${id}` } })
  const before = await questions()
  // Behind all others, and more than a part has: the last part is theirs alone.
  await db().$executeRaw`
    INSERT INTO "Question" (id, slug, title, "communityId", "askedAt", "hiddenAt")
    SELECT ('ffff' || substr(md5(i::text), 5, 4) || '-0000-4000-8000-' || lpad(i::text, 12, '0'))::uuid, ${id} || '-' || i, 'What is hidden here?', ${id}::uuid, now(), now()
    FROM generate_series(1, ${SIZE + 1}::int) i`
  expect(await questions()).toEqual(before)
  expect((await listed()).filter((path) => path.includes(id))).toEqual([])

  await db().$executeRaw`UPDATE "Question" SET "hiddenAt" = NULL WHERE slug LIKE ${`${id}-%`}`
  expect((await listed()).filter((path) => path.includes(id)).length).toBe(SIZE + 1)
  await db().$executeRaw`DELETE FROM "Question" WHERE slug LIKE ${`${id}-%`}`
})

test.each(['', 'pages-', 'companies', 'companies-1', 'members-00000000-0000-0000-0000-000000000000', 'toString', '__proto__'])(
  '%j is no part',
  async (part) => {
    expect(await listSitemapPages(part)).toBeNull()
  },
)
