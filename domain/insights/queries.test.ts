import { v7 as uuid } from 'uuid'
import { beforeEach, describe, expect, test } from 'vitest'
import { countViews, flushViews } from '#domain/answer-view/commands.ts'
import { allAnswerNumbers, getPeriod, listAnswerNumbers, listDays } from '#domain/insights/queries.ts'
import { RANGE_KEYS, sumOf } from '#domain/insights/rules.ts'
import { db } from '#lib/db.ts'
import { makeAnswer, makeCommunity, makeMentor, makeQuestion } from '#testing/factories.ts'
import { makePerson } from '#testing/people.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** The evening before in Los Angeles. */
const now = new Date('2026-03-02T04:00:00Z')
const ago = (days: number, hours = 0) => new Date(now.getTime() - days * DAY - hours * HOUR)

beforeEach(() => flushViews(now))

/** A mentor in Los Angeles with an answer that came when three waited: one of them for another one already, and one more after it. */
async function makePlace() {
  const community = await makeCommunity()
  const [mentor, other] = [await makeMentor({ timeZone: 'America/Los_Angeles' }), await makeMentor()]
  const question = await makeQuestion(community.id, { askedAt: ago(9) })
  const want = async (requestedAt: Date, againAt?: Date) => {
    const { memberId } = await makePerson()
    await db().answerRequest.create({ data: { questionId: question.id, memberId, requestedAt, againAt } })
    return memberId
  }
  await want(ago(9), ago(4))
  await makeAnswer(question.id, other.id, { answeredAt: ago(5) })
  await want(ago(4))
  await want(ago(3))
  const answer = await makeAnswer(question.id, mentor.id, { answeredAt: ago(2) })
  await want(ago(1))
  return { community, mentor: { memberId: mentor.id }, other: { memberId: other.id }, question, answer }
}

/** What a browser sends. */
function reader(number: number): Headers {
  return new Headers({
    'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
    'accept-language': 'en',
    'sec-fetch-site': 'same-origin',
    'x-perch-address': `192.0.2.${number}`,
  })
}

async function read(answerIds: string[], readers: number[], when: Date): Promise<void> {
  for (const number of readers) countViews(answerIds, reader(number), when)
  await flushViews(when)
}

