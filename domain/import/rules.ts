import { z } from 'zod'
import { AMA_MENTORS_MAX, AmaIntroduction, AmaLength, LocalTime } from '#domain/ama/rules.ts'
import { AnswerBody } from '#domain/answer/rules.ts'
import { Community, Name, Slug } from '#domain/community/rules.ts'
import { LOCAL_WORDS_MAX, Means, Word } from '#domain/local-word/rules.ts'
import { Bio, Disclosure, Handle, Link, MOST_LINKS, Role, Title } from '#domain/member/rules.ts'
import { CLARIFICATIONS, ClarificationBody, QuestionDetails, QuestionTitle } from '#domain/question/rules.ts'
import { Topic } from '#domain/topic/rules.ts'
import { instantOf } from '#lib/zone.ts'

export const FORMAT = 'perch/1'

/** An instant with its offset: "2022-05-31T10:00:00-07:00", "2022-05-31T17:00:00Z". Kept to the millisecond. */
const Instant = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .refine(isKept, 'must be in one of the years from 1 to 9999')
const TimeZone = z.string().min(1).max(100).refine(isTimeZone, 'is no time zone of the IANA database, such as "Europe/Paris"')
/** What a file counted. PostgreSQL's integers hold the sum of twenty of the largest. */
const Count = z.number().int().min(0).max(100_000_000)
/** What the file's author calls the thing; its identity when it is imported again. */
const Key = z.string().trim().min(1).max(200)

// Unknown keys are refused: a misspelt "anwers" would otherwise lose the answers without a word.
export const ImportedCommunity = Community.strict()

export const ImportedTopic = Topic.strict()

export const ImportedPerson = z.strictObject({
  handle: Handle,
  name: Name,
  /** The present role. Without both, the role in `roles` that has no end. */
  company: Name.optional(),
  title: Title.optional(),
  mentor: z.boolean().optional(),
  communities: z.array(Slug).max(100).optional(),
  /** Newest first, as people write them. */
  roles: z.array(Role.strict()).max(100).optional(),
  bio: Bio.optional(),
  /** What members say of themselves. Left out, it stays as they said it. */
  links: z.array(Link).max(MOST_LINKS).optional(),
  disclosure: Disclosure.optional(),
  timeZone: TimeZone.max(64).optional(),
})

/** The role held then. Without both it is looked up in the person's roles; null says that there was none. */
const roleThen = { company: Name.nullish(), title: Title.nullish() }

export const ImportedAnswer = z.strictObject({
  key: Key.optional(),
  by: Handle,
  answeredAt: Instant,
  body: AnswerBody,
  /** The sentence of it that says it in short; what is no sentence of it is left out. */
  point: z.string().trim().min(1).max(1_000).optional(),
  views: Count.optional(),
  ...roleThen,
})

const question = {
  key: Key.optional(),
  title: QuestionTitle,
  details: QuestionDetails.optional(),
  askedBy: Handle.optional(),
  showName: z.boolean().optional(),
  askedAt: Instant.optional(),
  /** The people who asked for an answer, the asker among them. */
  requests: Count.optional(),
  answers: z.array(ImportedAnswer).optional(),
  /** What the asker added later. */
  clarifications: z
    .array(z.strictObject({ addedAt: Instant, body: ClarificationBody }))
    .max(CLARIFICATIONS)
    .optional(),
}

/** `closedAt`: since then it is not answered here. */
export const ImportedAmaQuestion = z.strictObject({ ...question, closedAt: Instant.optional() })

export const ImportedQuestion = z.strictObject({ ...question, community: Slug, topic: Slug.optional(), askedTo: Handle.optional() })

/** A handle is enough where the person's roles say which one was held then. */
const AmaHolder = z.union([Handle, z.strictObject({ handle: Handle, ...roleThen })], {
  error: 'must be a handle (lower-case letters and digits joined by hyphens), or an object with one and the role held then',
})

export const ImportedAma = z
  .strictObject({
    slug: Slug,
    mentors: z.array(AmaHolder).min(1).max(AMA_MENTORS_MAX),
    topic: Slug,
    startsAt: LocalTime,
    timeZone: TimeZone,
    durationMinutes: AmaLength,
    introduction: AmaIntroduction.optional(),
    /** What words mean here. Said, they are all that there are; not said, those that are there stay. */
    words: z
      .array(z.strictObject({ word: Word, means: Means }))
      .max(LOCAL_WORDS_MAX)
      .refine((words) => new Set(words.map(({ word }) => word.toLowerCase())).size === words.length, 'says a word twice')
      .optional(),
    cancelledAt: Instant.optional(),
    closedAt: Instant.optional(),
    /** Of an AMA that is closed. */
    closingNote: AmaIntroduction.optional(),
    questions: z.array(ImportedAmaQuestion).optional(),
  })
  .transform(({ startsAt: startsAtLocal, durationMinutes, ...ama }, context) => {
    const startsAt = instantOrNull(startsAtLocal, ama.timeZone)
    const endsAt = new Date((startsAt?.getTime() ?? Number.NaN) + durationMinutes * 60_000)
    if (ama.closingNote && !ama.closedAt) context.addIssue({ code: 'custom', path: ['closingNote'], message: 'needs a closedAt' })
    if (startsAt && isKept(startsAt) && isKept(endsAt)) return { ...ama, startsAtLocal, startsAt, endsAt }
    context.addIssue({ code: 'custom', path: ['startsAt'], message: `clocks in ${ama.timeZone} never show ${startsAtLocal}` })
    return z.NEVER
  })

export const ImportedFile = z.strictObject({
  format: z.literal(FORMAT, `must be "${FORMAT}"`),
  communities: z.array(ImportedCommunity).optional(),
  topics: z.array(ImportedTopic).optional(),
  people: z.array(ImportedPerson).optional(),
  amas: z.array(ImportedAma).optional(),
  questions: z.array(ImportedQuestion).optional(),
})

/** A perch/1 document, as its author writes it. */
export type PerchDocument = z.input<typeof ImportedFile>

/**
 * The places of text that no database and no page can hold: NUL characters and halves of surrogate pairs.
 * `value` is parsed JSON; the place of the first bad text, or null.
 */
export function unusableText(value: unknown, place = ''): string | null {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed() ? place : null
  if (Array.isArray(value)) return firstOf(value, (item, index) => unusableText(item, `${place}[${index}]`))
  if (typeof value !== 'object' || value === null) return null
  return firstOf(Object.entries(value), ([key, item]) => unusableText(key, place) ?? unusableText(item, `${place}.${key}`))
}

/** The place of a zod issue as people write it: ".roles[2].from". */
export function placeOf(path: readonly PropertyKey[]): string {
  return path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('')
}

function firstOf<T>(items: T[], look: (item: T, index: number) => string | null): string | null {
  for (const [index, item] of items.entries()) {
    const found = look(item, index)
    if (found !== null) return found
  }
  return null
}

/** Other years have more digits in UTC than PostgreSQL reads, or none. */
function isKept(time: Date): boolean {
  const year = time.getUTCFullYear()
  return year >= 1 && year <= 9_999
}

function isTimeZone(name: string): boolean {
  return instantOrNull('2000-01-01T12:00:00', name) !== null
}

function instantOrNull(local: string, timeZone: string): Date | null {
  try {
    return instantOf(local, timeZone)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
