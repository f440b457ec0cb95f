import { afterEach, expect, test, vi } from 'vitest'
import '../../auth.ts'
import { signOut } from '#domain/session/commands.ts'
import { keepInBrowser } from '#lib/session.ts'
import { browser } from '#testing/browser.ts'
import { makePerson, visit, visitOf } from '#testing/people.ts'
import { GET } from './route.ts'

vi.mock('next/headers', () => import('#testing/browser.ts'))
afterEach(() => browser.jar.clear())

const ask = async () => (await GET(new Request('https://perch.example/api/viewer'))).json()

test('Ada’s browser is told her name, how many notices she has not read, and nothing else; a copy of its cookie is nobody’s once she signed out', async () => {
  expect(await ask()).toBeNull()
  const ada = await makePerson()
  const here = await visitOf(ada, visit())
  await keepInBrowser({ session: { token: here.token, expiresAt: new Date(Date.now() + 60_000) } })
  expect(await ask()).toEqual({ name: ada.name, handle: ada.handle, portraitId: null, queue: false, unread: 0 })
  await signOut(here.viewer)
  expect(await ask()).toBeNull()
})
