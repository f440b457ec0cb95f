import type { Page } from '@playwright/test'
import { freePort, startServer } from '#e2e/support/another-site.ts'
import { expectForEverybody } from '#e2e/support/for-everybody.ts'
import { htmlErrors } from '#e2e/support/nu-checker.ts'
import { askForCode, expect, type Person, test as personTest, signUp } from '#e2e/support/person.ts'
import { paths } from '#lib/paths.ts'
import { startProvider, type TestProvider } from '#testing/openid-provider.ts'

/** A site that knows a provider, and that provider. */
type There = { url: string; provider: TestProvider }

const test = personTest.extend<object, { there: There }>({
  there: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants to see which fixtures are used
    async ({}, use) => {
      const port = await freePort()
      const url = `http://localhost:${port}`
      const provider = await startProvider([url + paths.providerCallback('openid')])
      const { issuer, clientId, clientSecret } = provider
      const openid = { OPENID_ISSUER: issuer, OPENID_CLIENT_ID: clientId, OPENID_CLIENT_SECRET: clientSecret, OPENID_NAME: 'Example' }
      const site = await startServer(port, { SITE_URL: url, ...openid })
      await use({ url, provider })
      await site.end()
      await provider.end()
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  baseURL: async ({ there }, use) => use(there.url),
})

// One such site is enough.
test.describe.configure({ mode: 'default' })

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('Ada joins with an account that she has elsewhere, and gets in by it again', async ({ page, newPerson, there }) => {
      const ada = newPerson('Ada Osei')
      there.provider.accounts.set(ada.email, { email: ada.email, email_verified: true, name: ada.name })
      await page.goto(paths.signIn(paths.amas()))
      await page.getByRole('link', { name: 'Continue with Example' }).click()
      await page.getByLabel('Account').fill(ada.email)
      await page.getByRole('button', { name: 'Go on' }).click()
      await expect(page.getByText(`${ada.email} is yours`)).toBeVisible()
      await expect(page.getByLabel('Your name')).toHaveValue(ada.name)
      await page.getByLabel('Your name').fill('')
      await page.getByRole('button', { name: 'Join Perch' }).click()
      await expect(page.getByLabel('Your name')).toHaveAccessibleDescription(/\w+/)
      await page.getByLabel('Your name').fill(ada.name)
      await page.getByRole('button', { name: 'Join Perch' }).click()
      await expect(page).toHaveURL(paths.amas())
      await expectSignedIn(page, ada)
      await ada.mail(/Signing in to Perch has changed/)
      await signOut(page)
      await page.goto(paths.signIn(paths.amas()))
      // The provider still knows her.
      await page.getByRole('link', { name: 'Continue with Example' }).click()
      await expect(page).toHaveURL(paths.amas())
      await expectSignedIn(page, ada)
    })

    test('Ben’s account is not taken over; he connects it himself, gets in, and disconnects it', async ({ page, newPerson, there }) => {
      test.slow()
      const ben = newPerson('Ben Okafor')
      await signUp(page, ben)
      await signOut(page)
      there.provider.accounts.set(ben.email, { email: ben.email, email_verified: true, name: 'Somebody' })
      await page.goto(paths.signIn())
      await page.getByRole('link', { name: 'Continue with Example' }).click()
      await page.getByLabel('Account').fill(ben.email)
      await page.getByRole('button', { name: 'Go on' }).click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Not in yet')
      await expect(page.getByText('does not know your account')).toBeVisible()
      await page.goto(paths.settings())
      await expect(page).toHaveURL(paths.signIn(paths.settings()))

      await page.goto(paths.signInProvider('openid', 'unknown'))
      await page.getByRole('link', { name: 'Take a code by mail' }).click()
      await page.getByLabel('E-mail address').fill(ben.email)
      await page.getByRole('button', { name: 'Send me a code' }).click()
      await page.getByLabel('Code').fill((await ben.mail(/Sign in/)).code)
      await page.getByRole('button', { name: 'Continue' }).click()
      await expect(page).toHaveURL(paths.settingsProviders())
      await page.getByRole('link', { name: 'Connect Example' }).click()
      await expect(page.getByText('Connected. You can sign in')).toBeVisible()
      await signOut(page)
      await page.goto(paths.signIn())
      await page.getByRole('link', { name: 'Continue with Example' }).click()
      await expectSignedIn(page, ben)

      await page.goto(paths.settingsProviders())
      await page.getByRole('button', { name: 'Disconnect Example' }).click()
      await expect(page.getByText('Not connected')).toBeVisible()
      await signOut(page)
      await page.goto(paths.signIn())
      await page.getByRole('link', { name: 'Continue with Example' }).click()
      await expect(page.getByText('does not know your account')).toBeVisible()
      // The mail is still there.
      await askForCode(page, ben)
      await page.getByLabel('Code').fill((await ben.mail(/Sign in/)).code)
      await page.getByRole('button', { name: 'Continue' }).click()
      await expectSignedIn(page, ben)
    })
  })
}

