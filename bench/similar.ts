import { benchDatabase, rows, say } from '#bench/databases.ts'
import { serveSite } from '#bench/serving.ts'
import { fine, table, whole } from '#bench/table.ts'
import { paths } from '#lib/paths.ts'

/** People who type at the same moment, each waiting for one answer before the next is asked for. */
const TYPISTS = 4
/** Milliseconds that one answer of a hundred may take longer than. */
const P99_AT_MOST = 150

type Typed = { name: string; p50: number; p99: number; found: number; failed: number; holds: boolean }

export type SimilarReport = { questions: number; tries: number; typed: Typed[]; holds: boolean }

/** What somebody has typed of a question when the site is asked what is like it. */
const stages: { name: string; of: (words: string[]) => string[] }[] = [
  { name: 'half of a question', of: (words) => words.slice(0, Math.ceil(words.length / 2)) },
  { name: 'a whole question', of: (words) => words },
  { name: 'every other word', of: (words) => words.filter((_, i) => i % 2) },
  { name: 'with words of nobody', of: (words) => words.flatMap((word, i) => (i % 4 === 3 ? [word, `${word}ibus`] : [word])) },
]

/** Asks for similar questions as four people type, with titles that are there and parts of them. */
export async function measureSimilar(questions: number, tries: number): Promise<SimilarReport> {
  const database = await benchDatabase(questions)
  const titles = await rows<{ title: string }>(database, 'SELECT title FROM "Question" ORDER BY md5(slug) LIMIT $1', [tries])
  const site = await serveSite(database)
  try {
    const typed: Typed[] = []
    // The first round is not counted: connections are opened, statements prepared, pages of the index read from the disk.
    for (const { name, of } of [...stages.slice(0, 1), ...stages]) {
      say(`Measuring "${name}"`)
      typed.push({
        name,
        ...(await asTyped(
          site.url,
          titles.map(({ title }) => of(title.split(' ')).join(' ')),
        )),
      })
    }
    const counted = typed.slice(1)
    return { questions, tries, typed: counted, holds: counted.every(({ holds }) => holds) }
  } finally {
    await site.stop()
  }
}

async function asTyped(site: string, texts: string[]): Promise<Omit<Typed, 'name'>> {
  const times: number[] = []
  let [next, found, failed] = [0, 0, 0]
  const typist = async () => {
    while (next < texts.length) {
      const turn = next++
      const startedAt = performance.now()
      // Everybody types at home: what one network may ask for is counted, and not reached.
      const headers = { 'x-forwarded-for': `10.${turn % 200}.${(turn >> 8) % 200}.${turn % 100}` }
      const response = await fetch(site + paths.similar(texts[turn]), { headers })
      const similar: unknown = await response.json()
      times.push(performance.now() - startedAt)
      if (!response.ok) failed += 1
      else if (Array.isArray(similar) && similar.length > 0) found += 1
    }
  }
  await Promise.all(Array.from({ length: TYPISTS }, typist))
  times.sort((a, b) => a - b)
  const quantile = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN
  return { p50: quantile(0.5), p99: quantile(0.99), found, failed, holds: failed === 0 && quantile(0.99) <= P99_AT_MOST }
}

export function similarTable({ questions, tries, typed }: SimilarReport): string {
  return table(
    [
      `similar to what was typed, ${whole(questions)} questions, ${TYPISTS} connections`,
      'p50 ms',
      `p99 ms (at most ${P99_AT_MOST})`,
      `of ${whole(tries)} found something`,
      'not 2xx',
      '',
    ],
    typed.map(({ name, p50, p99, found, failed, holds }) => [
      name,
      fine(p50),
      fine(p99),
      whole(found),
      whole(failed),
      holds ? 'holds' : 'FAILS',
    ]),
  )
}
