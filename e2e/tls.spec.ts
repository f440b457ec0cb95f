import { glass } from '#e2e/support/glass.ts'
import { observe } from '#e2e/support/observatory.ts'
import { expect, signUp } from '#e2e/support/person.ts'
import { test } from '#e2e/support/site-with-tls.ts'
import { paths } from '#lib/paths.ts'
import { SIGNED_IN_HINT } from '#lib/signed-in-hint.ts'

// One after the other, so that one more server is enough for all of them.
test.describe.configure({ mode: 'default' })

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('Ada’s cookies are of this host alone, and her browser forgets what was kept when she signs out', async ({ page, newPerson }) => {
      test.slow()
      await signUp(page, newPerson('Ada Osei'))
      const cookies = await page.context().cookies()
      expect(cookies.map(({ name }) => name).toSorted()).toEqual(['__Host-perch-session', SIGNED_IN_HINT])
      for (const { name, secure, httpOnly, sameSite, path, domain } of cookies) {
        expect([secure, httpOnly, sameSite, path, domain]).toEqual([true, name !== SIGNED_IN_HINT, 'Lax', '/', 'localhost'])
      }
      await page.goto(paths.settings())
      await page.evaluate(() => localStorage.setItem('draft', 'what Ada had begun to write'))
      const answered = page.waitForResponse((answer) => answer.request().method() === 'POST')
      await page.getByRole('button', { name: 'Sign out here' }).click()
      expect(await (await answered).headerValue('clear-site-data')).toBe('"storage"')
      await expect(page.getByRole('link', { name: 'Sign in' })).toBeVisible()
      expect(await page.context().cookies()).toEqual([])
      expect(await page.evaluate(() => localStorage.getItem('draft'))).toBeNull()
    })
  })
}

test('The Observatory of MDN has nothing to better, on pages for everybody and on one person’s own', async ({ page, tls, newPerson }) => {
  test.slow()
  const best = {
    score: 135,
    failed: [],
    points: {
      'content-security-policy': 10,
      'cross-origin-resource-policy': 10,
      'referrer-policy': 5,
      'subresource-integrity': 5,
      'x-frame-options': 5,
    },
  }
  for (const path of [paths.home(), paths.question(glass.question), paths.signIn()]) {
    expect(await observe(tls.url + path, tls.certificate), path).toEqual(best)
  }
  await signUp(page, newPerson('Ben Okafor'))
  const cookies = await page.context().cookies()
  tls.bringCookies(cookies.map(({ name, value }) => `${name}=${value}`).join('; '))
  expect(await observe(tls.url + paths.settings(), tls.certificate)).toEqual(best)
})
