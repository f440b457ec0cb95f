import { randomInt, randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expectForEverybody } from '#e2e/support/for-everybody.ts'
import { htmlErrors } from '#e2e/support/nu-checker.ts'
import { expect, type Person, signUp, test } from '#e2e/support/person.ts'
import { db } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import { makeAnswer, makeCommunity, makeMentor, makeQuestion } from '#testing/factories.ts'

test('what may already answer it stands below the field while Ada types, and one tap says that it does', async ({ page }) => {
  const { community, answer, title, like, passage } = await makeAnswered()
  await open(page, community)
  await page.getByLabel('Your question').pressSequentially(like)
  const link = page.getByRole('link', { name: title })
  await expect(link).toBeVisible()
  await expect(page.getByText(passage)).toBeVisible()
  // The keyboard gets there next; a screen reader is told once the typing has paused.
  await page.keyboard.press('Tab')
  await expect(link).toBeFocused()
  await expect(page.locator('[data-similar-said]')).toHaveText('One question like yours is below the field.')
  await page.getByRole('button', { name: /This answers it/ }).click()
  await expect(page).toHaveURL(new RegExp(`#answer-${answer}$`))
  expect(await db().deflection.count({ where: { answerId: answer } })).toBe(1)
  await page.goto(paths.ask({ community }))
  await expect(page.locator('input[name=seen]')).toHaveValue('on')
  await expect(page.getByLabel('Your question')).toHaveValue('')
})

test('a mentor reads how many people the answer saved a question', async ({ page, newPerson }) => {
  const mentor = newPerson('Ursula Brandt')
  await signUp(page, mentor)
  const { id } = await db().member.findFirstOrThrow({ where: { account: { email: mentor.email } }, select: { id: true } })
  await db().member.update({ where: { id }, data: { mentorSince: new Date() } })
  const { answer, title } = await makeAnswered(id)
  await db().deflection.create({ data: { answerId: answer, reader: Buffer.alloc(16), happenedAt: new Date() } })
  await page.goto(paths.settings())
  await expect(page.getByText('Your answer saved one person a question.')).toBeVisible()
  await expect(page.getByRole('link', { name: title })).toBeVisible()
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('it is a step of its own', async ({ page }) => {
    const { community, answer, title, like } = await makeAnswered()
    await page.goto(paths.ask({ community }))
    await page.getByLabel('Your question').fill(like)
    await page.getByRole('button', { name: 'Sign in and ask it' }).click()
    await expect(page.getByRole('heading', { name: 'Is it one of these?' })).toBeVisible()
    await expect(page.getByRole('link', { name: title })).toBeVisible()
    await page.getByRole('link', { name: 'Change it' }).click()
    await expect(page.getByLabel('Your question')).toHaveValue(like)
    await page.getByRole('button', { name: 'Sign in and ask it' }).click()
    await page.getByRole('button', { name: /This answers it/ }).click()
    await expect(page).toHaveURL(new RegExp(`#answer-${answer}$`))
    expect(await db().deflection.count({ where: { answerId: answer } })).toBe(1)
  })
})

test('a visitor’s words are still there after the browser was closed by mistake', async ({ page, context }) => {
  const { slug } = await makeCommunity()
  await open(page, slug)
  await page.getByLabel('Your question').fill('What is lost when a tab is closed?')
  await page.getByLabel('Details').fill('Nothing, I hope.')
  await expect(page.getByText('Kept on this device until you sign in.')).toBeVisible()
  await page.close()
  const again = await context.newPage()
  await open(again, slug)
  await expect(again.getByLabel('Your question')).toHaveValue('What is lost when a tab is closed?')
  await expect(again.getByLabel('Details')).toHaveValue('Nothing, I hope.')
})

