import type { z } from 'zod'
import * as shapes from '#domain/import/rules.ts'
import { Refusal } from '#lib/refusal.ts'

/** An entry of a list of the document; what is read next begins behind its key. */
export type Entry = { key: unknown[]; text: string }

type Held = { company: string | null; title: string | null }

export function communityEntry({ id, slug, name }: { id: string; slug: string; name: string }): Entry {
  return entry([id], `community "${slug}"`, shapes.ImportedCommunity, { slug, name })
}

export type TopicRow = { id: string; slug: string; name: string; community: string; synonyms: string[] }

export function topicEntry({ id, slug, name, community, synonyms }: TopicRow): Entry {
  return entry([id], `topic "${slug}"`, shapes.ImportedTopic, { slug, name, community, synonyms: some(synonyms) })
}

export type PersonRow = Held & {
  gone: boolean
  id: string
  handle: string
  name: string
  mentor: boolean
  communities: string[]
  roles: (Held & { from: string | null; to: string | null })[]
  bio: string | null
  links: string[]
  disclosure: string | null
  timeZone: string | null
}

export function personEntry({ gone, id, mentor, ...row }: PersonRow): Entry {
  const { handle, name, company, title, bio, links, disclosure, timeZone } = row
  const said = { bio, links: some(links), disclosure, timeZone }
  const person = { handle, name, company, title, mentor: mentor || null, communities: some(row.communities), roles: rolesOf(row), ...said }
  return entry([gone, id], `person "${handle}"`, shapes.ImportedPerson, person)
}

export type AmaRow = {
  id: string
  slug: string
  mentors: { handle: string; role: Held; found: Held }[]
  topic: string
  startsAt: string
  timeZone: string
  durationMinutes: number
  introduction: string | null
  words: { word: string; means: string }[]
  cancelledAt: Date | null
  closedAt: Date | null
  closingNote: string | null
}

/** Without its questions. */
export function amaEntry({ id, slug, mentors, ...row }: AmaRow): Entry {
  const { topic, startsAt, timeZone, durationMinutes, introduction, cancelledAt, closedAt, closingNote } = row
  const holders = mentors.map(({ handle, role, found }) => holder(handle, role, found))
  const ama = {
    ...{ slug, mentors: holders, topic, startsAt, timeZone, durationMinutes, introduction, words: some(row.words) },
    ...{ cancelledAt, closedAt, closingNote },
  }
  return entry([id], `AMA "${slug}"`, shapes.ImportedAma, ama)
}

type AskedRow = {
  id: string
  key: string | null
  title: string
  details: string | null
  askedBy: string | null
  askedAt: Date
  requests: number
  clarifications: { addedAt: string; body: string }[]
}
export type AmaQuestionRow = AskedRow & { amaId: string; number: number; closedAt: Date | null }
export type OpenQuestionRow = AskedRow & { community: string; topic: string | null; askedTo: string | null }
export type AnswerRow = Held & {
  questionId: string
  key: string | null
  by: string
  answeredAt: Date
  body: string
  point: string | null
  views: number
  isRoleFound: boolean
}

export function amaQuestionEntry({ amaId, number, closedAt, ...row }: AmaQuestionRow, answers: AnswerRow[]): Entry {
  return entry([amaId, number], `question "${row.title}"`, shapes.ImportedAmaQuestion, { ...asked(row, answers), closedAt })
}

export function openQuestionEntry({ id, community, topic, askedTo, ...row }: OpenQuestionRow, answers: AnswerRow[]): Entry {
  const { key, ...question } = asked({ id, ...row }, answers)
  return entry([id], `question "${row.title}"`, shapes.ImportedQuestion, { key, community, topic, askedTo, ...question })
}

function asked({ key, title, details, askedBy, askedAt, requests, clarifications }: AskedRow, answers: AnswerRow[]) {
  return {
    key,
    title,
    details,
    askedBy,
    showName: askedBy ? true : null,
    askedAt,
    // A person who asked is counted by the import, whether or not they still want it answered.
    requests: Math.max(requests, askedBy ? 1 : 0),
    clarifications: some(clarifications.map(({ addedAt, body }) => ({ addedAt: new Date(addedAt), body }))),
    answers: some(answers.map(answer)),
  }
}

function answer({ key, by, answeredAt, body, point, views, company, title, isRoleFound }: AnswerRow) {
  return { ...given({ key, by, answeredAt, body, point, views }), ...roleThen({ company, title }, isRoleFound) }
}

/** Who holds an AMA: the handle alone where an import finds the role held then by itself. */
function holder(handle: string, role: Held, found: Held) {
  if (role.company === found.company && role.title === found.title) return handle
  return { handle, ...roleThen(role, true) }
}

/** The role held when something was written. Where there was none and an import would find one, null says so. */
function roleThen(role: Held, isFound: boolean) {
  return !role.company && !role.title && isFound ? { company: null } : given(role)
}

/** A person's roles; nothing where there is only the present one, of which an import makes that very history. */
function rolesOf({ company, title, roles }: Pick<PersonRow, 'company' | 'title' | 'roles'>) {
  const [first, ...more] = roles
  const isPresent = first && first.company === company && first.title === title && !first.from && !first.to
  return isPresent && !more.length ? null : some(roles.map(given))
}

/** A line of the document, and the proof that it can be read again. */
function entry(key: unknown[], name: string, shape: z.ZodType, value: object): Entry {
  const text = JSON.stringify(given(value))
  const issue = shape.safeParse(JSON.parse(text)).error?.issues[0]
  if (!issue) return { key, text }
  throw new Refusal(
    'conflict',
    `An import would refuse the ${name}: ${[shapes.placeOf(issue.path).replace(/^\./, ''), issue.message].filter(Boolean).join(': ')}`,
  )
}

function some<T>(items: T[]): T[] | null {
  return items.length ? items : null
}

/** What is there, in the order given. */
function given(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== null))
}
