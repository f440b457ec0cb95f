import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { searchText } from '#domain/search/rules.ts'
import { bestPassage, candidateQueries, estimate, quoted, type Term, usedTerms, wordsLike } from '#domain/words/rules.ts'
import { db } from '#lib/db.ts'

const term = (lexeme: string, share: number, weight = 1): Term => ({ lexeme, share, weight })
const statistics = {
  rows: 1_000_000,
  tiers: new Map([
    [1, 0.5],
    [5, 0.2],
    [9, 0.05],
    [12, 0.01],
  ]),
}

describe('The terms of a query', () => {
  test('count the more the rarer they are, and nobody’s as much as one row of all', () => {
    const shares = [0.9, 0.5, 0.25, 0.01, 0.00001, 0]
    const weights = (rows: number) =>
      usedTerms(
        shares.map((share) => ({ lexeme: `${share}`, share })),
        rows,
      ).map(({ weight }) => weight)
    expect(weights(1_000_000)).toEqual([14, 14, 7, 2, 1, 1])
    expect(weights(100)).toEqual([7, 14, 7, 2, 1, 1])
    expect(weights(0)).toEqual([1, 14, 7, 2, 1, 1])
  })

  test('are asked for together, then in threes, pairs and one by one, the rarest first', () => {
    const terms = usedTerms([term('team', 0.02), term('remot', 0.0005), term('retrospect', 0.0001)], 1_000_000)
    expect(candidateQueries(terms, statistics).map(({ query, tier }) => [query, tier])).toEqual([
      [`'retrospect' & 'remot' & 'team'`, null],
      [`'retrospect' & 'remot'`, null],
      [`'retrospect' & 'team'`, null],
      [`'remot' & 'team'`, null],
      [`'retrospect'`, null],
      [`'remot'`, null],
      // An index has that tier alone.
      [`'team'`, 9],
    ])
  })

  test('are looked for among the most read where very many have them', () => {
    const [all] = candidateQueries([term('team', 0.1), term('work', 0.2)], statistics)
    expect(all).toEqual({ query: `'team' & 'work' & 'tier 12'`, words: [`'team'`, `'work'`], tier: 12 })
    const [few] = candidateQueries([term('team', 0.01), term('work', 0.02)], statistics)
    expect(few).toEqual({ query: `'team' & 'work'`, words: [`'team'`, `'work'`], tier: null })
    // What stands in too long a list is looked for among the most read as well, however little of it is meant to be found.
    const short = candidateQueries([term('team', 0.03), term('work', 0.03)], statistics, 0, 1_000)[0]
    expect(short).toMatchObject({ query: `'team' & 'work' & 'tier 12'`, tier: 12 })
    // Between two indexes a tier would be told by a list of all its rows.
    const between = { rows: 1_000_000, tiers: new Map([...statistics.tiers, [8, 0.08], [7, 0.09]]) }
    const tierOf = (listed: number) => candidateQueries([term('team', 0.03), term('work', 0.03)], between, 0, listed)[0]?.tier
    expect([2_700, 2_699, 1_500, 1_499].map(tierOf)).toEqual([7, 9, 9, 12])
    // Where little is read, tiers below all indexes are what there is.
    const quiet = {
      rows: 50_000,
      tiers: new Map([
        [1, 0.08],
        [2, 0.05],
        [5, 0.0005],
      ] as const),
    }
    expect(candidateQueries([term('team', 0.3)], quiet)[0]).toMatchObject({ query: `'team' & 'tier 1'`, tier: 1 })
    // Half of all is no choice: where less is read, they are looked for as they are.
    const little = { rows: 1_000_000, tiers: new Map([[1, 0.5]]) }
    expect(candidateQueries([term('team', 0.1), term('work', 0.2)], little)[0]?.query).toBe(`'team' & 'work'`)
    expect(estimate([term('team', 0.1), term('work', 0.25)], 1_000)).toBeCloseTo(50)
  })

  test('are not asked for in parts that could find only what has too little of them', () => {
    const terms = [
      term('furnac', 0.0001, 14),
      term('glass', 0.0005, 11),
      term('team', 0.02, 6),
      term('work', 0.05, 5),
      term('good', 0.3, 2),
    ]
    expect(candidateQueries(terms, statistics, 0.65).map(({ query }) => query)).toEqual([
      `'furnac' & 'glass' & 'team' & 'work' & 'good'`,
      `'furnac' & 'glass' & 'team'`,
      `'furnac' & 'glass' & 'work'`,
      `'furnac' & 'team' & 'work'`,
      `'furnac' & 'glass'`,
    ])
    // The closest of all is never left out.
    expect(candidateQueries(terms, statistics, 1)).toMatchObject([{ query: `'furnac' & 'glass' & 'team' & 'work' & 'good'`, tier: null }])
  })

  test('are asked for as they are where nothing is known of them', () => {
    expect(candidateQueries([term('team', 0)], { rows: 0, tiers: new Map() })).toMatchObject([{ query: `'team'`, tier: null }])
    expect(candidateQueries([term('team', 0.9)], { rows: 1_000_000, tiers: new Map() })).toMatchObject([{ query: `'team'`, tier: null }])
  })

  test('may be any text: PostgreSQL reads each as one word', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, unit: 'binary' }), async (text) => {
        const lexeme = searchText(text) || 'a'
        const [row] = await db().$queryRaw<{ words: string[]; has: boolean }[]>`
          SELECT tsvector_to_array(v) AS words, v @@ ${quoted(lexeme)}::tsquery AS has
          FROM array_to_tsvector(${[lexeme]}::text[]) v`
        expect(row).toEqual({ words: [lexeme], has: true })
      }),
      { numRuns: 200 },
    )
  })
})

describe('The best passage of an answer', () => {
  const terms = [term('price', 0.01, 7), term('b2b', 0.001, 10)]
  const forms = new Map([
    ['Prices', 'price'],
    ['pricing', 'price'],
    ['B2B', 'b2b'],
  ])

  test('is the sentence with most of what was asked, and what follows it', () => {
    const text = 'I have done this twice.\nPrices are a promise. In B2B, pricing is a talk with one buyer. Ask them.\nGood luck.'
    expect(bestPassage(text, terms, forms)).toEqual({ passage: 'In B2B, pricing is a talk with one buyer. Ask them. Good luck.', fit: 17 })
  })

  test('is the beginning where nothing of it was asked', () => {
    expect(bestPassage('Yes. And no.', terms, forms)).toEqual({ passage: 'Yes. And no.', fit: 0 })
    expect(bestPassage('', terms, forms)).toEqual({ passage: '', fit: 0 })
  })
})

test('Words that may be a form of a term begin as it does, with accents or without', () => {
  expect(wordsLike(['Éclairs and eggs', 'Prices, eggs'], [term('eclair', 0)])).toEqual(['Éclairs', 'eggs'])
})
