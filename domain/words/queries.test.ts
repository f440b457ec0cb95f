import { beforeAll, describe, expect, test } from 'vitest'
import { findSimilar } from '#domain/similar/queries.ts'
import { db } from '#lib/db.ts'
import { makeAnswer, makeCommunity, makeMentor, makeQuestion } from '#testing/factories.ts'

let product: { id: string }
let mentor: { id: string }

beforeAll(async () => {
  product = await makeCommunity({ name: 'Product' })
  mentor = await makeMentor({ name: 'Zoë Müller', title: 'Head of Product' })
  // Beside others, of which the words say something.
  for (const title of ['Is an MBA worth it for product managers?', 'What is your first week in a new team like?'])
    await makeQuestion(product.id, { title })
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
