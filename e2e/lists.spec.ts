import type { Page } from '@playwright/test'
import { glass } from '#e2e/support/glass.ts'
import { expect, test, whenReady } from '#e2e/support/test.ts'
import { paths } from '#lib/paths.ts'

const lists = [
  ['the questions of a community', paths.communityQuestions(glass.community), 'More questions', 5],
  ['the questions of a topic', paths.topicQuestions(glass.topic), 'More questions', 5],
  ['the answers of a mentor', paths.mentor(glass.mara), 'More answers', 3],
  ['the questions of an AMA', paths.ama(glass.longAma), 'More questions', 2],
] as const

for (const [list, path, more, pages] of lists) {
  test(`${list} go on in place, and as far as they go`, async ({ page }) => {
    await page.goto(path)
    await whenReady(page)
    for (let shown = 1; shown < pages; shown++) {
      const before = await headings(page)
      await page.getByRole('link', { name: more }).click()
      await expect.poll(async () => (await headings(page)).length).toBeGreaterThan(before.length)
      const after = await headings(page)
      expect(after.slice(0, before.length)).toEqual(before)
      expect(new Set(after).size).toBe(after.length)
      await expect(page.getByRole('main').getByRole('link', { name: after[before.length], exact: true })).toBeFocused()
    }
    await expect(page.getByRole('link', { name: more })).toHaveCount(0)
    await expect(page).toHaveURL(path)
    const ids = await page.evaluate(() => [...document.querySelectorAll('[id]')].map(({ id }) => id))
    expect(new Set(ids).size).toBe(ids.length)
  })
}

test('an AMA goes on counting where its first page ended', async ({ page }) => {
  await page.goto(paths.ama(glass.longAma))
  await whenReady(page)
  await page.getByRole('link', { name: 'More questions' }).click()
  await expect(
    page.getByRole('main').getByRole('listitem').filter({ hasText: 'What did the furnace of year 1 look like inside?' }),
  ).toContainText(/^27/)
})

test('when the next rows do not come, their page is opened', async ({ page, expectComplaint }) => {
  expectComplaint(/ERR_FAILED/)
  await page.goto(paths.communityQuestions(glass.community))
  await whenReady(page)
  await page.route(/after=/, (route) => (route.request().resourceType() === 'fetch' ? route.abort() : route.continue()))
  await page.getByRole('link', { name: 'More questions' }).click()
  await expect(page).toHaveURL(/after=/)
  await expect(page.getByRole('heading', { level: 3 })).toHaveCount(20)
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  for (const [list, path, more, pages] of lists) {
    test(`${list} go on from page to page`, async ({ page }) => {
      await page.goto(path)
      const seen = await headings(page)
      for (let shown = 1; shown < pages; shown++) {
        const before = page.url()
        await page.getByRole('link', { name: more }).click()
        await expect(page).not.toHaveURL(before)
        await expect(page).toHaveURL(/[?&]after=/)
        await page.waitForLoadState()
        const here = await headings(page)
        expect(here.length).toBeGreaterThan(0)
        expect(here.filter((heading) => seen.includes(heading))).toEqual([])
        seen.push(...here)
      }
      await expect(page.getByRole('link', { name: more })).toHaveCount(0)
    })
  }
})

/** The titles of the rows that go on, in their order. */
async function headings(page: Page): Promise<string[]> {
  const rows = page.getByRole('main').getByRole('listitem').getByRole('heading')
  return (await rows.allInnerTexts()).filter((title) => /\?$/.test(title))
}
