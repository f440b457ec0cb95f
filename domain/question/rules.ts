import { z } from 'zod'

/** One line of 10 to 300 characters. */
export const QuestionTitle = z
  .string()
  .transform((text) => text.replace(/\s+/g, ' ').trim())
  .pipe(z.string().min(10).max(300))

/** Markdown, at most 5,000 characters. */
export const QuestionDetails = z.string().trim().min(1).max(5_000)
