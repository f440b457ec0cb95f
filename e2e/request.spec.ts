import type { Page } from '@playwright/test'
import { expectForEverybody } from '#e2e/support/for-everybody.ts'
import { htmlErrors } from '#e2e/support/nu-checker.ts'
import { expect, joinHere, newAddress, signUp, test } from '#e2e/support/person.ts'
import { whenReady } from '#e2e/support/test.ts'
import { db } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import { makeAnswer, makeCommunity, makeMentor, makeQuestion } from '#testing/factories.ts'

const request = (page: Page) => page.getByRole('main').getByRole('button', { name: /^Request (another )?answer/ })

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('Ada requests while she is signed out, signs up, and it is done; then she takes it back', async ({ page, newPerson }) => {
      const ada = newPerson('Ada Osei')
      const { slug, id, title } = await aQuestion()
      await page.goto(paths.question(slug))
      if (javaScriptEnabled) await whenReady(page)
      await request(page).click()
      await expect(page).toHaveURL(paths.signIn(paths.waitingPress()))
      expect(await requestsOf(id)).toBe(2)
      await joinHere(page, ada)
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('You requested an answer')
      await expect(page).toHaveURL(paths.ownRequest(slug))
      await expect(page.getByText('3 requests')).toBeVisible()
      expect(await requestsOf(id)).toBe(3)
      await page.getByRole('button', { name: 'Take it back' }).click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('You do not wait for this')
      await expect(page.getByText('2 requests')).toBeVisible()
      // What was carried out is not carried out again.
      await page.goto(paths.waitingPress())
      await expect(page).toHaveURL(paths.home())
      expect(await requestsOf(id)).toBe(2)
      await page.goto(paths.ownRequest(slug))
      await page.getByRole('link', { name: title }).click()
      await expect(page).toHaveURL(paths.question(slug))
    })
  })
}

test('Ben opens the mail in another browser, and finds his request there', async ({ page, newPerson, browser, baseURL }) => {
  const ben = newPerson('Ben Okafor')
  const { slug, id } = await aQuestion()
  await page.goto(paths.question(slug))
  await whenReady(page)
  await request(page).click()
  await page.getByLabel('E-mail address').fill(ben.email)
  await page.getByRole('button', { name: 'Send me a code' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Look into your mailbox')
  const mail = await ben.mail(/Sign in/)
  const elsewhere = await browser.newContext({ baseURL, extraHTTPHeaders: { 'x-forwarded-for': newAddress() } })
  const there = await elsewhere.newPage()
  await there.goto(mail.link)
  await there.getByRole('main').getByRole('button').click()
  await there.getByLabel('Your name').fill(ben.name)
  await there.getByRole('button', { name: 'Join Perch' }).click()
  await expect(there.getByRole('heading', { level: 1 })).toHaveText('You requested an answer')
  expect(await requestsOf(id)).toBe(3)
  await elsewhere.close()
})

test('Cora presses and presses again on the page itself; other pages know, and so does the server', async ({ page, newPerson }) => {
  const cora = newPerson('Cora Lund')
  await signUp(page, cora)
  const { slug, id, community } = await aQuestion()
  await page.goto(paths.question(slug))
  await expect(request(page)).toHaveAttribute('aria-pressed', 'false')
  await request(page).click()
  await expect(request(page)).toHaveAttribute('aria-pressed', 'true')
  await expect(request(page)).toHaveText(/^Request answer/)
  await expect(page.getByText('3 requests')).toBeVisible()
  await expect.poll(() => requestsOf(id)).toBe(3)
  await page.goto(paths.communityQuestions(community))
  await expect(request(page)).toHaveAttribute('aria-pressed', 'true')
  await request(page).press('Enter')
  await expect(request(page)).toHaveAttribute('aria-pressed', 'false')
  await expect.poll(() => requestsOf(id)).toBe(2)
  await expect(page).toHaveURL(paths.communityQuestions(community))
})

test('what is refused goes back, and says why; who was signed out meanwhile is led to the sign-in', async ({
  page,
  newPerson,
  expectComplaint,
}) => {
  expectComplaint(/status of (403|401)/)
  const dina = newPerson('Dina Falk')
  await signUp(page, dina)
  const { slug, id } = await aQuestion()
  await page.goto(paths.question(slug))
  await expect(request(page)).toHaveAttribute('aria-pressed', 'false')
  const account = { where: { email: dina.email } }
  await db().account.update({ ...account, data: { suspendedUntil: new Date(Date.now() + 86_400_000) } })
  await request(page).click()
  await expect(page.getByRole('main').getByRole('alert')).toContainText('suspended')
  await expect(request(page)).toHaveAttribute('aria-pressed', 'false')
  await expect(page.getByText('2 requests')).toBeVisible()
  expect(await requestsOf(id)).toBe(2)

  await db().account.update({ ...account, data: { suspendedUntil: null } })
  await db().session.deleteMany({ where: { member: { account: { email: dina.email } } } })
  await request(page).click()
  await expect(page).toHaveURL(paths.signIn(paths.waitingPress()))
})

test('Ena asked, so she is counted; an answered question asks for another one', async ({ page, newPerson }) => {
  const ena = newPerson('Ena Ruiz')
  await signUp(page, ena)
  const { slug, id } = await aQuestion()
  const { memberId } = await db().account.findUniqueOrThrow({ where: { email: ena.email } })
  await makeAnswer(id, (await makeMentor()).id)
  await page.goto(paths.question(slug))
  await expect(request(page)).toHaveText(/^Request another answer/)
  await request(page).click()
  await expect(request(page)).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByText('3 requests')).toBeVisible()
  await request(page).click()
  await expect(page.getByText('2 requests')).toBeVisible()
  await db().question.update({ where: { id }, data: { askedById: memberId } })
  await page.reload()
  await expect(page.getByText('You asked this')).toBeVisible()
  await expect(request(page)).toHaveCount(0)
})

test('the small page is for everybody, and has no error in it', async ({ page, newPerson }, testInfo) => {
  await signUp(page, newPerson('Fela Abara'))
  const { slug } = await aQuestion()
  await page.goto(paths.ownRequest(slug, 'too_many'))
  await expect(page.getByText('That was too often')).toBeVisible()
  await expectForEverybody(page)
  const html = await (await page.request.get(paths.ownRequest(slug))).body()
  expect(await htmlErrors([{ name: 'the small page', html }], testInfo.outputPath('pages'))).toEqual([])
})

async function aQuestion() {
  const { id: communityId, slug: community } = await makeCommunity()
  return { ...(await makeQuestion(communityId, { requestBase: 2 })), community }
}

async function requestsOf(id: string): Promise<number> {
  return (await db().question.findUniqueOrThrow({ where: { id } })).requestCount
}
