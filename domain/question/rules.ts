import { z } from 'zod'
import type { Limit } from '#lib/limit.ts'
import { slugOf, wishes } from '#lib/slug.ts'
import { inOneLine, typedText } from '#lib/typed-text.ts'

/** One line of 10 to 300 characters. */
export const QuestionTitle = z
  .string()
  .transform(inOneLine)
  .pipe(z.string().max(300))
  // An emoji is one character to its reader and to PostgreSQL, two or more to JavaScript.
  .refine((text) => [...text].length >= 10, 'must have 10 characters or more')

/** Markdown, at most 5,000 characters. */
export const QuestionDetails = z.string().trim().min(1).max(5_000)

/** As a form sends it. */
const typed = z.string().transform(typedText)

/** A title as it comes from a form, where each wrong one gets a sentence. */
export const AskedTitle = typed.transform((text, context) => {
  const title = inOneLine(text)
  if ([...title].length < 10) context.addIssue('At least 10 characters: say what you want to know.')
  if (title.length > 300) context.addIssue('At most 300 characters. The rest can go into the details.')
  return title
})

/** Details as they come from a form; null where there are none. */
export const AskedDetails = typed
  .default('')
  .transform((text) => text.trim() || null)
  .refine((text) => text === null || text.length <= 5_000, 'At most 5,000 characters.')

/** "title": chosen from the title; "none"; or a topic's id. */
export const TopicChoice = z.union([z.enum(['title', 'none']), z.uuid()], 'Choose one of the list.')

/** "3,17": places by order of asking, so many at most; null where it is no such list. */
export const Numbers = z
  .string()
  .regex(/^\d{1,9}(,\d{1,9}){0,19}$/)
  .transform((text) => text.split(',').map(Number))
  .nullable()
  .catch(null)

/** The number of one question, as an address has it; undefined where it is none. */
export const At = z.coerce.number().int().min(1).max(999_999_999).optional().catch(undefined)

const which = { id: z.uuid() }

export const EditQuestion = z.object({ ...which, title: AskedTitle, details: AskedDetails })
export const ShowName = z.object({ ...which, showName: z.literal('on').optional() })
export const WithdrawQuestion = z.object(which)
/** Markdown, at most 2,000 characters. */
export const ClarifyQuestion = z.object({
  ...which,
  text: typed
    .transform((text) => text.trim())
    .pipe(z.string().min(1, 'Type what you want to add.').max(2_000, 'At most 2,000 characters.')),
})
export const LetThrough = z.object(which)
export const ReturnQuestion = z.object({
  ...which,
  reason: typed
    .transform((text) => text.replace(/\s+/g, ' ').trim())
    .pipe(z.string().min(1, 'Say what the asker should change.').max(500, 'At most 500 characters.')),
})

/** Questions gathered elsewhere, one a line. */
export const SendIn = z.object({
  ama: z.uuid(),
  titles: typed.transform((text, context) => {
    const lines = text
      .split('\n')
      .map((line) => line.replace(/\s+/g, ' ').trim())
      .filter(Boolean)
    if (!lines.length) context.addIssue('Type at least one question.')
    if (lines.length > SENT_IN_MAX) context.addIssue(`At most ${SENT_IN_MAX} at a time.`)
    const wrong = lines.find((line) => [...line].length < 10 || line.length > 300)
    if (wrong) context.addIssue(`A question has 10 to 300 characters. This one has not: “${wrong.slice(0, 60)}”.`)
    return [...new Set(lines)]
  }),
})
export const EditAmaQuestion = z.object({ ...which, title: AskedTitle, details: AskedDetails })

const SENT_IN_MAX = 50

export const ownQuestionLimits: Limit[] = [{ name: 'own question', by: 'person', points: 60, seconds: 3_600 }]

/** Markdown, at most 2,000 characters: what the asker adds later. */
export const ClarificationBody = z.string().trim().min(1).max(2_000)
/** Clarifications that one question may have. */
export const CLARIFICATIONS = 5

/** Where a question stands, for its asker. `requestCount` has the asker in it. */
type Standing = { answerCount: number; requestCount: number; heldAt: Date | null; hiddenAt: Date | null }

/** Until somebody else has requested or answered it. Not while a moderator hides it. */
export function canEdit(question: Standing): boolean {
  return isTheAskers(question) && question.answerCount === 0 && question.requestCount <= 1
}

/** Once it is others' too, something can be added, and nothing changed. */
export function canClarify(question: Standing): boolean {
  return question.hiddenAt === null && !canEdit(question)
}

export function canWithdraw(question: Standing): boolean {
  return isTheAskers(question) && question.answerCount === 0
}

function isTheAskers({ heldAt, hiddenAt }: Standing): boolean {
  return hiddenAt === null || heldAt !== null
}

/** Days after which a question to one mentor, who has said nothing about it, is all its community's. */
export const SILENT_DAYS = 14

/** Whoever was asked before this has been silent for too long. */
export function silentSince(now: Date): Date {
  return new Date(now.getTime() - SILENT_DAYS * 24 * 60 * 60 * 1_000)
}

/** What a search result says under a question's title: how its first answer begins, or that it waits for one. */
export function questionDescription(question: { leadExcerpt: string | null; community: { name: string } }): string {
  return question.leadExcerpt ?? `Asked in ${question.community.name}. Not answered yet.`
}

/** Slugs for a question of this title, the best first. */
export function questionSlugs(title: string): string[] {
  return wishes(slugOf(title) ?? 'question')
}

