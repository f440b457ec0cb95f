import { expect, test } from 'vitest'
import { whoAnswers } from '#domain/answer-lease/rules.ts'

test.each([
  [[], null],
  [['Ana'], 'Ana is answering this'],
  [['Ana', 'Ben'], 'Ana and Ben are answering this'],
  [['Ana', 'Ben', 'Cleo'], 'Ana, Ben and Cleo are answering this'],
])('%j: %s', (names, words) => {
  expect(whoAnswers(names)).toBe(words)
})
