/**
 * What an action says back to the form it was sent from; null before anything was sent. `fields` are sentences by field,
 * `values` what was typed, never a secret.
 */
export type FormState = {
  message?: string
  fields?: Record<string, string>
  values?: Record<string, string>
} | null
