import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { marked, monthsUpTo, readAsked, searchText, withFields, writtenAsked } from '#domain/search/rules.ts'

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

  test('are put together again to the text that they are of', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.array(fc.string({ unit: 'binary' })), (text, words) => {
        expect(marked(text, new Map(words.map((word) => [word, 'x']))).join('')).toBe(text)
      }),
    )
  })
})
