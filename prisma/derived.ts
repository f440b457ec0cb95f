import type { Client } from 'pg'

// What is hidden counts nowhere.
const shownAnswers = '(SELECT * FROM "Answer" WHERE "hiddenAt" IS NULL AND "questionHiddenAt" IS NULL)'
// Where each stands: on its own question, and where it was placed; its views are its own question's.
const standingAnswers = `(
  SELECT "questionId", id, "answeredAt" AS at, "mentorId", excerpt, "viewCount" FROM ${shownAnswers} a
  UNION ALL SELECT p."questionId", a.id, p."placedAt", a."mentorId", a.excerpt, 0 FROM "AnswerPlacement" p JOIN ${shownAnswers} a ON a.id = p."answerId")`
const countedAma = 'a."cancelledAt" IS NULL AND a."publishedAt" IS NOT NULL'
const shownQuestions = '(SELECT * FROM "Question" WHERE "hiddenAt" IS NULL)'

/**
 * Every column that the database's triggers keep, with the query that counts it anew: the key of each row, then the
 * columns as they should be. Answer."viewCount" has none: its rows are kept for a day, and a check holds it above its base.
 */
const derived = {
  // First, since the others go by it.
  Answer: {
    key: ['id'],
    columns: ['questionHiddenAt', 'helpfulCount', 'thanksCount'],
    recount: `
      SELECT a.id, q."hiddenAt" AS "questionHiddenAt", coalesce(sums.helpful, 0) AS "helpfulCount", coalesce(sums.thanks, 0) AS "thanksCount"
      FROM "Answer" a JOIN "Question" q ON q.id = a."questionId"
      LEFT JOIN (
        SELECT "answerId", (count(*) FILTER (WHERE kind = 'helpful'))::int AS helpful, (count(*) FILTER (WHERE kind = 'thanks'))::int AS thanks
        FROM "AnswerMark" GROUP BY 1
      ) sums ON sums."answerId" = a.id`,
  },
  Question: {
    key: ['id'],
    columns: [
      'requestCount',
      'waitingCount',
      'answerCount',
      'viewCount',
      'leadAnswerId',
      'leadAnsweredAt',
      'leadMentorId',
      'leadExcerpt',
      'lastAnsweredAt',
    ],
    recount: `
      SELECT q.id, q."requestBase" + coalesce(requests.n, 0) AS "requestCount",
        CASE WHEN sums.last_at IS NULL THEN q."requestBase" + coalesce(requests.n, 0) ELSE coalesce(again.n, 0) END AS "waitingCount",
        coalesce(sums.answers, 0) AS "answerCount",
        coalesce(sums.views, 0) AS "viewCount", first.id AS "leadAnswerId", first.at AS "leadAnsweredAt",
        first."mentorId" AS "leadMentorId", first.excerpt AS "leadExcerpt", sums.last_at AS "lastAnsweredAt"
      FROM "Question" q
      LEFT JOIN (SELECT "questionId", count(*)::int AS n FROM "AnswerRequest" GROUP BY 1) requests ON requests."questionId" = q.id
      LEFT JOIN (
        SELECT "questionId", count(*)::int AS answers, sum("viewCount")::int AS views, max(at) AS last_at FROM ${standingAnswers} a GROUP BY 1
      ) sums ON sums."questionId" = q.id
      LEFT JOIN (
        SELECT r."questionId", count(*)::int AS n FROM "AnswerRequest" r
        JOIN (SELECT "questionId", max(at) AS last_at FROM ${standingAnswers} a GROUP BY 1) latest USING ("questionId")
        WHERE request_waits(r."requestedAt", r."againAt", latest.last_at) GROUP BY 1
      ) again ON again."questionId" = q.id
      LEFT JOIN (
        SELECT DISTINCT ON ("questionId") "questionId", id, at, "mentorId", excerpt FROM ${standingAnswers} a ORDER BY "questionId", at, id
      ) first ON first."questionId" = q.id`,
  },
  Ama: {
    key: ['id'],
    columns: ['questionCount', 'answeredCount'],
    recount: `
      SELECT a.id, count(q.id)::int AS "questionCount", (count(*) FILTER (WHERE q."answerCount" > 0))::int AS "answeredCount"
      FROM "Ama" a LEFT JOIN ${shownQuestions} q ON q."amaId" = a.id GROUP BY a.id`,
  },
  Topic: {
    key: ['id'],
    columns: ['questionCount', 'answerCount', 'followerCount'],
    recount: `
      SELECT t.id, coalesce(sums.questions, 0) AS "questionCount", coalesce(sums.answers, 0) AS "answerCount",
        coalesce(followed.followers, 0) AS "followerCount"
      FROM "Topic" t
      LEFT JOIN (SELECT "topicId", count(*)::int AS followers FROM "Follow" GROUP BY 1) followed ON followed."topicId" = t.id
      LEFT JOIN (SELECT "topicId", count(*)::int AS questions, sum("answerCount")::int AS answers FROM ${shownQuestions} q GROUP BY 1) sums ON sums."topicId" = t.id`,
  },
  Community: {
    key: ['id'],
    columns: ['mentorCount', 'questionCount', 'answerCount', 'amaCount'],
    recount: `
      SELECT c.id, (SELECT count(*)::int FROM "CommunityMentor" m WHERE m."communityId" = c.id) AS "mentorCount",
        coalesce(sums.questions, 0) AS "questionCount", coalesce(sums.answers, 0) AS "answerCount",
        (SELECT count(*)::int FROM "Ama" a WHERE a."communityId" = c.id AND ${countedAma}) AS "amaCount"
      FROM "Community" c
      LEFT JOIN (
        SELECT "communityId", count(*)::int AS questions, sum("answerCount")::int AS answers FROM ${shownQuestions} q GROUP BY 1
      ) sums ON sums."communityId" = c.id`,
  },
  Member: {
    key: ['id'],
    columns: ['answerCount', 'viewCount', 'amaCount', 'followerCount'],
    recount: `
      SELECT m.id, coalesce(sums.answers, 0) AS "answerCount", coalesce(sums.views, 0) AS "viewCount", coalesce(held.amas, 0) AS "amaCount",
        coalesce(followed.followers, 0) AS "followerCount"
      FROM "Member" m
      LEFT JOIN (SELECT "mentorId", count(*)::int AS followers FROM "Follow" GROUP BY 1) followed ON followed."mentorId" = m.id
      LEFT JOIN (SELECT "mentorId", count(*)::int AS answers, sum("viewCount")::int AS views FROM ${shownAnswers} a GROUP BY 1) sums ON sums."mentorId" = m.id
      LEFT JOIN (
        SELECT am."memberId", count(*)::int AS amas FROM "AmaMentor" am JOIN "Ama" a ON a.id = am."amaId" WHERE ${countedAma} GROUP BY 1
      ) held ON held."memberId" = m.id`,
  },
  CommunityMentor: {
    key: ['communityId', 'memberId'],
    columns: ['answerCount', 'amaCount', 'sortName'],
    recount: `
      SELECT cm."communityId", cm."memberId", coalesce(sums.answers, 0) AS "answerCount", coalesce(held.amas, 0) AS "amaCount",
        sort_name(m.name) AS "sortName"
      FROM "CommunityMentor" cm JOIN "Member" m ON m.id = cm."memberId"
      LEFT JOIN (
        SELECT q."communityId", a."mentorId", count(*)::int AS answers FROM ${shownAnswers} a JOIN "Question" q ON q.id = a."questionId" GROUP BY 1, 2
      ) sums ON sums."communityId" = cm."communityId" AND sums."mentorId" = cm."memberId"
      LEFT JOIN (
        SELECT a."communityId", am."memberId", count(*)::int AS amas FROM "AmaMentor" am JOIN "Ama" a ON a.id = am."amaId"
        WHERE ${countedAma} GROUP BY 1, 2
      ) held ON held."communityId" = cm."communityId" AND held."memberId" = cm."memberId"`,
  },
  Wanted: {
    key: ['id'],
    columns: ['joinCount'],
    recount: `
      SELECT w.id, coalesce(sums.joins, 0) AS "joinCount" FROM "Wanted" w
      LEFT JOIN (SELECT "wantedId", count(*)::int AS joins FROM "WantedJoin" GROUP BY 1) sums ON sums."wantedId" = w.id`,
  },
} as const

