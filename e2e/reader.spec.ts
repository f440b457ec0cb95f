import { v7 as uuid } from 'uuid'
import { glass, longAnswer } from '#e2e/support/glass.ts'
import { expect, test, whenReady } from '#e2e/support/test.ts'
import { paths } from '#lib/paths.ts'
import { makeAma, makeCommunity, makeMentor, makeQuestion, makeTopic } from '#testing/factories.ts'

const mara = 'Mara Lind'
const amaName = 'Kiln and Daughters Furnace Lead, Mara Lind on Furnaces'

test('Rita comes from a search engine, reads the whole answer, and goes on from one thing to the next', async ({ page }) => {
  await page.goto(paths.question(glass.question), { referer: 'https://search.example/' })
  const main = page.getByRole('main')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('How do you know that a furnace is ready?')
  await expect(page.getByRole('heading', { name: '2 Answers' })).toBeVisible()
  await expect(page.getByText(longAnswer.ends)).toBeVisible()
  await expect(page.getByRole('link', { name: /Read More/ })).toHaveCount(0)
  await expect(page.getByText('10,924 Views')).toBeVisible()
  await expect(page.getByText('4 requests')).toBeVisible()

  await main.getByRole('link', { name: amaName, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`AMA: ${amaName}`)
  await expect(page.getByText('May 7, 2024 @ 10:00AM PT')).toBeVisible()
  await page.getByRole('link', { name: 'View AMA Answers' }).click()
  await expect(page.getByRole('heading', { name: 'How do you know that a furnace is ready?' })).toBeInViewport()

  await page.getByRole('article').first().getByRole('link', { name: mara, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(mara)
  await main.getByRole('link', { name: 'Kiln and Daughters' }).first().click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Kiln and Daughters')

  await main.getByRole('link', { name: 'How do you know that a furnace is ready?' }).click()
  await expect(page.getByRole('article').first()).toBeInViewport()
  await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Furnaces' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Furnaces')
  await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Glass Work' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Glass Work')
  await page.getByRole('banner').getByRole('link', { name: 'Perch' }).click()
  await expect(page).toHaveURL(paths.home())
  await expect(page.getByRole('heading', { name: 'Worth reading' })).toBeVisible()
})

test('Rita sends a friend the link to one answer, and the friend sees that answer', async ({ page, context }) => {
  await page.goto(paths.question(glass.question))
  const second = page.getByRole('article').filter({ hasText: 'I ask Mara.' })
  await second.getByRole('link', { name: 'Jun 1, 2024' }).click()
  await expect(page).toHaveURL(/#answer-[0-9a-f-]{36}$/)
  const friend = await context.newPage()
  await friend.goto(page.url())
  await expect(friend.getByRole('article').filter({ hasText: 'I ask Mara.' })).toBeInViewport({ ratio: 1 })
})

test('Read More opens the answer where it stands, without asking the server, and reading goes on there', async ({ page }) => {
  await page.goto(paths.ama(glass.pastAma), { waitUntil: 'networkidle' })
  await whenReady(page)
  const answer = page.getByRole('article').first()
  await expect(answer).toContainText(longAnswer.begins)
  await expect(answer.getByText(longAnswer.ends)).toBeHidden()
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  const more = answer.getByRole('link', { name: `Read More of ${mara}’s answer` })
  await more.scrollIntoViewIfNeeded()
  const before = await answer.boundingBox()
  await more.click()
  await expect(answer.getByText(longAnswer.ends)).toBeVisible()
  await expect(answer.getByRole('link', { name: /Read More/ })).toBeHidden()
  // An answer that was on screen for three seconds is told of meanwhile.
  expect(asked.filter((path) => path !== paths.views())).toEqual([])
  await expect(page).toHaveURL(paths.ama(glass.pastAma))
  expect((await answer.boundingBox())?.y).toBe(before?.y)
  // Whoever goes on with the keyboard or a screen reader is where the rest begins, not at the top of the page.
  const focused = await page.evaluate(() => document.activeElement?.closest('article')?.id)
  expect(focused).toBe(await answer.getAttribute('id'))
})

test('the rails of a question that stands alone say why they are empty, and show what came a moment ago', async ({ page }) => {
  const name = `Peat Cutting ${uuid()}`
  const community = await makeCommunity({ name })
  const topic = await makeTopic(community.id, { name: `Spades ${uuid()}` })
  const question = await makeQuestion(community.id, { topicId: topic.id, title: 'How wet is too wet to cut?' })
  await page.goto(paths.question(question.slug))
  await expect(page.getByText(`No AMA of another mentor in ${name} yet.`)).toBeVisible()
  await expect(page.getByText('No other mentor is here yet.')).toBeVisible()
  await expect(page.getByText(`No other question in ${name} yet.`)).toBeVisible()

  const mentor = await makeMentor({ name: 'Una Byrne', title: 'Turf Cutter' })
  await makeAma({ communityId: community.id, topicId: topic.id }, [mentor], new Date('2024-05-31T10:00:00Z'))
  const other = await makeQuestion(community.id, { topicId: topic.id, title: 'Which spade lasts?' })
  // The copy of the page that everybody is sent is a second old at most.
  await expect(async () => {
    await page.reload()
    await expect(page.getByRole('link', { name: 'Which spade lasts?' })).toBeVisible({ timeout: 1_000 })
  }).toPass()
  await expect(page.getByRole('link', { name: `Turf Cutter, Una Byrne on ${topic.name}` })).toBeVisible()
  await expect(page.getByRole('heading', { name: `Mentors in ${name}` })).toBeVisible()
  await expect(page.getByText(/^No other/)).toHaveCount(0)

  await page.goto(paths.question(other.slug))
  await expect(page.getByRole('link', { name: 'How wet is too wet to cut?' })).toBeVisible()
})
