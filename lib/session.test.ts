import { encode } from 'next-auth/jwt'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { keyFor, newToken, tokenHash } from '#lib/secret.ts'
import { askForViewers, currentViewer, currentVisit, keepInBrowser } from '#lib/session.ts'
import { browser } from '#testing/browser.ts'

vi.mock('next/headers', () => import('#testing/browser.ts'))
afterEach(() => {
  browser.jar.clear()
  browser.headers = new Headers()
})

const ada = {
  ...{
    memberId: 'm',
    handle: 'ada',
    name: 'Ada',
    portraitId: null,
    sessionId: 's',
    provedAt: new Date(),
    admin: false,
    hosts: [],
    mentor: false,
    moderates: [],
    coHosts: [],
  },
  suspendedUntil: null,
}
const inAMonth = () => new Date(Date.now() + 30 * 86_400_000)

test('the session is one cookie that no script reads and no other host sets, and it holds no token in plain', async () => {
  const token = newToken()
  await keepInBrowser({ session: { token, expiresAt: inAMonth() } })
  expect([...browser.jar.keys()]).toEqual(['__Host-perch-session', 'perch-in'])
  const cookie = browser.jar.get('__Host-perch-session')
  expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: 'lax', path: '/' })
  expect(cookie).not.toHaveProperty('domain')
  expect(cookie?.maxAge).toBeGreaterThan(29 * 86_400)
  expect(cookie?.value).not.toContain(token)
  expect(browser.jar.get('perch-in')).toMatchObject({ httpOnly: false, secure: true, sameSite: 'lax' })
})

test('the readable hint tells one sign-in from the next, and nothing of whose it is', async () => {
  const token = newToken()
  const hints = new Set<unknown>()
  for (let i = 0; i < 2; i += 1) {
    await keepInBrowser({ session: { token, expiresAt: inAMonth() } })
    hints.add(browser.jar.get('perch-in')?.value)
  }
  expect([...hints]).toEqual([expect.stringMatching(/^[\w-]{8}$/), expect.stringMatching(/^[\w-]{8}$/)])
})

test('whoever has the cookie is who the session says, and the domain gets a hash of the token alone', async () => {
  const token = newToken()
  const asked: Uint8Array[] = []
  askForViewers(async (hash) => {
    asked.push(hash)
    return ada
  })
  expect(await currentViewer()).toBeNull()
  expect(asked).toEqual([])
  await keepInBrowser({ session: { token, expiresAt: inAMonth() } })
  expect(await currentViewer()).toEqual(ada)
  expect(asked).toEqual([tokenHash(token)])
})

test('a cookie that was made up, altered, or taken from its other place opens nothing', async () => {
  askForViewers(async () => ada)
  await keepInBrowser({ session: { token: newToken(), expiresAt: inAMonth() }, carry: newToken() })
  const good = browser.jar.get('__Host-perch-session')?.value ?? ''
  const carried = browser.jar.get('__Host-perch-carried')?.value ?? ''
  const otherSecret = await encode({ token: { word: 'x' }, secret: 'another secret, and as long as ours is' })
  const otherWord = await encode({ token: { name: 'x' }, secret: keyFor('cookie session').toString('base64url') })
  const old = await encode({ token: { word: 'x' }, secret: keyFor('cookie session').toString('base64url'), maxAge: -60 })
  for (const value of ['', 'x', '..', `${good}x`, good.slice(0, -2), carried, otherSecret, otherWord, old]) {
    browser.jar.set('__Host-perch-session', { value })
    expect(await currentViewer(), value).toBeNull()
  }
  browser.jar.set('__Host-perch-session', { value: good })
  expect(await currentViewer()).toEqual(ada)
})

test('a seal that was opened before opens nothing once it is too old, or in another place', async () => {
  askForViewers(async () => ada)
  await keepInBrowser({ session: { token: newToken(), expiresAt: new Date(Date.now() + 2_000) } })
  expect(await currentViewer()).toEqual(ada)
  const { value = '' } = browser.jar.get('__Host-perch-session') ?? {}
  browser.jar.set('__Host-perch-carried', { value })
  expect((await currentVisit()).carried).toBeNull()
  vi.useFakeTimers({ now: Date.now() + 30_000 })
  onTestFinished(() => void vi.useRealTimers())
  expect(await currentViewer()).toBeNull()
})

test('signing out takes all of it away', async () => {
  await keepInBrowser({ session: { token: newToken(), expiresAt: inAMonth() }, carry: newToken() })
  expect(browser.jar.size).toBe(3)
  await keepInBrowser({})
  expect(browser.jar.size).toBe(3)
  await keepInBrowser({ session: null, carry: null })
  expect(browser.jar.size).toBe(0)
})

test('a visit knows the network, the browser and what it brings along', async () => {
  browser.headers = new Headers({ 'x-perch-address': '2001:db8:1:2:3:4:5:6', 'user-agent': 'a'.repeat(300) })
  await keepInBrowser({ carry: 'a word' })
  expect(await currentVisit()).toMatchObject({ viewer: null, address: '2001:db8:1:2::/64', agent: 'a'.repeat(200), carried: 'a word' })
})
