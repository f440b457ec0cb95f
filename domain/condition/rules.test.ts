import { describe, expect, test } from 'vitest'
import { firstWindow, isEnough, isStillTooMuch, isTooMuch, type Wanted, widerWindow } from '#domain/condition/rules.ts'
import { readAsked } from '#domain/search/rules.ts'

const tiers = new Map([
  [1, 0.8],
  [4, 0.4],
  [5, 0.2],
  [6, 0.1],
  [9, 0.02],
  [12, 0.002],
])

function wanted(shares: number[], over: Partial<Wanted> = {}): Wanted {
  const terms = shares.map((share, n) => ({ lexeme: `word${n}`, share, weight: 1 }))
  const query = { terms, statistics: { rows: 1_000_000, tiers }, marks: new Map([['topic 1', 0.05]]) }
  return {
    asked: readAsked(''),
    words: '',
    narrowed: {},
    query,
    names: [],
    after: undefined,
    size: 20,
    listed: true,
    sort: 'best',
    ...over,
  }
}

describe('Where very many rows may match, a part of them is looked at', () => {
  test('that holds enough were words always together, and none where few have one of them', () => {
    expect(firstWindow(wanted([0.5]))).toEqual({ tier: 9, share: 0.02 })
    expect(firstWindow(wanted([0.05, 0.5]))).toEqual({ tier: 6, share: 0.1 })
    expect(firstWindow(wanted([0.001, 0.5]))).toBeNull()
    // A few are shown of a smaller part; the name of a topic stands for many.
    expect(firstWindow(wanted([0.5], { listed: false, size: 5 }))).toEqual({ tier: 12, share: 0.002 })
    expect(firstWindow(wanted([0.001], { names: [{ lexemes: ['word0'], topics: ['1'] }] }))).toEqual({ tier: 6, share: 0.1 })
  })

  test('and a larger one by what was found there, or all', () => {
    expect(widerWindow(wanted([0.5, 0.5]), { tier: 9, share: 0.02 }, { held: 300, looked: 300 })).toEqual({ tier: 6, share: 0.1 })
    // Below the tiers that have an index of their own a part costs as much as the whole.
    expect(widerWindow(wanted([0.5, 0.5]), { tier: 5, share: 0.2 }, { held: 900, looked: 900 })).toBeNull()
    expect(widerWindow(wanted([0.5, 0.5]), { tier: 9, share: 0.02 }, { held: 0, looked: 0 })).toBeNull()
  })

  test('and what comes first is sought out where no part is left and there may be more than are put in order', () => {
    expect(isTooMuch(wanted([0.5]))).toBe(true)
    expect(isTooMuch(wanted([0.5, 0.009]))).toBe(false)
  })

  test('which a part tells anew, unless it held too little to tell anything', () => {
    expect(isStillTooMuch(wanted([0.5, 0.5]), { tier: 9, share: 0.02 }, 0)).toBe(true)
    expect(isStillTooMuch(wanted([0.5, 0.5]), { tier: 9, share: 0.02 }, 3_500)).toBe(true)
    expect(isStillTooMuch(wanted([0.5, 0.5]), { tier: 9, share: 0.02 }, 60)).toBe(false)
    expect(isStillTooMuch(wanted([0.5, 0.009]), { tier: 9, share: 0.02 }, 0)).toBe(false)
  })

  test('and the first few are found before all are counted', () => {
    const few = wanted([0.5], { listed: false, size: 5 })
    expect(widerWindow(few, { tier: 12, share: 0.002 }, { held: 13, looked: 13 })).toEqual({ tier: 9, share: 0.02 })
  })

  test('in the sample where there may be more than are counted, and in all where that does not tell', () => {
    const few = wanted([0.5, 0.5], { listed: false, size: 5 })
    const sample = { sample: true, share: 1 / 16 } as const
    expect(widerWindow(few, { tier: 9, share: 0.02 }, { held: 130, looked: 130 })).toEqual(sample)
    expect(widerWindow(few, { tier: 6, share: 0.1 }, { held: 100, looked: 100 })).toBeNull()
    expect(isEnough(few, sample, 100)).toBe(true)
    expect(isEnough(few, sample, 99)).toBe(false)
    expect(widerWindow(few, sample, { held: 99, looked: 99 })).toBeNull()
  })

  test('and a few tell that there are more than are counted, where that is beyond doubt', () => {
    const few = wanted([0.5], { listed: false, size: 5 })
    expect(isEnough(few, { tier: 12, share: 0.002 }, 90)).toBe(true)
    expect(isEnough(few, { tier: 12, share: 0.002 }, 19)).toBe(false)
    expect(isEnough(few, { tier: 6, share: 0.1 }, 200)).toBe(false)
    expect(isEnough(few, { tier: 9, share: 0.0125 }, 45)).toBe(false)
    expect(isEnough(few, { months: ['month 2026-11'], share: 0.002 }, 90)).toBe(false)
    expect(isEnough(wanted([0.5]), { tier: 12, share: 0.002 }, 1_000)).toBe(false)
    expect(isEnough(wanted([0.5]), { tier: 12, share: 0.002 }, 1_001)).toBe(true)
  })
})
