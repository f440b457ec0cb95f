import { quoted, type Term } from '#domain/words/rules.ts'
import type { Limit } from '#lib/limit.ts'

/**
 * What finds a question beside its own words: titles that are alike letter by letter, words that mean the same, the names of
 * its topic, words that are nearly the typed ones, passages of answers.
 */
export const TECHNIQUES = ['letters', 'synonyms', 'topics', 'typos', 'passages'] as const
export type Technique = (typeof TECHNIQUES)[number]

/** As many as that are compared with a question that somebody types; out of how many that one query finds. */
export const COMPARED = { all: 100, each: 60, fit: 0.2 }
export const LOOKED_AT = 1_000
/** And of those compared, the ones whose titles are; it costs more than all else. */
export const READ_LETTER_BY_LETTER = 40
/** How much likeness letter by letter is of the whole. */
export const LETTERS = 0.3
/** By how much a word counts that means the same as the typed one, or nearly is it; and in the details, or in the topic's names. */
export const STANDS_FOR = 0.8
export const IN_DETAILS = 0.5
export const IN_TOPIC = 0.3
/** What a question has to come to, of 1, to be said to be like another; a passage has to have so much of its words. */
export const ALIKE = 0.18
export const ANSWERING = 0.65
/** Words of the typed ones that a question has to have, in one way or another: one alone says little. */
export const MET_AT_LEAST = 2
/** Answers with words that very many have are not looked through: they would answer everything. */
export const ANSWERS_AT_MOST = 3_000

/**
 * Words or phrases, each as the forms in which its words are kept, that stand for this word of a query: of every line of the
 * thesaurus that has the word, or a phrase that is in the query with all of its words, the others.
 */
export function standingFor(lexeme: string, query: ReadonlySet<string>, thesaurus: readonly string[][][]): string[][] {
  const found = thesaurus.flatMap((line) => {
    const said = line.find((phrase) => phrase.includes(lexeme) && phrase.every((word) => query.has(word)))
    return said ? line.filter((phrase) => phrase !== said) : []
  })
  return [...new Map(found.filter((phrase) => !phrase.includes(lexeme)).map((phrase) => [phrase.join(' '), phrase])).values()]
}

/** A phrase as PostgreSQL reads it in a tsquery: all of its words, with the weights in which they count. */
export function quotedPhrase(phrase: string[], weights = ''): string {
  const words = phrase.map((lexeme) => quoted(lexeme, weights))
  return words.length > 1 ? `(${words.join(' & ')})` : words.join()
}

/** Letters that a word needs to be taken for another, and from how many on two slips are one word's. */
const MISSPELT_FROM = 4
const TWO_SLIPS_FROM = 8

/** Words of these that a misspelt one may be, by keys beside the right one, left out, too many or in the wrong order. */
export function nearWords(word: string, known: Iterable<string>): string[] {
  if (word.length < MISSPELT_FROM) return []
  const slips = word.length >= TWO_SLIPS_FROM ? 2 : 1
  return [...known].filter(
    (other) =>
      other !== word &&
      other.length >= MISSPELT_FROM &&
      other[0] === word[0] &&
      Math.abs(other.length - word.length) <= slips &&
      slipsBetween(word, other) <= slips,
  )
}

/** Letters to add, leave out, change, or swap with the next one, to make one word of the other (optimal string alignment). */
function slipsBetween(a: string, b: string): number {
  let [before, last]: number[][] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const changed = at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(before, j - 2) + 1 : changed
      row.push(Math.min(at(last, j) + 1, at(row, j - 1) + 1, changed, swapped))
    }
    ;[before, last] = [last, row]
  }
  return at(last, b.length)
}

const at = (row: number[] | undefined, i: number) => row?.[i] ?? Number.POSITIVE_INFINITY

/** A word of a query and what stands for it. `share` is of all rows that have any of them. */
export type Meaning = Term & { standIns: string[][] }

/** Rows that what stands for a word may have, together with its own, to be looked for: the index reads through all of them. */
const LOOKED_FOR_AT_MOST = 20_000

/**
 * Terms with what stands for them, those that the fewest rows have in any form first. `shares` by lexeme: of a phrase counts
 * its rarest word. A term weighs as much as it does by itself. What very many rows have finds none by standing for a word
 * (`others`), it only counts where it stands (`standIns`).
 */
export function meanings(
  terms: Term[],
  standIns: ReadonlyMap<string, string[][]>,
  shares: ReadonlyMap<string, number>,
  rows: number,
): Meaning[] {
  return terms
    .map((term) => {
      const all = standIns.get(term.lexeme) ?? []
      const byShare = all
        .map((phrase) => ({ phrase, share: Math.min(...phrase.map((lexeme) => shares.get(lexeme) ?? 0)) }))
        .toSorted((a, b) => a.share - b.share)
      const others: string[] = []
      let { share } = term
      for (const more of byShare) {
        if ((share + more.share) * rows > LOOKED_FOR_AT_MOST) break
        share = Math.min(1, share + more.share)
        others.push(quotedPhrase(more.phrase))
      }
      return { ...term, share, others, standIns: all }
    })
    .toSorted((a, b) => a.share - b.share)
}

/**
 * Of one network, which may be an office: people who type ask now and then, a program that reads everything out asks often.
 */
export const similarLimits: Limit[] = [{ name: 'similar', by: 'address', points: 300, seconds: 60 }]
