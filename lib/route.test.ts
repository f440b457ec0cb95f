import { beforeEach, expect, test, vi } from 'vitest'
import { Refusal } from '#lib/refusal.ts'
import { route } from '#lib/route.ts'
import { askForViewers } from '#lib/session.ts'
import { browser } from '#testing/browser.ts'

vi.mock('next/headers', () => import('#testing/browser.ts'))
askForViewers(async () => null)
beforeEach(() => {
  browser.headers = new Headers({ 'x-perch-address': '198.51.100.20' })
})

const ask = (method = 'GET') => new Request('https://perch.example/api/x', { method })

test('what is found is JSON that nobody keeps; nobody is null, and nothing is 204', async () => {
  const found = await route(async () => ({ name: 'Ada' }))(ask())
  expect([found.status, found.headers.get('cache-control'), await found.json()]).toEqual([200, 'private, no-store', { name: 'Ada' }])
  expect(await (await route(async ({ viewer }) => viewer)(ask())).json()).toBeNull()
  expect((await route(async () => undefined)(ask('PUT'))).status).toBe(204)
})

test.each([
  ['sign_in', 401],
  ['forbidden', 403],
  ['not_found', 404],
  ['conflict', 409],
  ['invalid', 422],
] as const)('a refusal "%s" is %i', async (code, status) => {
  const answer = await route(() => Promise.reject(new Refusal(code, 'Because.')))(ask())
  expect([answer.status, await answer.json()]).toEqual([status, { code, message: 'Because.' }])
})

test('one write too many is 429 and says when to come back; reading goes on', async () => {
  const writing = route(async () => undefined, [{ name: 'route', by: 'address', points: 1, seconds: 30 }])
  expect((await writing(ask('PUT'))).status).toBe(204)
  const refused = await writing(ask('PUT'))
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '30'])
  expect((await writing(ask())).status).toBe(204)
})

test('what goes wrong is not told', async () => {
  const answer = await route(() => Promise.reject(new Error('password of the database')))(ask())
  expect([answer.status, await answer.text()]).toEqual([500, expect.not.stringContaining('database')])
})