/** Places of the first page of an AMA that people still ask in; every fourth goes to a question that few have seen. */
export const FIRST_PLACES = 20
const EVERY = 4

/** So many questions take part in the draw for those places. */
export const FEW_SEEN = 40

type Wanted = { id: string; requestCount: number; number: number }

/**
 * The first page of an AMA that people still ask in, the same for everybody. `most` are its most requested questions, at least
 * one more than there are places; `few` those that few have seen: without an answer, the fewest requests first and of equals
 * the newest.
 *
 * A page of n questions has k = n / 4, rounded down, places for the new ones: the 4th, 8th, … The n - k most requested keep
 * theirs. Of the others among `few`, each hour draws k anew (lots that depend on the hour and the question alone), so whoever
 * has few requests comes up again and again, whenever it was asked. Where there are fewer than k, the rest goes by requests.
 */
export function firstPlaces<Q extends Wanted>(most: readonly Q[], few: readonly Q[], now: Date): { question: Q; fresh: boolean }[] {
  const places = Math.min(most.length, FIRST_PLACES)
  const forNew = Math.floor(places / EVERY)
  const kept = new Set(most.slice(0, places - forNew).map(({ id }) => id))
  const drawn = few
    .filter(({ id }) => !kept.has(id))
    .map((question) => ({ question, lot: lotOf(question.id, now) }))
    .sort((a, b) => a.lot - b.lot || a.question.number - b.question.number)
    .slice(0, forNew)
    .map(({ question }) => question)
  const isDrawn = new Set(drawn.map(({ id }) => id))
  const wanted = most.filter(({ id }) => !isDrawn.has(id)).slice(0, places - drawn.length)
  return [
    ...drawn.flatMap((question, i) => [
      ...wanted.slice(i * (EVERY - 1), (i + 1) * (EVERY - 1)).map((other) => ({ question: other, fresh: false })),
      { question, fresh: true },
    ]),
    ...wanted.slice(drawn.length * (EVERY - 1)).map((question) => ({ question, fresh: false })),
  ]
}

/** What a question draws in this hour: FNV-1a, since a lot needs to be even and nothing else. */
function lotOf(id: string, now: Date): number {
  let lot = 0x811c9dc5
  for (const character of `${Math.floor(now.getTime() / 3_600_000)} ${id}`) {
    lot = Math.imul(lot ^ character.charCodeAt(0), 0x01000193) >>> 0
  }
  return lot
}

/** A request counts as so many views, and twice as much of both as being so many days newer. */
const REQUEST_WEIGHS = 10
const DOUBLING_DAYS = 2

/**
 * How hot a question is: it rises by one where readers and requests double, and by one for each two days by which it was
 * asked or answered later. So the order of two questions changes only when their counts do, however much time goes by.
 * `question_heat` of the database says the same, and stands in the indexes that lists go by.
 */
export function heat(question: { requestCount: number; viewCount: number; shownSince: Date; lastAnsweredAt: Date | null }): number {
  const at = Math.max(question.shownSince.getTime(), question.lastAnsweredAt?.getTime() ?? 0)
  return Math.log2(1 + REQUEST_WEIGHS * question.requestCount + question.viewCount) + at / (DOUBLING_DAYS * 24 * 60 * 60 * 1_000)
}

/** The lists of questions: what each is called, what it goes by, and what it says while there is nothing in it. */
export const QUESTION_ORDERS = {
  read: {
    name: 'Read most',
    says: 'Those with most views first.',
    empty: 'Nobody asked here yet. The first question stands here, and its answer for years.',
  },
  hot: {
    name: 'Hot',
    says: `Asked or answered of late, and much read and requested: a request counts as ${REQUEST_WEIGHS} views, and twice as much of both as being ${DOUBLING_DAYS} days newer.`,
    empty: 'Nobody asked here yet. What is asked, read and requested of late stands here.',
  },
  newest: {
    name: 'Newest',
    says: 'What was asked last comes first.',
    empty: 'Nobody asked here yet. The first question stands here at once.',
  },
  requested: {
    name: 'Most requested',
    says: 'What more than one person requested, answered or not, most requests first; of equals the oldest.',
    empty: 'Nothing was requested by more than one person yet. “Request answer” says that you want to know it too.',
  },
  unanswered: {
    name: 'Unanswered',
    says: 'Without an answer, most requests first; of equals the oldest. Those that an AMA left open when it closed come last.',
    empty: 'Nothing waits: no question here is without an answer.',
  },
} as const

export type QuestionOrder = keyof typeof QUESTION_ORDERS

/** The order that an address asks for; what it does not know is the first one. */
export function questionOrder(given: string | string[] | undefined): QuestionOrder {
  return typeof given === 'string' && Object.hasOwn(QUESTION_ORDERS, given) ? (given as QuestionOrder) : 'read'
}

/** As an address says it: the first one needs no word. */
export function orderInAddress(order: QuestionOrder): string | undefined {
  return order === 'read' ? undefined : order
}

/** The name of a list's page: no two orders are called the same. */
export function listTitle(place: string, order: QuestionOrder): string {
  return order === 'read' ? `${place} questions` : `${place} questions: ${QUESTION_ORDERS[order].name.toLowerCase()}`
}

/** Under which a question is kept whose sender's key another question has: it begins with that key. */
export function keyBeside(key: string, hash: string): string {
  return `${key} ${hash}`
}

/** The key that a browser sent a question with. */
export function sentKey(askKey: string): string {
  return askKey.split(' ')[0] ?? ''
}
