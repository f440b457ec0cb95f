import { Client } from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { setRequest, unsetRequest } from '#domain/answer-request/commands.ts'
import { getOwnRequest, listOwnRequests } from '#domain/answer-request/queries.ts'
import { deleteAccount } from '#domain/own-data/commands.ts'
import { db } from '#lib/db.ts'
import { env } from '#lib/env.ts'
import { Refusal } from '#lib/refusal.ts'
import type { Visit } from '#lib/visit.ts'
import { findDrift } from '#prisma/derived.ts'
import { makeAnswer, makeCommunity, makeMentor, makeQuestion, makeViewer } from '#testing/factories.ts'
import { visit } from '#testing/people.ts'

/** As many at once as there are connections for them: who waits for one for two seconds is refused, and here that is an error. */
const AT_ONCE = 20
process.env.DATABASE_POOL = String(AT_ONCE + 2)

let community: string, mentor: string
beforeAll(async () => {
  community = (await makeCommunity()).id
  mentor = (await makeMentor()).id
})

const minute = 60_000
const at = (minutes: number) => new Date(Date.parse('2026-11-22T12:00:00Z') + minutes * minute)
const person = async (minutes = 0) => visit({ viewer: await makeViewer(), now: at(minutes) })
const later = (before: Visit, minutes: number) => ({ ...before, now: at(minutes) })
const numberOf = async (id: string) => (await db().question.findUniqueOrThrow({ where: { id } })).requestCount

describe('Before the first answer', () => {
  test('Ada requests, again, and takes it back, and the number says so each time', async () => {
    const { slug, id } = await makeQuestion(community, { requestBase: 3 })
    const ada = await person()
    expect(await setRequest(ada, slug)).toEqual({ requested: true, requests: 4 })
    expect(await setRequest(ada, slug)).toEqual({ requested: true, requests: 4 })
    expect(await numberOf(id)).toBe(4)
    expect(await listOwnRequests(ada.viewer ?? never(), [id])).toEqual({ pressed: [id], own: [] })
    expect(await unsetRequest(ada, slug)).toEqual({ requested: false, requests: 3 })
    expect(await unsetRequest(ada, slug)).toEqual({ requested: false, requests: 3 })
    expect(await numberOf(id)).toBe(3)
  })

  test('who asked is counted by asking, and neither requests nor takes it back', async () => {
    const ada = await person()
    const { slug, id } = await makeQuestion(community, { askedById: ada.viewer?.memberId })
    await db().answerRequest.create({ data: { questionId: id, memberId: ada.viewer?.memberId ?? '' } })
    await expect(setRequest(ada, slug)).rejects.toThrow('You asked this question')
    await expect(unsetRequest(ada, slug)).rejects.toThrow('You asked this question')
    expect(await numberOf(id)).toBe(1)
    expect(await getOwnRequest(ada.viewer ?? never(), slug)).toMatchObject({ own: true, requests: 1 })
  })

  test('nobody requests what is not there, while suspended, signed out, or with an account that has just gone', async () => {
    const { slug, id } = await makeQuestion(community)
    const ada = await person()
    await expect(setRequest(ada, 'nothing-was-ever-here')).rejects.toThrow('not there')
    const suspended = { ...ada, viewer: { ...(ada.viewer ?? never()), suspendedUntil: at(9) } }
    await expect(setRequest(suspended, slug)).rejects.toThrow('suspended')
    await expect(setRequest(visit(), slug)).rejects.toThrow('Sign in')
    await db().account.delete({ where: { memberId: ada.viewer?.memberId } })
    await expect(setRequest(ada, slug)).rejects.toThrow('not there')
    expect(await numberOf(id)).toBe(0)
  })
})

describe('An answer', () => {
  test('fulfils those who wait: they stay in the number and cannot take it back', async () => {
    const { slug, id } = await makeQuestion(community)
    const ada = await person(0)
    await setRequest(ada, slug)
    await makeAnswer(id, mentor, { answeredAt: at(5) })
    expect(await getOwnRequest(ada.viewer ?? never(), slug)).toMatchObject({ requested: false, counted: true, requests: 1 })
    expect(await unsetRequest(later(ada, 6), slug)).toEqual({ requested: false, requests: 1 })
  })

  test('is not the last: who wants another one waits again, is counted once, and takes that back alone', async () => {
    const { slug, id } = await makeQuestion(community)
    const [ada, ben] = [await person(0), await person(0)]
    await setRequest(ada, slug)
    await makeAnswer(id, mentor, { answeredAt: at(5) })
    expect(await setRequest(later(ada, 6), slug)).toEqual({ requested: true, requests: 1 })
    expect(await setRequest(later(ben, 6), slug)).toEqual({ requested: true, requests: 2 })
    expect(await unsetRequest(later(ada, 7), slug)).toEqual({ requested: false, requests: 1 + 1 })
    expect(await unsetRequest(later(ben, 7), slug)).toEqual({ requested: false, requests: 1 })
    await setRequest(later(ada, 8), slug)
    await makeAnswer(id, mentor, { answeredAt: at(9) })
    expect(await getOwnRequest(ada.viewer ?? never(), slug)).toMatchObject({ requested: false, requests: 1 })
  })

  test('that is taken away leaves them waiting as before', async () => {
    const { slug, id } = await makeQuestion(community)
    const ada = await person(0)
    await setRequest(ada, slug)
    const answer = await makeAnswer(id, mentor, { answeredAt: at(5) })
    await db().answer.delete({ where: { id: answer.id } })
    expect(await getOwnRequest(ada.viewer ?? never(), slug)).toMatchObject({ requested: true })
    expect(await unsetRequest(later(ada, 6), slug)).toEqual({ requested: false, requests: 0 })
  })

  test('dated later than now is waited behind all the same', async () => {
    const { slug, id } = await makeQuestion(community)
    await makeAnswer(id, mentor, { answeredAt: at(60) })
    const ada = await person(0)
    await setRequest(ada, slug)
    expect(await getOwnRequest(ada.viewer ?? never(), slug)).toMatchObject({ requested: true, requests: 1 })
  })
})

