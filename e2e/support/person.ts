import { randomInt, randomUUID } from 'node:crypto'
import type { APIRequestContext, BrowserContext, Page } from '@playwright/test'
import { readMails } from '#e2e/support/html.ts'
import { test as base, expect } from '#e2e/support/test.ts'
import { paths } from '#lib/paths.ts'

/** Somebody whom no other test knows, with a mailbox. */
export type Person = {
  name: string
  email: string
  /** The next mail of this subject to the person (or to `to`), once it is there. Each mail is given once. */
  mail: (subject: RegExp, to?: string) => Promise<Mail>
}

type Mail = { text: string; code: string; link: string }

type People = { newPerson: (name: string) => Person }

/** The test of those who sign in: each has a network of its own, since tries are counted by it, and new people. */
export const test = base.extend<People>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants to see which fixtures are used
  extraHTTPHeaders: async ({}, use) => use({ 'x-forwarded-for': newAddress() }),
  newPerson: async ({ playwright, baseURL, ignoreHTTPSErrors }, use) => {
    const request = await playwright.request.newContext({ baseURL, ignoreHTTPSErrors })
    await use((name) => somebody(request, name))
    await request.dispose()
  },
})

export { expect }

/** Types the address and the code of the mail, and the name of somebody who is new. */
export async function signUp(page: Page, person: Person): Promise<void> {
  await askForCode(page, person)
  await page.getByLabel('Code').fill((await person.mail(/Sign in/)).code)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Your name').fill(person.name)
  await page.getByRole('button', { name: 'Join Perch' }).click()
  await expect(page).toHaveURL((url) => !/^\/sign-/.test(url.pathname))
}

/** From a sign-in page that one was led to, to wherever that leads. */
export async function joinHere(page: Page, person: Person): Promise<void> {
  await page.getByLabel('E-mail address').fill(person.email)
  await page.getByRole('button', { name: 'Send me a code' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Look into your mailbox')
  await page.getByLabel('Code').fill((await person.mail(/Sign in/)).code)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Your name').fill(person.name)
  await page.getByRole('button', { name: 'Join Perch' }).click()
}

export async function askForCode(page: Page, { email }: Person): Promise<void> {
  await page.goto(paths.signIn())
  await page.getByLabel('E-mail address').fill(email)
  await page.getByRole('button', { name: 'Send me a code' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Look into your mailbox')
}

/** An address of a network that nobody else has. */
export function newAddress(): string {
  return `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`
}

function somebody(request: APIRequestContext, name: string): Person {
  const email = `${name.toLowerCase().replaceAll(' ', '.')}.${randomUUID().slice(0, 8)}@people.example`
  const given = new Set<string>()
  const mail = async (subject: RegExp, to = email): Promise<Mail> => {
    let found: { id: string; text: string } | undefined
    const look = async () => {
      const mails = readMails(await (await request.get(paths.mailbox())).text())
      found = mails.find((mail) => mail.label.endsWith(`to ${to}`) && subject.test(mail.label) && !given.has(mail.id))
      return found !== undefined
    }
    await expect.poll(look, { message: `a mail ${subject} to ${to}`, timeout: 15_000 }).toBe(true)
    const { id, text } = found ?? { id: '', text: '' }
    given.add(id)
    return { text, code: /\b\d{6}\b/.exec(text)?.[0] ?? '', link: /https?:\/\/\S+token=\S+/.exec(text)?.[0] ?? '' }
  }
  return { name, email, mail }
}

/** Has answers written as Markdown, in the plain field, as by whoever chose so on this device. */
export async function writeMarkdown(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    // Pages of no site, such as the empty one, keep nothing.
    if (location.protocol.startsWith('http') && origin !== 'null') localStorage.setItem('perch-writes-markdown', '1')
  })
}
