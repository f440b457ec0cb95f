import { Client, type QueryResult } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordStatements, type Statement } from '#bench/statements.ts'
import { db } from '#lib/db.ts'
import { withSession } from '#lib/db-session.ts'
import { env } from '#lib/env.ts'
import { scale } from '#prisma/seed/scale/scale.ts'
import { hotQueries } from '#testing/hot-queries.ts'

// Large enough for the planner to read by index what it reads by index in a database of any size.
const QUESTIONS = 12_000

/** Rows that a query may sort, and read in all: pages of twenty, candidates of rails, thirty answers of thirty questions, a thousand hits and one. */
const SORTED_AT_MOST = 1_001
const READ_AT_MOST = 2_000

/**
 * Queries that read more: the sitemap's parts have 10,000 rows, and its names are found by walking over all ids; a search
 * inside an AMA reads the words of its questions, which are some hundred where people asked them.
 */
const READS_ALL = /sitemap|search inside/
/**
 * A search looks at four thousand rows at most, where statistics do not say that there are more, or phrases are looked for; at
 * a few more where the part that it looks at was thought to hold a few less.
 */
const SIFTS = /phrases|common word/
const SIFTED_AT_MOST = 5_000

let client: Client
let queries: Awaited<ReturnType<typeof hotQueries>>

beforeAll(async () => {
  await withSession(async (session) => {
    await scale(session, QUESTIONS)
    await makeOneAmaLarge(session)
    await makeOneCommunityLarge(session)
    await fillRails(session)
    await session.query('VACUUM ANALYZE')
  })
  client = new Client({ connectionString: env().DATABASE_URL })
  await client.connect()
  queries = await hotQueries(new Date())
}, 120_000)

afterAll(() => client.end())

