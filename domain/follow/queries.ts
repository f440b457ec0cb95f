import { amaMentors, shownAma } from '#domain/ama/queries.ts'
import type { AmaMentorThen } from '#domain/ama/rules.ts'
import { shownAnswer } from '#domain/answer/queries.ts'
import type { Followed } from '#domain/follow/rules.ts'
import { shownQuestion, shownSince } from '#domain/question/queries.ts'
import { DatedKeys, decodeCursor, PAGE_SIZE, type Page, pageOf } from '#lib/cursor.ts'
import { db, Prisma } from '#lib/db.ts'
import type { Viewer } from '#lib/viewer.ts'

type Person = NonNullable<Viewer>

/** Something that a person follows, or could: `slug` is a mentor's handle. */
export type OwnFollow = { id: string; slug: string; name: string; following: boolean; own: boolean }

/** Whether the person follows the thing with this slug; null where there is none. */
export async function getOwnFollow({ memberId }: Person, thing: Followed, slug: string): Promise<OwnFollow | null> {
  const [found] = await db().$queryRaw<OwnFollow[]>`
    SELECT thing.id, thing.slug, thing.name, thing.own, ${follows(thing, memberId)} AS following
    FROM (${things[thing](memberId)}) thing WHERE thing.slug = ${slug}`
  return found ?? null
}

/** Of these things, which the person follows, and which are the person. */
export async function listOwnFollows({ memberId }: Person, thing: Followed, ids: string[]): Promise<{ pressed: string[]; own: string[] }> {
  const rows = await db().$queryRaw<OwnFollow[]>`
    SELECT thing.id, thing.own, ${follows(thing, memberId)} AS following FROM (${things[thing](memberId)}) thing WHERE thing.id = ANY(${ids}::uuid[])`
  return { pressed: rows.filter(({ following }) => following).map(({ id }) => id), own: rows.filter(({ own }) => own).map(({ id }) => id) }
}

/** A row of what one follows. `within`: the community of a topic or question, the role of a mentor. */
export type FollowRow = {
  thing: Followed
  id: string
  slug: string
  name: string
  within: string | null
  followedAt: Date
  muted: boolean
}

/** What the person follows, the latest first; with `words` only what has them in its name. Null where `after` is not a cursor of this list. */
export async function listFollows({ memberId }: Person, words: string, after?: string | string[]): Promise<Page<FollowRow> | null> {
  const keys = decodeCursor(DatedKeys, after)
  if (keys === null) return null
  const like = `%${words.replace(/[\\%_]/g, '\\$&')}%`
  const rows = await db().$queryRaw<FollowRow[]>`
    SELECT * FROM (
      SELECT 'mentor' AS thing, m.id, m.handle AS slug, m.name, nullif(concat_ws(' ', c.name, m.title), '') AS within, f."followedAt", f."mutedAt" IS NOT NULL AS muted
      FROM "Follow" f JOIN "Member" m ON m.id = f."mentorId" LEFT JOIN "Company" c ON c.id = m."companyId"
      WHERE f."memberId" = ${memberId}::uuid AND m."mentorSince" IS NOT NULL
      UNION ALL
      SELECT 'topic', t.id, t.slug, t.name, c.name, f."followedAt", f."mutedAt" IS NOT NULL
      FROM "Follow" f JOIN "Topic" t ON t.id = f."topicId" JOIN "Community" c ON c.id = t."communityId" WHERE f."memberId" = ${memberId}::uuid
      UNION ALL
      SELECT 'question', q.id, q.slug, q.title, c.name, f."followedAt", f.muted
      FROM (${followedQuestions(memberId)}) f JOIN "Question" q ON q.id = f."questionId" JOIN "Community" c ON c.id = q."communityId" WHERE ${shownQuestion}
    ) followed
    WHERE ${words ? Prisma.sql`name ILIKE ${like}` : Prisma.sql`true`}
      ${keys ? Prisma.sql`AND ("followedAt", id) < (${new Date(keys[0])}, ${keys[1]}::uuid)` : Prisma.empty}
    ORDER BY "followedAt" DESC, id DESC LIMIT ${PAGE_SIZE + 1}`
  return pageOf(rows, PAGE_SIZE, (last) => [last.followedAt.getTime(), last.id])
}

