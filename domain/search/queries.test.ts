import { beforeAll, describe, expect, test } from 'vitest'
import { search } from '#domain/search/queries.ts'
import { findSimilar } from '#domain/similar/queries.ts'
import { db } from '#lib/db.ts'
import { makeAma, makeAnswer, makeCommunity, makeCompany, makeMentor, makeQuestion, makeTopic } from '#testing/factories.ts'

let product: { id: string }
let mentor: { id: string }

beforeAll(async () => {
  product = await makeCommunity({ name: 'Product' })
  mentor = await makeMentor({ name: 'Zoë Müller', title: 'Head of Product' })
  const titles = [
    'Is an MBA worth it for product managers?',
    'How do you prioritise a backlog when everything is urgent?',
    'What do you say to customers when a launch slips?',
    'How do you set prices for a product that nobody has sold before?',
    'What is your first week in a new team like?',
  ]
  for (const title of titles) await makeQuestion(product.id, { title })
  const question = await makeQuestion(product.id, { title: 'Which ceremonies does your team really keep?' })
  await makeAnswer(question.id, mentor.id, {
    body: 'Few of them.\n\nWe dropped the weekly retrospective, since a remote team in four time zones never found an hour for it. Nobody misses it.\n\nThe demo stays.',
  })
}, 60_000)

describe('A search', () => {
  test('finds what has all words before what has some, and what is read more before what is read less', async () => {
    await makeQuestion(product.id, { title: 'Should a lighthouse keeper own a dog?', viewCount: 3 })
    await makeQuestion(product.id, { title: 'Does a dog mind the noise of the lighthouse?', viewCount: 900 })
    await makeQuestion(product.id, { title: 'How tall is a lighthouse, usually?', viewCount: 90_000 })
    await makeQuestion(product.id, { title: 'Which breakfast do you make at sea?', details: 'In a lighthouse, with a dog.' })
    const finds = await search('dog lighthouse', 'questions')
    expect(finds?.questions?.rows.map(({ title }) => title)).toEqual([
      'Does a dog mind the noise of the lighthouse?',
      'Should a lighthouse keeper own a dog?',
      'How tall is a lighthouse, usually?',
      'Which breakfast do you make at sea?',
    ])
    expect([...(finds?.questions?.forms ?? [])]).toEqual(
      expect.arrayContaining([
        ['dog', 'dog'],
        ['lighthouse', 'lighthous'],
      ]),
    )
  })

  test('finds what has one of its words where nothing has the others', async () => {
    const { id } = await makeQuestion(product.id, { title: 'Who waters the ficus over the holidays?' })
    expect((await search('ficus chromodynamics gluons', 'questions'))?.questions?.rows.map((row) => row.id)).toEqual([id])
  })

  test('shows of an answer the passage that has the words', async () => {
    const finds = await search('remote retrospectives', 'answers')
    expect(finds?.answers?.rows[0]?.excerpt).toMatch(/^We dropped the weekly retrospective/)
  })

  test.each(['zoe muller', 'Müller', 'mueler zoe muller', 'head of product'])('finds a mentor as "%s"', async (typed) => {
    const finds = await search(typed, 'mentors')
    expect(finds?.mentors?.rows.map(({ id }) => id)).toContain(mentor.id)
  })

  test('finds an AMA by its topic, its mentors and their companies, also after those got other names', async () => {
    const topic = await makeTopic(product.id, { name: 'Beekeeping', synonyms: ['apiculture'] })
    const company = await makeCompany('Hive and Sons')
    const holder = await makeMentor({ name: 'Wanjiru Eze', companyId: company.id, title: 'Beekeeper' })
    const ama = await makeAma({ communityId: product.id, topicId: topic.id }, [holder], new Date())
    const found = async (typed: string) => (await search(typed, 'amas'))?.amas?.rows.some(({ id }) => id === ama.id)
    for (const typed of ['beekeeping', 'apiculture', 'wanjiru', 'hive']) expect([typed, await found(typed)]).toEqual([typed, true])
    await db().topic.update({ where: { id: topic.id }, data: { name: 'Bees' } })
    await db().member.update({ where: { id: holder.id }, data: { name: 'Wanjiru Eze-Weber' } })
    await db().company.update({ where: { id: company.id }, data: { name: 'Honeycomb' } })
    for (const typed of ['bees', 'weber', 'honeycomb']) expect([typed, await found(typed)]).toEqual([typed, true])
    expect(await found('hive')).toBe(false)
    await db().ama.update({ where: { id: ama.id }, data: { cancelledAt: new Date() } })
    expect(await found('honeycomb')).toBe(false)
  })

  test('without a kind finds some of each', async () => {
    const finds = await search('product')
    expect(finds?.questions?.rows.length).toBeGreaterThan(0)
    expect(finds?.mentors?.rows.length).toBeGreaterThan(0)
    expect([finds?.answers, finds?.amas]).toMatchObject([{ rows: [] }, {}])
  })

  test('goes on from page to page without leaving out or repeating anything, whatever comes in between', async () => {
    const expected = new Set<string>()
    for (let n = 0; n < 65; n++) {
      const title = `How often does windmill number ${n} turn${n % 3 ? '' : ' backwards'}?`
      expected.add((await makeQuestion(product.id, { title, viewCount: (n * 37) % 50 })).id)
    }
    const seen: string[] = []
    let after: string | undefined
    do {
      const page = (await search('windmills that turn backwards', 'questions', after))?.questions
      seen.push(...(page?.rows.map(({ id }) => id) ?? []))
      after = page?.next ?? undefined
      if (seen.length === 20) await makeQuestion(product.id, { title: 'Do windmills turn backwards in spring?', viewCount: 1_000_000 })
    } while (after)
    expect(seen).toHaveLength(65)
    expect(new Set(seen)).toEqual(expected)
  })

  test('says that a cursor is none of its own', async () => {
    expect(await search('product', 'questions', 'nonsense')).toBeNull()
    expect(await search('product', undefined, 'nonsense')).not.toBeNull()
  })

  test('shows nothing of what moderators hid', async () => {
    const question = await makeQuestion(product.id, { title: 'Is the marzipan better in Lübeck or in Toledo?', hiddenAt: new Date() })
    const answered = await makeQuestion(product.id, { title: 'What do you eat on a long train journey?' })
    await makeAnswer(answered.id, mentor.id, { body: 'Marzipan, and nothing else.', hiddenAt: new Date() })
    const shy = await makeMentor({ name: 'Quentin Marzahn', bio: 'I collect marzipan.' })
    expect((await search('marzipan', 'mentors'))?.mentors?.rows).toMatchObject([{ id: shy.id }])
    await db().member.update({ where: { id: shy.id }, data: { profileHiddenAt: new Date() } })
    expect(await search('marzipan')).toMatchObject({ questions: { rows: [] }, answers: { rows: [] }, mentors: { rows: [] } })
    await db().question.update({ where: { id: question.id }, data: { hiddenAt: null } })
    expect(await search('marzipan')).toMatchObject({ questions: { rows: [{ id: question.id }] } })
  })

  test.each([
    ['nothing', '', false],
    ['words that say nothing', 'how to be the', false],
    ['signs of a query', `' \\ " ( & | ! <-> :* * % _ ; --`, false],
    ['signs around a word', `product:* & !('`, true],
    ['a null byte', 'pro\u0000duct', true],
    ['another script', 'منتج 製品 продукт', true],
    ['a thousand words', 'product team week '.repeat(1_000), true],
    ['a word without end', 'a'.repeat(5_000), true],
    ['faces', '🐦🐦🐦', false],
    ['half a character', 'product \ud83d', true],
  ])('answers %s without an error', async (_what, typed, said) => {
    for (const kind of [undefined, 'questions', 'answers', 'mentors', 'amas'] as const) {
      expect((await search(typed, kind))?.said).toBe(said)
    }
  })
})

