import type { Page } from '@playwright/test'
import { glass, longAnswer } from '#e2e/support/glass.ts'
import { expect, test, whenReady } from '#e2e/support/test.ts'
import { paths } from '#lib/paths.ts'
import { SIGNED_IN_HINT } from '#lib/signed-in-hint.ts'

const theme = (page: Page) => page.getByRole('button', { name: 'Dark theme' })

test('Where the script does not come the page is the one for browsers without JavaScript', async ({ page, baseURL, expectComplaint }) => {
  expectComplaint(/ERR_FAILED/)
  await page.context().addCookies([{ name: SIGNED_IN_HINT, value: 'somebody', url: baseURL ?? '' }])
  await page.route('**/public-page/public-page-*.js', (route) => route.abort())
  await page.goto(paths.question(glass.question))
  await expect(page.locator(':root')).not.toHaveAttribute('data-js')
  await expect(page.getByRole('banner').getByRole('link', { name: 'Sign in' })).toBeVisible()
  await expect(theme(page)).toBeHidden()
})

test('A part that fails takes no other with it', async ({ page, expectComplaint }) => {
  expectComplaint(/no such thing here/)
  // The theme, which is begun first.
  await page.addInitScript(() => {
    window.matchMedia = () => {
      throw new Error('no such thing here')
    }
  })
  await page.goto(paths.ama(glass.pastAma))
  await whenReady(page)
  await page.getByRole('link', { name: /Read More/ }).click()
  await expect(page).toHaveURL(paths.ama(glass.pastAma))
  await expect(page.getByText(longAnswer.ends)).toBeVisible()
})

test('The oldest browsers that the script is made for can run it', async ({ page, baseURL, expectComplaint }) => {
  // The session that goes with it is none.
  expectComplaint(/status of 401/)
  await page.context().addCookies([{ name: SIGNED_IN_HINT, value: 'somebody', url: baseURL ?? '' }])
  // Firefox 111 knows neither :has() nor ARIA's attributes as properties.
  await page.addInitScript(() => {
    for (const name of Object.getOwnPropertyNames(Element.prototype).filter((each) => /^(aria[A-Z]|role$)/.test(each)))
      Reflect.deleteProperty(Element.prototype, name)
    for (const { prototype } of [Document, Element]) {
      for (const name of ['querySelector', 'querySelectorAll', 'closest', 'matches']) {
        const find: unknown = Reflect.get(prototype, name)
        if (typeof find !== 'function') continue
        Reflect.set(prototype, name, function (this: Node, selector: string) {
          if (selector.includes(':has(')) throw new SyntaxError(`no ${selector} here`)
          return find.call(this, selector)
        })
      }
    }
  })
  await page.goto(paths.question(glass.unanswered))
  await whenReady(page)
  await expect(theme(page)).toHaveAttribute('aria-pressed', 'false')
  await theme(page).click()
  await expect(theme(page)).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByRole('button', { pressed: false }).first()).toBeVisible()
  await page.keyboard.press('/')
  await expect(page.getByRole('dialog', { name: 'Go anywhere' }).getByRole('option', { selected: true })).toHaveText('Home')
})

test('In a tab from before an update the keys of the palette lead to the search', async ({ page, expectComplaint }) => {
  expectComplaint(/ERR_FAILED/)
  await page.route(/\/public-page\/(palette|suggestions)-/, (route) => route.abort())
  await page.goto(paths.question(glass.question))
  await whenReady(page)
  await page.getByRole('searchbox', { name: 'Search the site' }).focus()
  await page.keyboard.press('Control+k')
  await expect(page).toHaveURL(paths.search())
})

test('In a browser that lets nobody keep anything the theme is switched for the page, and the palette opens', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('denied', 'SecurityError')
      },
    })
  })
  await page.goto(paths.question(glass.question))
  await whenReady(page)
  await theme(page).click()
  await expect(page.locator(':root')).toHaveAttribute('data-theme', 'dark')
  await page.keyboard.press('/')
  await expect(page.getByRole('dialog', { name: 'Go anywhere' })).toBeVisible()
})
