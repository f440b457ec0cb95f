import { randomInt } from 'node:crypto'
import { type DefaultTreeAdapterTypes, parse } from 'parse5'
import { paths } from '#lib/paths.ts'

type Element = DefaultTreeAdapterTypes.Element

export type Sent = { status: number; headers: Headers; body: string; milliseconds: number }

/**
 * Fills in the form of a page that has these fields and sends it, as a browser without JavaScript does, from a network of its
 * own: tries are counted by it, and the site believes one proxy. `cookie` is what it has of a sign-in. Only the sending is timed.
 */
export async function sendForm(site: string, path: string, typed: Record<string, string>, cookie = ''): Promise<Sent> {
  const page = await (await fetch(site + path, { headers: { cookie } })).text()
  const form = elements(parse(page)).find(
    (element) => element.tagName === 'form' && Object.keys(typed).every((name) => inputs(element).some((input) => input.name === name)),
  )
  if (!form) throw new Error(`${path} has no form with ${Object.keys(typed).join(' and ')}.`)
  const body = new FormData()
  for (const { name, type, value } of inputs(form)) if (type === 'hidden') body.append(name, value)
  for (const [name, value] of Object.entries(typed)) body.append(name, value)
  const headers = {
    origin: site,
    'x-forwarded-for': `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`,
    accept: 'text/html',
    cookie,
  }
  const startedAt = performance.now()
  const answer = await fetch(site + path, { method: 'POST', body, headers, redirect: 'manual' })
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, body: text, milliseconds: performance.now() - startedAt }
}

/** The cookies that a browser has after a sign-in with a password. */
export async function signIn(site: string, email: string, password: string): Promise<string> {
  const { status, headers } = await sendForm(site, paths.signInPassword(), { email, password })
  const cookies = headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0])
  if (status !== 303 || !cookies.length) throw new Error(`${email} could not sign in (${status}).`)
  return cookies.join('; ')
}

function inputs(form: Element): { name: string; type: string; value: string }[] {
  return elements(form).flatMap(({ tagName, attrs }) => {
    const given = Object.fromEntries(attrs.map(({ name, value }) => [name, value]))
    return tagName === 'input' && given.name ? [{ name: given.name, type: given.type ?? 'text', value: given.value ?? '' }] : []
  })
}

function elements({ childNodes }: DefaultTreeAdapterTypes.ParentNode): Element[] {
  return childNodes.flatMap((node) => ('tagName' in node ? [node, ...elements(node)] : []))
}
