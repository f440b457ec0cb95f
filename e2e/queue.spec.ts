import type { Locator, Page } from '@playwright/test'
import { expectForEverybody } from '#e2e/support/for-everybody.ts'
import { htmlErrors } from '#e2e/support/nu-checker.ts'
import { expect, type Person, signUp, test } from '#e2e/support/person.ts'
import { whenReady } from '#e2e/support/test.ts'
import { db } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import { makeAma, makeAnswer, makeCommunity, makeMentor, makeQuestion, makeTopic } from '#testing/factories.ts'

const DAY = 86_400_000

test('Ana works through her queue with the keyboard alone, and the numbers add up after each act', async ({ page, newPerson }) => {
  test.slow()
  const ana = newPerson('Ana Lima')
  await signUp(page, ana)
  const { direct, inAma, open, other } = await queueOf(ana)
  await page.goto(paths.queue())
  await whenReady(page)
  await expectNumbers(page, { All: 4, 'Asked to you': 1, 'Your AMAs': 1, 'Open in your communities': 2 })

  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()

  // The order: seven wait in the AMA, five for the open one, three for the other, one for the direct one.
  await page.keyboard.press('j')
  await expect(answer(page, inAma.title)).toBeFocused()
  await page.keyboard.press('j')
  await expect(answer(page, open.title)).toBeFocused()
  await page.keyboard.press('k')
  await expect(answer(page, inAma.title)).toBeFocused()
  await page.keyboard.press('j')

  await page.keyboard.press('s')
  await expect(page.getByRole('status')).toHaveText(`Skipped: ${open.title}`)
  await expectNumbers(page, { All: 3, 'Open in your communities': 1, Skipped: 1 })
  await page.keyboard.press('u')
  await expect(page.getByRole('status')).toHaveText('It is back in your queue.')
  await expectNumbers(page, { All: 4, 'Open in your communities': 2, Skipped: 0 })

  await tabTo(page, answer(page, direct.title))
  await page.keyboard.press('x')
  await expect(page.getByLabel('Why not?')).toBeFocused()
  // Letters are letters here.
  await page.keyboard.type('s? I never did that, so ask somebody else.')
  await tabTo(page, page.getByRole('button', { name: 'Decline it' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status')).toHaveText(`Declined, and the asker reads why: ${direct.title}`)
  await expectNumbers(page, { All: 3, 'Asked to you': 0, Declined: 1 })

  await tabTo(page, answer(page, other.title))
  await page.keyboard.press('d')
  await expect(page.getByLabel('Back on')).toBeFocused()
  const later = new Date(Date.now() + 3 * DAY)
  await page.getByLabel('Back on').fill(later.toISOString().slice(0, 10))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status')).toHaveText(new RegExp(`^Put off until .*: ${escaped(other.title)}$`))
  await expectNumbers(page, { All: 2, 'Open in your communities': 1, 'Put off': 1 })

  await tabTo(page, answer(page, open.title))
  await page.keyboard.press('b')
  await expect(page.getByLabel('What do you need to know?')).toBeFocused()
  await page.keyboard.type('How many people are you?')
  await tabTo(page, page.getByRole('button', { name: 'Ask the asker' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status')).toHaveText(`The asker is asked: ${open.title}`)
  await expectNumbers(page, { All: 1, 'Your AMAs': 1, 'Waiting for the asker': 1 })

  await tabTo(page, answer(page, inAma.title))
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(paths.answerQuestion(inAma.slug))
})

test('Ana places an earlier answer with the keyboard, whoever waited has it, and she takes it away again', async ({ page, newPerson }) => {
  test.slow()
  const ana = newPerson('Ana Lima')
  await signUp(page, ana)
  const { open, memberId } = await queueOf(ana)
  const elsewhere = await makeQuestion((await makeCommunity()).id, {
    title: `What do you say of gates ${crypto.randomUUID().slice(0, 8)}?`,
  })
  const given = await makeAnswer(elsewhere.id, memberId, { body: 'I oil the hinges.', title: 'Hinge Maker' })
  await page.goto(paths.queue({ order: 'oldest' }))
  await whenReady(page)
  await expectNumbers(page, { All: 4, 'Open in your communities': 2 })

  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keys' }).getByText('Place an earlier answer')).toBeVisible()
  await page.keyboard.press('Escape')
  await tabTo(page, answer(page, open.title))
  await page.keyboard.press('p')
  await expect(page.getByLabel('Which answer of yours?')).toBeFocused()
  await page.getByLabel('Which answer of yours?').selectOption({ index: 1 })
  await tabTo(page, page.getByLabel('Why it fits here, in one line'))
  await page.keyboard.type('Same point, for doors.')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status')).toHaveText(/^Your earlier answer stands there now/)
  await expectNumbers(page, { All: 3, 'Open in your communities': 1 })
  expect(await db().question.findUniqueOrThrow({ where: { id: open.id } })).toMatchObject({ waitingCount: 0, leadAnswerId: given.id })

  await page.goto(paths.question(open.slug))
  await expect(page.getByText('“Same point, for doors.” Given to')).toBeVisible()
  await expect(page.getByText('I oil the hinges.')).toBeVisible()
  await page.getByRole('link', { name: elsewhere.title }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(elsewhere.title)

  await page.goto(paths.answerQuestion(open.slug))
  await page.getByRole('button', { name: 'Take it away from here' }).click()
  await expect(page.getByRole('link', { name: 'Place an earlier answer' })).toBeVisible()
  expect(await db().question.findUniqueOrThrow({ where: { id: open.id } })).toMatchObject({ waitingCount: 5, answerCount: 0 })
})

test('the pages of a placed answer are for everybody, and have no error in them', async ({ page, newPerson }, testInfo) => {
  test.slow()
  const ana = newPerson('Ana Lima')
  await signUp(page, ana)
  const { open, inAma, ama, memberId } = await queueOf(ana)
  const elsewhere = await makeQuestion((await makeCommunity()).id, {
    title: `What do you say of gates ${crypto.randomUUID().slice(0, 8)}?`,
  })
  const given = await makeAnswer(elsewhere.id, memberId, { body: 'I oil the hinges.', title: 'Hinge Maker' })
  const place = { answerId: given.id, mentorId: memberId, line: 'Same point.', placedAt: new Date() }
  await db().answerPlacement.createMany({ data: [{ ...place, questionId: inAma.id }] })
  const pages = []
  for (const path of [paths.queued(open.slug), paths.question(inAma.slug), paths.ama(ama.slug), paths.answerQuestion(inAma.slug)]) {
    await page.goto(path)
    await expectForEverybody(page)
    pages.push({ name: path, html: await (await page.request.get(path)).body() })
  }
  expect(await htmlErrors(pages, testInfo.outputPath('pages'))).toEqual([])
})

test('keys that are switched off stay off', async ({ page, newPerson }) => {
  const ana = newPerson('Ana Lima')
  await signUp(page, ana)
  const { inAma } = await queueOf(ana)
  await page.goto(paths.queue())
  await whenReady(page)
  await page.getByRole('button', { name: 'Keys' }).click()
  await page.getByLabel('Use these keys in this browser').uncheck()
  await page.getByRole('button', { name: 'Close' }).click()
  await page.reload()
  await whenReady(page)
  await page.keyboard.press('j')
  await expect(answer(page, inAma.title)).not.toBeFocused()
  await page.keyboard.press('?')
  await page.getByLabel('Use these keys in this browser').check()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await page.keyboard.press('j')
  await expect(answer(page, inAma.title)).toBeFocused()
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('Bea works through hers by plain forms', async ({ page, newPerson }) => {
    test.slow()
    const bea = newPerson('Bea Holm')
    await signUp(page, bea)
    const { direct, inAma, open, other, colleague } = await queueOf(bea)
    await page.goto(paths.queue())
    await page.getByRole('navigation', { name: 'Order' }).getByRole('link', { name: 'Oldest' }).click()
    await page.getByRole('button', { name: named('Skip', open.title) }).click()
    await expect(page.getByRole('status')).toHaveText(`Skipped: ${open.title}`)
    // One stays where one was.
    await expect(page.getByRole('link', { name: 'Oldest' })).toHaveAttribute('aria-current', 'page')
    await expectNumbers(page, { All: 3, 'Open in your communities': 1, Skipped: 1 })
    await page.getByRole('link', { name: 'Skipped 1' }).click()
    await page.getByRole('button', { name: named('Put it back', open.title) }).click()
    await expectNumbers(page, { All: 4, Skipped: 0 })

    await page.getByRole('link', { name: named('Something else with', direct.title) }).click()
    await page.getByRole('button', { name: 'Decline it' }).click()
    await expect(page.getByLabel('Why not?')).toHaveAccessibleDescription(/Say why: the asker reads it/)
    await page.getByLabel('To whom?').selectOption({ label: colleague.name })
    await page.getByRole('button', { name: 'Hand it over' }).click()
    await expect(page.getByRole('status')).toHaveText(`Handed over to ${colleague.name}: ${direct.title}`)
    await expectNumbers(page, { All: 3, 'Asked to you': 0, 'Handed over': 1 })
    expect(await db().question.findUnique({ where: { id: direct.id } })).toMatchObject({ askedToId: colleague.id })

    await page.getByRole('spinbutton', { name: 'I have' }).fill('6')
    await page.getByRole('button', { name: /^What helps most/ }).click()
    await expect(page.getByText('2 questions, about 6 minutes: answers to all of them help 12 people who wait.')).toBeVisible()
    await expect(page.getByRole('listitem').getByRole('heading')).toHaveText([inAma.title, open.title])
    await page.goto(paths.queue({ from: 'open' }))
    await expect(page.getByRole('listitem').getByRole('heading')).toHaveText([open.title, other.title])
  })
})

test('Hanna, who hosts, sees what waits in her AMAs, and nothing to answer; others have no queue', async ({
  page,
  newPerson,
  expectComplaint,
}) => {
  expectComplaint(/status of 404/)
  const hanna = newPerson('Hanna Holm')
  await signUp(page, hanna)
  expect((await page.request.get(paths.queue())).status()).toBe(404)
  const { community, inAma } = await queueOf(newPerson('Nobody Here'), (await makeMentor()).id)
  await db().communityRole.create({ data: { communityId: community.id, memberId: await memberOf(hanna), role: 'host' } })
  await page.goto(paths.home())
  await page.getByRole('navigation', { name: 'Site' }).getByRole('link', { name: 'My queue' }).click()
  await expect(page.getByRole('link', { name: inAma.title })).toBeVisible()
  await expect(page.getByText('Upcoming • 1 question • 7 people wait')).toBeVisible()
  await expect(page.getByRole('link', { name: `Nothing to check in ${community.name}` })).toBeVisible()
  await expect(page.getByRole('link', { name: /^Answer/ })).toHaveCount(0)
  await expect(page.getByRole('button', { name: /^Skip/ })).toHaveCount(0)
})

test('the pages of a queue are for everybody, and have no error in them', async ({ page, newPerson }, testInfo) => {
  test.slow()
  const cora = newPerson('Cora Lund')
  await signUp(page, cora)
  const { direct, open, community } = await queueOf(cora)
  const memberId = await memberOf(cora)
  await db().setAside.create({ data: { memberId, questionId: open.id, act: 'decline', words: 'Not my field.', setAsideAt: new Date() } })
  await db().communityRole.create({ data: { communityId: community.id, memberId, role: 'host' } })
  const pages: { name: string; html: Buffer }[] = []
  const wheres = [{}, { order: 'newest' }, { minutes: '30' }, { aside: 'decline' }, { from: 'me' }]
  for (const path of [...wheres.map((where) => paths.queue(where)), paths.queued(direct.slug)]) {
    await page.goto(path)
    await whenReady(page)
    await expectForEverybody(page)
    pages.push({ name: path, html: await (await page.request.get(path)).body() })
  }
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
  await expectForEverybody(page)
  expect(await htmlErrors(pages, testInfo.outputPath('pages'))).toEqual([])
})

const answer = (page: Page, title: string) => page.getByRole('link', { name: named('Answer', title) })

/** What does something with a question says with which, to whom it is read. */
const named = (words: string, title: string) => new RegExp(`^${words}\\s*: ${escaped(title)}$`)

/** What the numbers beside these names are; 0: no such number. */
async function expectNumbers(page: Page, numbers: Record<string, number>): Promise<void> {
  const main = page.getByRole('main')
  for (const [name, number] of Object.entries(numbers)) {
    const shown = main.getByRole('link', { name: new RegExp(`^${name} \\d`) })
    if (number === 0) await expect(shown).toHaveCount(0)
    else await expect(shown).toHaveText(`${name} ${number}`)
  }
}

/** As somebody goes who has no mouse. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let i = 0; i < 200; i++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  await expect(target).toBeFocused()
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

async function memberOf({ email }: Person): Promise<string> {
  return (await db().account.findUniqueOrThrow({ where: { email } })).memberId
}

/** Makes a person a mentor with a question of each source, and one more that is open; and another mentor beside them. */
async function queueOf(person: Person, known?: string) {
  const memberId = known ?? (await memberOf(person))
  // Short names: two links that wrap onto two lines are too close to each other for fingers.
  const [community, name] = [await makeCommunity({ name: `Sheds ${crypto.randomUUID().slice(0, 8)}` }), crypto.randomUUID().slice(0, 8)]
  const topic = await makeTopic(community.id, { name: `Bolts ${name}` })
  await db().member.update({ where: { id: memberId }, data: { mentorSince: new Date() } })
  const colleague = await makeMentor({ name: `Otto Brand ${crypto.randomUUID().slice(0, 4)}` })
  await db().communityMentor.createMany({ data: [memberId, colleague.id].map((id) => ({ communityId: community.id, memberId: id })) })
  const held = { id: memberId, companyId: null, title: null }
  const ama = await makeAma({ communityId: community.id, topicId: topic.id }, [held], new Date(Date.now() + DAY))
  const title = (about: string) => `What do you say of ${about} ${crypto.randomUUID().slice(0, 8)}?`
  const ago = (days: number) => new Date(Date.now() - days * DAY)
  const direct = await makeQuestion(community.id, {
    title: title('me'),
    askedToId: memberId,
    requestBase: 1,
    askedAt: ago(2),
    details: 'Of *all* of it.',
  })
  const inAma = await makeQuestion(community.id, {
    title: title('AMAs'),
    amaId: ama.id,
    number: 1,
    topicId: topic.id,
    requestBase: 7,
    askedAt: ago(1),
  })
  const open = await makeQuestion(community.id, { title: title('doors'), requestBase: 5, askedAt: ago(4) })
  const other = await makeQuestion(community.id, { title: title('windows'), requestBase: 3, askedAt: ago(3) })
  return { memberId, community, colleague, ama, direct, inAma, open, other }
}
