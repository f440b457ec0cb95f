import type { Page } from '@playwright/test'
import { glass } from '#e2e/support/glass.ts'
import { expect, signUp, test } from '#e2e/support/person.ts'
import { whenReady } from '#e2e/support/test.ts'
import { paths } from '#lib/paths.ts'

// A browser keeps the pages that one has left whole, and Back shows them again as they were. Playwright switches that off.
test.use({
  launchOptions: [
    async ({ launchOptions }, use) => use({ ...launchOptions, ignoreDefaultArgs: ['--disable-back-forward-cache'] }),
    { scope: 'worker' },
  ],
})

const account = (page: Page) => page.getByRole('banner').getByRole('link', { name: /: your account$/ })
const signIn = (page: Page) => page.getByRole('banner').getByRole('link', { name: 'Sign in' })

test('Back shows to whoever is signed in now what is theirs, and to nobody what was for somebody else', async ({ page, newPerson }) => {
  const toCommunities = await open(page, paths.communities())
  await expect(signIn(page)).toBeVisible()
  await signUp(page, newPerson('Ada Osei'))
  await toCommunities()
  await expect(account(page)).toHaveAccessibleName('Ada Osei: your account')

  const toQuestion = await open(page, paths.question(glass.question))
  await expect(account(page)).toBeVisible()
  await page.goto(paths.settings())
  await page.getByRole('button', { name: 'Sign out here' }).click()
  await expect(signIn(page)).toBeVisible()
  await toQuestion()
  await expect(signIn(page)).toBeVisible()
  await expect(account(page)).toHaveCount(0)
})

test('A page that Back shows again has the theme that was chosen meanwhile', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' })
  const back = await open(page, paths.question(glass.question))
  await open(page, paths.home())
  await page.getByRole('button', { name: 'Dark theme' }).click()
  await back()
  await isAsItWasLeft(page)
  await expect(page.locator(':root')).toHaveAttribute('data-theme', 'dark')
  await expect(page.getByRole('button', { name: 'Dark theme' })).toHaveAttribute('aria-pressed', 'true')
})

test('Neither the palette nor suggestions stand open over a page that Back shows again', async ({ page }) => {
  const back = await open(page, paths.question(glass.question))
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Go anywhere' })
  await palette.getByRole('combobox').fill('communities')
  await expect(palette.getByRole('option', { selected: true })).toHaveText('Communities')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(paths.communities())
  await back()
  await isAsItWasLeft(page)
  await expect(palette).toBeHidden()

  await page.getByRole('searchbox', { name: 'Search the site' }).focus()
  await page.keyboard.type('kilns')
  const topic = page.getByRole('option', { name: /^Furnaces/ })
  await expect(topic).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await expect(topic).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(paths.topic(glass.topic))
  await back()
  await isAsItWasLeft(page)
  await expect(page.getByRole('option')).toHaveCount(0)
})

/** Opens a page, and returns how to come back to it from any that was opened after it. */
async function open(page: Page, path: string): Promise<() => Promise<void>> {
  await page.goto(path)
  await whenReady(page)
  const place = await page.evaluate(() => Object.assign(window, { asItWasLeft: true }).history.length)
  return async () => {
    // Playwright's own way waits for a page to load, which one that is shown again does not.
    await page.evaluate((to) => history.go(to - history.length), place)
    await expect(page).toHaveURL(path)
  }
}

/** Else the browser has not kept it, and the test would try nothing. */
async function isAsItWasLeft(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(() => 'asItWasLeft' in window)).toBe(true)
}
