import { expect, test } from 'vitest'
import { THESAURUS } from '#lib/thesaurus.ts'

test('Each line of the thesaurus is two words or more, in small letters, none of them twice', () => {
  const wrong = THESAURUS.filter(
    (line) => line.length < 2 || new Set(line).size < line.length || line.some((phrase) => !/^[a-z0-9][a-z0-9 &:/-]*$/.test(phrase)),
  )
  expect(wrong).toEqual([])
  expect(THESAURUS.length).toBeGreaterThan(100)
})

test('No two lines are the same', () => {
  const lines = THESAURUS.map((line) => line.toSorted().join(', '))
  expect(lines.filter((line, i) => lines.indexOf(line) < i)).toEqual([])
})
