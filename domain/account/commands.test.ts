import { v7 as uuid } from 'uuid'
import { describe, expect, test } from 'vitest'
import {
  askForCode,
  askForReset,
  changeEmail,
  changePassword,
  confirmEmail,
  proveByCode,
  proveByLink,
  resetPassword,
  signInWithPassword,
  signUp,
  suspendAccount,
} from '#domain/account/commands.ts'
import { keepFromInvitations } from '#domain/not-to-invite/commands.ts'
import { mayInvite } from '#domain/not-to-invite/queries.ts'
import { endOtherSessions, endSession } from '#domain/session/commands.ts'
import { findSession } from '#domain/session/queries.ts'
import { db } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import { tokenHash } from '#lib/secret.ts'
import type { Outcome, Visit } from '#lib/visit.ts'
import { codeTo, linkTo, mailsTo, makePerson, visit, visitOf } from '#testing/people.ts'

const minute = 60_000
const GOOD = 'three calm herons over the weir'

describe('a code', () => {
  test('lets Ada in, on to where she was going, and is then used up', async () => {
    const ada = await makePerson()
    const asked = await askForCode(null, { email: ada.email, next: '/amas' }, visit())
    const code = await codeTo(ada.email)
    const browser = visit({ carried: asked.carry ?? null })
    const outcome = await proveByCode(null, { code }, browser)
    expect(outcome).toMatchObject({ to: '/amas', carry: null })
    expect(await whose(outcome)).toBe(ada.memberId)
    await expect(proveByCode(null, { code }, browser)).rejects.toThrow('no longer good')
  })

  test('is good only in the browser that asked for it', async () => {
    const ada = await makePerson()
    await askForCode(null, { email: ada.email, next: null }, visit())
    const eve = await askForCode(null, { email: 'eve@example.org', next: null }, visit())
    const code = await codeTo(ada.email)
    await expect(proveByCode(null, { code }, visit())).rejects.toThrow('asked for no code')
    await expect(proveByCode(null, { code }, visit({ carried: eve.carry ?? null }))).rejects.toThrow('not the code')
  })

  test('can be guessed at five times, and not more often at the same moment', async () => {
    const ada = await makePerson()
    const { carry = null } = await askForCode(null, { email: ada.email, next: null }, visit())
    const code = await codeTo(ada.email)
    const wrong = code === '000000' ? '000001' : '000000'
    const guesses = await Promise.allSettled(
      Array.from({ length: 20 }, () => proveByCode(null, { code: wrong }, visit({ carried: carry }))),
    )
    const said = guesses.map((guess) => (guess.status === 'rejected' ? `${guess.reason.message}` : 'in'))
    expect(said.filter((message) => message.includes('not the code'))).toHaveLength(5)
    await expect(proveByCode(null, { code }, visit({ carried: carry }))).rejects.toThrow('no longer good')
  })

  test('lets in at the fifth try, and says how many are left', async () => {
    const ada = await makePerson()
    const { carry = null } = await askForCode(null, { email: ada.email, next: null }, visit())
    const code = await codeTo(ada.email)
    const wrong = code === '000000' ? '000001' : '000000'
    for (const left of ['4 more times', '3 more times', '2 more times', '1 more time.']) {
      await expect(proveByCode(null, { code: wrong }, visit({ carried: carry }))).rejects.toThrow(left)
    }
    expect((await proveByCode(null, { code }, visit({ carried: carry }))).session).toBeTruthy()
  })

  test('is good for ten minutes', async () => {
    const ada = await makePerson()
    const { carry = null } = await askForCode(null, { email: ada.email, next: null }, visit())
    const late = visit({ carried: carry, now: new Date(Date.now() + 10 * minute) })
    await expect(proveByCode(null, { code: await codeTo(ada.email) }, late)).rejects.toThrow('no longer good')
    await expect(proveByLink(null, { token: await linkTo(ada.email) }, visit({ now: late.now }))).rejects.toThrow('too old')
  })

  test('stands in no table, and neither does the link', async () => {
    const email = 'nowhere@example.org'
    await askForCode(null, { email, next: null }, visit())
    const [code, token] = [await codeTo(email), await linkTo(email)]
    const kept = JSON.stringify([
      await db().mailProof.findFirst({ where: { email } }),
      await db().$queryRaw`SELECT payload FROM graphile_worker._private_jobs`,
    ])
    expect(kept).not.toContain(code)
    expect(kept).not.toContain(token)
  })
})

