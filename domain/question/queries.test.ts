import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  getQuestion,
  listAmaQuestions,
  listCommunityQuestions,
  listTopicQuestions,
  listWorthReading,
  searchAma,
} from '#domain/question/queries.ts'
import { heat, QUESTION_ORDERS, type QuestionOrder } from '#domain/question/rules.ts'
import { encodeCursor, type Page } from '#lib/cursor.ts'
import { db } from '#lib/db.ts'
import { makeAma, makeAnswer, makeCommunity, makeCompany, makeMentor, makeQuestion, makeTopic } from '#testing/factories.ts'

let communityId: string
let topicId: string
let mentor: Awaited<ReturnType<typeof makeMentor>>

beforeAll(async () => {
  communityId = (await makeCommunity()).id
  topicId = (await makeTopic(communityId)).id
  mentor = await makeMentor({ companyId: (await makeCompany('Northwind')).id, title: 'Head of Drivers' })
})

describe('an AMA that is past', () => {
  test('shows answered questions by views, then the others by people waiting, with their places', async () => {
    const amaId = await amaWith([
      { views: 5, requests: 9 },
      { requests: 3 },
      { views: 700, requests: 1 },
      { requests: 8 },
      { views: 5, requests: 2 },
    ])
    const page = await listAmaQuestions(amaId, 'past')
    expect(page?.rows.map(({ number }) => number)).toEqual([3, 1, 5, 4, 2])
    expect(page?.rows.map(({ place }) => place)).toEqual([1, 2, 3, 4, 5])
    expect(page?.next).toBeNull()
  })

  test('goes on through all of its questions, each once, places counting on', async () => {
    const amaId = await amaWith(Array.from({ length: 47 }, (_, i) => (i % 3 ? { views: i % 7, requests: 1 } : { requests: i % 5 })))
    const rows = await all((after) => listAmaQuestions(amaId, 'past', after))
    expect(rows.map(({ place }) => place)).toEqual(Array.from({ length: 47 }, (_, i) => i + 1))
    expect(new Set(rows.map(({ id }) => id)).size).toBe(47)
  })
})

describe('an AMA to come', () => {
  test('shows the most requested first, every fourth place for a new one, numbers by order of asking', async () => {
    const amaId = await amaWith(Array.from({ length: 8 }, (_, i) => ({ requests: 8 - i })))
    const page = await listAmaQuestions(amaId, 'upcoming')
    expect(page?.rows.filter(({ fresh }) => !fresh).map(({ place }) => place)).toEqual([1, 2, 3, 4, 5, 6])
    expect(page?.rows.flatMap(({ fresh }, i) => (fresh ? [i + 1] : []))).toEqual([4, 8])
    expect(page?.rows.flatMap(({ fresh, place }) => (fresh ? [place] : [])).sort()).toEqual([7, 8])
  })

  test('with many questions gives five of the first twenty places to those that few have seen, and shows each question once', async () => {
    const amaId = await amaWith(Array.from({ length: 50 }, (_, i) => ({ requests: 1 + ((i * 7) % 23) })))
    const first = await listAmaQuestions(amaId, 'live')
    expect(first?.rows).toHaveLength(20)
    expect(first?.rows.flatMap(({ fresh }, i) => (fresh ? [i + 1] : []))).toEqual([4, 8, 12, 16, 20])
    const rows = await all((after) => listAmaQuestions(amaId, 'live', after))
    expect(new Set(rows.map(({ id }) => id)).size).toBe(50)
    expect(rows).toHaveLength(50)
    const others = rows.filter(({ fresh }) => !fresh).map(({ requestCount }) => requestCount)
    expect(others).toEqual([...others].sort((a, b) => b - a))
  })

  test('shows what is put on top of it nowhere else, and gives no place for new ones to what is answered', async () => {
    const amaId = await amaWith(Array.from({ length: 30 }, (_, i) => ({ requests: 30 - i, ...(i >= 20 && i < 28 ? { views: 1 } : {}) })))
    const given = { now: new Date('2026-11-23T10:20:00Z'), onTop: [2, 29] }
    const first = await listAmaQuestions(amaId, 'live', undefined, given)
    expect(first?.rows).toHaveLength(20)
    expect(first?.rows.flatMap(({ fresh, number }) => (fresh ? [number] : [])).sort((a, b) => a - b)).not.toContain(25)
    const rows = await all((after) => listAmaQuestions(amaId, 'live', after, given))
    expect(rows.map(({ number }) => number).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 30 }, (_, i) => i + 1).filter((number) => !given.onTop.includes(number)),
    )
  })
})

test('an asker who does not show the name is on no row', async () => {
  const asker = await makeMentor({ name: 'Mina Rao' })
  const amaId = await amaWith([
    { requests: 1, askedById: asker.id },
    { requests: 1, askedById: asker.id, showName: true },
  ])
  const page = await listAmaQuestions(amaId, 'past')
  expect(page?.rows.map(({ askedBy }) => askedBy)).toEqual([null, 'Mina Rao'])
  for (const row of page?.rows ?? []) expect((await getQuestion(row.slug))?.askedBy).toBe(row.askedBy)
})

