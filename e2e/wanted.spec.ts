import { randomUUID } from 'node:crypto'
import type { Browser, Page } from '@playwright/test'
import { expectForEverybody } from '#e2e/support/for-everybody.ts'
import { htmlErrors } from '#e2e/support/nu-checker.ts'
import { expect, joinHere, newAddress, type Person, signUp, test } from '#e2e/support/person.ts'
import { db } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import { makeCommunity, makeTopic } from '#testing/factories.ts'

const heading = (page: Page) => page.getByRole('heading', { level: 1 })
const join = (page: Page) => page.getByRole('main').getByRole('button', { name: /^I want this too/ })

test('Ada wishes for a mentor before she signs in, Ben joins without JavaScript, a host invites her, and a date is set', async ({
  page,
  newPerson,
  browser,
  baseURL,
}, testInfo) => {
  test.slow()
  const [ada, ben, hanna, mara] = ['Ada Osei', 'Ben Okafor', 'Hanna Holm', 'Mara Lind'].map(newPerson) as [Person, Person, Person, Person]
  const { community, topic } = await aPlace()
  const title = `Kiln master ${randomUUID().slice(0, 8)}`

  // Ada writes all of it signed out; the sign-in comes last.
  await page.goto(paths.newWanted({ community: community.slug }))
  await page.getByLabel('What is missing?').selectOption('mentor')
  await page.getByLabel('Which topic, or who?').fill(title)
  await page.getByLabel('Why').fill('To ask about fire.')
  await page.getByRole('button', { name: 'Sign in and ask for it' }).click()
  await joinHere(page, ada)
  await expect(heading(page)).toHaveText('You asked for this')
  const { slug, id } = await db().wanted.findFirstOrThrow({ where: { title } })
  await page.getByLabel('Your question for then').fill('How do you know that the kiln is hot enough?')
  await page.getByRole('button', { name: 'Add the question' }).click()
  await expect(page.getByText('Saved.')).toBeVisible()

  // Ben presses signed out and without JavaScript: it is done once he is in.
  const bens = await aPage(browser, baseURL, false)
  await bens.goto(paths.wantedThing(slug))
  await expect(bens.getByText('1 person')).toBeVisible()
  await join(bens).click()
  await joinHere(bens, ben)
  await expect(heading(bens)).toHaveText('You want this too')
  await expect(bens.getByText('2 people')).toBeVisible()

  // Two are enough here: the host is told, and the invitation has Ada's question in it, and nobody's name.
  const hosts = await aPage(browser, baseURL)
  await signUp(hosts, hanna)
  const host = await db().account.findUniqueOrThrow({ where: { email: hanna.email } })
  await db().communityRole.create({ data: { communityId: community.id, memberId: host.memberId, role: 'host' } })
  await hosts.goto(paths.hostedWanted(slug))
  await expect(hosts.getByLabel('The invitation')).toHaveValue(/How do you know that the kiln is hot enough\?/)
  expect(await hosts.content()).not.toMatch(/Ada Osei|Ben Okafor/)
  await hosts.getByLabel('Whom do you invite?').fill(mara.email)
  await hosts.getByLabel('Topic of the AMA').selectOption(topic.id)
  await hosts.getByRole('button', { name: 'Send the invitation' }).click()
  await expect(hosts.getByText('The invitation is on its way.')).toBeVisible()

  // Mara follows the link of the mail, and offers a time.
  const { text } = await mara.mail(/would like to ask you/)
  const maras = await aPage(browser, baseURL)
  await maras.goto(/\/invitations\/[\w-]+/.exec(text)?.[0] ?? '')
  await maras.getByRole('link', { name: 'Sign in or join' }).click()
  await joinHere(maras, mara)
  await maras.getByRole('button', { name: 'Become a mentor' }).click()
  await expect(heading(maras)).toHaveText(`People of ${community.name} wish to ask you`)
  await expectForEverybody(maras)
  await maras
    .getByLabel('Day')
    .first()
    .fill(`${new Date().getUTCFullYear() + 1}-01-11`)
  await maras.getByLabel('Start').first().fill('17:00')
  await maras.getByLabel('Time zone').selectOption('Europe/Berlin')
  await maras.getByRole('button', { name: 'Yes, offer these times' }).click()
  await expect(heading(maras)).toHaveText('You said yes')

  // Both can come: the date is set, and the question stands in the AMA.
  for (const each of [page, bens]) {
    await each.goto(paths.ownWanted(slug))
    await each.getByLabel(/^Jan 11, .*5:00PM/).check()
    await each.getByRole('button', { name: 'Save the times' }).click()
    await expect(each.getByText(each === page ? 'Saved.' : 'It came about.')).toBeVisible()
  }
  const { ama } = await db().wanted.findUniqueOrThrow({ where: { id }, select: { ama: { select: { slug: true } } } })
  await bens.getByRole('link', { name: `The AMA on ${topic.name}` }).click()
  await expect(bens).toHaveURL(paths.ama(ama?.slug ?? ''))
  await expect(bens.getByRole('link', { name: 'How do you know that the kiln is hot enough?' })).toBeVisible()
  expect(await bens.content()).not.toContain('Ada Osei')
  // A page for everybody may be a copy of a moment before.
  await expect.poll(async () => (await bens.request.get(paths.wantedThing(slug))).text()).toContain('It came about')

  const pages = await Promise.all(
    [paths.ownWanted(slug), paths.wantedThing(slug), paths.wantedList(community.slug)].map(async (path) => ({
      name: path,
      html: await (await page.request.get(path)).body(),
    })),
  )
  const theirs = [
    { name: 'the page of the host', html: await (await hosts.request.get(paths.hostedWanted(slug))).body() },
    { name: 'the page of the invited', html: await (await maras.request.get(paths.wantedInvitation(slug))).body() },
  ]
  expect(await htmlErrors([...pages, ...theirs], testInfo.outputPath('pages'))).toEqual([])
  for (const each of [bens, hosts, maras]) await each.context().close()
})

