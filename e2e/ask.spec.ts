import type { Browser, Page } from '@playwright/test'
import { expectForEverybody } from '#e2e/support/for-everybody.ts'
import { glass } from '#e2e/support/glass.ts'
import { htmlErrors } from '#e2e/support/nu-checker.ts'
import { expect, newAddress, type Person, signUp, test } from '#e2e/support/person.ts'
import { whenReady } from '#e2e/support/test.ts'
import { db } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import { makeAma, makeCommunity, makeMentor, makeQuestion, makeTopic } from '#testing/factories.ts'

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('a visitor writes a question, signs up in another browser, and there it is', async ({ page, browser, newPerson }) => {
      const { community } = await makePlaces()
      const ada = newPerson('Ada Osei')
      await page.goto(paths.community(community.slug))
      await page.getByRole('link', { name: 'Ask a question' }).click()
      await page.getByLabel('Your question').fill('Too short')
      await page.getByLabel('Details').fill('We are **three** people.')
      if (javaScriptEnabled) await whenAsking(page)
      await page.getByRole('button', { name: 'Sign in and ask it' }).click()
      await expect(page.getByLabel('Your question')).toHaveAccessibleDescription(/At least 10 characters/)
      await expect(page.getByLabel('Your question')).toHaveValue('Too short')
      await expect(page.getByLabel('Details')).toHaveValue('We are **three** people.')
      const title = 'How do three people agree on anything?'
      await page.getByLabel('Your question').fill(title)
      await send(page, javaScriptEnabled, 'Sign in and ask it')
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in or join')
      await expect(page.getByText(title)).toBeVisible()
      expect(await db().question.count({ where: { communityId: community.id } })).toBe(0)

      await page.getByLabel('E-mail address').fill(ada.email)
      await page.getByRole('button', { name: 'Send me a code' }).click()
      const { link } = await ada.mail(/Sign in/)
      const other = await anotherBrowser(browser, javaScriptEnabled)
      await other.goto(link)
      await expect(other.getByText(title)).toBeVisible()
      await other.getByRole('button', { name: 'Continue' }).click()
      await expect(other.getByText(title)).toBeVisible()
      await other.getByLabel('Your name').fill(ada.name)
      await other.getByRole('button', { name: 'Join Perch' }).click()
      await expect(other.getByRole('heading', { level: 1 })).toHaveText(title)
      await expect(other.getByText('Asked. Everybody can read it now')).toBeVisible()
      await other.getByRole('link', { name: 'See it as everybody does' }).click()
      await expect(other.getByRole('heading', { level: 1 })).toHaveText(title)
      await expect(other.getByText('three', { exact: true })).toBeVisible()
      await expect(other.getByText('1 request')).toBeVisible()
      await expect(other.getByRole('main').getByText(ada.name)).toHaveCount(0)
      await other.context().close()
      expect(await db().question.count({ where: { communityId: community.id } })).toBe(1)
    })

    test('Ben asks a mentor, with his name, and his list has it', async ({ page, newPerson }) => {
      const { mentor, community } = await makePlaces()
      const ben = newPerson('Ben Okafor')
      await signUp(page, ben)
      await page.goto(paths.mentor(mentor.handle))
      await page.getByRole('link', { name: 'Ask Ursula a question' }).click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ask Ursula Brandt')
      await expect(page.getByText(`For Ursula Brandt, as a mentor of ${community.name}.`)).toBeVisible()
      await page.getByLabel('Your question').fill('What did your first year look like?')
      await page.getByLabel('Show my name').check()
      await send(page, javaScriptEnabled)
      await expect(page.getByText('Asked. Everybody can read it now')).toBeVisible()
      await page.getByRole('link', { name: 'See it as everybody does' }).click()
      await expect(page.getByText(/Asked by Ben Okafor/)).toBeVisible()
      await expect(page.getByRole('link', { name: 'Ursula Brandt' }).first()).toBeVisible()
      await page.goto(paths.myQuestions())
      await page.getByRole('link', { name: 'What did your first year look like?' }).click()
      await expect(page.getByText('with your name')).toBeVisible()
    })

    test('Cora asks in an AMA to come; its topic is the question’s, its number the next one', async ({ page, newPerson }) => {
      const { community, mentor, topic } = await makePlaces()
      const ama = await makeAma({ communityId: community.id, topicId: topic.id }, [mentor], new Date(Date.now() + 86_400_000))
      await signUp(page, newPerson('Cora Lund'))
      await page.goto(paths.ama(ama.slug))
      await page.getByRole('link', { name: 'Ask Ursula a question' }).click()
      await page.getByLabel('Your question').fill('What would you never do again?')
      await send(page, javaScriptEnabled)
      await expect(page.getByText('Asked. Everybody can read it now')).toBeVisible()
      const asked = await db().question.findFirstOrThrow({ where: { amaId: ama.id } })
      expect(asked).toMatchObject({ number: 1, topicId: topic.id, requestCount: 1 })
      await expect(async () => {
        await page.goto(paths.ama(ama.slug))
        await expect(page.getByRole('link', { name: 'What would you never do again?' })).toBeVisible({ timeout: 1_000 })
      }).toPass()
    })

    test('fields that no form has change nothing', async ({ page, newPerson }) => {
      const { community } = await makePlaces()
      await signUp(page, newPerson('Dina Falk'))
      await page.goto(paths.ask({ community: community.slug }))
      await page.getByLabel('Your question').fill('Who may say how often this is wanted?')
      const victim = await makeMentor()
      await addFields(page, {
        role: 'admin',
        authorId: victim.id,
        askedById: victim.id,
        requestCount: '99',
        slug: 'mine',
        answerCount: '7',
        id: victim.id,
      })
      await send(page, javaScriptEnabled)
      await expect(page.getByText('Asked. Everybody can read it now')).toBeVisible()
      const asked = await db().question.findFirstOrThrow({ where: { communityId: community.id }, include: { askedBy: true } })
      expect(asked).toMatchObject({
        requestCount: 1,
        answerCount: 0,
        slug: expect.stringMatching(/^who-may-say-how-often-this-is-wanted/),
        askedBy: { name: 'Dina Falk' },
      })
      expect(await db().account.findUnique({ where: { memberId: asked.askedById ?? '' } })).toMatchObject({ adminSince: null })
    })

    test('Fela’s question waits for the host, comes back, is sent again and let through', async ({ page, browser, newPerson }) => {
      test.slow()
      const { community } = await makePlaces()
      await db().community.update({ where: { id: community.id }, data: { checking: 'all' } })
      const [fela, hanna] = [newPerson('Fela Abara'), newPerson('Hanna Holm')]
      const host = await anotherBrowser(browser, javaScriptEnabled)
      await signUp(host, hanna)
      await db().communityRole.create({ data: { communityId: community.id, memberId: (await memberOf(hanna)).id, role: 'host' } })
      await signUp(page, fela)
      await page.goto(paths.ask({ community: community.slug }))
      await expect(page.getByText(/looks at every question first/)).toBeVisible()
      const title = `What is a question, and what are two? ${Date.now()}`
      await page.getByLabel('Your question').fill(title)
      await send(page, javaScriptEnabled)
      await expect(page.getByText(/^Asked. A host of/)).toBeVisible()
      await expect(page.getByText(/^Nobody but you and the hosts/)).toBeVisible()
      const { slug } = await db().question.findFirstOrThrow({ where: { communityId: community.id } })
      expect((await page.request.get(paths.question(slug))).status()).toBe(404)
      expect((await hanna.mail(/A question waits/)).text).toContain(title)

      await host.goto(paths.settings())
      await host.getByRole('link', { name: `Questions to check in ${community.name}` }).click()
      await expect(host.getByRole('heading', { name: title })).toBeVisible()
      expect(await host.content()).not.toContain('Fela')
      await host.getByRole('button', { name: /^Give it back/ }).click()
      await expect(host.getByLabel('Or give it back: why?')).toHaveAccessibleDescription(/Say what the asker should change/)
      await host.getByLabel('Or give it back: why?').fill('These are two questions.')
      await host.getByRole('button', { name: /^Give it back/ }).click()
      await expect(host.getByText('Nothing waits.')).toBeVisible()
      expect((await fela.mail(/Your question/)).text).toContain('These are two questions.')

      await page.goto(paths.myQuestions())
      await page.getByRole('link', { name: title }).click()
      await expect(page.getByText('These are two questions.')).toBeVisible()
      await page.getByLabel('Your question').fill(`What is a question? ${Date.now()}`)
      await page.getByRole('button', { name: 'Send it again' }).click()
      await expect(page.getByText(/^Saved. A host of/)).toBeVisible()
      await host.goto(paths.checking(community.slug))
      await host.getByRole('button', { name: /^Let it through/ }).click()
      await expect(host.getByText('Nothing waits.')).toBeVisible()
      await host.context().close()
      await page.goto(paths.question(slug))
      await expect(page.getByRole('heading', { level: 1 })).toContainText('What is a question?')
    })

    test('Gus changes his question, adds to it once others want it, and withdraws another one', async ({ page, newPerson }) => {
      const { community } = await makePlaces()
      await signUp(page, newPerson('Gus Holm'))
      await ask(page, community.slug, 'How long is a piece of string, usually?', javaScriptEnabled)
      await page.getByLabel('Details').fill('Of the *usual* kind.')
      await page.getByRole('button', { name: 'Save the question' }).click()
      await expect(page.getByText('Saved.')).toBeVisible()
      await expect(page.locator('.prose').getByText('usual', { exact: true })).toBeVisible()
      const { id, slug } = await db().question.findFirstOrThrow({ where: { communityId: community.id } })
      await db().answerRequest.create({ data: { questionId: id, memberId: (await makeMentor()).id } })
      await page.getByLabel('Details').fill('Too late.')
      await page.getByRole('button', { name: 'Save the question' }).click()
      await expect(page.getByText(/Somebody else wants it answered by now/)).toBeVisible()
      await page.goto(paths.myQuestion(slug))
      await expect(page.getByRole('button', { name: 'Save the question' })).toHaveCount(0)
      await page.getByLabel('Add something').fill('It is **blue**.')
      await page.getByRole('button', { name: 'Add it' }).click()
      await expect(page.getByText('Added.')).toBeVisible()
      await page.getByLabel('Show my name').check()
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await expect(page.getByText('with your name')).toBeVisible()
      await page.goto(paths.question(slug))
      await expect(page.getByText('blue', { exact: true })).toBeVisible()
      await expect(page.getByText(/Asked by Gus Holm/)).toBeVisible()

      await ask(page, community.slug, 'Should I have asked this at all?', javaScriptEnabled)
      await page.getByRole('button', { name: 'Withdraw the question' }).click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your questions')
      await expect(page.getByRole('link', { name: 'Should I have asked this at all?' })).toHaveCount(0)
      await expect(page.getByRole('link', { name: 'How long is a piece of string, usually?' })).toBeVisible()
    })
  })
}

