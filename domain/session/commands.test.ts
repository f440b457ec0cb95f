import { expect, test } from 'vitest'
import { endOtherSessions, endSession, forgetSessions, openSession, signOut } from '#domain/session/commands.ts'
import { findSession, listSessions } from '#domain/session/queries.ts'
import { db } from '#lib/db.ts'
import { tokenHash } from '#lib/secret.ts'
import { makeCommunity } from '#testing/factories.ts'
import { makePerson, visit, visitOf } from '#testing/people.ts'

const minute = 60_000
const day = 24 * 60 * minute
const later = (from: Date, by: number) => new Date(from.getTime() + by)

test('a session says who it is and what they may do', async () => {
  const ada = await makePerson({ adminSince: new Date() })
  const [nursing, law] = [await makeCommunity(), await makeCommunity()]
  await db().communityRole.createMany({
    data: [
      { communityId: nursing.id, memberId: ada.memberId, role: 'host' },
      { communityId: nursing.id, memberId: ada.memberId, role: 'moderator' },
      { communityId: law.id, memberId: ada.memberId, role: 'moderator' },
    ],
  })
  const { viewer } = await visitOf(ada)
  const { email, ...person } = ada
  expect(viewer).toMatchObject({ ...person, admin: true, hosts: [nursing.id], suspendedUntil: null })
  expect(viewer.moderates.toSorted()).toEqual([nursing.id, law.id].toSorted())
  expect(JSON.stringify(viewer)).not.toContain(email)
})

test('what is taken from somebody, or forbidden them, counts at the next request', async () => {
  const ada = await makePerson({ adminSince: new Date() })
  const { token } = await visitOf(ada)
  const until = new Date('2100-01-01T00:00:00Z')
  await db().account.update({ where: { memberId: ada.memberId }, data: { adminSince: null, suspendedUntil: until } })
  expect(await openSession(tokenHash(token), new Date())).toMatchObject({ admin: false, suspendedUntil: until })
  await db().member.delete({ where: { id: ada.memberId } })
  expect(await openSession(tokenHash(token), new Date())).toBeNull()
})

test('a session that is not used ends after two weeks, and every one after thirty days', async () => {
  const began = new Date('2026-01-01T10:00:00Z')
  const { token } = await visitOf(await makePerson(), { now: began })
  const at = (when: Date) => openSession(tokenHash(token), when)
  expect(await at(later(began, 13 * day))).not.toBeNull()
  // Its use at that time keeps it for two weeks more, and no longer than the thirty days.
  expect(await at(later(began, 26 * day))).not.toBeNull()
  expect(await at(later(began, 30 * day))).toBeNull()
  const idle = await visitOf(await makePerson(), { now: began })
  expect(await openSession(tokenHash(idle.token), later(began, 14 * day))).toBeNull()
})

test('its use is written down every five minutes', async () => {
  const began = new Date('2026-01-01T10:00:00Z')
  const { viewer, token } = await visitOf(await makePerson(), { now: began })
  const seenAt = async () => (await db().session.findUniqueOrThrow({ where: { id: viewer.sessionId } })).seenAt
  await openSession(tokenHash(token), later(began, 4 * minute))
  expect(await seenAt()).toEqual(began)
  await openSession(tokenHash(token), later(began, 5 * minute))
  expect(await seenAt()).toEqual(later(began, 5 * minute))
})

test('whoever is signed in stays so where the database can be read alone', async () => {
  const began = new Date('2026-01-01T10:00:00Z')
  const { viewer, token } = await visitOf(await makePerson(), { now: began })
  const answered = await withReadOnlySessions(() => openSession(tokenHash(token), later(began, 5 * minute)))
  expect(answered).toMatchObject({ memberId: viewer.memberId })
  expect((await db().session.findUniqueOrThrow({ where: { id: viewer.sessionId } })).seenAt).toEqual(began)
})

test('a cookie that was copied is dead once its owner has signed out', async () => {
  const here = await visitOf(await makePerson())
  expect(await signOut(here.viewer)).toEqual({ session: null, carry: null, to: '/' })
  expect(await openSession(tokenHash(here.token), new Date())).toBeNull()
  expect(await signOut(null)).toMatchObject({ session: null })
})

test('Ada sees her sessions and nobody else’s, this one first, and ends one or all others', async () => {
  const ada = await makePerson()
  const here = await visitOf(ada, { agent: 'Firefox' })
  const [phone, library] = [await visitOf(ada, { agent: 'Safari' }), await visitOf(ada, { agent: 'Chrome' })]
  const ben = await visitOf(await makePerson())
  const listed = await listSessions(here.viewer, new Date())
  expect(listed.map(({ agent, current }) => [agent, current])[0]).toEqual(['Firefox', true])
  expect(listed.map(({ agent }) => agent).toSorted()).toEqual(['Chrome', 'Firefox', 'Safari'])
  expect(JSON.stringify(listed)).not.toContain('Hash')

  await endSession(here.viewer, { id: ben.viewer.sessionId }, here)
  expect(await openSession(tokenHash(ben.token), new Date())).not.toBeNull()
  await endSession(here.viewer, { id: phone.viewer.sessionId }, here)
  expect(await openSession(tokenHash(phone.token), new Date())).toBeNull()
  await endOtherSessions(here.viewer, {}, here)
  expect(await openSession(tokenHash(library.token), new Date())).toBeNull()
  expect(await openSession(tokenHash(here.token), new Date())).not.toBeNull()
  expect(await endSession(here.viewer, { id: here.viewer.sessionId }, here)).toMatchObject({ session: null })
  expect(await openSession(tokenHash(here.token), new Date())).toBeNull()
})

test('whoever finds a browser open cannot end the others: that wants a sign-in of five minutes ago at most', async () => {
  const ada = await makePerson()
  const [here, there] = [await visitOf(ada), await visitOf(ada)]
  const found = { ...here, now: later(here.now, 6 * minute) }
  await expect(endSession(here.viewer, { id: there.viewer.sessionId }, found)).rejects.toMatchObject({ code: 'sign_in' })
  await expect(endOtherSessions(here.viewer, {}, found)).rejects.toMatchObject({ code: 'sign_in' })
  await expect(endOtherSessions(null, {}, visit())).rejects.toMatchObject({ code: 'sign_in' })
  expect(await findSession(tokenHash(there.token), found.now)).not.toBeNull()
})

test('what has ended is forgotten, and what holds is not', async () => {
  const ada = await makePerson()
  await visitOf(ada, { now: new Date(Date.now() - 15 * day) })
  const here = await visitOf(ada)
  await forgetSessions(new Date())
  expect((await db().session.findMany({ where: { memberId: ada.memberId } })).map(({ id }) => id)).toEqual([here.viewer.sessionId])
})

/** The table's trigger refuses as a standby does. */
async function withReadOnlySessions<T>(act: () => Promise<T>): Promise<T> {
  await db().$executeRaw`
    CREATE FUNCTION refuse_to_write() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'cannot execute UPDATE in a read-only transaction' USING ERRCODE = '25006'; END $$`
  await db().$executeRaw`CREATE TRIGGER "read_only" BEFORE UPDATE ON "Session" EXECUTE FUNCTION refuse_to_write()`
  try {
    return await act()
  } finally {
    await db().$executeRaw`DROP FUNCTION refuse_to_write CASCADE`
  }
}
