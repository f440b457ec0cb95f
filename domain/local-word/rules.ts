import { z } from 'zod'
import type { Limit } from '#lib/limit.ts'

/** Words that one AMA may have. */
export const LOCAL_WORDS_MAX = 30

const line = z.string().transform((text) =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim(),
)

/** A word or a few, with something in it that is read: 2 to 40 characters. */
export const Word = line.pipe(
  z
    .string()
    .min(2, 'At least 2 characters.')
    .max(40, 'At most 40 characters.')
    .regex(/[\p{L}\p{N}]/u, 'Type a word.'),
)
export const Means = line.pipe(z.string().min(1, 'Say what it means.').max(120, 'At most 120 characters.'))

/** `was`: the word as it stands now; empty for a new one. */
export const DefineWord = z
  .object({ ama: z.uuid(), was: z.string().default(''), do: z.enum(['save', 'remove']).default('save'), word: line, means: line })
  .superRefine((input, context) => {
    if (input.do === 'remove') return
    const given = z.object({ word: Word, means: Means }).safeParse(input)
    for (const { path, message } of given.error?.issues ?? []) context.addIssue({ code: 'custom', path, message })
  })

export const wordLimits: Limit[] = [{ name: 'local word', by: 'person', points: 120, seconds: 3_600 }]

/** What a word means in an AMA. */
export type Local = { word: string; means: string }

/** Ways in which a query is said; more are left out. */
const WAYS = 8

/**
 * A query in all the ways in which it can be said where these words are one with what they mean: "tpm pay" is also "PM-T
 * pay". The query as it was typed comes first.
 */
export function waysToSay(query: string, words: readonly Local[]): string[] {
  const ways = [query]
  for (const { word, means } of words) {
    for (const way of [...ways]) {
      for (const [one, other] of [
        [word, means],
        [means, word],
      ] as const) {
        const said = way.replace(wholeWord(one), () => other)
        if (said !== way && !ways.includes(said) && ways.length < WAYS) ways.push(said)
      }
    }
  }
  return ways
}

function wholeWord(word: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}])`, 'giu')
}
