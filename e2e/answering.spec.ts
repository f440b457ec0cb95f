import type { Browser, BrowserContext, Page } from '@playwright/test'
import { expectForEverybody } from '#e2e/support/for-everybody.ts'
import { htmlErrors } from '#e2e/support/nu-checker.ts'
import { expect, newAddress, type Person, signUp, test, writeMarkdown } from '#e2e/support/person.ts'
import { db } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import { makeAma, makeCommunity, makeQuestion, makeTopic } from '#testing/factories.ts'

const MINUTE = 60_000

test('Two mentors of an AMA see that the other one is answering, readers see it on top, and both can answer', async ({
  page,
  browser,
  newPerson,
}, testInfo) => {
  test.slow()
  const [ana, ben] = [newPerson('Ana Quist'), newPerson('Ben Ravel')]
  const bens = await anotherBrowser(browser)
  for (const context of [page.context(), bens]) await writeMarkdown(context)
  const bensPage = await bens.newPage()
  await signUp(page, ana)
  await signUp(bensPage, ben)
  const { slug, first, second } = await amaOf(ana, ben)
  const readers = await browser.newContext({ extraHTTPHeaders: { 'x-forwarded-for': newAddress() } })
  const reader = await readers.newPage()
  const opened = reader.waitForResponse((response) => response.url().includes(paths.amaEvents(slug)))
  await reader.goto(paths.ama(slug))
  await opened
  const rows = reader.locator('#answers').getByRole('listitem')
  await expect(rows.first()).toContainText(first.title)

  await page.goto(paths.answerQuestion(second.slug))
  await expect(rows.first()).toContainText('Ana Quist is answering this')
  await expect(rows.first()).toContainText(second.title)
  await expect(rows).toHaveCount(2)

  // The other mentor reads it in the queue, on the page of prepared answers, and before writing.
  await bensPage.goto(paths.queue())
  await expect(bensPage.getByText('Ana Quist is answering this')).toHaveCount(1)
  await bensPage.goto(paths.preparedAnswers(slug))
  await expect(bensPage.getByText('Ana Quist is answering this')).toHaveCount(1)
  await begin(bensPage, second.slug)
  await expect(bensPage.getByText('Ana Quist is answering this. You can too: readers see every answer.')).toBeVisible()
  await expectForEverybody(bensPage)
  const html = await (await bensPage.request.get(paths.answerQuestion(second.slug))).body()
  expect(await htmlErrors([{ name: 'an answer that another one writes too', html }], testInfo.outputPath('pages'))).toEqual([])
  await expect(rows.first()).toContainText('Ana Quist and Ben Ravel are answering this')

  await bensPage.getByLabel('Your answer').fill('Ben would wait for the wind.')
  await bensPage.getByRole('button', { name: 'Publish now' }).click()
  await expect(bensPage.getByRole('status').getByText('Published.')).toBeVisible()
  await expect(rows.first()).toContainText('Ben would wait for the wind.')
  await expect(rows.first()).toContainText('Ana Quist is answering this')
  await page.getByLabel('Your answer').fill('Ana would not.')
  await page.getByRole('button', { name: 'Publish now' }).click()
  await expect(page.getByRole('status').getByText('Published.')).toBeVisible()
  await expect(reader.getByText(/is answering this/)).toHaveCount(0)
  expect(await db().answer.count({ where: { questionId: second.id } })).toBe(2)
  await Promise.all([bens.close(), readers.close()])
})

test('While one writes the page goes on telling who else does, and leaving it ends that', async ({ page, browser, newPerson }) => {
  test.slow()
  const [ana, ben] = [newPerson('Ana Quist'), newPerson('Ben Ravel')]
  const bens = await anotherBrowser(browser)
  const bensPage = await bens.newPage()
  await signUp(page, ana)
  await signUp(bensPage, ben)
  const { first } = await amaOf(ana, ben)
  await page.clock.install()
  await begin(page, first.slug)
  await expect(page.getByText(/is answering this/)).toHaveCount(0)

  await begin(bensPage, first.slug)
  await expect(bensPage.getByText(/^Ana Quist is answering this/)).toBeVisible()
  await look(page, first.slug)
  await expect(page.getByText(/^Ben Ravel is answering this/)).toBeVisible()

  await bensPage.goto(paths.home())
  await expect.poll(() => db().answerLease.count({ where: { questionId: first.id } })).toBe(1)
  await look(page, first.slug)
  await expect(page.getByText(/is answering this/)).toHaveCount(0)
  await bens.close()
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('the page says who is answering, and a preview says it to others', async ({ page, newPerson }) => {
    const [ana, ben] = [newPerson('Ana Quist'), newPerson('Ben Ravel')]
    await signUp(page, ana)
    const benId = await someMentor(ben.name)
    const { first } = await amaOf(ana, benId)
    const now = Date.now()
    const held = { questionId: first.id, since: new Date(now), until: new Date(now + 10 * MINUTE) }
    await db().answerLease.create({ data: { memberId: benId, ...held } })
    await page.goto(paths.answerQuestion(first.slug))
    await expect(page.getByText(/^Ben Ravel is answering this/)).toBeVisible()
    await page.getByLabel('Your answer').fill('Ana would not.')
    await page.getByRole('button', { name: 'Preview' }).click()
    await expect(page.getByRole('heading', { name: 'Preview' })).toBeVisible()
    expect(await db().answerLease.count({ where: { questionId: first.id } })).toBe(2)
  })
})

/** Opens the page on which the question is answered, and waits until others hear of it. */
async function begin(page: Page, slug: string): Promise<void> {
  const told = page.waitForResponse((response) => response.request().method() === 'PUT' && response.url().includes(paths.answering(slug)))
  await page.goto(paths.answerQuestion(slug))
  await told
}

/** Lets twenty seconds pass in the page, after which it asks again. */
async function look(page: Page, slug: string): Promise<void> {
  const asked = page.waitForResponse((response) => response.request().method() === 'GET' && response.url().includes(paths.answering(slug)))
  await page.clock.fastForward(21_000)
  await asked
}

function anotherBrowser(browser: Browser): Promise<BrowserContext> {
  return browser.newContext({ extraHTTPHeaders: { 'x-forwarded-for': newAddress() } })
}

async function someMentor(name: string): Promise<string> {
  const id = crypto.randomUUID()
  await db().member.create({ data: { id, handle: `mentor-${id}`, name } })
  return id
}

/** A live AMA of two people, with two questions. */
async function amaOf(...people: [Person, Person | string]) {
  const { id: communityId } = await makeCommunity()
  const { id: topicId } = await makeTopic(communityId)
  const ids = await Promise.all(
    people.map(async (person) =>
      typeof person === 'string' ? person : (await db().account.findUniqueOrThrow({ where: { email: person.email } })).memberId,
    ),
  )
  for (const id of ids) {
    await db().member.update({ where: { id }, data: { mentorSince: new Date() } })
    await db().communityMentor.create({ data: { communityId, memberId: id } })
  }
  const held = ids.map((id) => ({ id, companyId: null, title: null }))
  const ama = await makeAma({ communityId, topicId }, held, new Date(Date.now() - 10 * MINUTE))
  const ask = (number: number, requestBase: number, about: string) =>
    makeQuestion(communityId, {
      amaId: ama.id,
      number,
      requestBase,
      title: `What do you do with ${about} ${crypto.randomUUID().slice(0, 8)}?`,
    })
  return { slug: ama.slug, first: await ask(1, 9, 'smoke'), second: await ask(2, 2, 'wind') }
}
