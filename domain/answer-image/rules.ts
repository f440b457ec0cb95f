import { z } from 'zod'
import type { Limit } from '#lib/limit.ts'
import { paths, UPLOAD_BYTES } from '#lib/paths.ts'

/** Pixels that a picture in an answer is wide or high at most: twice the width of the text, for fine screens. */
export const IMAGE_PIXELS = 1_600

/** Milliseconds: a picture that no text has is kept for so long, since the text may be on somebody's device alone. */
export const UNUSED_FOR = 24 * 60 * 60 * 1_000

/** Pictures that one member may have here; those that no text has are gone a day later. */
export const IMAGES_KEPT = 500

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

/** Of both ways in which a picture comes: by itself, and in the form of an answer. */
export const imageLimits: Limit[] = [{ name: 'answer-image', by: 'person', points: 60, seconds: 3_600 }]

/** A picture as Markdown. */
export function imageMarkdown(src: string, words: string): string {
  return `![${words.replace(/[\\[\]]/g, '\\$&')}](${src})`
}

/** The picture that a file is named for, or null where no file of ours has such a name. */
export function readImageFile(file: string): { id: string; width: number; height: number } | null {
  const named = Named.safeParse(/^(.{36})-(\d{1,4})x(\d{1,4})\.webp$/.exec(file)?.slice(1)).data
  return named ? { id: named[0], width: named[1], height: named[2] } : null
}

const Named = z.tuple([z.uuid(), z.coerce.number(), z.coerce.number()])

/** The HTML of an answer that nobody else sees yet: with its pictures where whoever uploaded them sees them. */
export function withOwnImages(html: string): string {
  // In texts "<" is escaped, and attributes have none.
  return html.replace(/(?<=<img src=")[^"]+/g, paths.ownImage)
}
