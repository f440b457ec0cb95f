import type { Browser, BrowserContext, Page } from '@playwright/test'
import { expectForEverybody } from '#e2e/support/for-everybody.ts'
import { htmlErrors } from '#e2e/support/nu-checker.ts'
import { askForCode, expect, newAddress, type Person, signUp, test } from '#e2e/support/person.ts'
import { db } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import { makeAnswer, makeCommunity, makeQuestion } from '#testing/factories.ts'
import { photo } from '#testing/hostile-uploads.ts'

const WORDS = 'Wolfram keeps bees under the stairs.'
const WHY = 'Please leave out what is nobody’s business.'

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('An answer is reported, hidden, its author reads why, and it comes back', async ({
      page,
      browser,
      newPerson,
      expectComplaint,
    }) => {
      test.slow()
      const { community, question, answer, author, authorPage } = await scene(browser, javaScriptEnabled, newPerson('Wolfram Adler'))
      const url = paths.question(question.slug)

      // A visitor is asked to sign in first, and gets back to the report.
      await page.goto(url)
      await page.getByRole('link', { name: 'Report Wolfram Adler’s answer' }).click()
      await expect(page).toHaveURL(paths.signIn(paths.report('answer', answer.id)))
      const reader = newPerson('Ines Holt')
      await signUp(page, reader)
      await page.goto(paths.report('answer', answer.id))
      await page.getByRole('button', { name: 'Report it' }).click()
      await expect(page.getByLabel('What is wrong?')).toHaveAccessibleDescription(/Choose what it is/)
      await page.getByLabel('What is wrong?').selectOption('private')
      await page.getByLabel('What should moderators know?').fill('He is my neighbour.')
      await page.getByRole('button', { name: 'Report it' }).click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('You have reported this')

      const moderator = newPerson('Mona Reed')
      const desk = await signedIn(browser, javaScriptEnabled, moderator)
      await make('moderator', moderator, question.communityId)
      await desk.goto(paths.moderation())
      await expect(desk.getByText('He is my neighbour.')).toBeVisible()
      await expect(desk.getByText(WORDS)).toBeVisible()
      await expect(desk.getByText('Ines Holt')).toHaveCount(0)
      await desk.getByRole('link', { name: /^Decide/ }).click()
      await desk.getByLabel('Why hide it?').selectOption('private')
      await desk.getByLabel('In your words').first().fill(WHY)
      await desk.getByRole('button', { name: 'Hide the answer' }).click()
      await expect(desk.getByText(/^Hidden since/)).toBeVisible()

      await expect.poll(() => textOf(page, url)).not.toContain(WORDS)
      expect(await textOf(page, url)).toContain('Not answered yet')
      expect(await textOf(page, paths.mentor(author.handle))).not.toContain(WORDS)
      expect(await textOf(page, paths.feed('mentors', author.handle))).not.toContain(WORDS)

      await authorPage.goto(paths.settings())
      await authorPage.getByRole('link', { name: 'Notices to you' }).click()
      await expect(authorPage.getByRole('heading', { level: 2 })).toContainText('was hidden')
      await expect(authorPage.getByText('It tells what is private of somebody')).toBeVisible()
      await expect(authorPage.getByText(WHY)).toBeVisible()
      expect((await author.person.mail(/decision of a moderator/)).text).toContain(WHY)

      await desk.goto(paths.moderationActs())
      await desk.getByRole('link', { name: 'A moderator hid an answer' }).click()
      await desk.getByLabel('Why show it again?').selectOption('mistake')
      await desk.getByRole('button', { name: 'Show the answer again' }).click()
      await expect(desk.getByText('Readers see this answer.')).toBeVisible()
      await expect.poll(() => textOf(page, url)).toContain(WORDS)
      await authorPage.reload()
      await expect(authorPage.getByRole('heading', { level: 2 }).first()).toContainText('is shown again')

      // A hidden question is not there, nor anywhere else.
      const about = [
        ...[paths.mentor(author.handle), paths.feed('mentors', author.handle), paths.feed('communities', community.slug)],
        ...[paths.community(community.slug), paths.communityQuestions(community.slug), await sitemapPart(page, question.slug)],
      ]
      for (const path of about) await expect.poll(() => textOf(page, path), { message: path }).toContain(question.slug)
      await desk.goto(paths.moderated('question', question.id))
      await desk.getByLabel('Why hide it?').selectOption('off-topic')
      await desk.getByRole('button', { name: 'Hide the question' }).click()
      await expect(desk.getByText(/^Hidden since/)).toBeVisible()
      for (const path of [url, paths.picture('questions', question.slug)]) {
        await expect.poll(async () => (await page.request.get(path)).status()).toBe(404)
      }
      for (const path of about) await expect.poll(() => textOf(page, path), { message: path }).not.toContain(question.slug)

      // Moderators of other communities find nothing to decide.
      expectComplaint(/status of 404/)
      const elsewhere = await makeCommunity()
      await db().communityRole.updateMany({ where: { communityId: question.communityId }, data: { communityId: elsewhere.id } })
      expect((await desk.goto(paths.moderated('answer', answer.id)))?.status()).toBe(404)
    })

    test('Somebody who is suspended is out at once, and reads why and until when', async ({ page, browser, newPerson }) => {
      test.slow()
      const { answer, question, author, authorPage } = await scene(browser, javaScriptEnabled, newPerson('Wolfram Adler'))
      const moderator = newPerson('Mona Reed')
      await signUp(page, moderator)
      await make('moderator', moderator, question.communityId)
      await authorPage.goto(paths.settingsProfile())
      await authorPage.getByLabel('About you').fill('Keeps on writing.')
      await page.goto(paths.moderated('answer', answer.id))
      await expect(page.getByText(/can only read, take the own data along and delete the account/)).toBeVisible()
      const day = new Date(Date.now() + 3 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10)
      await page.getByLabel('Until the end of').fill(day)
      await page.getByLabel('Why suspend Wolfram Adler?').selectOption('abuse')
      await page.getByLabel('In your words').last().fill('Three times is enough.')
      await page.getByRole('button', { name: 'Suspend Wolfram Adler' }).click()
      await expect(page.getByText(/^Suspended until/)).toBeVisible()

      // What was begun before is not kept any more, and no page knows the browser.
      await authorPage.getByRole('button', { name: 'Save' }).click()
      await expect(authorPage.getByText(/Sign in first|Sign in or join/).first()).toBeVisible()
      expect((await db().member.findUniqueOrThrow({ where: { id: author.memberId } })).bio).toBe('Keeps bees.')
      await authorPage.goto(paths.settings())
      await expect(authorPage).toHaveURL(paths.signIn(paths.settings()))
      await askForCode(authorPage, author.person)
      await authorPage.getByLabel('Code').fill((await author.person.mail(/Sign in/)).code)
      await authorPage.getByRole('button', { name: 'Continue' }).click()
      await expect(authorPage).toHaveURL(paths.settingsData())
      const told = authorPage.getByRole('alert').first()
      await expect(told).toContainText('This account is suspended until')
      await expect(told).toContainText('It insults or threatens somebody. Three times is enough.')
      expect((await author.person.mail(/decision of a moderator/)).text).toContain('Three times is enough.')

      // What nobody takes away: to read, to take the own data along, and to leave.
      await authorPage.goto(paths.settingsProfile())
      await authorPage.getByLabel('About you').fill('Keeps on writing.')
      await authorPage.getByRole('button', { name: 'Save' }).click()
      await expect(authorPage.getByText('until it is over, your profile stays as it is')).toBeVisible()
      await authorPage.goto(paths.settingsData())
      const download = authorPage.waitForEvent('download')
      await authorPage.getByRole('button', { name: 'Download my data' }).click()
      expect((await download).suggestedFilename()).toBe('perch-my-data.zip')
      await authorPage.getByRole('radio', { name: /It stays/ }).check()
      const { handle } = await db().member.findUniqueOrThrow({ where: { id: author.memberId } })
      await authorPage.getByLabel('Your handle').fill(handle)
      await authorPage.getByRole('button', { name: 'Delete my account' }).click()
      await expect(authorPage).toHaveURL(({ pathname }) => pathname === paths.home())
      expect(await db().account.count({ where: { memberId: author.memberId } })).toBe(0)
    })
  })
}