// Without the index the query still answers, and reads and sorts all there is.
test.each([
  ['a question', 'Question_slug_key'],
  ['answers of the question with most', 'Answer_questionId_answeredAt_id_idx'],
  ['answers of that question, further on', 'Answer_questionId_answeredAt_id_idx'],
  ['related questions', 'RelatedToQuestion_pkey'],
  ['related questions of a topic', 'Question_topicId_viewCount_id_idx'],
  ['related questions of a community', 'Question_communityId_viewCount_id_idx'],
  ['related questions of one that is read least', 'Question_topicId_viewCount_id_idx'],
  ['what is worth reading', 'Question_leadAnsweredAt_id_idx'],
  ['questions of a community, most read', 'Question_communityId_viewCount_id_idx'],
  ['questions of a community, most read, page 1,000', 'Question_communityId_viewCount_id_idx'],
  ['questions of a community, newest', 'Question_newest_idx'],
  ['questions of a community, newest, page 1,000', 'Question_newest_idx'],
  ['questions of a community, hot', 'Question_hot_idx'],
  ['questions of a community, hot, further on', 'Question_hot_idx'],
  ['questions of a community, most requested', 'Question_requested_idx'],
  ['questions of a community, most requested, further on', 'Question_requested_idx'],
  ['questions of a community, unanswered', 'Question_unanswered_idx'],
  ['questions of a community, unanswered, further on', 'Question_unanswered_idx'],
  ['questions of a topic, hot', 'Question_hot_of_topic_idx'],
  ['questions of a topic, newest', 'Question_newest_of_topic_idx'],
  ['questions of a topic, most requested', 'Question_requested_of_topic_idx'],
  ['questions of a topic, unanswered', 'Question_unanswered_of_topic_idx'],
  ['open questions of a topic', 'Question_unanswered_of_topic_idx'],
  ['questions that were left unanswered in a topic', 'Question_unanswered_of_topic_idx'],
  ['best answers and mentors of a topic', 'Question_topicId_viewCount_id_idx'],
  ['best answers and mentors of a topic', 'Question_topicId_lastAnsweredAt_id_idx'],
  ['best answers and mentors of a topic', 'Answer_questionId_answeredAt_id_idx'],
  ['questions of a topic', 'Question_topicId_viewCount_id_idx'],
  ['questions of a topic, page 100', 'Question_topicId_viewCount_id_idx'],
  ['an AMA', 'Ama_slug_key'],
  ['questions of the largest AMA, past', 'Question_ama_past_idx'],
  ['questions of the largest AMA, past, further on', 'Question_ama_past_idx'],
  ['questions of the largest AMA, live', 'Question_ama_open_idx'],
  ['questions of the largest AMA, live', 'Question_open_ama_idx'],
  ['what a projector shows of the largest AMA', 'Question_open_ama_idx'],
  ['questions of the largest AMA, live, further on', 'Question_ama_open_idx'],
  ['what is so in the largest AMA', 'Question_ama_open_idx'],
  ['AMAs related to an AMA', 'RelatedToAma_pkey'],
  ['AMAs related to a question', 'RelatedToQuestion_pkey'],
  ['AMAs of a community and topic', 'Ama_communityId_startsAt_id_idx'],
  ['AMAs of a community and topic', 'Ama_topicId_startsAt_id_idx'],
  ['AMAs of a topic', 'Ama_topicId_startsAt_id_idx'],
  ['AMAs, both lists', 'Ama_startsAt_id_idx'],
  ['past AMAs, page 1,000', 'Ama_startsAt_id_idx'],
  ['past AMAs of a community', 'Ama_communityId_startsAt_id_idx'],
  ['a topic', 'Topic_slug_key'],
  ['a mentor', 'Member_handle_key'],
  ['answers of the mentor with most', 'Answer_mentorId_answeredAt_id_idx'],
  ['answers of that mentor, further on', 'Answer_mentorId_answeredAt_id_idx'],
  ['mentors of a community', 'CommunityMentor_communityId_sortName_memberId_idx'],
  ['mentors of a community, further on', 'CommunityMentor_communityId_sortName_memberId_idx'],
  ['mentors of a community by people helped', 'CommunityMentor_helped_month_idx'],
  ['mentors of a community by people helped, further on', 'CommunityMentor_helped_month_idx'],
  ['mentors of a community by people helped in a year', 'CommunityMentor_helped_year_idx'],
  ['mentors of a community by people helped so far', 'CommunityMentor_helped_ever_idx'],
  ['top mentors', 'CommunityMentor_rank_idx'],
  ['answers of a company', 'Answer_companyId_viewCount_id_idx'],
  ['answers of a company, further on', 'Answer_companyId_viewCount_id_idx'],
  ['feed of a community', 'Question_communityId_lastAnsweredAt_id_idx'],
  ['feed of a topic', 'Question_topicId_lastAnsweredAt_id_idx'],
  ['feed of a mentor', 'Answer_mentorId_answeredAt_id_idx'],
  ['feed of the largest AMA', 'Question_ama_answered_idx'],
  ['what is like a question', 'QuestionWords_words_idx'],
  ['what is like a question of common words', 'QuestionWords_words_idx'],
  ['a search', 'QuestionWords_words_idx'],
  ['a search', 'AnswerWords_words_idx'],
  ['a search for questions with a common word', 'QuestionWords_words_idx'],
  ['a search for answers with a common word', 'AnswerWords_tier'],
  ['a search for questions of a community', 'QuestionWords_words_idx'],
  ['a search for answers to phrases', 'AnswerWords_words_idx'],
  ['what waits for a mentor', 'Question_open_waiting_idx'],
  ['what waits for a mentor, oldest first', 'Question_open_asked_idx'],
  ['what helps most people', 'Question_open_waiting_idx'],
  ['earlier answers that are like a question', 'Answer_mentorId_answeredAt_id_idx'],
  ['names of the sitemap', 'Question_pkey'],
  ['names of the sitemap', 'Member_mentor_idx'],
])('%s: found by %s', async (name, index) => {
  const used = (await plansOf(queries[name])).flatMap(nodesOf).map((node) => node['Index Name'])
  expect(used.filter((name) => name?.startsWith(index))).not.toEqual([])
})

test('No query reads a large table from end to end, or more than a few pages of it, or sorts more', async () => {
  const excessive: string[] = []
  for (const [name, ask] of Object.entries(queries).filter(([name]) => !READS_ALL.test(name))) {
    for (const node of (await plansOf(ask)).flatMap(nodesOf)) {
      const table = node['Relation Name'] ?? ''
      const [readAtMost, sortedAtMost] = SIFTS.test(name) ? [SIFTED_AT_MOST, SIFTED_AT_MOST] : [READ_AT_MOST, SORTED_AT_MOST]
      const isLarge = ['Question', 'Answer', 'CommunityMentor', 'QuestionWords', 'AnswerWords'].includes(table)
      if (isLarge && node['Node Type'] === 'Seq Scan') excessive.push(`${name}: all of ${table}`)
      if (isLarge && rowsOf(node) > readAtMost) excessive.push(`${name}: ${rowsOf(node)} rows of ${table}`)
      if (/Sort/.test(node['Node Type']) && rowsInto(node) > sortedAtMost) excessive.push(`${name}: sorts ${rowsInto(node)} rows`)
    }
  }
  expect(excessive).toEqual([])
})

