import { execFile } from 'node:child_process'
import { describe, expect, test, vi } from 'vitest'
import { giveRole, takeRole } from '#domain/community-role/commands.ts'
import type { RoleName } from '#domain/community-role/rules.ts'
import { getMentor } from '#domain/member/queries.ts'
import { findSession } from '#domain/session/queries.ts'
import { db } from '#lib/db.ts'
import { withSession } from '#lib/db-session.ts'
import { tokenHash } from '#lib/secret.ts'
import { findDrift } from '#prisma/derived.ts'
import { makeAma, makeAnswer, makeCommunity, makeQuestion, makeTopic } from '#testing/factories.ts'
import { makePerson, visitOf } from '#testing/people.ts'

// Some start a program several times, and a machine may be busy.
vi.setConfig({ testTimeout: 30_000 })

const now = new Date()

describe('a role', () => {
  test.each<[RoleName, 'hosts' | 'moderates']>([
    ['host', 'hosts'],
    ['moderator', 'moderates'],
  ])('of a %s counts from the next request on, in that community alone, and ends the same way', async (role, list) => {
    const [here] = [await makeCommunity(), await makeCommunity()]
    const { person, viewer } = await signedIn()
    const asked = { email: person.email, role, community: here.slug }
    expect(await giveRole(asked, now)).toEqual({ changed: true, said: `Ada Osei (${person.email}) is a ${role} of ${here.name} now.` })
    expect(await viewer()).toMatchObject({ hosts: [], moderates: [], [list]: [here.id], admin: false })
    expect(await giveRole(asked, now)).toMatchObject({ changed: false, said: expect.stringContaining('already') })
    expect(await takeRole(asked, new Date())).toMatchObject({ changed: true })
    expect(await viewer()).toMatchObject({ hosts: [], moderates: [] })
    expect(await takeRole(asked, new Date())).toMatchObject({ changed: false, said: expect.stringContaining(`is not a ${role} of`) })
  })

  test('of an admin counts from the next request on, and whoever takes the last one away is told', async () => {
    const { person, viewer } = await signedIn()
    const asked = { email: person.email, role: 'admin' as const }
    expect(await giveRole(asked, now)).toMatchObject({ changed: true })
    expect(await viewer()).toMatchObject({ admin: true })
    const first = await db().account.findUnique({ where: { memberId: person.memberId } })
    expect(await giveRole(asked, new Date(now.getTime() + 60_000))).toMatchObject({ changed: false })
    expect(await db().account.findUnique({ where: { memberId: person.memberId } })).toEqual(first)
    expect(await takeRole(asked, new Date())).toMatchObject({ said: expect.stringContaining('There is no admin any more.') })
    expect(await viewer()).toMatchObject({ admin: false })
  })

  test('of a mentor gives a page, and a place among the mentors of a community', async () => {
    const community = await makeCommunity()
    const { person } = await signedIn()
    expect(await getMentor(person.handle)).toBeNull()
    await giveRole({ email: person.email, role: 'mentor', community: community.slug }, now)
    expect(await getMentor(person.handle)).toMatchObject({ mentorSince: now, communities: [{ community: { slug: community.slug } }] })
    expect(await db().community.findUnique({ where: { id: community.id } })).toMatchObject({ mentorCount: 1 })
    await takeRole({ email: person.email, role: 'mentor' }, new Date())
    expect(await getMentor(person.handle)).toBeNull()
    expect(await db().community.findUnique({ where: { id: community.id } })).toMatchObject({ mentorCount: 0 })
    expect(await withSession(findDrift)).toEqual([])
  })

  test('of a mentor stays with whoever has answered or held an AMA, there and altogether', async () => {
    const [here, there] = [await makeCommunity(), await makeCommunity()]
    const { person } = await signedIn()
    for (const { slug } of [here, there]) await giveRole({ email: person.email, role: 'mentor', community: slug }, now)
    await makeAnswer((await makeQuestion(here.id)).id, person.memberId)
    const topic = await makeTopic(there.id)
    const holder = { id: person.memberId, companyId: null, title: null }
    await makeAma({ communityId: there.id, topicId: topic.id }, [holder], now, { cancelledAt: now })
    for (const community of [here.slug, there.slug, undefined]) {
      await expect(takeRole({ email: person.email, role: 'mentor', community }, new Date())).rejects.toThrow('stays a mentor')
    }
    expect(await getMentor(person.handle)).not.toBeNull()
    expect(await withSession(findDrift)).toEqual([])
  })

  test('is given once, however often at the same moment', async () => {
    const community = await makeCommunity()
    const { person } = await signedIn()
    const asked = { email: person.email, role: 'host' as const, community: community.slug }
    const changes = await Promise.all(Array.from({ length: 8 }, () => giveRole(asked, now)))
    expect(changes.filter(({ changed }) => changed)).toHaveLength(1)
  })
})

