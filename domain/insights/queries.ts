import { shownAnswer } from '#domain/answer/queries.ts'
import type { Numbers, Range } from '#domain/insights/rules.ts'
import { findZone } from '#domain/member/queries.ts'
import { shownQuestion } from '#domain/question/queries.ts'
import { DatedKeys, decodeCursor, PAGE_SIZE, type Page, pageOf } from '#lib/cursor.ts'
import { db, Prisma } from '#lib/db.ts'
import type { Viewer } from '#lib/viewer.ts'
import { lastDays } from '#lib/zone.ts'

type Mentor = Pick<NonNullable<Viewer>, 'memberId'>

/** Days of the mentor's zone, the first one first: "2026-11-23", and when each begins. */
export type Period = { zone: string; days: { day: string; begins: Date }[]; end: Date }

/** The days that a range means for a mentor now; in UTC where they say no zone. */
export async function getPeriod(mentor: Mentor, range: Range, now: Date): Promise<Period> {
  const zone = await findZone(mentor)
  return { zone, ...lastDays(Number(range), now, zone) }
}

export type DayNumbers = Numbers & { day: string }

/** A mentor's numbers of each day (domain/insights/rules.ts says what they are), the first one first; of days without any too. */
export async function listDays({ memberId }: Mentor, period: Period): Promise<DayNumbers[]> {
  const begins = Prisma.sql`${period.days.map((each) => each.begins)}::timestamptz[]`
  const days = Prisma.sql`${period.days.map((each) => each.day)}::text[]`
  const helped = Prisma.sql`SELECT width_bucket(h.at, ${begins}) AS place, sum(h.people)::int AS n
    FROM "Answer" a CROSS JOIN LATERAL (${helpedBy(period)}) h WHERE ${ownShown(memberId)} GROUP BY 1`
  const helpful = Prisma.sql`SELECT width_bucket(k."markedAt", ${begins}) AS place, count(*)::int AS n
    FROM "Answer" a CROSS JOIN LATERAL (${helpfulOf(period)}) k WHERE ${ownShown(memberId)} GROUP BY 1`
  return db().$queryRaw`
    SELECT each.day, coalesce(d.views, 0) AS views, coalesce(d.readers, 0) AS readers, coalesce(helped.n, 0) AS helped, coalesce(helpful.n, 0) AS helpful
    FROM unnest(${days}) WITH ORDINALITY AS each (day, place)
    LEFT JOIN "MentorDay" d ON d."mentorId" = ${memberId}::uuid AND d.day = each.day::date
    LEFT JOIN (${helped}) helped ON helped.place = each.place LEFT JOIN (${helpful}) helpful ON helpful.place = each.place
    ORDER BY each.place`
}

export type AnswerNumbers = Omit<Numbers, 'readers'> & {
  id: string
  slug: string
  title: string
  answeredAt: Date
  /** People who wait now for another answer to the same question. */
  waiting: number
}

/** A mentor's answers with their numbers in these days, the latest answer first. Null where `after` is no cursor of this list. */
export async function listAnswerNumbers(
  { memberId }: Mentor,
  period: Period,
  after?: string | string[],
  size = PAGE_SIZE,
): Promise<Page<AnswerNumbers> | null> {
  const keys = decodeCursor(DatedKeys, after)
  if (keys === null) return null
  const [first, last] = [period.days[0]?.day, period.days.at(-1)?.day]
  const rows = await db().$queryRaw<AnswerNumbers[]>`
    SELECT a.id, q.slug, q.title, a."answeredAt", q."waitingCount" AS waiting,
      (SELECT coalesce(sum(d.views), 0)::int FROM "AnswerDay" d WHERE d."answerId" = a.id AND d.day BETWEEN ${first}::date AND ${last}::date) AS views,
      (SELECT coalesce(sum(h.people), 0)::int FROM (${helpedBy(period)}) h) AS helped,
      (SELECT count(*)::int FROM (${helpfulOf(period)}) k) AS helpful
    FROM (
      SELECT * FROM "Answer" a WHERE ${ownShown(memberId)}
        ${keys ? Prisma.sql`AND (a."answeredAt", a.id) < (${new Date(keys[0])}, ${keys[1]}::uuid)` : Prisma.empty}
      ORDER BY a."answeredAt" DESC, a.id DESC LIMIT ${size + 1}
    ) a JOIN "Question" q ON q.id = a."questionId" ORDER BY a."answeredAt" DESC, a.id DESC`
  return pageOf(rows, size, (oldest) => [oldest.answeredAt.getTime(), oldest.id])
}

/** Rows of a file that are asked for at once. */
const AT_ONCE = 500

/** All of a mentor's answers as `listAnswerNumbers` has them, some hundred at a time. */
export async function* allAnswerNumbers(mentor: Mentor, period: Period): AsyncGenerator<AnswerNumbers[]> {
  let after: string | undefined
  do {
    const page: Page<AnswerNumbers> | null = await listAnswerNumbers(mentor, period, after, AT_ONCE)
    if (!page) return
    yield page.rows
    after = page.next ?? undefined
  } while (after)
}

function ownShown(memberId: string): Prisma.Sql {
  return Prisma.sql`a."mentorId" = ${memberId}::uuid AND ${shownAnswer}`
}

function within(column: Prisma.Sql, { days, end }: Period): Prisma.Sql {
  return Prisma.sql`${column} >= ${days[0]?.begins ?? end} AND ${column} < ${end}`
}

/**
 * People whom the answer `a` helped in these days, as `at` and `people`: those who waited for it when it came or was placed on
 * their question, with those whom an import counted before the first answer there, and those whom it saved a question.
 */
function helpedBy(period: Period): Prisma.Sql {
  return Prisma.sql`
    SELECT here.at, waited.people FROM (
      SELECT a."questionId", a."answeredAt" AS at UNION ALL SELECT p."questionId", p."placedAt" FROM "AnswerPlacement" p WHERE p."answerId" = a.id
    ) here JOIN "Question" q ON q.id = here."questionId" AND ${shownQuestion} CROSS JOIN LATERAL (
      SELECT max(b.at) AS before FROM answers_at(q.id) b WHERE (b.at, b.id) < (here.at, a.id)
    ) earlier CROSS JOIN LATERAL (
      SELECT count(*)::int + CASE WHEN earlier.before IS NULL THEN q."requestBase" ELSE 0 END AS people
      FROM "AnswerRequest" r WHERE r."questionId" = q.id AND r."memberId" <> a."mentorId" AND (
        (r."requestedAt" <= here.at AND coalesce(r."requestedAt" > earlier.before, true))
        OR (r."againAt" <= here.at AND coalesce(r."againAt" > earlier.before, true)))
    ) waited WHERE ${within(Prisma.sql`here.at`, period)}
    UNION ALL
    SELECT s."happenedAt", 1 FROM "Deflection" s WHERE s."answerId" = a.id AND ${within(Prisma.sql`s."happenedAt"`, period)}`
}

function helpfulOf(period: Period): Prisma.Sql {
  return Prisma.sql`SELECT k."markedAt" FROM "AnswerMark" k WHERE k."answerId" = a.id AND k.kind = 'helpful' AND ${within(Prisma.sql`k."markedAt"`, period)}`
}
