import { z } from 'zod'
import { PlaceKey } from '#domain/draft/rules.ts'
import type { Limit } from '#lib/limit.ts'

/** An answer that says what somebody was about to ask, and the draft that it makes needless. */
export const AnsweredBy = z.object({ answer: z.uuid(), place: PlaceKey.optional(), draft: z.string().max(100).optional() })
export const ANSWERED_BYTES = 1_024

export const deflectionLimits: Limit[] = [
  { name: 'answered', by: 'person', points: 30, seconds: 3_600 },
  { name: 'answered', by: 'address', points: 60, seconds: 3_600 },
]

/** "your answer saved 12 people a question"; null while it saved nobody. */
export function savedText(people: number, answers: number): string | null {
  if (!people) return null
  const whose = answers === 1 ? 'Your answer' : 'Your answers'
  return `${whose} saved ${people === 1 ? 'one person' : `${people.toLocaleString('en-US')} people`} a question.`
}
