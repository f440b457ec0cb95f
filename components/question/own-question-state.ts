import { count } from '#lib/count.ts'

type Stages = { heldAt: Date | null; returnedAt: Date | null; hiddenAt: Date | null; requestCount: number; answerCount: number }

/** Where an own question stands, in a few words. */
export function ownQuestionState({ heldAt, returnedAt, hiddenAt, requestCount, answerCount }: Stages): string {
  if (returnedAt) return 'Given back to you'
  if (heldAt) return 'Waits for a host’s check'
  if (hiddenAt) return 'Hidden by a moderator'
  const facts = [count(answerCount, 'Answer') ?? 'Not answered yet', count(requestCount, 'request')]
  return facts.filter(Boolean).join(' · ')
}
