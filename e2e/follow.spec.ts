import type { Page } from '@playwright/test'
import { expectForEverybody } from '#e2e/support/for-everybody.ts'
import { htmlErrors } from '#e2e/support/nu-checker.ts'
import { expect, joinHere, signUp, test } from '#e2e/support/person.ts'
import { whenReady } from '#e2e/support/test.ts'
import { db } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import { makeAnswer, makeCommunity, makeMentor, makeQuestion, makeTopic } from '#testing/factories.ts'

const follow = (page: Page) => page.getByRole('main').getByRole('button', { name: /^Follow/ })

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('Ada follows a mentor while she is signed out, signs up, and finds what is new in her feed; then she ends it', async ({
      page,
      newPerson,
    }) => {
      const { mentor, question } = await answered()
      await page.goto(paths.mentor(mentor.handle))
      if (javaScriptEnabled) await whenReady(page)
      await follow(page).click()
      await expect(page).toHaveURL(paths.signIn(paths.waitingPress()))
      await joinHere(page, newPerson('Ada Osei'))
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('You follow this')
      await page.getByRole('link', { name: 'your feed' }).click()
      await expect(page.getByRole('link', { name: question.title })).toBeVisible()
      await page.goto(paths.ownFollow('mentor', mentor.handle))
      await page.getByRole('button', { name: 'Do not follow any more' }).click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('You do not follow this')
      await page.goto(paths.myFeed())
      await expect(page.getByText('Nothing yet')).toBeVisible()
    })

    test('Ben searches what he follows, mutes a topic, and takes it in again', async ({ page, newPerson }) => {
      await signUp(page, newPerson('Ben Okafor'))
      const { topic, mentor } = await answered()
      for (const path of [paths.topic(topic.slug), paths.mentor(mentor.handle)]) {
        await page.goto(path)
        if (javaScriptEnabled) await expect(follow(page)).toHaveAttribute('aria-pressed', 'false')
        await follow(page).click()
        if (javaScriptEnabled) await expect(follow(page)).toHaveAttribute('aria-pressed', 'true')
        else await expect(page.getByRole('heading', { level: 1 })).toHaveText('You follow this')
      }
      // With JavaScript the press is under way when the button shows it already.
      await expect.poll(() => db().follow.count({ where: { OR: [{ topicId: topic.id }, { mentorId: mentor.id }] } })).toBe(2)
      await page.goto(paths.following())
      await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(2)
      await page.getByLabel('Search in what you follow').fill(topic.name)
      await page.getByRole('main').getByRole('button', { name: 'Search' }).click()
      await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(1)
      await page.getByRole('button', { name: /^Mute/ }).click()
      await expect(page.getByRole('button', { name: /^Unmute/ })).toBeVisible()
      await page.getByRole('button', { name: /^Unmute/ }).click()
      await expect(page.getByRole('button', { name: /^Unmute/ })).toHaveCount(0)
    })
  })
}

test('Cora follows a question by requesting it, and shows others whom she follows, but never that', async ({ page, newPerson }) => {
  const cora = newPerson('Cora Lund')
  await signUp(page, cora)
  const { mentor, question } = await answered()
  await page.goto(paths.question(question.slug))
  await expect(follow(page)).toHaveAttribute('aria-pressed', 'false')
  const requested = page.waitForResponse((answer) => answer.url().endsWith(paths.requests(question.slug)) && answer.ok())
  await page.getByRole('button', { name: /^Request another answer/ }).click()
  await requested
  await page.reload()
  await expect(follow(page)).toHaveAttribute('aria-pressed', 'true')
  await page.goto(paths.mentor(mentor.handle))
  await expect(follow(page)).toHaveAttribute('aria-pressed', 'false')
  const followed = page.waitForResponse((answer) => answer.url().endsWith(paths.follows('mentor', mentor.handle)) && answer.ok())
  await follow(page).click()
  await followed

  const { handle } = await db().member.findFirstOrThrow({ where: { account: { email: cora.email } } })
  await page.goto(paths.member(handle))
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Cora Lund')
  await expect(page.getByRole('link', { name: mentor.name })).toHaveCount(0)
  await page.goto(paths.settingsProfile())
  await page.getByLabel('Who sees whom you follow').selectOption('shown')
  await page.getByRole('button', { name: 'Set who sees it' }).click()
  await expect(page.getByText('Saved.')).toBeVisible()
  // What is kept in front is kept for a second.
  await expect(async () => {
    await page.goto(paths.member(handle))
    await expect(page.getByRole('link', { name: mentor.name })).toBeVisible({ timeout: 100 })
  }).toPass()
  await expect(page.getByRole('link', { name: question.title })).toHaveCount(0)
})

test('the pages of following are for everybody, and have no error in them', async ({ page, newPerson }, testInfo) => {
  test.slow()
  const dina = newPerson('Dina Falk')
  await signUp(page, dina)
  const { mentor, topic, question } = await answered()
  const { memberId } = await db().account.findUniqueOrThrow({ where: { email: dina.email } })
  await db().follow.createMany({
    data: [
      { id: crypto.randomUUID(), memberId, mentorId: mentor.id },
      { id: crypto.randomUUID(), memberId, topicId: topic.id, mutedAt: new Date() },
      { id: crypto.randomUUID(), memberId, questionId: question.id },
    ],
  })
  const pages = []
  for (const path of [paths.following(), paths.myFeed(), paths.ownFollow('topic', topic.slug)]) {
    await page.goto(path)
    await expectForEverybody(page)
    pages.push({ name: path, html: await (await page.request.get(path)).body() })
  }
  expect(await htmlErrors(pages, testInfo.outputPath('pages'))).toEqual([])
})

/** A mentor with an answer to a question of a topic. */
async function answered() {
  const { id: communityId } = await makeCommunity()
  const [topic, mentor] = [await makeTopic(communityId), await makeMentor({ name: `Nuria Weld ${crypto.randomUUID().slice(0, 4)}` })]
  const question = await makeQuestion(communityId, { topicId: topic.id, title: `How does one mend bell ${crypto.randomUUID()}?` })
  await makeAnswer(question.id, mentor.id)
  return { mentor, topic, question }
}
