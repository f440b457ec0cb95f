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

/**
 * Asks for pages of search as eight people do, with words that few and that very many have, with words of one title, and
 * for suggestions as they type; beside it the page without a search, which says what the machine has to do besides.
 */
export async function measureSearch(questions: number, tries: number): Promise<SearchReport> {
  const database = await benchDatabase(questions)
  await run('bench/keep-titles.ts', [], { DATABASE_URL: database })
  const { draws, words } = await drawWords(database)
  const site = await serveSite(database)
  const before = loadavg()[0] ?? 0
  try {
    const searched: Measured[] = []
    const measure = async (name: string, addressOf: (n: number) => string, times: number, bar: typeof PAGE) => {
      say(`Measuring ${name}`)
      searched.push({
        name,
        ...(await asked(
          site.url,
          Array.from({ length: times }, (_, n) => addressOf(n)),
          bar,
        )),
      })
    }
    const none = { p50: Number.POSITIVE_INFINITY, p99: Number.POSITIVE_INFINITY }
    await measure('the page without a search', (n) => paths.search(' '.repeat(1 + (n % 200)), ['questions', 'answers'][n % 2]), tries, none)
    for (const [kind, draw] of Object.entries(draws)) {
      for (const size of [1, 2, 5]) {
        const name = `${size} ${kind} ${size === 1 ? 'word' : 'words'}`
        // Each in other capitals, so that no page is asked for twice: what is kept for a second is not what is measured.
        await measure(name, (n) => paths.search(inCapitals(draw(size).join(' '), n)), tries, PAGE)
      }
    }
    const typed = (n: number) => inCapitals((words[Math.floor(chance() * words.length)] ?? 'ab').slice(0, 2 + (n % 4)), n)
    await measure('suggestions', (n) => paths.suggestions(typed(n)), 4 * tries, SUGGESTIONS)
    const after = loadavg()[0] ?? 0
    return { questions, tries, load: { before, after }, searched, holds: searched.every(({ holds }) => holds) }
  } finally {
    await site.stop()
  }
}

/** From this share of all rows on a word is common; what ANALYZE has not noted at all is rare. */
const COMMON = 0.02

type Draw = (size: number) => string[]

/** Words drawn by chance, the same in each run: from those of titles and answers that very many or nearly none have, and from one title each. */
async function drawWords(database: string): Promise<{ draws: Record<string, Draw>; words: string[] }> {
  const texts =
    '(SELECT title AS text FROM "Question" TABLESAMPLE SYSTEM (1) REPEATABLE (7)) UNION ALL (SELECT body FROM "Answer" TABLESAMPLE SYSTEM (0.1) REPEATABLE (7))'
  const shares = await rows<{ word: string; share: number | null }>(
    database,
    `SELECT word, max(s.share)::float8 AS share
     FROM (SELECT DISTINCT lower(m[1]) AS word FROM (${texts}) t CROSS JOIN LATERAL regexp_matches(text, '[a-z]{3,}', 'gi') m) w
     CROSS JOIN LATERAL unnest(words_of(word)) l
     LEFT JOIN (
       SELECT e.lexeme, e.share FROM pg_stats CROSS JOIN LATERAL unnest(most_common_elems::text::text[], most_common_elem_freqs) e(lexeme, share)
       WHERE schemaname = current_schema() AND tablename IN ('QuestionWords', 'AnswerWords') AND attname = 'words'
     ) s ON s.lexeme = l.lexeme GROUP BY word ORDER BY word`,
  )
  const said = new Set(shares.map(({ word }) => word))
  const titles = await rows<{ title: string }>(database, 'SELECT title FROM "Question" TABLESAMPLE SYSTEM (0.5) REPEATABLE (8) ORDER BY id')
  const ofTitles = titles.map(({ title }) => [...new Set(title.toLowerCase().match(/[a-z]{3,}/g) ?? [])].filter((word) => said.has(word)))
  const common = shares.filter(({ share }) => (share ?? 0) >= COMMON).map(({ word }) => word)
  const rare = shares.filter(({ share }) => share === null).map(({ word }) => word)
  const one = <Item>(list: Item[]) => list[Math.floor(chance() * list.length)]
  const several = (list: string[], size: number) => Array.from({ length: size }, () => one(list) ?? '')
  return {
    draws: {
      rare: (size) => several(rare, size),
      common: (size) => several(common, size),
      "title's": (size) => (one(ofTitles.filter((words) => words.length >= size)) ?? []).slice(0, size),
    },
    words: [...common, ...rare.slice(0, common.length)],
  }
}

let seed = 20_261_123

/** From 0 to 1, in the same order in each run. */
function chance(): number {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
  return seed / 2_147_483_648
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
