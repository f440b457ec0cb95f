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
        ...['community:', 'topic:"', 'topic:a', 'topic:b', 'topic:c', 'topic:d', 'topic:"e f"', 'topic:"/e', 'mentor:a', 'company:"b c"'],
        ...[
          'is:open',
          'is:',
          'before:',
          'before:2024',
          'before:2024-13',
          '-',
          '"',
          ':',
          '-"',
          ' ',
          ' ',
          ' ',
          '"a b"',
          '-a',
          '-"c d"',
          'ab',
        ],
      ),
    )
    const typed = fc.array(piece, { maxLength: 100 }).map((pieces) => pieces.join('').slice(0, 1_000))
    fc.assert(
      fc.property(typed, (text) => {
        const asked = readAsked(text)
        expect(asked.misread.length).toBeLessThanOrEqual(3)
        const written = writtenAsked(asked)
        expect([...written].length).toBeLessThanOrEqual(300)
        const again = readAsked(written)
        expect({ ...again, misread: [] }).toEqual({ ...asked, misread: [] })
        expect(writtenAsked(again)).toBe(written)
      }),
      { numRuns: 400 },
    )
  })

  test('a phrase that lacks its end, which has one when it is written anew', () => {
    const asked = readAsked('community:eng "first 90 days')
    expect(asked).toMatchObject({ phrases: ['first 90 days'], narrowed: { community: ['eng'] } })
    expect(writtenAsked(asked)).toBe('"first 90 days" community:eng')
  })

  test('at most five phrases and five things to leave out', () => {
    const many = readAsked([...'abcdefg'].map((x) => `"${x} x" -"${x} y"`).join(' '))
    expect([many.phrases.length, many.without.length]).toEqual([5, 5])
    expect(many.misread).toEqual([
      '“"f x"” is one too many: 5 phrases are looked at.',
      '“-"f y"” is one too many: 5 things to leave out are looked at.',
      '“"g x"” is one too many: 5 phrases are looked at.',
    ])
  })

  test('what it is narrowed to in full, where its words leave too little room', () => {
    const asked = withFields(readAsked('word '.repeat(60)), { community: 'product', before: '2026' })
    expect(asked).toMatchObject({ narrowed: { community: ['product'] }, before: '2026-01-01' })
    expect(asked.words).toMatch(/^word word .*word$/)
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
