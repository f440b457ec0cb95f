import { glass, longAnswer, missingPage, pageKinds } from '#e2e/support/glass.ts'
import { expect, signUp, test } from '#e2e/support/person.ts'
import { paths } from '#lib/paths.ts'

test.use({ javaScriptEnabled: false })

for (const [kind, path] of Object.entries({ ...pageKinds, 'a page that is not there': missingPage })) {
  test(`${kind}: everything is there, and nothing that would need JavaScript`, async ({ page, expectComplaint }) => {
    if (path === missingPage) expectComplaint(/status of 404/)
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.getByRole('main')).toContainText(/\w{3}/)
    expect(await page.evaluate(idleButtons)).toEqual([])
    expect(await page.evaluate(emptyPlaces)).toEqual([])
  })
}

test('one’s own page that is not there for somebody says so', async ({ page, newPerson, expectComplaint }) => {
  expectComplaint(/status of 404/)
  await signUp(page, newPerson('Noor Haddad'))
  // Noor is no mentor.
  expect((await page.goto(paths.queue()))?.status()).toBe(404)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nothing sits here.')
  await page.getByRole('main').getByRole('link', { name: 'All communities' }).click()
  await expect(page).toHaveURL(paths.communities())
})

test('Read More leads to the whole answer', async ({ page }) => {
  await page.goto(paths.ama(glass.pastAma))
  await expect(page.getByText(longAnswer.ends)).toBeHidden()
  await page.getByRole('link', { name: /Read More/ }).click()
  await expect(page).toHaveURL(new RegExp(`${paths.question(glass.question)}#answer-`))
  await expect(page.getByText(longAnswer.ends)).toBeVisible()
  await expect(page.getByRole('article').first()).toBeInViewport()
})

/** Visible buttons that neither send a form nor open what the browser itself opens. */
function idleButtons(): string[] {
  return [...document.querySelectorAll('button')]
    .filter((button) => button.checkVisibility() && !button.form && !button.popoverTargetElement)
    .map((button) => button.outerHTML.slice(0, 120))
}

/** Visible boxes as high as a line in which nothing stands. */
function emptyPlaces(): string[] {
  const drawn = 'svg, img, hr, input, [aria-hidden="true"]'
  return [...document.querySelectorAll('main *, header *, footer *')]
    .filter((element) => !element.closest(drawn) && !element.querySelector(drawn) && !element.textContent?.trim())
    .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height >= 16)
    .map((element) => element.outerHTML.slice(0, 120))
}