type DerivedTable = keyof typeof derived

/** A table in whose rows something derived is not what a recount says; `sample` is one of them as it is and as it should be. */
export type Drift = { table: DerivedTable; rows: number; sample: { is: Record<string, unknown>; shouldBe: Record<string, unknown> } }

/** Compares all derived columns with a recount over whole tables: seconds for a million questions. Empty when all is right. */
export async function findDrift(session: Pick<Client, 'query'>): Promise<Drift[]> {
  const drifts: Drift[] = []
  for (const table of tables) {
    const { rows } = await session.query(`
      SELECT count(*) OVER ()::int AS rows, to_json(is_row) AS is, to_json(should_row) AS "shouldBe"
      FROM (${derived[table].recount}) should_row JOIN ${present(table)} is_row USING (${quoted(derived[table].key)})
      WHERE (${columnsOf(table, 'is_row')}) IS DISTINCT FROM (${columnsOf(table, 'should_row')}) LIMIT 1`)
    for (const { rows: count, ...sample } of rows) drifts.push({ table, rows: count, sample })
  }
  return drifts
}

/** Sets derived columns to what a recount says, in the rows where they are something else. Community mentors are counted, not added. */
export async function recountDerived(session: Pick<Client, 'query'>, only: DerivedTable[] = tables): Promise<void> {
  for (const table of only) {
    const { key, columns, recount } = derived[table]
    await session.query(`
      UPDATE "${table}" t SET ${columns.map((column) => `"${column}" = fresh."${column}"`).join()}
      FROM (${recount}) fresh
      WHERE ${key.map((column) => `t."${column}" = fresh."${column}"`).join(' AND ')}
        AND (${columnsOf(table, 't')}) IS DISTINCT FROM (${columnsOf(table, 'fresh')})`)
  }
}

