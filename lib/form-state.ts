/**
 * What a form shows after it was sent: a sentence (`done` says that it is good news), one for each field that is meant, and
 * what was typed, without its secrets. Null before.
 */
export type FormState = {
  message?: string
  done?: boolean
  fields?: Record<string, string>
  values?: Record<string, string>
} | null

/** The field that no person sees: a form in which it is filled in comes from a program. */
export const HONEYPOT = 'home-page'
