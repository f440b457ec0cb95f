import { z } from 'zod'
import { canHostAma } from '#domain/ama/rules.ts'
import type { Limit } from '#lib/limit.ts'
import type { Viewer } from '#lib/viewer.ts'

/**
 * What became of a question of an AMA, each one thing of these: it has an answer; an answer to
 * another question was placed on it; a mentor passed it to another one, who has it
 * still; it is open to the mentors of its community; or whoever closed the AMA said that it is not answered here.
 */
export const BECAME = ['answered', 'covered', 'passed', 'open', 'closed'] as const
export type Became = (typeof BECAME)[number]

/** How many questions of an AMA became what; together all that everybody can read. */
export type Sums = Record<Became, number>

/** How long after its end an AMA closes itself, in milliseconds. */
const OPEN_FOR = 7 * 24 * 60 * 60 * 1_000

export function closesAt(endsAt: Date): Date {
  return new Date(endsAt.getTime() + OPEN_FOR)
}

/** What ended then or earlier closes itself now. */
export function endedBefore(now: Date): Date {
  return new Date(now.getTime() - OPEN_FOR)
}

/** How long after its end an AMA closing itself is news, in milliseconds: an import may bring AMAs of many years. */
const NEWS_FOR = OPEN_FOR + 2 * 24 * 60 * 60 * 1_000

/** Whether people are told now that an AMA of this end has closed itself. */
export function isToldClosed(endsAt: Date, now: Date): boolean {
  return now.getTime() - endsAt.getTime() < NEWS_FOR
}

/** So many undecided questions are asked about; of further ones each stays open. */
export const ASKED_ABOUT = 200

/** Minutes that an AMA is on at least. */
const SHORTEST = 5

/** Of a form, each question that is not answered here is a field of this name with its id. */
export function notHereField(questionId: string): string {
  return `not-here-${questionId}`
}

/** `note`: Markdown. What else is in it says which questions are not answered here: `notHereIn`. */
export const CloseAma = z
  .object({
    id: z.uuid(),
    note: z
      .string()
      .default('')
      .transform((typed) => typed.toWellFormed().replace(/\r\n?/g, '\n').trim() || null)
      .refine((text) => text === null || text.length <= 5_000, 'At most 5,000 characters.'),
  })
  .catchall(z.unknown())

/** Ids of the questions that such a form ticks. */
export function notHereIn(form: Record<string, unknown>): string[] {
  const ids = Object.keys(form).flatMap((name) => /^not-here-(.+)$/.exec(name)?.[1] ?? [])
  return ids.filter((id) => z.uuid().safeParse(id).success).slice(0, ASKED_ABOUT)
}

export const closeLimits: Limit[] = [{ name: 'close', by: 'person', points: 60, seconds: 3_600 }]

/** Who runs it, and who holds it. `hosts` and `mentors` are ids of members. */
export function canClose(viewer: Viewer, ama: { communityId: string; hosts: string[]; mentors: string[] }): viewer is NonNullable<Viewer> {
  if (viewer === null || viewer.suspendedUntil !== null) return false
  const hosts: boolean = canHostAma(viewer, ama)
  return hosts || ama.mentors.includes(viewer.memberId)
}

type Closable = { startsAt: Date; publishedAt: Date | null; cancelledAt: Date | null; closedAt: Date | null }

/** Why an AMA cannot be closed now, in words; null where it can. */
export function whyNotClosed(ama: Closable, now: Date): string | null {
  if (ama.cancelledAt) return 'This AMA was cancelled.'
  if (ama.closedAt) return 'This AMA is closed.'
  if (ama.publishedAt === null || now < ama.startsAt) return 'This AMA has not begun.'
  return minutesOn(ama.startsAt, now) < SHORTEST ? `It has just begun. It can be closed ${SHORTEST} minutes after its start.` : null
}

/** When an AMA that is closed now has ended: as planned, or, where it is still on, at the last whole minute. */
export function endOfClosed({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }, now: Date): Date {
  return now < endsAt ? new Date(startsAt.getTime() + minutesOn(startsAt, now) * 60_000) : endsAt
}

function minutesOn(startsAt: Date, now: Date): number {
  return Math.floor((now.getTime() - startsAt.getTime()) / 60_000)
}

/** "Passed to Ana Lima", "Open to the mentors of Kilns". Nothing for what has an answer, which is there to be read. */
export function becameText(became: Became, names: { to: string | null; community: string }): string | null {
  if (became === 'passed') return `Passed to ${names.to ?? 'another mentor'}`
  if (became === 'open') return `Not answered yet: open to the mentors of ${names.community}`
  return became === 'closed' ? 'Not answered here' : null
}

/** "20 questions: 14 answered, 2 passed on, 3 open in the community, 1 not answered here". Null without a question. */
export function sumsText(sums: Sums): string | null {
  const all = BECAME.reduce((sum, became) => sum + sums[became], 0)
  if (all === 0) return null
  const questions = all === 1 ? '1 question' : `${all.toLocaleString('en-US')} questions`
  if (sums.answered === all) return all === 1 ? '1 question, answered' : `${questions}, all answered`
  const parts = BECAME.flatMap((became) => (sums[became] ? [`${sums[became].toLocaleString('en-US')} ${IN_SUMS[became]}`] : []))
  return `${questions}: ${parts.join(', ')}`
}

const IN_SUMS: Record<Became, string> = {
  answered: 'answered',
  covered: 'covered by another answer',
  passed: 'passed to another mentor',
  open: 'open in the community',
  closed: 'not answered here',
}
