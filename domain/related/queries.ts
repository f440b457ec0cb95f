import { type AmaRow, columns as amaColumns, tables as amaTables, shownAma } from '#domain/ama/queries.ts'
import { type MentorRow, mayRank, mentorThereColumns } from '#domain/member/queries.ts'
import { shownQuestion } from '#domain/question/queries.ts'
import { KEPT, oneOfEach, SHOWN } from '#domain/related/rules.ts'
import { db, Prisma } from '#lib/db.ts'

// Each rail is one query: what a job has worked out, without what is not shown by now; and where that does not fill it,
// as for what came a moment ago, what a simple rule puts there. So a rail is empty only where there is nothing to show.

export type QuestionBeside = { id: string; slug: string; title: string; answerCount: number }

/**
 * The rail "Related Questions": what is related, then those of the same topic that come next after this one by views, from
 * the top again at the end, then of the community likewise. Not a question that the page leads to already, from an answer that was placed.
 */
export async function relatedQuestions(
  question: { id: string; topicId: string | null; communityId: string; viewCount: number },
  size = SHOWN.questions,
): Promise<QuestionBeside[]> {
  const { id, topicId, communityId, viewCount } = question
  const beside = Prisma.sql`q.id, q.slug, q.title, q."answerCount"`
  const other = Prisma.sql`${shownQuestion} AND q.id <> ${id}::uuid AND q.id NOT IN (
    SELECT a."questionId" FROM "AnswerPlacement" p JOIN "Answer" a ON a.id = p."answerId" WHERE p."questionId" = ${id}::uuid)`
  const byViews = (place: Prisma.Sql, further: Prisma.Sql, turn: number) => Prisma.sql`
    (SELECT ${beside}, ${turn}::int AS turn, row_number() OVER (ORDER BY q."viewCount" DESC, q.id DESC) AS place FROM "Question" q
     WHERE (SELECT count(*) FROM related) < ${size} AND ${place} AND ${other} AND (q."viewCount", q.id) ${further} (${viewCount}, ${id}::uuid)
     ORDER BY q."viewCount" DESC, q.id DESC LIMIT ${size * 2})`
  const next = (place: Prisma.Sql, turn: number) => [byViews(place, Prisma.sql`<`, turn), byViews(place, Prisma.sql`>`, turn + 1)]
  const instead = [
    ...(topicId ? next(Prisma.sql`q."topicId" = ${topicId}::uuid`, 1) : []),
    ...next(Prisma.sql`q."communityId" = ${communityId}::uuid`, 3),
  ]
  const rows = await db().$queryRaw<QuestionBeside[]>`
    WITH related AS MATERIALIZED (
      SELECT ${beside}, 0 AS turn, o.place FROM "RelatedToQuestion" r CROSS JOIN LATERAL unnest(r.questions) WITH ORDINALITY o(id, place)
      JOIN "Question" q ON q.id = o.id AND ${other} WHERE r."questionId" = ${id}::uuid
    )
    SELECT id, slug, title, "answerCount" FROM (SELECT * FROM related UNION ALL ${Prisma.join(instead, ' UNION ALL ')}) candidates ORDER BY turn, place`
  return once(rows).slice(0, size)
}

/**
 * The rail "Related Ask Me Anything Sessions" of an AMA, or of a question: what is related, then the latest of the topic, then
 * the latest of the community. None of a mentor whose AMA the page is about or who answered on it, and of each mentor only one.
 */
