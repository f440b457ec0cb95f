import type { Page } from '@playwright/test'
import { type EmptySite, startEmptySite } from '#e2e/support/empty-site.ts'
import { expectForEverybody } from '#e2e/support/for-everybody.ts'
import { htmlErrors } from '#e2e/support/nu-checker.ts'
import { expect, test } from '#e2e/support/test.ts'
import { paths } from '#lib/paths.ts'

const PASSWORD = 'seven herons over wet slate'

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })
    let site: EmptySite
    test.beforeAll(async () => {
      site = await startEmptySite()
    })
    test.afterAll(() => site.end())

    test('Ola sets up an empty site, and Noor becomes its first mentor', async ({ page, browser, expectComplaint }, testInfo) => {
      test.slow()
      expectComplaint(/status of 404/)
      const at = (path: string) => site.url + path
      const checked: { name: string; html: string }[] = []
      const look = async (name: string, which = page) => {
        if (!javaScriptEnabled) return void checked.push({ name, html: await (await which.request.get(which.url())).text() })
        await expectForEverybody(which)
      }

      // Nobody gets in without the link, and only the newest one opens.
      const spent = linkIn(await site.setUpLink())
      const link = linkIn(await site.setUpLink())
      for (const closed of [at(paths.setUp()), at(paths.setUp('made-up')), spent, at(paths.admin())])
        expect((await page.request.get(closed)).status(), closed).toBe(404)

      await page.goto(link)
      await look('the first step')
      await page.getByLabel('Name of the site').fill('Nest')
      await page.getByLabel('Your name').fill('Ola Berg')
      await page.getByLabel('Your e-mail address').fill('ola@people.example')
      await page.getByLabel('New password').fill('password1')
      await page.getByRole('button', { name: 'Go on' }).click()
      await expect(page.getByRole('alert').first()).toContainText('harder to guess')
      await expect(page.getByLabel('Your name')).toHaveValue('Ola Berg')
      await page.getByLabel('New password').fill(PASSWORD)
      await page.getByRole('button', { name: 'Go on' }).click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Set up Nest')
      expect((await browser.newContext().then((other) => other.request.get(link))).status()).toBe(404)

      await page.getByLabel('Name of the community').fill('Bee Keeping')
      await page.getByRole('button', { name: 'Add the community' }).click()
      await expect(page.getByRole('heading', { level: 2, name: 'Bee Keeping' })).toBeVisible()
      await expect(page.getByLabel('Name of the community')).toHaveValue('')
      await page.getByLabel('New topics').fill('Swarms\nHoney')
      await page.getByRole('button', { name: 'Add the topics' }).click()
      await expect(page.getByRole('link', { name: 'Swarms' })).toBeVisible()
      await expect(page.getByLabel('New topics')).toHaveValue('')
      await page.getByRole('button', { name: 'Make an invitation link' }).click()
      const invitation = await page.getByLabel('Invitation link').inputValue()
      expect(invitation).toContain(at('/invitations/'))
      await page.getByRole('button', { name: 'Send me a test mail' }).click()
      await expect(page.getByRole('status').filter({ hasText: 'ola@people.example' })).toBeVisible()
      await expect(page.getByText('HTTPS · left to do')).toBeVisible()
      await expect(page.getByText('Without either: Ola Berg.')).toBeVisible()
      await look('set-up')
      await page.getByRole('button', { name: 'Finish set-up' }).click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Administration')
      await look('administration')
      expect((await page.request.get(at(paths.setUp()))).status()).toBe(404)
      expect(await site.setUpLink()).toBe('')

      // What the admin writes is on the pages of everybody.
      await page.getByLabel('Name of the site').fill('Nest & Twig')
      await page.getByRole('button', { name: 'Save the name' }).click()
      await expect(page.getByRole('status')).toContainText('Saved.')
      await page.goto(at(paths.admin()))
      await expect(page.getByRole('banner').getByRole('link', { name: 'Nest & Twig' })).toBeVisible()
      await page.getByRole('link', { name: 'About' }).click()
      await page.getByLabel('Text of About').fill('# Who we are\n\nBees and **people**.')
      await page.getByRole('button', { name: 'Save' }).click()
      await expect(page.getByRole('status')).toContainText('Saved.')
      await expect(page.getByLabel('Text of About')).toHaveValue(/^# Who we are/)
      await look('a page to write')
      await page.goto(at(paths.adminCommunity('bee-keeping')))
      await page.getByLabel('Address').fill('bees')
      await page.getByRole('button', { name: 'Save' }).click()
      await expect(page).toHaveURL(at(paths.adminCommunity('bees', 'saved')))
      await look('a community to edit')
      await page.goto(at(paths.admin()))
      await page.getByRole('link', { name: 'Who came in, and what was changed' }).click()
      const said = page
        .getByRole('main')
        .getByRole('listitem')
        .getByText(/^Ola Berg/)
      await expect(said.first()).toHaveText(/^Ola Berg \(@\S+\) changed the community Bee Keeping$/)
      await expect(said.last()).toHaveText(/^Ola Berg \(@\S+\) joined$/)
      await look('the log')
      await page.goto(at(paths.community('bee-keeping')))
      await expect(page).toHaveURL(at(paths.community('bees')))
      await expect(page).toHaveTitle('Bee Keeping · Nest & Twig')
      await page.getByRole('search', { name: 'Search the site' }).getByRole('button', { name: 'Search' }).click()
      await expect(page).toHaveTitle('Search · Nest & Twig')
      await expect(page.getByRole('banner').getByRole('link', { name: 'Nest & Twig' })).toBeVisible()
      await page.getByRole('contentinfo').getByRole('link', { name: 'About' }).click()
      await expect(page.getByRole('heading', { level: 2, name: 'Who we are' })).toBeVisible()
      await look('About')

      const noor = await (await browser.newContext({ javaScriptEnabled })).newPage()
      await noor.goto(invitation)
      await look('an invitation', noor)
      await noor.getByRole('link', { name: 'Sign in or join' }).click()
      await joinByCode(noor, site, 'noor@people.example', 'Noor Vega')
      await expect(noor).toHaveURL(invitation)
      expect((await noor.request.get(at(paths.admin()))).status()).toBe(404)
      await noor.getByRole('button', { name: 'Become a mentor' }).click()
      await expect(noor).toHaveURL(at(paths.mentor('noor-vega')))
      await noor.goto(at(paths.communityMentors('bees')))
      await expect(noor.getByRole('link', { name: 'Noor Vega' }).first()).toBeVisible()
      await noor.goto(invitation)
      await expect(noor.getByRole('heading', { level: 1 })).toHaveText('This invitation is no longer good')

      await noor.context().close()

      if (checked.length) expect(await htmlErrors(checked, testInfo.outputPath('html'))).toEqual([])
    })
  })
}

/** Types the address, the code of the newest mail, and the name. */
async function joinByCode(page: Page, site: EmptySite, email: string, name: string): Promise<void> {
  await page.getByLabel('E-mail address').fill(email)
  await page.getByRole('button', { name: 'Send me a code' }).click()
  const mailbox = async () => await (await page.request.get(site.url + paths.mailbox())).text()
  await expect.poll(mailbox, { timeout: 15_000 }).toContain(email)
  const code = /\b\d{6}\b(?=[^<]*Or go on)/.exec((await mailbox()).replace(/\s+/g, ' '))?.[0] ?? ''
  await page.getByLabel('Code').fill(code)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Your name').fill(name)
  await page.getByRole('button', { name: /^Join/ }).click()
}

function linkIn(said: string): string {
  return /https?:\/\/\S+/.exec(said)?.[0] ?? ''
}