test('a search inside an AMA finds what is said in an answer, given there or placed there, and not in one that is hidden', async () => {
  const amaId = await amaWith([{ requests: 1 }, { requests: 1 }, { requests: 1 }])
  const { rows = [] } = (await listAmaQuestions(amaId, 'past')) ?? {}
  const [here, there] = [rows.find(({ number }) => number === 1)?.id ?? '', rows.find(({ number }) => number === 3)?.id ?? '']
  const given = await makeAnswer(here, mentor.id, { body: 'Look at the windmills.' })
  const elsewhere = await makeAnswer((await makeQuestion((await makeCommunity()).id)).id, mentor.id, { body: 'Count the windmills.' })
  const placed = { answerId: elsewhere.id, questionId: there, mentorId: mentor.id, line: 'The same point.', placedAt: new Date() }
  await db().answerPlacement.create({ data: placed })
  const found = async () => (await searchAma(amaId, ['windmills']))?.rows.map(({ number }) => number)
  expect(await found()).toEqual([1, 3])
  for (const { id } of [given, elsewhere])
    await db().answer.update({ where: { id }, data: { hiddenAt: new Date(), hiddenById: mentor.id } })
  expect(await found()).toEqual([])
})

test('lists carry the first answer, with the role held then', async () => {
  const other = await makeCommunity()
  const question = await makeQuestion(other.id)
  const calder = await makeCompany('Calder')
  await makeAnswer(question.id, mentor.id, { answeredAt: new Date('2024-02-01'), body: 'The second.' })
  await makeAnswer(question.id, mentor.id, {
    answeredAt: new Date('2020-02-01'),
    companyId: calder.id,
    title: 'Analyst',
    body: 'The *first*.',
  })
  const page = await listCommunityQuestions(other.id, 'newest')
  expect(page?.rows).toMatchObject([
    {
      answerCount: 2,
      leadExcerpt: 'The first.',
      lead: { name: mentor.name, company: 'Calder', title: 'Analyst' },
      leadAnsweredAt: new Date('2020-02-01'),
    },
  ])
})

test('each list goes on through all of its questions in its order, and takes no cursor of another kind', async () => {
  const other = await makeCommunity()
  const topic = await makeTopic(other.id)
  for (let i = 0; i < 45; i++) {
    const question = await makeQuestion(other.id, { topicId: topic.id, askedAt: new Date(Date.UTC(2024, 0, 1 + (i % 9))) })
    await makeAnswer(question.id, mentor.id, { viewBase: i % 4 })
  }
  const read = await all((after) => listCommunityQuestions(other.id, 'read', after))
  const newest = await all((after) => listCommunityQuestions(other.id, 'newest', after))
  const ofTopic = await all((after) => listTopicQuestions(topic.id, 'read', after))
  for (const rows of [read, newest, ofTopic]) expect(new Set(rows.map(({ id }) => id)).size).toBe(45)
  expect(read.map(({ viewCount }) => viewCount)).toEqual(read.map(({ viewCount }) => viewCount).sort((a, b) => b - a))
  expect(newest.map(({ askedAt }) => askedAt.getTime())).toEqual(newest.map(({ askedAt }) => askedAt.getTime()).sort((a, b) => b - a))
  expect(await listCommunityQuestions(other.id, 'read', 'nonsense')).toBeNull()
  expect(await listCommunityQuestions(other.id, 'read', ['a', 'b'])).toBeNull()
})