describe('A crowd', () => {
  test('of 200 sets and takes back 1,000 times on 5 questions: every number is its rows', async () => {
    const people = await crowdOf(200)
    const questions = await Promise.all(Array.from({ length: 5 }, () => makeQuestion(community, { requestBase: 2 })))
    await pressAll(people, questions, 1_000, { set: setRequest, unset: unsetRequest })
    expect(await drift()).toEqual([])
  })

  test('of 200 does so 500 times on one question', async () => {
    const [people, question] = [await crowdOf(200), await makeQuestion(community)]
    await pressAll(people, [question], 500, { set: setRequest, unset: unsetRequest })
    expect(await drift()).toEqual([])
  })

  test('some of which leave meanwhile: nothing of them stays', async () => {
    const people = await crowdOf(60)
    const questions = await Promise.all(Array.from({ length: 5 }, () => makeQuestion(community)))
    const leavers = people.slice(0, 20)
    const leave = async (some: Visit[]) => {
      for (const { viewer } of some) if (viewer) await deleteAccount(viewer, { written: 'goes', handle: viewer.handle }, visit({ viewer }))
    }
    const pressing = pressAll(people, questions, 600, { set: setRequest, unset: unsetRequest }, leavers)
    await Promise.all([pressing, leave(leavers.slice(0, 10)), leave(leavers.slice(10))])
    expect(await drift()).toEqual([])
    const gone = leavers.flatMap(({ viewer }) => viewer?.memberId ?? [])
    expect(await db().answerRequest.count({ where: { memberId: { in: gone } } })).toBe(0)
    expect(await db().member.count({ where: { id: { in: gone } } })).toBe(0)
  })

  test('is what finds a number that is read and then written', async () => {
    const [people, question] = [await crowdOf(50), await makeQuestion(community)]
    await withClient(async (client) => {
      await client.query('ALTER TABLE "AnswerRequest" DISABLE TRIGGER USER')
      try {
        await pressAll(people, [question], 300, readThenWrite)
        expect((await findDrift(client)).map(({ table }) => table)).toEqual(['Question'])
      } finally {
        await client.query('ALTER TABLE "AnswerRequest" ENABLE TRIGGER USER')
        await client.query(
          `UPDATE "Question" SET ("requestCount", "waitingCount") = (SELECT count(*), count(*) FROM "AnswerRequest" WHERE "questionId" = id) WHERE id = $1`,
          [question.id],
        )
      }
    })
    expect(await drift()).toEqual([])
  })
})

type Presses = { set: (visit: Visit, slug: string) => Promise<unknown>; unset: (visit: Visit, slug: string) => Promise<unknown> }

/** As a program would that keeps the number itself. */
const readThenWrite: Presses = {
  set: async ({ viewer }, slug) => {
    const { id, requestCount } = await db().question.findUniqueOrThrow({ where: { slug } })
    const { count } = await db().answerRequest.createMany({
      data: [{ questionId: id, memberId: viewer?.memberId ?? '' }],
      skipDuplicates: true,
    })
    await db().question.update({ where: { id }, data: { requestCount: requestCount + count } })
  },
  unset: async ({ viewer }, slug) => {
    const { id, requestCount } = await db().question.findUniqueOrThrow({ where: { slug } })
    const { count } = await db().answerRequest.deleteMany({ where: { questionId: id, memberId: viewer?.memberId } })
    await db().question.update({ where: { id }, data: { requestCount: Math.max(0, requestCount - count) } })
  },
}

/** Each succeeds, but for those of whoever leaves meanwhile. */
async function pressAll(people: Visit[], questions: { slug: string }[], times: number, { set, unset }: Presses, leavers: Visit[] = []) {
  const left = Array.from({ length: times }, (_, i) => i)
  const lane = async () => {
    for (let i = left.shift(); i !== undefined; i = left.shift()) {
      const who = people[(i * 7) % people.length] ?? never()
      const { slug } = questions[(i * 3) % questions.length] ?? never()
      await (i % 3 === 2 ? unset : set)(who, slug).catch((error: unknown) => {
        if (!(error instanceof Refusal) || !leavers.includes(who)) throw error
      })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
}

async function crowdOf(size: number): Promise<Visit[]> {
  const people: Visit[] = []
  while (people.length < size) people.push(visit({ viewer: await makeViewer() }))
  return people
}

const drift = () => withClient(findDrift)

async function withClient<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: env().DATABASE_URL })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

function never(): never {
  throw new Error('nobody')
}
