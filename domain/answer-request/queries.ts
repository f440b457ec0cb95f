import type { RequestState } from '#domain/answer-request/rules.ts'
import { shownQuestion } from '#domain/question/queries.ts'
import { db, Prisma } from '#lib/db.ts'
import type { Viewer } from '#lib/viewer.ts'

/** A question as its small page of one's own request shows it. */
export type OwnRequest = RequestState & { slug: string; title: string; answerCount: number; own: boolean }

/** Null where the question is not there. */
export async function getOwnRequest({ memberId }: NonNullable<Viewer>, slug: string): Promise<OwnRequest | null> {
  const [request] = await db().$queryRaw<OwnRequest[]>`
    SELECT q.slug, q.title, q."answerCount", q."requestCount" AS requests, ${own(memberId)} AS own, coalesce(${waits}, false) AS requested
    FROM "Question" q LEFT JOIN "AnswerRequest" r ON r."questionId" = q.id AND r."memberId" = ${memberId}::uuid
    WHERE q.slug = ${slug} AND ${shownQuestion}`
  return request ?? null
}

/** Of these questions, which the person waits for, and which the person asked. */
export async function listOwnRequests(
  { memberId }: NonNullable<Viewer>,
  questionIds: string[],
): Promise<{ pressed: string[]; own: string[] }> {
  const rows = await db().$queryRaw<{ id: string; own: boolean; requested: boolean }[]>`
    SELECT q.id, ${own(memberId)} AS own, coalesce(${waits}, false) AS requested
    FROM "Question" q LEFT JOIN "AnswerRequest" r ON r."questionId" = q.id AND r."memberId" = ${memberId}::uuid
    WHERE q.id = ANY(${questionIds}::uuid[]) AND ${shownQuestion}`
  return {
    pressed: rows.filter(({ requested }) => requested).map(({ id }) => id),
    own: rows.filter((row) => row.own).map(({ id }) => id),
  }
}

const own = (memberId: string) => Prisma.sql`(q."askedById" IS NOT DISTINCT FROM ${memberId}::uuid)`

/** Nothing newer than the request answers the question. Null without a request. */
const waits = Prisma.sql`(q."lastAnsweredAt" IS NULL AND r."memberId" IS NOT NULL OR coalesce(r."againAt", r."requestedAt") > q."lastAnsweredAt")`
