import { z } from 'zod'
import { CHECKING, canHost } from '#domain/community/rules.ts'
import { byline, type RoleThen } from '#domain/member/rules.ts'
import type { Limit } from '#lib/limit.ts'
import { ensure } from '#lib/refusal.ts'
import { slugOf } from '#lib/slug.ts'
import type { Viewer } from '#lib/viewer.ts'
import { instantsOf } from '#lib/zone.ts'

export const AMA_MENTORS_MAX = 5
const AMA_HOSTS_MAX = 5

/** Minutes. */
export const AmaLength = z
  .number()
  .int()
  .min(5)
  .max(24 * 60)
/** Local wall-clock time without a zone: "2022-05-31T10:00:00". */
export const LocalTime = z.iso
  .datetime({ local: true, precision: 0 })
  .refine((text) => !text.endsWith('Z'), 'must be a local time without a zone')
/** Markdown, at most 5,000 characters. */
export const AmaIntroduction = z.string().trim().min(1).max(5_000)

/** When people can begin to ask, by how many minutes before the start. */
export const OPENINGS = {
  'at once': null,
  '2 weeks': 14 * 24 * 60,
  '1 week': 7 * 24 * 60,
  '3 days': 3 * 24 * 60,
  '1 day': 24 * 60,
  'the start': 0,
} as const

export type Opening = keyof typeof OPENINGS

/** How far ahead an AMA can be set, in milliseconds. */
const FARTHEST = 2 * 366 * 24 * 60 * 60 * 1000

/** What somebody typed to name a person, in one spelling: a handle or a name. */
const somebody = z
  .string()
  .max(120, 'At most 120 characters.')
  .default('')
  .transform((typed) => typed.replace(/\s+/g, ' ').trim().replace(/^@/, ''))

export const TypedZone = z.string().refine(isZone, 'Choose one of the list.')
/** Minutes. */
export const TypedLength = z.coerce
  .number('Say how many minutes.')
  .int('Say how many minutes.')
  .min(5, 'At least 5 minutes.')
  .max(24 * 60, 'At most a day.')

const given = {
  topic: z.uuid('Choose one of the list.'),
  mentor1: somebody.refine((typed) => typed !== '', 'Name at least one mentor.'),
  mentor2: somebody,
  mentor3: somebody,
  mentor4: somebody,
  mentor5: somebody,
  /** Handles, one a line. */
  hosts: z
    .string()
    .max(1_000)
    .default('')
    .transform((typed) => [
      ...new Set(
        typed
          .toLowerCase()
          .split(/[\s,]+/)
          .flatMap((word) => word.replace(/^@/, '') || []),
      ),
    ])
    .refine((handles) => handles.length <= AMA_HOSTS_MAX, 'At most five.'),
  date: z.iso.date('Choose a day.'),
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Say the time as on a clock: 10:00.'),
  zone: TypedZone,
  minutes: TypedLength,
  introduction: z
    .string()
    .default('')
    .transform((typed) => typed.toWellFormed().replace(/\r\n?/g, '\n').trim() || null)
    .refine((text) => text === null || text.length <= 5_000, 'At most 5,000 characters.'),
  opens: z.enum(Object.keys(OPENINGS) as [Opening, ...Opening[]], 'Choose one of the list.'),
  /** Empty: as in its community. */
  checking: z.enum(['', ...CHECKING], 'Choose one of the list.'),
  /** The host knows of another AMA at the same time. */
  both: z.literal('on').optional(),
}

export const DraftAma = z.object({ community: z.uuid(), ...given })
export const EditAma = z.object({ id: z.uuid(), ...given })
export const PublishAma = z.object({ id: z.uuid() })
export const CancelAma = z.object({ id: z.uuid(), sure: z.literal('on', 'Tick this if you mean it.') })
export const AcceptAma = z.object({ id: z.uuid() })
export const DeclineAma = z.object({
  id: z.uuid(),
  words: z
    .string()
    .default('')
    .transform((typed) => typed.toWellFormed().replace(/\s+/g, ' ').trim() || null)
    .refine((words) => words === null || words.length <= 500, 'At most 500 characters.'),
})

export const hostLimits: Limit[] = [{ name: 'host', by: 'person', points: 120, seconds: 3_600 }]

/** Hosts of its community, and whoever runs this one with them. `hosts` are ids of members. */
export function canHostAma(viewer: Viewer, ama: { communityId: string; hosts: string[] }): viewer is NonNullable<Viewer> {
  if (viewer === null || viewer.suspendedUntil !== null) return false
  const hosts: boolean = canHost(viewer, ama.communityId)
  return hosts || ama.hosts.includes(viewer.memberId)
}

/**
 * The instant of the start that a host typed. Throws a Refusal that says at which field, for a time that no clock there
 * shows, one that it shows twice, one that is past, and one that is years away.
 */
