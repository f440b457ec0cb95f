import type { Browser, Page } from '@playwright/test'
import { expectForEverybody } from '#e2e/support/for-everybody.ts'
import { glass } from '#e2e/support/glass.ts'
import { htmlErrors } from '#e2e/support/nu-checker.ts'
import { askForCode, expect, type Person, signUp, test } from '#e2e/support/person.ts'
import { whenReady } from '#e2e/support/test.ts'
import { db } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'

const PASSWORD = 'seven herons over wet slate'
const MINUTE = 60_000

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('Ada signs up by the code of a mail, and gets back to what she read', async ({ page, newPerson }) => {
      const ada = newPerson('Ada Osei')
      await page.goto(paths.signIn(paths.question(glass.question)))
      await page.getByLabel('E-mail address').fill('ada at people')
      await page.getByRole('button', { name: 'Send me a code' }).click()
      await expect(page.getByLabel('E-mail address')).toHaveAccessibleDescription(/no e-mail address/)
      await expect(page.getByLabel('E-mail address')).toHaveValue('ada at people')
      await expect(page.getByLabel('E-mail address')).toBeFocused()
      await page.getByLabel('E-mail address').fill(ada.email)
      await page.getByRole('button', { name: 'Send me a code' }).click()
      await expect(page.getByText(`come to ${ada.email}`)).toBeVisible()
      const { code } = await ada.mail(/Sign in/)
      await page.getByLabel('Code').fill(code === '000000' ? '000001' : '000000')
      await page.getByRole('button', { name: 'Continue' }).click()
      await expect(page.getByRole('alert').first()).toContainText('That is not the code')
      await expect(page.getByLabel('Code')).toHaveValue('')
      await page.getByLabel('Code').fill(`${code.slice(0, 3)} ${code.slice(3)}`)
      await page.getByRole('button', { name: 'Continue' }).click()
      await page.getByLabel('Your name').fill(ada.name)
      await page.getByRole('button', { name: 'Join Perch' }).click()
      await expect(page).toHaveURL(paths.question(glass.question))
      await expectSignedIn(page, ada)
    })

    test('Ben opens the link in another browser; looking at it uses nothing up', async ({ page, browser, newPerson }) => {
      const ben = newPerson('Ben Okafor')
      await askForCode(page, ben)
      const { link } = await ben.mail(/Sign in/)
      // A scanner of mails comes first.
      await page.request.get(link)
      await page.request.head(link)
      const other = await anotherBrowser(browser, javaScriptEnabled)
      await other.goto(link)
      await other.getByRole('button', { name: 'Continue' }).click()
      await other.getByLabel('Your name').fill(ben.name)
      await other.getByRole('button', { name: 'Join Perch' }).click()
      await expectSignedIn(other, ben)
      await page.goto(paths.settings())
      await expect(page).toHaveURL(paths.signIn(paths.settings()))
      await page.goto(link)
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('This link is no longer good')
      await other.context().close()
    })

    test('Cora sets a password, signs in with it, forgets it and sets another', async ({ page, browser, newPerson }) => {
      test.slow()
      const cora = newPerson('Cora Lund')
      await signUp(page, cora)
      await setPassword(page, '12345678')
      await expect(page.getByLabel('New password')).toHaveAccessibleDescription(/\w+/)
      await expect(page.getByLabel('New password')).toHaveValue('')
      await setPassword(page, PASSWORD)
      await cora.mail(/password.*changed/i)
      await page.goto(paths.settings())
      await expect(page.getByText('A code by mail works too.')).toBeVisible()
      await page.getByRole('button', { name: 'Sign out here' }).click()
      await expect(page.getByRole('link', { name: 'Sign in' })).toBeVisible()
      await page.goto(paths.settings())
      await expect(page).toHaveURL(paths.signIn(paths.settings()))

      await page.goto(paths.signInPassword())
      await signInWithPassword(page, cora, 'not this one at all')
      await expect(page.getByRole('alert').first()).toContainText('The e-mail address or the password is wrong.')
      await expect(page.getByLabel('E-mail address')).toHaveValue(cora.email)
      await expect(page.getByLabel('Password')).toHaveValue('')
      await signInWithPassword(page, cora, PASSWORD)
      await expectSignedIn(page, cora)

      const other = await anotherBrowser(browser, javaScriptEnabled)
      await askForReset(other, cora)
      const { link } = await cora.mail(/new password/)
      await other.goto(link)
      await other.getByLabel('New password').fill(`${PASSWORD}, and one more`)
      await other.getByRole('button', { name: 'Set this password' }).click()
      await expectSignedIn(other, cora)
      // Whoever knew the old one is out.
      await page.goto(paths.settings())
      await expect(page).toHaveURL(paths.signIn(paths.settings()))
      await page.goto(paths.signInPassword())
      await signInWithPassword(page, cora, `${PASSWORD}, and one more`)
      await expectSignedIn(page, cora)
      await other.context().close()
    })

    test('Dov changes his address, and both are told', async ({ page, newPerson }) => {
      const dov = newPerson('Dov Marin')
      const address = `new.${dov.email}`
      await signUp(page, dov)
      await askForNewAddress(page, address)
      await dov.mail(/address.*is to be changed/i)
      const { link } = await dov.mail(/address/, address)
      await page.goto(paths.settings())
      await expect(page.getByText(dov.email, { exact: true })).toBeVisible()
      await page.goto(link)
      await page.getByRole('button', { name: 'Make it my address' }).click()
      await expect(page).toHaveURL(paths.settings())
      await expect(page.getByText(address)).toBeVisible()
      await dov.mail(/address.*was changed/i)
    })

    test('Eva signs out everywhere else, and a copied cookie opens nothing', async ({ page, browser, newPerson }) => {
      test.slow()
      const eva = newPerson('Eva Noor')
      await signUp(page, eva)
      const other = await anotherBrowser(browser, javaScriptEnabled)
      await signInByCode(other, eva)
      const third = await anotherBrowser(browser, javaScriptEnabled)
      await third.context().addCookies(await other.context().cookies())
      await expectSignedIn(third, eva)
      await signInByCode(await anotherBrowser(browser, javaScriptEnabled), eva)

      await page.goto(paths.settings())
      await expect(page.getByText('This browser')).toHaveCount(1)
      await expect(page.getByRole('button', { name: /^Sign out of / })).toHaveCount(2)
      await page
        .getByRole('button', { name: /^Sign out of / })
        .first()
        .click()
      await expect(page.getByRole('button', { name: /^Sign out of / })).toHaveCount(1)
      await page.getByRole('button', { name: 'Sign out everywhere else' }).click()
      await expect(page.getByRole('button', { name: /^Sign out of / })).toHaveCount(0)
      for (const ended of [other, third]) {
        await ended.goto(paths.settings())
        await expect(ended).toHaveURL(paths.signIn(paths.settings()))
        await ended.context().close()
      }
      await expectSignedIn(page, eva)
    })

    test('Finn, who signed in a while ago, proves it again before he changes his address', async ({ page, newPerson }) => {
      const finn = newPerson('Finn Ibarra')
      await signUp(page, finn)
      const provedAt = new Date(Date.now() - 6 * MINUTE)
      await db().session.updateMany({ where: { member: { account: { email: finn.email } } }, data: { provedAt } })
      await page.goto(paths.settingsEmail())
      await expect(page.getByLabel('New e-mail address')).toHaveCount(0)
      await page.getByRole('button', { name: 'Send me a code' }).click()
      await page.getByLabel('Code').fill((await finn.mail(/Sign in/)).code)
      await page.getByRole('button', { name: 'Continue' }).click()
      await expect(page).toHaveURL(paths.settingsEmail())
      await expect(page.getByLabel('New e-mail address')).toBeVisible()
    })

    test('A form that a program filled in is refused, and what was typed stays', async ({ page }) => {
      await page.goto(paths.signIn())
      await page.getByLabel('E-mail address').fill('program@people.example')
      await page.getByLabel('Leave this empty').fill('https://spam.example')
      await page.getByRole('button', { name: 'Send me a code' }).click()
      await expect(page.getByRole('alert').first()).toContainText('nobody sees')
      await expect(page.getByLabel('E-mail address')).toHaveValue('program@people.example')
    })
  })
}

