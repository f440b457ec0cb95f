import fc from 'fast-check'
import { v7 as uuid } from 'uuid'
import { expect, test } from 'vitest'
import { listCompanyAmas, listTopicAmas } from '#domain/ama/queries.ts'
import { hideAnswer } from '#domain/answer/commands.ts'
import { listCompanyAnswers, readBestOfTopic } from '#domain/answer/queries.ts'
import { listFormerMentors, listPresentMentors } from '#domain/company/queries.ts'
import { chooseLists, countHelped } from '#domain/member/commands.ts'
import { listCommunityMentors } from '#domain/member/queries.ts'
import { MENTOR_ORDERS, type MentorOrder } from '#domain/member/rules.ts'
import { deleteAccount } from '#domain/own-data/commands.ts'
import { hideQuestion, withdrawQuestion } from '#domain/question/commands.ts'
import { listCommunityQuestions, listTopicQuestions, listTopicUnanswered, listWorthReading } from '#domain/question/queries.ts'
import { QUESTION_ORDERS, type QuestionOrder } from '#domain/question/rules.ts'
import { topMentors } from '#domain/related/queries.ts'
import { db } from '#lib/db.ts'
import { makeAma, makeAnswer, makeCommunity, makeCompany, makeMentor, makeQuestion, makeTopic, makeViewer } from '#testing/factories.ts'
import { visit } from '#testing/people.ts'

const day = 86_400_000

/** What is shown has one mark in it, what nobody may see the other. */
const [SHOWN, SECRET] = ['kestrel', 'obsidian']

const questionStates = ['shown', 'left', 'hidden', 'held', 'withdrawn'] as const
const answerStates = ['none', 'shown', 'hidden'] as const
const amaStates = ['shown', 'draft', 'cancelled'] as const
const mentorStates = ['shown', 'by name alone', 'suspended', 'deleted'] as const

const place = fc.record({
  mentors: fc.array(fc.constantFrom(...mentorStates), { minLength: 4, maxLength: 6, size: 'max' }),
  questions: fc.array(
    fc.record({ state: fc.constantFrom(...questionStates), answer: fc.constantFrom(...answerStates), by: fc.nat(5), requests: fc.nat(3) }),
    { minLength: 6, maxLength: 10, size: 'max' },
  ),
  amas: fc.array(fc.constantFrom(...amaStates), { minLength: 2, maxLength: 4 }),
})

test('no list of a community, topic or company has anything in it that nobody may see, and each has all that it may show', async () => {
  await fc.assert(
    fc.asyncProperty(place, async (given) => {
      const made = await make(given)
      const lists = await readAll(made)
      for (const [name, rows] of Object.entries(lists)) {
        for (const secret of [SECRET, ...made.secrets]) expect(JSON.stringify(rows), name).not.toContain(secret)
      }
      for (const [name, ids] of Object.entries(made.expected)) {
        expect((lists[name] ?? []).map(({ id }) => id).toSorted(), name).toEqual(ids.toSorted())
      }
    }),
    { numRuns: 12 },
  )
})

type Place = typeof place extends fc.Arbitrary<infer P> ? P : never
type Made = Awaited<ReturnType<typeof make>>

/** `answer`: the id of the one that is shown with its question. */
type Asked = { id: string; isSecret: boolean; state: string; mentor: string; answer: string | null; requests: number }
type Held = { id: string; isSecret: boolean; mentor: string }

