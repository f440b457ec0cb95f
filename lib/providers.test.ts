import { once } from 'node:events'
import { createServer } from 'node:http'
import { afterAll, describe, expect, test } from 'vitest'
import { configuredProviders, github, leaveFor, linkedin, type Provider, returnFrom } from '#lib/providers.ts'
import { signInAt, startProvider } from '#testing/openid-provider.ts'

const callback = (id: string) => `https://perch.example/api/providers/${id}/callback`
const there = await startProvider([callback('openid'), callback('linkedin')])
const variables = { OPENID_ISSUER: there.issuer, OPENID_CLIENT_ID: there.clientId, OPENID_CLIENT_SECRET: there.clientSecret }
Object.assign(process.env, variables, { OPENID_NAME: 'The provider', GOOGLE_CLIENT_ID: 'a', GOOGLE_CLIENT_SECRET: 'b' })
afterAll(there.end)

const openid = configuredProviders().find(({ id }) => id === 'openid') as Provider

test('those are offered for whom there are variables, in their order', () => {
  expect(configuredProviders().map(({ id, name }) => [id, name])).toEqual([
    ['google', 'Google'],
    ['openid', 'The provider'],
  ])
})

describe('an OpenID provider', () => {
  test('says who somebody is, and the address only where it has proved it', async () => {
    there.accounts.set('ada', { email: 'ada@example.org', email_verified: true, name: 'Ada Osei' })
    there.accounts.set('eve', { email: 'ada@example.org', email_verified: false, name: 'Ada Osei' })
    there.accounts.set('nob', {})
    const who = async (account: string) => {
      const { url, trip } = await leaveFor(openid)
      return returnFrom(openid, await signInAt(url, account), trip)
    }
    expect(await who('ada')).toEqual({ issuer: there.issuer, subject: 'ada', email: 'ada@example.org', name: 'Ada Osei' })
    expect(await who('eve')).toEqual({ issuer: there.issuer, subject: 'eve', email: null, name: 'Ada Osei' })
    expect(await who('nob')).toEqual({ issuer: there.issuer, subject: 'nob', email: null, name: null })
  })

  test('is asked with state, nonce and a challenge, each time others', async () => {
    const [one, other] = [await leaveFor(openid), await leaveFor(openid)]
    const query = new URL(one.url).searchParams
    expect(query.get('redirect_uri')).toBe(callback('openid'))
    expect(query.get('code_challenge_method')).toBe('S256')
    expect(query.get('state')).toBe(one.trip.state)
    expect(query.get('nonce')).toBe(one.trip.nonce)
    expect(one.url).not.toContain(one.trip.verifier)
    for (const key of ['state', 'nonce', 'verifier'] as const) {
      expect(one.trip[key]).not.toBe(other.trip[key])
      expect(one.trip[key].length).toBeGreaterThan(40)
    }
  })

  test('answers this trip and no other, once, and only as itself', async () => {
    const { url, trip } = await leaveFor(openid)
    const search = await signInAt(url, 'ada')
    expect(new URLSearchParams(search).get('iss')).toBe(there.issuer)
    const changed = (name: string, value: string) => {
      const query = new URLSearchParams(search)
      query.set(name, value)
      return `?${query}`
    }
    await expect(returnFrom(openid, search, { ...trip, state: 'another' })).rejects.toThrow()
    await expect(returnFrom(openid, changed('state', 'another'), trip)).rejects.toThrow()
    await expect(returnFrom(openid, changed('iss', 'https://evil.example'), trip)).rejects.toThrow()
    await expect(returnFrom(openid, '', trip)).rejects.toThrow()
    expect(await returnFrom(openid, search, trip)).toMatchObject({ subject: 'ada' })
    await expect(returnFrom(openid, search, trip)).rejects.toThrow()
  })

  test.each(['nonce', 'verifier'] as const)('lets nobody in whose %s is another one', async (key) => {
    const { url, trip } = await leaveFor(openid)
    const search = await signInAt(url, 'ada')
    await expect(returnFrom(openid, search, { ...trip, [key]: 'x'.repeat(43) })).rejects.toThrow()
  })

  test('that says no lets nobody in, nor does one that is not there', async () => {
    const { url, trip } = await leaveFor(openid)
    await expect(returnFrom(openid, await signInAt(url, null), trip)).rejects.toThrow()
    await expect(leaveFor({ ...openid, issuer: 'http://127.0.0.1:9' })).rejects.toThrow()
  })

  test('of LinkedIn’s kind gets neither verifier nor nonce, and is believed all the same', async () => {
    const provider = linkedin(there.clientId, there.clientSecret, there.issuer) as Provider
    const { url, trip } = await leaveFor(provider)
    expect([...new URL(url).searchParams.keys()].toSorted()).toEqual(['client_id', 'redirect_uri', 'response_type', 'scope', 'state'])
    expect(await returnFrom(provider, await signInAt(url, 'ada'), trip)).toMatchObject({ subject: 'ada', email: 'ada@example.org' })
  })
})

test('GitHub says by its API who somebody is, and which address is proved', async () => {
  const asked: string[] = []
  let emails: object[] = []
  const server = createServer((req, res) => {
    asked.push(`${req.method} ${req.url} ${req.headers.authorization ?? ''}`)
    const token = { access_token: 'of-ada', token_type: 'bearer', scope: 'read:user,user:email' }
    const answers: Record<string, unknown> = {
      '/login/oauth/access_token': token,
      '/user': { id: 7, name: 'Ada', login: 'ada' },
      '/user/emails': emails,
    }
    res.setHeader('content-type', 'application/json').end(JSON.stringify(answers[req.url ?? '']))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  const site = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  const provider = github('id', 'secret', { site, api: site }) as Provider
  const who = async () => {
    const { url, trip } = await leaveFor(provider)
    expect(new URL(url).searchParams.get('scope')).toBe('read:user user:email')
    return returnFrom(provider, `?code=x&state=${trip.state}`, trip)
  }
  emails = [
    { email: 'other@example.org', primary: false, verified: true },
    { email: 'ada@example.org', primary: true, verified: true },
  ]
  expect(await who()).toEqual({ issuer: `${site}/login/oauth`, subject: '7', email: 'ada@example.org', name: 'Ada' })
  expect(asked).toContain('GET /user/emails Bearer of-ada')
  emails = [{ email: 'ada@example.org', primary: true, verified: false }]
  expect(await who()).toMatchObject({ email: null })
  server.closeAllConnections()
  server.close()
})
