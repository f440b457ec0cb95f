import { benchDatabase, rows, say } from '#bench/databases.ts'
import type { Server } from '#bench/processes.ts'
import { cacheState, serveSite } from '#bench/serving.ts'
import { fine, table, whole } from '#bench/table.ts'
import { encodeCursor } from '#lib/cursor.ts'

/** Questions of the small site that the large one is compared with. */
const SMALL = 1_000

/** Pages of a kind that are asked of each server in a round, fewer where a site has fewer. */
const PAGES = 40

/** A page may take so many times as long on the large site as on the small one, and page 1,000 of a list as its first. */
const SLOWER_AT_MOST = 1.5

type Compared = { name: string; small: number; large: number; ratio: number; holds: boolean }

export type ScaleReport = {
  questions: number
  /** p50 in milliseconds. */
  pages: Compared[]
  lists: Compared[]
  sitemap: { index: SitemapFile; parts: number; slowest: SitemapFile; largest: SitemapFile; most: SitemapFile; holds: boolean }
  holds: boolean
}

type SitemapFile = { path: string; milliseconds: number; bytes: number; urls: number }

/** Measures pages that nobody asked for before on a site with 1,000 questions and on one with many, in turns. */
export async function measureScale(questions: number, rounds: number): Promise<ScaleReport> {
  const databases = { small: await benchDatabase(SMALL), large: await benchDatabase(questions) }
  const addresses = { small: await pagesOf(databases.small), large: await pagesOf(databases.large) }
  const times = new Map<string, { small: number[]; large: number[] }>()
  const lists = new Map<string, { small: number[]; large: number[] }>()
  let sitemap: ScaleReport['sitemap'] | undefined
  for (let round = 0; round < rounds; round++) {
    say(`Round ${round + 1} of ${rounds}`)
    // New processes, which keep no page yet.
    const servers = { small: await serveSite(databases.small), large: await serveSite(databases.large) }
    try {
      for (const { small, large } of await warmUps(databases))
        await Promise.all([cacheState(servers.small.url + small), cacheState(servers.large.url + large)])
      for (const kind of Object.keys(queries)) {
        await inTurns(times, kind, pairs(addresses.small[kind], addresses.large[kind], round), servers.small, servers.large)
      }
      for (const [name, { first, later }] of Object.entries(await listsOf(databases.large, round))) {
        await inTurns(lists, name, pairs(first, later, 0), servers.large, servers.large)
      }
      if (round === rounds - 1) sitemap = await readSitemap(servers.large.url)
    } finally {
      await Promise.all([servers.small.stop(), servers.large.stop()])
    }
  }
  if (!sitemap) throw new Error('At least one round is needed.')
  const pages = compared(times)
  const longLists = compared(lists)
  return { questions, pages, lists: longLists, sitemap, holds: sitemap.holds && [...pages, ...longLists].every(({ holds }) => holds) }
}

const queries: Record<string, string> = {
  question: `SELECT '/questions/' || slug AS path FROM "Question" WHERE "answerCount" BETWEEN 1 AND 3`,
  AMA: `SELECT '/amas/' || slug AS path FROM "Ama" WHERE "questionCount" BETWEEN 5 AND 40`,
  mentor: `SELECT '/mentors/' || handle AS path FROM "Member" WHERE "answerCount" >= 20 AND "amaCount" BETWEEN 1 AND 2`,
  community: `SELECT '/communities/' || slug AS path FROM "Community" WHERE "questionCount" >= 20`,
  topic: `SELECT '/topics/' || slug AS path FROM "Topic" WHERE "questionCount" >= 20`,
}

async function pagesOf(database: string): Promise<Record<string, string[]>> {
  const found = Object.entries(queries).map(async ([kind, query]) => [
    kind,
    await paths(database, `${query} ORDER BY md5(slug_of) LIMIT 1000`),
  ])
  return Object.fromEntries(await Promise.all(found))
}

async function paths(database: string, query: string): Promise<string[]> {
  const found = await rows<{ path: string }>(database, query.replace('slug_of', /"Member"/.test(query) ? 'handle' : 'slug'))
  return found.map(({ path }) => path)
}

async function warmUps(databases: { small: string; large: string }) {
  const query = `SELECT '/questions/' || slug AS path FROM "Question" WHERE "answerCount" = 0 ORDER BY md5(slug_of) LIMIT 60`
  return pairs(await paths(databases.small, query), await paths(databases.large, query), 0)
}

/** As many of each as both have, others in each round where there are enough. */
function pairs(small: string[] = [], large: string[] = [], round: number): { small: string; large: string }[] {
  const count = Math.min(PAGES, small.length, large.length)
  const at = (paths: string[], i: number) => paths[(round * PAGES + i) % paths.length] ?? ''
  return Array.from({ length: count }, (_, i) => ({ small: at(small, i), large: at(large, i) }))
}

