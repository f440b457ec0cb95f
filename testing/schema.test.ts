import { describe, expect, test } from 'vitest'
import { currentSlug } from '#domain/moved-slug/queries.ts'
import { db } from '#lib/db.ts'
import { crowd } from '#testing/crowd.ts'
import { makeAma, makeAnswer, makeCommunity, makeMentor, makeQuestion, makeTopic } from '#testing/factories.ts'

describe('slugs', () => {
  test('what moved is found under every address it had', async () => {
    const { id } = await makeCommunity({ slug: 'nursing' })
    await db().community.update({ where: { id }, data: { slug: 'nurses' } })
    await db().community.update({ where: { id }, data: { slug: 'nursing-care' } })
    expect(await currentSlug('Community', 'nursing')).toBe('nursing-care')
    expect(await currentSlug('Community', 'nurses')).toBe('nursing-care')
    expect(await currentSlug('Community', 'nursing-care')).toBeNull()
  })

  test('an address is never given to another thing of its kind', async () => {
    const { id } = await makeMentor({ handle: 'ana-lima' })
    await db().member.update({ where: { id }, data: { handle: 'ana-de-lima' } })
    await expect(makeMentor({ handle: 'ana-lima' })).rejects.toThrow('Unique constraint failed')
    const other = await makeMentor({ handle: 'bea-lima' })
    await expect(db().member.update({ where: { id: other.id }, data: { handle: 'ana-lima' } })).rejects.toThrow('Unique constraint failed')
  })

  test('a thing may take back an address of its own', async () => {
    const { id } = await makeCommunity({ slug: 'law' })
    await db().community.update({ where: { id }, data: { slug: 'lawyers' } })
    await db().community.update({ where: { id }, data: { slug: 'law' } })
    expect(await currentSlug('Community', 'lawyers')).toBe('law')
    expect(await currentSlug('Community', 'law')).toBeNull()
  })
})

describe('counters', () => {
  test('stay right while forty people answer and request the same question at once', async () => {
    const community = await makeCommunity()
    const question = await makeQuestion(community.id, { requestBase: 3 })
    const mentors = await crowd(Array.from({ length: 40 }, () => () => makeMentor()))
    await crowd<unknown>(
      mentors.flatMap(({ id }) => [
        () => makeAnswer(question.id, id, { viewBase: 2 }),
        () => db().answerRequest.create({ data: { questionId: question.id, memberId: id } }),
      ]),
    )
    const first = await db().answer.findFirst({ where: { questionId: question.id }, orderBy: [{ answeredAt: 'asc' }, { id: 'asc' }] })
    expect(await db().question.findUnique({ where: { id: question.id } })).toMatchObject({
      answerCount: 40,
      viewCount: 80,
      requestCount: 43,
      leadAnswerId: first?.id,
    })
    expect(await db().community.findUnique({ where: { id: community.id } })).toMatchObject({
      questionCount: 1,
      answerCount: 40,
      mentorCount: 40,
    })
  })

  test('go down again when answers, requests and people go', async () => {
    const community = await makeCommunity()
    const topic = await makeTopic(community.id)
    const [ana, ben] = [await makeMentor(), await makeMentor()]
    const ama = await makeAma({ communityId: community.id, topicId: topic.id }, [ana], new Date('2024-05-31T10:00:00Z'))
    const question = await makeQuestion(community.id, { amaId: ama.id, number: 1, topicId: topic.id })
    const early = await makeAnswer(question.id, ana.id, { answeredAt: new Date('2024-05-31T10:05:00Z'), viewBase: 7 })
    const late = await makeAnswer(question.id, ben.id, { answeredAt: new Date('2024-06-01T10:05:00Z') })
    await db().answerRequest.create({ data: { questionId: question.id, memberId: ben.id } })

    await db().answer.delete({ where: { id: early.id } })
    expect(await db().question.findUnique({ where: { id: question.id } })).toMatchObject({
      answerCount: 1,
      viewCount: 0,
      leadAnswerId: late.id,
    })
    expect(await db().member.findUnique({ where: { id: ana.id } })).toMatchObject({ answerCount: 0, viewCount: 0, amaCount: 1 })

    await db().answer.delete({ where: { id: late.id } })
    await db().member.delete({ where: { id: ben.id } })
    expect(await db().question.findUnique({ where: { id: question.id } })).toMatchObject({
      answerCount: 0,
      requestCount: 0,
      leadAnswerId: null,
      leadExcerpt: null,
    })
    expect(await db().ama.findUnique({ where: { id: ama.id } })).toMatchObject({ questionCount: 1, answeredCount: 0 })
    expect(await db().topic.findUnique({ where: { id: topic.id } })).toMatchObject({ questionCount: 1, answerCount: 0 })

    await db().ama.update({ where: { id: ama.id }, data: { cancelledAt: new Date() } })
    expect(await db().community.findUnique({ where: { id: community.id } })).toMatchObject({ amaCount: 0, answerCount: 0, mentorCount: 1 })
    expect(await db().member.findUnique({ where: { id: ana.id } })).toMatchObject({ amaCount: 0 })
  })
})

describe('wrong data is impossible', () => {
  test('a topic of another community', async () => {
    const [here, there] = [await makeCommunity(), await makeCommunity()]
    const topic = await makeTopic(there.id)
    await expect(makeQuestion(here.id, { topicId: topic.id })).rejects.toThrow()
  })

  test('a question that moves to another community', async () => {
    const [here, there] = [await makeCommunity(), await makeCommunity()]
    const question = await makeQuestion(here.id)
    await expect(db().question.update({ where: { id: question.id }, data: { communityId: there.id } })).rejects.toThrow(
      'stays in its community',
    )
  })

  test.each([
    ['a title of nine characters', { title: 'Too short' }],
    ['a number without an AMA', { number: 1 }],
    ['fewer requests than none', { requestBase: -1 }],
    ['a slug with capitals', { slug: 'What-Now' }],
  ])('a question with %s', async (_, given) => {
    await expect(makeQuestion((await makeCommunity()).id, given)).rejects.toThrow()
  })
})
