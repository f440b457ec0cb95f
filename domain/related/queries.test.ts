import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { listAnswers } from '#domain/answer/queries.ts'
import { getQuestion } from '#domain/question/queries.ts'
import { refreshRelated, sweepRelated } from '#domain/related/commands.ts'
import { relatedAmas, relatedQuestions, topMentors } from '#domain/related/queries.ts'
import { RESTS_FOR, SHOWN } from '#domain/related/rules.ts'
import { db } from '#lib/db.ts'
import { makeAma, makeAnswer, makeCommunity, makeMentor, makeQuestion, makeTopic } from '#testing/factories.ts'

let communityId: string

beforeEach(async () => {
  communityId = (await makeCommunity()).id
})

test('what was not worked out yet has the next of the topic by views beside it, from the top again at the end', async () => {
  const topic = await makeTopic(communityId)
  const mentor = await makeMentor()
  const questions: { id: string; viewCount: number }[] = []
  for (let i = 0; i < 8; i++) {
    const question = await makeQuestion(communityId, { topicId: topic.id })
    await makeAnswer(question.id, mentor.id, { viewBase: 100 - i })
    questions.push({ id: question.id, viewCount: 100 - i })
  }
  const related = async (i: number) => {
    const question = questions[i] ?? expect.fail()
    return (await relatedQuestions({ ...question, topicId: topic.id, communityId })).map((row) =>
      questions.findIndex(({ id }) => id === row.id),
    )
  }
  expect(await related(0)).toEqual([1, 2, 3, 4, 5])
  expect(await related(6)).toEqual([7, 0, 1, 2, 3])
})

test('a topic with too few others is filled up from its community', async () => {
  const topic = await makeTopic(communityId)
  const question = await makeQuestion(communityId, { topicId: topic.id })
  const near = await makeQuestion(communityId, { topicId: topic.id })
  for (let i = 0; i < 3; i++) await makeQuestion(communityId)
  const rail = await relatedQuestions({ ...question, viewCount: 0 })
  expect(rail[0]?.id).toBe(near.id)
  expect(rail).toHaveLength(4)
})

test('a question to which the page leads already, since its answer was placed there, is not beside it too', async () => {
  const [here, given] = [await makeQuestion(communityId), await makeQuestion(communityId)]
  const mentor = await makeMentor()
  const answer = await makeAnswer(given.id, mentor.id)
  const other = await makeQuestion(communityId)
  await db().answerPlacement.create({
    data: { answerId: answer.id, questionId: here.id, mentorId: mentor.id, line: 'The same', placedAt: new Date() },
  })
  const view = (await getQuestion(here.slug)) ?? expect.fail()
  expect((await relatedQuestions(view)).map(({ id }) => id)).toEqual([other.id])
})

test('a community with one mentor more than the page has shows that one, and who is suspended in no rail', async () => {
  const [ada, ben] = [await makeMentor(), await makeMentor()]
  await db().communityMentor.createMany({ data: [ada, ben].map(({ id }) => ({ communityId, memberId: id })) })
  await sweepRelated(new Date())
  expect((await topMentors(communityId, [ada.id])).mentors.map(({ id }) => id)).toEqual([ben.id])
  await db().account.create({
    data: {
      memberId: ben.id,
      email: `${ben.id}@example.com`,
      emailProvedAt: new Date(),
      suspendedUntil: new Date(Date.now() + 86_400_000),
      suspendedFor: 'spam',
    },
  })
  expect((await topMentors(communityId, [ada.id])).mentors).toEqual([])
})

// A small world in which each thing may be seen or not; what is worked out before it changes is read after it.
const anyQuestion = fc.record({
  topic: fc.boolean(),
  inAma: fc.option(fc.nat(3)),
  answeredBy: fc.option(fc.nat(3)),
  hiddenBefore: fc.boolean(),
  hiddenAfter: fc.boolean(),
  answerHidden: fc.boolean(),
  deleted: fc.boolean(),
})
const anyAma = fc.record({ topic: fc.boolean(), by: fc.nat(3), published: fc.boolean(), cancelledAfter: fc.boolean() })
const anyMentor = fc.record({ suspended: fc.boolean(), leftAfter: fc.boolean() })
const anyWorld = fc.record({
  questions: fc.array(anyQuestion, { minLength: 1, maxLength: 7 }),
  amas: fc.array(anyAma, { maxLength: 4 }),
  mentors: fc.array(anyMentor, { minLength: 4, maxLength: 4 }),
  refreshed: fc.boolean(),
})

test('over random visibility no rail shows what a visitor may not see, repeats anything, or is empty while there is something', async () => {
  await fc.assert(fc.asyncProperty(anyWorld, holdsIn), { numRuns: 20 })
}, 300_000)

type World = typeof anyWorld extends fc.Arbitrary<infer Drawn> ? Drawn : never

async function holdsIn(world: World): Promise<void> {
  const made = await make(world)
  if (world.refreshed) {
    await sweepRelated(new Date())
    await refreshRelated(new Date(Date.now() + RESTS_FOR + 1_000))
  }
  await change(world, made)
  await look(world, made)
}

type Made = Awaited<ReturnType<typeof make>>

