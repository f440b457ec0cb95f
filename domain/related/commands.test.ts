import { beforeEach, expect, test } from 'vitest'
import { countHelped } from '#domain/member/commands.ts'
import { refreshRelated, sweepRelated } from '#domain/related/commands.ts'
import { relatedAmas, relatedQuestions, topMentors } from '#domain/related/queries.ts'
import { RESTS_FOR } from '#domain/related/rules.ts'
import { db } from '#lib/db.ts'
import { makeAma, makeAnswer, makeCommunity, makeMentor, makeQuestion, makeTopic, makeViewer } from '#testing/factories.ts'

/** When all that was changed by now has rested. */
const soon = () => new Date(Date.now() + RESTS_FOR + 1_000)
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000)

let community: { id: string }
let topic: { id: string }
let other: { id: string }
let ada: { id: string }
let ben: { id: string }

beforeEach(async () => {
  // What earlier tests left is worked out.
  await db().relatedToQuestion.updateMany({ data: { dueAt: null } })
  community = await makeCommunity()
  ;[topic, other] = [await makeTopic(community.id), await makeTopic(community.id)]
  ;[ada, ben] = [await makeMentor({ name: 'Ada' }), await makeMentor({ name: 'Ben' })]
})

const ask = (title: string, topicId = topic.id, askedAt = daysAgo(30)) => makeQuestion(community.id, { title, topicId, askedAt })
const rowOf = (questionId: string) => db().relatedToQuestion.findUniqueOrThrow({ where: { questionId } })
const railOf = async (id: string) => {
  const question = await db().question.findUniqueOrThrow({ where: { id } })
  return (await relatedQuestions(question)).map(({ title }) => title)
}
const held = ({ id }: { id: string }, days: number, topicId = topic.id, given = {}) =>
  makeAma({ communityId: community.id, topicId }, [{ id, companyId: null, title: null }], daysAgo(days), given)

test('a question that was asked is worked out once it has rested: what is like it stands first, also of another topic', async () => {
  const question = await ask('How do I prepare a roadmap review with executives?')
  await ask('Which snacks are best at a stand-up?')
  const like = await ask('How do you prepare a roadmap review?', other.id)
  expect((await rowOf(question.id)).dueAt).not.toBeNull()

  await refreshRelated(new Date())
  expect((await rowOf(question.id)).refreshedAt).toBeNull()

  await refreshRelated(soon())
  const row = await rowOf(question.id)
  expect(row.dueAt).toBeNull()
  expect(row.questions[0]).toBe(like.id)
  expect((await railOf(question.id))[0]).toBe('How do you prepare a roadmap review?')
})

test('what changes again before it has rested is worked out once, after the last change', async () => {
  const question = await ask('When is a beta over?')
  await db().relatedToQuestion.update({ where: { questionId: question.id }, data: { dueAt: daysAgo(1) } })
  const before = new Date()
  await db().question.update({ where: { id: question.id }, data: { title: 'When does a beta end?' } })
  expect((await rowOf(question.id)).dueAt?.getTime()).toBeGreaterThanOrEqual(before.getTime())
  await refreshRelated(new Date())
  expect((await rowOf(question.id)).refreshedAt).toBeNull()
})

test.each([
  ['its words', (id: string) => db().question.update({ where: { id }, data: { title: 'What else?' } })],
  ['its topic', (id: string) => db().question.update({ where: { id }, data: { topicId: other.id } })],
  ['an answer', (id: string) => makeAnswer(id, ada.id)],
  ['being hidden', (id: string) => db().question.update({ where: { id }, data: { hiddenAt: new Date() } })],
])('%s makes a question due', async (_, change) => {
  const { id } = await ask('What is it that changes?')
  await db().relatedToQuestion.update({ where: { questionId: id }, data: { dueAt: null } })
  await change(id)
  expect((await rowOf(id)).dueAt).not.toBeNull()
})

test('requests and views make nothing due', async () => {
  const { id } = await ask('What is it that people read?')
  await makeAnswer(id, ada.id)
  await db().relatedToQuestion.update({ where: { questionId: id }, data: { dueAt: null } })
  const { memberId } = await makeViewer()
  await db().answerRequest.create({ data: { questionId: id, memberId } })
  await db().answer.updateMany({ where: { questionId: id }, data: { viewCount: { increment: 5 } } })
  expect((await rowOf(id)).dueAt).toBeNull()
})

test('what was answered today makes those due that it is like, and they make no others due', async () => {
  const early = await ask('How do I price a pilot for a large customer?')
  await refreshRelated(soon())
  const late = await ask('How do I price a pilot?', topic.id, new Date())
  await refreshRelated(soon())
  expect((await rowOf(early.id)).dueAt).not.toBeNull()
  await refreshRelated(new Date(soon().getTime() + RESTS_FOR))
  expect((await rowOf(early.id)).questions).toContain(late.id)
  expect(await db().relatedToQuestion.count({ where: { questionId: { in: [early.id, late.id] }, dueAt: { not: null } } })).toBe(0)
})

