/** How long before the start and after the end an AMA's page follows it. */
const BEFORE_MS = 60 * 60 * 1000
const AFTER_MS = 60 * 60 * 1000
/** Clocks differ: whoever comes somewhat too early or too late is still served. */
const LENIENCE_MS = 60 * 60 * 1000

type Times = { startsAt: Date; endsAt: Date; cancelledAt: Date | null }

/** When the page of an AMA follows what happens in it; null where nothing will. */
export function followedTimes({ startsAt, endsAt, cancelledAt }: Times): { from: Date; until: Date } | null {
  if (cancelledAt) return null
  return { from: new Date(startsAt.getTime() - BEFORE_MS), until: new Date(endsAt.getTime() + AFTER_MS) }
}

/** Whether a stream of what happens in it is given at this moment. */
export function mayFollow(ama: Times, now: Date): boolean {
  const times = followedTimes(ama)
  return times !== null && now.getTime() > times.from.getTime() - LENIENCE_MS && now.getTime() < times.until.getTime() + LENIENCE_MS
}

/** What a page is told of an event. `number` is the question's place by order of asking; `by` who answered, or is answering it: nobody any more without it. */
export type ToldEvent = {
  kind: 'asked' | 'hidden' | 'changed' | 'answering' | 'answered' | 'edited' | 'taken-back' | 'moved'
  question?: string
  number?: number
  by?: string
}
