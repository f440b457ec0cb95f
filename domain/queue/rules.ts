import { z } from 'zod'
import { PlaceAnswer } from '#domain/answer/rules.ts'
import type { Limit } from '#lib/limit.ts'
import type { Viewer } from '#lib/viewer.ts'

/** Why a question is in somebody's queue. Each is there for one reason, the first of these that holds. */
export const SOURCES = ['me', 'ama', 'open'] as const
export type Source = (typeof SOURCES)[number]

/** What a mentor can do with a question besides answering it. */
export const ACTS = ['skip', 'defer', 'decline', 'hand-over', 'ask-back'] as const
export type Act = (typeof ACTS)[number]

/** The plain orders beside that of helping most people. */
export const PLAIN_ORDERS = ['wanted', 'newest', 'oldest'] as const
export type PlainOrder = (typeof PLAIN_ORDERS)[number]

export const queueLimits: Limit[] = [{ name: 'queue', by: 'person', points: 300, seconds: 3_600 }]

/** Mentors answer, hosts see what waits in their AMAs. */
export function hasQueue(viewer: Viewer): viewer is NonNullable<Viewer> {
  return viewer !== null && viewer.suspendedUntil === null && (viewer.mentor || seesToAmas(viewer))
}

/** Hosts of communities, and co-hosts of single AMAs. */
export function seesToAmas({ hosts, coHosts }: Pick<NonNullable<Viewer>, 'hosts' | 'coHosts'>): boolean {
  return hosts.length > 0 || coHosts.length > 0
}

/** The minutes that somebody has. */
const Minutes = z.coerce.number().int().min(1).max(480)

/** Which part of the queue an address names; whatever it does not name well it does not name. */
export function whereIn(given: Record<string, unknown>) {
  return Where.parse(given)
}

const Where = z.object({
  from: z.enum(SOURCES).optional().catch(undefined),
  order: z.enum(PLAIN_ORDERS).optional().catch(undefined),
  minutes: Minutes.optional().catch(undefined),
  aside: z.enum(ACTS).optional().catch(undefined),
  /** What was just done, and with which question. */
  done: z
    .enum([...ACTS, 'restore', 'place'])
    .optional()
    .catch(undefined),
  of: z.string().optional().catch(undefined),
})

/** Which part of the queue the browser goes back to. */
const back = { from: z.enum(SOURCES).optional().catch(undefined), order: z.enum(PLAIN_ORDERS).optional().catch(undefined) }
const which = { id: z.uuid(), ...back }

const line = (missing: string) =>
  z
    .string()
    .transform((text) => text.toWellFormed().replace(/\s+/g, ' ').trim())
    .pipe(z.string().min(1, missing).max(500, 'At most 500 characters.'))

export const Skip = z.object(which)
export const Restore = z.object(which)
export const Decline = z.object({ ...which, reason: line('Say why: the asker reads it.') })
export const AskBack = z.object({ ...which, line: line('Say what you need to know.') })
export const HandOver = z.object({ ...which, to: z.uuid('Choose somebody of the list.') })
export const PlaceEarlier = z.object({ ...which, ...PlaceAnswer.shape })
/** `until`: a day, as a date field gives it; the question is back when it begins in the mentor's zone. */
export const Defer = z.object({ ...which, until: z.iso.date('Choose a day.') })

/** Milliseconds. */
const DAY = 24 * 60 * 60 * 1_000

/** Days for which a question can be put off. */
export const DEFER_DAYS = 60

export function canDefer(until: Date, now: Date): boolean {
  return until > now && until.getTime() - now.getTime() <= DEFER_DAYS * DAY
}

/** Saying no is for who was asked. What is open to a whole community needs nobody's no. */
export function canDecline({ source }: { source: Source }): boolean {
  return source !== 'open'
}

/** What nobody was told of can be put back. The rest was said: its asker reads it, or another mentor has the question. */
export function canPutBack({ act }: { act: string }): boolean {
  return act === 'skip' || act === 'defer'
}

/** A question that could be answered. `uncounted`: people of whom an import knows the number alone, who wait for no other here. */
export type Wanted = { id: string; askedAt: Date; uncounted: number; minutes: number }