test('Gus reads on, and the header knows him without moving anything', async ({ page, newPerson }) => {
  const gus = newPerson('Gus Petrov')
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await page.goto(paths.question(glass.question))
  await whenReady(page)
  await page.getByRole('link', { name: 'Sign in' }).click()
  await expect(page).toHaveURL(paths.signIn(paths.question(glass.question)))
  expect(asked).not.toContain(paths.viewer())
  await page.getByLabel('E-mail address').fill(gus.email)
  await page.getByRole('button', { name: 'Send me a code' }).click()
  await page.getByLabel('Code').fill((await gus.mail(/Sign in/)).code)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Your name').fill(gus.name)
  await page.getByRole('button', { name: 'Join Perch' }).click()
  await expect(page).toHaveURL(paths.question(glass.question))
  await expect(page.getByRole('link', { name: 'Gus Petrov: your account' })).toBeVisible()
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 740 })
    asked.length = 0
    await page.goto(paths.ama(glass.pastAma))
    await expect(page.getByRole('link', { name: 'Gus Petrov: your account' })).toBeVisible()
    await expect(page.getByRole('link', { name: 'Sign in' })).toHaveCount(0)
    expect(asked.filter((path) => path === paths.viewer())).toHaveLength(1)
    expect(await shifts(page)).toEqual([])
  }
  // A personal page knows it from the start.
  asked.length = 0
  await page.getByRole('link', { name: 'Gus Petrov: your account' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your account')
  await expect(page.getByRole('link', { name: 'Gus Petrov: your account' })).toBeVisible()
  expect(asked).not.toContain(paths.viewer())
  await page.getByRole('button', { name: 'Sign out here' }).click()
  await expect(page.getByRole('link', { name: 'Sign in' })).toBeVisible()
  expect(await page.evaluate(() => document.cookie)).not.toContain('perch-in')
})

