import { type BrowserContext, test as base, expect, type Page } from '@playwright/test'

type Watch = {
  /** Says that a complaint of the browser belongs to this test: a page that is to be missing is told on the console too. */
  expectComplaint: (complaint: RegExp) => void
}

/**
 * Playwright's test, which fails also when a browser complains, whichever the test opens and on whatever page: an error on
 * the console, of a script, of the policy. Without JavaScript the console tells of the policy too.
 */
export const test = base.extend<Watch>({
  expectComplaint: [
    async ({ browser, context }, use) => {
      const complaints: string[] = []
      const expected: RegExp[] = []
      const watch = (opened: BrowserContext) => watchFor(opened, (complaint) => complaints.push(complaint))
      browser.on('context', watch)
      await watch(context)
      await use((complaint) => void expected.push(complaint))
      browser.off('context', watch)
      const unexpected = complaints.filter((complaint) => !expected.some((pattern) => pattern.test(complaint)))
      expect(unexpected, 'what the browser complained of').toEqual([])
    },
    { auto: true },
  ],
})

async function watchFor(context: BrowserContext, note: (complaint: string) => void): Promise<void> {
  context.on('console', (message) => {
    if (message.type() === 'error') note(`${message.text()} (${message.location().url})`)
  })
  context.on('weberror', (error) => note(`${error.error().stack ?? error.error().message}`))
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      reportError(new Error(`The policy's ${violatedDirective} refused ${blockedURI}`)),
    )
  })
}

/** Until the scripts, which come after the page has been drawn, do what they add to it. */
export async function whenReady(page: Page): Promise<void> {
  await expect(page.locator(':root')).toHaveAttribute('data-js', 'ready')
}

export { expect }
