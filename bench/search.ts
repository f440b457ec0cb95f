import { loadavg } from 'node:os'
import { benchDatabase, rows, say } from '#bench/databases.ts'
import { run } from '#bench/processes.ts'
import { serveSite } from '#bench/serving.ts'
import { fine, table, whole } from '#bench/table.ts'
import { paths } from '#lib/paths.ts'

/** People who search at the same moment, each waiting for one page before the next is asked for. */
const CONNECTIONS = 8
/** Milliseconds that half of the pages, and all but one of a hundred, may take. */
const PAGE = { p50: 50, p99: 300 }
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

/** Asks for pages of search as eight people do, with words that few and that very many titles have, and for suggestions as they type. */
export async function measureSearch(questions: number, tries: number): Promise<SearchReport> {
  const database = await benchDatabase(questions)
  await run('bench/keep-titles.ts', [], { DATABASE_URL: database })
  const titles = await rows<{ title: string }>(database, 'SELECT title FROM "Question" ORDER BY md5(slug) LIMIT 4000', [])
  const words = byFrequency(titles.map(({ title }) => title))
  const site = await serveSite(database)
  const before = loadavg()[0] ?? 0
  try {
    const searched: Measured[] = []
    const pick = (list: string[], n: number, size: number) =>
      Array.from({ length: size }, (_, i) => list[(n * 7 + i * 13 + i) % list.length] ?? '')
    for (const [kind, list] of Object.entries(words)) {
      for (const size of [1, 2, 5]) {
        const name = `${size} ${kind} ${size === 1 ? 'word' : 'words'}`
        say(`Measuring ${name}`)
        // Each in other capitals, so that no page is asked for twice: what is kept for a second is not what is measured.
        const addresses = Array.from({ length: tries }, (_, n) => paths.search(inCapitals(pick(list, n, size).join(' '), n)))
        searched.push({ name, ...(await asked(site.url, addresses, PAGE)) })
      }
    }
    say('Measuring suggestions')
    const all = Object.values(words).flat()
    const typed = Array.from({ length: 4 * tries }, (_, n) => (all[(n * 31) % all.length] ?? 'ab').slice(0, 2 + (n % 4)))
    const suggested = await asked(
      site.url,
      typed.map((text) => paths.suggestions(text)),
      SUGGESTIONS,
    )
    searched.push({ name: 'suggestions', ...suggested })
    const after = loadavg()[0] ?? 0
    return { questions, tries, load: { before, after }, searched, holds: searched.every(({ holds }) => holds) }
  } finally {
    await site.stop()
  }
}

/** Words of titles that nearly nobody else uses, and those that most do. */
function byFrequency(titles: string[]): { rare: string[]; common: string[] } {
  const counts = new Map<string, number>()
  for (const word of titles.flatMap((title) => title.toLowerCase().match(/[a-z]{4,}/g) ?? [])) counts.set(word, (counts.get(word) ?? 0) + 1)
  const sorted = [...counts].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([word]) => word)
  return { rare: sorted.slice(-40), common: sorted.slice(0, 40) }
}

function inCapitals(text: string, n: number): string {
  return [...text].map((letter, place) => (place < 30 && (n >> place) % 2 ? letter.toUpperCase() : letter)).join('')
}

async function asked(site: string, addresses: string[], bar: { p50: number; p99: number }): Promise<Omit<Measured, 'name'>> {
  const times: number[] = []
  let [next, failed] = [0, 0]
  const searcher = async () => {
    while (next < addresses.length) {
      const turn = next++
      // Everybody searches at home: what one network may ask for is counted, and not reached.
      const headers = { 'x-forwarded-for': `10.${turn % 200}.${(turn >> 8) % 200}.${turn % 100}` }
      const startedAt = performance.now()
      const response = await fetch(site + addresses[turn], { headers })
      await response.arrayBuffer()
      // The first of each connection opens it, and prepares statements.
      if (turn >= 2 * CONNECTIONS) times.push(performance.now() - startedAt)
      if (!response.ok) failed += 1
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, searcher))
  times.sort((a, b) => a - b)
  const quantile = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN
  const [p50, p99] = [quantile(0.5), quantile(0.99)]
  return { p50, p99, most: times.at(-1) ?? Number.NaN, failed, holds: failed === 0 && p50 <= bar.p50 && p99 <= bar.p99 }
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