describe('a link', () => {
  test('lets Ada in in another browser, and of two presses one', async () => {
    const ada = await makePerson()
    await askForCode(null, { email: ada.email, next: '/amas' }, visit())
    const token = await linkTo(ada.email)
    const presses = await Promise.allSettled([1, 2, 3].map(() => proveByLink(null, { token }, visit({ agent: 'Safari' }))))
    const outcomes = presses.flatMap((press) => (press.status === 'fulfilled' ? [press.value] : []))
    expect(outcomes).toHaveLength(1)
    expect(outcomes[0]?.to).toBe('/amas')
    expect(await whose(outcomes[0])).toBe(ada.memberId)
  })

  test('takes the code and every older mail with it', async () => {
    const ada = await makePerson()
    const first = await askForCode(null, { email: ada.email, next: null }, visit())
    const older = await codeTo(ada.email)
    await askForCode(null, { email: ada.email, next: null }, visit())
    await proveByLink(null, { token: await linkTo(ada.email) }, visit())
    await expect(proveByCode(null, { code: older }, visit({ carried: first.carry ?? null }))).rejects.toThrow('no longer good')
  })

  test('of one kind is none of another', async () => {
    const ada = await makePerson({ password: GOOD })
    await askForCode(null, { email: ada.email, next: null }, visit())
    const signIn = await linkTo(ada.email)
    await expect(resetPassword(null, { token: signIn, password: GOOD }, visit())).rejects.toThrow('too old')
    await expect(confirmEmail(null, { token: signIn }, visit())).rejects.toThrow('too old')
    await askForReset(null, { email: ada.email }, visit())
    await expect(proveByLink(null, { token: await linkTo(ada.email) }, visit())).rejects.toThrow('too old')
    await expect(proveByLink(null, { token: '' }, visit())).rejects.toThrow('too old')
  })
})

describe('signing up', () => {
  test('asks for the name after the proof, and makes the handle from it', async () => {
    const email = 'bea.lima@example.org'
    const proved = await prove(email)
    expect(proved).toMatchObject({ to: '/sign-up' })
    expect(proved.session).toBeUndefined()
    expect(await db().account.count({ where: { email } })).toBe(0)
    const outcome = await signUp(null, { name: 'Bea Lima' }, visit({ carried: proved.carry ?? null }))
    const member = await db().member.findUniqueOrThrow({ where: { id: await whose(outcome) }, include: { account: true } })
    expect(member).toMatchObject({ name: 'Bea Lima', handle: 'bea-lima', account: { email, passwordHash: null, adminSince: null } })
  })

  test('is for the browser that proved the address, not for the one that asked', async () => {
    const email = 'target@example.org'
    const eve = await askForCode(null, { email, next: null }, visit())
    await proveByLink(null, { token: await linkTo(email) }, visit())
    for (const carried of [null, eve.carry ?? null, await linkTo(email)]) {
      await expect(signUp(null, { name: 'Eve' }, visit({ carried }))).rejects.toThrow()
    }
    expect(await db().account.count({ where: { email } })).toBe(0)
  })

  test('happens once for one address, in however many browsers at once', async () => {
    const email = 'crowd@example.org'
    const proofs = await Promise.all(Array.from({ length: 6 }, () => askForCode(null, { email, next: null }, visit())))
    const mails = await mailsTo(email)
    const tokens = mails.map((mail) => ('link' in mail.props ? (new URL(mail.props.link).searchParams.get('token') ?? '') : ''))
    expect(tokens).toHaveLength(proofs.length)
    const proved = await Promise.all(tokens.map((token) => proveByLink(null, { token }, visit())))
    const tries = proved.flatMap(({ carry = null }) => [visit({ carried: carry }), visit({ carried: carry })])
    const done = await Promise.allSettled(tries.map((each) => signUp(null, { name: 'Same Name' }, each)))
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const each of done) if (each.status === 'rejected') expect(each.reason).toMatchObject({ name: 'Refusal' })
    expect(await db().member.count({ where: { name: 'Same Name' } })).toBe(1)
  })

  test('waits half an hour for the name', async () => {
    const proved = await prove('slow@example.org')
    const late = visit({ carried: proved.carry ?? null, now: new Date(Date.now() + 31 * minute) })
    await expect(signUp(null, { name: 'Slow' }, late)).rejects.toThrow('too old')
  })
})