test('from the header the first step is the community', async ({ page }) => {
  await page.goto(paths.home())
  await page.getByRole('navigation', { name: 'Site' }).getByRole('link', { name: 'Ask' }).click()
  await expect(page.getByText('Where does it belong?')).toBeVisible()
  await page.getByRole('listitem').getByRole('link').first().click()
  await expect(page.getByLabel('Your question')).toBeVisible()
  await page.goto(paths.ask({ community: glass.community }))
  await expect(page.getByText(/mentors of Glass Work can answer; half of the questions here are answered within \d+ days/)).toBeVisible()
})

test('the pages of asking are for everybody, and have no error in them', async ({ page, newPerson }, testInfo) => {
  test.slow()
  const pages: { name: string; html: Buffer }[] = []
  const look = async (path: string) => {
    await page.goto(path)
    await whenReady(page)
    await expectForEverybody(page)
    pages.push({ name: path, html: await (await page.request.get(path)).body() })
  }
  await look(paths.ask())
  await look(paths.ask({ community: glass.community }))
  const ena = newPerson('Ena Ruiz')
  await signUp(page, ena)
  await look(paths.ask({ mentor: glass.mara }))
  await look(paths.myQuestions())
  const { community } = await makePlaces()
  const { id } = await db().member.findFirstOrThrow({ where: { account: { email: ena.email } }, select: { id: true } })
  await db().communityRole.create({ data: { communityId: community.id, memberId: id, role: 'host' } })
  await makeQuestion(community.id, { details: 'It *waits*.', heldAt: new Date(), hiddenAt: new Date() })
  await look(paths.checking(community.slug))
  await page.goto(paths.ask({ community: community.slug }))
  await page.getByLabel('Your question').fill(`What does ${'averylongword'.repeat(12)} mean?`)
  await page.getByLabel('Details').fill('- one\n- two')
  await send(page, true)
  await expect(page.getByText('Asked. Everybody can read it now')).toBeVisible()
  await look(new URL(page.url()).pathname)
  const asked = await db().question.findFirstOrThrow({ where: { askedById: id } })
  await db().answerRequest.create({ data: { questionId: asked.id, memberId: (await makeMentor()).id } })
  await look(paths.myQuestion(asked.slug))
  await look(paths.myQuestions())
  expect(await htmlErrors(pages, testInfo.outputPath('pages'))).toEqual([])
})

