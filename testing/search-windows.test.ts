import { beforeAll, expect, test } from 'vitest'
import { search } from '#domain/search/queries.ts'
import { readAsked, type SearchKind, type SearchSort } from '#domain/search/rules.ts'
import { db } from '#lib/db.ts'
import { makeCommunity } from '#testing/factories.ts'

/** Questions of which statistics tell, as they are read once: a word that all have, more of them than are counted. */
const MANY = 2_400
let community: { id: string }

beforeAll(async () => {
  community = await makeCommunity({ name: 'Quarry', slug: 'quarry' })
  await ask(MANY, { title: 'Which granite is in wall', age: 400, views: 20 })
  await ask(1, { title: 'Is it granite, in number', age: 10, views: 30 })
  // What the orders put first has come last.
  await ask(1, { title: 'Which granite is the newest', age: 0, views: 20 })
  await ask(1, { title: 'Which granite is read most', age: 400, views: 90_000 })
  // Each word stands in more than are counted, and both in fewer, of which more are read much than of others.
  await ask(500, { title: 'Is copper like slate', age: 200, views: 5_000 })
  await ask(400, { title: 'Is copper under slate', age: 200, views: 20 })
  await ask(1_500, { title: 'Who mines copper', age: 200, views: 20 })
  await ask(700, { title: 'Who splits slate', age: 200, views: 20 })
  await ask(200, { title: 'Is copper in feldspar', age: 1, views: 20 })
  await ask(1_400, { title: 'Who grinds feldspar', age: 300, views: 20 })
  for (const table of ['QuestionWords', 'AnswerWords']) await db().$executeRawUnsafe(`ANALYZE "${table}"`)
}, 60_000)

test.each<[string, SearchSort, SearchKind | undefined, string]>([
  ['granite', 'newest', 'questions', 'Which granite is the newest 1?'],
  ['granite', 'newest', undefined, 'Which granite is the newest 1?'],
  ['granite', 'read', 'questions', 'Which granite is read most 1?'],
  ['granite', 'best', 'questions', 'Which granite is read most 1?'],
  ['granite', 'best', undefined, 'Which granite is read most 1?'],
  ['is:open', 'newest', 'questions', 'Which granite is the newest 1?'],
  ['is:open', 'read', 'questions', 'Which granite is read most 1?'],
  ['granite -wall', 'newest', 'questions', 'Which granite is the newest 1?'],
  ['granite before:2099', 'newest', 'questions', 'Which granite is the newest 1?'],
  ['before:2099', 'best', 'questions', 'Which granite is read most 1?'],
])('Of more than are looked at, %s in the order %s (%s) has first what that order puts first', async (query, sort, kind, title) => {
  const found = await search(readAsked(query), kind, undefined, sort)
  expect(found?.questions?.rows[0]?.title).toBe(title)
})

test('Everything is met once from page to page, also what the newest month does not have', async () => {
  const seen: string[] = []
  let after: string | undefined
  do {
    const page = (await search(readAsked('granite'), 'questions', after, 'newest'))?.questions
    seen.push(...(page?.rows.map(({ id }) => id) ?? []))
    after = page?.next ?? undefined
  } while (after && seen.length < 200)
  expect(new Set(seen).size).toBe(seen.length)
  expect(seen.length).toBeGreaterThanOrEqual(200)
})

test.each<[string, SearchSort, SearchKind | undefined, number, boolean]>([
  ['granite', 'best', undefined, 1_000, true],
  // The sample tells of the first that there are more than are counted, and of the others too little.
  ['copper', 'best', undefined, 1_000, true],
  ['copper slate', 'best', undefined, 900, false],
  ['copper slate', 'best', 'answers', 900, false],
  // Of two hundred, all of this month, there are no more.
  ['copper feldspar', 'newest', undefined, 200, false],
  ['copper feldspar', 'newest', 'answers', 200, false],
  ['copper before:2099', 'newest', undefined, 1_000, true],
])('Of what is not asked for alone, %s (%s, %s) is counted: %i, of more: %s', async (query, sort, kind, count, atLeast) => {
  const found = await search(readAsked(query), kind, undefined, sort)
  expect(found?.counts.questions).toEqual({ count, atLeast })
})

/** Asks at once, `age` days ago and a little longer each. */
async function ask(count: number, { title, age, views }: { title: string; age: number; views: number }): Promise<void> {
  await db().$executeRaw`
    INSERT INTO "Question" (id, slug, "communityId", title, "askedAt", "viewCount")
    SELECT gen_random_uuid(), gen_random_uuid()::text, ${community.id}::uuid, ${title} || ' ' || n || '?', now() - make_interval(days => ${age}, mins => n::int), ${views}
    FROM generate_series(1, ${count}) n`
}
