import { announce } from '#domain/notice/commands.ts'
import { expectForEverybody } from '#e2e/support/for-everybody.ts'
import { htmlErrors } from '#e2e/support/nu-checker.ts'
import { expect, newAddress, type Person, signUp, test } from '#e2e/support/person.ts'
import { db } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import { makeCommunity, makeMentor, makeQuestion } from '#testing/factories.ts'

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('Ada sees beside her picture that she was told something, reads it, marks the rest, and chooses what she is told', async ({
      page,
      newPerson,
    }) => {
      const ada = newPerson('Ada Osei')
      await signUp(page, ada)
      await page.goto(paths.myNotices())
      await expect(page.getByText('Nothing yet.')).toBeVisible()
      const question = await askedBy(ada)
      await tellTwice(question.id)
      expect((await ada.mail(/^Your question at Perch|Your question at/)).text).toContain(question.title)

      // A public page is the same for everybody: a script fills in what is hers.
      await page.goto(javaScriptEnabled ? paths.question(question.slug) : paths.settings())
      await page.getByRole('link', { name: '2 unread notices' }).click()
      const notices = page.getByRole('main').getByRole('listitem')
      await expect(notices).toHaveCount(2)
      await expect(page.getByText('Unread:')).toHaveCount(2)
      await expect(page.getByText('Which country?')).toBeVisible()
      await page.getByRole('link', { name: /asks you something/ }).click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(question.title)
      await page.goto(paths.myNotices())
      await expect(page.getByText('Unread:')).toHaveCount(1)
      await page.getByRole('button', { name: 'Mark all as read' }).click()
      await expect(page.getByText('Unread:')).toHaveCount(0)
      await expect(page.getByRole('link', { name: /unread notices/ })).toHaveCount(0)

      await page.getByRole('link', { name: 'Choose what you are told' }).click()
      await page.getByLabel('AMAs').selectOption('off')
      await page.getByRole('button', { name: 'Save' }).click()
      await expect(page.getByText(/^Saved\./)).toBeVisible()
      await expect(page.getByLabel('AMAs')).toHaveValue('off')
    })

    test('Ben turns a kind of mail off from the mail, where he is not signed in; to look at the link turns nothing off', async ({
      page,
      browser,
      newPerson,
    }) => {
      const ben = newPerson('Ben Okafor')
      await signUp(page, ben)
      await tellTwice((await askedBy(ben)).id)
      const { text } = await ben.mail(/Your question at/)
      const link = /https?:\/\/\S+\/unsubscribe\/\S+/.exec(text)?.[0] ?? ''
      const context = await browser.newContext({ javaScriptEnabled, extraHTTPHeaders: { 'x-forwarded-for': newAddress() } })
      const elsewhere = await context.newPage()
      await elsewhere.goto(link)
      await expect(elsewhere.getByRole('heading', { level: 1 })).toHaveText('Turn these mails off?')
      await page.goto(paths.settingsNotices())
      await expect(page.getByLabel('Your questions and requests')).toHaveValue('mail')
      await elsewhere.getByRole('button', { name: 'Send no more of these mails' }).click()
      await expect(elsewhere.getByRole('heading', { level: 1 })).toHaveText('These mails are turned off')
      await page.reload()
      await expect(page.getByLabel('Your questions and requests')).toHaveValue('inbox')
      await context.close()
    })
  })
}

test('A mail program turns a kind of mail off by one request, which comes from no page', async ({
  page,
  playwright,
  baseURL,
  newPerson,
}) => {
  const cleo = newPerson('Cleo Lind')
  await signUp(page, cleo)
  await tellTwice((await askedBy(cleo)).id)
  const { text } = await cleo.mail(/Your question at/)
  const word = /\/unsubscribe\/(\S+)/.exec(text)?.[1] ?? ''
  const program = await playwright.request.newContext({ baseURL })
  const sent = { form: { 'List-Unsubscribe': 'One-Click' } }
  expect((await program.post(paths.oneClick(`${word.slice(0, -3)}abc`), sent)).status()).toBe(404)
  expect((await program.post(paths.oneClick(word), sent)).status()).toBe(204)
  // Elsewhere such a request is refused.
  expect((await program.post(paths.settingsNotices(), sent)).status()).toBe(403)
  await program.dispose()
  await page.goto(paths.settingsNotices())
  await expect(page.getByLabel('Your questions and requests')).toHaveValue('inbox')
})

test('pages about notices are for everybody, and their HTML is right', async ({ page, newPerson }, testInfo) => {
  const dora = newPerson('Dora Holm')
  await signUp(page, dora)
  await tellTwice((await askedBy(dora)).id)
  const { text } = await dora.mail(/Your question at/)
  const word = /\/unsubscribe\/(\S+)/.exec(text)?.[1] ?? ''
  const pages = []
  for (const path of [paths.myNotices(), paths.settingsNotices(), paths.unsubscribe(word), paths.unsubscribe('made-up')]) {
    await page.goto(path)
    await expectForEverybody(page)
    pages.push({ name: path, html: await (await page.request.get(path)).text() })
  }
  expect(await htmlErrors(pages, testInfo.outputPath('html'))).toEqual([])
})

async function askedBy({ email }: Person) {
  const { memberId } = await db().account.findUniqueOrThrow({ where: { email } })
  return makeQuestion((await makeCommunity()).id, { askedById: memberId, title: 'How long did you wait for the first client?' })
}

/** A mentor asks the asker something, and a host lets the question through. Waits until both are told. */
async function tellTwice(questionId: string): Promise<void> {
  const mentor = await makeMentor({ name: 'Mara Lind' })
  await announce(db(), { event: 'asked-back', questionId, mentorId: mentor.id, line: 'Which country?' })
  await announce(db(), { event: 'let-through', questionId })
  await expect.poll(() => db().notice.count({ where: { questionId } })).toBe(2)
}
