import { z } from 'zod'
import { TypedLength, TypedZone } from '#domain/ama/rules.ts'
import { Name } from '#domain/community/rules.ts'
import { WANTED_PLACE } from '#domain/draft/rules.ts'
import { count } from '#lib/count.ts'
import type { Limit } from '#lib/limit.ts'
import { typedText } from '#lib/typed-text.ts'
import type { Viewer } from '#lib/viewer.ts'

export const KINDS = ['topic', 'mentor'] as const

/** As a form sends it. */
const typed = z
  .string()
  .default('')
  .transform((text) => typedText(text).trim())

/** Whoever is wished for did not ask to have an address of theirs on a public page. */
const ADDRESS = /[^\s@]@[^\s@]+\.[^\s@]/
const NO_ADDRESS = 'Leave e-mail addresses out: everybody reads this.'

/** One line of 3 to 100 characters, which may become the name of a topic; of a member it is "@" and the handle. */
const WantedTitle = typed.transform((text, context) => {
  const title = text.replace(/\s+/g, ' ')
  if (title && title.length <= 100 && !Name.safeParse(title).success) context.addIssue('It has characters that cannot be seen.')
  if ([...title].length < 3) context.addIssue('At least 3 characters.')
  if (title.length > 100) context.addIssue('At most 100 characters. The rest can go into the reason.')
  if (ADDRESS.test(title)) context.addIssue(NO_ADDRESS)
  return title
})

const Why = typed
  .transform((text) => text || null)
  .refine((why) => why === null || why.length <= 2_000, 'At most 2,000 characters.')
  .refine((why) => why === null || !ADDRESS.test(why), NO_ADDRESS)

/** The word of what waits. */
const Word = z.string().max(100).optional()

const AskFor = z.object({
  community: z.uuid('Choose one of the list.'),
  kind: z.enum(KINDS, 'Choose one.'),
  title: WantedTitle,
  why: Why,
})
export type AskFor = z.output<typeof AskFor>

/** `seen`: whoever sends it has seen what is like it. */
export const AskForWanted = AskFor.extend({ draft: Word, seen: z.literal('on').optional().catch(undefined) })

/** What waits under a word, as `waitingPlace` and the rest of its row keep it; null where it is none of ours. */
export function readWaiting({ place, title, details }: { place: string; title: string; details: string }): AskFor | null {
  const [, community, kind] = place.split(':')
  return AskFor.safeParse({ community, kind, title, why: details }).data ?? null
}

export function waitingPlace({ community, kind }: Pick<AskFor, 'community' | 'kind'>): string {
  return `${WANTED_PLACE}${community}:${kind}`
}

/** One line of 10 to 300 characters; null where there is none. */
export const AttachQuestion = z.object({
  id: z.uuid(),
  question: typed
    .transform((text) => text.replace(/\s+/g, ' ') || null)
    .refine((text) => text === null || [...text].length >= 10, 'At least 10 characters: say what you want to know.')
    .refine((text) => text === null || text.length <= 300, 'At most 300 characters.'),
})
/** `question`: word for word as it stands there. `again` takes it in again. */
export const LeaveOutQuestion = z.object({ id: z.uuid(), question: z.string().min(1).max(300), again: z.literal('on').optional() })
export const WithdrawWanted = z.object({ id: z.uuid() })

/** Why somebody stays in whose question is kept on the join. */
export const QUESTION_FIRST = 'You brought a question along: take it back first, on the page where you added it.'

/** The kind of the press that carries out what waited for a sign-in. */
export const NEW_WANTED = 'wanted-new'

/** So many people want something before its hosts are told, from and to; new communities have five. */
const THRESHOLD = { min: 2, max: 1_000 }

export const SetThreshold = z.object({
  id: z.uuid(),
  threshold: z.coerce
    .number('Say how many people.')
    .int('Say how many people.')
    .min(THRESHOLD.min, `At least ${THRESHOLD.min}.`)
    .max(THRESHOLD.max, `At most ${THRESHOLD.max}.`),
})

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
  who: typed.transform((text) => text.toLowerCase()).pipe(z.string().min(1, 'Say whom.').max(254, 'At most 254 characters.')),
  text: typed.pipe(z.string().min(1, 'Say what you want to ask.').max(8_000, 'At most 8,000 characters.')),
})
/** `never`: not at any other time either. */
export const DeclineWanted = z.object({ id: z.uuid(), never: z.literal('on').optional() })
/** `word` is the end of the link; `again` takes it back. */
export const NeverInvite = z.object({ word: z.string().max(1_000), again: z.literal('on').optional() })

/** Times that the invited offers at most. */
export const NUMBERS = [1, 2, 3, 4, 5] as const

/** Of so many a community asks for, half can come: then a date is set, and never for one alone. */
export function enoughToCome(threshold: number): number {
  return Math.max(2, Math.ceil(threshold / 2))
}

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

export const askForLimits: Limit[] = [
  { name: 'wanted', by: 'person', points: 10, seconds: 24 * hour },
  { name: 'wanted', by: 'address', points: 40, seconds: hour },
]

/** What hosts and the invited do, the one who has a link signed out. */
export const inviteLimits: Limit[] = [
  { name: 'invite-wanted', by: 'person', points: 30, seconds: 24 * hour },
  { name: 'invite-wanted', by: 'address', points: 120, seconds: 24 * hour },
]

export const noInvitationsLimits: Limit[] = [{ name: 'no-invitations', by: 'address', points: 60, seconds: 900 }]

/** Set and taken back: more than anybody does by hand in a minute or a day. */
export const joinLimits: Limit[] = [
  { name: 'join-wanted', by: 'person', points: 40, seconds: 60 },
  { name: 'join-wanted-day', by: 'person', points: 300, seconds: 24 * hour },
]

/** What every answer of the button tells: whether the person is in, and how many are. */
export type JoinState = { joined: boolean; people: number }

/** Letters that titles have in common, of 1, from which on one is said to be like another. */
export const ALIKE = 0.3

/** "A mentor: Kiln master at a pottery", "A topic: Glazing without lead". */
export function wantedTitle({ kind, title }: { kind: string; title: string }): string {
  return `${kind === 'mentor' ? 'A mentor' : 'A topic'}: ${title}`
}

export type Withdrawable = {
  askedById: string | null
  joinCount: number
  hiddenAt: Date | null
  closedAt: Date | null
  mentorId: string | null
}

/** Whoever asked for it, while it is open, nobody else has joined and no member is invited, unless a moderator hid it. */
export function canWithdraw(viewer: Viewer, { askedById, joinCount, hiddenAt, closedAt, mentorId }: Withdrawable): boolean {
  return viewer !== null && viewer.memberId === askedById && joinCount <= 1 && !hiddenAt && !closedAt && !mentorId
}
