import { v7 as uuid } from 'uuid'
import { afterEach, expect, test, vi } from 'vitest'
import '../../auth.ts'
import { signOut } from '#domain/session/commands.ts'
import { db } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import { keepInBrowser } from '#lib/session.ts'
import { browser } from '#testing/browser.ts'
import { makeAnswer, makeCommunity, makeMentor, makeQuestion } from '#testing/factories.ts'
import { makePerson, visit, visitOf } from '#testing/people.ts'
import { GET } from './route.ts'

vi.mock('next/headers', () => import('#testing/browser.ts'))
afterEach(() => browser.jar.clear())

const ask = async (query = '') => (await GET(new Request(`https://perch.example/api/viewer${query}`))).json()

test('Ada’s browser is told her name, how many notices she has not read, and nothing else; a copy of its cookie is nobody’s once she signed out', async () => {
  expect(await ask()).toBeNull()
  const ada = await makePerson()
  const here = await visitOf(ada, visit())
  await keepInBrowser({ session: { token: here.token, expiresAt: new Date(Date.now() + 60_000) } })
  expect(await ask()).toEqual({ name: ada.name, handle: ada.handle, portraitId: null, queue: false, unread: 0 })
  await signOut(here.viewer)
  expect(await ask()).toBeNull()
})

test('Ben’s browser is told how much is new of what he follows, in words, where a page asks for it', async () => {
  const ben = await makePerson()
  const here = await visitOf(ben, visit())
  await keepInBrowser({ session: { token: here.token, expiresAt: new Date(Date.now() + 60_000) } })
  expect(await ask('?news=1')).toMatchObject({ news: null })
  const [community, mentor] = [await makeCommunity(), await makeMentor()]
  await db().follow.create({ data: { id: uuid(), memberId: ben.memberId, mentorId: mentor.id } })
  const answered = async (days: number) => {
    const answeredAt = new Date(Date.now() - days * 86_400_000)
    await makeAnswer((await makeQuestion(community.id)).id, mentor.id, { answeredAt })
  }
  for (const days of [0.1, 6.9, 7.1, 400]) await answered(days)
  expect(await ask('?news=1')).toMatchObject({ news: '2 new this week' })
  for (let i = 0; i < 19; i++) await answered(1 + i / 10)
  expect(await ask('?news=1')).toMatchObject({ news: 'more than 20 new this week' })
  expect(await ask()).not.toHaveProperty('news')
})

test('Cleo’s browser is told by name which pages are there for her, where it asks: as a member, as a host, as an admin', async () => {
  const cleo = await makePerson()
  const here = await visitOf(cleo, visit())
  await keepInBrowser({ session: { token: here.token, expiresAt: new Date(Date.now() + 60_000) } })
  const places = async () => ((await ask('?places=1')).places as { text: string; url: string }[]).map(({ text, url }) => `${text} ${url}`)
  expect(await places()).toEqual([
    `My profile ${paths.member(cleo.handle)}`,
    `Change my profile ${paths.settingsProfile()}`,
    `My roles ${paths.roles()}`,
  ])
  expect(await ask()).not.toHaveProperty('places')

  const { id, slug, name } = await makeCommunity()
  await db().communityRole.create({ data: { memberId: cleo.memberId, communityId: id, role: 'host' } })
  expect(await places()).toContain(`Host ${name} ${paths.hosting(slug)}`)
  expect(await places()).not.toContain(`Moderation ${paths.moderation()}`)
  await db().account.update({ where: { memberId: cleo.memberId }, data: { adminSince: new Date() } })
  expect(await places()).toEqual(expect.arrayContaining([`Moderation ${paths.moderation()}`, `Administration ${paths.admin()}`]))
})
