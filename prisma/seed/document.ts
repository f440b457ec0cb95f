import { readdirSync, readFileSync } from 'node:fs'
import { Temporal } from 'temporal-polyfill'
import { parse } from 'yaml'
import { z } from 'zod'
import type { PerchDocument } from '#domain/import/rules.ts'
import { Role } from '#domain/member/rules.ts'
import { instantOf } from '#lib/zone.ts'

/** The month in which the content was written: its roles are as old then as they say, and stay as old. */
const WRITTEN = Temporal.PlainYearMonth.from('2026-11')

const minute = 60_000
const day = 24 * 60 * minute

const Text = z.string()
const answer = { by: Text, views: z.number().optional(), body: Text }
const question = {
  title: Text,
  details: Text.optional(),
  requests: z.number().optional(),
  askedBy: Text.optional(),
  showName: z.boolean().optional(),
}
/** A file of content/: perch/1 in YAML, one community a file, with times relative to now. */
const Content = z.strictObject({
  community: z.strictObject({ slug: Text, name: Text }),
  topics: z.array(z.strictObject({ slug: Text, name: Text, synonyms: z.array(Text).optional() })),
  people: z.array(
    z.strictObject({
      handle: Text,
      name: Text,
      company: Text.optional(),
      title: Text.optional(),
      mentor: z.boolean().optional(),
      bio: Text.optional(),
      roles: z.array(Role).optional(),
    }),
  ),
  amas: z.array(
    z.strictObject({
      slug: Text,
      mentors: z.array(Text),
      topic: Text,
      /** Days from today and the clock's time in the AMA's zone, or minutes from now. */
      starts: z.union([z.strictObject({ days: z.number(), time: Text }), z.strictObject({ minutes: z.number() })]),
      timeZone: Text,
      durationMinutes: z.number(),
      introduction: Text.optional(),
      /** Answers come minutes after the start. */
      questions: z.array(z.strictObject({ ...question, answers: z.array(z.strictObject({ ...answer, after: z.number() })).optional() })),
    }),
  ),
  questions: z.array(
    z.strictObject({
      ...question,
      topic: Text.optional(),
      daysAgo: z.number(),
      answers: z.array(z.strictObject({ ...answer, daysAgo: z.number() })).optional(),
    }),
  ),
})
type Content = z.output<typeof Content>

/** The demo content as a perch/1 document; the same for the same `now`. */
export function demoDocument(now: Date): PerchDocument {
  const folder = new URL('content/', import.meta.url)
  const contents = readdirSync(folder)
    .sort()
    .map((name) => Content.parse(parse(readFileSync(new URL(name, folder), 'utf8'))))
  return {
    format: 'perch/1',
    communities: contents.map(({ community }) => community),
    topics: contents.flatMap(({ community, topics }) => topics.map((topic) => ({ ...topic, community: community.slug }))),
    people: contents.flatMap(({ community, people }) => people.map((person) => personOf(person, community.slug, now))),
    amas: contents.flatMap(({ amas }) => amas.map((ama) => amaOf(ama, now))),
    questions: contents.flatMap(({ community, questions }) =>
      questions.map((asked) => ({ ...questionOf(asked, now), community: community.slug })),
    ),
  }
}

function personOf(person: Content['people'][number], community: string, now: Date) {
  const roles = person.roles?.map((role) => ({ ...role, from: role.from && moved(role.from, now), to: role.to && moved(role.to, now) }))
  return { ...person, roles, communities: person.mentor ? [community] : undefined }
}

/** "2019-04" or "2019", as many months later as have passed since the content was written. */
function moved(date: string, now: Date): string {
  const months = WRITTEN.until(Temporal.PlainYearMonth.from(now.toISOString().slice(0, 7)), { largestUnit: 'months' }).months
  if (date.length === 4) return String(Number(date) + Math.floor(months / 12))
  return Temporal.PlainYearMonth.from(date).add({ months }).toString()
}

function amaOf({ starts, questions, ...ama }: Content['amas'][number], now: Date) {
  const startsAt = 'days' in starts ? onDay(starts.days, starts.time, ama.timeZone, now) : inMinutes(starts.minutes, ama.timeZone, now)
  const start = instantOf(startsAt, ama.timeZone).getTime()
  // Asked in the file's order, over the two weeks before the start, or over what has passed of them.
  const first = start - 14 * day
  const window = Math.min(start, now.getTime()) - first
  return {
    ...ama,
    startsAt,
    questions: questions.map(({ answers, ...asked }, index) => ({
      ...asked,
      askedAt: iso(first + (window * (index + share(asked.title))) / questions.length),
      answers: answers
        ?.map(({ after, ...given }) => ({ ...given, at: start + after * minute }))
        .filter(({ at }) => at <= now.getTime())
        .map(({ at, ...given }) => ({ ...given, answeredAt: iso(at) })),
    })),
  }
}

/** Local time: "2022-05-31T10:00:00". */
function onDay(days: number, time: string, timeZone: string, now: Date): string {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone).toPlainDate()
  return today.add({ days }).toPlainDateTime(time).toString({ smallestUnit: 'second' })
}

function inMinutes(minutes: number, timeZone: string, now: Date): string {
  const fives = Math.floor((now.getTime() + minutes * minute) / (5 * minute)) * 5 * minute
  return Temporal.Instant.fromEpochMilliseconds(fives).toZonedDateTimeISO(timeZone).toPlainDateTime().toString({ smallestUnit: 'second' })
}

function questionOf({ daysAgo, answers, ...asked }: Content['questions'][number], now: Date) {
  const askedAt = byDay(daysAgo, asked.title, now)
  return {
    ...asked,
    askedAt: iso(askedAt),
    answers: answers?.map(({ daysAgo: answered, ...given }) => {
      if (answered > daysAgo) throw new Error(`"${asked.title}" is answered by ${given.by} before it is asked`)
      return { ...given, answeredAt: iso(Math.max(byDay(answered, asked.title + given.by, now), askedAt + 90 * minute)) }
    }),
  }
}

/** Some time between 7:00 and 21:00 UTC of that day, always the same for the same text, and at least two hours ago. */
function byDay(daysAgo: number, text: string, now: Date): number {
  const midnight = Math.floor(now.getTime() / day) * day
  return Math.min(midnight - daysAgo * day + (7 + 14 * share(text)) * 60 * minute, now.getTime() - 120 * minute)
}

/** A number from 0 to below 1 that a text always has (FNV-1a). */
function share(text: string): number {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193)
  return (hash >>> 0) / 2 ** 32
}

const iso = (time: number) => new Date(Math.floor(time)).toISOString()