/** All lists of the place, each from its beginning. */
async function readAll({
  community,
  topic,
  company,
}: Pick<Made, 'community' | 'topic' | 'company'>): Promise<Record<string, { id: string }[]>> {
  const lists: Record<string, { id: string }[]> = {}
  for (const order of Object.keys(QUESTION_ORDERS) as QuestionOrder[]) {
    lists[`${order} of the community`] = (await listCommunityQuestions(community.id, order))?.rows ?? []
    lists[`${order} of the topic`] = (await listTopicQuestions(topic.id, order))?.rows ?? []
  }
  for (const order of Object.keys(MENTOR_ORDERS) as MentorOrder[]) {
    lists[`mentors, ${order}`] = (await listCommunityMentors(community.id, order, new Date()))?.rows ?? []
  }
  lists['open in the topic'] = await listTopicUnanswered(topic.id, 'open', 20)
  lists['left in the topic'] = await listTopicUnanswered(topic.id, 'left', 20)
  const best = await readBestOfTopic(topic.id, 20, 20)
  lists['best answers'] = best.answers
  lists['mentors of the topic'] = best.mentors
  lists['top mentors'] = (await topMentors(community.id, [])).mentors
  lists['AMAs of the topic'] = await listTopicAmas(topic.id, 20)
  lists['AMAs of the company'] = await listCompanyAmas(company.id, 20)
  lists['answers of the company'] = (await listCompanyAnswers(company.id))?.rows ?? []
  lists['there now'] = (await listPresentMentors(company.id)).mentors
  lists['there once'] = (await listFormerMentors(company.id)).mentors
  lists['worth reading'] = await listWorthReading(20)
  return lists
}

async function make({ mentors, questions, amas }: Place) {
  const community = await makeCommunity()
  const topic = await makeTopic(community.id)
  const company = await makeCompany(`Wren ${uuid()}`)
  const people = await Promise.all(mentors.map((state) => makeMentorIn(state, community.id, company.id)))
  const past = await makeAma({ communityId: community.id, topicId: topic.id }, [], new Date('2024-05-31T10:00:00Z'))
  const of = { community, topic, company, people, states: mentors, pastAma: past.id, moderator: await makeMentor() }
  const asked = []
  for (const [i, each] of questions.entries()) asked.push(await ask(of, each, i + 1))
  const held = []
  for (const state of amas) held.push(await hold(of, state))
  await leave(mentors, people)
  await countHelped(new Date())
  const secrets = [...asked.filter(({ isSecret }) => isSecret), ...held.filter(({ isSecret }) => isSecret)].map(({ id }) => id)
  return { community, topic, company, secrets, expected: expectedOf(of, asked, held) }
}

type Of = {
  community: { id: string }
  topic: { id: string }
  company: { id: string }
  people: Awaited<ReturnType<typeof makeMentorIn>>[]
  states: readonly string[]
  pastAma: string
  moderator: { id: string }
}

async function ask(
  { community, topic, company, people, pastAma, moderator }: Of,
  { state, answer, by, requests }: Place['questions'][number],
  number: number,
): Promise<Asked> {
  const isSecret = state !== 'shown' && state !== 'left'
  const asker = await makeViewer()
  const { id } = await makeQuestion(community.id, {
    topicId: topic.id,
    title: `What does a ${isSecret ? SECRET : SHOWN} do in winter?`,
    askedById: asker.memberId,
    ...(state === 'left' && { amaId: pastAma, number, closedAt: new Date('2024-06-09') }),
    ...(state === 'held' && { heldAt: new Date(), hiddenAt: new Date() }),
  })
  for (let n = 0; n <= requests; n++) {
    const { memberId } = n ? await makeViewer() : asker
    await db().answerRequest.create({ data: { questionId: id, memberId, requestedAt: new Date(Date.now() - day) } })
  }
  const mentor = people[by % people.length] ?? expect.fail()
  const isAnswered = answer !== 'none' && state !== 'withdrawn'
  const given = isAnswered ? await giveAnswer(id, mentor.id, company.id, isSecret || answer === 'hidden') : null
  if (given && answer === 'hidden') await hideAnswer(db(), given.id, moderator.id, new Date())
  if (state === 'hidden') await hideQuestion(db(), id, moderator.id, new Date())
  if (state === 'withdrawn') await withdrawQuestion(asker, { id })
  return { id, isSecret, state, mentor: mentor.id, answer: given && answer === 'shown' ? given.id : null, requests: 1 + requests }
}

async function hold({ community, topic, company, moderator }: Of, state: (typeof amaStates)[number]): Promise<Held> {
  const mentor = await makeMentor({ companyId: company.id })
  const ama = await makeAma({ communityId: community.id, topicId: topic.id }, [mentor], new Date(Date.now() - 30 * day), {
    ...(state === 'cancelled' && { cancelledAt: new Date(), cancelledById: moderator.id }),
    ...(state === 'draft' && { publishedAt: null }),
  })
  return { id: ama.id, isSecret: state !== 'shown', mentor: mentor.id }
}

