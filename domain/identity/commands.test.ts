import { afterAll, describe, expect, test } from 'vitest'
import { proveSecondFactor } from '#domain/authenticator/commands.ts'
import { comeBack, joinWithIdentity, leaveToConnect, leaveToSignIn, unlinkIdentity } from '#domain/identity/commands.ts'
import { listOwnProviders, listProviders } from '#domain/identity/queries.ts'
import { findSession } from '#domain/session/queries.ts'
import { db } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import { tokenHash } from '#lib/secret.ts'
import { totpCode } from '#lib/totp.ts'
import type { Outcome, Visit } from '#lib/visit.ts'
import { signInAt, startProvider } from '#testing/openid-provider.ts'
import { addSecondFactor, mailsTo, makePerson, visit, visitOf } from '#testing/people.ts'

const minute = 60_000
const there = await startProvider(['https://perch.example/api/providers/openid/callback'])
const variables = { OPENID_ISSUER: there.issuer, OPENID_CLIENT_ID: there.clientId, OPENID_CLIENT_SECRET: there.clientSecret }
Object.assign(process.env, variables, { OPENID_NAME: 'The provider', GITHUB_CLIENT_ID: 'a', GITHUB_CLIENT_SECRET: 'b' })
afterAll(there.end)

describe('somebody whom nobody knows', () => {
  test('joins with an address that the provider has proved, and gets in by it from then on', async () => {
    there.accounts.set('new', { email: 'New.One@Example.ORG', email_verified: true, name: 'New One' })
    const back = await goThere('new', '/amas')
    expect(back).toMatchObject({ to: '/sign-up?next=%2Famas' })
    expect(back.session).toBeUndefined()
    expect(await db().account.count({ where: { email: 'new.one@example.org' } })).toBe(0)
    const browser = visit({ carried: back.carry ?? null })
    const joined = await joinWithIdentity(null, { name: 'New One' }, browser)
    expect(joined).toMatchObject({ to: '/amas', carry: null })
    const memberId = await whose(joined)
    expect((await mailsTo('new.one@example.org')).at(-1)?.props).toEqual({ name: 'New One', change: 'identity-linked' })
    await expect(joinWithIdentity(null, { name: 'New One' }, browser)).rejects.toMatchObject({ code: 'conflict' })
    expect(await whose(await goThere('new'))).toBe(memberId)
  })

  test('has half an hour to say a name, and nothing that a browser makes up is one who comes from a provider', async () => {
    there.accounts.set('slow', { email: 'slow@example.org', email_verified: true })
    const { carry = null } = await goThere('slow')
    const late = visit({ carried: carry, now: new Date(Date.now() + 31 * minute) })
    await expect(joinWithIdentity(null, { name: 'Slow' }, late)).rejects.toThrow('too long ago')
    const away = (await leaveToSignIn('openid', null, visit())).carry ?? null
    for (const carried of [null, '', '{}', away]) {
      await expect(joinWithIdentity(null, { name: 'Slow' }, visit({ carried }))).rejects.toThrow('too long ago')
    }
  })

  test('gets nothing with an address that is not proved, nor with that of an account, and the same is said of both', async () => {
    const ada = await makePerson()
    there.accounts.set('unproved', { email: 'nobody.yet@example.org', email_verified: false, name: 'Eve' })
    there.accounts.set('hers-unproved', { email: ada.email, email_verified: false, name: 'Eve' })
    there.accounts.set('hers-proved', { email: ada.email.toUpperCase(), email_verified: true, name: 'Ada Osei' })
    there.accounts.set('none', { name: 'Eve' })
    there.accounts.set('odd', { email: 'ada@exa\u{ff20}mple.org', email_verified: true })
    const outcomes = await Promise.all(['unproved', 'hers-unproved', 'hers-proved', 'none', 'odd'].map((account) => goThere(account)))
    for (const outcome of outcomes) expect(outcome).toEqual({ carry: null, to: '/sign-in/provider?id=openid&why=unknown' })
    expect(await db().identity.count({ where: { memberId: ada.memberId } })).toBe(0)
    expect(await db().session.count({ where: { memberId: ada.memberId } })).toBe(0)
  })
})

