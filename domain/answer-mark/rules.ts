import type { Limit } from '#lib/limit.ts'

/** What one can do with an answer: keep it for oneself, say to all that it helps, say thanks to who wrote it. */
export type MarkKind = 'save' | 'helpful' | 'thanks'

/** What a button's answer tells. `marks` only of what is counted for all to see. */
export type MarkState = { marked: boolean; marks?: number }

export const markLimits: Limit[] = [
  { name: 'mark', by: 'person', points: 40, seconds: 60 },
  { name: 'mark-day', by: 'person', points: 500, seconds: 86_400 },
]