/** What each list is to have, by ids. */
function expectedOf({ people, states, pastAma }: Of, asked: Asked[], held: Held[]): Record<string, string[]> {
  const ids = (rows: { id: string }[]) => rows.map(({ id }) => id)
  const shown = asked.filter(({ isSecret }) => !isSecret)
  const answered = shown.filter(({ answer }) => answer !== null)
  const unanswered = shown.filter(({ answer }) => answer === null)
  const answersBy = (mentors: string[]) => answered.flatMap(({ answer, mentor }) => (answer && mentors.includes(mentor) ? [answer] : []))
  const are = (...of: string[]) => ids(people.filter((_, i) => of.includes(states[i] ?? '')))
  const helping = (mentors: string[]) => mentors.filter((id) => answered.some(({ mentor }) => mentor === id))
  const amas = ids(held.filter(({ isSecret }) => !isSecret))
  const ofBoth = (list: string, rows: { id: string }[]) => [
    [`${list} of the community`, ids(rows)],
    [`${list} of the topic`, ids(rows)],
  ]
  return Object.fromEntries([
    ...['read', 'hot', 'newest'].flatMap((order) => ofBoth(order, shown)),
    ...ofBoth(
      'requested',
      shown.filter(({ requests }) => requests > 1),
    ),
    ...ofBoth('unanswered', unanswered),
    ...['month', 'year', 'ever'].map((order) => [`mentors, ${order}`, helping(are('shown'))]),
    // Where an AMA is held, whoever holds it is a mentor.
    ['mentors, name', [...are('shown', 'by name alone', 'suspended'), ...held.map(({ mentor }) => mentor)]],
    ['mentors of the topic', helping(are('shown'))],
    ['open in the topic', ids(unanswered.filter(({ state }) => state === 'shown'))],
    ['left in the topic', ids(unanswered.filter(({ state }) => state === 'left'))],
    ['best answers', answersBy(ids(people))],
    // Who leaves takes the company out of the byline.
    ['answers of the company', answersBy(are('shown', 'by name alone', 'suspended'))],
    ['AMAs of the company', amas],
    ['AMAs of the topic', [...amas, pastAma]],
  ])
}

/** Whose requests count: accounts that are no longer new. */
async function giveAnswer(questionId: string, mentorId: string, companyId: string, secret: boolean) {
  await db().$executeRaw`
    UPDATE "Account" SET "createdAt" = ${new Date(Date.now() - 30 * day)}
    WHERE "memberId" IN (SELECT "memberId" FROM "AnswerRequest" WHERE "questionId" = ${questionId}::uuid)`
  return makeAnswer(questionId, mentorId, {
    companyId,
    body: `It is ${secret ? SECRET : SHOWN}.`,
    answeredAt: new Date(Date.now() - 60_000),
  })
}

async function makeMentorIn(state: (typeof mentorStates)[number], communityId: string, companyId: string) {
  const viewer = await makeViewer({ mentor: true })
  const name = state === 'deleted' ? `Bo ${SECRET}` : 'Bo Wren'
  const data = { name, mentorSince: new Date(), bio: state === 'deleted' ? SECRET : null, companyId }
  await db().member.update({ where: { id: viewer.memberId }, data })
  await db().communityMentor.create({ data: { communityId, memberId: viewer.memberId } })
  return { ...viewer, id: viewer.memberId }
}

/** What becomes of each once all has been written. */
async function leave(states: readonly string[], people: Awaited<ReturnType<typeof makeMentorIn>>[]): Promise<void> {
  for (const [i, person] of people.entries()) {
    const here = visit({ viewer: person })
    if (states[i] === 'by name alone') await chooseLists(person, { lists: 'name' }, here)
    if (states[i] === 'suspended') {
      const until = { suspendedUntil: new Date(Date.now() + day), suspendedFor: 'Spam.' }
      await db().account.update({ where: { memberId: person.id }, data: until })
    }
    if (states[i] === 'deleted') await deleteAccount(person, { written: 'stays', handle: person.handle }, here)
  }
}
