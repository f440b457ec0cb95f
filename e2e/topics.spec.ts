import { randomUUID } from 'node:crypto'
import type { Page, TestInfo } from '@playwright/test'
import { expectForEverybody } from '#e2e/support/for-everybody.ts'
import { htmlErrors } from '#e2e/support/nu-checker.ts'
import { expect, type Person, signUp, test } from '#e2e/support/person.ts'
import { whenReady } from '#e2e/support/test.ts'
import { db } from '#lib/db.ts'
import { afterHref, paths } from '#lib/paths.ts'
import { makeAma, makeAnswer, makeCommunity, makeCompany, makeMentor, makeQuestion, makeTopic } from '#testing/factories.ts'

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('a reader finds the best answer of a topic, and goes through its questions in every order', async ({ page }) => {
      const { topic, answered, open, left, wanted } = await aTopic()
      const main = page.getByRole('main')
      await page.goto(paths.topic(topic.slug))
      await expect(main.getByText('Also called looms, shuttles')).toBeVisible()
      await expect(main.getByText('Warp and weft, by hand.')).toBeVisible()
      const section = (name: string) => main.locator('section').filter({ has: page.getByRole('heading', { level: 2, name, exact: true }) })
      await expect(section('Best answers').getByRole('heading', { level: 3 })).toHaveText([wanted.title, answered.title])
      await expect(section('Open questions').getByRole('heading', { level: 3 })).toHaveText([open.title])
      await expect(section('Asked but not answered').getByRole('heading', { level: 3 })).toHaveText([left.title])

      await page.getByRole('link', { name: 'All questions' }).click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Questions about ${topic.name}`)
      const orders = main.getByRole('navigation', { name: 'Order' })
      for (const [name, says, titles] of [
        ['Hot', /twice as much of both as being 2 days newer/, [open, left, wanted, answered]],
        ['Newest', /What was asked last comes first/, [open, left, wanted, answered]],
        ['Most requested', /more than one person requested/, [wanted, open]],
        ['Unanswered', /Without an answer/, [open, left]],
        ['Read most', /most views first/, [answered, wanted, open, left]],
      ] as const) {
        await orders.getByRole('link', { name, exact: true }).click()
        await expect(orders.getByRole('link', { name, exact: true })).toHaveAttribute('aria-current', 'page')
        await expect(main.getByText(says)).toBeVisible()
        const headings = main.getByRole('listitem').getByRole('heading')
        await expect(headings).toContainText(titles.map(({ title }) => title))
        await expect(page.locator('link[rel=canonical]')).toHaveAttribute(
          'href',
          new RegExp(`${new URL(page.url()).search.replace('?', '\\?')}$`),
        )
      }
    })

    test('Ines, who hosts, says what a topic is about, and readers see it', async ({ page, newPerson }) => {
      const { community, topic } = await aTopic()
      const ines = newPerson('Ines Arbel')
      await signUp(page, ines)
      await db().communityRole.create({ data: { communityId: community.id, memberId: await idOf(ines), role: 'host' } })
      await page.goto(paths.hosting(community.slug))
      await page.getByRole('link', { name: topic.name, exact: true }).click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(topic.name)
      await page.getByLabel('What it is about').fill('Everything **between** two beams.')
      await page.getByRole('button', { name: 'Save' }).click()
      await expect(page.getByText('Saved.')).toBeVisible()
      await expect(page.getByLabel('What it is about')).toHaveValue('Everything **between** two beams.')
      // What is kept in front is kept for a second.
      await expect(async () => {
        await page.goto(paths.topic(topic.slug))
        await expect(page.getByText('Everything between two beams.')).toBeVisible({ timeout: 1_000 })
      }).toPass()
    })

    test('Mona is listed by people helped until she does not want to be; by name she is listed on', async ({ page, newPerson }) => {
      const { community } = await aTopic()
      const mona = newPerson('Mona Quill')
      await signUp(page, mona)
      const memberId = await idOf(mona)
      await db().member.update({ where: { id: memberId }, data: { mentorSince: new Date() } })
      const helped = { helpedMonth: 12, helpedYear: 30, helpedEver: 31 }
      await db().communityMentor.create({ data: { communityId: community.id, memberId, ...helped } })
      const row = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Mona Quill' })
      await page.goto(paths.communityMentors(community.slug))
      await expect(row).toBeVisible()
      await page.getByRole('link', { name: 'Last 30 days', exact: true }).click()
      await expect(row).toContainText('Helped 12 people')
      await expect(page.getByText(/Each person counts once/)).toBeVisible()

      await page.goto(paths.settingsProfile())
      await page.getByLabel('Where your communities list you').selectOption('name')
      await page.getByRole('button', { name: 'Set where you are listed' }).click()
      await expect(page.getByText('Saved.')).toBeVisible()
      await expect(page.getByLabel('Where your communities list you')).toHaveValue('name')
      await expect(async () => {
        await page.goto(afterHref(paths.communityMentors(community.slug), undefined, 'ever'))
        await expect(page.getByText(/Nobody was helped here yet/)).toBeVisible({ timeout: 1_000 })
      }).toPass()
      await page.getByRole('link', { name: 'By name', exact: true }).click()
      await expect(row).toBeVisible()
    })
  })
}

test('the first page is the same for everybody, and tells a member how much is new of what they follow', async ({ page, newPerson }) => {
  const { mentor } = await aTopic()
  await page.goto(paths.home())
  await whenReady(page)
  const link = page.getByRole('main').getByRole('link', { name: 'What you follow' })
  await expect(link).toHaveText('What you follow')
  await expect(link).toHaveAttribute('href', paths.following())

  const rhea = newPerson('Rhea Tamm')
  await signUp(page, rhea)
  await db().follow.create({ data: { id: randomUUID(), memberId: await idOf(rhea), mentorId: mentor.id } })
  let letThrough = () => {}
  const told = new Promise<void>((resolve) => {
    letThrough = resolve
  })
  await page.route(/\/api\/viewer/, async (route) => {
    await told
    await route.continue()
  })
  await page.goto(paths.home())
  await whenReady(page)
  await page.evaluate(() => document.fonts.ready)
  const below = page.getByRole('heading', { name: 'Live and next' })
  const before = await below.boundingBox()
  letThrough()
  await expect(link).toHaveText('What you follow: 2 new this week')
  expect(await below.boundingBox()).toEqual(before)
  await link.click()
  await expect(page.getByText('your feed: 2 new this week')).toBeVisible()
})

test('a company says who is there and who was, since when, and what of it was checked', async ({ page }) => {
  const { company, mentor } = await aTopic()
  await page.goto(paths.company(company.slug))
  const rail = (name: string) => page.locator('section').filter({ has: page.getByRole('heading', { level: 2, name, exact: true }) })
  const now = rail(`Mentors at ${company.name} now`)
  await expect(now).toContainText(mentor.name)
  await expect(now).toContainText('Head Weaver, since Mar 2019')
  await expect(now).toContainText('Work e-mail at kiln.example checked May 2026')
  await expect(rail('Once there, now elsewhere')).toContainText('Dyer, 2011 to 2014')
  await expect(rail('AMAs by people there').getByRole('link')).toHaveCount(1)
  await expect(rail('Answered while there').getByRole('listitem')).toHaveCount(2)
})

test('the pages of topics and companies are for everybody, and have no error in them', async ({ page }, testInfo) => {
  test.slow()
  const { community, topic, company } = await aTopic()
  const empty = await makeTopic(community.id)
  const errors = await look(page, testInfo, [
    ...[paths.topic(topic.slug), paths.topic(empty.slug), paths.company(company.slug)],
    afterHref(paths.topicQuestions(topic.slug), undefined, 'hot'),
  ])
  expect(errors).toEqual([])
})

test('the lists of a community and what hosts and mentors set are for everybody, and have no error in them', async ({
  page,
  newPerson,
}, testInfo) => {
  test.slow()
  const { community, topic, mentor } = await aTopic()
  await db().communityMentor.updateMany({ where: { memberId: mentor.id }, data: { helpedMonth: 7, helpedYear: 8, helpedEver: 9 } })
  const vera = newPerson('Vera Lint')
  await signUp(page, vera)
  const memberId = await idOf(vera)
  await db().communityRole.create({ data: { communityId: community.id, memberId, role: 'host' } })
  await db().member.update({ where: { id: memberId }, data: { mentorSince: new Date() } })
  const mentors = paths.communityMentors(community.slug)
  const errors = await look(page, testInfo, [
    ...[paths.community(community.slug), afterHref(mentors, undefined, 'month')],
    ...[paths.adminTopic(topic.slug), paths.settingsProfile()],
  ])
  expect(errors).toEqual([])
})

/** Looks at each in both themes and many widths, and answers what the HTML checker finds in them. */
async function look(page: Page, testInfo: TestInfo, all: string[]): Promise<string[]> {
  const pages = []
  for (const path of all) {
    await page.goto(path)
    await expectForEverybody(page)
    pages.push({ name: path, html: await (await page.request.get(path)).body() })
  }
  return htmlErrors(pages, testInfo.outputPath('pages'))
}

/**
 * A topic with four questions: one that is read most, one that most people requested and found helpful, both answered; one
 * that is open, and one that its AMA left.
 */
async function aTopic() {
  const community = await makeCommunity()
  const about = { about: 'Warp and weft, by hand.', aboutHtml: '<p>Warp and weft, by hand.</p>' }
  const topic = await makeTopic(community.id, { synonyms: ['looms', 'shuttles'], ...about })
  const company = await makeCompany(`Loom ${randomUUID()}`)
  const mentor = await makeMentor({ name: `Tilda Warp ${randomUUID().slice(0, 8)}`, companyId: company.id, title: 'Head Weaver' })
  const jon = await makeMentor({ name: 'Jon Reed', title: 'Buyer' })
  const role = { companyId: company.id, checkedAs: null, checkedHow: null, checkedAt: null }
  const checked = { checkedAt: new Date('2026-05-03T12:00:00Z'), checkedHow: 'mail', checkedAs: 'kiln.example' }
  await db().role.createMany({
    data: [
      { ...role, id: randomUUID(), memberId: mentor.id, title: 'Head Weaver', startedOn: '2019-03', ...checked },
      { ...role, id: randomUUID(), memberId: jon.id, title: 'Dyer', startedOn: '2011', endedOn: '2014' },
    ],
  })
  const ago = (days: number) => new Date(Date.now() - days * 86_400_000)
  const ama = await makeAma({ communityId: community.id, topicId: topic.id }, [mentor], ago(30))
  const ask = (what: string, days: number, given: object = {}) =>
    makeQuestion(community.id, {
      topicId: topic.id,
      title: `${what} ${randomUUID().slice(0, 8)}?`,
      askedAt: ago(days),
      requestBase: 1,
      ...given,
    })
  const answered = await ask('How does one thread a heddle', 400)
  const wanted = await ask('What does a broken shuttle cost', 300, { requestBase: 40 })
  const left = await ask('Who wove the first carpet', 31, { amaId: ama.id, number: 1, closedAt: ago(20) })
  const open = await ask('Which wool does not felt', 2, { requestBase: 3 })
  const holds = { companyId: company.id, title: 'Head Weaver' }
  await makeAnswer(answered.id, mentor.id, { ...holds, viewBase: 900, answeredAt: ago(399), body: 'From the back.' })
  const helpful = await makeAnswer(wanted.id, mentor.id, { ...holds, viewBase: 20, answeredAt: ago(298), body: 'Less than a new one.' })
  await db().answerMark.create({ data: { memberId: jon.id, kind: 'helpful', answerId: helpful.id } })
  // Two that are new, elsewhere.
  const elsewhere = await makeCommunity()
  for (const what of ['When does a loom need oil', 'Where does one buy reeds']) {
    const { id } = await makeQuestion(elsewhere.id, { title: `${what} ${randomUUID().slice(0, 8)}?` })
    await makeAnswer(id, mentor.id)
  }
  return { community, topic, company, mentor, answered, wanted, left, open }
}

async function idOf({ email }: Person): Promise<string> {
  return (await db().account.findUniqueOrThrow({ where: { email } })).memberId
}
