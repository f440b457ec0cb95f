import { Client } from 'pg'
import { deleteAccount } from '#domain/own-data/commands.ts'
import { newAddress } from '#e2e/support/person.ts'
import { expect, test } from '#e2e/support/test.ts'
import { db } from '#lib/db.ts'
import { env } from '#lib/env.ts'
import { paths } from '#lib/paths.ts'
import { sessionCookie } from '#lib/sealed-cookie.ts'
import { findDrift } from '#prisma/derived.ts'
import { makeCommunity, makeQuestion } from '#testing/factories.ts'
import { makePerson, visit, visitOf } from '#testing/people.ts'

// Over the network, with sessions and limits: each person comes from another network, as people do. All presses of a test are
// under way at one moment; the site has ten connections to its database.

type Somebody = { memberId: string; cookie: string; address: string; leave: () => Promise<unknown> }

test('200 people set requests and take them back 1,000 times on 5 questions, then 500 times on one: every answer is 200, every number its rows', async ({
  baseURL,
}) => {
  test.slow()
  const { id } = await makeCommunity()
  const questions: string[] = []
  for (let i = 0; i < 5; i++) questions.push((await makeQuestion(id, { requestBase: i })).slug)
  const people = await crowdOf(200)
  const statuses = await pressAll(`${baseURL}`, people, questions, 1_000)
  expect([...new Set(statuses.map(({ status }) => status))]).toEqual([200])
  const onOne = await pressAll(`${baseURL}`, people, questions.slice(0, 1), 500)
  expect([...new Set(onOne.map(({ status }) => status))]).toEqual([200])
  expect(await driftOfQuestions()).toEqual([])
})

test('some of them leave meanwhile: nothing of them stays, and the others notice nothing', async ({ baseURL }) => {
  test.slow()
  const { id } = await makeCommunity()
  const questions = [(await makeQuestion(id)).slug, (await makeQuestion(id)).slug]
  const people = await crowdOf(60)
  const leavers = people.slice(0, 12)
  const leaving = async () => {
    for (const { leave } of leavers) await leave()
  }
  const [statuses] = await Promise.all([pressAll(`${baseURL}`, people, questions, 600), leaving()])
  const ofOthers = statuses.filter(({ who }) => !leavers.includes(who))
  expect([...new Set(ofOthers.map(({ status }) => status))]).toEqual([200])
  for (const { status } of statuses) expect([200, 401, 404]).toContain(status)
  expect(await db().answerRequest.count({ where: { memberId: { in: leavers.map(({ memberId }) => memberId) } } })).toBe(0)
  expect(await driftOfQuestions()).toEqual([])
})

async function crowdOf(size: number): Promise<Somebody[]> {
  const people: Somebody[] = []
  while (people.length < size) {
    const { memberId } = await makePerson()
    const { token, viewer } = await visitOf({ memberId })
    const leave = () => deleteAccount(viewer, { written: 'goes', handle: viewer.handle }, visit({ viewer }))
    people.push({ memberId, cookie: await sessionCookie(token), address: newAddress(), leave })
  }
  return people
}

async function pressAll(site: string, people: Somebody[], questions: string[], times: number) {
  const press = async (i: number): Promise<{ who: Somebody; status: number }> => {
    const [who, slug] = [people[(i * 7) % people.length], questions[(i * 3) % questions.length]]
    if (!who || !slug) throw new Error('nobody, or nothing')
    const headers = { cookie: who.cookie, origin: site, 'x-forwarded-for': who.address }
    const answer = await fetch(site + paths.requests(slug), { method: i % 3 === 2 ? 'DELETE' : 'PUT', headers })
    await answer.arrayBuffer()
    return { who, status: answer.status }
  }
  return Promise.all(Array.from({ length: times }, (_, i) => press(i)))
}

async function driftOfQuestions() {
  const client = new Client({ connectionString: env().DATABASE_URL })
  await client.connect()
  try {
    return (await findDrift(client)).filter(({ table }) => table === 'Question')
  } finally {
    await client.end()
  }
}
