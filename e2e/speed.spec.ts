import type { Page } from '@playwright/test'
import { pageKinds } from '#e2e/support/glass.ts'
import { expect, test, whenReady } from '#e2e/support/test.ts'

/** Bytes of JavaScript, as gzip sends them. */
const SCRIPTS_MOST = 160 * 1024

test.describe('in Tokyo', () => {
  test.use({ timezoneId: 'Asia/Tokyo', locale: 'en-GB', contextOptions: { reducedMotion: 'no-preference' } })

  for (const kind of ['the first page', 'all AMAs', 'a past AMA', 'an AMA to come', 'an answered question'] as const) {
    for (const width of [360, 1280]) {
      test(`${kind} stands still while it loads, ${width} pixels wide`, async ({ page }) => {
        await page.setViewportSize({ width, height: 740 })
        await page.goto(pageKinds[kind])
        expect(await shiftsWithin(page, 2_000)).toEqual([])
      })
    }
  }

  test('an AMA to come also says when it starts there', async ({ page }) => {
    await page.goto(pageKinds['an AMA to come'])
    await expect(page.getByText(/ your time$/).first()).toBeVisible()
  })
})

for (const kind of ['the first page', 'a past AMA', 'an AMA to come', 'an answered question', 'a mentor'] as const) {
  test(`${kind} asks for little JavaScript`, async ({ page, request }) => {
    const scripts: string[] = []
    page.on('request', (asked) => asked.resourceType() === 'script' && scripts.push(asked.url()))
    await page.goto(pageKinds[kind], { waitUntil: 'networkidle' })
    await whenReady(page)
    const answers = await Promise.all(scripts.map((url) => request.head(url, { headers: { 'accept-encoding': 'gzip' } })))
    const bytes = answers.map((answer) => Number(answer.headers()['content-length']))
    expect(Math.min(...bytes)).toBeGreaterThan(0)
    expect(bytes.reduce((sum, one) => sum + one)).toBeLessThanOrEqual(SCRIPTS_MOST)
  })
}

/** What moved by itself, from the beginning of the load until so many milliseconds from now. */
function shiftsWithin(page: Page, milliseconds: number): Promise<string[]> {
  return page.evaluate(
    (wait) =>
      new Promise<string[]>((resolve) => {
        const shifts: string[] = []
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) shifts.push(JSON.stringify(entry))
        }).observe({ type: 'layout-shift', buffered: true })
        setTimeout(() => resolve(shifts), wait)
      }),
    milliseconds,
  )
}
