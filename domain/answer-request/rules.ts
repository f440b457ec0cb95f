import type { Limit } from '#lib/limit.ts'

/** What the small page and every answer of a button tell of one person's request. */
export type RequestState = {
  /** Waits for the next answer. */
  requested: boolean
  /** People who want an answer, ever. */
  requests: number
}

/** Set and taken back: more than anybody does by hand in a minute or a day. */
export const requestLimits: Limit[] = [
  { name: 'request', by: 'person', points: 40, seconds: 60 },
  { name: 'request-day', by: 'person', points: 500, seconds: 86_400 },
]

/** The label of the button; it stays while the button is pressed. */
export function requestLabel({ answerCount }: { answerCount: number }): 'Request answer' | 'Request another answer' {
  return answerCount ? 'Request another answer' : 'Request answer'
}
