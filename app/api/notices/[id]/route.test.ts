import { v7 as uuidv7 } from 'uuid'
import { afterEach, expect, test, vi } from 'vitest'
import '../../../auth.ts'
import { db } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import { keepInBrowser } from '#lib/session.ts'
import { browser } from '#testing/browser.ts'
import { makePerson, visitOf } from '#testing/people.ts'
import { GET } from './route.ts'

vi.mock('next/headers', () => import('#testing/browser.ts'))

afterEach(() => browser.jar.clear())

test.each<[string, Record<string, string>, boolean]>([
  ['a person who follows the link', { 'sec-fetch-site': 'same-origin' }, true],
  ['a person with an older browser', {}, true],
  ['a browser that looks ahead', { 'sec-fetch-site': 'same-origin', 'sec-purpose': 'prefetch' }, false],
  ['a browser that draws ahead', { 'sec-fetch-site': 'same-origin', 'sec-purpose': 'prefetch;prerender' }, false],
  ['a page elsewhere', { 'sec-fetch-site': 'cross-site' }, false],
])('%s is led on, and marks it as read or not', async (_who, headers, read) => {
  const person = await makePerson()
  const { token } = await visitOf(person)
  await keepInBrowser({ session: { token, expiresAt: new Date(Date.now() + 60_000) } })
  const notice = {
    id: uuidv7(),
    memberId: person.memberId,
    event: 'reports-wait',
    key: uuidv7(),
    kind: 'moderator',
    why: 'moderator',
    count: 1,
  }
  await db().notice.create({ data: notice })
  const response = await GET(new Request(`https://perch.example${paths.notice(notice.id)}`, { headers }))
  expect([response.status, response.headers.get('location')]).toEqual([303, paths.moderation()])
  const { readAt } = await db().notice.findUniqueOrThrow({ where: { id: notice.id } })
  expect(readAt !== null).toBe(read)
})
