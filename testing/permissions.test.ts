import { join } from 'node:path'
import { v7 as uuid } from 'uuid'
import { describe, expect, test, vi } from 'vitest'
import { publicPage } from '#lib/paths.ts'
import { Refusal } from '#lib/refusal.ts'
import { keepInBrowser } from '#lib/session.ts'
import { type Asker, PEOPLE, prepareAsker } from '#testing/askers.ts'
import { browser } from '#testing/browser.ts'
import { filesOf } from '#testing/house-rules.ts'
import { commands, inside, pages, routes } from '#testing/permissions.ts'
import '../app/auth.ts'

// Who may do what: every command, route and page × everybody. The rows are in testing/permissions.ts, the list of what
// needs one is read from the code: whoever adds a command, a route or a page adds a row, or the first test here fails.

vi.mock('next/headers', () => import('#testing/browser.ts'))
// All of them come from one network, and more often in a minute than one network may.
vi.hoisted(() => vi.stubEnv('LIMITS_TIMES', '1000'))
vi.setConfig({ testTimeout: 30_000 })

const root = join(import.meta.dirname, '..')
const files = filesOf(root)
const code = new Map(files.map(({ path, text }) => [path, text]))

/** "account.signUp": what the actions open. */
const doors = files.flatMap(({ path, text }) => {
  const noun = /^domain\/([^/]+)\/actions\.ts$/.exec(path)?.[1]
  return noun ? [...text.matchAll(/^export const \w+ = action\(\s*\w+,\s*(\w+)/gm)].map(([, name]) => `${noun}.${name}`) : []
})

/** All that changes something. */
const exported = files.flatMap(({ path, text }) => {
  const noun = /^domain\/([^/]+)\/commands\.ts$/.exec(path)?.[1]
  return noun ? [...text.matchAll(/^export (?:async )?(?:function|const) (\w+)/gm)].map(([, name]) => `${noun}.${name}`) : []
})

const handlers = files.flatMap(({ path, text }) =>
  /^app\/.*route\.tsx?$/.test(path)
    ? [...text.matchAll(/^export (?:async )?(?:function|const) (GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\b/gm)].map(
        ([, method]) => `${method} ${path}`,
      )
    : [],
)

describe('The table has a row', () => {
  test('for every command that a browser reaches, and no other', () => {
    expect(doors.length).toBeGreaterThan(10)
    expect(Object.keys(commands).toSorted()).toEqual([...new Set(doors)].toSorted())
  })

  test('for every other command, which says who calls it', () => {
    expect(Object.keys(inside).toSorted()).toEqual(exported.filter((name) => !doors.includes(name)).toSorted())
  })

  test('for every route', () => {
    expect(Object.keys(routes).toSorted()).toEqual(handlers.toSorted())
  })

  test('for every page', () => {
    const isPage = (path: string) => /^app\/(.*\/)?page\.tsx$|^pages\/(?!_)/.test(path)
    expect(Object.keys(pages).toSorted()).toEqual([...code.keys()].filter(isPage).toSorted())
  })

  test('for everybody in each', () => {
    for (const { may } of [...Object.values(commands), ...personal(routes), ...personal(pages)]) {
      expect(Object.keys(may).toSorted()).toEqual([...PEOPLE].toSorted())
    }
  })
})

describe.each(PEOPLE)('A %s', (who) => {
  test.each(Object.entries(commands))('and the command %s', async (_name, { attempt, may }) => {
    const asker = await prepareAsker(who)
    expect(await outcomeOf(attempt(asker))).toBe(may[who])
  })

  test.each(Object.entries(pages).flatMap(([path, row]) => (row === 'public' ? [] : [[path, row] as const])))(
    'and the page %s',
    async (path, { may, params = {}, searchParams = {}, carried }) => {
      const asker = await prepareAsker(who)
      await bringAlong(asker, await carried?.())
      const { default: Page } = await import(/* @vite-ignore */ join(root, path))
      const told = async (words: typeof params) => (typeof words === 'function' ? await words(asker) : words)
      const read = { params: await told(params), searchParams: await told(searchParams) }
      const shown = async () => Page({ params: Promise.resolve(read.params), searchParams: Promise.resolve(read.searchParams) })
      expect(await outcomeOf(shown())).toBe(may[who])
    },
  )

  test.each(Object.entries(routes).flatMap(([name, row]) => (row === 'public' ? [] : [[name, row] as const])))(
    'and the route %s',
    async (name, { may, request }) => {
      const asker = await prepareAsker(who)
      await bringAlong(asker)
      const [method = '', path = ''] = name.split(' ')
      const handler = await import(/* @vite-ignore */ join(root, path))
      const asked = await request(asker)
      const answer: Response = await handler[method](asked, { params: Promise.resolve(paramsIn(path, asked.url)) })
      expect(answer.status === 200 || answer.status === 204 ? 'yes' : answer.status).toBe(may[who])
    },
  )
})

test.each([...publicOnes(pages), ...publicOnes(routes)])('Everybody gets the same of %s', (path) => {
  // It cannot know who asks: neither it nor what it loads asks for the session, and server.ts keeps one copy for all.
  const text = code.get(path) ?? ''
  expect(text).not.toMatch(/#lib\/(session|route|action)\.ts|next\/headers/)
  // What Next hands to pages of pages/ has the whole request in it.
  if (path.startsWith('pages/')) expect(text).not.toMatch(/\b(req|res|context)\b/)
  const file = `${uuid()}-${path.startsWith('app/images/') ? '64x48' : '96'}.webp`
  const some: Record<string, string> = { '[id]': uuid(), '[kind]': 'amas', '[page]': 'about', '[file]': file }
  const address = `/${path.replace(/^(app|pages)\/|(\/?(page|route))?\.tsx?$/g, '')}`.replace(/\[\w+\]/g, (part) => some[part] ?? 'a-slug')
  expect(publicPage(address)).not.toBeNull()
})

/** What stands in the address where the path of the file has brackets. */
function paramsIn(path: string, url: string): Record<string, string> {
  const parts = new URL(url).pathname.split('/').slice(1)
  const names = path.split('/').slice(1)
  return Object.fromEntries(names.flatMap((name, i) => (name.startsWith('[') ? [[name.slice(1, -1), parts[i] ?? '']] : [])))
}

function personal<Row extends object>(table: Record<string, Row | 'public'>): Row[] {
  return Object.values(table).filter((row) => row !== 'public')
}

function publicOnes(table: Record<string, unknown>): string[] {
  return Object.entries(table).flatMap(([name, row]) => (row === 'public' ? [name.replace(/^\w+ /, '')] : []))
}

/** "yes", the code of the refusal, where it sends the browser, or "404". Anything else fails. */
async function outcomeOf(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt
    return 'yes'
  } catch (error) {
    if (error instanceof Refusal) return error.code
    const digest = error instanceof Error && 'digest' in error ? String(error.digest) : ''
    if (digest.startsWith('NEXT_REDIRECT')) return `→ ${(digest.split(';')[2] ?? '').split('?')[0]}`
    if (digest.startsWith('NEXT_HTTP_ERROR_FALLBACK')) return digest.split(';')[1] ?? ''
    throw error
  }
}

/** Puts the asker's session into the browser that pages and routes see. */
async function bringAlong({ ticket }: Asker, carry?: string | null): Promise<void> {
  browser.jar.clear()
  await keepInBrowser({ session: ticket, carry })
}