/** Mentors and topics that a member follows, for their page where they show them: the latest, no more than so many. Questions are not among them: who requested what is private. */
export async function listShownFollows(memberId: string, size = 30): Promise<Pick<FollowRow, 'thing' | 'id' | 'slug' | 'name'>[]> {
  return db().$queryRaw`
    SELECT thing, id, slug, name FROM (
      SELECT 'mentor' AS thing, m.id, m.handle AS slug, m.name, f."followedAt"
      FROM "Follow" f JOIN "Member" m ON m.id = f."mentorId" WHERE f."memberId" = ${memberId}::uuid AND m."mentorSince" IS NOT NULL
      UNION ALL
      SELECT 'topic', t.id, t.slug, t.name, f."followedAt" FROM "Follow" f JOIN "Topic" t ON t.id = f."topicId" WHERE f."memberId" = ${memberId}::uuid
    ) followed
    WHERE EXISTS (SELECT FROM "Member" WHERE id = ${memberId}::uuid AND "followsShownSince" IS NOT NULL AND "deletedAt" IS NULL)
    ORDER BY "followedAt" DESC, id DESC LIMIT ${size}`
}

/** Something new, for whoever follows what it belongs to: an answer, an AMA that was announced, a question. */
export type News = { id: string; at: Date } & (
  | { kind: 'answer'; slug: string; title: string; excerpt: string; name: string; company: string | null; role: string | null }
  | { kind: 'question'; slug: string; title: string }
  | { kind: 'ama'; slug: string; topic: string; mentors: AmaMentorThen[]; startsAt: Date; timeZone: string }
)

/**
 * What is new of what the person follows and has not muted, the latest first, each thing once: answers of mentors, to
 * questions, and the latest one to each question of a topic; questions of topics and to mentors; AMAs of both. An answer that
 * was placed on a question is news there since then. The person's own is not news. Null where `after` is not a cursor of this
 * list.
 */
export async function listNews(person: Person, after?: string | string[]): Promise<Page<News> | null> {
  const keys = decodeCursor(DatedKeys, after)
  if (keys === null) return null
  const page = pageOf(await findNews(person, keys), PAGE_SIZE, (last) => [last.at.getTime(), last.id])
  return { ...page, rows: await withWords(page.rows) }
}

/** How much of it is new since then, as the first page of it tells: one more than that has is as far as it counts. */
export async function countNews(person: Person, since: Date): Promise<number> {
  return (await findNews(person, undefined)).filter(({ at }) => at > since).length
}

/** `question`: where an answer stands, its own or one on which it was placed; null for the rest. */
type Found = { kind: News['kind']; id: string; at: Date; question: string | null }

