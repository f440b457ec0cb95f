import type { CDPSession, Page } from '@playwright/test'
import { expectForEverybody } from '#e2e/support/for-everybody.ts'
import { htmlErrors } from '#e2e/support/nu-checker.ts'
import { expect, signUp, test } from '#e2e/support/person.ts'
import { whenReady } from '#e2e/support/test.ts'
import { db } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'

test('Ada adds a passkey, signs in with it, names it anew and removes it', async ({ page, newPerson }) => {
  test.slow()
  const device = await attachDevice(page)
  const ada = newPerson('Ada Osei')
  await signUp(page, ada)
  await page.goto(paths.settingsPasskeys())
  await whenReady(page)
  await page.getByLabel('Name').fill('')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await expect(page.getByLabel('Name')).toHaveAccessibleDescription(/Give it a name/)
  await page.getByLabel('Name').fill('Ada’s laptop')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  const listed = (name: string) => page.getByRole('listitem').filter({ hasText: name })
  await expect(listed('Ada’s laptop')).toBeVisible()
  await ada.mail(/Signing in to Perch has changed/)
  // The device has one now.
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'has a passkey for you already' })).toBeVisible()

  await signOut(page)
  await page.goto(paths.signIn(paths.settingsPasskeys()))
  await whenReady(page)
  await page.getByText('Other ways').click()
  await device.refuse(true)
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'No passkey was taken' })).toBeVisible()
  await device.refuse(false)
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(page).toHaveURL(paths.settingsPasskeys())
  await expect(page.getByText('last used')).toBeVisible()

  // Who signed in a while ago proves it by the passkey too.
  await db().session.updateMany({ where: { member: { account: { email: ada.email } } }, data: { provedAt: new Date(0) } })
  await page.goto(paths.settingsPasskeys())
  await whenReady(page)
  await expect(page.getByRole('button', { name: 'Add a passkey' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(page.getByRole('button', { name: 'Add a passkey' })).toBeVisible()

  await page.getByText('Rename or remove').click()
  await page.getByLabel('New name').fill('Blue key')
  await page.getByRole('button', { name: 'Rename' }).click()
  await expect(listed('Blue key')).toBeVisible()
  await page.goto(paths.settingsPasskeys())
  await page.getByText('Rename or remove').click()
  await page.getByRole('button', { name: 'Remove Blue key' }).click()
  await expect(page.getByRole('heading', { name: 'Yours' })).toHaveCount(0)

  await signOut(page)
  await page.goto(paths.signIn())
  await whenReady(page)
  await page.getByText('Other ways').click()
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'not known here' })).toBeVisible()
})

test('the page of passkeys is for everybody, and has no error in it', async ({ page, newPerson }, testInfo) => {
  test.slow()
  await attachDevice(page)
  const ben = newPerson('Ben Okafor')
  await signUp(page, ben)
  await page.goto(paths.settingsPasskeys())
  await whenReady(page)
  for (const name of ['One', 'A device with a name as long as a name of a device can be here']) {
    const { id: memberId } = await db().member.findFirstOrThrow({ where: { account: { email: ben.email } }, select: { id: true } })
    const made = { id: crypto.randomUUID(), credentialId: crypto.randomUUID(), publicKey: new Uint8Array(8), counter: 0, transports: [] }
    await db().passkey.create({ data: { ...made, memberId, name: name.slice(0, 60) } })
  }
  await page.goto(paths.settingsPasskeys())
  for (const summary of await page.getByText('Rename or remove').all()) await summary.click()
  await expectForEverybody(page)
  const html = await (await page.request.get(page.url())).text()
  await db().session.updateMany({ where: { member: { account: { email: ben.email } } }, data: { provedAt: new Date(0) } })
  await page.goto(paths.settingsPasskeys())
  await expectForEverybody(page)
  const stale = await (await page.request.get(page.url())).text()
  const pages = [html, stale].map((each) => ({ name: page.url(), html: each }))
  expect(await htmlErrors(pages, testInfo.outputPath('pages'))).toEqual([])
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('no button is drawn that would do nothing', async ({ page, newPerson }) => {
    await page.goto(paths.signIn())
    await page.getByText('Other ways').click()
    await expect(page.getByRole('link', { name: 'Sign in with a password' })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Sign in with a passkey' })).toBeHidden()
    await signUp(page, newPerson('Cora Lund'))
    await page.goto(paths.settingsPasskeys())
    await expect(page.getByText('this page needs JavaScript')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Add a passkey' })).toBeHidden()
  })
})

/** A device that belongs to this browser, and says yes to whatever it is asked. */
async function attachDevice(page: Page) {
  const session: CDPSession = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return {
    refuse: (refuses: boolean) => session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: !refuses }),
  }
}

async function signOut(page: Page): Promise<void> {
  await page.goto(paths.settings())
  await page.getByRole('button', { name: 'Sign out here' }).click()
  await expect(page.getByRole('link', { name: 'Sign in' })).toBeVisible()
}
