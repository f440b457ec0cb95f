import type { Limit } from '#lib/limit.ts'

/** Milliseconds for which somebody is said to be answering without having written or come again. */
export const HELD_FOR = 120_000

export const leaseLimits: Limit[] = [{ name: 'answering', by: 'person', points: 600, seconds: 3_600 }]

/** "Ana is answering this"; null where nobody is. */
export function whoAnswers(names: readonly string[]): string | null {
  const last = names.at(-1)
  if (last === undefined) return null
  return names.length === 1 ? `${last} is answering this` : `${names.slice(0, -1).join(', ')} and ${last} are answering this`
}
