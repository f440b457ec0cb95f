import { z } from 'zod'
import { goesOnFrom, LONGEST_DRAFT, Typed } from '#domain/answer-draft/rules.ts'
import { GivenImage, ImageWords } from '#domain/answer-image/rules.ts'
import { UNDONE_WITHIN } from '#domain/notice/rules.ts'
import type { Limit } from '#lib/limit.ts'

const LONGEST = 30_000

/** Markdown, at most 30,000 characters, something to see in it. */
export const AnswerBody = z.string().trim().min(1).max(LONGEST)

/**
 * The same as it comes from a form; what is too long for an answer can still be looked at. `do`: publish it, only show it, put
 * a picture at its end, or keep it as prepared, to be published with the AMA's others or at its start.
 */
const sent = {
  body: Typed.pipe(z.string().max(LONGEST_DRAFT)),
  ...goesOnFrom,
  do: z.enum(['preview', 'publish', 'prepare', 'start', 'image']),
  image: GivenImage.optional(),
  alt: ImageWords.optional(),
}

/** One line that tells others why. */
const Reason = z
  .string()
  .default('')
  .transform((text) =>
    text
      .toWellFormed()
      .replace(/[\s\p{Cc}]+/gu, ' ')
      .trim(),
  )

const SomeReason = Reason.pipe(z.string().min(1, 'Say why, in a few words.').max(200, 'At most 200 characters.'))

/** Who answers is never in it. */
export const PublishAnswer = z.object({ question: z.uuid(), ...sent }).superRefine(fitsIntoAnswer)
export const EditAnswer = z.object({ question: z.uuid(), reason: Reason, ...sent }).superRefine((input, context) => {
  fitsIntoAnswer(input, context)
  if (input.do === 'preview' || input.do === 'image') return
  const { error } = SomeReason.safeParse(input.reason)
  if (error) context.addIssue({ code: 'custom', path: ['reason'], message: error.issues[0]?.message ?? '' })
})
export const PublishPrepared = z.object({ ama: z.uuid() })
/** A sentence of the answer, in one line; none for ''. */
export const ChoosePoint = z.object({ id: z.uuid(), point: z.string().max(1_000).default('') })
/** An answer of the mentor's own, to stand on another question too, with a line that says why. */
export const PlaceAnswer = z.object({
  answer: z.uuid('Choose one of your answers.'),
  line: Reason.pipe(z.string().min(1, 'Say in a line why it fits here.').max(200, 'At most 200 characters.')),
})
export const TakePlacementBack = z.object({ question: z.uuid() })
export const TakeBackAnswer = z.object({ id: z.uuid() })
export const RemoveVersion = z.object({ id: z.uuid(), number: z.coerce.number().int().min(1), reason: SomeReason })

export const answerLimits: Limit[] = [{ name: 'answer', by: 'person', points: 120, seconds: 3_600 }]

/** Whether a draft can be published as it stands. */
export function isAnswer(body: string): boolean {
  return AnswerBody.safeParse(body).success
}

/** Whether nobody has been told of it yet. */
export function isUntold({ answeredAt }: { answeredAt: Date }, now: Date): boolean {
  return now.getTime() - answeredAt.getTime() < UNDONE_WITHIN
}

type Sent = { body: string; do: string; image?: File | undefined; alt?: string | undefined }

function fitsIntoAnswer({ body, do: wanted, image, alt }: Sent, context: z.RefinementCtx): void {
  const wrong = (name: string, message: string) => context.addIssue({ code: 'custom', path: [name], message })
  const { length } = body.trim()
  if (wanted === 'image') {
    if (!image) wrong('image', 'Choose a picture first.')
    if (!alt) wrong('alt', 'Say in a few words what it shows.')
    return
  }
  if (length === 0) wrong('body', 'There is nothing in it yet.')
  if (length > LONGEST && wanted !== 'preview') wrong('body', 'At most 30,000 characters.')
}
