import { randomUUID } from 'node:crypto'
import type { Browser, Page } from '@playwright/test'
import { expectForEverybody } from '#e2e/support/for-everybody.ts'
import { htmlErrors } from '#e2e/support/nu-checker.ts'
import { expect, newAddress, type Person, signUp, test } from '#e2e/support/person.ts'
import { db } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import { makeAma, makeAnswer, makeCommunity, makeQuestion, makeTopic } from '#testing/factories.ts'

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('Noor shows by her work address what she does, and is a mentor', async ({ page, newPerson }) => {
      const noor = newPerson('Noor Tegel')
      await signUp(page, noor)
      const community = await aCommunity()
      const letters = `tegel${randomUUID().replaceAll('-', '')}`
      await page.goto(paths.communityMentors(community.slug))
      await page.getByRole('link', { name: 'Become one of them' }).click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Become a mentor')
      await sayRole(page, { company: `${letters} Inc.`, title: 'Pane Lead', from: 'some day' })
      // What was typed is still there.
      await expect(page.getByLabel('From', { exact: true })).toHaveAccessibleDescription(/2019 or 2019-04/)
      await expect(page.getByLabel('Title', { exact: true })).toHaveValue('Pane Lead')
      await page.getByLabel('From', { exact: true }).fill('2021-03')
      await page.getByRole('button', { name: 'Add this role' }).click()
      await expect(page.getByText('Added. One step is left')).toBeVisible()

      const email = page.getByLabel('Work e-mail address')
      await email.fill(`${letters}@gmail.com`)
      await page.getByRole('button', { name: 'Send me a code' }).click()
      await expect(email).toHaveAccessibleDescription(/Everybody can have an address there/)
      await email.fill(`noor@mail.${letters}.example`)
      await page.getByRole('button', { name: 'Send me a code' }).click()
      await expect(page.getByText(`It went to noor@mail.${letters}.example`)).toBeVisible()
      const { code } = await noor.mail(/Your code for/, `noor@mail.${letters}.example`)
      await page.getByLabel('Code', { exact: true }).fill(code)
      await page.getByRole('button', { name: 'Continue' }).click()
      await expect(page.getByText('You are a mentor, and can answer now.')).toBeVisible()
      await expect(page.getByText(`Work e-mail at mail.${letters}.example checked`)).toBeVisible()

      await page.goto(paths.mentor(await handleOf(noor)))
      await expect(page.getByRole('main').getByText(`Work e-mail at mail.${letters}.example checked`)).toHaveCount(2)
      await expect(page.getByText('since Mar 2021')).toBeVisible()
      expect(await db().mailProof.count({ where: { email: `noor@mail.${letters}.example` } })).toBe(0)
    })

    test('Tove asks a moderator to look at a page, and keeps her roles over time', async ({ page, browser, baseURL, newPerson }) => {
      test.slow()
      const [tove, kim] = [newPerson('Tove Rask'), newPerson('Kim Wahl')]
      const community = await aCommunity()
      const moderators = await another(browser, baseURL, javaScriptEnabled)
      await signUp(moderators, kim)
      const kims = await db().account.findUniqueOrThrow({ where: { email: kim.email } })
      await db().communityRole.create({ data: { communityId: community.id, memberId: kims.memberId, role: 'moderator' } })

      await signUp(page, tove)
      const firm = `Rask ${randomUUID().slice(0, 8)}`
      await page.goto(paths.roles({ community: community.slug }))
      await sayRole(page, { company: firm, title: 'Pane Setter', from: '2018' })
      await page.getByLabel('A page that says so').fill('rask.example/people/tove')
      await page.getByRole('button', { name: 'Ask them to look' }).click()
      await expect(page.getByText(`Waits for a host or moderator of ${community.name}.`)).toBeVisible()

      expect((await kim.mail(/A role waits/)).text).toContain(paths.applications(community.slug))
      await moderators.goto(paths.moderation())
      await moderators.getByRole('main').getByRole('link', { name: community.name }).click()
      await expect(moderators.getByRole('link', { name: 'rask.example/people/tove' })).toHaveAttribute(
        'href',
        'https://rask.example/people/tove',
      )
      await moderators.getByRole('button', { name: /^Do not accept it\s*: Tove Rask/ }).click()
      await expect(moderators.getByLabel('Or not: why?')).toHaveAccessibleDescription(/Say why/)
      await moderators.getByLabel('Or not: why?').fill('The page shows somebody else.')
      await moderators.getByRole('button', { name: /^Do not accept it\s*: Tove Rask/ }).click()
      await expect(moderators.getByText('Not accepted. A notice says why.')).toBeVisible()

      expect((await tove.mail(/Your role/)).text).toContain('The page shows somebody else.')
      await page.goto(paths.roles({ community: community.slug }))
      await expect(page.getByText('The page shows somebody else.')).toBeVisible()
      await page.getByRole('link', { name: /have it checked/ }).click()
      await page.getByLabel('A page that says so').fill('https://rask.example/team')
      await page.getByRole('button', { name: 'Ask them to look' }).click()
      await expect(page.getByText('looks at it now, and you are told')).toBeVisible()
      await moderators.goto(paths.applications(community.slug))
      await moderators.getByRole('button', { name: /^It is so\s*: Tove Rask/ }).click()
      await expect(moderators.getByText('Accepted. A notice says so.')).toBeVisible()
      expect((await tove.mail(/Your role/)).text).toContain(`you are a mentor of ${community.name}`)

      // She answers as what she is now, and goes on to something else.
      const { memberId } = await db().account.findUniqueOrThrow({ where: { email: tove.email } })
      const { companyId, title } = await db().member.findUniqueOrThrow({ where: { id: memberId } })
      const topic = await makeTopic(community.id)
      const past = new Date(Math.floor(Date.now() / 1_000) * 1_000 - 3 * 86_400_000)
      const ama = await makeAma({ communityId: community.id, topicId: topic.id }, [{ id: memberId, companyId, title }], past)
      const question = await makeQuestion(community.id, { amaId: ama.id, number: 1 })
      await makeAnswer(question.id, memberId, { companyId, title })
      await page.goto(paths.roles())
      await page.getByRole('link', { name: new RegExp(`^Change it\\s*: ${firm} Pane Setter`) }).click()
      await page.getByLabel('To', { exact: true }).fill('2024')
      await page.getByRole('button', { name: 'Save' }).click()
      await expect(page.getByText('Saved. Other pages show it within seconds.')).toBeVisible()
      await page.goto(paths.roles())
      const next = `Next ${firm}`
      await sayRole(page, { company: next, title: 'Director of Panes', from: '2024' })
      await page.getByLabel('A page that says so').fill('https://rask.example/directors')
      await page.getByLabel('Community').last().selectOption(community.name)
      await page.getByRole('button', { name: 'Ask them to look' }).click()
      await expect(page.getByText('looks at it now, and you are told')).toBeVisible()
      await moderators.goto(paths.applications(community.slug))
      await moderators.getByRole('button', { name: /^It is so\s*: Tove Rask/ }).click()
      await expect(moderators.getByText('Accepted. A notice says so.')).toBeVisible()
      expect((await tove.mail(/Your role/)).text).toContain('Your role was checked')

      for (const path of [paths.question(question.slug), paths.ama(ama.slug)]) {
        await page.goto(path)
        await expect(page.getByText(`${firm} Pane Setter, now ${next}`).first()).toBeVisible()
        await expect(page.getByText(/Page at rask\.example checked \w{3} \d{4}/)).toHaveCount(1)
      }
      await page.goto(paths.mentor(await handleOf(tove)))
      await expect(page.getByText('Page at rask.example checked').first()).toBeVisible()
      await expect(page.getByText('2018 to 2024')).toBeVisible()
      await moderators.context().close()
    })

    test('a host invites Ines, whose role she knows', async ({ page, browser, baseURL, newPerson }) => {
      const [host, ines] = [newPerson('Hedda Blau'), newPerson('Ines Quarz')]
      const community = await aCommunity()
      await signUp(page, host)
      const { memberId } = await db().account.findUniqueOrThrow({ where: { email: host.email } })
      await db().communityRole.create({ data: { communityId: community.id, memberId, role: 'host' } })
      await page.goto(paths.hosting(community.slug))
      await page.getByRole('link', { name: 'Mentors to be' }).click()
      const firm = `Quarz ${randomUUID().slice(0, 8)}`
      await page.getByLabel('Company', { exact: true }).fill(firm)
      await page.getByLabel('Title', { exact: true }).fill('Melter')
      await page.getByRole('button', { name: 'Make an invitation link' }).click()
      const link = await page.getByLabel(`Invitation link for ${firm} Melter`).inputValue()

      const other = await another(browser, baseURL, javaScriptEnabled)
      await signUp(other, ines)
      await other.goto(new URL(link).pathname)
      await expect(other.getByText(`Your page will say: ${firm} Melter.`)).toBeVisible()
      await other.getByRole('button', { name: 'Become a mentor' }).click()
      await expect(other.getByRole('heading', { level: 1 })).toHaveText('Ines Quarz')
      await expect(other.getByText('Known to a host, checked').first()).toBeVisible()
      await other.context().close()
    })
  })
}

