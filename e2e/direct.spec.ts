import { expectForEverybody } from '#e2e/support/for-everybody.ts'
import { expect, type Person, signUp, test } from '#e2e/support/person.ts'
import { db } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import { makeCommunity, makeQuestion } from '#testing/factories.ts'

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('Mara takes one question at a time, and goes away for a while: her page and the form say so before anybody types', async ({
      page,
      browser,
      newPerson,
    }) => {
      const { handle, id, community } = await mentor(page, newPerson('Mara Lind'))
      await page.goto(paths.settingsProfile())
      await page.getByLabel('Questions to you alone').selectOption('some')
      await page.getByRole('button', { name: 'Set what you take' }).click()
      await expect(page.getByLabel('At most waiting at once')).toHaveAccessibleDescription(/Say how many/)
      await page.getByLabel('At most waiting at once').fill('1')
      await page.getByRole('button', { name: 'Set what you take' }).click()
      await expect(page.getByText(/^Saved\./)).toBeVisible()
      expect(await db().member.findUnique({ where: { id } })).toMatchObject({ directLimit: 1, pausedUntil: null })

      await page.goto(paths.mentor(handle))
      await expect(page.getByRole('link', { name: 'Ask Mara a question' })).toBeVisible()
      await makeQuestion(community.id, { askedToId: id })
      await expect(async () => {
        await page.goto(paths.mentor(handle))
        await expect(page.getByText('Mara Lind takes no more questions until some of those that wait (1) are answered.')).toBeVisible({
          timeout: 500,
        })
      }).toPass()
      await page
        .getByRole('main')
        .getByRole('link', { name: `Ask ${community.name}` })
        .click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ask a question')

      await page.goto(paths.settingsProfile())
      const back = new Date(Date.now() + 9 * 86_400_000)
      await page.getByLabel('Questions to you alone').selectOption('on')
      await page.getByLabel('Away until').fill(back.toISOString().slice(0, 10))
      await page.getByRole('button', { name: 'Set what you take' }).click()
      await expect(page.getByText(/^Saved\./)).toBeVisible()
      const context = await browser.newContext({ javaScriptEnabled })
      const visitor = await context.newPage()
      await visitor.goto(paths.ask({ mentor: handle, community: community.slug }))
      await expect(visitor.getByText('Mara Lind takes a break, and is back on')).toBeVisible()
      await expect(visitor.getByLabel('Your question')).toHaveCount(0)
      if (javaScriptEnabled) await expectForEverybody(visitor)
      await context.close()
    })
  })
}

/** A mentor who is signed in here. */
async function mentor(page: Parameters<typeof signUp>[0], person: Person) {
  await signUp(page, person)
  const { memberId } = await db().account.findUniqueOrThrow({ where: { email: person.email } })
  const community = await makeCommunity()
  const { handle, id } = await db().member.update({ where: { id: memberId }, data: { mentorSince: new Date() } })
  await db().communityMentor.create({ data: { communityId: community.id, memberId } })
  return { handle, id, community }
}
