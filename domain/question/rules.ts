import { z } from 'zod'
import { slugOf, wishes } from '#lib/slug.ts'

/** One line of 10 to 300 characters. */
export const QuestionTitle = z
  .string()
  .transform((text) => text.replace(/\s+/g, ' ').trim())
  .pipe(z.string().max(300))
  // An emoji is one character to its reader and to PostgreSQL, two or more to JavaScript.
  .refine((text) => [...text].length >= 10, 'must have 10 characters or more')

/** Markdown, at most 5,000 characters. */
export const QuestionDetails = z.string().trim().min(1).max(5_000)

/** What somebody typed into a form, in the one spelling that is kept: no halves of characters, no control characters. */
const typed = z.string().transform((text) =>
  text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[^\t\n\P{Cc}]/gu, ''),
)

/** A title as it comes from a form, where each wrong one gets a sentence. */
export const AskedTitle = typed.transform((text, context) => {
  const title = text.replace(/\s+/g, ' ').trim()
  if ([...title].length < 10) context.addIssue('At least 10 characters: say what you want to know.')
  if (title.length > 300) context.addIssue('At most 300 characters. The rest can go into the details.')
  return title
})

/** Details as they come from a form; null where there are none. */
export const AskedDetails = typed
  .default('')
  .transform((text) => text.trim() || null)
  .refine((text) => text === null || text.length <= 5_000, 'At most 5,000 characters.')

/** What a search result says under a question's title: how its first answer begins, or that it waits for one. */
export function questionDescription(question: { leadExcerpt: string | null; community: { name: string } }): string {
  return question.leadExcerpt ?? `Asked in ${question.community.name} on Perch. Not answered yet.`
}

/** Slugs for a question of this title, the best first. */
export function questionSlugs(title: string): string[] {
  return wishes(slugOf(title) ?? 'question')
}