describe('The lists of a community and a topic', () => {
  const ORDERS = Object.keys(QUESTION_ORDERS) as QuestionOrder[]

  test('have each question once, in the order that they say, however they are paged', async () => {
    const { community, topic } = await aMixedPlace()
    const rows = await db().question.findMany({ where: { communityId: community.id } })
    for (const list of [
      (order: QuestionOrder) => all((after) => listCommunityQuestions(community.id, order, after, 7)),
      (order: QuestionOrder) => all((after) => listTopicQuestions(topic.id, order, after, 7)),
    ]) {
      for (const order of ORDERS) {
        const listed = (await list(order)).map(({ id }) => id)
        const expected = rows.filter(belongs[order]).toSorted(compare[order])
        expect(listed, order).toEqual(expected.map(({ id }) => id))
      }
    }
  })

  test('take no cursor that they did not give', async () => {
    const { community, topic } = await aMixedPlace()
    const id = topic.id
    for (const order of ORDERS) {
      for (const after of ['nonsense', ['a', 'b'], encodeCursor(['x', id]), encodeCursor([1, 2, 3, 4, 5])]) {
        expect(await listCommunityQuestions(community.id, order, after), order).toBeNull()
      }
    }
    for (const keys of [
      [1e300, 0, id],
      [1, 1e300, id],
      [-1, 0, id],
    ])
      expect(await listCommunityQuestions(community.id, 'requested', encodeCursor(keys))).toBeNull()
    expect(await listCommunityQuestions(community.id, 'unanswered', encodeCursor([2, 1, 0, id]))).toBeNull()
    expect(await listCommunityQuestions(community.id, 'hot', encodeCursor([1e300, id]))).toBeNull()
  })

  test('find a question as hot as the rule says', async () => {
    const dates = fc.date({ min: new Date('2001-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
    const count = fc.integer({ min: 0, max: 100_000_000 })
    await fc.assert(
      fc.asyncProperty(
        count,
        count,
        dates,
        fc.option(dates, { nil: null }),
        async (requestCount, viewCount, shownSince, lastAnsweredAt) => {
          const [said] = await db().$queryRaw<{ heat: number }[]>`
          SELECT question_heat(${requestCount}::int, ${viewCount}::int, ${shownSince}::timestamptz, ${lastAnsweredAt}::timestamptz) AS heat`
          expect(said?.heat).toBeCloseTo(heat({ requestCount, viewCount, shownSince, lastAnsweredAt }), 6)
        },
      ),
      { numRuns: 50 },
    )
  })
})

type Row = Awaited<ReturnType<typeof makeQuestion>>

const belongs: Record<QuestionOrder, (row: Row) => boolean> = {
  read: () => true,
  hot: () => true,
  newest: () => true,
  requested: ({ requestCount }) => requestCount > 1,
  unanswered: ({ answerCount }) => answerCount === 0,
}

const since = ({ checkedAt, askedAt }: Row) => checkedAt ?? askedAt
const warmth = (row: Row) => heat({ ...row, shownSince: since(row) })
const newerFirst = (a: Row, b: Row) => (a.id < b.id ? 1 : -1)
const byRequests = (a: Row, b: Row) => b.requestCount - a.requestCount || a.askedAt.getTime() - b.askedAt.getTime() || -newerFirst(a, b)

const compare: Record<QuestionOrder, (a: Row, b: Row) => number> = {
  read: (a, b) => b.viewCount - a.viewCount || newerFirst(a, b),
  hot: (a, b) => (Math.abs(warmth(b) - warmth(a)) > 1e-9 ? warmth(b) - warmth(a) : newerFirst(a, b)),
  newest: (a, b) => since(b).getTime() - since(a).getTime() || newerFirst(a, b),
  requested: byRequests,
  unanswered: (a, b) => Number(a.closedAt !== null) - Number(b.closedAt !== null) || byRequests(a, b),
}

/** Thirty questions of one topic: read and requested more or less, of the same and of other days, answered or not, some left by a closed AMA. */
async function aMixedPlace() {
  const community = await makeCommunity()
  const topic = await makeTopic(community.id)
  const ama = await makeAma({ communityId: community.id, topicId: topic.id }, [mentor], new Date('2024-05-31T10:00:00Z'))
  for (let i = 0; i < 30; i++) {
    const left = i % 7 === 3 ? { amaId: ama.id, number: i + 1, closedAt: new Date('2024-06-09') } : {}
    const question = await makeQuestion(community.id, {
      topicId: topic.id,
      requestBase: i % 4,
      askedAt: new Date(Date.UTC(2024, 0, 1 + (i % 9))),
      ...(i % 5 === 1 && { checkedAt: new Date(Date.UTC(2024, 1, 1 + (i % 3))) }),
      ...left,
    })
    if (i % 3 === 0 && !left.amaId) {
      await makeAnswer(question.id, mentor.id, { viewBase: (i % 4) * 100, answeredAt: new Date(Date.UTC(2024, 2, 1 + (i % 6))) })
    }
  }
  return { community, topic }
}

test('worth reading are those read most of the latest answered', async () => {
  const rows = await listWorthReading(5)
  expect(rows).toHaveLength(5)
  expect(rows.map(({ viewCount }) => viewCount)).toEqual(rows.map(({ viewCount }) => viewCount).sort((a, b) => b - a))
})

type Given = { views?: number; requests: number; askedById?: string; showName?: boolean }

async function amaWith(given: Given[]): Promise<string> {
  const ama = await makeAma({ communityId, topicId }, [mentor], new Date('2024-05-31T10:00:00Z'))
  for (const [i, { views, requests, ...asked }] of given.entries()) {
    const question = await makeQuestion(communityId, { amaId: ama.id, number: i + 1, requestBase: requests, ...asked })
    if (views !== undefined) await makeAnswer(question.id, mentor.id, { viewBase: views })
  }
  return ama.id
}

/** Every row of a list, page by page. */
async function all<Row>(list: (after?: string) => Promise<Page<Row> | null>): Promise<Row[]> {
  const rows: Row[] = []
  let after: string | undefined
  do {
    const page = (await list(after)) ?? expect.fail('the list does not know its own cursor')
    rows.push(...page.rows)
    after = page.next ?? undefined
  } while (after)
  return rows
}
