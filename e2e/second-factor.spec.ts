import type { Page } from '@playwright/test'
import { expectForEverybody } from '#e2e/support/for-everybody.ts'
import { htmlErrors } from '#e2e/support/nu-checker.ts'
import { askForCode, expect, type Person, signUp, test } from '#e2e/support/person.ts'
import { paths } from '#lib/paths.ts'
import { totpCode } from '#lib/totp.ts'

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('Ada asks for a second step, signs in with the app’s code, later with a recovery code, and takes it away again', async ({
      page,
      newPerson,
    }) => {
      test.slow()
      const ada = newPerson('Ada Osei')
      await signUp(page, ada)
      await page.goto(paths.settings())
      await page.getByRole('link', { name: 'Ask for a code of an app too' }).click()
      await page.getByRole('button', { name: 'Set it up' }).click()
      const key = await readKey(page)
      await expect(page.getByRole('img', { name: /The key as a picture/ })).toBeVisible()
      await page.getByLabel('The code that the app shows').fill('12 34')
      await page.getByRole('button', { name: 'Ask for a code from now on' }).click()
      await expect(page.getByLabel('The code that the app shows')).toHaveAccessibleDescription(/six digits/)
      expect(await readKey(page)).toBe(key)
      const confirmedAt = new Date()
      await page.getByLabel('The code that the app shows').fill(totpCode(key, confirmedAt))
      await page.getByRole('button', { name: 'Ask for a code from now on' }).click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your recovery codes')
      const codes = await page.getByRole('main').getByRole('listitem').allTextContents()
      expect(codes).toHaveLength(10)
      await page.getByRole('button', { name: 'I have kept them' }).click()
      await expect(page.getByText('You have 10 recovery codes left')).toBeVisible()
      await ada.mail(/Signing in to Perch has changed/)
      await page.goto(paths.settingsRecoveryCodes())
      await expect(page).toHaveURL(paths.settingsSecondFactor())

      await signOut(page)
      await proveFirstFactor(page, ada)
      // Nothing is open yet.
      await page.goto(paths.settings())
      await expect(page).toHaveURL(paths.signIn(paths.settings()))
      await page.goto(paths.signInSecondFactor())
      // That code confirmed it a moment ago.
      await typeCode(page, totpCode(key, confirmedAt))
      await expect(page.getByLabel('Code')).toHaveAccessibleDescription(/used already|shows now/)
      await expect(page.getByLabel('Code')).toHaveValue('')
      await typeCode(page, nextCode(key, confirmedAt))
      await expectSignedIn(page, ada)

      await signOut(page)
      await proveFirstFactor(page, ada)
      await typeCode(page, codes[3] ?? '')
      await expectSignedIn(page, ada)
      await page.goto(paths.settingsSecondFactor())
      await expect(page.getByText('You have 9 recovery codes left')).toBeVisible()
      await page.getByRole('button', { name: 'Make new recovery codes' }).click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your recovery codes')
      await page.getByRole('button', { name: 'I have kept them' }).click()
      await page.getByRole('button', { name: 'Ask for no code any more' }).click()
      await expect(page.getByRole('button', { name: 'Set it up' })).toBeVisible()

      await signOut(page)
      await askForCode(page, ada)
      await typeCode(page, (await ada.mail(/Sign in/)).code)
      await expectSignedIn(page, ada)
    })
  })
}

test('the pages of the second step are for everybody, and have no error in them', async ({ page, newPerson }, testInfo) => {
  test.slow()
  const ben = newPerson('Ben Okafor')
  const seen: { name: string; html: string }[] = []
  const look = async () => {
    await expectForEverybody(page)
    seen.push({ name: page.url(), html: await (await page.request.get(page.url())).text() })
  }
  await signUp(page, ben)
  await page.goto(paths.settingsSecondFactor())
  await look()
  await page.getByRole('button', { name: 'Set it up' }).click()
  const key = await readKey(page)
  await look()
  await page.getByLabel('The code that the app shows').fill(totpCode(key, new Date()))
  await page.getByRole('button', { name: 'Ask for a code from now on' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your recovery codes')
  await look()
  await page.getByRole('button', { name: 'I have kept them' }).click()
  await expect(page.getByText('recovery codes left')).toBeVisible()
  await look()
  await signOut(page)
  await proveFirstFactor(page, ben)
  await look()
  expect(await htmlErrors(seen, testInfo.outputPath('pages'))).toEqual([])
})

/** The key in letters, as one types it into an app. */
async function readKey(page: Page): Promise<string> {
  const letters = page.getByText(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/)
  await expect(letters).toBeVisible()
  return (await letters.textContent())?.replaceAll(' ', '') ?? ''
}

/** A code that is good now and was not used: an app's next one counts already. */
function nextCode(key: string, usedAt: Date): string {
  return totpCode(key, new Date(Math.max(Date.now(), usedAt.getTime() + 30_000)))
}

async function proveFirstFactor(page: Page, person: Person): Promise<void> {
  await askForCode(page, person)
  await typeCode(page, (await person.mail(/Sign in/)).code)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The second step')
}

async function typeCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('Code').fill(code)
  await page.getByRole('button', { name: 'Continue' }).click()
}

async function signOut(page: Page): Promise<void> {
  await page.goto(paths.settings())
  await page.getByRole('button', { name: 'Sign out here' }).click()
  await expect(page.getByRole('link', { name: 'Sign in' })).toBeVisible()
}

async function expectSignedIn(page: Page, person: Person): Promise<void> {
  await expect(page).toHaveURL(({ pathname }) => !pathname.startsWith('/sign-'))
  await page.goto(paths.settings())
  await expect(page.getByText(person.email, { exact: true })).toBeVisible()
}