test('A browser whose session has ended elsewhere is shown the way in again', async ({ page, newPerson }) => {
  await signUp(page, newPerson('Hal Quist'))
  await page.context().clearCookies({ name: /session/ })
  await page.goto(paths.amas())
  await expect(page.getByRole('link', { name: 'Sign in' })).toBeVisible()
})

test.describe('for everybody, in light and dark, on a telephone and on a desk', () => {
  test.slow()
  const name = 'Iris Wójcik-Fernández of the Long Name'

  test('the first step, and what it says to nonsense', async ({ page }, testInfo) => {
    const { look, errors } = looking(page)
    await page.goto(paths.signIn())
    await page.getByText('Other ways').click()
    await page.getByRole('button', { name: 'Send me a code' }).click()
    await expect(page.getByRole('alert').first()).toBeVisible()
    await look()
    expect(await errors(testInfo.outputPath())).toEqual([])
  })

  for (const path of [paths.signInPassword(), paths.reset(), paths.resetLink('of-nothing')]) {
    test(path, async ({ page }, testInfo) => {
      const { look, errors } = looking(page)
      await page.goto(path)
      await look()
      expect(await errors(testInfo.outputPath())).toEqual([])
    })
  }

  test('where a mail leads', async ({ page, newPerson }, testInfo) => {
    const iris = newPerson(name)
    const { look, errors } = looking(page)
    await askForCode(page, iris)
    await look()
    await page.goto((await iris.mail(/Sign in/)).link)
    await look()
    await page.getByRole('button', { name: 'Continue' }).click()
    await expect(page.getByLabel('Your name')).toBeVisible()
    await look()
    expect(await errors(testInfo.outputPath())).toEqual([])
  })

  test("a person's own pages", async ({ page, newPerson }, testInfo) => {
    const iris = newPerson(name)
    const { look, errors } = looking(page)
    await signUp(page, iris)
    for (const path of [paths.settings(), paths.settingsEmail(), paths.settingsPassword()]) {
      await page.goto(path)
      await look()
    }
    await db().session.updateMany({ where: { member: { account: { email: iris.email } } }, data: { provedAt: new Date(0) } })
    await page.goto(paths.settingsEmail())
    await look()
    expect(await errors(testInfo.outputPath())).toEqual([])
  })

  test('where a mail to a person leads', async ({ page, newPerson }, testInfo) => {
    const iris = newPerson(name)
    const { look, errors } = looking(page)
    await signUp(page, iris)
    await askForNewAddress(page, `new.${iris.email}`)
    await page.goto((await iris.mail(/address/, `new.${iris.email}`)).link)
    await look()
    await askForReset(page, iris)
    await page.goto((await iris.mail(/new password/)).link)
    await look()
    expect(await errors(testInfo.outputPath())).toEqual([])
  })
})

