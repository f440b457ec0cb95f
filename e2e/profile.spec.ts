import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { strFromU8, unzipSync } from 'fflate'
import sharp from 'sharp'
import { startAnotherSite } from '#e2e/support/another-site.ts'
import { expectForEverybody } from '#e2e/support/for-everybody.ts'
import { htmlErrors } from '#e2e/support/nu-checker.ts'
import { expect, type Person, signUp, test } from '#e2e/support/person.ts'
import { db } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import { makeAnswer, makeCommunity, makeQuestion } from '#testing/factories.ts'
import { hostileUploads, photo, secretOfCamera } from '#testing/hostile-uploads.ts'
import { openS3 } from '#testing/s3.ts'

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('Ada says who she is, and her page shows it; a link that is none comes back as it was typed', async ({ page, newPerson }) => {
      const ada = newPerson('Ada Osei')
      await signUp(page, ada)
      await page.goto(paths.settingsProfile())
      await page.getByLabel('About you').fill('Mends things.\nAnd people.')
      await page.getByLabel('Links').fill('javascript:alert(1)')
      await page.getByRole('button', { name: 'Save' }).click()
      await expect(page.getByLabel('Links')).toHaveAccessibleDescription(/no address/)
      await expect(page.getByLabel('Links')).toHaveValue('javascript:alert(1)')
      await expect(page.getByLabel('About you')).toHaveValue('Mends things.\nAnd people.')
      await page.getByLabel('Links').fill('ada.example/work')
      await page.getByLabel('Disclosure').fill('I own a shop for spanners.')
      await page.getByLabel('Time zone').selectOption('Europe/Berlin')
      await page.getByRole('button', { name: 'Save' }).click()
      await expect(page.getByText('Saved.')).toBeVisible()
      await expect(page.getByLabel('Time zone')).toHaveValue('Europe/Berlin')

      await page.getByRole('link', { name: 'your page' }).click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ada Osei')
      await expect(page.getByText('I own a shop for spanners.')).toBeVisible()
      await expect(page.getByText('Goes by Berlin time')).toBeVisible()
      await expect(page.getByRole('link', { name: 'ada.example/work' })).toHaveAttribute('rel', 'nofollow ugc noopener')
      await expect(page.getByRole('link', { name: 'ada.example/work' })).toHaveAttribute('href', 'https://ada.example/work')
    })

    test('Ben sets his picture, sees why a text is none, and takes it away again', async ({ page, newPerson, request }) => {
      await signUp(page, newPerson('Ben Okafor'))
      await page.goto(paths.settingsProfile())
      await choosePicture(page, Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))
      await expect(page.getByText('This is something else.')).toBeVisible()
      await choosePicture(page, await photo())
      await expect(page.getByText('Saved.')).toBeVisible()
      const source = await page.locator('main img').getAttribute('src')
      const answer = await request.get(source ?? '')
      const picture = await sharp(await answer.body()).metadata()
      expect([picture.format, picture.width, picture.height, picture.exif]).toEqual(['webp', 192, 192, undefined])
      expect((await answer.body()).includes(secretOfCamera)).toBe(false)
      expect(answer.headers()).toMatchObject({
        'content-type': 'image/webp',
        'x-content-type-options': 'nosniff',
        'cache-control': 'public, max-age=31536000, immutable',
        'content-security-policy': expect.stringContaining("default-src 'none'"),
      })
      await page.getByRole('button', { name: 'Remove my picture' }).click()
      await expect(page.locator('main img')).toHaveCount(0)
      // What is kept in front is kept for a second.
      await expect.poll(async () => (await request.get(source ?? '')).status()).toBe(404)
    })

    test('Cora moves to another handle, and her old address leads there', async ({ page, newPerson }) => {
      await signUp(page, newPerson('Cora Lund'))
      await page.goto(paths.settingsProfile())
      const before = await page.getByLabel('Handle').inputValue()
      await page.getByLabel('Handle').fill(`${before}-of-oslo`)
      await page.getByRole('button', { name: 'Change the handle' }).click()
      await expect(page.getByText('Saved.')).toBeVisible()
      await page.goto(paths.member(before))
      await expect(page).toHaveURL(paths.member(`${before}-of-oslo`))
    })

    test('Dina leaves: what she answered stays without her, and her cookie opens nothing', async ({ page, newPerson }) => {
      // Of two who are called the same one might get the handle that the other has left.
      const dina = newPerson(javaScriptEnabled ? 'Dina Falk' : 'Dina Holt')
      await signUp(page, dina)
      const { memberId, handle, question } = await makeMentorOf(dina)
      await page.goto(paths.settingsData())
      await page.getByRole('radio', { name: /It stays/ }).check()
      await page.getByLabel('Your handle').fill('somebody-else')
      await page.getByRole('button', { name: 'Delete my account' }).click()
      await expect(page.getByLabel('Your handle')).toHaveAccessibleDescription(new RegExp(handle))
      await expect(page.getByRole('radio', { name: /It stays/ })).toBeChecked()
      const cookies = await page.context().cookies()
      await page.getByLabel('Your handle').fill(handle)
      await page.getByRole('button', { name: 'Delete my account' }).click()
      await expect(page).toHaveURL(({ pathname }) => pathname === paths.home())
      await expect(page.getByRole('link', { name: 'Sign in' })).toBeVisible()
      await page.goto(paths.question(question))
      await expect(page.getByRole('heading', { name: '[deleted]' })).toBeVisible()
      await expect(page.getByRole('link', { name: '[deleted]' })).toHaveCount(0)
      expect(await page.content()).not.toContain('Dina')
      for (const path of [paths.mentor(handle), paths.member(handle), paths.member(`deleted-${memberId}`)]) {
        expect((await page.request.get(path)).status()).toBe(404)
      }
      await page.context().addCookies(cookies)
      await page.goto(paths.settings())
      await expect(page).toHaveURL(paths.signIn(paths.settings()))
    })
  })
}

