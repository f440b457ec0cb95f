import { expect, test } from 'vitest'
import { type Counted, count, plural, thousands } from '#lib/count.ts'

test.each<[number, Counted, string | null]>([
  [1, 'request', '1 request'],
  [4, 'request', '4 requests'],
  [10_924, 'View', '10,924 Views'],
  [1, 'View', '1 View'],
  [1, 'Answer', '1 Answer'],
  [3, 'Answer', '3 Answers'],
  [1, 'person', '1 person'],
  [2, 'person', '2 people'],
  [1_000, 'AMA', '1,000 AMAs'],
  [2, 'community', '2 communities'],
  [1_234_567, 'mentor', '1,234,567 mentors'],
  [0, 'request', null],
  [-1, 'request', null],
  [1.5, 'request', null],
  [Number.NaN, 'request', null],
])('%d of "%s" is %j', (n, word, text) => {
  expect(count(n, word)).toBe(text)
})

test('a figure alone has its separators, and zero is never printed', () => {
  expect(thousands(10_924)).toBe('10,924')
  expect(thousands(0)).toBeNull()
})

test('a word alone agrees with its number', () => {
  expect([0, 1, 2, 21].map((n) => plural(n, 'person'))).toEqual(['people', 'person', 'people', 'people'])
})