test('a run that ends in the middle has done a part, and the next one does the rest with the same result', async () => {
  for (let i = 0; i < 6; i++)
    await makeAnswer((await ask(`How do I write release notes, part ${'abcdef'[i]}?`)).id, i % 2 ? ada.id : ben.id)
  const now = soon()
  const all = { question: { communityId: community.id } }
  const result = async () => {
    const rows = await db().relatedToQuestion.findMany({ where: all, orderBy: { questionId: 'asc' } })
    return rows.map(({ questionId, questions, amas, views }) => ({ questionId, questions, amas, views }))
  }
  await refreshRelated(now)
  const whole = await result()
  expect(whole.every(({ questions }) => questions.length === 5)).toBe(true)

  await db().relatedToQuestion.updateMany({ where: all, data: { questions: [], amas: [], dueAt: daysAgo(1) } })
  await refreshRelated(now, 2)
  expect(await db().relatedToQuestion.count({ where: { ...all, dueAt: { not: null } } })).toBe(4)
  await Promise.all([refreshRelated(now), refreshRelated(now)])
  expect(await result()).toEqual(whole)
  await refreshRelated(now)
  expect(await result()).toEqual(whole)
})

test('an AMA that is published stands beside others of its topic before later ones of another, and none of the same mentor', async () => {
  const [mine, first] = [await held(ada, 20), await held(ben, 200)]
  const [again, apart] = [await held(ada, 10), await held(await makeMentor({ name: 'Cleo' }), 5, other.id)]
  await refreshRelated(new Date())
  const rail = async () => (await relatedAmas({ communityId: community.id, topicId: topic.id, amaId: mine.id })).map(({ id }) => id)
  expect(await db().relatedToAma.findUniqueOrThrow({ where: { amaId: mine.id } })).toMatchObject({ amas: [first.id, apart.id] })
  expect(await rail()).toEqual([first.id, apart.id])
  expect(await rail()).not.toContain(again.id)

  const draft = await held(await makeMentor({ name: 'Dan' }), 1, topic.id, { publishedAt: null })
  await refreshRelated(new Date())
  expect(await rail()).not.toContain(draft.id)
  await db().ama.update({ where: { id: draft.id }, data: { publishedAt: new Date() } })
  await refreshRelated(new Date())
  expect((await rail())[0]).toBe(draft.id)
})

test('a community is worked out again where something changed, and not for what is dated later than now', async () => {
  await held(ada, 20, topic.id, { createdAt: daysAgo(-3), closedAt: daysAgo(-2) })
  const refreshedAt = async () => (await db().topMentors.findUnique({ where: { communityId: community.id } }))?.refreshedAt
  const now = new Date()
  await refreshRelated(now)
  expect(await refreshedAt()).toEqual(now)
  await refreshRelated(new Date(now.getTime() + 120_000))
  expect(await refreshedAt()).toEqual(now)
  const after = daysAgo(-4)
  await refreshRelated(after)
  expect(await refreshedAt()).toEqual(after)
})

test('mentors are ranked by whom they helped there: themselves and suspended people count for nobody', async () => {
  const [first, second, third] = [
    await ask('What is the first of them?'),
    await ask('What is the second of them?'),
    await ask('What is the third of them?'),
  ]
  const people = await Promise.all([1, 2, 3, 4].map(() => makeViewer()))
  await db().account.updateMany({ where: { memberId: { in: people.map(({ memberId }) => memberId) } }, data: { createdAt: daysAgo(30) } })
  const wants = (questionId: string, memberId: string) =>
    db().answerRequest.create({ data: { questionId, memberId, requestedAt: daysAgo(3) } })
  for (const { memberId } of people.slice(0, 2)) await wants(first.id, memberId)
  await wants(second.id, people[2]?.memberId ?? '')
  for (const memberId of [ben.id, people[3]?.memberId ?? '']) await wants(third.id, memberId)
  await db().account.update({ where: { memberId: people[3]?.memberId ?? '' }, data: { suspendedUntil: daysAgo(-3), suspendedFor: 'spam' } })
  const cleo = await makeMentor({ name: 'Cleo' })
  await makeAnswer(third.id, ben.id, { answeredAt: daysAgo(1) })
  await makeAnswer(second.id, cleo.id, { answeredAt: daysAgo(1) })
  await makeAnswer(first.id, ada.id, { answeredAt: daysAgo(1) })
  await countHelped(new Date())
  await sweepRelated(new Date())
  const [row] = await db().topMentors.findMany({ where: { communityId: community.id } })
  expect(row?.members).toEqual([ada.id, cleo.id, ben.id])
  expect((await topMentors(community.id, [ada.id])).mentors.map(({ name }) => name)).toEqual(['Cleo', 'Ben'])
})