test('Ena takes all her data along; who signed in long ago signs in again first', async ({ page, newPerson }) => {
  const ena = newPerson('Ena Ruiz')
  await signUp(page, ena)
  await page.goto(paths.settingsData())
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download my data' }).click()])
  expect(download.suggestedFilename()).toBe('perch-my-data.zip')
  const files = unzipSync(new Uint8Array(await readFile(await download.path())))
  expect(JSON.parse(strFromU8(files['Account.json'] ?? new Uint8Array()))).toMatchObject([{ email: ena.email }])

  await db().session.updateMany({
    where: { member: { account: { email: ena.email } } },
    data: { provedAt: new Date(Date.now() - 6 * 60_000) },
  })
  await page.getByRole('button', { name: 'Download my data' }).click()
  await expect(page.getByText('To download your data or delete your account, sign in once more first')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Delete my account' })).toHaveCount(0)
})

test('pictures that other programs send are refused as those of browsers are, and from elsewhere not even read', async ({
  page,
  newPerson,
}) => {
  test.slow()
  await signUp(page, newPerson('Fela Abara'))
  await page.goto(paths.settingsProfile())
  const corpus = (await hostileUploads()).filter(({ taken }) => !taken)
  const hostile = corpus.filter((_, i) => i % 8 === 0)
  for (const { what, bytes } of hostile) {
    await choosePicture(page, Buffer.from(bytes))
    await expect(page.getByText(/This is something else|cannot be read|Choose a picture first/), what).toBeVisible()
    await page.reload()
    await expect(page.locator('main img')).toHaveCount(0)
  }
  const elsewhere = await page.request.post(paths.settingsProfile(), {
    headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    multipart: { portrait: { name: 'me.jpg', mimeType: 'image/jpeg', buffer: await photo() } },
  })
  expect(elsewhere.status()).toBe(403)
  const large = { headers: { origin: new URL(page.url()).origin }, data: Buffer.alloc(7 * 1024 * 1024) }
  expect((await page.request.post(paths.settingsProfile(), large)).status()).toBe(413)
  expect((await page.request.post(paths.settings(), { ...large, data: Buffer.alloc(1024 * 1024) })).status()).toBe(413)
})

test('the pages of profiles are for everybody, and have no error in them', async ({ page, newPerson }, testInfo) => {
  test.slow()
  const gus = newPerson('Gus Holm')
  await signUp(page, gus)
  await page.goto(paths.settingsProfile())
  await choosePicture(page, await photo())
  await expect(page.getByText('Saved.')).toBeVisible()
  await page.getByLabel('Links').fill(`gus.example/${'long'.repeat(40)}`)
  await page.getByLabel('Disclosure').fill('I own a shop.')
  await page.getByRole('button', { name: 'Save' }).click()
  // The page says "Saved." since the picture.
  const { id, handle } = await memberOf(gus)
  const disclosure = async () => (await db().member.findUniqueOrThrow({ where: { id } })).disclosure
  await expect.poll(disclosure).toBe('I own a shop.')
  const pages = []
  for (const path of [paths.settingsProfile(), paths.settingsData(), paths.member(handle)]) {
    await page.goto(path)
    await expectForEverybody(page)
    pages.push({ name: path, html: await (await page.request.get(path)).body() })
  }
  expect(await htmlErrors(pages, testInfo.outputPath('pages'))).toEqual([])
})

test('pictures in a bucket are shown from there; while it is away the form says so, and what others see is not kept', async ({
  page,
  newPerson,
  expectComplaint,
}) => {
  test.slow()
  await signUp(page, newPerson('Ester Vang'))
  const s3 = await openS3()
  const site = await startAnotherSite(s3.variables)
  // Cookies know no ports, so she is signed in there as well.
  const request = page.context().request
  try {
    await page.goto(site.url + paths.settingsProfile())
    await choosePicture(page, await photo())
    await expect(page.getByText('Saved.')).toBeVisible()
    const source = (await page.locator('main img').getAttribute('src')) ?? ''
    const small = source.replace('-192', '-96')
    const shown = await request.get(site.url + source)
    expect((await sharp(await shown.body()).metadata()).format).toBe('webp')
    expect(shown.headers()).toMatchObject({ 'content-type': 'image/webp', 'cache-control': 'public, max-age=31536000, immutable' })
    // The first site keeps its pictures on its disk.
    expect((await request.get(source)).status()).toBe(404)

    await s3.stop()
    const away = await request.get(site.url + small)
    expect([away.status(), away.headers()['cache-control']]).toEqual([503, 'no-store'])
    expect(Number(away.headers()['retry-after'])).toBeGreaterThan(0)
    await page.getByLabel('About you').fill('Sings.')
    await choosePicture(page, await photo({ orientation: 6 }))
    await expect(page.getByText('The place where pictures are kept does not answer.')).toBeVisible()
    await expect(page.getByLabel('About you')).toHaveValue('Sings.')
    await expect(page.locator('main img')).toHaveAttribute('src', source)
    expect(await page.getByLabel('A new picture').evaluate((input: HTMLInputElement) => input.files?.length)).toBe(1)

    await s3.start()
    expect((await request.get(site.url + small)).status()).toBe(200)
    await page.getByRole('button', { name: 'Use this picture' }).click()
    await expect(page.getByText('Saved.')).toBeVisible()
    await expect(page.locator('main img')).not.toHaveAttribute('src', source)
    await page.getByRole('button', { name: 'Remove my picture' }).click()
    await expect(page.locator('main img')).toHaveCount(0)
    await expect.poll(async () => (await request.get(site.url + source)).status()).toBe(404)
    expect(await s3.names()).toEqual([])
    expectComplaint(/status of 503/)
  } finally {
    await site.end()
    await s3.close()
  }
})

async function choosePicture(page: Page, buffer: Buffer): Promise<void> {
  await page.getByLabel('A new picture').setInputFiles({ name: 'me.jpg', mimeType: 'image/jpeg', buffer })
  await page.getByRole('button', { name: 'Use this picture' }).click()
}

function memberOf({ email }: Person) {
  return db().member.findFirstOrThrow({ where: { account: { email } }, select: { id: true, handle: true } })
}

/** Makes the person a mentor who has answered a question. */
async function makeMentorOf(person: Person) {
  const { id: memberId, handle } = await memberOf(person)
  await db().member.update({ where: { id: memberId }, data: { mentorSince: new Date(), title: 'Chief' } })
  const community = await makeCommunity()
  const question = await makeQuestion(community.id)
  await makeAnswer(question.id, memberId, { title: 'Chief' })
  return { memberId, handle, question: question.slug }
}
