import { describe, expect, test } from 'vitest'
import { DefineWord, waysToSay } from '#domain/local-word/rules.ts'

const words = [
  { word: 'TPM', means: 'PM-T' },
  { word: 'OKR', means: 'a goal for three months' },
]

describe('Words that are one with what they mean are searched for both ways', () => {
  test.each([
    ['pay', ['pay']],
    ['tpm pay', ['tpm pay', 'PM-T pay']],
    ['what does a pm-t earn', ['what does a pm-t earn', 'what does a TPM earn']],
    ['tpm okr', ['tpm okr', 'PM-T okr', 'tpm a goal for three months', 'PM-T a goal for three months']],
    ['xtpm tpmx', ['xtpm tpmx']],
  ])('%s', (query, ways) => {
    expect(waysToSay(query, words)).toEqual(ways)
  })
})

const ama = '018f4b3e-0000-7000-8000-000000000000'

test.each([
  ['a word and what it means', { word: ' TPM ', means: 'PM-T\n of a  team' }, { word: 'TPM', means: 'PM-T of a team' }],
  ['one letter', { word: 'T', means: 'PM-T' }, null],
  ['signs alone', { word: '--', means: 'PM-T' }, null],
  ['nothing that it means', { word: 'TPM', means: ' ' }, null],
  ['41 letters', { word: 'T'.repeat(41), means: 'PM-T' }, null],
  ['what is removed', { word: '', means: '', was: 'TPM', do: 'remove' }, { was: 'TPM' }],
])('%s', (_what, given, read) => {
  const { data } = DefineWord.safeParse({ ama, ...given })
  if (read) expect(data).toMatchObject(read)
  else expect(data).toBeUndefined()
})