test('whom an import counted counts for who answered first', async () => {
  const question = await makeQuestion(community.id, { title: 'How long is a trial?', topicId: topic.id, requestBase: 3 })
  await makeAnswer(question.id, ben.id, { answeredAt: daysAgo(9) })
  const later = await ask('How short is a trial?')
  await makeAnswer(later.id, ada.id, { answeredAt: daysAgo(1) })
  await sweepRelated(new Date())
  expect((await topMentors(community.id, [])).mentors.map(({ name }) => name)).toEqual(['Ben', 'Ada'])
})

test('a night makes those due that were read most since, and those whose turn was longest ago', async () => {
  const [read, old, fresh] = [await ask('What is read by many?'), await ask('What is old by now?'), await ask('What is fresh still?')]
  await makeAnswer(read.id, ada.id, { viewBase: 5_000_000 })
  const done = { dueAt: null, refreshedAt: daysAgo(1) }
  await db().relatedToQuestion.updateMany({ data: { ...done, views: 10_000_000 } })
  await db().relatedToQuestion.update({ where: { questionId: read.id }, data: { views: 1 } })
  await db().relatedToQuestion.update({ where: { questionId: old.id }, data: { refreshedAt: daysAgo(9) } })
  await sweepRelated(new Date(), 2)
  const due = await db().relatedToQuestion.findMany({ where: { dueAt: { not: null } } })
  expect(due.map(({ questionId }) => questionId).toSorted()).toEqual([read.id, old.id].toSorted())
  expect((await rowOf(fresh.id)).dueAt).toBeNull()
})

test('a question without a row, as a restored one may be, gets its row by the night', async () => {
  const question = await ask('Is this restored?')
  await db().relatedToQuestion.delete({ where: { questionId: question.id } })
  await sweepRelated(new Date())
  await refreshRelated(soon())
  expect((await rowOf(question.id)).refreshedAt).not.toBeNull()
})

test('a question that goes takes its row along, and leaves the rails of others', async () => {
  const [stays, goes] = [await ask('How do I run a retro?'), await ask('How do I run a retro well?')]
  await refreshRelated(soon())
  expect(await railOf(stays.id)).toContain('How do I run a retro well?')
  await db().question.delete({ where: { id: goes.id } })
  expect(await railOf(stays.id)).not.toContain('How do I run a retro well?')
  expect(await db().relatedToQuestion.count({ where: { questionId: goes.id } })).toBe(0)
})

test('what cannot be worked out is told, and put off: the others have their turn', async () => {
  const [first, bad] = [await ask('Who keeps the minutes?'), await ask('Who reads the minutes?')]
  const ama = await held(ada, 3)
  const elsewhere = await makeCommunity()
  const there = await makeTopic(elsewhere.id)
  const fine = await makeAma({ communityId: elsewhere.id, topicId: there.id }, [{ id: ben.id, companyId: null, title: null }], daysAgo(3))
  await db().$executeRaw`UPDATE "RelatedToQuestion" SET "dueAt" = "dueAt" - interval '1 minute' WHERE "questionId" = ${first.id}::uuid`
  await db().$executeRaw`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'This one is refused'; END $$`
  await db().$executeRawUnsafe(`CREATE TRIGGER refused BEFORE UPDATE OF "refreshedAt" ON "RelatedToQuestion" FOR EACH ROW
    WHEN (NEW."questionId" = '${bad.id}') EXECUTE FUNCTION refuse()`)
  await db().$executeRawUnsafe(`CREATE TRIGGER refused BEFORE INSERT ON "RelatedToAma" FOR EACH ROW
    WHEN (NEW."amaId" = '${ama.id}') EXECUTE FUNCTION refuse()`)
  const now = soon()
  await expect(refreshRelated(now)).rejects.toThrow('beside 2 things')
  await db().$executeRaw`DROP FUNCTION refuse CASCADE`

  expect((await rowOf(first.id)).refreshedAt).not.toBeNull()
  expect(await db().relatedToAma.findUnique({ where: { amaId: fine.id } })).not.toBeNull()
  expect(await rowOf(bad.id)).toMatchObject({ refreshedAt: null, dueAt: new Date(now.getTime() + 86_400_000) })
  await refreshRelated(soon())
  expect((await rowOf(bad.id)).refreshedAt).toBeNull()
  await refreshRelated(new Date(now.getTime() + 86_400_000 + RESTS_FOR))
  expect((await rowOf(bad.id)).refreshedAt).not.toBeNull()
  await sweepRelated(now)
  expect(await db().relatedToAma.findUnique({ where: { amaId: ama.id } })).not.toBeNull()
})
