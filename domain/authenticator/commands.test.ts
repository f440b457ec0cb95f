import { describe, expect, test } from 'vitest'
import { askForCode, askForReset, changePassword, proveByLink, resetPassword, signInWithPassword } from '#domain/account/commands.ts'
import {
  beginAuthenticator,
  confirmAuthenticator,
  forgetAuthenticators,
  hideRecoveryCodes,
  liftSecondFactor,
  proveSecondFactor,
  removeAuthenticator,
  renewRecoveryCodes,
} from '#domain/authenticator/commands.ts'
import { getOwnSecondFactor, readCarriedCodes } from '#domain/authenticator/queries.ts'
import { forgetPendingSignIns } from '#domain/pending-sign-in/commands.ts'
import { findSession } from '#domain/session/queries.ts'
import { db } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import { seal } from '#lib/seal.ts'
import { tokenHash } from '#lib/secret.ts'
import { totpCode } from '#lib/totp.ts'
import type { Outcome } from '#lib/visit.ts'
import { addSecondFactor, beginSecondFactor, linkTo, mailsTo, makePerson, visit, visitOf } from '#testing/people.ts'

const minute = 60_000
const PASSWORD = 'three calm herons over the weir'

describe('a second factor', () => {
  test('is asked for after every first one, and none of them opens a session by itself', async () => {
    const ada = await makePerson({ password: PASSWORD })
    await addSecondFactor(ada.memberId)
    const open = await sessions(ada.memberId)
    await askForCode(null, { email: ada.email, next: '/amas' }, visit())
    const byLink = await proveByLink(null, { token: await linkTo(ada.email) }, visit())
    const byPassword = await signInWithPassword(null, { email: ada.email, password: PASSWORD, next: '/amas' }, visit())
    await askForReset(null, { email: ada.email }, visit())
    const byReset = await resetPassword(null, { token: await linkTo(ada.email), password: `${PASSWORD} again` }, visit())
    for (const outcome of [byLink, byPassword, byReset]) {
      expect(outcome.session).toBeUndefined()
      expect(outcome.to).toMatch(/^\/sign-in\/second-factor/)
    }
    // The reset has ended those that were open.
    expect(open).toBeGreaterThan(0)
    expect(await sessions(ada.memberId)).toBe(0)
  })

  test('lets in with the code of the app, on to where she was going', async () => {
    const { key, carried } = await firstFactorProved('/amas')
    const outcome = await proveSecondFactor(null, { code: totpCode(key, new Date()) }, visit({ carried }))
    expect(outcome).toMatchObject({ to: '/amas', carry: null, session: { token: expect.any(String) } })
    expect(await findSession(tokenHash(outcome.session?.token ?? ''), new Date())).not.toBeNull()
  })

  test('that the site cannot read any more says who helps, and counts as no wrong code', async () => {
    const { ada, key, carried } = await firstFactorProved()
    await sealUnderAnotherSecret(ada.memberId)
    const code = totpCode(key, new Date())
    await expect(proveSecondFactor(null, { code }, visit({ carried }))).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('npm run admin -- second-factor EMAIL --remove'),
    })
    expect(await db().auditEvent.count({ where: { act: 'wrong-code', ofId: ada.memberId } })).toBe(0)
    await liftSecondFactor(ada.email, new Date())
    expect((await signIn(ada.email)).session).toBeTruthy()
  })

  test('that was begun and cannot be read any more is begun anew', async () => {
    const { memberId } = await makePerson()
    const key = await beginSecondFactor(memberId)
    await sealUnderAnotherSecret(memberId)
    const here = await visitOf({ memberId })
    expect(await getOwnSecondFactor(here.viewer)).toEqual({ state: 'off' })
    const typed = confirmAuthenticator(here.viewer, { code: totpCode(key, new Date()) }, here)
    await expect(typed).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('begin anew') })
    await beginAuthenticator(here.viewer, {}, here)
    expect(await getOwnSecondFactor(here.viewer)).toMatchObject({ state: 'begun' })
  })

  test('takes no code twice, in whatever browser and however many at once', async () => {
    const { ada, key, carried } = await firstFactorProved()
    const [other, third] = [await signInAgain(ada.email), await signInAgain(ada.email)]
    const code = totpCode(key, new Date())
    const tries = await Promise.allSettled([carried, other].map((each) => proveSecondFactor(null, { code }, visit({ carried: each }))))
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await expect(proveSecondFactor(null, { code }, visit({ carried: third }))).rejects.toMatchObject({
      fields: { code: expect.stringContaining('used already') },
    })
    // Nor an earlier one, which the clock would still allow.
    const before = totpCode(key, new Date(Date.now() - 30_000))
    await expect(proveSecondFactor(null, { code: before }, visit({ carried: third }))).rejects.toMatchObject({ code: 'invalid' })
  })

  test('is for the browser that proved the first one, for ten minutes, and once', async () => {
    const { key, carried } = await firstFactorProved()
    const code = totpCode(key, new Date())
    for (const without of [null, 'something', carried.slice(1)]) {
      await expect(proveSecondFactor(null, { code }, visit({ carried: without }))).rejects.toThrow('too long ago')
    }
    const late = new Date(Date.now() + 10 * minute)
    await expect(proveSecondFactor(null, { code: totpCode(key, late) }, visit({ carried, now: late }))).rejects.toThrow('too long ago')
    await proveSecondFactor(null, { code }, visit({ carried }))
    const next = new Date(Date.now() + 30_000)
    await expect(proveSecondFactor(null, { code: totpCode(key, next) }, visit({ carried, now: next }))).rejects.toThrow('too long ago')
  })

  test('can be guessed at ten times in a quarter of an hour, from however many networks', async () => {
    const { ada, key, carried } = await firstFactorProved()
    const codes = [-1, 0, 1].map((step) => totpCode(key, new Date(Date.now() + step * 30_000)))
    const wrong = ['000000', '000001', '000002', '000003'].find((code) => !codes.includes(code)) ?? ''
    const guess = (i: number) => proveSecondFactor(null, { code: wrong }, visit({ carried, address: `198.51.100.${i}` }))
    const said = await Promise.allSettled(Array.from({ length: 14 }, (_, i) => guess(i)))
    const refused = said.map((each) => (each.status === 'rejected' ? each.reason.code : 'in'))
    expect(refused.toSorted()).toEqual([...Array(10).fill('invalid'), ...Array(4).fill('too_many')])
    // Not even the right one now, and nothing of it was used up.
    await expect(proveSecondFactor(null, { code: codes[1] ?? '' }, visit({ carried }))).rejects.toMatchObject({ code: 'too_many' })
    expect(await sessions(ada.memberId)).toBe(1)
  })

  test('leads into a suspended account no further than to its data', async () => {
    const { ada, key, carried } = await firstFactorProved()
    await db().account.update({ where: { memberId: ada.memberId }, data: { suspendedUntil: new Date('2100-01-01') } })
    const code = totpCode(key, new Date())
    expect(await proveSecondFactor(null, { code }, visit({ carried }))).toMatchObject({ session: {}, to: paths.settingsData() })
  })
})

