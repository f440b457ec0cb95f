import { z } from 'zod'
import { amaPhase } from '#domain/ama/rules.ts'
import { type Direct, whyNotDirectly } from '#domain/member/rules.ts'
import { AskedDetails, AskedTitle, TopicChoice } from '#domain/question/rules.ts'
import type { Limit } from '#lib/limit.ts'
import { namedIn } from '#lib/named-in.ts'
import { paths } from '#lib/paths.ts'
import { amaDate } from '#lib/zone.ts'

/** Where a question is asked, by ids: an AMA, a community, a community from one of its topics, a mentor in a community. */
export type Place =
  | { kind: 'ama' | 'community' | 'topic'; id: string; communityId?: undefined }
  | { kind: 'mentor'; id: string; communityId: string }

/** The same as one word, which names the draft of that place: "ama:ID", "mentor:ID:ID of the community". */
export function placeKey({ kind, id, communityId }: Place): string {
  return [kind, id, communityId].filter(Boolean).join(':')
}

/** Begins the place of what is no question: something wanted that waits for a sign-in (domain/wanted). */
export const WANTED_PLACE = 'wanted:'

/** A place as forms and drafts name it. */
export const PlaceKey = z
  .string()
  .max(120)
  .transform((key, context): Place => {
    const [kind, id, communityId, ...more] = key.split(':')
    const ids = z.uuid().safeParse(id).success && !more.length
    if (ids && (kind === 'ama' || kind === 'community' || kind === 'topic') && !communityId) return { kind, id: id ?? '' }
    if (ids && kind === 'mentor' && communityId && z.uuid().safeParse(communityId).success) return { kind, id: id ?? '', communityId }
    context.addIssue('This is no place where anybody can ask.')
    return z.NEVER
  })

/** The word of a link or form of ours: 256 bits. */
const Token = z.string().max(100)

/** A question as it is sent. Who asks is never in it. */
export const AskQuestion = z.object({
  place: PlaceKey,
  title: AskedTitle,
  details: AskedDetails,
  topic: TopicChoice.default('title'),
  showName: z.literal('on').optional(),
  key: z.uuid().optional().catch(undefined),
  draft: Token.optional(),
  /** Whoever sends it has seen what is like it: below the field, or as a step of its own. */
  seen: z.literal('on').optional().catch(undefined),
})

/** A draft as it is while somebody types: longer than what can be asked, so that nothing is lost. `version` is the one it goes on from, 0 for none. */
export const SaveDraft = z.object({
  place: PlaceKey,
  version: z.int().min(0),
  title: z.string().max(1_000),
  details: z.string().max(20_000),
  topic: TopicChoice,
  showName: z.boolean(),
  key: z.uuid().optional(),
})
/** Bytes of it as JSON at most. */
export const DRAFT_BYTES = 128 * 1024

const minute = 60
const hour = 60 * minute

export const askLimits: Limit[] = [
  { name: 'ask-soon', by: 'person', points: 6, seconds: 10 * minute },
  { name: 'ask', by: 'person', points: 30, seconds: 24 * hour },
  { name: 'ask', by: 'address', points: 60, seconds: hour },
]

/** Milliseconds that what a visitor wrote waits for the sign-in, and that a member's draft is kept. */
export const WAITS_FOR = 24 * hour * 1_000
export const KEPT_FOR = 180 * 24 * hour * 1_000

/** Of a place, what decides whether somebody may ask there now. */
type Open = {
  ama: { startsAt: Date; endsAt: Date; timeZone: string; questionsOpenAt: Date | null; cancelledAt: Date | null } | null
  mentor: (Direct & { id: string }) | null
  community: { name: string }
}

/** Why nobody, or not this person, can ask there at this moment; null where they can. */
export function whyClosed({ ama, mentor, community }: Open, memberId: string | null, now: Date): string | null {
  if (ama?.cancelledAt) return `This AMA was cancelled. You can ask ${community.name} instead.`
  if (ama && amaPhase(ama, now) === 'past') return `This AMA is over. You can ask its mentors or ${community.name} instead.`
  if (ama?.questionsOpenAt && now < ama.questionsOpenAt) return `Questions open on ${amaDate(ama.questionsOpenAt, ama.timeZone)}.`
  if (mentor && mentor.id === memberId) return 'This would be a question to yourself.'
  return mentor && whyNotDirectly(mentor, now)
}

/** A topic as the suggestion knows it. */
type TopicNames = { id: string; name: string; synonyms: string[] }

/** The topic that a title is about, by its name or a synonym (lib/named-in.ts); null where it names none. */
export function suggestTopic(title: string, topics: TopicNames[]): string | null {
  return namedIn(
    title,
    topics.map(({ id, name, synonyms }) => ({ id, names: [name, ...synonyms] })),
  )
}

/** The word of a waiting question in the path that its asker goes on to after signing in; null in any other path. */
export function waitingToken(next: string | null | undefined): string | null {
  const [path, query] = next?.split('?') ?? []
  return path === paths.ask() ? new URLSearchParams(query).get('draft') : null
}

/**
 * "half of the questions here are answered within 5 days": whole days, at least one. Null where too little was answered to
 * say so, or where not half of them are.
 */
export function usualDays({ answerCount, medianSeconds }: { answerCount: number; medianSeconds: number | null }): number | null {
  if (answerCount < 20 || medianSeconds === null) return null
  return Math.max(1, Math.ceil(medianSeconds / (24 * hour)))
}