/** One more than a page has. */
function findNews({ memberId }: Person, keys: [number, string] | undefined): Promise<Found[]> {
  const before = (at: Prisma.Sql, id: Prisma.Sql) =>
    keys ? Prisma.sql`(${at}, ${id}) < (${new Date(keys[0])}, ${keys[1]}::uuid)` : Prisma.sql`true`
  const limit = PAGE_SIZE + 1
  return db().$queryRaw<Found[]>`
    WITH mentor AS (SELECT "mentorId" AS id FROM "Follow" WHERE "memberId" = ${memberId}::uuid AND "mentorId" IS NOT NULL AND "mutedAt" IS NULL),
    topic AS (SELECT "topicId" AS id FROM "Follow" WHERE "memberId" = ${memberId}::uuid AND "topicId" IS NOT NULL AND "mutedAt" IS NULL),
    question AS (SELECT "questionId" AS id FROM (${followedQuestions(memberId)}) f WHERE NOT muted),
    answered AS (
      SELECT a.id, a."answeredAt" AS at, a."questionId" AS question FROM mentor, LATERAL (
        SELECT id, "answeredAt", "questionId" FROM "Answer" a WHERE "mentorId" = mentor.id AND ${shownAnswer} AND ${before(Prisma.sql`"answeredAt"`, Prisma.sql`id`)}
        ORDER BY "answeredAt" DESC, id DESC LIMIT ${limit}) a
      UNION
      (SELECT a.id, a."answeredAt", a."questionId" FROM question JOIN "Answer" a ON a."questionId" = question.id
       WHERE a."mentorId" <> ${memberId}::uuid AND ${shownAnswer} AND ${before(Prisma.sql`a."answeredAt"`, Prisma.sql`a.id`)}
       ORDER BY a."answeredAt" DESC, a.id DESC LIMIT ${limit})
      UNION
      (SELECT a.id, p."placedAt", q.id FROM question JOIN "Question" q ON q.id = question.id JOIN "AnswerPlacement" p ON p."questionId" = q.id
         JOIN "Answer" a ON a.id = p."answerId"
       WHERE a."mentorId" <> ${memberId}::uuid AND ${shownQuestion} AND ${shownAnswer} AND ${before(Prisma.sql`p."placedAt"`, Prisma.sql`a.id`)}
       ORDER BY p."placedAt" DESC, a.id DESC LIMIT ${limit})
      UNION
      SELECT a.id, a.at, q.id FROM topic, LATERAL (
        SELECT q.id FROM "Question" q WHERE "topicId" = topic.id AND "lastAnsweredAt" IS NOT NULL AND ${shownQuestion}
          ${keys ? Prisma.sql`AND "lastAnsweredAt" <= ${new Date(keys[0])}` : Prisma.empty}
        ORDER BY "lastAnsweredAt" DESC, id DESC LIMIT ${2 * limit}) q, LATERAL (
        (SELECT id, "answeredAt" AS at, "mentorId" FROM "Answer" a WHERE "questionId" = q.id AND ${shownAnswer} ORDER BY "answeredAt" DESC, id DESC LIMIT 1)
        UNION ALL
        (SELECT a.id, p."placedAt", a."mentorId" FROM "AnswerPlacement" p JOIN "Answer" a ON a.id = p."answerId"
         WHERE p."questionId" = q.id AND ${shownAnswer} ORDER BY p."placedAt" DESC, a.id DESC LIMIT 1)
        ORDER BY at DESC, id DESC LIMIT 1) a
      WHERE a."mentorId" <> ${memberId}::uuid AND ${before(Prisma.sql`a.at`, Prisma.sql`a.id`)}
    ),
    asked AS (
      SELECT q.id, q.at FROM topic, LATERAL (
        SELECT id, ${shownSince} AS at FROM "Question" q WHERE "topicId" = topic.id AND ${shownQuestion} AND ${before(shownSince, Prisma.sql`id`)}
          AND "askedById" IS DISTINCT FROM ${memberId}::uuid
        ORDER BY ${shownSince} DESC, id DESC LIMIT ${limit}) q
      UNION
      SELECT q.id, ${shownSince} FROM mentor JOIN "Question" q ON q."askedToId" = mentor.id
      WHERE ${shownQuestion} AND q."askedById" IS DISTINCT FROM ${memberId}::uuid AND ${before(shownSince, Prisma.sql`q.id`)}
    ),
    announced AS (
      SELECT a.id, ${announced} AS at FROM mentor JOIN "AmaMentor" am ON am."memberId" = mentor.id JOIN "Ama" a ON a.id = am."amaId"
      WHERE a."cancelledAt" IS NULL AND ${shownAma} AND ${before(announced, Prisma.sql`a.id`)}
      UNION
      SELECT a.id, ${announced} FROM topic JOIN "Ama" a ON a."topicId" = topic.id
      WHERE a."cancelledAt" IS NULL AND ${shownAma} AND ${before(announced, Prisma.sql`a.id`)}
    )
    SELECT 'answer' AS kind, id, at, question FROM answered
    UNION ALL SELECT 'question', id, at, NULL FROM asked UNION ALL SELECT 'ama', id, at, NULL FROM announced
    ORDER BY at DESC, id DESC LIMIT ${limit}`
}

