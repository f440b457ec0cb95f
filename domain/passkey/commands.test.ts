import { describe, expect, test } from 'vitest'
import { liftSecondFactor } from '#domain/authenticator/commands.ts'
import {
  addPasskey,
  beginPasskey,
  beginPasskeySignIn,
  forgetPasskeyChallenges,
  removePasskey,
  renamePasskey,
  signInWithPasskey,
} from '#domain/passkey/commands.ts'
import { listPasskeys } from '#domain/passkey/queries.ts'
import { AddPasskey, SignInWithPasskey } from '#domain/passkey/rules.ts'
import { findSession } from '#domain/session/queries.ts'
import { db } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import { tokenHash } from '#lib/secret.ts'
import { addPasskeyOf, assertionForm, type Device, makeDevice, registrationForm } from '#testing/passkeys.ts'
import { addSecondFactor, mailsTo, makePerson, visit, visitOf } from '#testing/people.ts'

const minute = 60_000

describe('signing in with a passkey', () => {
  test('says who it is, leads on, and is two factors in one', async () => {
    const ada = await makePerson()
    await addSecondFactor(ada.memberId)
    const device = await addPasskeyOf(ada.memberId)
    const outcome = await enter(device, {}, '/amas')
    expect(outcome).toMatchObject({ to: '/amas', carry: null })
    const session = await findSession(tokenHash(outcome.session?.token ?? ''), new Date())
    expect(session?.viewer.memberId).toBe(ada.memberId)
  })

  test('has to have asked who holds it, on this site, for what this browser was asked', async () => {
    const device = await addPasskeyOf((await makePerson()).memberId)
    for (const manner of [{ verified: false }, { origin: 'https://perch.example.evil.example' }, { rpId: 'evil.example' }]) {
      await expect(enter(device, manner)).rejects.toThrow('did not work')
    }
    const [mine, another] = [await beginPasskeySignIn(visit()), await beginPasskeySignIn(visit())]
    const answer = assertionForm(device.get(mine.options))
    for (const carried of [another.carry, null, 'something']) {
      await expect(signInWithPasskey(null, answer, visit({ carried }))).rejects.toThrow('did not work')
    }
    expect(await signInWithPasskey(null, answer, visit({ carried: mine.carry }))).toHaveProperty('session')
  })

  test('is good once, also of many at one moment, and for five minutes', async () => {
    const device = await addPasskeyOf((await makePerson()).memberId)
    const { options, carry } = await beginPasskeySignIn(visit())
    const tries = Array.from({ length: 4 }, () => signInWithPasskey(null, assertionForm(device.get(options)), visit({ carried: carry })))
    const done = await Promise.allSettled(tries)
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const slow = await beginPasskeySignIn(visit())
    const late = visit({ carried: slow.carry, now: new Date(Date.now() + 5 * minute) })
    await expect(signInWithPasskey(null, assertionForm(device.get(slow.options)), late)).rejects.toThrow('did not work')
  })

  test('fails with a copy that has counted less far, and with one that is not known', async () => {
    const device = await addPasskeyOf((await makePerson()).memberId, { counter: 7 })
    expect(await enter(device, { counter: 9 })).toHaveProperty('session')
    for (const counter of [8, 9]) await expect(enter(device, { counter })).rejects.toThrow('did not work')
    expect(await enter(device, { counter: 10 })).toHaveProperty('session')
    await expect(enter(makeDevice())).rejects.toThrow('not known')
  })

  test('leads into a suspended account no further than to its data, and one of another’s key nowhere', async () => {
    const [ada, ben] = [await makePerson(), await makePerson()]
    const [hers, his] = [await addPasskeyOf(ada.memberId), await addPasskeyOf(ben.memberId)]
    const { options, carry } = await beginPasskeySignIn(visit())
    const forged = JSON.parse(his.get(options))
    const answer = assertionForm(JSON.stringify({ ...forged, id: hers.id, rawId: hers.id }))
    await expect(signInWithPasskey(null, answer, visit({ carried: carry }))).rejects.toThrow('did not work')
    await db().account.update({ where: { memberId: ada.memberId }, data: { suspendedUntil: new Date('2100-01-01') } })
    expect(await enter(hers)).toMatchObject({ session: {}, to: paths.settingsData() })
  })

  test('takes whatever a browser sends for an answer, and says what is wrong', () => {
    for (const credential of ['', 'null', '[]', '{"id":1}', '{"__proto__":{}}', 'x'.repeat(40_000), undefined]) {
      expect(SignInWithPasskey.safeParse({ credential }).success).toBe(false)
      expect(AddPasskey.safeParse({ credential, name: 'x' }).success).toBe(false)
    }
  })
})

