import { z } from 'zod'
import { Name, Slug } from '#domain/community/rules.ts'
import { safeNext } from '#lib/safe-next.ts'
import { typedText } from '#lib/typed-text.ts'

/** Characters that a topic's own text has at most. */
export const ABOUT_LENGTH = 2_000

export const Topic = z.object({
  slug: Slug,
  name: Name,
  community: Slug,
  synonyms: z.array(Name).max(50).default([]),
  /** Markdown. */
  about: z.string().trim().min(1).max(ABOUT_LENGTH).optional(),
})

/** Names as people type them, one a line; those that stand twice count once. */
const Names = z
  .string()
  .transform((typed) => [...new Set(typed.split('\n').map((line) => line.trim()))].filter(Boolean))
  .pipe(z.array(Name).max(50, 'At most 50 at once.'))

/** `community` is its id. */
export const AddTopics = z.object({
  community: z.uuid(),
  next: z.unknown().optional().transform(safeNext),
  topics: Names.refine((names) => names.length > 0, 'Type at least one.'),
})
/** Markdown; null where nothing is said. */
const About = z
  .string()
  .default('')
  .transform((typed) => typedText(typed).trim() || null)
  .refine((about) => about === null || about.length <= ABOUT_LENGTH, 'At most 2,000 characters.')

export const EditTopic = z.object({ id: z.uuid(), name: Name, slug: Slug, synonyms: Names, about: About })
