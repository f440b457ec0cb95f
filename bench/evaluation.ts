import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { z } from 'zod'
import { findSimilar } from '#domain/similar/queries.ts'
import { TECHNIQUES, type Technique } from '#domain/similar/rules.ts'
import { db } from '#lib/db.ts'

const Asked = z.strictObject({
  query: z.string().min(1),
  /** Slugs of questions, each of which would help whoever asks this; none where nothing here would. */
  expected: z.array(z.string()),
})
export type Asked = z.output<typeof Asked>

/** How well a set is answered. Shares are of 1, times are milliseconds. */
export type Evaluation = {
  /** Queries that something is expected for, and those that nothing is. */
  asked: number
  askedInVain: number
  recallAt1: number
  recallAt5: number
  /** Mean of 1/place of the first that helps; 0 where it is not among the first five. */
  meanReciprocalRank: number
  /** Of those that nothing is expected for, the share that nothing was said to. */
  silent: number
  p50: number
  p99: number
  missed: string[]
}

/** Reads a set: YAML, or JSON Lines with one pair on each. Throws with the line or entry that is none. */
export async function readAsked(file: string): Promise<Asked[]> {
  const text = await readFile(file, 'utf8')
  const isLines = text.trimStart().startsWith('{')
  const entries: unknown = isLines ? linesOf(text) : parse(text)
  const read = z.array(Asked).min(1).safeParse(entries)
  if (!read.success) throw new Error(z.prettifyError(read.error))
  return read.data
}

/** Slugs that a set expects and that no question of this database has. */
export async function missingSlugs(set: Asked[]): Promise<string[]> {
  const known = await idsBySlug(set)
  return [...new Set(set.flatMap(({ expected }) => expected))].filter((slug) => !known.has(slug))
}

/** Asks for all of a set, one after the other, by these techniques. The time is that of the whole search, without the network. */
export async function evaluate(set: Asked[], by: readonly Technique[] = TECHNIQUES): Promise<Evaluation> {
  const ids = await idsBySlug(set)
  const places: number[] = []
  const times: number[] = []
  const missed: string[] = []
  let silent = 0
  // Not counted: connections are opened, statements are prepared.
  for (const { query } of set.slice(0, 5)) await findSimilar(query, { limit: 5, by })
  for (const { query, expected } of set) {
    const startedAt = performance.now()
    const found = await findSimilar(query, { limit: 5, by })
    times.push(performance.now() - startedAt)
    if (expected.length === 0) {
      if (found.length === 0) silent += 1
      continue
    }
    const helping = expected.map((slug) => ids.get(slug))
    const place = 1 + found.findIndex(({ questionId }) => helping.includes(questionId))
    places.push(place)
    if (place === 0) missed.push(query)
  }
  times.sort((a, b) => a - b)
  const askedInVain = set.length - places.length
  const share = (count: number, of: number) => (of ? count / of : Number.NaN)
  return {
    asked: places.length,
    askedInVain,
    recallAt1: share(places.filter((place) => place === 1).length, places.length),
    recallAt5: share(places.filter((place) => place > 0).length, places.length),
    meanReciprocalRank: share(
      places.reduce((sum, place) => sum + (place && 1 / place), 0),
      places.length,
    ),
    silent: share(silent, askedInVain),
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    missed,
  }
}

async function idsBySlug(set: Asked[]): Promise<Map<string, string>> {
  const slugs = set.flatMap(({ expected }) => expected)
  const there = await db().question.findMany({ where: { slug: { in: slugs } }, select: { id: true, slug: true } })
  return new Map(there.map(({ id, slug }) => [slug, id]))
}

function linesOf(text: string): unknown[] {
  return text.split('\n').flatMap((line, i): unknown[] => {
    if (!line.trim()) return []
    try {
      return [JSON.parse(line)]
    } catch {
      throw new Error(`Line ${i + 1} is no JSON.`)
    }
  })
}

function quantile(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
