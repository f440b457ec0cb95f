import { rows } from '#bench/databases.ts'

/** From this share of all rows on a word is common; what ANALYZE has not noted at all is rare. */
const COMMON = 0.02

type Draw = (size: number) => string[]

/** Words drawn by chance, the same in each run: from those of titles and answers that very many or nearly none have, and from one title each. */
export async function drawWords(database: string): Promise<{ draws: Record<string, Draw>; words: string[] }> {
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
export function chance(): number {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
  return seed / 2_147_483_648
}

export function inCapitals(text: string, n: number): string {
  return [...text].map((letter, place) => (place < 30 && (n >> place) % 2 ? letter.toUpperCase() : letter)).join('')
}
