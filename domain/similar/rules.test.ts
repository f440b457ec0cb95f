import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { meanings, nearWords, quotedPhrase, standingFor } from '#domain/similar/rules.ts'

describe('For a word of a query stands', () => {
  const thesaurus = [
    [['price'], ['cost'], ['fee']],
    [['cost'], ['expens']],
    [['product', 'manag'], ['pm']],
  ]
  const standing = (lexeme: string, ...query: string[]) => standingFor(lexeme, new Set([lexeme, ...query]), thesaurus)

  test.each([
    ['all of its lines', 'cost', [], [['price'], ['fee'], ['expens']]],
    ['a phrase, for its short form', 'pm', [], [['product', 'manag']]],
    ['the short form, for each word of the whole phrase', 'manag', ['product'], [['pm']]],
    ['nothing, for part of a phrase', 'manag', ['team'], []],
    ['nothing, for what no line has', 'zeppelin', [], []],
  ])('%s', (_what, lexeme, query, expected) => expect(standing(lexeme, ...query)).toEqual(expected))
})

describe('A misspelt word may be', () => {
  const known = ['price', 'onboard', 'custom', 'customari', 'cost', 'ab']
  test.each([
    ['one with a letter left out', 'prce', ['price']],
    ['one with two letters in the wrong order', 'pirce', ['price']],
    ['one with another letter', 'prize', ['price']],
    ['a long one with two slips', 'onbaordd', ['onboard']],
    ['none that begins otherwise', 'rice', []],
    ['none, when it is short', 'co', []],
    ['none but itself', 'cost', []],
  ])('%s', (_what, word, expected) => expect(nearWords(word, known)).toEqual(expected))

  test('whatever one slip makes of it, past its first letter', () => {
    const long = fc.string({ unit: fc.constantFrom(...'abcdefgh'), minLength: 5, maxLength: 12 })
    fc.assert(
      fc.property(long, fc.nat(), (word, at) => {
        const place = 1 + (at % (word.length - 1))
        const without = word.slice(0, place) + word.slice(place + 1)
        expect(nearWords(without, [word])).toEqual([word])
        expect(nearWords(word, [without])).toEqual([without])
      }),
    )
  })
})

test('Terms stand in the order of how many rows have them in any form, and weigh what they weigh alone', () => {
  const terms = [
    { lexeme: 'tariff', share: 0, weight: 14 },
    { lexeme: 'team', share: 0.1, weight: 4 },
  ]
  const standIns = new Map([['tariff', [['price'], ['list', 'price']]]])
  const shares = new Map([
    ['price', 0.3],
    ['list', 0.01],
  ])
  const found = meanings(terms, standIns, shares, 1_000)
  expect(found.map(({ lexeme, weight }) => [lexeme, weight])).toEqual([
    ['team', 4],
    ['tariff', 14],
  ])
  expect(found[1]?.share).toBeCloseTo(0.31)
  expect(found[1]?.others).toEqual([`('list' & 'price')`, `'price'`])
  // In a large site, what 300,000 rows have would find too many.
  const [tariff] = meanings(terms, standIns, shares, 1_000_000)
  expect(tariff).toMatchObject({ lexeme: 'tariff', others: [`('list' & 'price')`], standIns: [['price'], ['list', 'price']] })
})

test('A phrase is asked for with all of its words', () => {
  expect(quotedPhrase(['price'], 'A')).toBe(`'price':A`)
  expect(quotedPhrase(['list', 'price'], 'A')).toBe(`('list':A & 'price':A)`)
  expect(quotedPhrase(["o'brien"])).toBe(`'o''brien'`)
})
