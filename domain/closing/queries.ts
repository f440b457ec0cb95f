import { shownAnswer } from '#domain/answer/queries.ts'
import { ASKED_ABOUT, BECAME, type Became, type Sums } from '#domain/closing/rules.ts'
import { shownQuestion } from '#domain/question/queries.ts'
import { silentSince } from '#domain/question/rules.ts'
import { type Db, db, Prisma } from '#lib/db.ts'

/** An AMA as far as it matters for closing it. `hosts` and `mentors` are ids of members, `closedBy` a name. */
export type Closable = {
  id: string
  slug: string
  communityId: string
  community: string
  startsAt: Date
  endsAt: Date
  publishedAt: Date | null
  cancelledAt: Date | null
  closedAt: Date | null
  closedBy: string | null
  hosts: string[]
  mentors: string[]
}

/** By id or slug, published or not; the caller looks whether the viewer may close it. */
export async function getClosable(which: { id: string } | { slug: string }, tx: Db = db()): Promise<Closable | null> {
  const [ama] = await tx.$queryRaw<Closable[]>`
    SELECT a.id, a.slug, a."communityId", c.name AS community, a."startsAt", a."endsAt", a."publishedAt", a."cancelledAt", a."closedAt",
      (SELECT name FROM "Member" WHERE id = a."closedById") AS "closedBy",
      ARRAY(SELECT "memberId" FROM "AmaHost" h WHERE h."amaId" = a.id) AS hosts,
      ARRAY(SELECT "memberId" FROM "AmaMentor" am WHERE am."amaId" = a.id) AS mentors
    FROM "Ama" a JOIN "Community" c ON c.id = a."communityId"
    WHERE ${'id' in which ? Prisma.sql`a.id = ${which.id}::uuid` : Prisma.sql`a.slug = ${which.slug}`}`
  return ama ?? null
}

/** What became of a question; `to`: of whom it was passed to, the name. */
export type BecameView = { became: Became; to: string | null }

/** What became of each of these questions, as it is told from what there is: answers, what mentors passed on, the closing. */
export async function whatBecame(questionIds: string[], now: Date): Promise<Map<string, BecameView>> {
  const rows = await db().$queryRaw<(BecameView & { id: string })[]>`
    SELECT q.id, ${became(now)} AS became, (SELECT name FROM "Member" WHERE id = ${passedTo(now)}) AS "to"
    FROM "Question" q WHERE q.id = ANY(${questionIds}::uuid[])`
  return new Map(rows.map(({ id, ...view }) => [id, view]))
}

/** Of all questions of an AMA that everybody can read. */
export async function countBecame(amaId: string, now: Date): Promise<Sums> {
  const rows = await db().$queryRaw<{ became: Became; questions: number }[]>`
    SELECT ${became(now)} AS became, count(*)::int AS questions FROM "Question" q WHERE q."amaId" = ${amaId}::uuid AND ${shownQuestion} GROUP BY 1`
  const number = (became: Became) => rows.find((row) => row.became === became)?.questions ?? 0
  return Object.fromEntries(BECAME.map((became) => [became, number(became)])) as Sums
}

/** A question that whoever closes its AMA is asked about. */
export type Undecided = { id: string; slug: string; title: string; waitingCount: number }

/** The questions of an AMA of which nothing has become yet, those for which most people wait first. */
export function listUndecided(amaId: string, now: Date): Promise<Undecided[]> {
  return db().$queryRaw`
    SELECT q.id, q.slug, q.title, q."waitingCount" FROM "Question" q
    WHERE q."amaId" = ${amaId}::uuid AND ${shownQuestion} AND ${became(now)} = 'open'
    ORDER BY -q."waitingCount", q.number LIMIT ${ASKED_ABOUT}`
}

/** Of the question `q`, as a word of BECAME. */
export function became(now: Date): Prisma.Sql {
  return Prisma.sql`CASE
    WHEN q."answerCount" > 0 THEN CASE WHEN EXISTS (SELECT FROM "Answer" a WHERE a."questionId" = q.id AND ${shownAnswer}) THEN 'answered' ELSE 'covered' END
    WHEN q."closedAt" IS NOT NULL THEN 'closed'
    WHEN ${passedTo(now)} IS NOT NULL THEN 'passed' ELSE 'open' END`
}

/** Of the question `q`: the mentor whom it was put to, or whom another one handed it over to, and who has not set it aside; not for longer than anybody may be silent. */
function passedTo(now: Date): Prisma.Sql {
  return Prisma.sql`coalesce(q."askedToId", (
    SELECT h."toId" FROM "SetAside" h
    WHERE h."questionId" = q.id AND h."toId" IS NOT NULL AND h."setAsideAt" >= ${silentSince(now)}
      AND NOT EXISTS (SELECT FROM "SetAside" theirs WHERE theirs."questionId" = q.id AND theirs."memberId" = h."toId")
    ORDER BY h."setAsideAt" DESC, h."memberId" LIMIT 1))`
}
