import { z } from 'zod'
import { byline, type RoleThen } from '#domain/member/rules.ts'

export const AMA_MENTORS_MAX = 5

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

export type AmaPhase = 'upcoming' | 'live' | 'past'

/** From the clock alone. The start belongs to Live, the end to Past. */
export function amaPhase(ama: { startsAt: Date; endsAt: Date }, now: Date): AmaPhase {
  if (now < ama.startsAt) return 'upcoming'
  return now < ama.endsAt ? 'live' : 'past'
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
