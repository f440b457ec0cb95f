import { afterEach, expect, test, vi } from 'vitest'
import '../../../../auth.ts'
import { askForCode, proveByCode, proveByLink } from '#domain/account/commands.ts'
import { db } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import { currentVisit, keepInBrowser } from '#lib/session.ts'
import { browser } from '#testing/browser.ts'
import { makeCommunity, makeQuestion } from '#testing/factories.ts'
import { codeTo, linkTo, makePerson, visit, visitOf } from '#testing/people.ts'
import { GET } from '../../../waiting-press/route.ts'
import { DELETE, POST, PUT } from './route.ts'

vi.mock('next/headers', () => import('#testing/browser.ts'))
afterEach(() => browser.jar.clear())

test('pressing and releasing answer with what is so, as often as one likes', async () => {
  const { slug } = await aQuestion()
  await beSignedIn()
  for (const _ of [1, 2]) expect(await told(send(PUT, slug))).toEqual([200, { requested: true, requests: 1 }])
  for (const _ of [1, 2]) expect(await told(send(DELETE, slug))).toEqual([200, { requested: false, requests: 0 }])
})

test('who is signed out, asks for what is not there, or for the own question is told so', async () => {
  const { slug, id } = await aQuestion()
  expect(await told(send(PUT, slug))).toEqual([401, expect.objectContaining({ code: 'sign_in' })])
  const ada = await beSignedIn()
  expect(await told(send(PUT, 'nothing-was-ever-here'))).toEqual([404, expect.objectContaining({ code: 'not_found' })])
  await db().question.update({ where: { id }, data: { askedById: ada.memberId } })
  expect(await told(send(PUT, slug))).toEqual([409, expect.objectContaining({ code: 'conflict' })])
})

test('the 41st time in a minute is once too often, and the answer says when it is not', async () => {
  const { slug } = await aQuestion()
  await beSignedIn()
  for (let i = 0; i < 40; i++) expect((await send(i % 2 ? DELETE : PUT, slug)).status).toBe(200)
  const answer = await send(PUT, slug)
  expect([answer.status, Number(answer.headers.get('retry-after'))]).toEqual([429, expect.toSatisfy((wait) => wait > 0 && wait <= 60)])
  expect(await answer.json()).toMatchObject({ code: 'too_many', message: expect.stringContaining('Try again in') })
  const form = await send(POST, slug)
  expect(form.headers.get('location')).toBe(paths.ownRequest(slug, 'too_many'))
})

test('fields that nobody asks for change nothing', async () => {
  const { slug, id } = await aQuestion()
  const ada = await beSignedIn()
  const other = await makePerson()
  const body = JSON.stringify({ memberId: other.memberId, requests: 900, requestCount: 900, role: 'admin', requestedAt: '2001-01-01' })
  const request = new Request(`https://perch.example${paths.requests(slug)}?memberId=${other.memberId}`, { method: 'PUT', body })
  expect(await told(PUT(request, paramsOf(slug)))).toEqual([200, { requested: true, requests: 1 }])
  expect(await db().answerRequest.findMany({ where: { questionId: id }, select: { memberId: true } })).toEqual([{ memberId: ada.memberId }])
})

test('a form leads to the small page, with the press done or taken back', async () => {
  const { slug, id } = await aQuestion()
  await beSignedIn()
  const pressed = await send(POST, slug)
  expect([pressed.status, pressed.headers.get('location')]).toEqual([303, paths.ownRequest(slug)])
  expect(await requestsOf(id)).toBe(1)
  expect((await send(POST, slug, 'off')).headers.get('location')).toBe(paths.ownRequest(slug))
  expect(await requestsOf(id)).toBe(0)
})

test('a press while signed out waits for the sign-in, and is carried out once', async () => {
  const { slug, id } = await aQuestion()
  const toSignIn = await send(POST, slug)
  expect([toSignIn.status, toSignIn.headers.get('location')]).toEqual([303, paths.signIn(paths.waitingPress())])
  expect(await requestsOf(id)).toBe(0)
  // Going there signed out leads back to the sign-in, and forgets nothing.
  expect((await getWaitingPress()).headers.get('location')).toBe(paths.signIn(paths.waitingPress()))

  const { email } = await makePerson()
  await keepInBrowser(await askForCode(null, { email, next: paths.waitingPress() }, await currentVisit()))
  const outcome = await proveByCode(null, { code: await codeTo(email) }, await currentVisit())
  await keepInBrowser(outcome)
  expect(outcome.to).toBe(paths.waitingPress())
  // Next asks itself first, and nothing is done by that.
  expect((await getWaitingPress({ rsc: '1' })).status).toBe(204)
  expect(await requestsOf(id)).toBe(0)
  expect((await getWaitingPress()).headers.get('location')).toBe(paths.ownRequest(slug))
  expect(await requestsOf(id)).toBe(1)
  await send(DELETE, slug)
  // Back in the browser's history, and forth.
  expect((await getWaitingPress()).headers.get('location')).toBe(paths.home())
  expect(await requestsOf(id)).toBe(0)
})

test('the link of the mail brings the press along into another browser', async () => {
  const { slug, id } = await aQuestion()
  await send(POST, slug)
  const { email } = await makePerson()
  await askForCode(null, { email, next: paths.waitingPress() }, await currentVisit())
  browser.jar.clear()
  await keepInBrowser(await proveByLink(null, { token: await linkTo(email) }, visit()))
  expect((await getWaitingPress()).headers.get('location')).toBe(paths.ownRequest(slug))
  expect(await requestsOf(id)).toBe(1)
})

test('an address that somebody else made up presses nothing', async () => {
  const { id } = await aQuestion()
  await beSignedIn()
  expect((await getWaitingPress()).headers.get('location')).toBe(paths.home())
  browser.jar.set('__Host-perch-waiting-press', { value: 'request somewhere' })
  expect((await getWaitingPress()).headers.get('location')).toBe(paths.home())
  expect(await requestsOf(id)).toBe(0)
})

type Handler = (request: Request, address: { params: Promise<Record<string, string>> }) => Promise<Response>

function send(handler: Handler, slug: string, press?: 'off'): Promise<Response> {
  const method = handler === PUT ? 'PUT' : handler === DELETE ? 'DELETE' : 'POST'
  const body = press && new URLSearchParams({ press })
  return handler(new Request(`https://perch.example${paths.requests(slug)}`, { method, body }), paramsOf(slug))
}

const getWaitingPress = (headers = {}) => GET(new Request('https://perch.example/api/waiting-press', { headers }))

const paramsOf = (slug: string) => ({ params: Promise.resolve({ slug }) })

async function told(answer: Promise<Response>): Promise<[number, unknown]> {
  const { status, ...rest } = await answer.then(async (given) => ({ status: given.status, body: await given.json() }))
  return [status, rest.body]
}

async function beSignedIn() {
  const person = await makePerson()
  const { token } = await visitOf(person)
  await keepInBrowser({ session: { token, expiresAt: new Date(Date.now() + 3_600_000) } })
  return person
}

async function aQuestion() {
  return makeQuestion((await makeCommunity()).id)
}

async function requestsOf(id: string): Promise<number> {
  return (await db().question.findUniqueOrThrow({ where: { id } })).requestCount
}
