import { expectForEverybody } from '#e2e/support/for-everybody.ts'
import { htmlErrors } from '#e2e/support/nu-checker.ts'
import { expect, type Person, signUp, test } from '#e2e/support/person.ts'
import { db } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import { makeAma, makeAnswer, makeCommunity, makeMentor, makeQuestion, makeTopic } from '#testing/factories.ts'

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('a host closes an AMA with a word, and its page says what became of each question', async ({ page, newPerson }) => {
      test.slow()
      const host = newPerson('Hedda Wirth')
      await signUp(page, host)
      const { ama, open, left } = await aPast(host)

      await page.goto(paths.hostedAma(ama.slug))
      await page.getByRole('link', { name: 'Close this AMA' }).click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Close the AMA')
      await expect(page.getByText('3 questions: 1 answered, 2 open in the community.')).toBeVisible()
      await page.getByLabel(left.title).check()
      await page.getByLabel('Closing note').fill('Thank you. [Read on](https://example.org/on).')
      await page.getByRole('button', { name: 'Close the AMA' }).click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('This AMA is closed')
      await expect(page.getByText('3 questions: 1 answered, 1 open in the community, 1 not answered here.')).toBeVisible()
      expect(await db().question.findUniqueOrThrow({ where: { id: open.id } })).toMatchObject({ closedAt: null, requestCount: 4 })

      await expect(async () => {
        await page.goto(paths.ama(ama.slug))
        await expect(page.getByText(/^Closed on/)).toBeVisible({ timeout: 500 })
      }).toPass()
      await expect(page.getByRole('link', { name: 'Read on' })).toHaveAttribute('href', 'https://example.org/on')
      await expect(page.getByText('Not answered here', { exact: true })).toHaveCount(1)
      await expect(page.getByText(/^Not answered yet: open to the mentors of/)).toHaveCount(1)
      await page.getByRole('link', { name: left.title }).click()
      await expect(page.getByRole('heading', { name: 'Not answered here' })).toBeVisible()
    })
  })
}

test('of two who close it at once the second one sees that it is closed', async ({ page, newPerson }) => {
  const host = newPerson('Hedda Wirth')
  await signUp(page, host)
  const { ama, mentor } = await aPast(host)
  await page.goto(paths.closeAma(ama.slug))
  await page.getByLabel('Closing note').fill('My own word.')
  await db().ama.update({ where: { id: ama.id }, data: { closedAt: new Date(), closedById: mentor.id } })
  await page.getByRole('button', { name: 'Close the AMA' }).click()
  await expect(page.getByText(`${mentor.name} has closed it in the meantime.`)).toBeVisible()
  await page.reload()
  await expect(page.getByText(new RegExp(`^${mentor.name} closed it on`))).toBeVisible()
})

test('the pages of closing are for everybody, and have no error in them', async ({ page, newPerson }, testInfo) => {
  test.slow()
  const host = newPerson('Hedda Wirth')
  await signUp(page, host)
  const { ama } = await aPast(host)
  const closed = await aPast(host)
  const note = { closingNote: 'Thank you.', closingNoteHtml: '<p>Thank you.</p>' }
  await db().ama.update({ where: { id: closed.ama.id }, data: { closedAt: new Date(), ...note } })
  const pages = []
  for (const path of [paths.closeAma(ama.slug), paths.closeAma(closed.ama.slug), paths.ama(closed.ama.slug)]) {
    await page.goto(path)
    await expectForEverybody(page)
    pages.push({ name: path, html: await (await page.request.get(path)).body() })
  }
  expect(await htmlErrors(pages, testInfo.outputPath('pages'))).toEqual([])
})

/** An AMA that was over an hour ago, in a community that this person hosts: one question answered, two not. */
async function aPast(host: Person) {
  const name = crypto.randomUUID().slice(0, 8)
  const community = await makeCommunity({ name: `Looms ${name}` })
  const topic = await makeTopic(community.id, { name: `Warps ${name}` })
  const { memberId } = await db().account.findUniqueOrThrow({ where: { email: host.email } })
  await db().communityRole.create({ data: { communityId: community.id, memberId, role: 'host' } })
  const mentor = await makeMentor({ name: `Wanda ${name}` })
  const startsAt = new Date(Math.floor(Date.now() / 1_000) * 1_000 - 2 * 3_600_000)
  const ama = await makeAma({ communityId: community.id, topicId: topic.id }, [{ ...mentor, companyId: null, title: 'Weaver' }], startsAt)
  const ask = (number: number, title: string, requestBase: number) =>
    makeQuestion(community.id, { amaId: ama.id, topicId: topic.id, number, title: `${title} ${name}?`, requestBase, askedAt: startsAt })
  const [answered, open, left] = [
    await ask(1, 'How long is a warp', 2),
    await ask(2, 'Who winds the bobbins', 4),
    await ask(3, 'What is it all for', 1),
  ]
  await makeAnswer(answered.id, mentor.id)
  return { ama, mentor, answered, open, left }
}
