import { setImmediate as otherWork } from 'node:timers/promises'
import { shownAma } from '#domain/ama/queries.ts'
import { shownAnswer } from '#domain/answer/queries.ts'
import { shownQuestion } from '#domain/question/queries.ts'
import {
  type AmaBeside,
  EACH_NIGHT,
  EACH_RUN,
  isNews,
  overlap,
  type QuestionBeside,
  RESTS_FOR,
  rankAmas,
  rankMentors,
  rankQuestions,
  SHOWN,
  type Standing,
} from '#domain/related/rules.ts'
import { questionsLike } from '#domain/similar/queries.ts'
import { type Db, db, Prisma } from '#lib/db.ts'
import { withSession } from '#lib/db-session.ts'

/**
 * Works out anew what stands beside things that changed: communities in which an AMA was made, changed or is over since, and
 * `atMost` questions that are due, those that changed last first. Each is kept by itself, so that whoever is stopped in the
 * middle has done a part of it, and the next run does the rest. What cannot be worked out is put off, so that the others have
 * their turn, and thrown once they had it.
 */
export async function refreshRelated(now: Date, atMost = EACH_RUN): Promise<void> {
  const failed = await eachOf(await changedCommunities(now), ({ id }) => refreshCommunity(id, now), communityLater(now))
  failed.push(...(await eachOf(await dueQuestions(now, atMost), (due) => refreshQuestion(due, now), questionLater(now))))
  complain(failed)
}

/** Works out every community anew, and makes some questions due: those read most since, and those whose turn was longest ago. */
export async function sweepRelated(now: Date, atMost = EACH_NIGHT): Promise<void> {
  // Reads through an index of all questions, which takes longer than a request may.
  await withSession((session) => session.query(makingDue(now, Math.ceil(atMost / 2))))
  const communities = await db().community.findMany({ select: { id: true }, orderBy: { id: 'asc' } })
  complain(await eachOf(communities, ({ id }) => refreshCommunity(id, now), communityLater(now)))
}

async function eachOf<T>(things: T[], work: (thing: T) => Promise<void>, later: (thing: T) => Promise<unknown>): Promise<unknown[]> {
  const failed: unknown[] = []
  for (const thing of things) {
    try {
      await work(thing)
    } catch (error) {
      failed.push(error)
      await later(thing)
    }
  }
  return failed
}

function complain(failed: unknown[]): void {
  if (failed.length)
    throw new AggregateError(failed, `What stands beside ${failed.length} things could not be worked out; the first: ${failed[0]}`)
}

/** Comes again with its next change, or in the night. */
const communityLater =
  (now: Date) =>
  ({ id }: { id: string }) =>
    db().$executeRaw`
      INSERT INTO "TopMentors" ("communityId", members, "refreshedAt")
      SELECT id, '{}', ${now} FROM "Community" WHERE id = ${id}::uuid FOR KEY SHARE
      ON CONFLICT ("communityId") DO UPDATE SET "refreshedAt" = EXCLUDED."refreshedAt"`

/** Comes again with its next change, or in a day. */
const questionLater =
  (now: Date) =>
  ({ id, dueAt }: Due) =>
    db().$executeRaw`
      UPDATE "RelatedToQuestion" SET "dueAt" = ${new Date(now.getTime() + DAY)} WHERE "questionId" = ${id}::uuid AND "dueAt" = ${dueAt}`

/** Milliseconds. */
const DAY = 86_400_000

type Due = { id: string; dueAt: Date; refreshedAt: Date | null }

function dueQuestions(now: Date, atMost: number): Promise<Due[]> {
  return db().$queryRaw`
    SELECT "questionId" AS id, "dueAt", "refreshedAt" FROM "RelatedToQuestion" WHERE "dueAt" <= ${new Date(now.getTime() - RESTS_FOR)}
    ORDER BY "dueAt" DESC LIMIT ${atMost}`
}

/** So many communities one run works out; a large one takes a second or two. */
const COMMUNITIES = 5

/** Milliseconds by which the clocks of those who write may differ. */
const CLOCKS_APART = 60_000

/**
 * Seldom more than a few thousand AMAs in all, of which one pass is some milliseconds. What is dated later than now has not
 * happened yet: else its community would be worked out each minute until then.
 */
function changedCommunities(now: Date): Promise<{ id: string }[]> {
  return db().$queryRaw`
    SELECT a."communityId" AS id FROM "Ama" a LEFT JOIN "TopMentors" t ON t."communityId" = a."communityId"
    CROSS JOIN LATERAL (
      SELECT max(at) AS last FROM (VALUES (a."createdAt"), (a."changedAt"), (a."publishedAt"), (a."closedAt")) changes(at)
      WHERE at <= ${new Date(now.getTime() + CLOCKS_APART)}
    ) change
    WHERE ${shownAma} GROUP BY a."communityId", t."refreshedAt"
    HAVING t."refreshedAt" IS NULL OR max(greatest(change.last, CASE WHEN a."endsAt" <= ${now} THEN a."endsAt" END)) > t."refreshedAt"
    ORDER BY t."refreshedAt" NULLS FIRST LIMIT ${COMMUNITIES}`
}