describe('a password', () => {
  test('lets Ada in, and a copied address does not tell whether it is known', async () => {
    const ada = await makePerson({ password: GOOD })
    const none = await makePerson()
    expect(await whose(await signInWithPassword(null, { email: ada.email, password: GOOD, next: null }, visit()))).toBe(ada.memberId)
    const wrong = [ada.email, none.email, 'unknown@example.org'].map((email) =>
      signInWithPassword(null, { email, password: 'another one', next: null }, visit()).catch((error: Error) => ({
        ...error,
        message: error.message,
      })),
    )
    const [first, ...others] = await Promise.all(wrong)
    expect(first).toMatchObject({ code: 'invalid', message: 'The e-mail address or the password is wrong.' })
    for (const other of others) expect(other).toEqual(first)
  })

  test('that was kept in a weaker way is kept in the present one from then on', async () => {
    const { hash } = await import('@node-rs/argon2')
    const ada = await makePerson({ passwordHash: await hash(GOOD, { memoryCost: 8_192, timeCost: 1, parallelism: 1 }) })
    await signInWithPassword(null, { email: ada.email, password: GOOD, next: null }, visit())
    const { passwordHash } = await db().account.findUniqueOrThrow({ where: { email: ada.email } })
    expect(passwordHash).toContain('m=19456,t=2,p=1')
    expect(await signInWithPassword(null, { email: ada.email, password: GOOD, next: null }, visit())).toHaveProperty('session')
  })

  test('is changed with the one there is; then other sessions are dead, this one is new, and a mail says so', async () => {
    const ada = await makePerson({ password: GOOD })
    const [here, there] = [await visitOf(ada), await visitOf(ada)]
    const input = { current: 'not this one', password: 'a grebe dives at seven' }
    await expect(changePassword(here.viewer, input, here)).rejects.toMatchObject({ fields: { current: 'Not your password.' } })
    await expect(changePassword(here.viewer, { password: input.password }, here)).rejects.toThrow()
    const outcome = await changePassword(here.viewer, { ...input, current: GOOD }, here)
    expect(await whose(outcome)).toBe(ada.memberId)
    for (const { token } of [here, there]) expect(await findSession(tokenHash(token), new Date())).toBeNull()
    expect(await mailsTo(ada.email)).toEqual([{ kind: 'password-changed', to: ada.email, props: { name: ada.name } }])
    await expect(signInWithPassword(null, { email: ada.email, password: GOOD, next: null }, visit())).rejects.toThrow()
  })

  test('that is changed at the same moment lets nobody stay in with the old one', async () => {
    const ada = await makePerson({ password: GOOD })
    const here = await visitOf(ada)
    const tries = Array.from({ length: 4 }, () => signInWithPassword(null, { email: ada.email, password: GOOD, next: null }, visit()))
    const change = changePassword(here.viewer, { current: GOOD, password: 'a grebe dives at seven' }, here)
    await Promise.allSettled([...tries, change])
    const kept = await whose(await change)
    expect(kept).toBe(ada.memberId)
    expect(await db().session.count({ where: { memberId: ada.memberId } })).toBe(1)
  })

  test('can be set first only right after a sign-in', async () => {
    const ada = await makePerson()
    const here = await visitOf(ada)
    const late = { ...here, now: new Date(here.now.getTime() + 6 * minute) }
    await expect(changePassword(here.viewer, { password: GOOD }, late)).rejects.toMatchObject({ code: 'sign_in' })
    expect(await changePassword(here.viewer, { password: GOOD }, here)).toHaveProperty('session')
  })

  test('that is easily guessed is refused with the reason, and the link of the mail stays good', async () => {
    const ada = await makePerson({ name: 'Adaline Oseiwusu' })
    await askForReset(null, { email: ada.email }, visit())
    const token = await linkTo(ada.email)
    const weak = resetPassword(null, { token, password: 'adalineoseiwusu' }, visit())
    await expect(weak).rejects.toMatchObject({ code: 'invalid', fields: { password: expect.stringMatching(/\w/) } })
    expect(await whose(await resetPassword(null, { token, password: GOOD }, visit()))).toBe(ada.memberId)
  })

  test('is reset once by the newest of its links, and every session there was is dead', async () => {
    const ada = await makePerson({ password: 'the old one, long enough' })
    const there = await visitOf(ada)
    await askForReset(null, { email: ada.email }, visit())
    const older = await linkTo(ada.email)
    await askForReset(null, { email: ada.email }, visit())
    const token = await linkTo(ada.email)
    const tries = await Promise.allSettled([1, 2].map(() => resetPassword(null, { token, password: GOOD }, visit())))
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await findSession(tokenHash(there.token), new Date())).toBeNull()
    await expect(resetPassword(null, { token: older, password: GOOD }, visit())).rejects.toThrow('too old')
  })

  test('is asked for anew in the same words by everybody; the mails differ', async () => {
    const ada = await makePerson()
    const known = await askForReset(null, { email: ada.email }, visit())
    const unknown = await askForReset(null, { email: 'nobody@example.org' }, visit())
    expect(JSON.stringify(known).replace(ada.email, 'X')).toBe(JSON.stringify(unknown).replace('nobody@example.org', 'X'))
    expect((await mailsTo(ada.email)).map(({ kind }) => kind)).toEqual(['reset-password'])
    expect((await mailsTo('nobody@example.org')).map(({ kind }) => kind)).toEqual(['no-account'])
  })
})

