import { beforeAll, describe, expect, test } from 'vitest'
import { findSimilar, questionsLike } from '#domain/similar/queries.ts'
import { db } from '#lib/db.ts'
import { makeAnswer, makeCommunity, makeMentor, makeQuestion, makeTopic } from '#testing/factories.ts'

let product: { id: string }
let support: { id: string }

beforeAll(async () => {
  product = await makeCommunity({ name: 'Product' })
  support = await makeCommunity({ name: 'Support' })
  const mentor = await makeMentor({ name: 'Zoë Müller', title: 'Head of Product' })
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

describe('A question is found by', () => {
  const titles = async (typed: string) => (await findSimilar(typed, { limit: 5 })).map(({ title }) => title)

  test('words that mean the same', async () => {
    const title = 'When do you dismiss a colleague who never arrives?'
    await makeQuestion(product.id, { title })
    expect(await titles('is it fine to fire a coworker')).toContain(title)
  })

  test('a phrase whose short form is typed, and the other way round', async () => {
    const title = 'Does a customer success manager need a moustache?'
    await makeQuestion(product.id, { title })
    expect(await titles('csm with a moustache')).toContain(title)
    const short = 'Do QBRs need a trombone?'
    await makeQuestion(product.id, { title: short })
    expect(await titles('quarterly business review with a trombone')).toContain(short)
  })

  test('the names of its topic', async () => {
    const topic = await makeTopic(product.id, { name: 'Falconry', synonyms: ['birds of prey'] })
    const title = 'Which glove lasts longest in winter?'
    await makeQuestion(product.id, { title, topicId: topic.id })
    expect(await titles('gloves for birds of prey')).toContain(title)
    expect(await titles('gloves for submarines of war')).not.toContain(title)
  })

  test('words that are nearly typed right', async () => {
    const title = 'How do you deprecate a xylophone that paying customers still play?'
    await makeQuestion(product.id, { title })
    await db().$executeRaw`ANALYZE "QuestionWords"`
    expect(await titles('depracate the xylphone we play')).toContain(title)
  })

  test('one word of it alone: no', async () => {
    await makeQuestion(product.id, { title: 'Who waters the begonias in August?' })
    expect(await titles('do begonias dream of electric sheep')).toEqual([])
  })
})

describe('Questions like one that is there', () => {
  test('are the closest, without itself and without what is hidden', async () => {
    const make = (title: string, data = {}) => makeQuestion(product.id, { title, ...data })
    const one = await make('How do you mend a leaking gondola?')
    const other = await make('Is a leaking gondola worth mending?')
    await make('Can one mend a leaking gondola at sea?', { hiddenAt: new Date() })
    const like = await questionsLike({ id: one.id, title: one.title, communityId: product.id })
    expect(like.map(({ questionId }) => questionId)).toEqual([other.id])
  })

  test('are none for a title that says nothing', async () => {
    const { id, title } = await makeQuestion(product.id, { title: 'What do you do when it is not?' })
    expect(await questionsLike({ id, title, communityId: product.id })).toEqual([])
  })
})

async function communityOf(questionId = ''): Promise<string | undefined> {
  return (await db().question.findUnique({ where: { id: questionId } }))?.communityId
}
