import { z } from 'zod'
import { amaPhase } from '#domain/ama/rules.ts'
import { typedText } from '#lib/typed-text.ts'
import type { Viewer } from '#lib/viewer.ts'

/** Characters that a draft may have: more than an answer, so that nothing is lost. */
export const LONGEST_DRAFT = 100_000

export const Typed = z.string().transform(typedText)

/** The number that a window of a browser gave itself; without a script there is none. */
const WindowKey = z.uuid().optional().catch(undefined)

/** What a draft goes on from, as forms and savings say it: its version, 0 for none, and how often the published answer was changed, null where there is none. */
export const goesOnFrom = {
  version: z.coerce.number().int().min(0).catch(0),
  edits: z
    .union([z.literal('').transform(() => null), z.coerce.number().int().min(0), z.null()])
    .default(null)
    .catch(null),
  window: WindowKey,
}

export const SaveAnswerDraft = z.object({ question: z.uuid(), body: Typed.pipe(z.string().max(LONGEST_DRAFT)), ...goesOnFrom })
/** Bytes of it as JSON at most. */
export const ANSWER_DRAFT_BYTES = 512 * 1024

/** Of a question, what decides who may answer it now. `mentor`: the person is a mentor there. */
type Open = {
  mentor: boolean
  askedToId: string | null
  ama: { startsAt: Date; endsAt: Date; cancelledAt: Date | null; mentor: boolean } | null
}

/** Who answers, as far as it decides. */
export type Mentor = Pick<NonNullable<Viewer>, 'memberId' | 'suspendedUntil'>

/** Whether an answer can be prepared: until the AMA begins. */
export function canPrepare({ ama }: Pick<Open, 'ama'>, now: Date): boolean {
  return ama !== null && ama.cancelledAt === null && amaPhase(ama, now) === 'upcoming'
}

/** The one it was put to; in an AMA, until it is over, who holds it; else every mentor of the community. */
export function canAnswer(viewer: Mentor | null, { mentor, askedToId, ama }: Open, now: Date): boolean {
  if (!viewer || viewer.suspendedUntil || !mentor) return false
  if (askedToId) return askedToId === viewer.memberId
  if (ama && !ama.cancelledAt && amaPhase(ama, now) !== 'past') return ama.mentor
  return true
}

/** A draft as two who wrote it at once left it. */
type Standing = { version: number; windowKey: string | null; body: string }

/** Whether what is sent goes on from what is kept: nobody else's words are written over. A window may not have heard of its own last saving. */
export function goesOn(kept: Standing, sent: { version: number; window?: string | undefined; body: string }): boolean {
  return kept.version === sent.version || (sent.window !== undefined && kept.windowKey === sent.window) || kept.body === sent.body
}

/** Two texts that were written at once, one below the other. */
export function joined(one: string, other: string): string {
  return `${one.trimEnd()}\n\n---\n\n${other.trimStart()}`
}
