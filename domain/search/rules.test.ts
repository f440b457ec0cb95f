import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  bestPassage,
  candidateQueries,
  estimate,
  marked,
  monthsUpTo,
  quoted,
  readAsked,
  searchText,
  type Term,
  usedTerms,
  withFields,
  wordsLike,
  writtenAsked,
} from '#domain/search/rules.ts'
import { db } from '#lib/db.ts'

describe('What was typed is searched for as', () => {
  test.each([
    [undefined, ''],
    [['two', 'of them'], ''],
    ['  how\n\nto \u0000 price\u200b  ', 'how to price\u200b'],
    ['cafe\u0301', 'café'],
    ['half \ud83d', 'half \ufffd'],
    ['🐦'.repeat(400), '🐦'.repeat(300)],
    ['a'.repeat(100_000), 'a'.repeat(300)],
  ])('%#', (typed, text) => expect(searchText(typed)).toBe(text))
})

describe('A query is read as', () => {
  const nothing = { community: [], topic: [], mentor: [], company: [] }
  test.each([
    ['how to price', { words: 'how to price', phrases: [], without: [] }],
    ['"job interview" tips', { words: 'job interview tips', phrases: ['job interview'] }],
    ['“job interview” tips', { words: 'job interview tips', phrases: ['job interview'] }],
    ['"job interview', { words: 'job interview', phrases: ['job interview'] }],
    ['price -b2b -"free tier"', { words: 'price', without: ['b2b', 'free tier'] }],
    ['well-known - thing --', { words: 'well-known - thing --', without: [] }],
    ['community:design topic:"User Research" x', { words: 'x', narrowed: { ...nothing, community: ['design'], topic: ['User Research'] } }],
    ['MENTOR:ada company:acme company:acme', { words: '', narrowed: { ...nothing, mentor: ['ada'], company: ['acme'] } }],
    ['is:open is:Answered', { words: '', is: 'answered' }],
    ['before:2024', { before: '2024-01-01' }],
    ['before:2024-05', { before: '2024-05-01' }],
    ['before:2024-02-29', { before: '2024-02-29' }],
    ['see https://perch.example/a note:this', { words: 'see https://perch.example/a note:this', misread: [] }],
  ])('%s', (typed, expected) => expect(readAsked(typed)).toMatchObject(expected))

  test.each([
    ['is:maybe', 'maybe', '“is:maybe” is none of “is:answered” and “is:open”.'],
    [
      'before:2023-02-29',
      '2023-02-29',
      '“before:2023-02-29” is no day: write it as “before:2026-11-23”, “before:2026-11” or “before:2026”.',
    ],
    ['topic: pricing', 'pricing', '“topic:” wants something behind its colon.'],
    ['-mentor:ada', 'ada', '“-mentor:ada” cannot be left out: a minus goes before words and phrases.'],
    ['topic:a topic:b topic:c topic:d topic:e topic:f', 'f', '“topic:f” is one too many: 5 of a kind are looked at.'],
  ])('%s: words, and why', (typed, words, misread) => expect(readAsked(typed)).toMatchObject({ words, misread: [misread] }))

  test('any text, the same when it is written anew, and with at most three sentences about it', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.constantFrom(
        'community:',
        'topic:"',
        'is:open',
        'before:',
        'before:2024-13',
        '-',
        '"',
        ':',
        'mentor:a',
        '-"',
        ' ',
        'company:"b c"',
      ),
    )
    const typed = fc.array(piece, { maxLength: 200 }).map((pieces) => pieces.join('').slice(0, 1_000))
    fc.assert(
      fc.property(typed, (text) => {
        const asked = readAsked(text)
        expect(asked.misread.length).toBeLessThanOrEqual(3)
        const { narrowed, is, before } = readAsked(writtenAsked(asked))
        if (writtenAsked(asked).length < 300 && !asked.typed.includes('"'))
          expect({ narrowed, is, before }).toEqual({ narrowed: asked.narrowed, is: asked.is, before: asked.before })
      }),
      { numRuns: 500 },
    )
  })

  test('what its words and the fields of a form say together, written in one way', () => {
    const asked = withFields(readAsked('before:2020 prices is:open'), {
      community: ' Product "Design" ',
      topic: '',
      is: 'answered',
      mentor: ['a', 'b'],
    })
    expect(writtenAsked(asked)).toBe('prices community:"Product Design" is:answered before:2020-01-01')
    expect(writtenAsked(withFields(readAsked('prices'), { is: '' }))).toBe('prices')
  })

  test('months up to a day, as marks', () => {
    expect(monthsUpTo('2000-03-01')).toEqual(['month 2000-01', 'month 2000-02', 'month 2000-03'])
    expect(monthsUpTo('1950-03-01')).toEqual([])
  })
})

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
    expect(candidateQueries(terms, statistics).map(({ query }) => query)).toEqual([
      `'retrospect' & 'remot' & 'team'`,
      `'retrospect' & 'remot'`,
      `'retrospect' & 'team'`,
      `'remot' & 'team'`,
      `'retrospect'`,
      `'remot'`,
      `'team' & 'tier 9'`,
    ])
  })

  test('are looked for among the most read where very many have them', () => {
    const [all] = candidateQueries([term('team', 0.1), term('work', 0.2)], statistics)
    expect(all).toEqual({ query: `'team' & 'work' & 'tier 12'`, tier: 12 })
    const [few] = candidateQueries([term('team', 0.01), term('work', 0.02)], statistics)
    expect(few).toEqual({ query: `'team' & 'work'`, tier: null })
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
    expect(candidateQueries(terms, statistics, 1)).toEqual([{ query: `'furnac' & 'glass' & 'team' & 'work' & 'good'`, tier: null }])
  })

  test('are asked for as they are where nothing is known of them', () => {
    expect(candidateQueries([term('team', 0)], { rows: 0, tiers: new Map() })).toEqual([{ query: `'team'`, tier: null }])
    expect(candidateQueries([term('team', 0.9)], { rows: 1_000_000, tiers: new Map() })).toEqual([{ query: `'team'`, tier: null }])
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

describe('Words that were searched for', () => {
  test('are told from the others, whatever stands around them', () => {
    const forms = new Map([
      ['Prices', 'price'],
      ['naïve', 'naiv'],
    ])
    expect(marked('<b>Prices</b> & naïve, "Prices"', forms)).toEqual(['<b>', 'Prices', '</b> & ', 'naïve', ', "', 'Prices', '"'])
    expect(marked('Nothing of it', forms)).toEqual(['Nothing of it'])
    expect(marked('', forms)).toEqual([''])
  })

  test('begin as what was searched for does, with accents or without', () => {
    expect(wordsLike(['Éclairs and eggs', 'Prices, eggs'], [term('eclair', 0)])).toEqual(['Éclairs', 'eggs'])
  })

  test('are put together again to the text that they are of', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.array(fc.string({ unit: 'binary' })), (text, words) => {
        expect(marked(text, new Map(words.map((word) => [word, 'x']))).join('')).toBe(text)
      }),
    )
  })
})
