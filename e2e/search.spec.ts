import { readFileSync } from 'node:fs'
import { glass } from '#e2e/support/glass.ts'
import { expect, test, whenReady } from '#e2e/support/test.ts'
import { env } from '#lib/env.ts'
import { paths } from '#lib/paths.ts'

for (const width of [360, 768, 1440]) {
  test(`Rita searches from the head of any page, at ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 })
    await page.goto(paths.question(glass.question))
    await page.getByRole('searchbox', { name: 'Search the site' }).fill('furnace ready')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(paths.search('furnace ready'))
    const kinds = await page.getByRole('navigation', { name: 'What to look for' }).getByRole('link').all()
    const tops = await Promise.all(kinds.map(async (kind) => (await kind.boundingBox())?.y))
    expect([tops.length, new Set(tops).size]).toEqual([7, 1])
    const first = page.getByRole('main').getByRole('link', { name: 'How do you know that a furnace is ready?' }).first()
    await expect(first).toBeVisible()
    await expect(first.getByText('furnace', { exact: true })).toBeVisible()
    await first.click()
    await expect(page).toHaveURL(paths.question(glass.question))
  })
}

test('Rita goes through what was found of one kind, to its end, and nothing comes twice', async ({ page }) => {
  await page.goto(paths.search('batch stirred'))
  await page.getByRole('navigation', { name: 'What to look for' }).getByRole('link', { name: 'Questions' }).click()
  await expect(page).toHaveURL(paths.search('batch stirred', 'questions'))
  await whenReady(page)
  const rows = page.getByRole('main').getByRole('heading', { level: 3 })
  await expect(rows).toHaveCount(20)
  for (const count of [40, 45]) {
    await page.getByRole('link', { name: 'More questions' }).click()
    await expect(rows).toHaveCount(count)
  }
  await expect(page.getByRole('link', { name: 'More questions' })).toHaveCount(0)
  expect(new Set(await rows.allTextContents()).size).toBe(45)
})

test('Rita finds a mentor by a name that she spells otherwise, and stays with mentors when she searches again', async ({ page }) => {
  const otto = page
    .getByRole('main')
    .locator(`a[href="${paths.mentor('otto-brand-of-glass')}"]`)
    .filter({ hasText: 'Otto Brand' })
  await page.goto(paths.search('ottto brandt', 'mentors'))
  await expect(otto).toBeVisible()
  await page.getByRole('searchbox', { name: 'Search for something else' }).fill('glassblower')
  await page.keyboard.press('Enter')
  // What stands empty beside it is no part of a search.
  await expect(page).toHaveURL(/q=glassblower&kind=mentors/)
  await expect(otto).toBeVisible()
})

test('a search that nobody can answer is answered in words', async ({ page }) => {
  for (const typed of [
    '',
    'how to be the',
    '; -- % :* ! & | ( "',
    '\u0001\u007f',
    '製品の価格',
    '🐦'.repeat(150),
    'a '.repeat(600),
    '<script>zeppelin()</script>',
  ]) {
    const answer = await page.goto(`/search?q=${encodeURIComponent(typed)}`)
    expect([typed, answer?.status()]).toEqual([typed, 200])
    await expect(page.getByRole('main')).toContainText(/Type what you want to know|These words are in nearly everything|Nothing was found/)
  }
  const odd = await page.goto('/search?q=%FF%FE&kind=nonsense&kind=mentors&after=nonsense')
  expect(odd?.status()).toBe(200)
})

test('a search has one address, and nothing stands behind one that was made up', async ({ request }) => {
  const fields = await request.get('/search?q=furnace&topic=&is=open&kind=questions&sort=read', { maxRedirects: 0 })
  expect([fields.status(), fields.headers().location]).toEqual([308, paths.search('furnace is:open', 'questions', undefined, 'read')])
  const madeUp = await request.get(paths.search('furnace', 'questions', 'made-up'))
  expect(madeUp.status()).toBe(404)
  expect(await madeUp.text()).toContain('Nothing sits here.')
})

test('what a search is made from is in no page, and not to be had beside it', async ({ request }) => {
  const page = await request.get(paths.search('furnace'), { headers: { 'x-nextjs-data': '1' } })
  expect(page.headers()['content-type']).toContain('text/html')
  expect(await page.text()).not.toMatch(/__NEXT_DATA__|leadExcerpt/)
  const build = readFileSync(`${env().PERCH_DIST_DIR}/BUILD_ID`, 'utf8')
  const data = await request.get(`/_next/data/${build}/search.json?q=furnace`, { headers: { 'x-nextjs-data': '1' } })
  expect(data.status()).toBe(404)
  expect(await data.text()).toContain('Nothing sits here.')
  // Spelled otherwise it would be a search without a limit.
  for (const address of ['/%73earch?q=furnace', '/search/?q=furnace'])
    expect([address, (await request.get(address, { maxRedirects: 0 })).status()]).not.toEqual([address, 200])
})

test('no search engine keeps what somebody searched for', async ({ request }) => {
  expect(await (await request.get(paths.search('furnace'))).text()).toMatch(/<meta name="robots" content="noindex, follow"/)
})

test.describe('on a telephone', () => {
  test.use({ viewport: { width: 360, height: 740 } })

  test('Kim opens the menu with the keyboard, and Escape closes it', async ({ page }) => {
    await page.goto(paths.home())
    const menu = page.getByRole('navigation', { name: 'Menu' })
    await expect(menu).toBeHidden()
    await page.getByRole('button', { name: 'Menu' }).focus()
    await page.keyboard.press('Enter')
    await expect(menu).toBeVisible()
    await page.keyboard.press('Tab')
    await expect(menu.getByRole('link', { name: 'AMAs' })).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(menu).toBeHidden()
    await expect(page.getByRole('button', { name: 'Menu' })).toBeFocused()
  })

  test('Rita switches to the dark in the menu', async ({ page }) => {
    await page.goto(paths.home())
    await whenReady(page)
    await page.getByRole('button', { name: 'Menu' }).click()
    const dark = page.getByRole('button', { name: 'Dark theme' })
    await dark.click()
    await expect(dark).toHaveAttribute('aria-pressed', 'true')
  })

  test.describe('without JavaScript', () => {
    test.use({ javaScriptEnabled: false })

    test('the menu leads on, and so does the search', async ({ page }) => {
      await page.goto(paths.home())
      await page.getByRole('button', { name: 'Menu' }).click()
      await page.getByRole('navigation', { name: 'Menu' }).getByRole('link', { name: 'Communities' }).click()
      await expect(page).toHaveURL(paths.communities())
      await page.getByRole('searchbox', { name: 'Search the site' }).fill('stirred too late')
      await page.getByRole('search', { name: 'Search the site' }).getByRole('button', { name: 'Search' }).click()
      await page.getByRole('navigation', { name: 'What to look for' }).getByRole('link', { name: 'Answers' }).click()
      await expect(page.getByRole('main').getByRole('listitem').first()).toContainText('was stirred too late')
      await page.getByRole('link', { name: 'More answers' }).click()
      await expect(page).toHaveURL(/after=/)
      await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(20)
    })
  })
})