test('a member’s draft is on every device; where two of them change it, both are shown, and nothing is written over', async ({
  page,
  context,
  newPerson,
}) => {
  const { slug } = await makeCommunity()
  await signUp(page, newPerson('Ada Osei'))
  await open(page, slug)
  await page.getByLabel('Your question').fill('What do two devices know?')
  await expect(page.getByText('Draft saved.')).toBeVisible()
  // The other device has the server's draft and nothing else.
  const other = await context.newPage()
  await other.goto(paths.home())
  await other.evaluate(() => localStorage.clear())
  await open(other, slug)
  await expect(other.getByLabel('Your question')).toHaveValue('What do two devices know?')
  await other.getByLabel('Details').fill('From the other one.')
  await expect(other.getByText('Draft saved.')).toBeVisible()
  await page.getByLabel('Details').fill('From the first one.')
  await expect(page.getByRole('alert').filter({ hasText: 'changed somewhere else' })).toContainText('From the other one.')
  await expect(page.getByLabel('Details')).toHaveValue('From the first one.')
  await page.getByRole('button', { name: 'Keep what is here' }).click()
  await expect(page.getByText('Draft saved.')).toBeVisible()
  await expect(page.getByLabel('Details')).toHaveValue('From the first one.')

  await page.getByRole('button', { name: 'Ask it' }).click()
  await expect(page.getByText(/^Asked\./)).toBeVisible()
  await open(page, slug)
  await expect(page.getByLabel('Your question')).toHaveValue('')
})

test('without a network a draft stays on the device, and goes to the account when there is one again', async ({
  page,
  context,
  newPerson,
  expectComplaint,
}) => {
  expectComplaint(/ERR_INTERNET_DISCONNECTED/)
  const { slug, id } = await makeCommunity()
  const ben = newPerson('Ben Okafor')
  await signUp(page, ben)
  await open(page, slug)
  await context.setOffline(true)
  await page.getByLabel('Your question').fill('What does a tunnel do to a thought?')
  await expect(page.getByText(/^Kept on this device\. It goes/)).toBeVisible()
  await context.setOffline(false)
  await expect(page.getByText('Draft saved.')).toBeVisible()
  const draft = await db().draft.findFirstOrThrow({ where: { place: `community:${id}`, member: { account: { email: ben.email } } } })
  expect(draft.title).toBe('What does a tunnel do to a thought?')
})

test('words under the key of a question that was asked from elsewhere are kept, and never said to be where they are not', async ({
  page,
  newPerson,
}) => {
  const { slug, id } = await makeCommunity()
  await open(page, slug)
  await page.getByLabel('Your question').fill('Who asked this from the sofa?')
  await expect(page.getByText('Kept on this device until you sign in.')).toBeVisible()
  const key = await page.locator('input[name=key]').inputValue()
  const memberId = await memberOf(page, newPerson('Dana Kell'))
  await makeQuestion(id, { title: 'Who asked this from the sofa?', askedById: memberId, askKey: key })

  await open(page, slug)
  await expect(page.getByText('You have asked this already.')).toBeVisible()
  await page.getByLabel('Your question').fill('Who asks another one from the desk?')
  await expect(page.getByText('Draft saved.')).toBeVisible()
  expect(await draftOf(memberId)).toMatchObject({ title: 'Who asks another one from the desk?' })
  await page.getByRole('button', { name: 'Ask it' }).click()
  await expect(page.getByText(/^Asked\./)).toBeVisible()
  await expect.poll(() => page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith('draft ')))).toEqual([])
})

test('of two texts that are offered neither goes while one of them is written on, not with the tab either', async ({
  page,
  context,
  newPerson,
  expectComplaint,
}) => {
  expectComplaint(/ERR_INTERNET_DISCONNECTED/)
  const { slug, id } = await makeCommunity()
  const memberId = await memberOf(page, newPerson('Eli Brook'))
  await open(page, slug)
  await context.setOffline(true)
  await page.getByLabel('Your question').fill('What was written in the cellar?')
  await expect(page.getByText(/^Kept on this device\. It goes/)).toBeVisible()
  await page.close()
  await context.setOffline(false)
  const elsewhere = { title: 'What was written in the attic?', details: '', topic: 'title', showName: false }
  await db().draft.create({ data: { id: randomUUID(), memberId, place: `community:${id}`, ...elsewhere, savedAt: new Date() } })

  let again = await context.newPage()
  const offered = () => again.getByRole('alert').filter({ hasText: 'changed somewhere else' })
  await open(again, slug)
  await expect(offered()).toContainText('What was written in the cellar?')
  await again.getByLabel('Details').fill('With a lamp.')
  await expect.poll(() => draftOf(memberId)).toMatchObject({ title: 'What was written in the attic?', details: 'With a lamp.' })
  await again.close()

  again = await context.newPage()
  await open(again, slug)
  await expect(offered()).toContainText('What was written in the cellar?')
  await expect(again.getByLabel('Details')).toHaveValue('With a lamp.')
  await again.getByRole('button', { name: 'Take the other one' }).click()
  await expect(again.getByLabel('Your question')).toHaveValue('What was written in the cellar?')
  await expect(again.getByText('Draft saved.')).toBeVisible()
  expect(await draftOf(memberId)).toMatchObject({ title: 'What was written in the cellar?', details: '' })
})

