import type { Page } from '@playwright/test'
import { expectForEverybody } from '#e2e/support/for-everybody.ts'
import { htmlErrors } from '#e2e/support/nu-checker.ts'
import { expect, joinHere, type Person, signUp, test } from '#e2e/support/person.ts'
import { whenReady } from '#e2e/support/test.ts'
import { db } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import { makeAnswer, makeCommunity, makeMentor, makeQuestion } from '#testing/factories.ts'

const button = (page: Page, name: RegExp) => page.getByRole('article').getByRole('button', { name })

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('Ada saves an answer while she is signed out, signs up, finds it in her list, and lets it go', async ({ page, newPerson }) => {
      const { question } = await answered()
      await page.goto(paths.question(question.slug))
      if (javaScriptEnabled) await whenReady(page)
      await button(page, /^Save/).click()
      await expect(page).toHaveURL(paths.signIn(paths.waitingPress()))
      await joinHere(page, newPerson('Ada Osei'))
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('You saved this answer')
      await page.getByRole('link', { name: 'one list' }).click()
      await expect(page.getByRole('link', { name: question.title })).toBeVisible()
      await page.getByRole('button', { name: /^Remove/ }).click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('You have not saved this answer')
      await page.goto(paths.mySaved())
      await expect(page.getByText('Nothing yet')).toBeVisible()
    })

    test('Ben requested the question, so he can thank for its answer', async ({ page, newPerson }) => {
      const ben = newPerson('Ben Okafor')
      await signUp(page, ben)
      const { question, answer } = await answered()
      await page.goto(paths.ownRequest(question.slug))
      await expect(page.getByRole('button', { name: /^Thank/ })).toHaveCount(0)
      await db().answerRequest.create({ data: { questionId: question.id, memberId: await idOf(ben) } })
      await page.goto(paths.ownRequest(question.slug))
      await page.getByRole('button', { name: /^Thank/ }).click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('You said thanks')
      expect((await db().answer.findUniqueOrThrow({ where: { id: answer.id } })).thanksCount).toBe(1)
      await page.goto(paths.question(question.slug))
      if (javaScriptEnabled) await expect(button(page, /^Thank/)).toHaveAttribute('aria-pressed', 'true')
      else await expect(button(page, /^Thank/)).toHaveCount(0)
    })
  })
}

test('Cora says that an answer is helpful, and the number says so', async ({ page, newPerson }) => {
  await signUp(page, newPerson('Cora Lund'))
  const { question, answer } = await answered()
  await page.goto(paths.question(question.slug))
  await expect(button(page, /^Helpful/)).toHaveAttribute('aria-pressed', 'false')
  await expect(button(page, /^Thank/)).toHaveCount(0)
  await button(page, /^Helpful/).click()
  await expect(page.getByText('1 person found it helpful')).toBeVisible()
  await expect(button(page, /^Helpful/)).toHaveAttribute('aria-pressed', 'true')
  await expect.poll(async () => (await db().answer.findUniqueOrThrow({ where: { id: answer.id } })).helpfulCount).toBe(1)
})

test('an answer’s author has none of these buttons, and adds nothing to its views', async ({ page, newPerson }) => {
  const dina = newPerson('Dina Falk')
  await signUp(page, dina)
  const { question, answer } = await answered()
  await db().member.update({ where: { id: await idOf(dina) }, data: { mentorSince: new Date() } })
  await db().answer.update({ where: { id: answer.id }, data: { mentorId: await idOf(dina) } })
  const taken = page.waitForResponse((response) => response.url().endsWith(paths.views()))
  await page.goto(paths.question(question.slug))
  await expect(button(page, /^Helpful/)).toHaveCount(0)
  await expect(button(page, /^Save/)).toHaveCount(0)
  await taken
  expect(await db().answerView.count({ where: { answerId: answer.id } })).toBe(0)
})

test('the link of an answer is copied, and shared where the device can', async ({ page, context, baseURL }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.addInitScript(() => {
    const shared: unknown[] = []
    Object.assign(window, { shared })
    Object.assign(navigator, { share: async (data: unknown) => void shared.push(data) })
  })
  const { question, answer } = await answered()
  await page.goto(paths.question(question.slug))
  await whenReady(page)
  const link = baseURL + paths.answer(question.slug, answer.id)
  await button(page, /^Copy link/).click()
  await expect(page.getByText('Copied')).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link)
  await button(page, /^Share/).click()
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { shared: { url: string }[] }).shared.map(({ url }) => url)))
    .toEqual([link])
})

test('the pages of what is saved are for everybody, and have no error in them', async ({ page, newPerson }, testInfo) => {
  test.slow()
  const ena = newPerson('Ena Ruiz')
  await signUp(page, ena)
  const { question, answer } = await answered()
  await db().answerMark.create({ data: { memberId: await idOf(ena), kind: 'save', answerId: answer.id } })
  await page.goto(paths.question(question.slug))
  await expect(button(page, /^Save/)).toHaveAttribute('aria-pressed', 'true')
  await expectForEverybody(page)
  const pages = []
  for (const path of [paths.mySaved(), paths.ownMark('helpful', answer.id)]) {
    await page.goto(path)
    await expectForEverybody(page)
    pages.push({ name: path, html: await (await page.request.get(path)).body() })
  }
  expect(await htmlErrors(pages, testInfo.outputPath('pages'))).toEqual([])
})

async function answered() {
  const { id: communityId } = await makeCommunity()
  const mentor = await makeMentor({ name: 'Nuria Weld' })
  const role = { title: 'Furnace Lead' }
  const question = await makeQuestion(communityId, { title: `How does one mend bell ${crypto.randomUUID()}?` })
  return { question, answer: await makeAnswer(question.id, mentor.id, role) }
}

async function idOf({ email }: Person): Promise<string> {
  return (await db().account.findUniqueOrThrow({ where: { email } })).memberId
}
