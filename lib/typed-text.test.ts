import { expect, test } from 'vitest'
import { typedText } from '#lib/typed-text.ts'

test.each([
  ['Two\r\nlines, and\ra third', 'Two\nlines, and\na third'],
  ['a\u0000b\u0007c\u0085d', 'abcd'],
  ['\tkept\n', '\tkept\n'],
  ['half \ud83d of one', 'half \ufffd of one'],
  ['🌱', '🌱'],
])('%j is kept as %j', (typed, kept) => {
  expect(typedText(typed)).toBe(kept)
})
