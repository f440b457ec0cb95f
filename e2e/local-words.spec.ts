import type { Page } from '@playwright/test'
import { expectForEverybody } from '#e2e/support/for-everybody.ts'
import { htmlErrors } from '#e2e/support/nu-checker.ts'
import { expect, type Person, signUp, test } from '#e2e/support/person.ts'
import { whenReady } from '#e2e/support/test.ts'
import { db } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import { makeAma, makeAnswer, makeCommunity, makeQuestion, makeTopic } from '#testing/factories.ts'

const mark = (page: Page) => page.getByRole('button', { name: 'TPM', exact: true })

test('A mentor says what a word means; readers open it where it stands, by key and by finger', async ({ page, newPerson }, testInfo) => {
  test.slow()
  const mina = newPerson('Mina Aalto')
  await signUp(page, mina)
  const { slug, answered } = await amaOf(mina)
  await page.goto(paths.ama(slug))
  await page.getByRole('link', { name: 'For its mentors: say what your words mean' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Words used here')
  await page.getByLabel('Word').fill('TPM')
  await page.getByLabel('What it means here').fill('PM-T')
  await page.getByRole('button', { name: 'Add it' }).click()
  await expect(page.getByText('Saved.')).toBeVisible()
  await expectForEverybody(page)
  const personal = await (await page.request.get(paths.localWords(slug))).body()

  for (const address of [paths.ama(slug), paths.question(answered.slug)]) {
    await showing(page, address, 1)
    await whenReady(page)
    const meaning = page.getByText('TPM here means PM-T')
    await expect(meaning).toBeHidden()
    await mark(page).focus()
    await page.keyboard.press('Enter')
    await expect(meaning).toBeVisible()
    if (address === paths.ama(slug)) await expectForEverybody(page)
    await page.keyboard.press('Escape')
    await expect(meaning).toBeHidden()
    await mark(page).click()
    await expect(meaning).toBeVisible()
  }
  await page.goto(paths.ama(slug))
  await expect(page.getByRole('region', { name: 'Words used here' })).toContainText('TPM means PM-T')
  const addresses = [paths.ama(slug), paths.question(answered.slug), paths.searchAma(slug, 'tpm')]
  const pages = await Promise.all(addresses.map(async (name) => ({ name, html: await (await page.request.get(name)).body() })))
  expect(await htmlErrors([...pages, { name: 'words', html: personal }], testInfo.outputPath('pages'))).toEqual([])
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('words are added, changed and removed, and the AMA is searched by both', async ({ page, newPerson }) => {
    const mina = newPerson('Mina Aalto')
    await signUp(page, mina)
    const { slug, titles } = await amaOf(mina)
    await page.goto(paths.localWords(slug))
    await page.getByLabel('Word').fill('x')
    await page.getByLabel('What it means here').fill('PM-T')
    await page.getByRole('button', { name: 'Add it' }).click()
    await expect(page.getByText('At least 2 characters.')).toBeVisible()
    await expect(page.locator('#means-new')).toHaveValue('PM-T')
    await page.locator('#word-new').fill('TPM')
    await page.getByRole('button', { name: 'Add it' }).click()
    await expect(page.getByRole('heading', { name: 'TPM' })).toBeVisible()
    await page.locator('#means-1').fill('technical lead')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.locator('#means-1')).toHaveValue('technical lead')

    await page.goto(paths.ama(slug))
    await page.getByRole('main').getByRole('searchbox', { name: 'Search this AMA' }).fill('tpm')
    await page.getByRole('search', { name: 'Search this AMA' }).getByRole('button').click()
    await expect(page).toHaveURL(paths.searchAma(slug, 'tpm'))
    await expect(page.getByRole('status')).toHaveText('2 questions with “tpm”')
    const rows = page.locator('#answers').getByRole('listitem')
    await expect(rows).toHaveCount(2)
    await expect(rows.last()).toContainText(titles.lead)
    expect(await page.locator('link[rel=canonical]').getAttribute('href')).toMatch(new RegExp(`${paths.ama(slug)}$`))
    expect(await page.locator('meta[name=robots]').getAttribute('content')).toContain('noindex')
    await page.getByRole('link', { name: 'All questions' }).click()
    await expect(rows).toHaveCount(7)

    await showing(page, paths.ama(slug), 1)
    await mark(page).click()
    await expect(page.getByText('TPM here means technical lead')).toBeVisible()
    await page.goto(paths.localWords(slug))
    await page.getByRole('button', { name: 'Remove' }).click()
    await expect(page.getByText('Removed.')).toBeVisible()
    await showing(page, paths.ama(slug), 0)
    await expect(page.getByRole('region', { name: 'Words used here' })).toHaveCount(0)
  })
})

/** A page is kept for a second, and longer where the server has no time for a new one: until it has so many marks. */
async function showing(page: Page, address: string, marks: number): Promise<void> {
  await expect(async () => {
    await page.goto(address)
    await expect(mark(page)).toHaveCount(marks, { timeout: 500 })
  }).toPass({ timeout: 60_000 })
}

/** An AMA of the person's that is over, with seven questions, one of which is answered. */
async function amaOf({ email }: Person) {
  const { memberId } = await db().account.findUniqueOrThrow({ where: { email } })
  await db().member.update({ where: { id: memberId }, data: { mentorSince: new Date() } })
  const { id: communityId } = await makeCommunity()
  await db().communityMentor.create({ data: { communityId, memberId } })
  const place = { communityId, topicId: (await makeTopic(communityId)).id }
  const { id: amaId, slug } = await makeAma(place, [{ id: memberId, companyId: null, title: null }], new Date('2026-03-01T10:00:00Z'))
  const ask = (number: number, title: string) => makeQuestion(communityId, { amaId, number, requestBase: 1, title })
  const titles = { tpm: 'How much does everybody earn there?', lead: 'How does a technical lead begin?' }
  const answered = await ask(1, titles.tpm)
  await makeAnswer(answered.id, memberId, { body: '## What a TPM earns\n\nA TPM earns `TPM` money, and a TPM is glad of it.' })
  await ask(2, titles.lead)
  for (let number = 3; number <= 7; number += 1) await ask(number, `What is the ${number}th thing that you would do?`)
  return { slug, answered, titles }
}