type Node = {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  Plans?: Node[]
}

/** What PostgreSQL does for each statement of a query, with the rows that it met. */
async function plansOf(ask: (() => Promise<unknown>) | undefined): Promise<Node[]> {
  if (!ask) throw new Error('There is no such query.')
  const plans: Node[] = []
  for (const statement of await recordStatements(ask)) {
    const { rows } = await (statement.generic ? explainedForAll(statement) : client.query(`${EXPLAIN} ${statement.text}`, statement.values))
    plans.push(rows[0]['QUERY PLAN'][0].Plan)
  }
  return plans
}

const EXPLAIN = 'EXPLAIN (ANALYZE, FORMAT JSON)'

/** By the plan that a connection keeps for all values: EXPLAIN by itself plans for those that it is given. */
async function explainedForAll({ text, values }: Statement): Promise<QueryResult> {
  const written = values.map((value) => (value === null ? 'NULL' : client.escapeLiteral(asText(value))))
  await client.query(`SET plan_cache_mode = force_generic_plan; PREPARE kept AS ${text}`)
  const explained = await client.query(`${EXPLAIN} EXECUTE kept${written.length ? `(${written.join(', ')})` : ''}`)
  await client.query('DEALLOCATE kept; RESET plan_cache_mode')
  return explained
}

function asText(value: unknown): string {
  if (Array.isArray(value)) return `{${value.map((one) => JSON.stringify(one)).join()}}`
  return value instanceof Date ? value.toISOString() : `${value}`
}

function nodesOf(node: Node): Node[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)]
}

function rowsOf(node: Node): number {
  return (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops']
}

function rowsInto(node: Node): number {
  return (node.Plans ?? []).reduce((sum, child) => sum + child['Actual Rows'] * child['Actual Loops'], 0)
}

/** As the job leaves it, in size if not in sense. */
async function fillRails(session: Client): Promise<void> {
  await session.query('DELETE FROM "RelatedToQuestion"')
  await session.query(`
    INSERT INTO "RelatedToQuestion" ("questionId", questions, amas, "refreshedAt")
    SELECT q.id, ARRAY(SELECT id FROM "Question" ORDER BY id LIMIT 12), ARRAY(SELECT id FROM "Ama" ORDER BY id LIMIT 9), now() FROM "Question" q`)
  await session.query(`
    INSERT INTO "RelatedToAma" ("amaId", amas, readers, satisfied)
    SELECT a.id, ARRAY(SELECT id FROM "Ama" ORDER BY id LIMIT 9), 0, 0 FROM "Ama" a`)
}

/** Its orders are found by index only where reading all of it would cost more. */
async function makeOneAmaLarge(session: Client): Promise<void> {
  const { id, communityId } = await db().ama.findFirstOrThrow({ orderBy: { questionCount: 'desc' } })
  await session.query(
    `UPDATE "Question" q SET "amaId" = $1, number = 10000 + place.number
     FROM (SELECT id, row_number() OVER (ORDER BY id) AS number FROM "Question" WHERE "communityId" = $2 AND "amaId" IS NULL) place
     WHERE q.id = place.id`,
    [id, communityId],
  )
}

async function makeOneCommunityLarge(session: Client): Promise<void> {
  const { id } = await db().community.findFirstOrThrow({ orderBy: { questionCount: 'desc' } })
  await session.query(`
    INSERT INTO "Member" (id, handle, name, "mentorSince") SELECT gen_random_uuid(), 'mentor-' || n, 'Mentor ' || n, now() FROM generate_series(1, 5000) n`)
  await session.query(
    `INSERT INTO "CommunityMentor" ("communityId", "memberId") SELECT $1, id FROM "Member" WHERE handle LIKE 'mentor-%'
     ON CONFLICT DO NOTHING`,
    [id],
  )
  // Nobody requests anything in what is scaled.
  await session.query(`
    UPDATE "CommunityMentor" cm SET "helpedMonth" = ranked.n % 7, "helpedYear" = ranked.n % 7 + 1, "helpedEver" = ranked.n % 7 + 2
    FROM (SELECT *, row_number() OVER () AS n FROM "CommunityMentor") ranked
    WHERE cm."communityId" = ranked."communityId" AND cm."memberId" = ranked."memberId"`)
}