describe('A mentor’s numbers', () => {
  test('are of each day as the mentor’s calendar has it', async () => {
    const { community, mentor, answer } = await makePlace()
    const second = await makeAnswer((await makeQuestion(community.id)).id, mentor.memberId, { answeredAt: ago(0, 1) })
    // March 1 in Los Angeles, for an hour of which UTC has it too.
    await read([answer.id], [1, 2], new Date('2026-03-01T23:00:00Z'))
    await read([answer.id], [1, 2], new Date('2026-03-01T23:30:00Z'))
    await read([second.id], [2], new Date('2026-03-01T23:40:00Z'))
    // And March 1 still, where UTC has March 2.
    await read([answer.id], [3], new Date('2026-03-02T03:00:00Z'))
    const days = await listDays(mentor, await getPeriod(mentor, '7', now))
    expect(days.map(({ day }) => day)).toEqual([
      '2026-02-23',
      '2026-02-24',
      '2026-02-25',
      '2026-02-26',
      '2026-02-27',
      '2026-02-28',
      '2026-03-01',
    ])
    expect(days.at(-1)).toEqual({ day: '2026-03-01', views: 4, readers: 3, helped: 0, helpful: 0 })
    expect(days.filter(({ day }) => day < '2026-02-27').map(sumUp)).toEqual([0, 0, 0, 0])
  })

  test('count as helped whoever waited when the answer came, and whom it saved a question', async () => {
    const { mentor, other, answer } = await makePlace()
    await db().deflection.create({ data: { answerId: answer.id, reader: Buffer.alloc(16, 1), happenedAt: ago(1) } })
    await db().deflection.create({ data: { answerId: answer.id, reader: Buffer.alloc(16, 2), happenedAt: ago(40) } })
    const numbers = async (who: typeof mentor) => (await listAnswerNumbers(who, await getPeriod(who, '30', now)))?.rows
    expect(await numbers(mentor)).toMatchObject([{ id: answer.id, helped: 4, waiting: 1, views: 0, helpful: 0 }])
    expect(await numbers(other)).toMatchObject([{ helped: 1, waiting: 1 }])
    const days = await listDays(mentor, await getPeriod(mentor, '7', now))
    expect(days.filter(({ helped }) => helped > 0)).toMatchObject([
      { day: '2026-02-27', helped: 3 },
      { day: '2026-02-28', helped: 1 },
    ])
  })

  test('count those whom an import counted for the first answer alone, and never the mentor', async () => {
    const { community, mentor, other } = await makePlace()
    const question = await makeQuestion(community.id, { askedAt: ago(9), requestBase: 7 })
    await db().answerRequest.create({ data: { questionId: question.id, memberId: mentor.memberId, requestedAt: ago(8) } })
    const first = await makeAnswer(question.id, mentor.memberId, { answeredAt: ago(3) })
    await makeAnswer(question.id, other.memberId, { answeredAt: ago(2) })
    const helped = async (who: typeof mentor) =>
      Object.fromEntries(((await listAnswerNumbers(who, await getPeriod(who, '7', now)))?.rows ?? []).map((row) => [row.slug, row.helped]))
    expect(await helped(mentor)).toMatchObject({ [question.slug]: 7 })
    expect(await helped(other)).toMatchObject({ [question.slug]: 0 })
    await db().answer.update({ where: { id: first.id }, data: { hiddenAt: now } })
    expect(await helped(mentor)).not.toHaveProperty(question.slug)
    expect(await helped(other)).toMatchObject({ [question.slug]: 8 })
  })

  test('count whom an answer helps on a question where it is placed, and not those who came too late for that', async () => {
    const { community, mentor, other, answer } = await makePlace()
    const question = await makeQuestion(community.id, { askedAt: ago(9), requestBase: 5 })
    for (const requestedAt of [ago(8), ago(7), ago(1, 12)]) {
      const { memberId } = await makePerson()
      await db().answerRequest.create({ data: { questionId: question.id, memberId, requestedAt } })
    }
    const placed = {
      answerId: answer.id,
      questionId: question.id,
      mentorId: mentor.memberId,
      line: 'The same point.',
      placedAt: ago(2, 12),
    }
    await db().answerPlacement.create({ data: placed })
    const late = await makeAnswer(question.id, other.memberId, { answeredAt: ago(1) })
    const week = await getPeriod(mentor, '7', now)
    const helped = async (who: typeof mentor, id: string) =>
      (await listAnswerNumbers(who, week))?.rows.find((row) => row.id === id)?.helped ?? null
    // Three where it was given, and here two with five whom an import counted.
    expect([await helped(mentor, answer.id), await helped(other, late.id)]).toEqual([10, 1])
    expect((await listDays(mentor, week)).filter((day) => day.helped > 0)).toMatchObject([{ helped: 10 }])
    await db().question.update({ where: { id: question.id }, data: { hiddenAt: now } })
    expect(await helped(mentor, answer.id)).toBe(3)
    expect(sumOf(await listDays(mentor, week)).helped).toBe(3)
  })

  test('count who says that an answer is helpful, on that day, and not who saves it or says thanks', async () => {
    const { mentor, answer } = await makePlace()
    for (const [kind, markedAt] of [
      ['helpful', ago(1)],
      ['helpful', ago(20)],
      ['save', ago(1)],
      ['thanks', ago(1)],
    ] as const) {
      const { memberId } = await makePerson()
      await db().answerMark.create({ data: { memberId, kind, answerId: answer.id, markedAt } })
    }
    const week = await getPeriod(mentor, '7', now)
    expect(sumOf(await listDays(mentor, week)).helpful).toBe(1)
    expect((await listAnswerNumbers(mentor, week))?.rows).toMatchObject([{ helpful: 1 }])
    expect(sumOf(await listDays(mentor, await getPeriod(mentor, '30', now))).helpful).toBe(2)
  })

  test('are the same by day and by answer, however far one looks back', async () => {
    const { community, mentor, answer } = await makePlace()
    const answers = [
      answer,
      await makeAnswer((await makeQuestion(community.id, { requestBase: 2 })).id, mentor.memberId, { answeredAt: ago(60) }),
    ]
    await read([answers[0]?.id ?? '', answers[1]?.id ?? ''], [1, 2, 3], ago(50))
    await read([answers[1]?.id ?? ''], [4], ago(10))
    for (const range of RANGE_KEYS) {
      const period = await getPeriod(mentor, range, now)
      const byDay = sumOf(await listDays(mentor, period))
      const rows = (await listAnswerNumbers(mentor, period))?.rows ?? []
      for (const measure of ['views', 'helped', 'helpful'] as const) {
        expect([range, measure, rows.reduce((sum, row) => sum + row[measure], 0)]).toEqual([range, measure, byDay[measure]])
      }
    }
    const year = sumOf(await listDays(mentor, await getPeriod(mentor, '365', now)))
    expect(year).toMatchObject({ views: 7, readers: 4, helped: 5 })
  })

  test('go on behind a cursor, all of them once, the latest first', async () => {
    const { community, mentor } = await makePlace()
    for (let i = 0; i < 45; i++) {
      const question = await makeQuestion(community.id)
      await makeAnswer(question.id, mentor.memberId, { answeredAt: ago(3 + Math.floor(i / 2)) })
    }
    const period = await getPeriod(mentor, '7', now)
    const ids: string[] = []
    let after: string | undefined
    do {
      const page = await listAnswerNumbers(mentor, period, after)
      ids.push(...(page?.rows ?? []).map(({ id }) => id))
      after = page?.next ?? undefined
    } while (after)
    const all = await db().answer.findMany({ where: { mentorId: mentor.memberId }, orderBy: [{ answeredAt: 'desc' }, { id: 'desc' }] })
    expect(ids).toEqual(all.map(({ id }) => id))
    const inFile: string[] = []
    for await (const rows of allAnswerNumbers(mentor, period)) inFile.push(...rows.map(({ id }) => id))
    expect(inFile).toEqual(ids)
    expect(await listAnswerNumbers(mentor, period, 'made-up')).toBeNull()
  })

  test('are nobody else’s', async () => {
    await makePlace()
    const nobody = { memberId: uuid() }
    const period = await getPeriod(nobody, '365', now)
    expect(sumOf(await listDays(nobody, period))).toEqual({ views: 0, readers: 0, helped: 0, helpful: 0 })
    expect((await listAnswerNumbers(nobody, period))?.rows).toEqual([])
  })
})

function sumUp({ views, readers, helped, helpful }: { views: number; readers: number; helped: number; helpful: number }): number {
  return views + readers + helped + helpful
}
