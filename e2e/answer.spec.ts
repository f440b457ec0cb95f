import type { Page } from '@playwright/test'
import { expectForEverybody } from '#e2e/support/for-everybody.ts'
import { htmlErrors } from '#e2e/support/nu-checker.ts'
import { expect, type Person, signUp, test, writeMarkdown } from '#e2e/support/person.ts'
import { db } from '#lib/db.ts'
import { answerAnchor, paths } from '#lib/paths.ts'
import { makeAma, makeAnswer, makeCommunity, makeMentor, makeQuestion, makeTopic } from '#testing/factories.ts'

test.beforeEach(({ context }) => writeMarkdown(context))

test('Ana goes from the question to her answer, looks at it, publishes it, changes it and takes it back', async ({ page, newPerson }) => {
  const { community, question } = await makeAsked()
  await signUpMentor(page, newPerson('Ana Ruiz'), community.id)
  await page.goto(paths.question(question.slug))
  await page.getByRole('link', { name: /^Answer ?: What do you do/ }).click()
  await page.getByLabel('Your answer').fill('I **listen** first.')
  await page.getByRole('button', { name: 'Preview' }).click()
  await expect(page.getByRole('region', { name: 'Preview' }).locator('strong')).toHaveText('listen')
  await page.getByRole('button', { name: 'Publish now' }).click()
  await expect(page.getByText(/^Published\./)).toBeVisible()

  const { id } = await db().answer.findFirstOrThrow({ where: { questionId: question.id } })
  await page.getByRole('link', { name: /See your answer/ }).click()
  await expect(page.locator(`#${answerAnchor(id)}`)).toContainText('I listen first.')

  await page.getByRole('link', { name: /^Your answer ?: What do you do/ }).click()
  await page.getByLabel('Your answer, changed').fill('I **listen** for a week.')
  await page.getByRole('button', { name: 'Publish the change' }).click()
  await expect(page.getByText('Say why, in a few words.')).toBeVisible()
  await expect(page.getByLabel('Your answer, changed')).toHaveValue('I **listen** for a week.')
  await page.getByLabel('Why it is changed').fill('A week is what it takes.')
  await page.getByRole('button', { name: 'Publish the change' }).click()
  await expect(page.getByText(/^Changed\./)).toBeVisible()
  await page.getByRole('link', { name: /See your answer/ }).click()
  await page.getByRole('link', { name: /^edited/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What this answer said before')
  await expect(page.getByText('I listen first.')).toBeVisible()
  await expect(page.getByText('A week is what it takes.')).toBeVisible()

  await page.goto(paths.answerQuestion(question.slug))
  await page.getByRole('button', { name: 'Take it back' }).click()
  await expect(page.getByText(/^Taken back\./)).toBeVisible()
  await expect(page.getByLabel('Your answer')).toHaveValue('I **listen** for a week.')
  expect(await db().answer.count({ where: { questionId: question.id } })).toBe(0)
})

test('what is published goes from the device, and takes the place of no later change', async ({ page, newPerson }) => {
  const { community, question } = await makeAsked()
  await signUpMentor(page, newPerson('Gus Thorne'), community.id)
  await page.goto(paths.answerQuestion(question.slug))
  await expect(page.locator('input[name=window]')).not.toHaveValue('')
  await page.getByLabel('Your answer').fill('Sent before it was saved.')
  await page.getByRole('button', { name: 'Publish now' }).click()
  await expect(page.getByText(/^Published\./)).toBeVisible()
  await expect.poll(() => page.evaluate(keptHere, question.id)).toBe(null)
  await db().answer.updateMany({ where: { questionId: question.id }, data: { body: 'Changed elsewhere.' } })
  await page.goto(paths.answerQuestion(question.slug))
  await expect(page.locator('input[name=window]')).not.toHaveValue('')
  await expect(page.getByLabel('Your answer, changed')).toHaveValue('Changed elsewhere.')
})

test('each of many earlier texts can be removed', async ({ page, newPerson }) => {
  const { community, question } = await makeAsked()
  const memberId = await signUpMentor(page, newPerson('Hale Winter'), community.id)
  const { id } = await makeAnswer(question.id, memberId, { editedAt: new Date() })
  const text = { answerId: id, mentorId: memberId, body: 'Said.', writtenAt: new Date(), replacedAt: new Date(), reason: 'Not so.' }
  const data = Array.from({ length: 22 }, (_, i) => ({ ...text, number: i + 1, html: `<p>Said the ${i + 1}. time.</p>` }))
  await db().answerVersion.createMany({ data })
  await page.goto(paths.answerQuestion(question.slug))
  await page.getByRole('link', { name: 'Earlier texts' }).click()
  const first = page.getByRole('listitem').filter({ hasText: 'Said the 1. time.' })
  await expect(first.getByText('Remove this text')).toBeVisible()
})

test('a link to an answer that stands further on leads to it', async ({ page }) => {
  const { question } = await makeAsked()
  const at = (i: number) => new Date(Date.now() - 1_000_000 + i)
  let last = ''
  for (let i = 0; i < 42; i++) last = (await makeAnswer(question.id, (await makeMentor()).id, { answeredAt: at(i) })).id
  await page.goto(paths.answer(question.slug, last))
  await expect(page.locator(`#${answerAnchor(last)}`)).toBeInViewport()
})

test('readers who are no mentors there see no way to answer, and the page is not there for them', async ({
  page,
  newPerson,
  expectComplaint,
}) => {
  expectComplaint(/status of 404/)
  const { question } = await makeAsked()
  await signUp(page, newPerson('Rita Lund'))
  const known = page.waitForResponse((answer) => answer.url().includes('/api/viewer?') && answer.url().includes('answer='))
  await page.goto(paths.question(question.slug))
  await known
  await expect(page.getByRole('link', { name: /^(Your answer|Answer) ?:/ })).toHaveCount(0)
  expect((await page.goto(paths.answerQuestion(question.slug)))?.status()).toBe(404)
})

test('the page of an answer, changed once, and its history are for everybody', async ({ page, newPerson }, testInfo) => {
  test.slow()
  const { community, question } = await makeAsked()
  const memberId = await signUpMentor(page, newPerson('Ana Ruiz'), community.id)
  const { id } = await makeAnswer(question.id, memberId, { editedAt: new Date() })
  const text = { body: 'I *wait*.', html: '<p>I <em>wait</em>.</p>', writtenAt: new Date(), replacedAt: new Date(), reason: 'Not long.' }
  await db().answerVersion.create({ data: { answerId: id, number: 1, mentorId: memberId, ...text } })
  const own = paths.answerQuestion(question.slug)
  await page.goto(own)
  await page.getByText('Remove this text').click()
  await expectForEverybody(page)
  await page.goto(paths.answerHistory(id))
  await expectForEverybody(page)
  const pages = []
  for (const name of [own, paths.answerHistory(id), paths.question(question.slug)]) {
    pages.push({ name, html: await (await page.request.get(name)).body() })
  }
  expect(await htmlErrors(pages, testInfo.outputPath('pages'))).toEqual([])

  await page.goto(own)
  await page.getByText('Remove this text').click()
  await page.getByLabel('Why it goes').fill('Too early.')
  await page.getByRole('button', { name: 'Remove it' }).click()
  await expect(page.getByText(/^Removed\./)).toBeVisible()
  await page.goto(paths.answerHistory(id))
  await expect(page.getByText('Too early.')).toBeVisible()
  await expect(page.getByText('I wait.')).toHaveCount(0)
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('Ana looks at her answer, publishes it and changes it; what two windows wrote is both there', async ({
    page,
    context,
    newPerson,
  }) => {
    const { community, question } = await makeAsked()
    await signUpMentor(page, newPerson('Ana Ruiz'), community.id)
    const other = await context.newPage()
    for (const window of [page, other]) await window.goto(paths.answerQuestion(question.slug))
    await page.getByLabel('Your answer').fill('From *this* window.')
    await page.getByRole('button', { name: 'Preview' }).click()
    await expect(page.getByRole('region', { name: 'Preview' }).locator('em')).toHaveText('this')
    await other.getByLabel('Your answer').fill('From the other window.')
    await other.getByRole('button', { name: 'Publish now' }).click()
    await expect(other.getByText(/nothing is published/)).toBeVisible()
    await expect(other.getByLabel('Your answer')).toHaveValue('From *this* window.\n\n---\n\nFrom the other window.')
    await other.getByLabel('Your answer').fill('From both windows.')
    await other.getByRole('button', { name: 'Publish now' }).click()
    await expect(other.getByText(/^Published\./)).toBeVisible()
    await other.getByLabel('Your answer, changed').fill('From both of my windows.')
    await other.getByRole('button', { name: 'Publish the change' }).click()
    await expect(other.getByText('Say why, in a few words.')).toBeVisible()
    await other.getByLabel('Why it is changed').fill('They are mine.')
    await other.getByRole('button', { name: 'Publish the change' }).click()
    await expect(other.getByText(/^Changed\./)).toBeVisible()
    const answer = await db().answer.findFirstOrThrow({ where: { questionId: question.id }, include: { versions: true } })
    expect([answer.body, answer.versions.map(({ body }) => body)]).toEqual(['From both of my windows.', ['From both windows.']])
  })
})

async function makeAsked() {
  const community = await makeCommunity()
  return { community, question: await makeQuestion(community.id, { title: 'What do you do in the first week of a job?' }) }
}

async function signUpMentor(page: Page, person: Person, communityId: string): Promise<string> {
  await signUp(page, person)
  const { id } = await db().member.findFirstOrThrow({ where: { account: { email: person.email } }, select: { id: true } })
  await db().member.update({ where: { id }, data: { mentorSince: new Date() } })
  await db().communityMentor.create({ data: { communityId, memberId: id } })
  return id
}

test('a draft is on every device; where two of them change it, both are shown, and both can be kept', async ({
  page,
  browser,
  newPerson,
}) => {
  const { community, question } = await makeAsked()
  await signUpMentor(page, newPerson('Ana Ruiz'), community.id)
  const path = paths.answerQuestion(question.slug)
  const device = await browser.newContext({ storageState: await page.context().storageState() })
  await writeMarkdown(device)
  const other = await device.newPage()
  await open(page, path)
  await page.getByLabel('Your answer').fill('From the desk.')
  await expect(page.getByText('Draft saved.')).toBeVisible()
  await open(other, path)
  await expect(other.getByLabel('Your answer')).toHaveValue('From the desk.')
  await other.getByLabel('Your answer').fill('From the desk, and the train.')
  await expect(other.getByText('Draft saved.')).toBeVisible()
  await page.getByLabel('Your answer').fill('From the desk, and the kitchen.')
  await expect(page.getByRole('alert').filter({ hasText: 'changed somewhere else' })).toContainText('and the train')
  await expectForEverybody(page)
  await page.getByRole('button', { name: 'Keep both' }).click()
  await expect(page.getByText('Draft saved.')).toBeVisible()
  await expect(page.getByLabel('Your answer')).toHaveValue('From the desk, and the train.\n\n---\n\nFrom the desk, and the kitchen.')
  await page.getByRole('button', { name: 'Publish now' }).click()
  await expect(page.getByText(/^Published\./)).toBeVisible()
  const { body } = await db().answer.findFirstOrThrow({ where: { questionId: question.id } })
  expect(body).toContain('and the train.\n\n---\n\nFrom the desk, and the kitchen.')
})

test('without a network words stay on the device, and go to the account when there is one again', async ({
  page,
  context,
  newPerson,
  expectComplaint,
}) => {
  expectComplaint(/ERR_INTERNET_DISCONNECTED/)
  const { community, question } = await makeAsked()
  await signUpMentor(page, newPerson('Ana Ruiz'), community.id)
  await open(page, paths.answerQuestion(question.slug))
  await context.setOffline(true)
  await page.getByLabel('Your answer').fill('In the tunnel.')
  await expect(page.getByText(/^Kept on this device\./)).toBeVisible()
  await context.setOffline(false)
  await expect(page.getByText('Draft saved.')).toBeVisible()
  expect(await db().answerDraft.findFirst({ where: { questionId: question.id } })).toMatchObject({ body: 'In the tunnel.' })
})

test('Ana prepares answers for her AMA, sees how many, and publishes them all at once', async ({ page, newPerson }, testInfo) => {
  test.slow()
  const { community } = await makeAsked()
  const memberId = await signUpMentor(page, newPerson('Ana Ruiz'), community.id)
  const place = { communityId: community.id, topicId: (await makeTopic(community.id)).id }
  const ama = await makeAma(place, [{ id: memberId, companyId: null, title: null }], new Date(Date.now() + 86_400_000))
  const ask = (number: number, title: string) => makeQuestion(community.id, { amaId: ama.id, number, title })
  const [first] = [await ask(1, 'What do you do on the first day?'), await ask(2, 'What do you do on the last day?')]
  await open(page, paths.answerQuestion(first.slug))
  await page.getByLabel('Your answer').fill('I *listen*.')
  await page.getByRole('button', { name: 'Keep as prepared' }).click()
  await expect(page.getByText(/^Prepared\./)).toBeVisible()
  await page.getByRole('link', { name: 'What you have prepared for this AMA' }).click()
  await expect(page.getByText('1 of 2 questions prepared.')).toBeVisible()
  await expectForEverybody(page)
  const pages = [{ name: 'prepared', html: await (await page.request.get(paths.preparedAnswers(ama.slug))).body() }]
  expect(await htmlErrors(pages, testInfo.outputPath('pages'))).toEqual([])
  await page.getByRole('button', { name: 'Publish all prepared at once' }).click()
  await expect(page.getByText(/^Published\./)).toBeVisible()
  await expect(page.getByText('You have answered it.')).toBeVisible()
  expect(await db().answer.findMany({ where: { mentorId: memberId }, select: { body: true } })).toEqual([{ body: 'I *listen*.' }])
})

/** Until what is typed is kept. */
async function open(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await expect(page.locator('input[name=window]')).not.toHaveValue('')
}

/** What this browser keeps of an answer, of which it has written before. */
function keptHere(question: string): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const opened = indexedDB.open('perch-answers')
    opened.onerror = () => reject(opened.error)
    opened.onsuccess = () => {
      const found = opened.result.transaction('drafts').objectStore('drafts').get(question)
      found.onerror = () => reject(found.error)
      found.onsuccess = () => {
        opened.result.close()
        resolve(found.result?.body ?? null)
      }
    }
  })
}
