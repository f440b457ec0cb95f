import { devices } from '@playwright/test'
import { v7 as uuid } from 'uuid'
import { expect, test } from '#e2e/support/test.ts'
import { db } from '#lib/db.ts'
import { renderAnswer } from '#lib/markdown.ts'
import { paths } from '#lib/paths.ts'

// Chromium without a head says so in its name, and is then a bot like any other.
const somebody = devices['Desktop Chrome'].userAgent
test.use({ userAgent: somebody })

const short = 'Ask three customers what they did the last time.'
const long = Array.from({ length: 12 }, (_, i) => `Step ${i + 1}. ${short} Then write down what surprised you, and only that.`).join('\n\n')

test('Rita reads an answer on its question page, and it is one view more', async ({ page }) => {
  const {
    answers: [answer],
    question,
  } = await anAma([short])
  await page.goto(paths.question(question))
  await expectViews(answer, 1)
  await expect(async () => {
    await page.reload()
    await expect(page.getByText('1 View', { exact: true })).toBeVisible({ timeout: 500 })
  }).toPass()
})

test('on an AMA page the beginning of an answer is no view until Rita opens it', async ({ page }) => {
  const {
    ama,
    answers: [clipped, whole = ''],
  } = await anAma([long, short])
  await page.goto(paths.ama(ama))
  await page.getByRole('link', { name: 'Read More' }).scrollIntoViewIfNeeded()
  await page.getByText(short, { exact: true }).scrollIntoViewIfNeeded()
  // Once the short answer is counted, the beginning of the long one has been on screen as long.
  await expectViews(whole, 1)
  await expectViews(clipped, 0)
  await page.getByRole('link', { name: 'Read More' }).click()
  await expectViews(clipped, 1)
})

test('a bot reads before Rita does, and one view is counted', async ({ page, browser }) => {
  const {
    answers: [answer],
    question,
  } = await anAma([short])
  const bot = await browser.newPage({ userAgent: somebody?.replace('Chrome/', 'HeadlessChrome/') })
  const beacon = bot.waitForResponse((response) => response.url().endsWith(paths.views()))
  await bot.goto(paths.question(question))
  expect((await beacon).status()).toBe(204)
  await bot.close()
  // What the bot sent came first, so it would be written with hers or before.
  await page.goto(paths.question(question))
  await expectViews(answer, 1)
})

/** Views are written every five seconds. */
async function expectViews(answer: string, views: number): Promise<void> {
  const counted = () => db().answer.findUniqueOrThrow({ where: { id: answer }, select: { viewCount: true } })
  await expect.poll(async () => (await counted()).viewCount, { timeout: 20_000 }).toBe(views)
}

/** A past AMA whose questions are answered with these texts. Slugs, and the answers' ids in their order. */
async function anAma(texts: string[]) {
  const [communityId, topicId, mentorId, amaId] = [uuid(), uuid(), uuid(), uuid()]
  const startsAt = new Date('2026-05-31T17:00:00Z')
  const endsAt = new Date('2026-05-31T18:00:00Z')
  await db().community.create({ data: { id: communityId, slug: `c-${communityId}`, name: `Community ${communityId}` } })
  await db().topic.create({ data: { id: topicId, slug: `t-${topicId}`, name: 'Interviews', communityId } })
  const mara = { handle: `m-${mentorId}`, name: 'Mara Field', title: 'Researcher', mentorSince: startsAt }
  await db().member.create({ data: { id: mentorId, ...mara } })
  const startsAtLocal = new Date('2026-05-31T10:00:00Z')
  const when = { startsAtLocal, timeZone: 'America/Los_Angeles', startsAt, endsAt }
  const mentors = { create: { memberId: mentorId, position: 1 } }
  await db().ama.create({ data: { id: amaId, slug: `a-${amaId}`, communityId, topicId, ...when, mentors } })
  const answers: string[] = []
  for (const [index, body] of texts.entries()) {
    const [id, questionId] = [uuid(), uuid()]
    const question = { id: questionId, slug: `q-${questionId}`, communityId, topicId, amaId, number: index + 1, askedAt: startsAt }
    await db().question.create({ data: { ...question, title: `How do you find out what people need, part ${index + 1}?` } })
    await db().answer.create({ data: { id, questionId, mentorId, body, ...renderAnswer(body), answeredAt: startsAt } })
    answers.push(id)
  }
  const question = await db().question.findFirstOrThrow({ where: { amaId, number: 1 }, select: { slug: true } })
  return { ama: `a-${amaId}`, question: question.slug, answers: answers as [string, ...string[]] }
}