describe('the address', () => {
  test('changes when the new one is proved; both are told, other sessions are dead', async () => {
    const ada = await makePerson()
    const [here, there] = [await visitOf(ada), await visitOf(ada)]
    const email = 'ada.new@example.org'
    await changeEmail(here.viewer, { email }, here)
    expect(await db().account.findUnique({ where: { email } })).toBeNull()
    const outcome = await confirmEmail(here.viewer, { token: await linkTo(email) }, here)
    expect(await whose(outcome)).toBe(ada.memberId)
    expect(await db().account.findUnique({ where: { email } })).toMatchObject({ memberId: ada.memberId })
    expect((await mailsTo(ada.email)).map(({ kind }) => kind)).toContain('address-changed')
    for (const { token } of [here, there]) expect(await findSession(tokenHash(token), new Date())).toBeNull()
  })

  test('that somebody else has begun to change stays, once the others are signed out; the old one is told when it is asked for', async () => {
    const ends: ((owner: Visit & { viewer: object }, memberId: string, other: string) => Promise<unknown>)[] = [
      (owner) => endOtherSessions(owner.viewer, {}, owner),
      (owner, _, other) => endSession(owner.viewer, { id: other }, owner),
      (_, memberId) => db().$transaction((tx) => suspendAccount(tx, memberId, new Date('2100-01-01T00:00:00Z'), 'It is spam.')),
    ]
    for (const [i, end] of ends.entries()) {
      const ada = await makePerson()
      const [owner, eve] = [await visitOf(ada), await visitOf(ada)]
      const email = `eve.${i}@example.org`
      await changeEmail(eve.viewer, { email }, eve)
      expect((await mailsTo(ada.email)).map(({ kind }) => kind)).toEqual(['address-to-change'])
      await end(owner, ada.memberId, eve.viewer.sessionId)
      await expect(confirmEmail(null, { token: await linkTo(email) }, visit())).rejects.toThrow('too old')
      expect(await db().account.findUnique({ where: { email: ada.email } })).toMatchObject({ memberId: ada.memberId })
    }
  })

  test('is changed also when a session is signed out by whoever is in it', async () => {
    const here = await visitOf(await makePerson())
    await changeEmail(here.viewer, { email: 'ada.signed-out@example.org' }, here)
    await endSession(here.viewer, { id: here.viewer.sessionId }, here)
    expect(await confirmEmail(null, { token: await linkTo('ada.signed-out@example.org') }, visit())).toEqual({ to: '/sign-in' })
  })

  test('takes along that nobody may invite them', async () => {
    const [ada, ben] = [await makePerson(), await makePerson()]
    await keepFromInvitations(db(), ada.email, new Date())
    for (const [person, email] of [
      [ada, 'ada.uninvited@example.org'],
      [ben, 'ben.invited@example.org'],
    ] as const) {
      const here = await visitOf(person)
      await changeEmail(here.viewer, { email }, here)
      await confirmEmail(here.viewer, { token: await linkTo(email) }, here)
    }
    expect([await mayInvite('ada.uninvited@example.org'), await mayInvite('ben.invited@example.org')]).toEqual([false, true])
  })

  test('can be proved in a browser where nobody is signed in, which then still is so', async () => {
    const ada = await makePerson()
    const here = await visitOf(ada)
    await changeEmail(here.viewer, { email: 'ada.elsewhere@example.org' }, here)
    const outcome = await confirmEmail(null, { token: await linkTo('ada.elsewhere@example.org') }, visit())
    expect(outcome).toEqual({ to: '/sign-in' })
    expect(await findSession(tokenHash(here.token), new Date())).toBeNull()
  })

  test('of another account is told apart only by whoever has its mail', async () => {
    const [ada, ben] = [await makePerson(), await makePerson()]
    const here = await visitOf(ada)
    const taken = await changeEmail(here.viewer, { email: ben.email }, here)
    const free = await changeEmail(here.viewer, { email: 'free@example.org' }, here)
    expect(taken.message?.replace(ben.email, 'X')).toBe(free.message?.replace('free@example.org', 'X'))
    await expect(confirmEmail(here.viewer, { token: await linkTo(ben.email) }, here)).rejects.toMatchObject({ code: 'conflict' })
    expect(await db().account.findUnique({ where: { email: ada.email } })).toMatchObject({ memberId: ada.memberId })
    expect(await findSession(tokenHash(here.token), new Date())).not.toBeNull()
  })

  test('changes only right after a sign-in', async () => {
    const here = await visitOf(await makePerson())
    const late = { ...here, now: new Date(here.now.getTime() + 6 * minute) }
    await expect(changeEmail(here.viewer, { email: 'late@example.org' }, late)).rejects.toMatchObject({ code: 'sign_in' })
    await expect(changeEmail(null, { email: 'late@example.org' }, visit())).rejects.toMatchObject({ code: 'sign_in' })
    expect(await mailsTo('late@example.org')).toEqual([])
  })

  test('that was left opens nothing with the mails it got', async () => {
    const ada = await makePerson({ password: GOOD })
    await askForReset(null, { email: ada.email }, visit())
    const reset = await linkTo(ada.email)
    const here = await visitOf(ada)
    await changeEmail(here.viewer, { email: 'ada.third@example.org' }, here)
    await confirmEmail(here.viewer, { token: await linkTo('ada.third@example.org') }, here)
    await expect(resetPassword(null, { token: reset, password: GOOD }, visit())).rejects.toThrow('too old')
  })
})

