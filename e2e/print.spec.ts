import { glass, longAnswer } from '#e2e/support/glass.ts'
import { expect, test } from '#e2e/support/test.ts'
import { paths } from '#lib/paths.ts'

test.use({ colorScheme: 'dark' })

test('an AMA on paper has its answers whole, dark on light, and nothing to press', async ({ page }) => {
  await page.goto(paths.ama(glass.pastAma))
  await expect(page.getByText(longAnswer.ends)).toBeHidden()
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  await expect(page.getByText(longAnswer.ends)).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  for (const other of ['banner', 'complementary', 'contentinfo', 'button'] as const) await expect(page.getByRole(other)).toHaveCount(0)
  await expect(page.getByRole('link', { name: /Read More|View AMA Answers|More questions/ })).toHaveCount(0)
  expect(await page.evaluate(() => getComputedStyle(document.body).color)).toBe('rgb(26, 31, 36)')
})