describe('setting it up', () => {
  test('counts from the first code on, ends the other sessions and tells her', async () => {
    const ada = await makePerson()
    const [here, there] = [await visitOf(ada), await visitOf(ada)]
    await beginAuthenticator(here.viewer, {}, here)
    const begun = await getOwnSecondFactor(here.viewer)
    const key = begun.state === 'begun' ? begun.letters.replaceAll(' ', '') : ''
    expect(await signIn(ada.email)).toHaveProperty('session')
    await expect(confirmAuthenticator(here.viewer, { code: '000000' }, { ...here, now: new Date(0) })).rejects.toThrow()
    await confirmAuthenticator(here.viewer, { code: totpCode(key, here.now) }, here)
    expect(await findSession(tokenHash(there.token), new Date())).toBeNull()
    expect(await findSession(tokenHash(here.token), new Date())).not.toBeNull()
    expect(await getOwnSecondFactor(here.viewer)).toMatchObject({ state: 'on', codesLeft: 10 })
    expect((await mailsTo(ada.email)).at(-1)?.props).toEqual({ name: ada.name, change: 'authenticator-added' })
    // The code with which it was confirmed is used.
    const carried = (await signIn(ada.email)).carry ?? null
    await expect(proveSecondFactor(null, { code: totpCode(key, here.now) }, visit({ carried }))).rejects.toThrow()
  })

  test('wants a sign-in of five minutes ago at most, as does every change of it', async () => {
    const ada = await makePerson({ password: PASSWORD })
    const here = await visitOf(ada)
    const late = { ...here, now: new Date(here.now.getTime() + 6 * minute) }
    for (const change of [beginAuthenticator, removeAuthenticator, renewRecoveryCodes]) {
      await expect(change(late.viewer, {}, late)).rejects.toMatchObject({ code: 'sign_in' })
      await expect(change(null, {}, visit())).rejects.toMatchObject({ code: 'sign_in' })
    }
    await expect(confirmAuthenticator(late.viewer, { code: '123456' }, late)).rejects.toMatchObject({ code: 'sign_in' })
    await addSecondFactor(ada.memberId)
    // A changed password would make the session fresh by the first factor alone.
    const change = changePassword(late.viewer, { current: PASSWORD, password: `${PASSWORD} again` }, late)
    await expect(change).rejects.toMatchObject({ code: 'sign_in' })
  })

  test('begun again is another key, and cannot replace one that is asked for', async () => {
    const ada = await makePerson()
    const first = await beginSecondFactor(ada.memberId)
    expect(await beginSecondFactor(ada.memberId)).not.toBe(first)
    await addSecondFactor(ada.memberId)
    const here = await visitOf(ada)
    await expect(beginAuthenticator(here.viewer, {}, here)).rejects.toMatchObject({ code: 'conflict' })
    await expect(confirmAuthenticator(here.viewer, { code: '123456' }, here)).rejects.toMatchObject({ code: 'conflict' })
  })

  test('leaves nothing in the database that shows a code', async () => {
    const ada = await makePerson()
    const { key, recoveryCodes } = await addSecondFactor(ada.memberId)
    const kept = JSON.stringify([await db().authenticator.findMany(), await db().recoveryCode.findMany()])
    for (const secret of [key, ...recoveryCodes]) expect(kept).not.toContain(secret)
    // Nor does another's row open with it.
    const ben = await makePerson()
    const { sealedKey } = await db().authenticator.findUniqueOrThrow({ where: { memberId: ada.memberId } })
    await db().authenticator.create({ data: { memberId: ben.memberId, sealedKey } })
    expect(await getOwnSecondFactor((await visitOf(ben)).viewer)).toEqual({ state: 'off' })
  })
})

