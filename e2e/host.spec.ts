import type { Browser, Page } from '@playwright/test'
import { expectForEverybody } from '#e2e/support/for-everybody.ts'
import { htmlErrors } from '#e2e/support/nu-checker.ts'
import { expect, joinHere, newAddress, type Person, signUp, test } from '#e2e/support/person.ts'
import { whenReady } from '#e2e/support/test.ts'
import { db } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import { makeAma, makeCommunity, makeMentor, makeQuestion, makeTopic } from '#testing/factories.ts'

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('a host prepares an AMA that nobody sees until its mentor says yes, moves it, and cancels it', async ({
      page,
      browser,
      baseURL,
      newPerson,
      expectComplaint,
    }) => {
      test.slow()
      expectComplaint(/404/)
      const { community, topic } = await aPlace()
      const [host, mara] = [newPerson('Hanna Falk'), newPerson('Mara Lind')]
      await signUp(page, host)
      await makeHost(host, community.id)
      const maras = await another(browser, baseURL, javaScriptEnabled)
      await signUp(maras, mara)
      await makeMentorOf(mara, community.id)

      await page.goto(paths.hosting(community.slug))
      await page.getByRole('link', { name: 'Prepare an AMA' }).click()
      await page.getByLabel('Topic').selectOption(topic.name)
      await page.getByLabel('First mentor').fill('mara lind')
      await page.getByLabel('Day').fill('2020-01-31')
      await page.getByLabel('Time zone').selectOption('America/Los_Angeles')
      await page.getByLabel('Introduction').fill('Ask about **fires**.')
      await page.getByRole('button', { name: 'Prepare the AMA' }).click()
      // What was typed is still there.
      await expect(page.getByText('That is past. Choose a time to come.')).toBeVisible()
      await expect(page.getByLabel('Introduction')).toHaveValue('Ask about **fires**.')
      const day = dayFrom(9)
      await page.getByLabel('Day').fill(day)
      await page.getByRole('button', { name: 'Prepare the AMA' }).click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Run the AMA')
      await expect(page.getByText('has not answered yet')).toBeVisible()
      const { slug } = await db().ama.findFirstOrThrow({ where: { communityId: community.id } })
      await page.getByLabel('Questions gathered elsewhere').fill('How hot is hot enough?\nWho opens the furnace?')
      await page.getByRole('button', { name: 'Put them in' }).click()
      await expect(page.getByText('They are in.')).toBeVisible()

      const visitor = await another(browser, baseURL, javaScriptEnabled)
      expect((await visitor.goto(paths.ama(slug)))?.status()).toBe(404)
      expect((await visitor.request.get(paths.amaCalendar(slug))).status()).toBe(404)
      await visitor.goto(paths.amaInvitation(slug))
      await expect(visitor).toHaveURL(paths.signIn(paths.amaInvitation(slug)))

      const invitation = await mara.mail(/invitation to hold an AMA/)
      expect(invitation.text).toContain(paths.amaInvitation(slug))
      await maras.goto(paths.amaInvitation(slug))
      await expect(maras.getByRole('heading', { level: 1 })).toHaveText('You are invited to hold an AMA')
      await expect(maras.getByText('fires', { exact: true })).toBeVisible()
      await maras.getByRole('button', { name: 'Yes, I hold it' }).click()
      await expect(maras.getByRole('heading', { level: 1 })).toHaveText('You hold this AMA')

      await freshly(visitor, paths.ama(slug), async () => {
        await expect(visitor.getByRole('heading', { level: 1 })).toContainText('Mara Lind', { timeout: 500 })
      })
      await expect(visitor.getByRole('heading', { name: 'Who opens the furnace?' })).toBeVisible()
      await expect(visitor.getByText('Sent in')).toHaveCount(2)
      if (javaScriptEnabled) await expect(visitor.getByText(/^Starts in \d+ days/)).toBeVisible()

      await page.goto(paths.editAma(slug))
      await page.getByLabel('Day').fill(dayFrom(10))
      await page.getByRole('button', { name: 'Save' }).click()
      await expect(page.getByText('Saved.')).toBeVisible()
      const before = await db().ama.findFirstOrThrow({ where: { slug } })
      expect(before.startsAt.toISOString().slice(0, 10)).toBe(dayFrom(10))
      expect((await mara.mail(/News of an AMA/)).text).toContain('has moved to')

      await page.getByLabel('Yes, cancel it').check()
      await page.getByRole('button', { name: 'Cancel this AMA' }).click()
      await expect(page.getByText('It was cancelled.')).toBeVisible()
      await freshly(visitor, paths.ama(slug), async () => {
        await expect(visitor.getByText(/This AMA was cancelled on .* its mentors can answer the 2 questions below/)).toBeVisible({
          timeout: 500,
        })
      })
      expect(await (await visitor.request.get(paths.amaCalendar(slug))).text()).toContain('STATUS:CANCELLED')
      expect((await mara.mail(/News of an AMA/)).text).toContain('was cancelled')
      await maras.goto(paths.myNotices())
      await expect(maras.getByText(/^Your AMA on .* was cancelled/)).toBeVisible()
      for (const opened of [maras, visitor]) await opened.context().close()
    })

    test('Ada asks to be reminded while she is signed out, signs up, and thinks better of it', async ({ page, newPerson }) => {
      const { ama } = await aPublished()
      await page.goto(paths.ama(ama.slug))
      if (javaScriptEnabled) await whenReady(page)
      await page.getByRole('button', { name: /^Remind me/ }).click()
      await expect(page).toHaveURL(paths.signIn(paths.waitingPress()))
      await joinHere(page, newPerson('Ada Osei'))
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('You will be reminded')
      expect(await db().amaReminder.count({ where: { amaId: ama.id } })).toBe(1)
      await page.getByRole('button', { name: 'Do not remind me' }).click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('You will not be reminded')
      expect(await db().amaReminder.count({ where: { amaId: ama.id } })).toBe(0)
    })
  })
}

