import { db, Prisma } from '#lib/db.ts'

/** A question that a mentor is answering at this moment. */
export type BeingAnswered = { id: string; number: number; by: string[] }

/** Of the row `l`: it still holds. */
export function holdsAt(now: Date): Prisma.Sql {
  return Prisma.sql`l."until" > ${now}`
}

/** The questions of an AMA that those who hold it, but for one, are answering, the one begun last first: one for each of them. */
export function listBeingAnswered(amaId: string, now: Date, without?: string): Promise<BeingAnswered[]> {
  const others = without ? Prisma.sql`AND am."memberId" <> ${without}::uuid` : Prisma.empty
  return db().$queryRaw`
    SELECT q.id, q.number, array_agg(m.name ORDER BY l.since, m.id) AS by
    FROM "AmaMentor" am JOIN "AnswerLease" l ON l."memberId" = am."memberId" AND ${holdsAt(now)}
    JOIN "Question" q ON q.id = l."questionId" AND q."amaId" = am."amaId" AND q."hiddenAt" IS NULL JOIN "Member" m ON m.id = am."memberId"
    WHERE am."amaId" = ${amaId}::uuid ${others} GROUP BY q.id ORDER BY max(l.since) DESC, q.id`
}

/** The names of those who are answering a question, but for one. */
export async function othersAnswering(questionId: string, memberId: string, now: Date): Promise<string[]> {
  const leases = await db().answerLease.findMany({
    where: { questionId, memberId: { not: memberId }, until: { gt: now } },
    orderBy: [{ since: 'asc' }, { memberId: 'asc' }],
    select: { member: { select: { name: true } } },
  })
  return leases.map(({ member }) => member.name)
}

/** As SQL: the names of those who are answering the question `q`, but for one; as a list in JSON. */
export function othersAt(memberId: string, now: Date): Prisma.Sql {
  return Prisma.sql`(
    SELECT coalesce(json_agg(m.name ORDER BY l.since, m.id), '[]') FROM "AnswerLease" l JOIN "Member" m ON m.id = l."memberId"
    WHERE l."questionId" = q.id AND l."memberId" <> ${memberId}::uuid AND ${holdsAt(now)})`
}