describe('recovery codes', () => {
  test('let in once each, and she is told', async () => {
    const ada = await makePerson()
    const { recoveryCodes } = await addSecondFactor(ada.memberId)
    expect(new Set(recoveryCodes).size).toBe(10)
    const [code = ''] = recoveryCodes
    const carried = await signInAgain(ada.email)
    const tries = [carried, await signInAgain(ada.email)].map((each) => proveSecondFactor(null, { code }, visit({ carried: each })))
    const done = await Promise.allSettled(tries)
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await mailsTo(ada.email)).at(-1)?.props).toEqual({ name: ada.name, change: 'recovery-code-used' })
    expect(await getOwnSecondFactor((await visitOf(ada)).viewer)).toMatchObject({ codesLeft: 9 })
  })

  test('of one person are none of another', async () => {
    const [ada, ben] = [await makePerson(), await makePerson()]
    const { recoveryCodes } = await addSecondFactor(ada.memberId)
    await addSecondFactor(ben.memberId)
    const carried = await signInAgain(ben.email)
    await expect(proveSecondFactor(null, { code: recoveryCodes[0] ?? '' }, visit({ carried }))).rejects.toMatchObject({ code: 'invalid' })
    const his = await visitOf(ben)
    expect(await readCarriedCodes(his.viewer, recoveryCodes.join(' '))).toEqual([])
    expect(await readCarriedCodes((await visitOf(ada)).viewer, recoveryCodes.join(' '))).toEqual(recoveryCodes)
  })

  test('are made anew, and the earlier ones are good no longer', async () => {
    const ada = await makePerson()
    const { recoveryCodes } = await addSecondFactor(ada.memberId)
    const here = await visitOf(ada)
    const { carry } = await renewRecoveryCodes(here.viewer, {}, here)
    const renewed = await readCarriedCodes(here.viewer, carry ?? null)
    expect(renewed).toHaveLength(10)
    expect(renewed.filter((code) => recoveryCodes.includes(code))).toEqual([])
    expect(await hideRecoveryCodes()).toMatchObject({ carry: null })
    const carried = await signInAgain(ada.email)
    await expect(proveSecondFactor(null, { code: recoveryCodes[0] ?? '' }, visit({ carried }))).rejects.toThrow()
    expect(await proveSecondFactor(null, { code: renewed[0] ?? '' }, visit({ carried }))).toHaveProperty('session')
    const ben = await visitOf(await makePerson())
    await expect(renewRecoveryCodes(ben.viewer, {}, ben)).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('taking it away', () => {
  test('ends the other sessions, tells her, and lets in without a code', async () => {
    const ada = await makePerson()
    await addSecondFactor(ada.memberId)
    const [here, there] = [await visitOf(ada), await visitOf(ada)]
    await removeAuthenticator(here.viewer, {}, here)
    expect(await findSession(tokenHash(there.token), new Date())).toBeNull()
    expect((await mailsTo(ada.email)).at(-1)?.props).toEqual({ name: ada.name, change: 'authenticator-removed' })
    expect(await db().recoveryCode.count({ where: { memberId: ada.memberId } })).toBe(0)
    expect(await signIn(ada.email)).toHaveProperty('session')
  })

  test('is the operator’s way for who has lost everything: it ends all sessions and tells the person', async () => {
    const { ada, key, carried } = await firstFactorProved()
    await expect(liftSecondFactor('nobody@example.org', new Date())).rejects.toMatchObject({ code: 'not_found' })
    expect(await liftSecondFactor(ada.email, new Date())).toContain('taken away')
    expect(await sessions(ada.memberId)).toBe(0)
    expect((await mailsTo(ada.email)).at(-1)?.props).toEqual({ name: ada.name, change: 'authenticator-removed' })
    await expect(proveSecondFactor(null, { code: totpCode(key, new Date()) }, visit({ carried }))).rejects.toThrow()
    expect(await signIn(ada.email)).toHaveProperty('session')
    expect(await liftSecondFactor(ada.email, new Date())).toContain('No second step')
  })
})

test('what was begun and not finished is forgotten', async () => {
  const { ada, carried } = await firstFactorProved()
  const ben = await makePerson()
  await beginSecondFactor(ben.memberId)
  const later = new Date(Date.now() + 25 * 60 * minute)
  await forgetAuthenticators(later)
  await forgetPendingSignIns(later)
  expect(await db().authenticator.count({ where: { memberId: { in: [ada.memberId, ben.memberId] } } })).toBe(1)
  expect(await db().pendingSignIn.count({ where: { tokenHash: tokenHash(carried) } })).toBe(0)
})

/** Somebody with a second factor who has proved the first one; `carried` is what the browser has. */
async function firstFactorProved(next: string | null = null) {
  const ada = await makePerson()
  const { key } = await addSecondFactor(ada.memberId)
  return { ada, key, carried: (await signIn(ada.email, next)).carry ?? '' }
}

async function signIn(email: string, next: string | null = null): Promise<Outcome> {
  await askForCode(null, { email, next }, visit())
  return proveByLink(null, { token: await linkTo(email) }, visit())
}

/** As the row is after PERCH_SECRET was changed: what is sealed for another opens as little. */
async function sealUnderAnotherSecret(memberId: string): Promise<void> {
  await db().authenticator.update({ where: { memberId }, data: { sealedKey: seal('another secret', 'a key as long as those are') } })
}

async function signInAgain(email: string): Promise<string | null> {
  return (await signIn(email)).carry ?? null
}

function sessions(memberId: string): Promise<number> {
  return db().session.count({ where: { memberId } })
}
