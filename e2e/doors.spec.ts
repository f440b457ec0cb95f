import { globSync, readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { glass } from '#e2e/support/glass.ts'
import { expect, newAddress, test } from '#e2e/support/person.ts'
import { env } from '#lib/env.ts'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE']
const PAGES = ['GET', 'HEAD', 'POST']

/** Every address that the code makes, with the methods that it knows: a form's page takes what its form sends. */
const doors = globSync('app/**/{page,route}.{ts,tsx}').map((file) => {
  const path = `/${file.replace(/^app\/|\/?(page|route)\.tsx?$/g, '')}`.replace('[kind]', 'amas').replace(/\[\w+\]/g, glass.question)
  if (/page\.tsx$/.test(file)) return { path, knows: PAGES }
  const exported = readFileSync(file, 'utf8').matchAll(/^export (?:async )?(?:function|const) ([A-Z]+)\b/gm)
  const knows = [...exported].map(([, method = '']) => method)
  return { path, knows: knows.includes('GET') ? [...knows, 'HEAD'] : knows }
})

test('every address refuses what comes from another site, before anything reads it', async () => {
  expect(doors.length).toBeGreaterThan(30)
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
  expect(got.filter((each) => !each.startsWith('403 '))).toEqual([])
})

test('every address refuses methods that it does not know', async () => {
  const headers = { origin: env().SITE_URL, 'sec-fetch-site': 'same-origin', 'x-forwarded-for': newAddress() }
  const tries = doors.flatMap(({ path, knows }) => METHODS.filter((each) => !knows.includes(each)).map((method) => ({ path, method })))
  const got = await Promise.all(tries.map(async ({ path, method }) => `${await ask(path, method, headers)} ${method} ${path}`))
  expect(got.filter((each) => !each.startsWith('405 '))).toEqual([])
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
