import { z } from 'zod'

/** Markdown, at most 30,000 characters, something to see in it. */
export const AnswerBody = z.string().trim().min(1).max(30_000)