/** Looks at what is open with axe, and keeps its address for the checker of HTML, which takes seconds to start. */
function looking(page: Page) {
  const seen: { name: string; html: string }[] = []
  const look = async () => {
    await expectForEverybody(page)
    const answer = await page.request.get(page.url())
    seen.push({ name: page.url(), html: await answer.text() })
  }
  return { look, errors: (folder: string) => htmlErrors(seen, folder) }
}

async function anotherBrowser(browser: Browser, javaScriptEnabled: boolean): Promise<Page> {
  return (await browser.newContext({ javaScriptEnabled })).newPage()
}

async function signInByCode(page: Page, person: Person): Promise<void> {
  await askForCode(page, person)
  await page.getByLabel('Code').fill((await person.mail(/Sign in/)).code)
  await page.getByRole('button', { name: 'Continue' }).click()
  await expectSignedIn(page, person)
}

async function setPassword(page: Page, password: string): Promise<void> {
  await page.goto(paths.settingsPassword())
  await page.getByLabel('New password').fill(password)
  await page.getByRole('button', { name: /this password/ }).click()
}

async function askForNewAddress(page: Page, address: string): Promise<void> {
  await page.goto(paths.settingsEmail())
  await page.getByLabel('New e-mail address').fill(address)
  await page.getByRole('button', { name: 'Send a link there' }).click()
  await expect(page.getByText(`A mail is on its way to ${address}`)).toBeVisible()
}

async function askForReset(page: Page, { email }: Person): Promise<void> {
  await page.goto(paths.reset())
  await page.getByLabel('E-mail address').fill(email)
  await page.getByRole('button', { name: 'Send me a link' }).click()
  await expect(page.getByText(`A mail is on its way to ${email}`)).toBeVisible()
}

async function signInWithPassword(page: Page, { email }: Person, password: string): Promise<void> {
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

async function expectSignedIn(page: Page, { name }: Person): Promise<void> {
  await expect(page).toHaveURL((url) => !/^\/(sign-|reset)/.test(url.pathname))
  await page.goto(paths.settings())
  await expect(page.getByRole('main')).toContainText(name)
}

/** What moved by itself since the page began to load. */
function shifts(page: Page): Promise<string[]> {
  return page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const seen: string[] = []
        const note = (list: PerformanceObserverEntryList) => {
          for (const entry of list.getEntries()) seen.push(JSON.stringify(entry))
        }
        new PerformanceObserver(note).observe({ type: 'layout-shift', buffered: true })
        setTimeout(() => resolve(seen), 500)
      }),
  )
}
