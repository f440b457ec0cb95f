import { devices } from '@playwright/test'
import papa from 'papaparse'
import { expectForEverybody } from '#e2e/support/for-everybody.ts'
import { htmlErrors } from '#e2e/support/nu-checker.ts'
import { expect, type Person, signUp, test } from '#e2e/support/person.ts'
import { db } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import { makeAnswer, makeCommunity, makeQuestion } from '#testing/factories.ts'
import { makePerson } from '#testing/people.ts'

const DAY = 86_400_000
// A browser without a head says so, and is then a bot.
const somebody = devices['Desktop Chrome'].userAgent

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('Ana sees what her answers did, and takes the same numbers along as files', async ({ page, browser, newPerson }) => {
      test.slow()
      const ana = newPerson('Ana Winterfeld')
      await signUp(page, ana)
      const { title, answer, slug } = await answerOf(ana)
      // Two browsers at one address are two readers by their languages.
      for (const locale of ['en-US', 'en-GB']) {
        const context = await browser.newContext({ javaScriptEnabled: true, userAgent: somebody, locale })
        const reader = await context.newPage()
        const beacon = reader.waitForResponse((response) => response.url().endsWith(paths.views()))
        await reader.goto(paths.question(slug))
        expect((await beacon).status()).toBe(204)
        await context.close()
      }
      // Views are written some seconds after they were seen.
      await expect.poll(() => db().answerView.count({ where: { answerId: answer.id } }), { timeout: 60_000 }).toBe(2)

      await page.goto(paths.queue())
      await page.getByRole('link', { name: 'Your numbers' }).click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your numbers')
      const main = page.getByRole('main')
      await expect(
        main
          .getByRole('term')
          .filter({ hasText: /^Views$/ })
          .first(),
      ).toBeVisible()
      expect(await totals(page)).toEqual({ Views: '2', Readers: '2', 'People helped': '3', Helpful: '1', 'Wait in your queue': '4' })
      await expect(
        main
          .getByRole('figure')
          .filter({ hasText: 'Views by day' })
          .getByText(/^2 in all, most on /),
      ).toBeVisible()
      await expect(main.getByRole('img', { name: 'Views by day' })).toBeVisible()
      const row = main.getByRole('listitem').filter({ hasText: title })
      await expect(row).toContainText('People helped3')
      await expect(row).toContainText('Still waiting1')
      // Today, and the day before where it was midnight just now, have all there is.
      await main.getByText('All days in a table').click()
      const days = main.getByRole('table', { name: 'Numbers by day' }).getByRole('row')
      await expect(days).toHaveCount(31)

      await page.getByRole('link', { name: '7 days' }).click()
      await expect(page.getByRole('link', { name: '7 days' })).toHaveAttribute('aria-current', 'page')
      expect(await totals(page)).toMatchObject({ Views: '2', 'People helped': '3', Helpful: 'None' })
      const [head, ...rows] = await fileOf(page, 'Download all answers (CSV)')
      expect(head).toEqual(['Question', 'Address', 'Answered', 'Views', 'People helped', 'Helpful', 'Still waiting'])
      expect(rows.find(([cell]) => cell === `'${title}`)?.slice(3)).toEqual(['2', '3', '0', '1'])
      const [, ...byDay] = await fileOf(page, 'Download all days (CSV)')
      expect(byDay).toHaveLength(7)
      expect([1, 2, 3, 4].map((column) => byDay.reduce((sum, cells) => sum + Number(cells[column]), 0))).toEqual([2, 2, 3, 0])
    })
  })
}

test('pages of numbers are for everybody, and their HTML is right', async ({ page, newPerson }, testInfo) => {
  test.slow()
  const bea = newPerson('Bea Winterfeld')
  await signUp(page, bea)
  const { answer } = await answerOf(bea)
  await db().answerDay.create({ data: { answerId: answer.id, day: new Date(Date.now() - 2 * DAY), views: 31 } })
  const { memberId } = await db().account.findUniqueOrThrow({ where: { email: bea.email } })
  const days = Array.from({ length: 40 }, (_, i) => ({
    mentorId: memberId,
    day: new Date(Date.now() - (i + 1) * DAY),
    views: 2 + ((i * 7) % 30),
    readers: 2,
  }))
  await db().mentorDay.createMany({ data: days })
  await page.goto(paths.insights())
  for (const summary of await page.locator('main summary').all()) await summary.click()
  await expectForEverybody(page)
  const pages = []
  for (const path of [paths.insights(), paths.insights('365')]) {
    pages.push({ name: path, html: await (await page.request.get(path)).text() })
  }
  expect(await htmlErrors(pages, testInfo.outputPath('html'))).toEqual([])
})

/** Makes somebody a mentor with an answer for which three had waited, that one found helpful long ago; one waits again, and four for others. */
async function answerOf({ email }: Person) {
  const { memberId } = await db().account.findUniqueOrThrow({ where: { email } })
  await db().member.update({ where: { id: memberId }, data: { mentorSince: new Date(Date.now() - 90 * DAY) } })
  const community = await makeCommunity()
  await db().communityMentor.create({ data: { communityId: community.id, memberId } })
  const title = `=Which of these comes first, ${community.id}?`
  const question = await makeQuestion(community.id, { title, askedAt: new Date(Date.now() - 20 * DAY) })
  for (let i = 0; i < 3; i++) await want(question.id, new Date(Date.now() - 9 * DAY))
  const answer = await makeAnswer(question.id, memberId, { answeredAt: new Date(Date.now() - DAY) })
  await want(question.id, new Date())
  await makeQuestion(community.id, { requestBase: 4 })
  const { memberId: reader } = await makePerson()
  await db().answerMark.create({
    data: { memberId: reader, kind: 'helpful', answerId: answer.id, markedAt: new Date(Date.now() - 20 * DAY) },
  })
  return { title, answer, slug: question.slug }
}

async function want(questionId: string, requestedAt: Date): Promise<void> {
  const { memberId } = await makePerson()
  await db().answerRequest.create({ data: { questionId, memberId, requestedAt } })
}

type Page = Parameters<typeof signUp>[0]

/** The numbers on top of the page, by their names. */
async function totals(page: Page): Promise<Record<string, string>> {
  const list = page.getByRole('main').locator('dl').first()
  const [names, numbers] = [await list.getByRole('term').allInnerTexts(), await list.getByRole('definition').allInnerTexts()]
  return Object.fromEntries(names.map((name, i) => [name, numbers[i] ?? '']))
}

async function fileOf(page: Page, link: string): Promise<string[][]> {
  const href = (await page.getByRole('link', { name: link }).getAttribute('href')) ?? ''
  const response = await page.request.get(href)
  expect(response.headers()['content-disposition']).toMatch(/^attachment; filename="perch-7-days-/)
  return papa.parse<string[]>((await response.text()).replace(/^\ufeff/, ''), { skipEmptyLines: true }).data
}
