import { z } from 'zod'
import { Name } from '#domain/community/rules.ts'
import { WANTED_PLACE } from '#domain/draft/rules.ts'
import type { Limit } from '#lib/limit.ts'
import { typedText } from '#lib/typed-text.ts'
import type { Viewer } from '#lib/viewer.ts'

export const KINDS = ['topic', 'mentor'] as const

/** As a form sends it. */
export const Typed = z
  .string()
  .default('')
  .transform((text) => typedText(text).trim())

/** Whoever is wished for did not ask to have an address of theirs on a public page. */
const ADDRESS = /[^\s@]@[^\s@]+\.[^\s@]/
const NO_ADDRESS = 'Leave e-mail addresses out: everybody reads this.'

/** One line of 3 to 100 characters, which may become the name of a topic; of a member it is "@" and the handle. */
const WantedTitle = Typed.transform((text, context) => {
  const title = text.replace(/\s+/g, ' ')
  if (title && title.length <= 100 && !Name.safeParse(title).success) context.addIssue('It has characters that cannot be seen.')
  if ([...title].length < 3) context.addIssue('At least 3 characters.')
  if (title.length > 100) context.addIssue('At most 100 characters. The rest can go into the reason.')
  if (ADDRESS.test(title)) context.addIssue(NO_ADDRESS)
  return title
})

const Why = Typed.transform((text) => text || null)
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
  question: Typed.transform((text) => text.replace(/\s+/g, ' ') || null)
    .refine((text) => text === null || [...text].length >= 10, 'At least 10 characters: say what you want to know.')
    .refine((text) => text === null || text.length <= 300, 'At most 300 characters.'),
})
/** So many of the questions that were brought along are handed to the invited and stand in the AMA: those of who joined first. */
export const QUESTIONS = 200

export const WithdrawWanted = z.object({ id: z.uuid() })

/** Why somebody stays in whose question is kept on the join. */
export const QUESTION_FIRST = 'You brought a question along: take it back first, on the page where you added it.'

/** To whoever would join, or say what suits. */
export const GONE = 'This is not here any more.'

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

/** Of so many a community asks for, half can come: then a date is set, and never for one alone. */
export function enoughToCome(threshold: number): number {
  return Math.max(2, Math.ceil(threshold / 2))
}

const hour = 3_600

export const askForLimits: Limit[] = [
  { name: 'wanted', by: 'person', points: 10, seconds: 24 * hour },
  { name: 'wanted', by: 'address', points: 40, seconds: hour },
]

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
