import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { expectForEverybody } from '#e2e/support/for-everybody.ts'
import { expect, type Person, signUp, test } from '#e2e/support/person.ts'
import { db } from '#lib/db.ts'
import { answerAnchor, paths } from '#lib/paths.ts'
import { makeCommunity, makeQuestion } from '#testing/factories.ts'

const WORD = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {margin:0}</style></head><body lang=EN-GB style='tab-interval:36pt'>
<!--StartFragment--><p class=MsoNormal style='margin-bottom:8pt'><b><span style='font-family:"Arial",sans-serif'>First week</span></b><o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>Listen<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18pt;mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>Write <i>it</i> down</p>
<p class=MsoNormal onclick="alert(1)">See <a href="https://example.org/a">this</a> and <a href="javascript:alert(1)">that</a>.</p><!--EndFragment--></body></html>`

test('Ana writes as it will look, by the keyboard and the toolbar, and what she sees is what is published', async ({ page, newPerson }) => {
  const { question } = await writes(page, newPerson('Ana Editha'))
  const text = page.getByRole('textbox', { name: 'Text of the answer' })
  await text.click()
  await page.keyboard.type('I ')
  await page.keyboard.press('Control+b')
  await page.keyboard.type('listen')
  await page.keyboard.press('Control+b')
  await page.keyboard.type(' first.')
  await page.keyboard.press('Enter')
  await page.keyboard.type('- one')
  await page.keyboard.press('Enter')
  await page.keyboard.type('two')
  const markdown = page.getByLabel('Your answer')
  await expect(markdown).toHaveValue('I **listen** first.\n\n- one\n- two')
  await expect(page.getByRole('button', { name: 'List', exact: true })).toHaveAttribute('aria-pressed', 'true')

  const address = page.getByLabel('Address of the link')
  await page.keyboard.press('Control+k')
  await expect(address).toBeFocused()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Link' }).click()
  await address.fill('example.org/a')
  await page.keyboard.press('Enter')
  await expect(markdown).toHaveValue(/two\[example\.org\/a\]\(https:\/\/example\.org\/a\)$/)
  // Elsewhere the same keys open what goes anywhere.
  await expect(page.locator('#palette')).toHaveCount(0)

  await expectForEverybody(page)
  await page.getByRole('button', { name: 'Write as Markdown' }).click()
  await expect(text).toHaveCount(0)
  await markdown.fill('## Why\n\nI **listen** first. Then I *write*.\n\n| a | b |\n| - | - |\n| 1 | 2 |')
  await page.getByRole('button', { name: 'Write as it will look' }).click()
  await expect(text.getByRole('heading', { name: 'Why' })).toBeVisible()
  await text.getByText('Then I').click()
  await page.keyboard.press('Control+End')
  await expect(page.getByText('Draft saved.')).toBeVisible()
  await page.getByRole('button', { name: 'Publish now' }).click()
  await expect(page.getByText(/^Published\./)).toBeVisible()
  const { id, body } = await db().answer.findFirstOrThrow({ where: { questionId: question.id } })
  expect(body).toBe('## Why\n\nI **listen** first. Then I *write*.\n\n| a | b |\n| - | - |\n| 1 | 2 |')

  await page.getByText('Choose a sentence').click()
  await page.getByRole('radio', { name: 'Then I write.' }).check()
  await page.getByRole('button', { name: 'Make it the point' }).click()
  await expect(page.getByText(/^Done\. Lists, feeds/)).toBeVisible()
  await page.goto(paths.question(question.slug))
  await expect(page.locator(`#${answerAnchor(id)} mark`)).toHaveText('Then I write.')
})

test('what is pasted from a word processor is cleaned, and no style of it is applied', async ({ page, newPerson }) => {
  await writes(page, newPerson('Ana Pastora'))
  await paste(page, { 'text/html': WORD, 'text/plain': 'First week' })
  await expect(page.getByLabel('Your answer')).toHaveValue(
    '**First week**\n\n- Listen\n- Write *it* down\n\nSee [this](https://example.org/a) and that.',
  )
  expect(await page.getByRole('textbox', { name: 'Text of the answer' }).locator('[style]').count()).toBe(0)
})

