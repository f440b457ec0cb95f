import { z } from 'zod'
import type { Limit } from '#lib/limit.ts'
import { UPLOAD_BYTES } from '#lib/paths.ts'

/** Pixels that a picture in an answer is wide or high at most: twice the width of the text, for fine screens. */
export const IMAGE_PIXELS = 1_600

/** Milliseconds: a picture that no text has is kept for so long, since the text may be on somebody's device alone. */
export const UNUSED_FOR = 24 * 60 * 60 * 1_000

/** A picture as a form sends it along. */
export const GivenImage = z.file('Choose a picture first.').max(UPLOAD_BYTES, 'At most 5 MB.')

/** What a picture shows, in one line, for whoever does not see it. */
export const ImageWords = z
  .string()
  .max(1_000)
  .transform((text) =>
    text
      .toWellFormed()
      .replace(/[\s\p{Cc}]+/gu, ' ')
      .trim(),
  )

export const imageLimits: Limit[] = [{ name: 'answer-image', by: 'person', points: 60, seconds: 3_600 }]

/** A picture as Markdown. */
export function imageMarkdown(src: string, words: string): string {
  return `![${words.replace(/[\\[\]]/g, '\\$&')}](${src})`
}