test('a mentor who is asked too much says no, with a word that the host reads', async ({ page, browser, baseURL, newPerson }) => {
  const { community, topic } = await aPlace()
  const [host, mara] = [newPerson('Hanna Falk'), newPerson('Mara Lind')]
  await signUp(page, host)
  await makeHost(host, community.id)
  const maras = await another(browser, baseURL, true)
  await signUp(maras, mara)
  const { memberId } = await makeMentorOf(mara, community.id)
  const ama = await makeAma({ communityId: community.id, topicId: topic.id }, [], inDays(5), { publishedAt: null })
  await db().amaInvitation.create({ data: { amaId: ama.id, memberId, position: 1 } })
  await maras.goto(paths.amaInvitation(ama.slug))
  await maras.getByLabel('A word to the host').fill('Rather in May.')
  await maras.getByRole('button', { name: 'No, not this time' }).click()
  await expect(maras.getByRole('heading', { level: 1 })).toHaveText('You said no')
  await page.goto(paths.hostedAma(ama.slug))
  await expect(page.getByText('said no: “Rather in May.”')).toBeVisible()
  await maras.context().close()
})

test('a draft whose time has gone by is moved to a later one', async ({ page, newPerson }) => {
  const { community, topic } = await aPlace()
  const host = newPerson('Hanna Falk')
  await signUp(page, host)
  await makeHost(host, community.id)
  const mara = await makeMentor({ name: 'Mara Lind' })
  await db().communityMentor.create({ data: { communityId: community.id, memberId: mara.id } })
  const ama = await makeAma({ communityId: community.id, topicId: topic.id }, [], inDays(-2), { publishedAt: null })
  await db().amaInvitation.create({ data: { amaId: ama.id, memberId: mara.id, position: 1 } })
  await page.goto(paths.hostedAma(ama.slug))
  await expect(page.getByText('A draft whose time came before anybody could read of it. Choose a later one.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Cancel this AMA' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Put them in' })).toHaveCount(0)
  await page.getByRole('link', { name: 'Change it' }).click()
  await page.getByLabel('Day').fill(dayFrom(9))
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved.')).toBeVisible()
  await expect(page.getByText('A draft: its hosts and those whom it invites see it.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Put them in' })).toBeVisible()
})

test('a co-host who hosts no community checks the questions of the AMA, and no link leads to what is not theirs', async ({
  page,
  newPerson,
}) => {
  const cora = newPerson('Cora Lund')
  await signUp(page, cora)
  const { community, ama } = await aPublished()
  const { memberId } = await db().account.findUniqueOrThrow({ where: { email: cora.email } })
  await db().amaHost.create({ data: { amaId: ama.id, memberId, addedAt: new Date() } })
  const held = { heldAt: new Date(), hiddenAt: new Date() }
  const { id } = await makeQuestion(community.id, { amaId: ama.id, number: 1, title: 'How hot is hot enough?', ...held })
  await page.goto(paths.hostedAma(ama.slug))
  await expect(page.getByRole('link', { name: 'All AMAs that you host' })).toHaveCount(0)
  await page.getByRole('button', { name: /^Let it through.*How hot is hot enough/ }).click()
  await expect(page.getByRole('heading', { name: 'Questions to check' })).toHaveCount(0)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Run the AMA')
  expect(await db().question.findUniqueOrThrow({ where: { id } })).toMatchObject({ heldAt: null, hiddenAt: null, checkedById: memberId })
})

test('the way to a host’s pages is shown to hosts alone, and a host puts a question into other words', async ({ page, newPerson }) => {
  const host = newPerson('Hanna Falk')
  await signUp(page, host)
  const { community, ama } = await aPublished()
  const question = await makeQuestion(community.id, { amaId: ama.id, number: 1, title: 'How hott is hot enough?' })
  await page.goto(paths.community(community.slug))
  await expect(page.getByRole('link', { name: 'Hanna Falk: your account' })).toBeVisible()
  await expect(page.getByRole('link', { name: /^For hosts/ })).toHaveCount(0)
  await makeHost(host, community.id)
  await page.reload()
  await page.getByRole('link', { name: /^For hosts/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Hosting/)
  await page.getByRole('link', { name: /^AMA:/ }).click()
  await page.getByRole('link', { name: /^Edit/ }).click()
  await page.getByLabel('The question').fill('How hot is hot enough?')
  await page.getByRole('button', { name: 'Save the question' }).click()
  await expect(page.getByText('Saved.')).toBeVisible()
  expect((await db().question.findUniqueOrThrow({ where: { id: question.id } })).title).toBe('How hot is hot enough?')
  await page.goto(paths.ama(ama.slug))
  await expect(page.getByRole('link', { name: 'For hosts: run this AMA' })).toBeVisible()
})

test('the countdown moves nothing, and stands still for nobody but whoever looks away', async ({ page }) => {
  const { ama } = await aPublished()
  await page.clock.install({ time: new Date(ama.startsAt.getTime() - 90_000) })
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  await page.goto(paths.ama(ama.slug))
  const line = page.getByText(/^Starts in/)
  await expect(line).toHaveText(/^Starts in 1 minute \d+ seconds$/)
  const below = page.getByRole('link', { name: 'Add to your calendar' })
  const before = await below.boundingBox()
  await page.clock.runFor(60_000)
  await expect(line).toHaveText(/^Starts in \d+ seconds?$/)
  expect(await below.boundingBox()).toEqual(before)
  await page.clock.runFor(60_000)
  await expect(page.getByText('It has begun.')).toBeVisible()
})

test('the pages of hosts are for everybody, and have no error in them', async ({ page, newPerson }, testInfo) => {
  test.slow()
  const host = newPerson('Dina Falk')
  await signUp(page, host)
  const { community, topic, ama } = await aPublished()
  const memberId = await makeHost(host, community.id)
  const question = await makeQuestion(community.id, { amaId: ama.id, number: 1, sentInAt: new Date(), title: 'How hot is hot enough?' })
  const draft = await makeAma({ communityId: community.id, topicId: topic.id }, [], inDays(6), { publishedAt: null })
  await db().amaInvitation.create({ data: { amaId: draft.id, memberId, position: 1 } })
  const pages = []
  for (const path of [
    ...[paths.hosting(community.slug), paths.newAma(community.slug), paths.hostedAma(ama.slug), paths.editAma(draft.slug)],
    ...[paths.amaInvitation(draft.slug), paths.ownReminder(ama.slug), paths.editAmaQuestion(question.slug), paths.ama(ama.slug)],
  ]) {
    await page.goto(path)
    await expectForEverybody(page)
    pages.push({ name: path, html: await (await page.request.get(path)).body() })
  }
  expect(await htmlErrors(pages, testInfo.outputPath('pages'))).toEqual([])
})

/** Another browser, of another network. */
async function another(browser: Browser, baseURL: string | undefined, javaScriptEnabled: boolean): Promise<Page> {
  const context = await browser.newContext({ baseURL, javaScriptEnabled, extraHTTPHeaders: { 'x-forwarded-for': newAddress() } })
  return context.newPage()
}

/** What is kept in front is kept for a second. */
async function freshly(page: Page, path: string, look: () => Promise<void>): Promise<void> {
  await expect(async () => {
    await page.goto(path)
    await look()
  }).toPass()
}

async function aPlace() {
  const community = await makeCommunity({ name: `Kilns ${crypto.randomUUID().slice(0, 8)}` })
  const topic = await makeTopic(community.id, { name: `Fires ${crypto.randomUUID().slice(0, 8)}` })
  return { community, topic }
}

async function aPublished() {
  const { community, topic } = await aPlace()
  const mentor = await makeMentor({ name: 'Nuria Weld' })
  const ama = await makeAma({ communityId: community.id, topicId: topic.id }, [{ ...mentor, companyId: null, title: 'Lead' }], inDays(4))
  return { community, topic, mentor, ama }
}

async function makeHost({ email }: Person, communityId: string): Promise<string> {
  const { memberId } = await db().account.findUniqueOrThrow({ where: { email } })
  await db().communityRole.create({ data: { communityId, memberId, role: 'host' } })
  return memberId
}

async function makeMentorOf({ email }: Person, communityId: string): Promise<{ memberId: string; handle: string }> {
  const { memberId } = await db().account.findUniqueOrThrow({ where: { email } })
  await db().communityMentor.create({ data: { communityId, memberId } })
  const { handle } = await db().member.update({ where: { id: memberId }, data: { mentorSince: new Date(), title: 'Furnace Lead' } })
  return { memberId, handle }
}

const inDays = (days: number) => new Date(Math.floor(Date.now() / 1_000) * 1_000 + days * 86_400_000)
const dayFrom = (days: number) => inDays(days).toISOString().slice(0, 10)
