import type { Page } from '@playwright/test'
import { glass, longAnswer, pageKinds } from '#e2e/support/glass.ts'
import { expect, test, whenReady } from '#e2e/support/test.ts'
import { paths } from '#lib/paths.ts'

test('Kim, who uses the keyboard alone, skips what is the same on every page', async ({ page }) => {
  await page.goto(paths.question(glass.question))
  await page.keyboard.press('Tab')
  const skip = page.getByRole('link', { name: 'Skip to the content' })
  await expect(skip).toBeFocused()
  await expect(skip).toBeInViewport()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('main').getByRole('link').first()).toBeFocused()
})

for (const kind of ['the first page', 'a past AMA', 'an answered question', 'the questions of a community'] as const) {
  test(`on ${kind} Kim always sees where the focus is, and it goes down the page`, async ({ page }) => {
    await page.goto(pageKinds[kind])
    const stops = await page.evaluate(
      () => [...document.querySelectorAll('a[href], button, [tabindex="0"]')].filter((stop) => stop.checkVisibility()).length,
    )
    let last = -1
    for (let stop = 0; stop < Math.min(stops, 40); stop++) {
      await page.keyboard.press('Tab')
      const at = await focusOf(page)
      expect(at.outline, `the focus on "${at.name}" is visible`).toBe(true)
      expect(at.onScreen, `"${at.name}" is on screen when it has the focus`).toBe(true)
      expect(at.place, `"${at.name}" comes after what had the focus before`).toBeGreaterThan(last)
      last = at.place
    }
    expect(last).toBeGreaterThan(5)
  })
}

test('Kim opens an answer with Enter, and goes on from where its rest begins', async ({ page }) => {
  await page.goto(paths.ama(glass.pastAma))
  await whenReady(page)
  const answer = page.getByRole('article').first()
  await answer.getByRole('link', { name: /Read More/ }).focus()
  await page.keyboard.press('Enter')
  await expect(answer.getByText(longAnswer.ends)).toBeVisible()
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.closest('article')?.id)).toBe(await answer.getAttribute('id'))
})

test('Kim lets a list go on with Enter, and goes on at its first new row', async ({ page }) => {
  await page.goto(paths.communityQuestions(glass.community))
  await whenReady(page)
  await page.getByRole('link', { name: 'More questions' }).focus()
  await page.keyboard.press('Enter')
  const rows = page.getByRole('main').getByRole('heading', { level: 3 })
  await expect(rows).toHaveCount(40)
  await expect(rows.nth(20).getByRole('link')).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(
    page
      .getByRole('main')
      .getByRole('button', { name: /^Request another answer/ })
      .nth(20),
  ).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(rows.nth(21).getByRole('link')).toBeFocused()
})

async function focusOf(page: Page) {
  return page.evaluate(() => {
    const focused = document.activeElement
    if (!focused || focused === document.body) return { name: '', place: -1, outline: false, onScreen: false }
    const { outlineStyle, outlineWidth } = getComputedStyle(focused)
    const { top, bottom } = focused.getBoundingClientRect()
    return {
      name: focused.textContent?.trim().slice(0, 60) ?? '',
      place: [...document.querySelectorAll('*')].indexOf(focused),
      outline: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2,
      onScreen: bottom > 0 && top < innerHeight,
    }
  })
}