test('Cora says no for good by the link of the mail, without an account', async ({ page, newPerson, browser, baseURL }, testInfo) => {
  const [hanna, cora] = ['Hanna Holm', 'Cora Lund'].map(newPerson) as [Person, Person]
  const { community } = await aPlace()
  const slug = await aWish(community.id, { joinCount: 0, readyAt: new Date() })
  await signUp(page, hanna)
  const host = await db().account.findUniqueOrThrow({ where: { email: hanna.email } })
  await db().communityRole.create({ data: { communityId: community.id, memberId: host.memberId, role: 'host' } })
  await invite(page, slug, cora.email)
  await expect(page.getByText('The invitation is on its way.')).toBeVisible()
  await expectForEverybody(page)
  const { text } = await cora.mail(/would like to ask you/)
  const coras = await aPage(browser, baseURL, false)
  const never = /\/no-invitations\/[\w-]+/.exec(text)?.[0] ?? ''
  await coras.goto(never)
  await expect(coras.getByRole('link', { name: 'Back to your settings' })).toHaveCount(0)
  expect(await htmlErrors([{ name: never, html: await (await coras.request.get(never)).body() }], testInfo.outputPath('pages'))).toEqual([])
  await coras.getByRole('button', { name: 'Never invite me from here' }).click()
  await expect(heading(coras)).toHaveText('You are not invited any more')
  await invite(page, slug, cora.email)
  await expect(page.getByText('This address does not want to be asked.')).toBeVisible()
  await coras.getByRole('button', { name: 'I may be invited again' }).click()
  await expect(heading(coras)).toHaveText('Never be invited again?')
  await coras.context().close()

  // So the host ends it, which takes a second word.
  const end = page.getByRole('button', { name: 'This will not come about' })
  await page.goto(paths.hostedWanted(slug))
  await end.click()
  await expect(page.getByText('Tick this if you mean it.')).toBeVisible()
  await page.getByLabel('Yes, end it').check()
  await end.click()
  await expect(page.getByText('This is over: it did not come about.')).toBeVisible()
  await expect(end).toBeHidden()
  await expectForEverybody(page)
  const html = await (await page.request.get(paths.hostedWanted(slug))).body()
  expect(await htmlErrors([{ name: 'the page of the host', html }], testInfo.outputPath('ended'))).toEqual([])
})

