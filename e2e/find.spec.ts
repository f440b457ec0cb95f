import { expectForEverybody } from '#e2e/support/for-everybody.ts'
import { glass } from '#e2e/support/glass.ts'
import { htmlErrors } from '#e2e/support/nu-checker.ts'
import { expect, signUp, test } from '#e2e/support/person.ts'
import { whenReady } from '#e2e/support/test.ts'
import { paths } from '#lib/paths.ts'

// By people who only read: everything here is Glass Work's, and Nina who comes to see her own pages.

const narrowed = `batch stirred community:${glass.community} is:answered`

test('Rita narrows a search by what it offers, orders it, and takes a part back', async ({ page }) => {
  await page.goto(paths.search(`furnace community:${glass.community}`, 'questions'))
  await page.getByText('Narrow it down').click()
  await page.getByRole('link', { name: /^Not answered yet/ }).click()
  await expect(page).toHaveURL(paths.search(`furnace community:${glass.community} is:open`, 'questions'))
  await expect(page.getByRole('main').getByRole('link', { name: 'Who should be allowed to open the furnace?' })).toBeVisible()
  await page.getByRole('navigation', { name: 'Order' }).getByRole('link', { name: 'Newest' }).click()
  await expect(page).toHaveURL(paths.search(`furnace community:${glass.community} is:open`, 'questions', undefined, 'newest'))
  await page
    .getByRole('list', { name: 'Narrowed to' })
    .getByRole('link', { name: /Not answered yet/ })
    .click()
  await expect(page).toHaveURL(paths.search(`furnace community:${glass.community}`, 'questions', undefined, 'newest'))
})

test('Rita sees how much there is, the newest and what is read most first', async ({ page }) => {
  await page.goto(paths.search(narrowed, 'answers', undefined, 'newest'))
  await expect(page.getByRole('navigation', { name: 'What to look for' }).getByRole('link', { name: 'Answers 45' })).toBeVisible()
  await expect(page.getByRole('main').getByRole('listitem').filter({ hasText: 'Batch' }).first()).toContainText('Batch 45')
  await page.goto(paths.search(narrowed, 'answers', undefined, 'read'))
  await expect(page.getByRole('main').getByRole('listitem').filter({ hasText: 'Batch' }).first()).toContainText('Batch 1 was')
})

test('what is not understood is said, and nobody is left without a way on', async ({ page }) => {
  await page.goto(paths.search('furnace community:atlantis-of-nowhere is:maybe'))
  const notes = page.getByRole('list', { name: 'About this search' })
  await expect(notes).toContainText('“atlantis-of-nowhere” is the name of no community here.')
  await expect(notes).toContainText('“is:maybe” is none of “is:answered” and “is:open”.')
  await page.goto(paths.search('zzqxv'))
  await page.getByRole('main').getByRole('link', { name: 'ask it' }).click()
  await expect(page).toHaveURL(paths.ask())
  const long = await page.goto(`/search?q=${encodeURIComponent('topic:"a" -b is:open '.repeat(48))}`)
  expect(long?.status()).toBe(200)
})

test('Kim goes to what is suggested by keyboard, and nothing on the page moves', async ({ page }) => {
  await page.goto(paths.question(glass.question))
  await whenReady(page)
  const heading = page.getByRole('heading', { level: 1 })
  const before = await heading.boundingBox()
  await page.getByRole('searchbox', { name: 'Search the site' }).focus()
  await page.keyboard.type('kilns')
  const field = page.getByRole('combobox', { name: 'Search the site' })
  const topic = page.getByRole('option', { name: 'Furnaces Topic • Glass Work' })
  await expect(topic).toBeVisible()
  await expect(field).toHaveAttribute('aria-expanded', 'true')
  expect(await heading.boundingBox()).toEqual(before)
  await page.keyboard.press('Escape')
  await expect(topic).toBeHidden()
  await expect(field).toHaveValue('kilns')
  await page.keyboard.press('ArrowDown')
  await expect(topic).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await expect(topic).toHaveAttribute('aria-selected', 'true')
  await expect(field).toHaveAttribute('aria-activedescendant', (await topic.getAttribute('id')) ?? '')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(paths.topic(glass.topic))
})

test('Kim takes none of the suggestions, and searches', async ({ page }) => {
  await page.goto(paths.home())
  await whenReady(page)
  await page.getByRole('searchbox', { name: 'Search the site' }).focus()
  await page.keyboard.type('otto bra')
  await expect(page.getByRole('option', { name: /^Otto Brand/ }).first()).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(paths.search('otto bra'))
})