describe('a person’s passkeys', () => {
  test('are added right after a sign-in: the other sessions end, and a mail tells of it', async () => {
    const ada = await makePerson()
    const there = await visitOf(ada)
    const device = await addPasskeyOf(ada.memberId)
    expect(await findSession(tokenHash(there.token), new Date())).toBeNull()
    expect((await mailsTo(ada.email)).at(-1)?.props).toEqual({ name: ada.name, change: 'passkey-added' })
    const here = await visitOf(ada)
    expect(await listPasskeys(here.viewer)).toMatchObject([{ name: 'My telephone', usedAt: null }])
    // The same device is not asked for a second one, and cannot be added to another account.
    const again = await beginPasskey(here.viewer, here)
    expect(again.options.excludeCredentials).toEqual([expect.objectContaining({ id: device.id })])
    const ben = await visitOf(await makePerson())
    const his = await beginPasskey(ben.viewer, ben)
    const taken = addPasskey(ben.viewer, registrationForm(device.create(his.options)), { ...ben, carried: his.carry })
    await expect(taken).rejects.toMatchObject({ code: 'conflict' })
  })

  test('ask who holds them, are made on this site, and for what was asked', async () => {
    const here = await visitOf(await makePerson())
    for (const manner of [{ verified: false }, { origin: 'http://perch.example' }, { rpId: 'example' }]) {
      const { options, carry } = await beginPasskey(here.viewer, here)
      const added = addPasskey(here.viewer, registrationForm(makeDevice().create(options, manner)), { ...here, carried: carry })
      await expect(added).rejects.toThrow('did not work')
    }
    const { options, carry } = await beginPasskey(here.viewer, here)
    const made = registrationForm(makeDevice().create({ challenge: `${options.challenge}x` }))
    await expect(addPasskey(here.viewer, made, { ...here, carried: carry })).rejects.toThrow('did not work')
    expect(await listPasskeys(here.viewer)).toEqual([])
  })

  test('are changed by nobody else, and added or removed by nobody who found a browser open', async () => {
    const [ada, ben] = [await makePerson(), await makePerson()]
    await addPasskeyOf(ada.memberId)
    const [here, his] = [await visitOf(ada), await visitOf(ben)]
    const [passkey] = await listPasskeys(here.viewer)
    const id = passkey?.id ?? ''
    await expect(renamePasskey(his.viewer, { id, name: 'Mine' })).rejects.toMatchObject({ code: 'not_found' })
    await expect(removePasskey(his.viewer, { id }, his)).rejects.toMatchObject({ code: 'not_found' })
    const late = { ...here, now: new Date(here.now.getTime() + 6 * minute) }
    await expect(removePasskey(late.viewer, { id }, late)).rejects.toMatchObject({ code: 'sign_in' })
    await expect(beginPasskey(late.viewer, late)).rejects.toMatchObject({ code: 'sign_in' })
    const { options, carry } = await beginPasskey(here.viewer, here)
    const added = addPasskey(late.viewer, registrationForm(makeDevice().create(options)), { ...late, carried: carry })
    await expect(added).rejects.toMatchObject({ code: 'sign_in' })
    await renamePasskey(here.viewer, { id, name: 'Blue key' })
    expect(await listPasskeys(here.viewer)).toMatchObject([{ name: 'Blue key' }])
  })

  test('let nobody in once they are removed, which ends the other sessions and is told', async () => {
    const ada = await makePerson()
    const device = await addPasskeyOf(ada.memberId)
    const [here, there] = [await visitOf(ada), await visitOf(ada)]
    const [passkey] = await listPasskeys(here.viewer)
    await removePasskey(here.viewer, { id: passkey?.id ?? '' }, here)
    expect(await findSession(tokenHash(there.token), new Date())).toBeNull()
    expect((await mailsTo(ada.email)).at(-1)?.props).toEqual({ name: ada.name, change: 'passkey-removed' })
    await expect(enter(device)).rejects.toThrow('not known')
  })

  test('stay when the operator takes the second step away: they are another way in', async () => {
    const ada = await makePerson()
    await addSecondFactor(ada.memberId)
    const device = await addPasskeyOf(ada.memberId)
    await liftSecondFactor(ada.email, new Date())
    expect(await enter(device)).toHaveProperty('session')
  })
})

test('what no browser answered in time is forgotten', async () => {
  await beginPasskeySignIn(visit())
  await forgetPasskeyChallenges(new Date(Date.now() + 5 * minute))
  expect(await db().passkeyChallenge.count()).toBe(0)
})

async function enter(device: Device, manner: Parameters<Device['get']>[1] = {}, next?: string) {
  const { options, carry } = await beginPasskeySignIn(visit())
  return signInWithPasskey(null, assertionForm(device.get(options, manner), next), visit({ carried: carry }))
}