/** The questions of communities that have a thousand pages of them: the first page, and one about the thousandth. */
async function listsOf(database: string, round: number) {
  const skip = 999 * 20 + round
  const large = await rows<{ slug: string; newest: Row; read: Row }>(
    database,
    `SELECT c.slug, newest.keys AS newest, read.keys AS read FROM "Community" c
     CROSS JOIN LATERAL (SELECT json_build_object('id', id, 'key', floor(extract(epoch FROM "askedAt") * 1000)) AS keys FROM "Question"
       WHERE "communityId" = c.id ORDER BY "askedAt" DESC, id DESC OFFSET $1 LIMIT 1) newest
     CROSS JOIN LATERAL (SELECT json_build_object('id', id, 'key', "viewCount") AS keys FROM "Question"
       WHERE "communityId" = c.id ORDER BY "viewCount" DESC, id DESC OFFSET $1 LIMIT 1) read
     WHERE c."questionCount" > $1 + 20`,
    [skip],
  )
  const list = (order: 'newest' | 'read') => ({
    first: large.map(({ slug }) => `/communities/${slug}/questions?order=${order}`),
    later: large.map((row) => `/communities/${row.slug}/questions?order=${order}&after=${encodeCursor([row[order].key, row[order].id])}`),
  })
  return { 'newest questions': list('newest'), 'questions read most': list('read') }
}

type Row = { id: string; key: number }

async function inTurns(
  times: Map<string, { small: number[]; large: number[] }>,
  name: string,
  addresses: { small: string; large: string }[],
  small: Server,
  large: Server,
): Promise<void> {
  const taken = times.get(name) ?? { small: [], large: [] }
  times.set(name, taken)
  for (const address of addresses) {
    taken.small.push(await time(`${small.url}${address.small}`))
    taken.large.push(await time(`${large.url}${address.large}`))
  }
}

async function time(url: string): Promise<number> {
  const startedAt = performance.now()
  const state = await cacheState(url)
  const milliseconds = performance.now() - startedAt
  if (state !== 'miss') throw new Error(`${url} should have been asked for the first time, and the cache says ${state}.`)
  return milliseconds
}

function compared(times: Map<string, { small: number[]; large: number[] }>): Compared[] {
  return [...times].map(([name, { small, large }]) => {
    const ratio = p50(large) / p50(small)
    return { name, small: p50(small), large: p50(large), ratio, holds: ratio <= SLOWER_AT_MOST }
  })
}

function p50(times: number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN
}

async function readSitemap(site: string): Promise<ScaleReport['sitemap']> {
  const index = await readPart(site, '/sitemap.xml')
  const parts: SitemapFile[] = []
  for (const path of index.locations) parts.push((await readPart(site, new URL(path).pathname)).file)
  const top = (by: keyof Omit<SitemapFile, 'path'>) => parts.reduce((most, part) => (part[by] > most[by] ? part : most), index.file)
  const holds = [index.file, ...parts].every(
    ({ milliseconds, bytes, urls }) => milliseconds < 1_000 && bytes <= 50_000_000 && urls <= 50_000,
  )
  return { index: index.file, parts: parts.length, slowest: top('milliseconds'), largest: top('bytes'), most: top('urls'), holds }
}

async function readPart(site: string, path: string): Promise<{ file: SitemapFile; locations: string[] }> {
  const startedAt = performance.now()
  const response = await fetch(`${site}${path}`)
  const xml = await response.text()
  const milliseconds = performance.now() - startedAt
  if (!response.ok) throw new Error(`${path} answered ${response.status}.`)
  const locations = [...xml.matchAll(/<loc>([^<]+)<\/loc>/g)].map((match) => match[1] ?? '')
  return { file: { path, milliseconds, bytes: Buffer.byteLength(xml), urls: locations.length }, locations }
}

export function scaleTables({ questions, pages, lists, sitemap }: ScaleReport): string {
  const verdict = ({ name, small, large, ratio, holds }: Compared) => [
    name,
    fine(small),
    fine(large),
    ratio.toFixed(2),
    holds ? 'holds' : 'FAILS',
  ]
  const { index, slowest, largest, most } = sitemap
  const file = (name: string, { milliseconds, bytes, urls }: SitemapFile) => [name, fine(milliseconds), whole(bytes), whole(urls)]
  return [
    table(
      ['page nobody asked for before, p50 ms', whole(SMALL), whole(questions), `ratio (at most ${SLOWER_AT_MOST})`, ''],
      pages.map(verdict),
    ),
    table([`list with ${whole(questions)}, p50 ms`, 'page 1', 'page 1,000', `ratio (at most ${SLOWER_AT_MOST})`, ''], lists.map(verdict)),
    table(
      [`sitemap, ${sitemap.parts} parts, ${sitemap.holds ? 'holds' : 'FAILS'}`, 'ms', 'bytes', 'URLs'],
      [file('index', index), file('slowest part', slowest), file('largest part', largest), file('part with most URLs', most)],
    ),
  ].join('\n\n')
}