describe('whoever signs in', () => {
  test('gets a new session each time, and the one this browser had is dead', async () => {
    const ada = await makePerson({ password: GOOD })
    const before = await visitOf(ada)
    const outcome = await signInWithPassword(before.viewer, { email: ada.email, password: GOOD, next: null }, before)
    expect(outcome.session?.token).not.toBe(before.token)
    expect(await findSession(tokenHash(before.token), new Date())).toBeNull()
    expect(await whose(outcome)).toBe(ada.memberId)
  })

  test('leads who is suspended to their data, by every way, whatever they came for', async () => {
    const ada = await makePerson({ password: GOOD, suspendedUntil: new Date('2100-05-31T10:00:00Z') })
    const there = { session: {}, to: paths.settingsData() }
    const typed = { email: ada.email, password: GOOD, next: '/ask' }
    expect(await signInWithPassword(null, typed, visit())).toMatchObject(there)
    expect(await prove(ada.email)).toMatchObject(there)
    await askForReset(null, { email: ada.email }, visit())
    expect(await resetPassword(null, { token: await linkTo(ada.email), password: `${GOOD} again` }, visit())).toMatchObject(there)
    const later = visit({ now: new Date('2100-05-31T10:00:01Z') })
    expect(await signInWithPassword(null, { ...typed, password: `${GOOD} again` }, later)).toMatchObject({ to: '/ask' })
  })
})

test('Whether an address is known: the same answer, rows, mails and statements', async () => {
  const ada = await makePerson()
  const unknown = `${uuid()}@example.org`
  const [one, other] = [
    await askForCode(null, { email: ada.email, next: null }, visit()),
    await askForCode(null, { email: unknown, next: null }, visit()),
  ]
  expect({ ...one, carry: 'X' }).toEqual({ ...other, carry: 'X' })
  expect(one.carry).toHaveLength(other.carry?.length ?? 0)
  expect((await mailsTo(ada.email)).map(({ kind, props }) => [kind, Object.keys(props)])).toEqual(
    (await mailsTo(unknown)).map(({ kind, props }) => [kind, Object.keys(props)]),
  )
})

async function prove(email: string): Promise<Outcome> {
  await askForCode(null, { email, next: null }, visit())
  return proveByLink(null, { token: await linkTo(email) }, visit())
}

/** Whose session the outcome begins. */
async function whose(outcome: Outcome | undefined, at: Visit['now'] = new Date()): Promise<string | undefined> {
  const session = outcome?.session && (await findSession(tokenHash(outcome.session.token), at))
  return session ? session.viewer.memberId : undefined
}
