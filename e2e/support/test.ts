import { test as base, expect, type Page } from '@playwright/test'

type Watch = {
  /** Says that a complaint of the browser belongs to this test: a page that is to be missing is told on the console too. */
  expectComplaint: (complaint: RegExp) => void
}

/** Playwright's test, which fails also when the browser complains: an error on the console, of a script, of the policy. */
export const test = base.extend<Watch>({
  expectComplaint: [
    async ({ context }, use) => {
      const complaints: string[] = []
      const expected: RegExp[] = []
      context.on('console', (message) => {
        if (message.type() === 'error') complaints.push(`${message.text()} (${message.location().url})`)
      })
      context.on('weberror', (error) => complaints.push(`${error.error().stack ?? error.error().message}`))
      await context.addInitScript(() => {
        addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
          reportError(new Error(`The policy's ${violatedDirective} refused ${blockedURI}`)),
        )
      })
      await use((complaint) => void expected.push(complaint))
      const unexpected = complaints.filter((complaint) => !expected.some((pattern) => pattern.test(complaint)))
      expect(unexpected, 'what the browser complained of').toEqual([])
    },
    { auto: true },
  ],
})

/** Until the scripts, which come after the page has been drawn, do what they add to it. */
export async function whenReady(page: Page): Promise<void> {
  await expect(page.locator(':root')).toHaveAttribute('data-js', 'ready')
}

export { expect }
