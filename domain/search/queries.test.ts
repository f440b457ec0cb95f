import { beforeAll, describe, expect, test } from 'vitest'
import { findSimilar } from '#domain/search/queries.ts'
import { db } from '#lib/db.ts'
import { makeAnswer, makeCommunity, makeMentor, makeQuestion } from '#testing/factories.ts'

let product: { id: string }
let support: { id: string }
let mentor: { id: string }

beforeAll(async () => {
  product = await makeCommunity({ name: 'Product' })
  support = await makeCommunity({ name: 'Support' })
  mentor = await makeMentor({ name: 'Zoë Müller', title: 'Head of Product' })
  const titles = [
    'Is an MBA worth it for product managers?',
    'How do you prioritise a backlog when everything is urgent?',
    'What do you say to customers when a launch slips?',
    'How do you set prices for a product that nobody has sold before?',
    'What is your first week in a new team like?',
  ]
  for (const title of titles) await makeQuestion(product.id, { title })
  const twin = { title: 'How do you hand over angry customers to a colleague?' }
  await makeQuestion(product.id, { ...twin, viewCount: 500 })
  await makeQuestion(support.id, twin)
  const question = await makeQuestion(product.id, { title: 'Which ceremonies does your team really keep?' })
  await makeAnswer(question.id, mentor.id, {
    body: 'Few of them.\n\nWe dropped the weekly retrospective, since a remote team in four time zones never found an hour for it. Nobody misses it.\n\nThe demo stays.',
  })
}, 60_000)

describe('What somebody types is answered by', () => {
  test.each([
    ['MBA for a product manager: worth the money?', 'Is an MBA worth it for product managers?'],
    ['how to prioritise my backlog if all is urgent', 'How do you prioritise a backlog when everything is urgent?'],
    ['How should I price a product nobody has sold', 'How do you set prices for a product that nobody has sold before?'],
    ['what to tell customers when the launch is late', 'What do you say to customers when a launch slips?'],
  ])('%s: the question that is like it', async (typed, title) => {
    const [first] = await findSimilar(typed)
    expect(first).toMatchObject({ kind: 'question', title, passage: null })
  })

  test('the passage of an answer whose question says nothing of it', async () => {
    const [first] = await findSimilar('weekly retrospective of a remote team')
    expect(first).toMatchObject({ kind: 'answer', title: 'Which ceremonies does your team really keep?' })
    expect(first?.passage).toMatch(/^We dropped the weekly retrospective/)
    expect(first?.url).toContain(`#answer-${first?.answerId}`)
  })

  test('the one of the own community first, of two that are alike', async () => {
    const found = await findSimilar('handing over angry customers to a colleague', { communityId: support.id })
    expect(found).toHaveLength(2)
    expect(await communityOf(found[0]?.questionId)).toBe(support.id)
    const [elsewhere] = await findSimilar('handing over angry customers to a colleague')
    expect(await communityOf(elsewhere?.questionId)).toBe(product.id)
  })

  test('three at most, and fewer when asked for', async () => {
    for (let n = 0; n < 5; n++) await makeQuestion(product.id, { title: `Which kettle do you use in office number ${n}?` })
    expect(await findSimilar('which kettle do you use in the office')).toHaveLength(3)
    expect(await findSimilar('which kettle do you use in the office', { limit: 1 })).toHaveLength(1)
  })
})

test.each([
  ['less than ten characters', 'MBA worth'],
  ['nothing', ''],
  ['words that say nothing', 'what do you do when it is not'],
  ['words that nobody wrote', 'quantum chromodynamics of gluons'],
  ['another script', '製品の価格をどう決めますか。教えてください'],
  ['signs of a query', `'); DROP TABLE "Question"; -- & | ! <-> :* \\ %`],
  ['a null byte', 'prices\u0000\u0000\u0000\u0000\u0000\u0000\u0000'],
  ['half a character', 'glüons \ud83d \ud83d \ud83d'],
])('%s: nothing, and no error', async (_what, typed) => {
  expect(await findSimilar(typed)).toEqual([])
})

test('what was typed may be of any length', async () => {
  expect(await findSimilar('backlog urgent prioritise everything '.repeat(1_000))).not.toEqual([])
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
    expect(await wordsOf(question.id)).toContain('tier 18')
  })
})

async function communityOf(questionId = ''): Promise<string | undefined> {
  return (await db().question.findUnique({ where: { id: questionId } }))?.communityId
}

async function wordsOf(questionId: string): Promise<string[]> {
  const rows = await db().$queryRaw<{ word: string }[]>`
    SELECT unnest(tsvector_to_array(words)) AS word FROM "QuestionWords" WHERE "questionId" = ${questionId}::uuid`
  return rows.map(({ word }) => word)
}