async function ask(page: Page, community: string, title: string, javaScript: boolean): Promise<void> {
  await page.goto(paths.ask({ community }))
  await page.getByLabel('Your question').fill(title)
  await send(page, javaScript)
  await expect(page.getByText('Asked. Everybody can read it now')).toBeVisible()
}

/** Sends the form; without a script what is like it comes as a step of its own. */
async function send(page: Page, javaScript: boolean, name = 'Ask it'): Promise<void> {
  if (javaScript) await whenAsking(page)
  await page.getByRole('button', { name }).click()
  if (javaScript) return
  await expect(page.getByRole('link', { name: 'Change it' })).toBeVisible()
  await page.getByRole('button', { name }).click()
}

/** Until the script of the form does what it adds. */
async function whenAsking(page: Page): Promise<void> {
  await expect(page.locator('input[name=seen]')).toHaveValue('on')
}

function memberOf({ email }: Person) {
  return db().member.findFirstOrThrow({ where: { account: { email } }, select: { id: true } })
}

/** A community of the test's own, with a topic and a mentor. */
async function makePlaces() {
  const community = await makeCommunity()
  const topic = await makeTopic(community.id)
  const mentor = await makeMentor({ name: 'Ursula Brandt' })
  await db().communityMentor.create({ data: { communityId: community.id, memberId: mentor.id } })
  return { community, topic, mentor }
}

async function anotherBrowser(browser: Browser, javaScriptEnabled: boolean): Promise<Page> {
  const extraHTTPHeaders = { 'x-forwarded-for': newAddress() }
  const context = await browser.newContext({ javaScriptEnabled, reducedMotion: 'reduce', extraHTTPHeaders })
  return context.newPage()
}

async function addFields(page: Page, fields: Record<string, string>): Promise<void> {
  await page.getByRole('main').evaluate((main, added) => {
    const form = main.querySelector('form')
    for (const [name, value] of Object.entries(added)) {
      const input = document.createElement('input')
      Object.assign(input, { type: 'hidden', name, value })
      form?.append(input)
    }
  }, fields)
}