/** Whoever holds one of them at this moment changes it, or deletes it: nobody is waited for while thousands are held. */
function makingDue(now: Date, half: number): Prisma.Sql {
  const dueAt = new Date(now.getTime() - RESTS_FOR)
  return Prisma.sql`
    WITH chosen AS MATERIALIZED (
      (SELECT q.id FROM "Question" q LEFT JOIN "RelatedToQuestion" r ON r."questionId" = q.id
       WHERE q."viewCount" > coalesce(r.views, 0) ORDER BY q."viewCount" - coalesce(r.views, 0) DESC, q.id LIMIT ${half})
      UNION
      (SELECT q.id FROM "Question" q LEFT JOIN "RelatedToQuestion" r ON r."questionId" = q.id
       ORDER BY r."refreshedAt" NULLS FIRST, q.id LIMIT ${half})
    ), again AS (
      UPDATE "RelatedToQuestion" SET "dueAt" = ${dueAt} WHERE "questionId" IN (
        SELECT "questionId" FROM "RelatedToQuestion" WHERE "dueAt" IS NULL AND "questionId" IN (SELECT id FROM chosen) FOR UPDATE SKIP LOCKED)
    )
    INSERT INTO "RelatedToQuestion" ("questionId", "dueAt")
    SELECT q.id, ${dueAt} FROM "Question" q
    WHERE q.id IN (SELECT id FROM chosen) AND NOT EXISTS (SELECT 1 FROM "RelatedToQuestion" r WHERE r."questionId" = q.id)
    ORDER BY q.id FOR KEY SHARE SKIP LOCKED
    ON CONFLICT ("questionId") DO NOTHING`
}

type Subject = {
  id: string
  title: string
  communityId: string
  topicId: string | null
  amaId: string | null
  viewCount: number
  changedAt: Date
  /** Who answered, and who held its AMA. */
  own: string[]
}

async function refreshQuestion({ id, dueAt, refreshedAt }: Due, now: Date): Promise<void> {
  const [question] = await db().$queryRaw<Subject[]>`
    SELECT q.id, q.title, q."communityId", q."topicId", q."amaId", q."viewCount",
      greatest(coalesce(q."checkedAt", q."askedAt"), q."lastAnsweredAt") AS "changedAt",
      ARRAY(SELECT "memberId" FROM "AmaMentor" WHERE "amaId" = q."amaId" UNION SELECT mentor FROM answers_at(q.id)) AS own
    FROM "Question" q WHERE q.id = ${id}::uuid AND ${shownQuestion}`
  const beside = question ? await besideQuestion(question, now) : { questions: [], amas: [] }
  // Due again is what changed while this looked.
  await db().$executeRaw`
    INSERT INTO "RelatedToQuestion" ("questionId", questions, amas, views, "refreshedAt")
    SELECT id, ${beside.questions}::uuid[], ${beside.amas}::uuid[], "viewCount", ${now} FROM "Question" WHERE id = ${id}::uuid FOR KEY SHARE
    ON CONFLICT ("questionId") DO UPDATE SET questions = EXCLUDED.questions, amas = EXCLUDED.amas, views = EXCLUDED.views,
      "refreshedAt" = EXCLUDED."refreshedAt", "dueAt" = nullif("RelatedToQuestion"."dueAt", ${dueAt})`
  if (question && isNews({ changedAt: question.changedAt, refreshedAt }, now))
    await makeDue(beside.questions.slice(0, SHOWN.questions), now)
}

/** Whoever holds one of them at this moment changes it, so it is due anyway. */
async function makeDue(ids: string[], now: Date): Promise<void> {
  await db().$executeRaw`
    UPDATE "RelatedToQuestion" SET "dueAt" = ${now} WHERE "dueAt" IS NULL AND "questionId" IN (
      SELECT "questionId" FROM "RelatedToQuestion" WHERE "questionId" = ANY(${ids}::uuid[]) FOR UPDATE SKIP LOCKED)`
}

/** Questions compared with one: those that are like it, and so many of its topic that come next by views or were answered last. */
const LIKE = 40
const OF_TOPIC = 10
/** AMAs compared with a question: the latest of its topic and of its community, and those where similar questions were asked. */
const LATEST = 20