test('Ella says in her settings that she is never invited, and takes it back there', async ({ page, newPerson }) => {
  await signUp(page, newPerson('Ella Brodersen'))
  const invitations = page.locator('section').filter({ has: page.getByRole('heading', { level: 2, name: 'Invitations', exact: true }) })
  await page.goto(paths.settings())
  await expect(invitations).toContainText('Hosts may invite you to hold an AMA.')
  await invitations.getByRole('link', { name: 'Never be invited' }).click()
  await page.getByRole('button', { name: 'Never invite me from here' }).click()
  await expect(heading(page)).toHaveText('You are not invited any more')
  await page.getByRole('link', { name: 'Back to your settings' }).click()
  await expect(page).toHaveURL(paths.settings())
  await expect(invitations).toContainText('Nobody may invite you: you said so.')
  await invitations.getByRole('link', { name: 'Be invited again' }).click()
  await page.getByRole('button', { name: 'I may be invited again' }).click()
  await expect(heading(page)).toHaveText('Never be invited again?')
  await page.goto(paths.settings())
  await expect(invitations).toContainText('Hosts may invite you to hold an AMA.')
})

test('Dina joins and leaves on the page itself; the list and the forms are for everybody', async ({ page, newPerson }, testInfo) => {
  const { community } = await aPlace()
  const slug = await aWish(community.id)
  await page.goto(paths.wantedList(community.slug))
  await expectForEverybody(page)
  await signUp(page, newPerson('Dina Falk'))
  await page.goto(paths.wantedThing(slug))
  await expect(join(page)).toHaveAttribute('aria-pressed', 'false')
  await join(page).click()
  await expect(join(page)).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByText('1 person')).toBeVisible()
  await expect.poll(() => joinsOf(slug)).toBe(1)
  await expectForEverybody(page)
  await page.goto(paths.wantedList(community.slug))
  await expect(join(page)).toHaveAttribute('aria-pressed', 'true')
  await join(page).click()
  await expect(join(page)).toHaveAttribute('aria-pressed', 'false')
  await expect.poll(() => joinsOf(slug)).toBe(0)
  await page.goto(paths.newWanted({ community: community.slug }))
  await expectForEverybody(page)
  await page.goto(paths.ownWanted(slug))
  await expectForEverybody(page)
  const html = await (await page.request.get(paths.newWanted({ community: community.slug }))).body()
  expect(await htmlErrors([{ name: 'the form', html }], testInfo.outputPath('pages'))).toEqual([])
})

async function aPlace() {
  const community = await makeCommunity({ wantedThreshold: 2 })
  return { community, topic: await makeTopic(community.id) }
}

async function aWish(communityId: string, given: { joinCount?: number; readyAt?: Date } = {}): Promise<string> {
  const id = randomUUID()
  const wish = { id, slug: `wish-${id}`, communityId, kind: 'topic', title: `Glazing ${id.slice(0, 8)}`, askedAt: new Date(), ...given }
  return (await db().wanted.create({ data: wish })).slug
}

async function joinsOf(slug: string): Promise<number> {
  return (await db().wanted.findUniqueOrThrow({ where: { slug } })).joinCount
}

async function invite(page: Page, slug: string, who: string): Promise<void> {
  await page.goto(paths.hostedWanted(slug))
  await page.getByLabel('Whom do you invite?').fill(who)
  await page.getByRole('button', { name: 'Send the invitation' }).click()
}

async function aPage(browser: Browser, baseURL: string | undefined, javaScriptEnabled = true): Promise<Page> {
  const context = await browser.newContext({
    baseURL,
    javaScriptEnabled,
    reducedMotion: 'reduce',
    extraHTTPHeaders: { 'x-forwarded-for': newAddress() },
  })
  return context.newPage()
}