test('an address that the provider has not proved, and a provider that says no, let nobody in', async ({ page, newPerson, there }) => {
  const cora = newPerson('Cora Lund')
  there.provider.accounts.set(cora.email, { email: cora.email, email_verified: false, name: cora.name })
  await page.goto(paths.signIn())
  await page.getByRole('link', { name: 'Continue with Example' }).click()
  await page.getByRole('button', { name: 'Not now' }).click()
  await expect(page.getByText('did not say who you are')).toBeVisible()
  await page.getByRole('link', { name: 'Try Example again' }).click()
  await page.getByLabel('Account').fill(cora.email)
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect(page.getByText('does not know your account')).toBeVisible()
  await page.goto(paths.signUp())
  await expect(page).toHaveURL(paths.signIn())
})

test('another site cannot send somebody through a provider', async ({ page, there }) => {
  const sent = await page.request.get(paths.provider('openid'), { headers: { 'sec-fetch-site': 'cross-site' }, maxRedirects: 0 })
  expect([sent.status(), sent.headers().location]).toEqual([303, paths.signIn()])
  const wanted = await page.request.get(paths.provider('openid'), { headers: { 'sec-fetch-site': 'same-origin' }, maxRedirects: 0 })
  expect(wanted.headers().location).toContain(there.provider.issuer)
  expect(wanted.headers()['cache-control']).toBe('private, no-store')
  const unknown = await page.request.get('/api/providers/nobody', { maxRedirects: 0 })
  expect([unknown.status(), unknown.headers().location]).toEqual([303, paths.signIn()])
})

test('the pages of providers are for everybody, and have no error in them', async ({ page, newPerson }, testInfo) => {
  test.slow()
  const seen: { name: string; html: string }[] = []
  const look = async (path: string) => {
    await page.goto(path)
    await expectForEverybody(page)
    seen.push({ name: path, html: await (await page.request.get(path)).text() })
  }
  await look(paths.signIn())
  await look(paths.signInProvider('openid', 'unknown'))
  await look(paths.signInProvider('openid', 'failed'))
  await signUp(page, newPerson('Dov Marin'))
  await look(paths.settings())
  await look(paths.settingsProviders('taken'))
  expect(await htmlErrors(seen, testInfo.outputPath('pages'))).toEqual([])
})

test.describe('where no provider is set up', () => {
  test.use({ baseURL: process.env.SITE_URL })

  test('no button is drawn, and nothing leads there', async ({ page }) => {
    await page.goto(paths.signIn())
    await expect(page.getByLabel('E-mail address')).toBeVisible()
    await expect(page.getByRole('link', { name: /Continue with/ })).toHaveCount(0)
    const sent = await page.request.get(paths.provider('google'), { maxRedirects: 0 })
    expect(new URL(sent.headers().location ?? '', page.url()).pathname).toBe('/sign-in/provider')
  })
})

async function signOut(page: Page): Promise<void> {
  await page.goto(paths.settings())
  await page.getByRole('button', { name: 'Sign out here' }).click()
  await expect(page.getByRole('link', { name: 'Sign in' })).toBeVisible()
}

async function expectSignedIn(page: Page, person: Person): Promise<void> {
  await expect(page).toHaveURL(({ pathname }) => !/^\/(sign-|api)/.test(pathname))
  await page.goto(paths.settings())
  await expect(page.getByText(person.email, { exact: true })).toBeVisible()
}
