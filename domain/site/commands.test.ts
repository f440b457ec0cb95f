import { beforeEach, describe, expect, test } from 'vitest'
import { finishSetUp, offerSetUp, renameSite, sendTestMail, setUp } from '#domain/site/commands.ts'
import { getSetUp, getSite } from '#domain/site/queries.ts'
import { SetUp } from '#domain/site/rules.ts'
import { writePage } from '#domain/site-page/commands.ts'
import { getSitePage } from '#domain/site-page/queries.ts'
import { db } from '#lib/db.ts'
import { makeMentor, makeViewer } from '#testing/factories.ts'
import { mailsTo } from '#testing/mails.ts'
import { visit } from '#testing/people.ts'

const form = (token: string) =>
  SetUp.parse({ token, site: 'Nest', name: 'Ola Berg', email: 'ola@example.com', password: 'seven herons over the mill' })
const tokenOf = (path: string | null) => new URL(path ?? '', 'https://perch.example').searchParams.get('token') ?? ''

describe('Set-up', () => {
  beforeEach(async () => {
    await db().site.deleteMany()
    await db().member.deleteMany()
  })

  test('an empty site is offered at each start, and only by the newest link', async () => {
    const first = tokenOf(await offerSetUp())
    const second = tokenOf(await offerSetUp())
    expect(await getSetUp(first)).toMatchObject({ over: false, invited: false })
    expect(await getSetUp(second)).toMatchObject({ over: false, invited: true })
    expect(await getSetUp(undefined)).toMatchObject({ invited: false })
    await expect(setUp(null, form(first), visit())).rejects.toThrow('no longer good')
    const [site] = await db().site.findMany()
    expect(Buffer.from(site?.setUpTokenHash ?? []).toString('base64url')).not.toBe(second)
  })

  test('Ola names the site, is its first admin and signed in; the link is spent', async () => {
    const token = tokenOf(await offerSetUp())
    const outcome = await setUp(null, form(token), visit())
    expect(outcome.to).toBe('/setup')
    expect(outcome.session?.token).toBeTruthy()
    expect((await getSite()).name).toBe('Nest')
    const account = await db().account.findUnique({ where: { email: 'ola@example.com' }, include: { member: true } })
    expect(account).toMatchObject({ member: { name: 'Ola Berg', handle: 'ola-berg' }, adminSince: expect.any(Date) })
    await expect(setUp(null, { ...form(token), email: 'eve@example.com' }, visit())).rejects.toThrow('no longer good')
    // Whoever starts the site again goes on as the admin, and makes no second one.
    expect(await offerSetUp()).toBe('/sign-in/password?next=%2Fsetup')
  })

  test('of two who send the form at once one becomes admin', async () => {
    const token = tokenOf(await offerSetUp())
    const both = await Promise.allSettled([
      setUp(null, form(token), visit()),
      setUp(null, { ...form(token), email: 'eve@example.com' }, visit()),
    ])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await db().account.count({ where: { adminSince: { not: null } } })).toBe(1)
  })

  test('where there is an admin by then the link opens nothing', async () => {
    const token = tokenOf(await offerSetUp())
    const { memberId } = await makeViewer()
    await db().account.update({ where: { memberId }, data: { adminSince: new Date() } })
    await expect(setUp(null, form(token), visit())).rejects.toMatchObject({ code: 'not_found' })
    expect(await db().account.count()).toBe(1)
  })

  test('a password that is easily guessed makes no admin and leaves the link good', async () => {
    const token = tokenOf(await offerSetUp())
    await expect(setUp(null, { ...form(token), password: 'password1' }, visit())).rejects.toThrow('harder to guess')
    expect(await getSetUp(token)).toMatchObject({ invited: true, hasAdmin: false })
  })

  test('once it is over it is offered no more, to nobody', async () => {
    await offerSetUp()
    const ola = await makeViewer({ admin: true })
    await expect(finishSetUp(await makeViewer(), {}, visit())).rejects.toMatchObject({ code: 'not_found' })
    await finishSetUp(ola, {}, visit({ viewer: ola }))
    expect(await offerSetUp()).toBeNull()
    expect(await getSetUp(undefined)).toMatchObject({ over: true })
  })

  test('what an import brought before the first start is set up like an empty site, and its people are others', async () => {
    const { id: imported } = await makeMentor({ handle: 'ola-berg', name: 'Ola Berg' })
    const token = tokenOf(await offerSetUp())
    expect(await getSetUp(token)).toMatchObject({ over: false, invited: true, hasAdmin: false })
    await setUp(null, form(token), visit())
    const { memberId, adminSince } = await db().account.findUniqueOrThrow({ where: { email: 'ola@example.com' } })
    expect(adminSince).not.toBeNull()
    expect(memberId).not.toBe(imported)
    expect(await db().account.count()).toBe(1)
  })

  test('a site where people are already is not set up by a link', async () => {
    await makeViewer()
    expect(await offerSetUp()).toBeNull()
    expect(await getSetUp('anything')).toMatchObject({ over: true })
  })
})

describe('What stands on every page', () => {
  test('is changed by admins alone', async () => {
    for (const viewer of [null, await makeViewer(), await makeViewer({ admin: true, suspendedUntil: new Date(Date.now() + 60_000) })]) {
      await expect(renameSite(viewer, { site: 'Mine' }, visit({ viewer }))).rejects.toMatchObject({ code: 'not_found' })
      await expect(writePage(viewer, { slug: 'about', body: 'Mine' }, visit({ viewer }))).rejects.toMatchObject({ code: 'not_found' })
      await expect(sendTestMail(viewer)).rejects.toMatchObject({ code: 'not_found' })
    }
    const ola = await makeViewer({ admin: true })
    await renameSite(ola, { site: 'Nest' }, visit({ viewer: ola }))
    expect((await getSite()).name).toBe('Nest')
  })

  test('are the pages that have a text, as headings below their own and without anybody’s HTML', async () => {
    const ola = await makeViewer({ admin: true })
    await writePage(ola, { slug: 'about', body: '# Who\n\nWe are <script>alert(1)</script>' }, visit({ viewer: ola }))
    expect((await getSite()).pages).toEqual(['about'])
    const about = await getSitePage('about')
    expect(about?.html).toContain('<h2>Who</h2>')
    expect(about?.html).not.toContain('<script')
    await writePage(ola, { slug: 'about', body: '' }, visit({ viewer: ola }))
    expect((await getSite()).pages).toEqual([])
    expect(await getSitePage('about')).toBeNull()
  })

  test('an admin tries the mail', async () => {
    const ola = await makeViewer({ admin: true })
    await sendTestMail(ola)
    const { email } = await db().account.findUniqueOrThrow({ where: { memberId: ola.memberId } })
    expect((await mailsTo(email)).map(({ subject }) => subject)).toEqual(['Mail of Nest works'])
  })
})
