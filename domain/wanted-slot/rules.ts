import { z } from 'zod'
import { TypedLength, TypedZone } from '#domain/ama/rules.ts'
import { Typed } from '#domain/wanted/rules.ts'
import { count } from '#lib/count.ts'
import type { Limit } from '#lib/limit.ts'

/** What the form of an invitation knows it by that somebody was invited meanwhile. */
export function invitedSince({ invitedAt }: { invitedAt: Date | null }): string {
  return invitedAt?.toISOString() ?? ''
}

/**
 * `topic`: a topic's id, or "new" for one that is called like what is wanted. `who`: an address or a handle. `invited`: since when
 * somebody is invited already, as the page said it.
 */
export const InviteForWanted = z.object({
  id: z.uuid(),
  invited: z.string().max(100).optional(),
  topic: z.union([z.literal('new'), z.uuid()], 'Choose one of the list.'),
  who: Typed.transform((text) => text.toLowerCase()).pipe(z.string().min(1, 'Say whom.').max(254, 'At most 254 characters.')),
  text: Typed.pipe(z.string().min(1, 'Say what you want to ask.').max(8_000, 'At most 8,000 characters.')),
})
export const EndWanted = z.object({ id: z.uuid(), sure: z.literal('on', 'Tick this if you mean it.') })
/** `never`: not at any other time either. */
export const DeclineWanted = z.object({ id: z.uuid(), never: z.literal('on').optional() })
/** `word` is the end of the link; `again` takes it back. */
export const NeverInvite = z.object({ word: z.string().max(1_000), again: z.literal('on').optional() })

/** `question`: word for word as it stands there. `again` takes it in again. */
export const LeaveOutQuestion = z.object({ id: z.uuid(), question: z.string().min(1).max(300), again: z.literal('on').optional() })

/** Times that the invited offers at most. */
export const NUMBERS = [1, 2, 3, 4, 5] as const

/** A day and a time of a form, or neither. */
const day = z.union([z.literal(''), z.iso.date()], 'Choose a day.').default('')
const time = z.union([z.literal(''), z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)], 'Say the time as on a clock: 10:00.').default('')

export const OfferSlots = z.object({
  id: z.uuid(),
  zone: TypedZone,
  minutes: TypedLength,
  date1: day.refine((date) => date !== '', 'Offer one time at least.'),
  date2: day,
  date3: day,
  date4: day,
  date5: day,
  time1: time,
  time2: time,
  time3: time,
  time4: time,
  time5: time,
})

/** The rows of that form that say a time, by the numbers of their fields. */
export function typedSlots(typed: z.output<typeof OfferSlots>): { number: number; date: string; time: string }[] {
  return NUMBERS.map((number) => ({ number, date: typed[`date${number}`], time: typed[`time${number}`] })).filter(({ date }) => date !== '')
}

const on = z.literal('on').optional()
/** `offered`: since when the times are offered that the numbers mean. */
export const PickSlots = z.object({
  id: z.uuid(),
  offered: z.iso.datetime().pipe(z.coerce.date()),
  slot1: on,
  slot2: on,
  slot3: on,
  slot4: on,
  slot5: on,
})

export function pickedNumbers(typed: z.output<typeof PickSlots>): number[] {
  return NUMBERS.filter((number) => typed[`slot${number}`] === 'on')
}

/** Questions that a ready invitation has in it; the page of the invitation has all. */
const IN_TEXT = 10

/** What hosts send, or write anew: who wants what, and what they would ask. */
export function invitationText(
  wanted: { kind: string; title: string; joinCount: number; community: { name: string } },
  questions: string[],
  host: string,
): string {
  const what =
    wanted.kind === 'mentor'
      ? `would like to ask you: “${wanted.title}” is what they wish for`
      : `would like to ask somebody about ${wanted.title}`
  const list = questions.slice(0, IN_TEXT).map((question) => `- ${question}`)
  const more = questions.length > IN_TEXT ? [`And ${questions.length - IN_TEXT} more.`] : []
  return [
    'Hello,',
    `${count(wanted.joinCount, 'person') ?? 'People'} of ${wanted.community.name} ${what}.`,
    ...(list.length ? [['They want to know:', ...list, ...more].join('\n')] : []),
    'If you like: say which times suit you. A date is set once enough of them can come to one of these, and an hour is all it takes.',
    host,
  ].join('\n\n')
}

const hour = 3_600

/** What hosts and the invited do, the one who has a link signed out. */
export const inviteLimits: Limit[] = [
  { name: 'invite-wanted', by: 'person', points: 30, seconds: 24 * hour },
  { name: 'invite-wanted', by: 'address', points: 120, seconds: 24 * hour },
]

/** What hosts, the invited and those who joined say of it by hand. */
export const answerLimits: Limit[] = [
  { name: 'answer-wanted', by: 'person', points: 40, seconds: 60 },
  { name: 'answer-wanted-day', by: 'person', points: 300, seconds: 24 * hour },
]

export const noInvitationsLimits: Limit[] = [{ name: 'no-invitations', by: 'address', points: 60, seconds: 900 }]