describe('an account', () => {
  test('is connected by who is signed in, told of it, and then lets them in', async () => {
    const ada = await makePerson()
    there.accounts.set('ada', { email: 'elsewhere@example.org', email_verified: true, name: 'Ada' })
    const [here, other] = [await visitOf(ada), await visitOf(ada)]
    expect(await connect(here, 'ada')).toMatchObject({ to: '/settings/providers?done=connected' })
    expect(await findSession(tokenHash(other.token), new Date())).toBeNull()
    expect((await mailsTo(ada.email)).at(-1)?.props).toEqual({ name: ada.name, change: 'identity-linked' })
    expect(await whose(await goThere('ada', '/amas'))).toBe(ada.memberId)
    expect(await listOwnProviders(here.viewer)).toMatchObject([
      { id: 'github', connected: null },
      { id: 'openid', name: 'The provider', connected: { usedAt: expect.any(Date) } },
    ])
    expect(listProviders()).toEqual([
      { id: 'github', name: 'GitHub' },
      { id: 'openid', name: 'The provider' },
    ])
    // One account of a provider for one person here.
    const ben = await visitOf(await makePerson())
    expect(await connect(ben, 'ada')).toMatchObject({ to: '/settings/providers?done=taken' })
    there.accounts.set('ada-2', {})
    expect(await connect(here, 'ada-2')).toMatchObject({ to: '/settings/providers?done=taken' })
    expect(await whose(await goThere('ada'))).toBe(ada.memberId)
  })

  test('with a second factor asks for its code after the provider too', async () => {
    const ada = await makePerson()
    there.accounts.set('careful', {})
    await connect(await visitOf(ada), 'careful')
    const { key } = await addSecondFactor(ada.memberId)
    const outcome = await goThere('careful', '/amas')
    expect(outcome.session).toBeUndefined()
    expect(outcome.to).toBe('/sign-in/second-factor?next=%2Famas')
    const code = totpCode(key, new Date())
    expect(await whose(await proveSecondFactor(null, { code }, visit({ carried: outcome.carry ?? null })))).toBe(ada.memberId)
  })

  test('is connected only right after a sign-in, and with that of whoever left', async () => {
    const [ada, ben] = [await makePerson(), await makePerson()]
    const [here, his] = [await visitOf(ada), await visitOf(ben)]
    const late = { ...here, now: new Date(here.now.getTime() + 6 * minute) }
    await expect(leaveToConnect('openid', late)).rejects.toMatchObject({ code: 'sign_in' })
    await expect(leaveToConnect('openid', visit())).rejects.toMatchObject({ code: 'sign_in' })
    there.accounts.set('lost', {})
    for (const viewer of [null, his.viewer]) {
      const { to = '', carry = null } = await leaveToConnect('openid', here)
      const back = comeBack('openid', await signInAt(to, 'lost'), visit({ viewer, carried: carry }))
      await expect(back).rejects.toMatchObject({ code: 'sign_in' })
    }
    expect(await db().identity.count({ where: { subject: 'lost' } })).toBe(0)
  })

  test('is disconnected right after a sign-in: the other sessions end, it is told, and a mail still lets in', async () => {
    const ada = await makePerson()
    there.accounts.set('gone', {})
    const here = await visitOf(ada)
    await connect(here, 'gone')
    const other = await visitOf(ada)
    const late = { ...here, now: new Date(here.now.getTime() + 6 * minute) }
    await expect(unlinkIdentity(late.viewer, { provider: 'openid' }, late)).rejects.toMatchObject({ code: 'sign_in' })
    await unlinkIdentity(here.viewer, { provider: 'openid' }, here)
    expect(await findSession(tokenHash(other.token), new Date())).toBeNull()
    expect((await mailsTo(ada.email)).at(-1)?.props).toEqual({ name: ada.name, change: 'identity-unlinked' })
    expect(await goThere('gone')).toMatchObject({ to: expect.stringContaining('unknown') })
    await expect(unlinkIdentity(here.viewer, { provider: 'google' }, here)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('that is suspended leads no further than to its data', async () => {
    const ada = await makePerson()
    there.accounts.set('suspended', {})
    await connect(await visitOf(ada), 'suspended')
    await db().account.update({ where: { memberId: ada.memberId }, data: { suspendedUntil: new Date('2100-01-01') } })
    expect(await goThere('suspended')).toMatchObject({ session: {}, to: paths.settingsData() })
  })
})

test('whoever comes back has to have left, in this browser, to this provider, a quarter of an hour ago at most', async () => {
  const { to = '', carry = null } = await leaveToSignIn('openid', null, visit())
  const search = await signInAt(to, 'ada')
  for (const carried of [null, 'something', (await leaveToSignIn('openid', null, visit())).carry ?? null]) {
    await expect(comeBack('openid', search, visit({ carried }))).rejects.toMatchObject({ code: 'invalid' })
  }
  await expect(comeBack('github', search, visit({ carried: carry }))).rejects.toMatchObject({ code: 'invalid' })
  const late = new Date(Date.now() + 16 * minute)
  await expect(comeBack('openid', search, visit({ carried: carry, now: late }))).rejects.toMatchObject({ code: 'invalid' })
  await expect(comeBack('google', search, visit({ carried: carry }))).rejects.toMatchObject({ code: 'not_found' })
})

async function goThere(account: string, next: string | null = null): Promise<Outcome> {
  const { to = '', carry = null } = await leaveToSignIn('openid', next, visit())
  return comeBack('openid', await signInAt(to, account), visit({ carried: carry }))
}

async function connect(here: Visit, account: string): Promise<Outcome> {
  const { to = '', carry = null } = await leaveToConnect('openid', here)
  return comeBack('openid', await signInAt(to, account), { ...here, carried: carry })
}

async function whose({ session }: Outcome): Promise<string> {
  return (await db().session.findUniqueOrThrow({ where: { tokenHash: tokenHash(session?.token ?? '') } })).memberId
}