/**
 * Repairs what has drifted while people go on writing: row by row, each under its lock, with what counts then. Triggers carry
 * a repair on to totals that were right, so the tables come in their order and all of them again until nothing drifts, or
 * nothing more can be done. `tell` hears how many rows are repaired.
 */
export async function repairDrift(session: Pick<Client, 'query'>, tell: (repaired: number) => void): Promise<void> {
  let repaired = 0
  for (let before = Number.POSITIVE_INFINITY; ; ) {
    const drifting = (await findDrift(session)).reduce((sum, { rows }) => sum + rows, 0)
    if (drifting === 0 || drifting >= before) return
    before = drifting
    for (const table of tables) {
      for (const key of await driftedKeys(session, table)) {
        await recountRow(session, table, key)
        repaired += 1
        tell(repaired)
      }
    }
  }
}

async function driftedKeys(session: Pick<Client, 'query'>, table: DerivedTable): Promise<string[][]> {
  const { key, recount } = derived[table]
  const { rows } = await session.query({
    text: `
      SELECT ${quoted(key)} FROM (${recount}) should_row JOIN ${present(table)} is_row USING (${quoted(key)})
      WHERE (${columnsOf(table, 'is_row')}) IS DISTINCT FROM (${columnsOf(table, 'should_row')}) ORDER BY ${quoted(key)}`,
    rowMode: 'array',
  })
  return rows
}

/** Whoever changes what is counted here waits for the row, or was first and is counted: the recount sees all that was committed. */
async function recountRow(session: Pick<Client, 'query'>, table: DerivedTable, values: string[]): Promise<void> {
  const { key, columns, recount } = derived[table]
  const isRow = (alias: string) => key.map((column, i) => `${alias}."${column}" = $${i + 1}`).join(' AND ')
  await session.query('BEGIN')
  try {
    await session.query(`SELECT 1 FROM "${table}" t WHERE ${isRow('t')} FOR NO KEY UPDATE`, values)
    await session.query(
      `UPDATE "${table}" t SET ${columns.map((column) => `"${column}" = fresh."${column}"`).join()}
       FROM (${recount}) fresh WHERE ${isRow('t')} AND ${isRow('fresh')}`,
      values,
    )
    await session.query('COMMIT')
  } catch (error) {
    await session.query('ROLLBACK')
    // A total that drifted too is now and then asked for less than nothing; it comes later, and this row again.
    if ((error as { code?: string }).code !== '23514') throw error
  }
}

const tables = Object.keys(derived) as DerivedTable[]

const present = (table: DerivedTable) => `(SELECT ${quoted([...derived[table].key, ...derived[table].columns])} FROM "${table}")`

const columnsOf = (table: DerivedTable, alias: string) => derived[table].columns.map((column) => `${alias}."${column}"`).join()

const quoted = (columns: readonly string[]) => columns.map((column) => `"${column}"`).join()
