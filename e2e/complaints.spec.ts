import type { Page } from '@playwright/test'
import { expect, test } from '#e2e/support/test.ts'
import { paths } from '#lib/paths.ts'

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('A page that loads what its policy forbids fails its test', async ({ page }) => {
      test.fail()
      await openSpoiled(page)
    })

    test('so does one in another browser that the test opens', async ({ browser, baseURL }) => {
      test.fail()
      const context = await browser.newContext({ baseURL, javaScriptEnabled })
      await openSpoiled(await context.newPage())
      await context.close()
    })

    test('and a test that says so beforehand does not', async ({ page, expectComplaint }) => {
      expectComplaint(/policy/i)
      await openSpoiled(page)
    })
  })
}

/** The first page with a picture of another site in it, as if somebody had brought it in. */
async function openSpoiled(page: Page): Promise<void> {
  await page.route('**/*', async (route) => {
    const { pathname } = new URL(route.request().url())
    if (pathname !== paths.home()) return route.continue()
    const answer = await route.fetch()
    const body = (await answer.text()).replace('</main>', '<img src="https://elsewhere.example/x.png" alt=""></main>')
    return route.fulfill({ response: answer, body })
  })
  const told = page.waitForEvent('console', (message) => message.type() === 'error')
  await page.goto(paths.home())
  await told
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
}
