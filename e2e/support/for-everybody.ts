import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from '#e2e/support/test.ts'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice']
// Each theme once on a telephone and on a desk.
const views = [
  { colorScheme: 'light', width: 360 },
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 360 },
  { colorScheme: 'dark', width: 1280 },
] as const
const WIDTHS = [360, 768, 1440]

/** What is open now has nothing that axe finds, in light and dark, and nothing beyond its edge. */
export async function expectForEverybody(page: Page): Promise<void> {
  // After a form has led on, the next page's title comes a moment after its text.
  await expect(page).toHaveTitle(/\S/)
  for (const { colorScheme, width } of views) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.setViewportSize({ width, height: 800 })
    const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze()
    const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`))
    expect(found, `what axe finds in ${colorScheme} at ${width} pixels`).toEqual([])
  }
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 })
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.body.offsetWidth)
    expect(beyond, `pixels beyond the edge at ${width}`).toBe(0)
  }
}