/** Since when an AMA is known of; one that an import brought was held before it came here. */
const announced = Prisma.sql`least(a."publishedAt", a."startsAt")`

/** What a list shows of each, one query for each kind. */
async function withWords(found: Found[]): Promise<News[]> {
  const ids = (kind: News['kind']) => found.filter((each) => each.kind === kind).map(({ id }) => id)
  const stands = found.flatMap(({ question }) => question ?? [])
  const [answers, questions, amas] = await Promise.all([
    db().$queryRaw<Worded[]>`
      SELECT 'answer' AS kind, a.id, found.question, q.slug, q.title, a.excerpt, m.name, c.name AS company, a.title AS role
      FROM unnest(${ids('answer')}::uuid[], ${stands}::uuid[]) found (id, question)
      JOIN "Answer" a ON a.id = found.id JOIN "Question" q ON q.id = found.question JOIN "Member" m ON m.id = a."mentorId" LEFT JOIN "Company" c ON c.id = a."companyId"`,
    db().$queryRaw<Worded[]>`
      SELECT 'question' AS kind, id, NULL AS question, slug, title FROM "Question" q WHERE id = ANY(${ids('question')}::uuid[])`,
    db().$queryRaw<Worded[]>`
      SELECT 'ama' AS kind, a.id, NULL AS question, a.slug, t.name AS topic, a."startsAt", a."timeZone", ${amaMentors} AS mentors
      FROM "Ama" a JOIN "Topic" t ON t.id = a."topicId" WHERE a.id = ANY(${ids('ama')}::uuid[])`,
  ])
  const keyOf = ({ kind, id, question }: Pick<Found, 'kind' | 'id' | 'question'>) => `${kind} ${id} ${question}`
  const words = new Map([...answers, ...questions, ...amas].map(({ question, ...news }) => [keyOf({ ...news, question }), news]))
  return found.flatMap((each) => {
    const news = words.get(keyOf(each))
    return news ? { ...news, at: each.at } : []
  })
}

type Worded = News & Pick<Found, 'question'>

/** Questions that a member follows: by a row, or by having asked or requested them; one row each. */
function followedQuestions(memberId: string): Prisma.Sql {
  return Prisma.sql`
    SELECT "questionId", "followedAt", "mutedAt" IS NOT NULL AS muted FROM "Follow"
    WHERE "memberId" = ${memberId}::uuid AND "questionId" IS NOT NULL AND "endedAt" IS NULL
    UNION ALL
    SELECT "questionId", "requestedAt", false FROM "AnswerRequest" r
    WHERE "memberId" = ${memberId}::uuid AND NOT EXISTS (SELECT FROM "Follow" f WHERE f."memberId" = r."memberId" AND f."questionId" = r."questionId")`
}

const things: Record<Followed, (memberId: string) => Prisma.Sql> = {
  mentor: (memberId) =>
    Prisma.sql`SELECT id, handle AS slug, name, id = ${memberId}::uuid AS own FROM "Member" WHERE "mentorSince" IS NOT NULL`,
  topic: () => Prisma.sql`SELECT id, slug, name, false AS own FROM "Topic"`,
  question: () => Prisma.sql`SELECT id, slug, title AS name, false AS own FROM "Question" q WHERE ${shownQuestion}`,
}

function follows(thing: Followed, memberId: string): Prisma.Sql {
  const mine = Prisma.sql`"Follow" f WHERE f."memberId" = ${memberId}::uuid`
  if (thing === 'mentor') return Prisma.sql`EXISTS (SELECT FROM ${mine} AND f."mentorId" = thing.id)`
  if (thing === 'topic') return Prisma.sql`EXISTS (SELECT FROM ${mine} AND f."topicId" = thing.id)`
  return Prisma.sql`coalesce((SELECT f."endedAt" IS NULL FROM ${mine} AND f."questionId" = thing.id),
    EXISTS (SELECT FROM "AnswerRequest" r WHERE r."memberId" = ${memberId}::uuid AND r."questionId" = thing.id))`
}