test('the pages of roles are for everybody, and have no error in them', async ({ page, newPerson }, testInfo) => {
  test.slow()
  const person = newPerson('Runa Flint')
  await signUp(page, person)
  const { memberId } = await db().account.findUniqueOrThrow({ where: { email: person.email } })
  const community = await aCommunity()
  await db().communityRole.create({ data: { communityId: community.id, memberId, role: 'host' } })
  await db().member.update({ where: { id: memberId }, data: { mentorSince: new Date(), title: 'Melter' } })
  const said = { memberId, title: 'Melter', startedOn: '2019', claimedAt: new Date() }
  const checked = { checkedAt: new Date('2026-05-12T12:00:00Z'), checkedHow: 'mail', checkedAs: 'flint.example' }
  const role = await db().role.create({ data: { ...said, id: randomUUID(), ...checked } })
  const other = await db().role.create({ data: { ...said, id: randomUUID(), claimedCompany: 'Flint & Sons' } })
  const somebody = await db().member.create({ data: { id: randomUUID(), handle: `flint-${randomUUID()}`, name: 'Ivo Flint' } })
  const theirs = await db().role.create({ data: { ...said, id: randomUUID(), memberId: somebody.id } })
  const proof = { how: 'link', proof: 'https://flint.example/ivo' }
  await db().application.create({
    data: { id: randomUUID(), memberId: somebody.id, roleId: theirs.id, communityId: community.id, ...proof },
  })
  const question = await makeQuestion(community.id)
  await makeAnswer(question.id, memberId, { title: 'Melter' })
  const pages = []
  for (const path of [
    ...[paths.roles(), paths.role(role.id), paths.role(other.id), paths.applications(community.slug)],
    ...[paths.mentor(await handleOf(person)), paths.question(question.slug)],
  ]) {
    await page.goto(path)
    await expectForEverybody(page)
    pages.push({ name: path, html: await (await page.request.get(path)).body() })
  }
  expect(await htmlErrors(pages, testInfo.outputPath('pages'))).toEqual([])
})

async function sayRole(page: Page, { company, title, from }: { company: string; title: string; from: string }): Promise<void> {
  await page.getByLabel('Company', { exact: true }).fill(company)
  await page.getByLabel('Title', { exact: true }).fill(title)
  await page.getByLabel('From', { exact: true }).fill(from)
  await page.getByRole('button', { name: 'Add this role' }).click()
}

/** Another browser, of another network. */
async function another(browser: Browser, baseURL: string | undefined, javaScriptEnabled: boolean): Promise<Page> {
  const context = await browser.newContext({ baseURL, javaScriptEnabled, extraHTTPHeaders: { 'x-forwarded-for': newAddress() } })
  return context.newPage()
}

function aCommunity() {
  return makeCommunity({ name: `Vitrine ${randomUUID().slice(0, 8)}` })
}

async function handleOf({ email }: Person): Promise<string> {
  const { member } = await db().account.findUniqueOrThrow({ where: { email }, select: { member: { select: { handle: true } } } })
  return member.handle
}