export function startOf({ date, time, zone }: { date: string; time: string; zone: string }, now: Date): Date {
  const [start, second] = instantsOf(`${date}T${time}`, zone)
  const there = zone.replaceAll('_', ' ')
  const said = { field: 'time', why: '' }
  if (!start) said.why = `Clocks are put forward then in ${there}: none shows ${time} on that day. Choose another time.`
  else if (second) said.why = `Clocks are put back then in ${there}, and show ${time} twice. Choose another time.`
  else if (start <= now) Object.assign(said, { field: 'date', why: 'That is past. Choose a time to come.' })
  else if (start.getTime() > now.getTime() + FARTHEST) Object.assign(said, { field: 'date', why: 'At most two years ahead.' })
  ensure(start !== undefined && said.why === '', 'invalid', 'Please look again at what is marked.', { fields: { [said.field]: said.why } })
  return start
}

/** Of an AMA as it is, what a form has chosen: "3 days". */
export function openingOf({ startsAt, questionsOpenAt }: { startsAt: Date; questionsOpenAt: Date | null }): Opening {
  const minutes = questionsOpenAt && (startsAt.getTime() - questionsOpenAt.getTime()) / 60_000
  return (Object.keys(OPENINGS) as Opening[]).find((opening) => OPENINGS[opening] === minutes) ?? 'at once'
}

/** The wish for its address: "mara-lindqvist-on-pricing", "mara-lindqvist-and-ben-adeyemi-on-pricing". */
export function amaSlug(mentors: { name: string }[], topic: string): string {
  const names = mentors.slice(0, 2).map(({ name }) => name)
  return slugOf(`${names.join(' and ')} on ${topic}`) ?? 'ama'
}

/** What a host can send round: who, on what, when and where. */
export function announcement(ama: { mentors: AmaMentorThen[]; topic: { name: string } }, when: string, link: string): string {
  return `${amaTitle(ama.mentors, ama.topic.name)}\n${when}\nAsk your questions before, and read the answers at ${link}`
}

export type AmaPhase = 'upcoming' | 'live' | 'past'

/** From the clock alone. The start belongs to Live, the end to Past. */
export function amaPhase(ama: { startsAt: Date; endsAt: Date }, now: Date): AmaPhase {
  if (now < ama.startsAt) return 'upcoming'
  return now < ama.endsAt ? 'live' : 'past'
}

/** Whether it has been held: a draft whose time goes by can still be moved or cancelled. */
export function isOver({ publishedAt, endsAt }: { publishedAt: Date | null; endsAt: Date }, now: Date): boolean {
  return publishedAt !== null && now >= endsAt
}

export type AmaMentorThen = RoleThen & { name: string }
/** A title in pieces, so that a page can set them differently; joined they are the title to the letter. */
export type TitlePart = { text: string; kind: 'quiet' | 'who' | 'topic' }

/**
 * "AMA: {company} {title}, {name} on {topic}"; several mentors: "AMA: {name} ({company}), {name} ({company}) and 2 more on
 * {topic}"; two are joined by "and".
 */
export function amaTitleParts(mentors: AmaMentorThen[], topic: string): TitlePart[] {
  return [
    { text: 'AMA: ', kind: 'quiet' },
    { text: amaPeople(mentors), kind: 'who' },
    { text: ' on ', kind: 'quiet' },
    { text: topic, kind: 'topic' },
  ]
}

export function amaTitle(mentors: AmaMentorThen[], topic: string): string {
  return amaTitleParts(mentors, topic)
    .map((part) => part.text)
    .join('')
}

/** The title without "AMA: ", as rails show it. */
export function amaShortTitle(mentors: AmaMentorThen[], topic: string): string {
  return `${amaPeople(mentors)} on ${topic}`
}

function amaPeople(mentors: AmaMentorThen[]): string {
  const [first, ...others] = mentors
  if (!first) return 'Mentors'
  if (!others.length) return first.company || first.title ? `${byline(first, first.name)}, ${first.name}` : first.name
  const named = mentors.slice(0, 2).map(({ name, company }) => (company ? `${name} (${company})` : name))
  if (mentors.length === 2) return named.join(' and ')
  return `${named.join(', ')} and ${mentors.length - 2} more`
}

/** What a search result says under an AMA's title. `when` is the date as the page shows it. */
export function amaDescription(
  {
    mentors,
    topic,
    questionCount,
    answeredCount,
  }: { mentors: AmaMentorThen[]; topic: { name: string }; questionCount: number; answeredCount: number },
  when: string,
): string {
  const names = mentors.map(({ name }) => name).join(', ')
  const questions = `${questionCount} ${questionCount === 1 ? 'question' : 'questions'}`
  const standing = answeredCount ? `${questions}, ${answeredCount} answered` : questions
  return `${names} on ${topic.name}, ${when}. ${questionCount ? `${standing}.` : 'Questions are open.'}`
}

function isZone(zone: string): boolean {
  try {
    instantsOf('2026-01-01T12:00', zone)
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}
