import type { Page } from '@playwright/test'
import { readEvents } from '#bench/event-reader.ts'
import { keepLease } from '#domain/answer-lease/commands.ts'
import { expectForEverybody } from '#e2e/support/for-everybody.ts'
import { htmlErrors } from '#e2e/support/nu-checker.ts'
import { expect, test, whenReady } from '#e2e/support/test.ts'
import { db } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import { makeAma, makeAnswer, makeCommunity, makeMentor, makeQuestion, makeTopic } from '#testing/factories.ts'

const MINUTE = 60_000
const large = (page: Page) => page.getByRole('region', { name: 'The question' }).getByRole('heading')
const coming = (page: Page) => page.getByRole('region', { name: 'Next' }).getByRole('listitem')

test('A projector shows the question that is being answered, and goes on by itself', async ({ page, baseURL }) => {
  const { slug, orla, questions } = await liveAma()
  const [smoke, wind, rain] = questions
  await follow(page, slug)
  await expect(large(page)).toHaveText(smoke.title)
  await expect(coming(page)).toHaveText([`2${wind.title}`, `3${rain.title}`])

  await keepLease(db(), orla.id, rain.id, new Date())
  await expect(large(page)).toHaveText(rain.title)
  await expect(page.getByText('Orla Fenn is answering this')).toBeVisible()
  await expect(page.getByText('Question 3', { exact: true })).toBeVisible()
  await expect(coming(page)).toHaveText([`1${smoke.title}`, `2${wind.title}`])

  await db().answerLease.deleteMany({ where: { questionId: rain.id } })
  await makeAnswer(rain.id, orla.id, { body: 'Wait for it.' })
  await expect(large(page)).toHaveText(smoke.title)
  await expect(coming(page)).toHaveText([`2${wind.title}`])

  await expect(page.getByText(/\d here$/)).toBeHidden()
  const { port } = new URL(baseURL ?? '')
  const others = Array.from({ length: 9 }, () => readEvents({ port: () => Number(port), path: paths.amaEvents(slug) }))
  await expect(page.getByText('10 here')).toBeVisible()
  for (const other of others) other.stop()
})

test('Keys lead on in place, make the type larger, and tell what they do', async ({ page }) => {
  const { slug, questions } = await liveAma()
  const [smoke, wind, rain] = questions
  await follow(page, slug)
  await page.keyboard.press('ArrowRight')
  await expect(large(page)).toHaveText(wind.title)
  await expect(page).toHaveURL(paths.presentAma(slug, 2))
  await page.keyboard.press('PageDown')
  await expect(large(page)).toHaveText(rain.title)
  await expect(coming(page)).toHaveCount(0)
  await page.keyboard.press('ArrowLeft')
  await expect(large(page)).toHaveText(wind.title)
  await page.keyboard.press('c')
  await expect(large(page)).toHaveText(smoke.title)
  await expect(page).toHaveURL(paths.presentAma(slug))

  const size = () => large(page).evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize))
  const before = await size()
  await page.keyboard.press('+')
  expect(await size()).toBeGreaterThan(before)
  await page.keyboard.press('-')
  await page.keyboard.press('-')
  expect(await size()).toBeLessThan(before)

  await page.keyboard.press('?')
  const keys = page.getByRole('dialog', { name: 'Keys' })
  await expect(keys).toBeVisible()
  await page.keyboard.press('ArrowRight')
  await page.getByLabel('Use these keys in this browser').uncheck()
  await page.getByRole('button', { name: 'Close' }).click()
  await expect(keys).toBeHidden()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('?')
  await expect(keys).toBeVisible()
  await expect(large(page)).toHaveText(smoke.title)
})

test('Its date is the new one when it moves', async ({ page }) => {
  const { slug } = await liveAma()
  await follow(page, slug)
  const { id, startsAt } = await db().ama.findUniqueOrThrow({ where: { slug } })
  const time = page.locator('header time')
  await expect(time).toHaveAttribute('datetime', startsAt.toISOString())
  const start = new Date(startsAt.getTime() - 20 * MINUTE)
  await db().ama.update({ where: { id }, data: { startsAt: start, startsAtLocal: start } })
  await expect(time).toHaveAttribute('datetime', start.toISOString())
})

