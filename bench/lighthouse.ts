import { once } from 'node:events'
import { createServer } from 'node:net'
import { parseArgs } from 'node:util'
import { chromium } from '@playwright/test'
import lighthouse, { type Result } from 'lighthouse'
import { fine, table, whole } from '#bench/table.ts'
import { env } from '#lib/env.ts'
import browser from '../playwright.config.ts'

// npm run lighthouse             the site that runs on PORT, as a telephone of the middle class on a slow network sees it
// npm run lighthouse -- URL      another one
// npm run lighthouse -- --all    one of every kind of page that is for everybody, which takes ten minutes
// The median of five runs; scores of performance fall while the machine does something else.

const RUNS = 5
/** Scores of a hundred. */
const BARS = { performance: 98, accessibility: 100, 'best-practices': 100, seo: 100 } as const
const categories = Object.keys(BARS) as (keyof typeof BARS)[]
const numbers = {
  CLS: 'cumulative-layout-shift',
  'LCP ms': 'largest-contentful-paint',
  'TBT ms': 'total-blocking-time',
  bytes: 'total-byte-weight',
} as const

const { values, positionals } = parseArgs({ options: { all: { type: 'boolean', default: false } }, allowPositionals: true })
const site = new URL(positionals[0] ?? `http://localhost:${env().PORT}`)
const rows: string[][] = []
let holds = true
for (const path of await (values.all ? allPagesOf(site) : pagesOf(site))) {
  const runs: Result[] = []
  for (let tries = 0; runs.length < RUNS; tries++) {
    const run = await look(new URL(path, site).href)
    // On a busy machine a run now and then sees nothing, and says so.
    if (!run.runtimeError) runs.push(run)
    else if (tries >= 2 * RUNS) throw new Error(`Lighthouse could not look at ${path}: ${run.runtimeError.message}`)
  }
  const scores = categories.map((name) => median(runs.map((run) => Math.round((run.categories[name]?.score ?? 0) * 100))))
  const measured = Object.values(numbers).map((name) => median(runs.map((run) => run.audits[name]?.numericValue ?? Number.NaN)))
  const [shift = Number.NaN, ...others] = measured
  holds &&= shift === 0 && categories.every((name, i) => (scores[i] ?? 0) >= BARS[name])
  rows.push([path, ...scores.map(String), fine(shift), ...others.map(whole)])
  for (const line of missed(runs)) console.log(`${path}: ${line}`)
}
console.log(table(['page', ...categories, ...Object.keys(numbers)], rows))
process.exitCode = holds ? 0 : 1

/** One run, in a browser that has seen nothing yet. */
async function look(url: string): Promise<Result> {
  const port = await freePort()
  const { executablePath, args = [] } = browser.use?.launchOptions ?? {}
  const launched = await chromium.launch({ executablePath, args: [...args, `--remote-debugging-port=${port}`] })
  try {
    // What was found for somebody's words is kept from search engines on purpose (pages/search.tsx).
    const skipAudits = new URL(url).searchParams.has('q') ? ['is-crawlable'] : null
    const found = await lighthouse(url, { port, logLevel: 'error', onlyCategories: categories, skipAudits })
    if (!found) throw new Error(`Lighthouse said nothing of ${url}.`)
    return found.lhr
  } finally {
    await launched.close()
  }
}

/** The first page, a past AMA and an answered question, as the site links to them. */
async function pagesOf({ origin }: URL): Promise<string[]> {
  const ama = (await linked(`${origin}/amas`, /href="(\/amas\/[^"?]+)"/g)).at(-1)
  const question = (await linked(`${origin}/`, /href="(\/questions\/[^"?]+)"/g))[0]
  if (!ama || !question) throw new Error(`There is no AMA or no question on ${origin}: it needs content, such as the demo's.`)
  return ['/', ama, question]
}

/** One of each kind, as the site links to them from one question. */
async function allPagesOf(site: URL): Promise<string[]> {
  const { origin } = site
  const first = await pagesOf(site)
  const [, , question = ''] = first
  const from = async (path: string, kind: RegExp) => (await linked(origin + path, kind))[0] ?? ''
  const community = await from(question, /href="(\/communities\/[^"?/]+)"/g)
  const topic = await from(community, /href="(\/topics\/[^"?/]+)"/g)
  const mentor = await from(question, /href="(\/mentors\/[^"?/]+)"/g)
  const company = await from(mentor, /href="(\/companies\/[^"?/]+)"/g)
  const lists = [
    `${community}/questions?order=hot`,
    `${community}/mentors?order=month`,
    `${community}/amas`,
    `${topic}/questions?order=requested`,
  ]
  return [
    ...first,
    '/communities',
    community,
    topic,
    mentor,
    company,
    ...lists,
    '/amas',
    '/wanted',
    '/search',
    '/search?q=how+people+decide',
  ]
}

async function linked(url: string, kind: RegExp): Promise<string[]> {
  return [...(await (await fetch(url)).text()).matchAll(kind)].flatMap(([, href]) => href ?? [])
}

/** What is not perfect outside of performance, once for all runs. */
function missed(runs: Result[]): string[] {
  const lines = runs.flatMap(({ categories: of, audits }) =>
    Object.values(of)
      .filter(({ id }) => id !== 'performance')
      .flatMap(({ auditRefs }) => auditRefs.filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 1))
      .map(({ id }) => `${id}: ${audits[id]?.title}`),
  )
  return [...new Set(lines)]
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

async function freePort(): Promise<number> {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address ? address.port : 0
}