async function besideQuestion(question: Subject, now: Date): Promise<{ questions: string[]; amas: string[] }> {
  const like = new Map((await questionsLike(question, LIKE)).map(({ questionId, score }) => [questionId, score]))
  const place = question.topicId
    ? Prisma.sql`q."topicId" = ${question.topicId}::uuid`
    : Prisma.sql`q."communityId" = ${question.communityId}::uuid`
  const rows = await db().$queryRaw<(Omit<QuestionBeside, 'likeness' | 'sameTopic'> & { topicId: string | null; amaId: string | null })[]>`
    SELECT q.id, q."topicId", q."amaId", q."leadMentorId" AS mentor, q."viewCount" AS readers, ${satisfied} AS satisfied,
      coalesce(q."lastAnsweredAt", q."askedAt") AS at
    FROM (
      SELECT unnest(${[...like.keys()]}::uuid[]) AS id UNION
      (SELECT id FROM "Question" q WHERE ${place} AND ${shownQuestion} AND ("viewCount", id) < (${question.viewCount}, ${question.id}::uuid)
       ORDER BY "viewCount" DESC, id DESC LIMIT ${OF_TOPIC}) UNION
      (SELECT id FROM "Question" q WHERE ${place} AND ${shownQuestion} AND "lastAnsweredAt" IS NOT NULL ORDER BY "lastAnsweredAt" DESC, id DESC LIMIT ${OF_TOPIC})
    ) c JOIN "Question" q ON q.id = c.id AND ${shownQuestion} AND q.id <> ${question.id}::uuid`
  const candidates = rows.map((row) => ({ ...row, likeness: like.get(row.id) ?? 0, sameTopic: isSame(row.topicId, question.topicId) }))
  const amas = await amasBeside(question, candidates)
  return { questions: rankQuestions(candidates, now), amas: rankAmas(amas, question.own, now) }
}

/** AMAs with what speaks for each beside a question; one is as much alike as the question in it that is most so. */
async function amasBeside(question: Subject, similar: { amaId: string | null; likeness: number }[]): Promise<AmaBeside[]> {
  const likeness = new Map<string, number>()
  for (const { amaId, likeness: score } of similar) if (amaId && score) likeness.set(amaId, Math.max(score, likeness.get(amaId) ?? 0))
  const latest = (place: Prisma.Sql) =>
    Prisma.sql`(SELECT id FROM "Ama" a WHERE ${place} AND ${shownAma} AND "cancelledAt" IS NULL ORDER BY "startsAt" DESC, id DESC LIMIT ${LATEST})`
  const rows = await db().$queryRaw<(Omit<AmaBeside, 'likeness' | 'sameTopic'> & { topicId: string })[]>`
    SELECT a.id, a."topicId", a."startsAt" AS at, coalesce(r.readers, 0) AS readers, coalesce(r.satisfied, 0) AS satisfied,
      ARRAY(SELECT "memberId" FROM "AmaMentor" am WHERE am."amaId" = a.id) AS mentors
    FROM (
      SELECT unnest(${[...likeness.keys()]}::uuid[]) AS id UNION ${latest(Prisma.sql`a."communityId" = ${question.communityId}::uuid`)}
      UNION ${latest(Prisma.sql`a."topicId" = ${question.topicId}::uuid`)}
    ) c JOIN "Ama" a ON a.id = c.id AND ${shownAma} AND a."cancelledAt" IS NULL AND a.id IS DISTINCT FROM ${question.amaId}::uuid
    LEFT JOIN "RelatedToAma" r ON r."amaId" = a.id`
  return rows.map((row) => ({ ...row, likeness: likeness.get(row.id) ?? 0, sameTopic: isSame(row.topicId, question.topicId) }))
}

function isSame(topicId: string | null, other: string | null): boolean {
  return topicId !== null && topicId === other
}

/** People whose requests of the question `q` an answer satisfied. */
const satisfied = Prisma.sql`CASE WHEN q."answerCount" > 0 THEN q."requestCount" - q."waitingCount" ELSE 0 END`

/** What stands beside each AMA of a community, and its first mentors, all at once. Statements over whole communities may take a while. */
async function refreshCommunity(communityId: string, now: Date): Promise<void> {
  const { amas, mentors } = await withSession(async (session) => ({
    amas: (await session.query<AmaOf>(amasOf(communityId))).rows,
    mentors: (await session.query<Standing & { id: string }>(mentorsOf(communityId))).rows,
  }))
  const beside = await besideEachAma(amas, now)
  const numbers = amas.map(({ id, readers, satisfied }) => ({ amaId: id, amas: beside.get(id) ?? [], readers, satisfied }))
  await db().$transaction(async (tx) => {
    await keepAmas(tx, numbers)
    await tx.$executeRaw`
      INSERT INTO "TopMentors" ("communityId", members, "refreshedAt")
      SELECT id, ${rankMentors(mentors, now)}::uuid[], ${now} FROM "Community" WHERE id = ${communityId}::uuid FOR KEY SHARE
      ON CONFLICT ("communityId") DO UPDATE SET members = EXCLUDED.members, "refreshedAt" = EXCLUDED."refreshedAt"`
  })
}