test('What is typed into the palette is no key of the projector', async ({ page }) => {
  const { slug, questions } = await liveAma()
  await follow(page, slug)
  await page.keyboard.press('Control+k')
  const field = page.getByRole('dialog', { name: 'Go anywhere' }).getByRole('combobox')
  await expect(field).toBeFocused()
  await page.keyboard.type('profile + n?')
  await expect(field).toHaveValue('profile + n?')
  await expect(large(page)).toHaveText(questions[0].title)
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeHidden()
})

test('In a browser that lets nobody keep anything the keys and the sizes hold for the page', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('denied', 'SecurityError')
      },
    })
  })
  const { slug, questions } = await liveAma()
  await follow(page, slug)
  const size = () => large(page).evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize))
  const sizes = [await size()]
  for (let i = 0; i < 2; i += 1) {
    await page.keyboard.press('+')
    sizes.push(await size())
  }
  expect(sizes).toEqual([...new Set(sizes)].toSorted((a, b) => a - b))
  await page.keyboard.press('ArrowRight')
  await expect(large(page)).toHaveText(questions[1].title)
})

test('A projector is for everybody, has no error in it, and fits a wall and a telephone', async ({ page }, testInfo) => {
  const { slug, orla, questions } = await liveAma()
  const [smoke] = questions
  const empty = await liveAma(0)
  await keepLease(db(), orla.id, smoke.id, new Date())
  const addresses = [paths.presentAma(slug), paths.presentAma(slug, 2), paths.presentAma(empty.slug)]
  for (const address of addresses) {
    await page.goto(address)
    await whenReady(page)
    await expectForEverybody(page)
    await page.setViewportSize({ width: 1920, height: 1080 })
    const { tall, type } = await page.evaluate(() => ({
      tall: document.documentElement.scrollHeight,
      type: Number.parseFloat(getComputedStyle(document.querySelector('section h2') ?? document.body).fontSize),
    }))
    expect(tall).toBeLessThanOrEqual(1080)
    expect(type).toBeGreaterThan(48)
  }
  const pages = await Promise.all(addresses.map(async (name) => ({ name, html: await (await page.request.get(name)).body() })))
  expect(await htmlErrors(pages, testInfo.outputPath('pages'))).toEqual([])
  await expect(page.getByRole('img', { name: /^A code that leads to http/ })).toBeVisible()
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('it shows what is so now, and links lead through the questions', async ({ page }) => {
    const { slug, questions } = await liveAma()
    const [smoke, wind] = questions
    await page.goto(paths.presentAma(slug))
    await expect(large(page)).toHaveText(smoke.title)
    await page.getByRole('link', { name: /^Next question/ }).click()
    await expect(large(page)).toHaveText(wind.title)
    await page.getByRole('link', { name: /^Previous/ }).click()
    await expect(large(page)).toHaveText(smoke.title)
    await expect(page.getByRole('button')).toHaveCount(0)
    await page.getByRole('link', { name: 'Back to the AMA' }).click()
    await expect(page).toHaveURL(paths.ama(slug))
  })
})

/** Opens the projector, and waits until it follows. */
async function follow(page: Page, slug: string): Promise<void> {
  const opened = page.waitForResponse((response) => response.url().includes(paths.amaEvents(slug)))
  await page.goto(paths.presentAma(slug))
  await whenReady(page)
  expect((await opened).status()).toBe(200)
}

/** An AMA of Orla's that is on, with three questions or none, the most requested first. */
async function liveAma(asked: 0 | 3 = 3) {
  const { id: communityId } = await makeCommunity()
  const orla = await makeMentor({ name: 'Orla Fenn' })
  const { id: topicId } = await makeTopic(communityId)
  const { id, slug } = await makeAma({ communityId, topicId }, [orla], new Date(Date.now() - 10 * MINUTE))
  const ask = (number: number, about: string) =>
    makeQuestion(communityId, { amaId: id, number, requestBase: 9 - number, title: `What do you do in ${about} when nobody answers?` })
  if (asked === 0) return { slug, orla, questions: [] as never }
  const questions = [await ask(1, 'smoke'), await ask(2, 'wind'), await ask(3, 'rain')] as const
  return { slug, orla, questions }
}