test('A profile is reported and hidden with its picture, put right by its owner, and shown again', async ({ page, browser, newPerson }) => {
  test.slow()
  const person = newPerson('Ines Holt')
  const own = await signedIn(browser, true, person)
  const { memberId } = await db().account.findUniqueOrThrow({ where: { email: person.email } })
  await own.goto(paths.settingsProfile())
  await own.getByLabel('About you').fill('Buy at shop.example!')
  await own.getByRole('button', { name: 'Save' }).click()
  await expect(own.getByText('Saved.')).toBeVisible()
  await own.getByLabel('A new picture').setInputFiles({ name: 'me.jpg', mimeType: 'image/jpeg', buffer: await photo() })
  await own.getByRole('button', { name: 'Use this picture' }).click()
  await expect(own.getByRole('button', { name: 'Remove my picture' })).toBeVisible()
  const { handle, portraitId } = await db().member.findUniqueOrThrow({ where: { id: memberId } })
  const [url, picture] = [paths.member(handle), paths.portrait(portraitId ?? '', 96)]
  const statusOf = async (path: string) => (await page.request.get(path)).status()
  await expect.poll(() => statusOf(picture)).toBe(200)

  const admin = newPerson('Ada Osei')
  await signUp(page, admin)
  await page.goto(url)
  await page.getByRole('link', { name: 'Report the profile of Ines Holt' }).click()
  await page.getByLabel('What is wrong?').selectOption('spam')
  await page.getByRole('button', { name: 'Report it' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You have reported this')
  await db().account.update({ where: { email: admin.email }, data: { adminSince: new Date() } })
  await page.goto(paths.moderated('profile', memberId))
  await page.getByLabel('Why hide it?').selectOption('spam')
  await page.getByRole('button', { name: 'Hide the profile' }).click()
  await expect(page.getByText(/^Hidden since/)).toBeVisible()
  const seen = page.getByRole('img', { name: 'Ines Holt, as pictured' })
  await expect.poll(() => seen.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(192)
  for (const path of [url, picture]) await expect.poll(() => statusOf(path)).toBe(404)

  await own.goto(paths.settingsProfile())
  await expect(own.getByText('A moderator hid what your profile says')).toBeVisible()
  await own.getByLabel('About you').fill('Keeps bees.')
  await own.getByRole('button', { name: 'Save' }).click()
  await expect(own.getByText('Saved.')).toBeVisible()
  await page.goto(paths.moderated('profile', memberId))
  await expect(page.getByText('Keeps bees.')).toBeVisible()
  await page.getByLabel('Why show it again?').selectOption('corrected')
  await page.getByRole('button', { name: 'Show the profile again' }).click()
  await expect(page.getByText('Readers see this profile.')).toBeVisible()
  for (const path of [url, picture]) await expect.poll(() => statusOf(path)).toBe(200)
  expect(await textOf(page, url)).toContain('Keeps bees.')
})

test('The pages of care are for everybody, and their HTML is right', async ({ page, browser, newPerson }, testInfo) => {
  test.slow()
  const { question, answer, author, authorPage } = await scene(browser, true, newPerson('Wolfram Adler'))
  const moderator = newPerson('Mona Reed')
  await signUp(page, moderator)
  await make('moderator', moderator, question.communityId)
  await page.goto(paths.report('answer', answer.id))
  await page.getByRole('button', { name: 'Report it' }).click()
  await expect(page.getByLabel('What is wrong?')).toHaveAccessibleDescription(/Choose what it is/)
  await expectForEverybody(page)
  await page.getByLabel('What is wrong?').selectOption('spam')
  await page.getByRole('button', { name: 'Report it' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You have reported this')
  const shown = [paths.report('question', question.id), paths.moderation(), paths.moderated('answer', answer.id)]
  const pages = await look(page, shown)
  await page.getByLabel('Why hide it?').selectOption('spam')
  await page.getByRole('button', { name: 'Hide the answer' }).click()
  await expect(page.getByText(/^Hidden since/)).toBeVisible()
  pages.push(
    ...(await look(page, [paths.moderated('answer', answer.id), paths.moderated('profile', author.memberId), paths.moderationActs()])),
  )
  pages.push(...(await look(authorPage, [paths.myNotices()])))
  expect(await htmlErrors(pages, testInfo.outputPath('html'))).toEqual([])
})

async function look(page: Page, wanted: string[]) {
  const pages = []
  for (const path of wanted) {
    await page.goto(path)
    await expectForEverybody(page)
    pages.push({ name: path, html: await (await page.request.get(path)).text() })
  }
  return pages
}

/** A question with an answer by somebody who is signed in. */
async function scene(browser: Browser, javaScriptEnabled: boolean, person: Person) {
  const authorPage = await signedIn(browser, javaScriptEnabled, person)
  const { memberId } = await db().account.findUniqueOrThrow({ where: { email: person.email } })
  const { handle } = await db().member.update({ where: { id: memberId }, data: { mentorSince: new Date(), bio: 'Keeps bees.' } })
  const community = await makeCommunity()
  const question = await makeQuestion(community.id)
  const answer = await makeAnswer(question.id, memberId, { body: WORDS })
  return { community, question, answer, author: { person, memberId, handle }, authorPage }
}

async function signedIn(browser: Browser, javaScriptEnabled: boolean, person: Person): Promise<Page> {
  const context: BrowserContext = await browser.newContext({ javaScriptEnabled, extraHTTPHeaders: { 'x-forwarded-for': newAddress() } })
  const page = await context.newPage()
  await signUp(page, person)
  return page
}

async function make(role: 'moderator', { email }: Person, communityId: string): Promise<void> {
  const { memberId } = await db().account.findUniqueOrThrow({ where: { email } })
  await db().communityRole.create({ data: { communityId, memberId, role } })
}

async function textOf(page: Page, path: string): Promise<string> {
  return (await page.request.get(path)).text()
}

/** The part of the sitemap in which the question stands. */
async function sitemapPart(page: Page, slug: string): Promise<string> {
  let found = ''
  const look = async () => {
    const parts = [...(await textOf(page, paths.sitemap())).matchAll(/<loc>[^<]*(\/sitemaps\/questions-[^<]+)<\/loc>/g)]
    for (const [, part = ''] of parts) if ((await textOf(page, part)).includes(slug)) found = part
    return found
  }
  await expect.poll(look).not.toBe('')
  return found
}