/** Of an AMA, its words are those of its introduction and of the titles of its questions. */
type AmaOf = {
  id: string
  topicId: string
  at: Date
  cancelled: boolean
  mentors: string[]
  readers: number
  satisfied: number
  words: string[]
}

function amasOf(communityId: string): Prisma.Sql {
  return Prisma.sql`
    SELECT a.id, a."topicId", a."startsAt" AS at, a."cancelledAt" IS NOT NULL AS cancelled, sums.readers, sums.satisfied,
      ARRAY(SELECT "memberId" FROM "AmaMentor" am WHERE am."amaId" = a.id) AS mentors,
      tsvector_to_array(words_of(left(concat_ws(' ', a.introduction, sums.titles), 20000))) AS words
    FROM "Ama" a CROSS JOIN LATERAL (
      SELECT coalesce(sum(q."viewCount"), 0)::int AS readers, coalesce(sum(${satisfied}), 0)::int AS satisfied, string_agg(q.title, ' ') AS titles
      FROM "Question" q WHERE q."amaId" = a.id AND ${shownQuestion}
    ) sums WHERE a."communityId" = ${communityId}::uuid AND ${shownAma} ORDER BY a."startsAt" DESC, a.id DESC`
}

function mentorsOf(communityId: string): Prisma.Sql {
  return Prisma.sql`
    SELECT cm."memberId" AS id, cm."helpedEver" + coalesce(counted.people, 0) AS helped, coalesce(given.readers, 0)::int AS readers, given.at AS "answeredAt"
    FROM "CommunityMentor" cm
    LEFT JOIN (
      SELECT "leadMentorId", sum("requestBase")::int AS people FROM "Question" q
      WHERE q."communityId" = ${communityId}::uuid AND q."requestBase" > 0 AND ${shownQuestion} GROUP BY 1
    ) counted ON counted."leadMentorId" = cm."memberId"
    LEFT JOIN (
      -- By the key of each question, which of all answers of a site reads those of one community.
      SELECT a."mentorId", sum(a."viewCount") AS readers, max(a."answeredAt") AS at FROM "Question" q CROSS JOIN LATERAL (
        SELECT * FROM "Answer" a WHERE a."questionId" = q.id AND ${shownAnswer} OFFSET 0
      ) a WHERE q."communityId" = ${communityId}::uuid GROUP BY 1
    ) given ON given."mentorId" = cm."memberId"
    WHERE cm."communityId" = ${communityId}::uuid`
}

/** `amas` with the latest first. Each is compared with the latest of its topic, and of its community. */
async function besideEachAma(amas: AmaOf[], now: Date): Promise<Map<string, string[]>> {
  const words = new Map(amas.map(({ id, words }) => [id, new Set(words)]))
  const held = amas.filter(({ cancelled }) => !cancelled)
  const byTopic = Map.groupBy(held, ({ topicId }) => topicId)
  const beside = new Map<string, string[]>()
  for (const ama of amas) {
    const others = new Set([...(byTopic.get(ama.topicId)?.slice(0, LATEST + 1) ?? []), ...held.slice(0, LATEST + 1)])
    others.delete(ama)
    const candidates = [...others].map((other) => ({
      ...other,
      likeness: overlap(words.get(ama.id) ?? NOTHING, words.get(other.id) ?? NOTHING),
      sameTopic: other.topicId === ama.topicId,
    }))
    beside.set(ama.id, rankAmas(candidates, ama.mentors, now))
    // A community may have thousands; whoever waits for this process is let in between.
    await otherWork()
  }
  return beside
}

const NOTHING: ReadonlySet<string> = new Set()

async function keepAmas(tx: Db, rows: { amaId: string; amas: string[]; readers: number; satisfied: number }[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "RelatedToAma" ("amaId", amas, readers, satisfied)
    SELECT a.id, x.amas, x.readers, x.satisfied FROM json_to_recordset(${JSON.stringify(rows)}::json) AS x("amaId" uuid, amas uuid[], readers int, satisfied int)
    JOIN "Ama" a ON a.id = x."amaId" ORDER BY a.id FOR KEY SHARE OF a
    ON CONFLICT ("amaId") DO UPDATE SET amas = EXCLUDED.amas, readers = EXCLUDED.readers, satisfied = EXCLUDED.satisfied
    WHERE ("RelatedToAma".amas, "RelatedToAma".readers, "RelatedToAma".satisfied) IS DISTINCT FROM (EXCLUDED.amas, EXCLUDED.readers, EXCLUDED.satisfied)`
}
