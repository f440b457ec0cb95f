import { v7 as uuid } from 'uuid'
import { afterEach, expect, test, vi } from 'vitest'
import '../../auth.ts'
import { flushViews } from '#domain/answer-view/commands.ts'
import { db } from '#lib/db.ts'
import { keepInBrowser } from '#lib/session.ts'
import { browser } from '#testing/browser.ts'
import { makePerson, visitOf } from '#testing/people.ts'
import { POST } from './route.ts'

vi.mock('next/headers', () => import('#testing/browser.ts'))

const headers = {
  'content-type': 'application/json',
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
  'accept-language': 'en',
  'sec-fetch-site': 'same-origin',
  'x-perch-address': '192.0.2.7',
}

afterEach(() => flushViews(new Date()))

test("a reader's beacon is taken without a word and counted once it is written", async () => {
  const answer = await anAnswer()
  const response = await POST(beacon(JSON.stringify({ answers: [answer] })))
  expect([response.status, await response.text(), response.headers.get('cache-control')]).toEqual([204, '', 'no-store'])
  await flushViews(new Date())
  expect(await db().answer.findUnique({ where: { id: answer }, select: { viewCount: true } })).toEqual({ viewCount: 1 })
})

test('who wrote an answer does not add to its views by reading it; somebody else who is signed in does', async () => {
  const [answer, other] = [await anAnswer(), await anAnswer()]
  const { mentorId } = await db().answer.findUniqueOrThrow({ where: { id: answer } })
  const author = await makePerson()
  await db().answer.update({ where: { id: answer }, data: { mentorId: author.memberId } })
  await db().member.delete({ where: { id: mentorId } })
  const { token } = await visitOf(author)
  await keepInBrowser({ session: { token, expiresAt: new Date(Date.now() + 60_000) } })
  expect((await POST(beacon(JSON.stringify({ answers: [answer, other] })))).status).toBe(204)
  browser.jar.clear()
  await flushViews(new Date())
  const views = async (id: string) => (await db().answer.findUniqueOrThrow({ where: { id } })).viewCount
  expect([await views(answer), await views(other)]).toEqual([0, 1])
})

test('an answer that is not there gets the same reply as one that is', async () => {
  expect((await POST(beacon(JSON.stringify({ answers: [uuid()] })))).status).toBe(204)
})

test.each<[number, string, string, Record<string, string>]>([
  [400, 'no JSON', '{"answers":', {}],
  [400, 'nothing', '', {}],
  [400, 'no list', '{"answers":"019aa000-0000-7000-8000-000000000001"}', {}],
  [400, 'an empty list', '{"answers":[]}', {}],
  [400, 'no ids', '{"answers":["1; DROP TABLE"]}', {}],
  [400, 'a lone surrogate', '{"answers":["\\ud800"]}', {}],
  [400, 'another prototype', '{"__proto__":{"answers":["019aa000-0000-7000-8000-000000000001"]}}', {}],
  [400, '21 ids', JSON.stringify({ answers: Array.from({ length: 21 }, () => uuid()) }), {}],
  [413, 'a long text', `{"answers":["${'x'.repeat(3_000)}"]}`, {}],
  [413, 'a text that says to be long', '{}', { 'content-length': '1000000' }],
  [415, 'a form', 'answers=1', { 'content-type': 'application/x-www-form-urlencoded' }],
  [415, 'JSON that another site may send unasked', '{}', { 'content-type': 'text/plain' }],
])('%i for %s', async (status, _what, body, changed) => {
  expect((await POST(beacon(body, changed))).status).toBe(status)
})

function beacon(body: string, changed: Record<string, string> = {}): Request {
  return new Request('http://127.0.0.1:3000/api/views', { method: 'POST', body, headers: { ...headers, ...changed } })
}

async function anAnswer(): Promise<string> {
  const at = new Date()
  const [id, mentorId, questionId] = [uuid(), uuid(), uuid()]
  const community = await db().community.create({ data: { id: uuid(), slug: `c-${uuid()}`, name: `Community ${uuid()}` } })
  await db().member.create({ data: { id: mentorId, handle: `m-${mentorId}`, name: 'A mentor', mentorSince: at } })
  const question = { id: questionId, slug: `q-${questionId}`, communityId: community.id, title: 'What do you do first?' }
  await db().question.create({ data: { ...question, askedAt: at } })
  await db().answer.create({ data: { id, questionId, mentorId, body: 'Ask.', html: '<p>Ask.</p>', excerpt: 'Ask.', answeredAt: at } })
  return id
}
