import { z } from 'zod'

/** One line of 10 to 300 characters. */
export const QuestionTitle = z
  .string()
  .transform((text) => text.replace(/\s+/g, ' ').trim())
  .pipe(z.string().max(300))
  // An emoji is one character to its reader and to PostgreSQL, two or more to JavaScript.
  .refine((text) => [...text].length >= 10, 'must have 10 characters or more')

/** Markdown, at most 5,000 characters. */
export const QuestionDetails = z.string().trim().min(1).max(5_000)

/** What a search result says under a question's title: how its first answer begins, or that it waits for one. */
export function questionDescription(question: { leadExcerpt: string | null; community: { name: string } }): string {
  return question.leadExcerpt ?? `Asked in ${question.community.name}. Not answered yet.`
}