async function make(world: World) {
  // What is like it would come from earlier worlds too.
  await db().question.updateMany({ data: { hiddenAt: new Date() } })
  await db().ama.updateMany({ data: { cancelledAt: new Date() } })
  await db().relatedToQuestion.updateMany({ data: { dueAt: null } })
  const { id: communityId } = await makeCommunity()
  const topics = [await makeTopic(communityId), await makeTopic(communityId)]
  const topicOf = (first: boolean) => topics[first ? 0 : 1]?.id ?? ''
  const mentors = (await Promise.all(world.mentors.map(() => makeMentor()))).map(({ id }) => id)
  await db().communityMentor.createMany({ data: mentors.map((memberId) => ({ communityId, memberId })) })
  const mentor = (i: number) => mentors[i] ?? ''
  const amas: { id: string; topicId: string }[] = []
  for (const { topic, by, published } of world.amas) {
    const given = published ? {} : { publishedAt: null }
    const held = { id: mentor(by), companyId: null, title: null }
    amas.push(await makeAma({ communityId, topicId: topicOf(topic) }, [held], new Date('2025-05-01T10:00:00Z'), given))
  }
  const questions: { id: string; answerId: string | null }[] = []
  for (const [i, { topic, inAma, answeredBy, hiddenBefore }] of world.questions.entries()) {
    const ama = inAma === null ? undefined : amas[inAma]
    const place = ama ? { amaId: ama.id, number: i + 1, topicId: ama.topicId } : { topicId: topicOf(topic) }
    const hiddenAt = hiddenBefore ? new Date() : null
    const title = `How do we weigh option ${'abcdefg'[i]} against the plan?`
    const { id } = await makeQuestion(communityId, { ...place, title, hiddenAt })
    const answer = answeredBy === null ? null : await makeAnswer(id, mentor(answeredBy))
    questions.push({ id, answerId: answer?.id ?? null })
  }
  return { communityId, mentors, amas, questions }
}

async function change(world: World, { communityId, mentors, amas, questions }: Made): Promise<void> {
  for (const [i, { hiddenAfter, answerHidden, deleted }] of world.questions.entries()) {
    const { id, answerId } = questions[i] ?? expect.fail()
    if (hiddenAfter) await db().question.update({ where: { id }, data: { hiddenAt: new Date() } })
    if (answerHidden) await db().answer.updateMany({ where: { questionId: id }, data: { hiddenAt: new Date() } })
    if (deleted && !answerId) await db().question.delete({ where: { id } })
  }
  const cancelled = amas.filter((_, i) => world.amas[i]?.cancelledAfter).map(({ id }) => id)
  await db().ama.updateMany({ where: { id: { in: cancelled } }, data: { cancelledAt: new Date() } })
  for (const [i, memberId] of mentors.entries()) {
    const suspension = world.mentors[i]?.suspended ? { suspendedUntil: new Date(Date.now() + 86_400_000), suspendedFor: 'spam' } : {}
    await db().account.create({ data: { memberId, email: `${memberId}@example.com`, emailProvedAt: new Date(), ...suspension } })
    if (world.mentors[i]?.leftAfter) await db().communityMentor.delete({ where: { communityId_memberId: { communityId, memberId } } })
  }
}

async function look(world: World, { communityId, mentors }: Made): Promise<void> {
  const shown = await db().question.findMany({ where: { communityId, hiddenAt: null } })
  const present = mentors.filter((_, i) => !world.mentors[i]?.suspended && !world.mentors[i]?.leftAfter)
  const others = (all: string[], without: string[]) => all.filter((id) => !without.includes(id))
  const questions = shown.map(({ id }) => id)
  for (const { id, slug, amaId } of shown) {
    const page = (await getQuestion(slug)) ?? expect.fail()
    const beside = (await relatedQuestions(page)).map(({ id }) => id)
    expectRail(beside, others(questions, [id]), SHOWN.questions)
    const answering = (await listAnswers(id))?.rows.map(({ mentorId }) => mentorId) ?? []
    const { mentors: top } = await topMentors(communityId, answering)
    expectRail(
      top.map(({ id }) => id),
      others(present, answering),
      SHOWN.mentors,
    )
    const holding = await db().amaMentor.findMany({ where: { amaId: amaId ?? communityId } })
    await expectAmas({ ...page, questionId: id }, [...answering, ...holding.map(({ memberId }) => memberId)])
  }
  for (const { id, topicId, mentors: holding } of await openAmas(communityId)) {
    await expectAmas(
      { communityId, topicId, amaId: id },
      holding.map(({ memberId }) => memberId),
    )
  }
}

function openAmas(communityId: string) {
  return db().ama.findMany({ where: { communityId, cancelledAt: null, publishedAt: { not: null } }, include: { mentors: true } })
}

/** AMAs without those of the page's own mentors, of each mentor one: as many as there are mentors, up to what a rail shows. */
async function expectAmas(page: Parameters<typeof relatedAmas>[0], own: string[]) {
  const open = (await openAmas(page.communityId)).flatMap(({ id, mentors }) => mentors.map(({ memberId }) => ({ id, memberId })))
  const others = open.filter(({ id, memberId }) => id !== page.amaId && !own.includes(memberId))
  const rail = await relatedAmas(page)
  for (const { id } of rail) expect(others.map((other) => other.id)).toContain(id)
  const by = rail.flatMap(({ mentors }) => mentors.map(({ id }) => id))
  expect(new Set(by).size).toBe(by.length)
  expect(rail).toHaveLength(Math.min(SHOWN.amas, new Set(others.map(({ memberId }) => memberId)).size))
}

/** Nothing but what may be there, nothing twice, and as much of it as the rail shows. */
function expectRail(rail: string[], others: string[], size: number) {
  for (const id of rail) expect(others).toContain(id)
  expect(new Set(rail).size).toBe(rail.length)
  expect(rail).toHaveLength(Math.min(size, others.length))
}