describe('Words', () => {
  test('follow the title, the details and the body of what they are of', async () => {
    const question = await makeQuestion(product.id, { title: 'Where do you keep the zeppelins?' })
    const answer = await makeAnswer(question.id, mentor.id, { body: 'In the big hangar behind the lighthouse.' })
    expect(await wordsOf(question.id)).toContain('zeppelin')
    await db().question.update({ where: { id: question.id }, data: { title: 'Where do you keep the submarines?' } })
    expect(await wordsOf(question.id)).not.toContain('zeppelin')
    await db().answer.update({ where: { id: answer.id }, data: { body: 'In the harbour.' } })
    expect(await findSimilar('big hangar behind the lighthouse')).toEqual([])
    await db().answer.delete({ where: { id: answer.id } })
    await db().question.delete({ where: { id: question.id } })
    expect(await wordsOf(question.id)).toEqual([])
  })

  test('are gone while a moderator hides what they are of', async () => {
    const title = 'Which harpsichord would you buy as a beginner?'
    const question = await makeQuestion(product.id, { title })
    const answer = await makeAnswer(question.id, mentor.id, { body: 'A virginal is smaller, cheaper and easier to tune.' })
    await db().answer.update({ where: { id: answer.id }, data: { hiddenAt: new Date() } })
    expect(await findSimilar('virginal: smaller, cheaper, easier to tune')).toEqual([])
    expect(await findSimilar(title)).toMatchObject([{ kind: 'question', passage: null }])
    await db().answer.update({ where: { id: answer.id }, data: { hiddenAt: null } })
    await db().question.update({ where: { id: question.id }, data: { hiddenAt: new Date() } })
    expect(await findSimilar(title)).toEqual([])
    expect(await findSimilar('virginal: smaller, cheaper, easier to tune')).toEqual([])
    expect(await wordsOf(question.id)).toEqual([])
    await db().question.update({ where: { id: question.id }, data: { hiddenAt: null } })
    expect(await findSimilar(title)).toMatchObject([{ kind: 'answer', answerId: answer.id }])
  })

  test('know by how much a thing was read, and nothing of who counts', async () => {
    const question = await makeQuestion(product.id, { title: 'How many pigeons fit on one roof?' })
    const tier = async () => (await db().questionWords.findUniqueOrThrow({ where: { questionId: question.id } })).tier
    const tiers: number[] = []
    for (const viewCount of [0, 1, 2, 3, 4, 1_000, 10_000_000]) {
      await db().question.update({ where: { id: question.id }, data: { viewCount } })
      tiers.push(await tier())
    }
    expect(tiers).toEqual([0, 1, 2, 2, 3, 10, 18])
    // And by how much at least.
    expect(await wordsOf(question.id)).toEqual(expect.arrayContaining(['tier 1', 'tier 9', 'tier 18']))
    await db().question.update({ where: { id: question.id }, data: { viewCount: 0 } })
    expect((await wordsOf(question.id)).filter((word) => word.startsWith('tier'))).toEqual([])
  })
})

async function wordsOf(questionId: string): Promise<string[]> {
  const rows = await db().$queryRaw<{ word: string }[]>`
    SELECT unnest(tsvector_to_array(words)) AS word FROM "QuestionWords" WHERE "questionId" = ${questionId}::uuid`
  return rows.map(({ word }) => word)
}
