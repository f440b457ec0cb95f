import type { Client } from 'pg'
import { merge } from '#domain/import/merging.ts'
import { type FileRecord, readRecords, type Source } from '#domain/import/reading.ts'
import { renderChanged } from '#domain/import/rendering.ts'
import { findRepeats, findWrongReferences, PROBLEMS_MAX, resolve } from '#domain/import/resolving.ts'
import { staged } from '#domain/import/staged.ts'
import { analyze, openStage, type Stage } from '#domain/import/staging.ts'
import { inTransaction, withSession } from '#lib/db-session.ts'
import { Refusal } from '#lib/refusal.ts'

/** `done` of `total` bytes read, texts rendered, statements run. */
export type Progress = { stage: 'reading' | 'rendering' | 'merging'; done: number; total: number }
/** How many things the file has, and how many rows it changed. */
export type Imported = { amas: number; questions: number; answers: number; people: number; gone: number; written: number }

/**
 * Imports a perch/1 document: all of it, or nothing. Importing it again changes nothing; importing a changed one changes
 * what it says otherwise. What it does not name stays. In what it names, text that it leaves out goes (details, a bio),
 * and what only this site can know stays: the time of asking, the asker, counts that it does not give.
 * `now` stands for times that the file leaves open. Throws a Refusal whose message has a line for each problem, with its
 * place. `also` runs in the same transaction, where the staging tables still say which rows are new. `same` are handles of people who joined by themselves and of whom
 * the importer says that the file means them; else a file that names one of them is refused. Who deleted the account here
 * stays deleted, and what is theirs in the file is left out: `gone` counts them.
 */
export async function importDocument(
  source: Source,
  now: Date,
  tell: (progress: Progress) => void = () => {},
  also: (session: Client) => Promise<void> = async () => {},
  same: string[] = [],
): Promise<Imported> {
  return withSession(async (session) => {
    await alone(session)
    const stage = await openStage(session)
    const counts = await stageAll(source, stage, (done) => tell({ stage: 'reading', done, total: source.bytes }))
    refuseIf(await findRepeats(session))
    await resolve(session)
    refuseIf(await findWrongReferences(session, same))
    await renderChanged(session, stage, (done, total) => tell({ stage: 'rendering', done, total }))
    const written = await inTransaction(session, async () => {
      const rows = await merge(session, stage, now, (done, total) => tell({ stage: 'merging', done, total }))
      await also(session)
      return rows
    })
    // Without it the site's queries would be planned for the tables as they were, until the database notices.
    if (written) await analyze(session, ['"Member"', '"Ama"', '"Question"', '"Answer"', '"AnswerRequest"'])
    const { rows: gone } = await session.query('SELECT FROM gone_named')
    return { ...counts, gone: gone.length, written }
  })
}

/** Two imports at once could both find a thing new. */
async function alone(session: Client): Promise<void> {
  const { rows } = await session.query<{ free: boolean }>(`SELECT pg_try_advisory_lock(hashtext('perch import')) AS free`)
  if (!rows[0]?.free) throw new Refusal('conflict', 'another import is running')
}

async function stageAll(source: Source, stage: Stage, tell: (bytes: number) => void): Promise<Omit<Imported, 'gone' | 'written'>> {
  const counts = { amas: 0, questions: 0, answers: 0, people: 0 }
  const problems: string[] = []
  for await (const { records, bytes } of readRecords(source)) {
    for (const record of records) {
      const { rows, problems: more } = staged(record)
      problems.push(...more)
      for (const { table, row } of rows) await stage.add(table, row)
      const noun = counted(record)
      if (noun) counts[noun] += 1
    }
    tell(bytes)
    if (problems.length >= PROBLEMS_MAX) break
  }
  refuseIf(problems)
  await stage.flush()
  return counts
}

function counted({ section }: FileRecord): keyof Omit<Imported, 'gone' | 'written'> | null {
  if (section === 'amaQuestions') return 'questions'
  return section === 'amas' || section === 'questions' || section === 'answers' || section === 'people' ? section : null
}

function refuseIf(problems: string[]): void {
  if (problems.length) throw new Refusal('invalid', problems.slice(0, PROBLEMS_MAX).join('\n'))
}
