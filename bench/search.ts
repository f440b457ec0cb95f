import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent } from 'node:http'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { benchDatabase, say } from '#bench/databases.ts'
import { readPacked } from '#bench/packed.ts'
import { run } from '#bench/processes.ts'
import { chance, drawWords, inCapitals } from '#bench/search-words.ts'
import { serveSite } from '#bench/serving.ts'
import { fine, table, whole } from '#bench/table.ts'
import { paths } from '#lib/paths.ts'

/** People who search at the same moment, each waiting for one page before the next is asked for. */
const CONNECTIONS = 8
/** Milliseconds that half of the pages, and all but one of a hundred, may take. */
const PAGE = { p50: 50, p99: 300 }
const NO_BAR = { p50: Number.POSITIVE_INFINITY, p99: Number.POSITIVE_INFINITY }
const SUGGESTIONS = { p50: Number.POSITIVE_INFINITY, p99: 60 }

type Measured = { name: string; p50: number; p99: number; most: number; failed: number; holds: boolean }

/** `load`: what else the machine had to do, as processes that wait for a processor, before and after. */
export type SearchReport = {
  questions: number
  tries: number
  load: { before: number; after: number }
  searched: Measured[]
  holds: boolean
}

/**
 * Searches before those that count, after which a page takes what it goes on taking: functions are compiled by then as fast as they
 * get, and each connection has its statements planned. After 300 it still takes a quarter more.
 */
const WARM_UP = 1_000

/**
 * Asks for searches as eight people do, with words that few and that very many have, with words of one title, and for
 * suggestions as they type. Each search is measured twice: `engine` is what finds, called by eight callers in a process of its
 * own, `page` the whole page over HTTP, beside one that finds nothing, which says what rendering and the machine take. All are
 * warmed up by a thousand searches, or as many suggestions, that are not counted.
 */
export async function measureSearch(questions: number, tries: number): Promise<SearchReport> {
  const database = await benchDatabase(questions)
  const { draws, words } = await drawWords(database)
  const rows = Object.entries(draws).flatMap(([kind, draw]) =>
    [1, 2, 5].map((size) => {
      const texts = Array.from({ length: tries }, () => draw(size).join(' '))
      return { name: `${size} ${kind} ${size === 1 ? 'word' : 'words'}`, texts }
    }),
  )
  const warmUp = Array.from({ length: WARM_UP }, (_, n) => rows[n % rows.length]?.texts[Math.floor(n / rows.length) % tries] ?? '')
  const before = loadavg()[0] ?? 0
  const searched: Measured[] = []
  const add = (name: string, taken: Taken, bar = NO_BAR) => searched.push({ name, ...summed(taken, bar) })
  for (const { name, texts } of rows) {
    for (const kind of [null, 'questions'] as const) {
      say(`Measuring the engine with ${name}`)
      add(
        `engine: ${name}${kind ? `, ${kind}` : ''}`,
        { times: await foundBy(database, { kind, warmUp, searches: texts }), failed: 0 },
        PAGE,
      )
    }
  }
  const site = await serveSite(database)
  try {
    // Each in other capitals, so that no page is asked for twice: what is kept for a second is not what is measured.
    const pages = (texts: string[], from: number) => texts.map((text, n) => paths.search(inCapitals(text, from + n)))
    await asked(site.url, pages(warmUp, 0))
    const blanks = Array.from({ length: tries }, (_, n) => paths.search(' '.repeat(1 + (n % 200)), ['questions', 'answers'][n % 2]))
    add('page: without a search', await asked(site.url, blanks))
    for (const { name, texts } of rows) {
      say(`Measuring pages with ${name}`)
      add(`page: ${name}`, await asked(site.url, pages(texts, WARM_UP)), PAGE)
    }
    const typed = (n: number) =>
      paths.suggestions(inCapitals((words[Math.floor(chance() * words.length)] ?? 'ab').slice(0, 2 + (n % 4)), n))
    await asked(
      site.url,
      Array.from({ length: WARM_UP }, (_, n) => typed(n)),
    )
    add(
      'suggestions',
      await asked(
        site.url,
        Array.from({ length: 4 * tries }, (_, n) => typed(WARM_UP + n)),
      ),
      SUGGESTIONS,
    )
    const after = loadavg()[0] ?? 0
    return { questions, tries, load: { before, after }, searched, holds: searched.every(({ holds }) => holds) }
  } finally {
    await site.stop()
  }
}

type Taken = { times: number[]; failed: number }

async function foundBy(database: string, job: { kind: 'questions' | null; warmUp: string[]; searches: string[] }): Promise<number[]> {
  const folder = mkdtempSync(join(tmpdir(), 'perch-bench-'))
  const file = join(folder, 'searches.json')
  writeFileSync(file, JSON.stringify({ callers: CONNECTIONS, ...job }))
  try {
    return z.array(z.number()).parse(JSON.parse(await run('bench/searching.ts', [file], { DATABASE_URL: database })))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function asked(site: string, addresses: string[]): Promise<Taken> {
  const times: number[] = []
  let [next, failed] = [0, 0]
  const agent = new Agent({ keepAlive: true })
  const searcher = async () => {
    while (next < addresses.length) {
      const turn = next++
      // Everybody searches at home: what one network may ask for is counted, and not reached.
      const headers = { 'x-forwarded-for': `10.${turn % 200}.${(turn >> 8) % 200}.${turn % 100}` }
      const startedAt = performance.now()
      const { status } = await readPacked(site + addresses[turn], agent, headers)
      times.push(performance.now() - startedAt)
      if (status !== 200) failed += 1
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, searcher))
  agent.destroy()
  return { times, failed }
}

function summed({ times, failed }: Taken, bar: typeof PAGE): Omit<Measured, 'name'> {
  const sorted = times.toSorted((a, b) => a - b)
  const quantile = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  const [p50, p99] = [quantile(0.5), quantile(0.99)]
  return { p50, p99, most: sorted.at(-1) ?? Number.NaN, failed, holds: failed === 0 && p50 <= bar.p50 && p99 <= bar.p99 }
}

export function searchTable({ questions, tries, load, searched }: SearchReport): string {
  return table(
    [
      `${whole(tries)} searches each, ${whole(questions)} questions, ${CONNECTIONS} connections, load ${fine(load.before)} to ${fine(load.after)}`,
      `p50 ms (at most ${PAGE.p50})`,
      `p99 ms (at most ${PAGE.p99}, suggestions ${SUGGESTIONS.p99})`,
      'most ms',
      'not 2xx',
      '',
    ],
    searched.map(({ name, p50, p99, most, failed, holds }) => [
      name,
      fine(p50),
      fine(p99),
      fine(most),
      whole(failed),
      holds ? 'holds' : 'FAILS',
    ]),
  )
}
