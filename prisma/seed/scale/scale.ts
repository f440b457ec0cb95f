import type { Client } from 'pg'
import { inTransaction } from '#lib/db-session.ts'
import { recountDerived } from '#prisma/derived.ts'
import { amaStatements } from '#prisma/seed/scale/amas.ts'
import { dropIndexes } from '#prisma/seed/scale/indexes.ts'
import { peopleStatements } from '#prisma/seed/scale/people.ts'
import { placeStatements } from '#prisma/seed/scale/places.ts'
import { amaQuestions, openQuestions, questionStatements } from '#prisma/seed/scale/questions.ts'
import { sessionStatements } from '#prisma/seed/scale/session.ts'
import { stageTexts } from '#prisma/seed/scale/texts.ts'

/** Tables that are written, and the ones whose rows their triggers would change. */
const TABLES = ['Community', 'Topic', 'Company', 'Member', 'Role', 'CommunityMentor', 'Ama', 'AmaMentor', 'Question', 'Answer']

/** What is found by its words, which the triggers keep otherwise. */
const WORDS = ['QuestionWords', 'AnswerWords', 'MentorWords', 'AmaWords', 'TopicWords', 'CompanyWords', 'NameStart']

/** Questions written by one statement: its rows wait in memory for the foreign keys' check. */
const PORTION = 50_000

/**
 * Adds so many questions, and as much of everything else as goes with them, in one transaction. Readers go on meanwhile;
 * writers wait. `alone`: readers wait too, and it takes half of the time. `tell` hears how many questions are written.
 */
export async function scale(
  session: Client,
  questions: number,
  { alone = false, tell = () => {} }: { alone?: boolean; tell?: (done: number) => void } = {},
): Promise<void> {
  const amas = Math.ceil(questions / 50)
  const mentors = Math.max(20, Math.ceil(questions / 150))
  const members = Math.ceil(questions / 50)
  const communities = Math.min(60, Math.max(3, Math.round(3 + 19 * Math.log10(questions / 1_000))))
  const companies = Math.min(1_200, Math.max(12, Math.ceil(questions / 500)))
  const run = async (statements: string[]) => {
    for (const sql of statements) await session.query(sql)
  }
  await inTransaction(session, async () => {
    // They count row by row what is counted below over whole tables; the checks and foreign keys stay.
    await run(TABLES.map((table) => `ALTER TABLE "${table}" DISABLE TRIGGER USER`))
    const restored = alone ? await dropIndexes(session) : []
    await run(sessionStatements)
    await stageTexts(session)
    await run(placeStatements(communities, companies))
    await run(peopleStatements(mentors, members, communities))
    await run(amaStatements(amas, Math.floor(questions * 0.4), communities))
    let done = 0
    for (const { from, below, count } of await amaPortions(session)) {
      await run(questionStatements(amaQuestions(from, below), mentors, members))
      done += count
      tell(done)
    }
    const open = questions - done
    for (let from = 0; from < open; from += PORTION) {
      const below = Math.min(open, from + PORTION)
      await run(questionStatements(openQuestions(from, below, open, communities), mentors, members))
      tell(done + below)
    }
    await run(restored)
    await recountDerived(session, ['Community', 'Topic', 'Member', 'CommunityMentor', 'Ama'])
    await run([
      `SELECT keep_mentor_words(ARRAY(SELECT id FROM "Member" WHERE "mentorSince" IS NOT NULL))`,
      `SELECT keep_ama_words(ARRAY(SELECT id FROM "Ama"))`,
      `SELECT keep_topic_words(ARRAY(SELECT id FROM "Topic"))`,
      `SELECT keep_company_words(ARRAY(SELECT id FROM "Company"))`,
    ])
    await run(TABLES.map((table) => `ALTER TABLE "${table}" ENABLE TRIGGER USER`))
  })
  // What autovacuum would do a while later: the planner learns the sizes, and scans of an index alone become possible.
  await run([...TABLES, ...WORDS].map((table) => `VACUUM (ANALYZE) "${table}"`))
}

/** Runs of AMAs with about PORTION questions together. */
async function amaPortions(session: Client): Promise<{ from: number; below: number; count: number }[]> {
  const { rows } = await session.query<{ from: number; below: number; count: number }>(`
    SELECT min(no) AS from, max(no) + 1 AS below, sum(wanted)::int AS count
    FROM (SELECT no, wanted, (sum(wanted) OVER (ORDER BY no) - wanted) / ${PORTION} AS portion FROM scale_ama) a
    GROUP BY portion ORDER BY portion`)
  return rows
}
