import { globSync, readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { glass } from '#e2e/support/glass.ts'
import { expect, newAddress, test } from '#e2e/support/person.ts'
import { env } from '#lib/env.ts'
import { paths } from '#lib/paths.ts'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE']
const PAGES = ['GET', 'HEAD', 'POST']

/** Every address that the code makes, with the methods that it knows: a form's page takes what its form sends; in pages/ is none. */
const doors = [...globSync('app/**/{page,route}.{ts,tsx}').map(doorOf), ...globSync('pages/[!_]*.tsx').map(readDoorOf)]

function doorOf(file: string): { path: string; knows: string[] } {
  const path = `/${file.replace(/^app\/|\/?(page|route)\.tsx?$/g, '')}`.replace('[kind]', 'amas').replace(/\[\w+\]/g, glass.question)
  if (/page\.tsx$/.test(file)) return { path, knows: PAGES }
  const exported = readFileSync(file, 'utf8').matchAll(/^export (?:async )?(?:function|const) ([A-Z]+)\b/gm)
  const knows = [...exported].map(([, method = '']) => method)
  return { path, knows: knows.includes('GET') ? [...knows, 'HEAD'] : knows }
}

function readDoorOf(file: string): { path: string; knows: string[] } {
  return { path: `/${file.replace(/^pages\/|\.tsx$/g, '')}`, knows: ['GET', 'HEAD'] }
}

/** Mail programs send "Unsubscribe" from wherever they are: nobody is signed in there, and the sealed word says all. */
const FOR_PROGRAMS = paths.oneClick(glass.question)

test('every address refuses what comes from another site, before anything reads it', async () => {
  expect(doors.length).toBeGreaterThan(30)
  expect(doors).toContainEqual({ path: paths.search(), knows: ['GET', 'HEAD'] })
  const foreign: Record<string, string>[] = [
    { origin: 'https://elsewhere.example' },
    { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' },
    { origin: env().SITE_URL, 'sec-fetch-site': 'same-site' },
    { origin: 'null' },
    {},
  ]
  const tries = doors.flatMap(({ path }) => foreign.map((headers) => ({ path, headers })))
  const got = await Promise.all(
    tries.map(async ({ path, headers }) => `${await ask(path, 'POST', headers)} POST ${path} from ${JSON.stringify(headers)}`),
  )
  const isProgram = (each: string) => each.includes(` POST ${FOR_PROGRAMS} `)
  expect(got.filter((each) => !each.startsWith('403 ') && !isProgram(each))).toEqual([])
  // Read, and no word of ours.
  expect(got.filter(isProgram).map((each) => each.slice(0, 4))).toEqual(foreign.map(() => '404 '))
})

test('every address refuses methods that it does not know', async () => {
  const headers = { origin: env().SITE_URL, 'sec-fetch-site': 'same-origin', 'x-forwarded-for': newAddress() }
  const tries = doors.flatMap(({ path, knows }) => METHODS.filter((each) => !knows.includes(each)).map((method) => ({ path, method })))
  const got = await Promise.all(tries.map(async ({ path, method }) => `${await ask(path, method, headers)} ${method} ${path}`))
  expect(got.filter((each) => !each.startsWith('405 '))).toEqual([])
})

test('a form that did not arrive whole is told so, and nothing is done', async ({ request }) => {
  const action = /&quot;id&quot;:&quot;(\w+)/.exec(await (await request.get(paths.signIn())).text())?.[1] ?? ''
  const part = (name: string, text: string) => `--X\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`
  const form = `${part('$ACTION_REF_1', '')}${part('$ACTION_1:0', `{"id":"${action}","bound":"$@1"}`)}${part('$ACTION_1:1', '[null]')}${part('email', 'no-address')}`
  const send = (data: string, headers: Record<string, string> = {}) =>
    request.post(paths.signIn(), {
      data: Buffer.from(data),
      headers: { origin: env().SITE_URL, accept: 'text/html', 'content-type': 'multipart/form-data; boundary=X', ...headers },
    })
  expect((await send(`${form}--X--\r\n`)).status()).toBe(200)
  const broken = [form, form.slice(0, -9), `${form}--X\r\nno header\r\n\r\nx\r\n--X--\r\n`, form.replaceAll('--X', '--Y'), 'x', '']
  for (const data of broken) {
    const page = await send(data)
    expect([data, page.status(), await page.text()]).toEqual([data, 400, expect.stringContaining('This did not arrive whole')])
    const answer = await send(data, { 'next-action': action, accept: 'text/x-component' })
    expect([data, answer.status(), answer.headers()['content-type']]).toEqual([data, 400, 'text/plain; charset=utf-8'])
  }
  const unbound = await send(form, { 'content-type': 'multipart/form-data' })
  expect(unbound.status()).toBe(400)
})

/** The status of the answer. Playwright's own requests take a tenth of a second each, and these are hundreds. */
function ask(path: string, method: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(env().SITE_URL + path, { method, headers, agent }, (answer) =>
      answer.resume().once('end', () => resolve(answer.statusCode)),
    )
    sent.once('error', reject).end(method === 'POST' ? 'handle=mallory' : undefined)
  })
}

const agent = new Agent({ maxSockets: 8 })