export async function relatedAmas(
  page: { communityId: string; topicId: string | null; amaId: string | null; questionId?: string },
  size = SHOWN.amas,
): Promise<AmaRow[]> {
  const { communityId, topicId, amaId, questionId = null } = page
  const kept = questionId
    ? Prisma.sql`"RelatedToQuestion" r CROSS JOIN LATERAL unnest(r.amas) WITH ORDINALITY o(id, place) WHERE r."questionId" = ${questionId}::uuid`
    : Prisma.sql`"RelatedToAma" r CROSS JOIN LATERAL unnest(r.amas) WITH ORDINALITY o(id, place) WHERE r."amaId" = ${amaId}::uuid`
  const other = Prisma.sql`a."cancelledAt" IS NULL AND ${shownAma} AND a.id IS DISTINCT FROM ${amaId}::uuid
    AND NOT EXISTS (SELECT FROM "AmaMentor" am WHERE am."amaId" = a.id AND am."memberId" IN (SELECT id FROM own))`
  const latest = (place: Prisma.Sql, turn: number) => Prisma.sql`
    (SELECT a.id, ${turn}::int AS turn, row_number() OVER (ORDER BY a."startsAt" DESC, a.id DESC) AS place FROM "Ama" a
     WHERE (SELECT count(*) FROM related) < ${size} AND ${place} AND ${other} ORDER BY a."startsAt" DESC, a.id DESC LIMIT ${KEPT.amas})`
  const instead = [
    ...(topicId ? [latest(Prisma.sql`a."topicId" = ${topicId}::uuid`, 1)] : []),
    latest(Prisma.sql`a."communityId" = ${communityId}::uuid`, 2),
  ]
  const rows = await db().$queryRaw<AmaRow[]>`
    WITH own AS MATERIALIZED (
      SELECT "memberId" AS id FROM "AmaMentor" WHERE "amaId" = ${amaId}::uuid UNION SELECT mentor FROM answers_at(${questionId}::uuid)
    ), related AS MATERIALIZED (
      SELECT a.id, 0 AS turn, o.place FROM (SELECT o.id, o.place FROM ${kept}) o JOIN "Ama" a ON a.id = o.id AND ${other}
    )
    SELECT ${amaColumns} FROM (
      SELECT DISTINCT ON (id) * FROM (SELECT * FROM related UNION ALL ${Prisma.join(instead, ' UNION ALL ')}) candidates ORDER BY id, turn
    ) chosen JOIN ${amaTables} ON a.id = chosen.id ORDER BY chosen.turn, chosen.place`
  return oneOfEach(rows, ({ mentors }) => mentors.map(({ id }) => id)).slice(0, size)
}

/**
 * `proven`: at least three of the community's mentors have answered or held an AMA. `others`: a mentor besides the given ones is
 * there, in the rail or by name alone.
 */
export type TopMentors = { mentors: MentorRow[]; proven: boolean; others: boolean }

/**
 * The rail "Top {community} Mentors": those who rank first, then those with most answers there, ties by who came first;
 * without the given ones, and nobody who is suspended or wants to be in lists by name alone.
 */
export async function topMentors(communityId: string, without: string[], size = SHOWN.mentors): Promise<TopMentors> {
  const enough = size + without.length
  const who = Prisma.sql`JOIN "Member" m ON m.id = cm."memberId" LEFT JOIN "Company" c ON c.id = m."companyId"
    WHERE cm."communityId" = ${communityId}::uuid AND ${mayRank(new Date())}`
  const rows = await db().$queryRaw<(MentorRow & { active: number; first: string[] | null })[]>`
    WITH ranked AS MATERIALIZED (
      SELECT ${mentorThereColumns}, 0 AS turn, o.place FROM "TopMentors" t CROSS JOIN LATERAL unnest(t.members) WITH ORDINALITY o(id, place)
      JOIN "CommunityMentor" cm ON cm."communityId" = t."communityId" AND cm."memberId" = o.id ${who} AND t."communityId" = ${communityId}::uuid
      ORDER BY o.place LIMIT ${enough}
    )
    SELECT id, handle, name, company, title, "answerCount", "portraitId", there.active, there.first
    FROM (
      SELECT (SELECT count(*)::int FROM (
          SELECT 1 FROM "CommunityMentor" WHERE "communityId" = ${communityId}::uuid AND ("answerCount" > 0 OR "amaCount" > 0)
          ORDER BY -"answerCount", "memberId" LIMIT 3
        ) seen) AS active,
        (SELECT array_agg("memberId") FROM (
          SELECT "memberId" FROM "CommunityMentor" WHERE "communityId" = ${communityId}::uuid ORDER BY -"answerCount", "memberId" LIMIT ${enough}
        ) first) AS first
    ) there LEFT JOIN (
      SELECT * FROM ranked UNION ALL (
        SELECT ${mentorThereColumns}, 1, row_number() OVER (ORDER BY -cm."answerCount", cm."memberId") FROM "CommunityMentor" cm ${who}
          AND (SELECT count(*) FROM ranked) < ${enough} ORDER BY -cm."answerCount", cm."memberId" LIMIT ${enough})
    ) candidates ON true ORDER BY turn, place`
  const mentors = once(rows).filter(({ id }) => id !== null && !without.includes(id))
  const [{ active = 0, first = null } = {}] = rows
  const others = first?.some((id) => !without.includes(id)) ?? false
  return { mentors: mentors.slice(0, size), proven: active >= 3, others }
}

function once<Row extends { id: string }>(rows: Row[]): Row[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()]
}