test('what a visitor typed before the script came stays, and what the device kept is offered beside it', async ({ page }) => {
  const { slug } = await makeCommunity()
  await open(page, slug)
  await page.getByLabel('Your question').fill('What did the device keep of last week?')
  await expect(page.getByText('Kept on this device until you sign in.')).toBeVisible()
  const held: (() => void)[] = []
  let isHeld = true
  await page.route(/\.js(\?|$)/, async (route) => {
    if (isHeld) await new Promise<void>((go) => held.push(go))
    await route.continue()
  })
  await page.goto(paths.ask({ community: slug }), { waitUntil: 'commit' })
  await page.getByLabel('Your question').fill('What is typed while nobody listens?')
  isHeld = false
  for (const go of held) go()
  await expect(page.getByRole('alert').filter({ hasText: 'changed somewhere else' })).toContainText(
    'What did the device keep of last week?',
  )
  await expect(page.getByLabel('Your question')).toHaveValue('What is typed while nobody listens?')
  await page.unrouteAll({ behavior: 'wait' })
  await open(page, slug)
  await expect(page.getByLabel('Your question')).toHaveValue('What is typed while nobody listens?')
  await expect(page.getByRole('alert').filter({ hasText: 'changed somewhere else' })).toContainText(
    'What did the device keep of last week?',
  )
})

test('where the account takes no draft the page says why', async ({ page, newPerson, expectComplaint }) => {
  expectComplaint(/status of 401/)
  const { slug } = await makeCommunity()
  const memberId = await memberOf(page, newPerson('Faye Moor'))
  await open(page, slug)
  await db().session.deleteMany({ where: { memberId } })
  await page.getByLabel('Your question').fill('Where do words go that nobody takes?')
  await expect(page.getByText('Kept on this device only. Sign in first.')).toBeVisible()
})

test('the form with all that it shows, and the step without a script, are for everybody', async ({ page, newPerson }, testInfo) => {
  test.slow()
  const { community, id, like, passage } = await makeAnswered()
  await signUp(page, newPerson('Cora Lund'))
  await open(page, community)
  await page.getByLabel('Your question').fill(like)
  await expect(page.getByText(passage)).toBeVisible()
  await expect(page.getByText('Draft saved.')).toBeVisible()
  await expectForEverybody(page)
  const path = paths.askCheck({ place: `community:${id}` })
  await page.goto(path)
  await expect(page.getByRole('heading', { name: 'Is it one of these?' })).toBeVisible()
  await expectForEverybody(page)
  const pages = [{ name: path, html: await (await page.request.get(path)).body() }]
  expect(await htmlErrors(pages, testInfo.outputPath('pages'))).toEqual([])
})

async function open(page: Page, community: string): Promise<void> {
  await page.goto(paths.ask({ community }))
  await expect(page.locator('input[name=seen]')).toHaveValue('on')
}

/** Signs somebody up; answers whom. */
async function memberOf(page: Page, person: Person): Promise<string> {
  await signUp(page, person)
  const { id } = await db().member.findFirstOrThrow({ where: { account: { email: person.email } }, select: { id: true } })
  return id
}

function draftOf(memberId: string) {
  return db().draft.findFirst({ where: { memberId }, select: { title: true, details: true } })
}

/** A community of the test's own in which one question is answered, in words that no other test has. */
async function makeAnswered(mentorId?: string) {
  const community = await makeCommunity()
  const [bird, fold] = [newWord(), newWord()]
  const title = `How do you ${fold} a ${bird} of paper?`
  const passage = `You ${fold} the paper of the ${bird} by its wing.`
  const question = await makeQuestion(community.id, { title })
  const answer = await makeAnswer(question.id, mentorId ?? (await makeMentor()).id, { body: `Patience first.\n\n${passage}` })
  return { community: community.slug, id: community.id, answer: answer.id, title, like: `How can I ${fold} a paper ${bird}?`, passage }
}

function newWord(): string {
  return Array.from({ length: 9 }, () => 'bcdfghjklmnprtvz'.charAt(randomInt(16))).join('')
}
