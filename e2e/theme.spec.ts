import type { Page } from '@playwright/test'
import { glass } from '#e2e/support/glass.ts'
import { expect, test, whenReady } from '#e2e/support/test.ts'
import { paths } from '#lib/paths.ts'

const paper = { light: 'rgb(251, 250, 247)', dark: 'rgb(16, 20, 22)' }

for (const theme of ['light', 'dark'] as const) {
  test.describe(`a system that is ${theme}`, () => {
    test.use({ colorScheme: theme })
    const other = theme === 'light' ? 'dark' : 'light'

    test(`shows the ${theme} theme, until Rita switches, and keeps her choice from page to page`, async ({ page }) => {
      await page.goto(paths.home())
      await whenReady(page)
      const dark = page.getByRole('button', { name: 'Dark theme' })
      await expect(dark).toHaveAttribute('aria-pressed', String(theme === 'dark'))
      expect(await background(page)).toBe(paper[theme])
      await dark.click()
      await expect(dark).toHaveAttribute('aria-pressed', String(theme === 'light'))
      expect(await background(page)).toBe(paper[other])

      await page.getByRole('banner').getByRole('link', { name: 'AMAs' }).click()
      await expect(page).toHaveURL(paths.amas())
      await whenReady(page)
      expect(await background(page)).toBe(paper[other])
      await expect(dark).toHaveAttribute('aria-pressed', String(theme === 'light'))

      await dark.click()
      expect(await background(page)).toBe(paper[theme])
      // Back to what the system has: from here on it decides again.
      await page.emulateMedia({ colorScheme: other })
      expect(await background(page)).toBe(paper[other])
    })

    test(`never shows the ${theme} theme first to somebody who chose the other`, async ({ page }) => {
      await page.addInitScript((chosen) => {
        localStorage.setItem('theme', chosen)
        // Nothing can be drawn before there is a body.
        new MutationObserver((_, observer) => {
          if (!document.body) return
          observer.disconnect()
          Object.assign(window, { themeAtFirst: document.documentElement.dataset.theme })
        }).observe(document, { childList: true, subtree: true })
      }, other)
      for (const path of [paths.home(), paths.ama(glass.pastAma), paths.question(glass.question)]) {
        await page.goto(path)
        expect(await page.evaluate(() => Reflect.get(window, 'themeAtFirst'))).toBe(other)
        expect(await background(page)).toBe(paper[other])
      }
    })
  })
}

test('a reader who wants less motion sees none', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  await page.goto(paths.ama(glass.liveAma))
  expect(await moving(page)).toBeGreaterThan(0)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  expect(await moving(page)).toBe(0)
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior)).toBe('auto')
})

function background(page: Page): Promise<string> {
  return page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
}

function moving(page: Page): Promise<number> {
  return page.evaluate(() => document.getAnimations().length)
}
