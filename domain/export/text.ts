import type { Client } from 'pg'
import {
  type AnswerRow,
  amaEntry,
  amaQuestionEntry,
  communityEntry,
  type Entry,
  openQuestionEntry,
  personEntry,
  topicEntry,
} from '#domain/export/entries.ts'
import {
  amaQuestions,
  amas,
  answers,
  chosen,
  communities,
  counted,
  inOrder,
  openQuestions,
  people,
  topics,
} from '#domain/export/statements.ts'
import { FORMAT } from '#domain/import/rules.ts'

/** `done` of `total` people, AMAs and questions. */
export type Progress = { stage: 'writing'; done: number; total: number }

/** Rows that are in memory at a time. */
const PORTION = 200
const FIRST = '00000000-0000-0000-0000-000000000000'

/**
 * The public content of the site at one moment as the text of a perch/1 document, in pieces; others go on writing meanwhile.
 * Who is named nowhere in public is not named here either: who asked without showing the name, and who merely has an
 * account. An import of it into an empty database, exported again, is the same text. Throws a Refusal where an import would.
 */
export async function* exportedText(session: Client, tell: (progress: Progress) => void = () => {}): AsyncGenerator<string> {
  await session.query('BEGIN ISOLATION LEVEL REPEATABLE READ')
  await session.query(chosen)
  await session.query(inOrder)
  const { rows } = await session.query<{ total: number }>(counted)
  const total = rows[0]?.total ?? 0
  let done = 0
  const count = () => {
    done += 1
    if (done % PORTION === 0 || done === total) tell({ stage: 'writing', done, total })
  }
  yield `{"format": "${FORMAT}"`
  yield* list('communities', entries(session, communities, [FIRST], communityEntry))
  yield* list('topics', entries(session, topics, [FIRST], topicEntry))
  yield* list('people', entries(session, people, [false, FIRST], personEntry, count))
  yield* amaList(session, count)
  yield* list('questions', questions(session, openQuestions, [FIRST], openQuestionEntry, count))
  yield '\n}\n'
  await session.query('COMMIT')
}

/** A list of the document, an entry a line. */
async function* list(name: string, lines: AsyncIterable<Entry>): AsyncGenerator<string> {
  yield `,\n"${name}": [`
  let separator = '\n'
  for await (const { text } of lines) {
    yield separator + text
    separator = ',\n'
  }
  yield separator === '\n' ? ']' : '\n]'
}

/** Questions stand in their AMA, and there may be thousands: both are read in the order of AMAs, side by side. */
async function* amaList(session: Client, count: () => void): AsyncGenerator<string> {
  const asked = questions(session, amaQuestions, [FIRST, 0], amaQuestionEntry, count)
  let next = await asked.next()
  async function* askedIn(amaId: unknown): AsyncGenerator<Entry> {
    for (; !next.done && next.value.key[0] === amaId; next = await asked.next()) yield next.value
  }
  yield ',\n"amas": ['
  let separator = '\n'
  for await (const { key, text } of entries(session, amas, [FIRST], amaEntry, count)) {
    yield `${separator}${text.slice(0, -1)}`
    yield* list('questions', askedIn(key[0]))
    yield '}'
    separator = ',\n'
  }
  yield separator === '\n' ? ']' : '\n]'
}

async function* entries<Row>(
  session: Client,
  sql: string,
  first: unknown[],
  entryOf: (row: Row) => Entry,
  count: () => void = () => {},
): AsyncGenerator<Entry> {
  yield* portions(session, sql, first, async (rows: Row[]) => rows.map(entryOf), count)
}

/** With their answers. */
async function* questions<Row extends { id: string }>(
  session: Client,
  sql: string,
  first: unknown[],
  entryOf: (row: Row, answers: AnswerRow[]) => Entry,
  count: () => void,
): AsyncGenerator<Entry> {
  const withAnswers = async (rows: Row[]) => {
    const given = await session.query<AnswerRow>(answers, [rows.map(({ id }) => id)])
    const byQuestion = Map.groupBy(given.rows, ({ questionId }) => questionId)
    return rows.map((row) => entryOf(row, byQuestion.get(row.id) ?? []))
  }
  yield* portions(session, sql, first, withAnswers, count)
}

/** All that a statement gives, each portion read from behind the last entry's key on. */
async function* portions<Row>(
  session: Client,
  sql: string,
  first: unknown[],
  entriesOf: (rows: Row[]) => Promise<Entry[]>,
  count: () => void,
): AsyncGenerator<Entry> {
  for (let after = first; ; ) {
    const { rows } = await session.query(sql, [...after, PORTION])
    for (const entry of await entriesOf(rows)) {
      yield entry
      after = entry.key
      count()
    }
    if (rows.length < PORTION) return
  }
}