/** People who wait for the same questions. */
export type Crowd = { people: number; waitFor: string[] }

/** A question, and how many people its answer helps whom no answer before it in the list has helped. */
export type Chosen = { id: string; helps: number }

/**
 * The order in which answers help most people soonest: first the question for which most wait, then always the one for which
 * most people wait who are helped by none before it; ties oldest first. With `budget` minutes those that help most people a
 * minute, as long as they fit. A greedy cover: what the first k help is at least 1 - 1/e (63 %) of what any k could, and no
 * algorithm of polynomial time is sure of more.
 *
 * Each crowd is counted off its questions once, when the first of them is chosen, so for n questions and c links from crowds to
 * questions it takes O(n² + c): nothing is counted twice, and the n² are comparisons of numbers.
 */
export function coverOrder(questions: Wanted[], crowds: Crowd[], budget = Number.POSITIVE_INFINITY): Chosen[] {
  const open = new Map(questions.map((question) => [question.id, { question, helps: question.uncounted, crowds: new Set<Crowd>() }]))
  for (const crowd of crowds) {
    for (const id of crowd.waitFor) {
      const wanted = open.get(id)
      if (!wanted) continue
      wanted.helps += crowd.people
      wanted.crowds.add(crowd)
    }
  }
  const minutesCount = budget < Number.POSITIVE_INFINITY
  const chosen: Chosen[] = []
  let left = budget
  while (open.size > 0) {
    const best = [...open.values()].reduce((a, b) => (isBetter(b, a, minutesCount) ? b : a))
    open.delete(best.question.id)
    if (best.question.minutes > left) continue
    left -= best.question.minutes
    chosen.push({ id: best.question.id, helps: best.helps })
    for (const crowd of best.crowds) {
      for (const other of crowd.waitFor.map((id) => open.get(id))) if (other?.crowds.delete(crowd)) other.helps -= crowd.people
    }
  }
  return chosen
}

/**
 * What fits into so many minutes and helps most people: the greedy choice by people a minute, or the one question that alone
 * helps more than all of it. Those that would help nobody further are left out.
 */
export function offer(minutes: number, questions: Wanted[], crowds: Crowd[]): Chosen[] {
  const many = coverOrder(questions, crowds, minutes).filter(({ helps }) => helps > 0)
  const [one] = coverOrder(
    questions.filter((question) => question.minutes <= minutes),
    crowds,
  )
  const sum = many.reduce((all, { helps }) => all + helps, 0)
  return one && one.helps > sum ? [one] : many
}

/** Minutes between two answers of one sitting, at most. */
const SITTING = 45
/** So many of a mentor's own to go by. */
const PACE_FROM = 5

/** Minutes that an answer takes a mentor: the median between two of one sitting, of the times when they were given, newest or oldest first; null with fewer than five. */
export function paceOf(answeredAt: Date[]): number | null {
  const times = answeredAt.map((at) => at.getTime()).toSorted((a, b) => a - b)
  const took = times
    .slice(1)
    .map((at, i) => (at - (times[i] ?? at)) / 60_000)
    .filter((minutes) => minutes > 0 && minutes <= SITTING)
    .toSorted((a, b) => a - b)
  if (took.length < PACE_FROM) return null
  const [below, above] = [took[Math.floor((took.length - 1) / 2)] ?? 1, took[Math.ceil((took.length - 1) / 2)] ?? 1]
  return Math.max(1, Math.round((below + above) / 2))
}

/** Minutes for a question of so many characters where nobody's pace is known: three, and one for each four hundred, at most twelve. */
export function minutesByLength(characters: number): number {
  return Math.min(12, 3 + Math.floor(characters / 400))
}

type Helping = { question: Wanted; helps: number }

/** Of equals the oldest, and ids tell apart what was asked at one moment. */
function isBetter(a: Helping, b: Helping, minutesCount: boolean): boolean {
  const [worth, other] = minutesCount ? [a.helps * b.question.minutes, b.helps * a.question.minutes] : [a.helps, b.helps]
  if (worth !== other) return worth > other
  const age = a.question.askedAt.getTime() - b.question.askedAt.getTime()
  return age < 0 || (age === 0 && a.question.id < b.question.id)
}