test('Kim goes anywhere by keyboard', async ({ page }) => {
  await page.goto(paths.question(glass.question))
  await whenReady(page)
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Go anywhere' })
  await expect(palette.getByRole('combobox')).toBeFocused()
  await expect(palette.getByRole('option', { name: 'Sign in' })).toBeVisible()
  await page.keyboard.type('communit')
  await expect(palette.getByRole('option', { selected: true })).toHaveText('Communities')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(paths.communities())
  await whenReady(page)
  await page.keyboard.press('/')
  await expect(palette.getByRole('combobox')).toBeFocused()
  await page.keyboard.type('mara lind')
  // Other tests make more people of that name.
  await expect(palette.getByRole('option', { name: /^Mara Lind/ }).first()).toBeVisible()
  await expect(palette.getByRole('option', { name: 'Search for “mara lind”' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(palette).toBeHidden()
})

test('Enter searches for what stands in the field, not for what was reached before somebody typed on', async ({ page }) => {
  // What is suggested for any other text never comes.
  await page.route(
    ({ pathname, searchParams }) => pathname === '/api/suggestions' && searchParams.get('q') !== 'kilns',
    () => undefined,
  )
  await page.goto(paths.home())
  await whenReady(page)
  await page.getByRole('searchbox', { name: 'Search the site' }).focus()
  await page.keyboard.type('kilns')
  const topic = page.getByRole('option', { name: /^Furnaces/ })
  await expect(topic).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await expect(topic).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.type(' zeppelin')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(paths.search('kilns zeppelin'))

  await whenReady(page)
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Go anywhere' })
  await expect(palette.getByRole('option', { selected: true })).toHaveText('Home')
  await page.keyboard.type('zeppelin')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(paths.search('zeppelin'))
})

test('Nina goes by the palette wherever the header and the footer lead, and to her own pages', async ({ page, newPerson }) => {
  const linked = async () => {
    const links = await page.locator('header nav a, footer nav a').all()
    return Promise.all(links.map((link) => link.getAttribute('href')))
  }
  const options = page.getByRole('dialog', { name: 'Go anywhere' }).getByRole('option')
  const offered = () => options.evaluateAll((list) => list.map(({ dataset }) => dataset.url))
  await page.goto(paths.question(glass.question))
  await whenReady(page)
  await page.keyboard.press('Control+k')
  await expect(options.first()).toBeVisible()
  expect(await linked()).toContain(paths.wantedList())
  expect(await offered()).toEqual(expect.arrayContaining([...(await linked()), paths.home(), paths.signIn()]))

  await signUp(page, newPerson('Nina Palette'))
  await page.goto(paths.communities())
  await whenReady(page)
  await expect(page.getByRole('link', { name: 'Nina Palette: your account' })).toBeVisible()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('option', { name: 'My profile', exact: true })).toBeVisible()
  expect(await offered()).toEqual(expect.arrayContaining([...(await linked()), paths.settings(), paths.myFeed()]))
  await page.keyboard.type('change my prof')
  await expect(page.getByRole('option', { selected: true })).toHaveText('Change my profile')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(paths.settingsProfile())
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('the fields of the form lead to the one address of a search', async ({ page }) => {
    await page.goto(paths.search('batch stirred', 'answers'))
    await page.getByText('More fields').click()
    await page.getByLabel('Community').fill(glass.community)
    await page.getByLabel('Answered or not').selectOption('answered')
    await page.getByRole('search', { name: 'Search for something else' }).getByRole('button', { name: 'Search' }).click()
    await expect(page).toHaveURL(paths.search(narrowed, 'answers'))
    await expect(page.getByRole('main').getByText('was stirred too late').first()).toBeVisible()
  })
})

for (const [what, path] of Object.entries({
  'a search that is narrowed': paths.search(narrowed, 'questions'),
  'a search with notes': paths.search('furnace is:maybe'),
  'topics and companies': paths.search('kilns'),
})) {
  test(`${what}: for everybody, in light and dark, on a telephone and on a desk`, async ({ page }) => {
    await page.goto(path)
    await expectForEverybody(page)
  })
}

test('suggestions and the palette: for everybody', async ({ page }) => {
  await page.goto(paths.communities())
  await whenReady(page)
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog', { name: 'Go anywhere' }).getByRole('combobox')).toBeFocused()
  await page.keyboard.type('kilns')
  await expect(page.getByRole('option', { name: /^Furnaces/ })).toBeVisible()
  await expectForEverybody(page)
})

test('the Nu HTML checker finds no error in a search', async ({ request }, testInfo) => {
  const answers = await Promise.all(
    [paths.search(narrowed, 'questions'), paths.search('furnace is:maybe'), paths.search('kilns')].map((path) => request.get(path)),
  )
  const pages = await Promise.all(answers.map(async (answer) => ({ name: answer.url(), html: await answer.body() })))
  expect(await htmlErrors(pages, testInfo.outputPath())).toEqual([])
})
