import { v7 as uuid } from 'uuid'
import type { z } from 'zod'
import type { FileRecord, Section } from '#domain/import/reading.ts'
import {
  ImportedAma,
  ImportedAmaQuestion,
  ImportedAnswer,
  ImportedCommunity,
  ImportedFile,
  ImportedPerson,
  ImportedQuestion,
  ImportedTopic,
  placeOf,
  unusableText,
} from '#domain/import/rules.ts'
import { goneId } from '#domain/member/rules.ts'
import { slugOf } from '#lib/slug.ts'

type Row = { table: string; row: Record<string, unknown> }
type Staged = { rows: Row[]; problems: string[] }

/** The rows that an entry of a file becomes in the staging tables, or what is wrong with it, each with its place. */
export function staged(record: FileRecord): Staged {
  const unusable = unusableText(record.value)
  if (unusable !== null) return refused(`${record.place}${unusable}: has a character that is none (NUL or half of a surrogate pair)`)
  return sections[record.section](record)
}

const sections: Record<Section, (record: FileRecord) => Staged> = {
  communities: checked(ImportedCommunity, (community, place) => [
    { table: 'staged_community', row: { fresh: uuid(), place, ...community } },
  ]),
  topics: checked(ImportedTopic, (topic, place) => [{ table: 'staged_topic', row: { fresh: uuid(), place, ...topic } }]),
  people: checked(ImportedPerson, person),
  amas: checked(ImportedAma, ama),
  amaQuestions: checked(ImportedAmaQuestion, (value, place, parent) => question({ ...value, ama: parent }, place)),
  questions: checked(ImportedQuestion, question),
  answers: checked(ImportedAnswer, ({ by, answeredAt, ...answer }, place, parent) => [
    {
      table: 'staged_answer',
      row: { fresh: uuid(), place, question: parent, mentor: by, answered_at: answeredAt, role_said: roleSaid(answer), ...answer },
    },
  ]),
  file: checked(ImportedFile, () => []),
}

function checked<T extends z.ZodType>(shape: T, rows: (value: z.output<T>, place: string, parent: string) => Row[]) {
  return ({ value, place, parent }: FileRecord): Staged => {
    const result = shape.safeParse(value)
    if (result.success) return { rows: rows(result.data, place, parent), problems: [] }
    return refused(
      ...result.error.issues.map((issue) => `${`${place}${placeOf(issue.path)}`.replace(/^\./, '') || 'the file'}: ${issue.message}`),
    )
  }
}

const refused = (...problems: string[]): Staged => ({ rows: [], problems })

function person({ handle, roles, communities, timeZone: time_zone, ...value }: z.output<typeof ImportedPerson>, place: string): Row[] {
  // Somebody who is gone keeps the handle that is nobody's, and is nothing else.
  const gone = goneId({ handle, name: value.name })
  if (gone) return [{ table: 'staged_member', row: { fresh: gone, place, slug: handle, name: value.name, gone: true } }]
  const present = value.company || value.title ? value : roles?.find((role) => !role.to)
  const { company, title } = present ?? {}
  const { name, mentor, bio, links, disclosure } = value
  // Somebody with a present role and no history has this one role, of which nobody knows since when.
  const history = roles ?? (company || title ? [{ company, title }] : [])
  return [
    {
      table: 'staged_member',
      row: { fresh: uuid(), place, slug: handle, name, company, title, mentor, bio, links, disclosure, time_zone },
    },
    ...(roles ? [{ table: 'staged_roles_given', row: { member: handle } }] : []),
    ...history.map((role) => ({
      table: 'staged_role',
      row: {
        fresh: uuid(),
        member: handle,
        company: role.company,
        title: role.title,
        started_on: 'from' in role ? role.from : undefined,
        ended_on: 'to' in role ? role.to : undefined,
      },
    })),
    ...(communities ?? []).map((community, index) => ({
      table: 'staged_membership',
      row: { fresh: uuid(), place: `${place}.communities[${index}]`, member: handle, community },
    })),
  ]
}

function ama(
  {
    slug,
    topic,
    mentors,
    introduction,
    words,
    cancelledAt: cancelled_at,
    closedAt: closed_at,
    closingNote: closing_note,
    ...value
  }: z.output<typeof ImportedAma>,
  place: string,
): Row[] {
  const { startsAtLocal: starts_at_local, timeZone: time_zone, startsAt: starts_at, endsAt: ends_at } = value
  return [
    {
      table: 'staged_ama',
      row: {
        ...{ fresh: uuid(), place, slug, topic, starts_at_local, time_zone, starts_at, ends_at, introduction, cancelled_at },
        ...{ closed_at, closing_note, note_fresh: uuid() },
      },
    },
    ...(words ? [{ table: 'staged_words_given', row: { ama: place } }] : []),
    ...(words ?? []).map((word) => ({ table: 'staged_local_word', row: { fresh: uuid(), ama: place, ...word } })),
    ...mentors.map((holder, index) => {
      const { handle: member, ...role } = typeof holder === 'string' ? { handle: holder } : holder
      const row = { fresh: uuid(), place: `${place}.mentors[${index}]`, ama: place, position: index + 1, member }
      return { table: 'staged_ama_mentor', row: { ...row, role_said: roleSaid(role), ...role } }
    }),
  ]
}

type AnyQuestion = z.output<typeof ImportedAmaQuestion> & { ama?: string; community?: string; topic?: string; askedTo?: string }

function question(
  { askedBy, askedTo, showName, askedAt, closedAt, answers: _, clarifications, ...value }: AnyQuestion,
  place: string,
): Row[] {
  const asked = { asked_by: askedBy, asked_to: askedTo, show_name: showName, asked_at: askedAt, closed_at: closedAt }
  return [
    { table: 'staged_question', row: { fresh: uuid(), place, slug_base: slugOf(value.title), ...asked, ...value } },
    ...(clarifications ?? []).map(({ addedAt: added_at, body }) => ({
      table: 'staged_clarification',
      row: { fresh: uuid(), question: place, added_at, body },
    })),
  ]
}

/** Said to be none is said too. */
function roleSaid({ company, title }: { company?: string | null; title?: string | null }): boolean {
  return company !== undefined || title !== undefined
}