describe('npm run admin', () => {
  test('gives a role, lists it and takes it away', async () => {
    const { slug, name } = await makeCommunity({ slug: 'bees', name: 'Bees' })
    const { email } = await makePerson({ name: 'Bea Lind', email: 'bea@example.org' })
    expect(await admin('role', 'Bea@Example.org', 'moderator', slug)).toEqual([0, `Bea Lind (${email}) is a moderator of ${name} now.`])
    expect(await admin('list')).toEqual([0, expect.stringContaining(`moderator of bees: Bea Lind (${email})`)])
    expect(await admin('role', email, 'moderator', slug, '--remove')).toEqual([0, `Bea Lind (${email}) is a moderator of Bees no longer.`])
    expect((await admin('list'))[1]).not.toContain('Bea Lind')
  })

  test.each([
    [['role', 'cleo', 'admin'], 'cleo: This is no e-mail address that mail can be sent to.'],
    [['role', 'nobody@example.org', 'admin'], 'Nobody has an account with nobody@example.org. Whoever it is has to sign in once before.'],
    [['role', 'cleo@example.org', 'king'], 'There is no role "king": there are mentor, host, moderator, admin.'],
    [['role', 'cleo@example.org', 'member'], 'Everybody with an account is a member; that is neither given nor taken away.'],
    [['role', 'cleo@example.org', 'host'], 'A host is one of a community: name it as its address does, such as product-management.'],
    [['role', 'cleo@example.org', 'admin', 'wasps'], 'An admin is one of the whole site: leave "wasps" away.'],
    [['role', 'cleo@example.org', 'moderator', 'Wasps'], expect.stringMatching(/^There is no community "Wasps"\. There are /)],
    [['role', 'cleo@example.org'], expect.stringContaining('Usage: npm run admin')],
    [['role', 'cleo@example.org', 'admin', '--delete'], expect.stringContaining('Usage: npm run admin')],
    [['crown', 'cleo@example.org'], expect.stringContaining('Usage: npm run admin')],
    [['list', '--remove'], expect.stringContaining('Usage: npm run admin')],
    [[], expect.stringContaining('Usage: npm run admin')],
  ])('says what is wrong with %j, and changes nothing', async (words, said) => {
    await makePerson({ email: 'cleo@example.org' }).catch(() => {})
    await makeCommunity({ slug: 'ants' }).catch(() => {})
    expect(await admin(...words)).toEqual([1, said])
    expect(await db().account.count({ where: { email: 'cleo@example.org', adminSince: null } })).toBe(1)
    expect(await db().communityRole.count({ where: { member: { account: { email: 'cleo@example.org' } } } })).toBe(0)
  })
})

async function signedIn() {
  const person = await makePerson()
  const { token } = await visitOf(person)
  return { person, viewer: async () => (await findSession(tokenHash(token), new Date()))?.viewer }
}

/** Its exit code, and what it says. */
function admin(...words: string[]): Promise<[code: number, said: string]> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['cli/admin.ts', ...words], (error, stdout, stderr) => {
      resolve([typeof error?.code === 'number' ? error.code : 0, (stdout + stderr).trim()])
    })
  })
}