test('a picture is asked for its words, stands in the answer with its room, and is there for everybody', async ({ page, newPerson }) => {
  const { question } = await writes(page, newPerson('Ana Picta'))
  await page.getByRole('textbox', { name: 'Text of the answer' }).click()
  await page.keyboard.type('Look: ')
  const chosen = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Picture', exact: true }).click()
  await (await chosen).setFiles({ name: 'chart.png', mimeType: 'image/png', buffer: await chart() })
  await page.getByLabel('What the picture shows').fill('A chart that rises')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Your answer')).toHaveValue(/^Look: !\[A chart that rises\]\(\/images\/[0-9a-f-]{36}-64x48\.webp\)$/)
  await page.getByRole('button', { name: 'Publish now' }).click()
  await expect(page.getByText(/^Published\./)).toBeVisible()
  await page.goto(paths.question(question.slug))
  const picture = page.getByRole('img', { name: 'A chart that rises' })
  await expect(picture).toHaveAttribute('width', '64')
  await picture.scrollIntoViewIfNeeded()
  await expect.poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(64)
})

test('what is typed in the editor is there again when the page was closed once this device had it', async ({
  page,
  newPerson,
  context,
}) => {
  const { question } = await writes(page, newPerson('Ana Kept'))
  await page.getByRole('textbox', { name: 'Text of the answer' }).click()
  await page.keyboard.type('Not a word of it is lost.')
  await expect.poll(() => keptHere(page, question.id)).toBe('Not a word of it is lost.')
  await page.close()
  const again = await context.newPage()
  await again.goto(paths.answerQuestion(question.slug))
  await expect(again.getByRole('textbox', { name: 'Text of the answer' })).toHaveText('Not a word of it is lost.')
})

test('nobody is caught in it: Tab leads in, to the text and out, and arrows go through the toolbar', async ({ page, newPerson }) => {
  await writes(page, newPerson('Ana Tabitha'))
  await page.getByRole('button', { name: 'Bold' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('button', { name: 'Italic' })).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('textbox', { name: 'Text of the answer' })).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Write as Markdown' })).toBeFocused()
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('a picture goes to the end of the text, which is kept', async ({ page, newPerson, browser }) => {
    const signedIn = await browser.newContext({ javaScriptEnabled: true })
    const other = await signedIn.newPage()
    const { question } = await writes(other, newPerson('Ana Plena'))
    await page.context().addCookies(await signedIn.cookies())
    await signedIn.close()
    await page.goto(paths.answerQuestion(question.slug))
    await page.getByLabel('Your answer').fill('Look:')
    await page.getByText('Add a picture').click()
    await page.getByLabel('A picture', { exact: true }).setInputFiles({ name: 'chart.png', mimeType: 'image/png', buffer: await chart() })
    await page.getByRole('button', { name: 'Put it at the end' }).click()
    await expect(page.getByText('Say in a few words what it shows.')).toBeVisible()
    await page.getByLabel('What it shows').fill('A chart')
    await page.getByLabel('A picture', { exact: true }).setInputFiles({ name: 'chart.png', mimeType: 'image/png', buffer: await chart() })
    await page.getByRole('button', { name: 'Put it at the end' }).click()
    await expect(page.getByText(/^The picture is at the end/)).toBeVisible()
    await expect(page.getByLabel('Your answer')).toHaveValue(/^Look:\s+!\[A chart\]\(\/images\/[0-9a-f-]{36}-64x48\.webp\)$/)
  })
})

/** A mentor on the page of answering, whose editor is there. */
async function writes(page: Page, person: Person) {
  const community = await makeCommunity()
  const question = await makeQuestion(community.id, { title: `What do you do first, ${community.slug}?` })
  await signUp(page, person)
  const { id: memberId } = await db().member.findFirstOrThrow({ where: { account: { email: person.email } }, select: { id: true } })
  await db().member.update({ where: { id: memberId }, data: { mentorSince: new Date() } })
  await db().communityMentor.create({ data: { communityId: community.id, memberId } })
  await page.goto(paths.answerQuestion(question.slug))
  await expect(page.getByRole('textbox', { name: 'Text of the answer' })).toBeVisible()
  return { community, question }
}

/** What this device has of the draft. */
function keptHere(page: Page, question: string): Promise<string | undefined> {
  return page.evaluate(async (key) => {
    const done = <Result>(request: IDBRequest<Result>) =>
      new Promise<Result>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const store = await done(indexedDB.open('perch-answers'))
    const kept: { body: string } | undefined = await done(store.transaction('drafts').objectStore('drafts').get(key))
    store.close()
    return kept?.body
  }, question)
}

async function paste(page: Page, data: Record<string, string>): Promise<void> {
  await page.getByRole('textbox', { name: 'Text of the answer' }).evaluate((text, given) => {
    const clipboardData = new DataTransfer()
    for (const [type, value] of Object.entries(given)) clipboardData.setData(type, value)
    text.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, data)
}

function chart(): Promise<Buffer> {
  return sharp({ create: { width: 64, height: 48, channels: 3, background: '#0b6370' } })
    .png()
    .toBuffer()
}
