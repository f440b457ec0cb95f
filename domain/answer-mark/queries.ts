import { z } from 'zod'
import { shownAnswer } from '#domain/answer/queries.ts'
import type { MarkKind } from '#domain/answer-mark/rules.ts'
import { DatedKeys, decodeCursor, PAGE_SIZE, type Page, pageOf } from '#lib/cursor.ts'
import { db, Prisma } from '#lib/db.ts'
import type { Viewer } from '#lib/viewer.ts'

type Person = NonNullable<Viewer>

/** Of the answer `a`: the person asked or requested a question that it stands on. */
export function waitedFor(memberId: string): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT FROM "AnswerRequest" r WHERE r."memberId" = ${memberId}::uuid AND r."questionId" IN (
    SELECT a."questionId" UNION ALL SELECT p."questionId" FROM "AnswerPlacement" p WHERE p."answerId" = a.id))`
}

/** An answer as the small pages of what one did with it show it. `waited`: one asked or requested the question. */
export type OwnMark = {
  id: string
  slug: string
  title: string
  name: string
  excerpt: string
  helpfulCount: number
  own: boolean
  waited: boolean
  marked: boolean
}

/** Null where the answer is not there. */
export async function getOwnMark({ memberId }: Person, kind: MarkKind, id: string): Promise<OwnMark | null> {
  if (!z.uuid().safeParse(id).success) return null
  const [mark] = await db().$queryRaw<OwnMark[]>`
    SELECT a.id, q.slug, q.title, m.name, a.excerpt, a."helpfulCount", a."mentorId" = ${memberId}::uuid AS own,
      ${waitedFor(memberId)} AS waited,
      EXISTS (SELECT FROM "AnswerMark" k WHERE k."memberId" = ${memberId}::uuid AND k.kind = ${kind} AND k."answerId" = a.id) AS marked
    FROM "Answer" a JOIN "Question" q ON q.id = a."questionId" JOIN "Member" m ON m.id = a."mentorId"
    WHERE a.id = ${id}::uuid AND ${shownAnswer}`
  return mark ?? null
}

/** Of these answers: which are marked so, which are the person's own, and for which the person may say thanks. */
export async function listOwnMarks(
  { memberId }: Person,
  kind: MarkKind,
  ids: string[],
): Promise<{ pressed: string[]; own: string[]; may: string[] }> {
  const rows = await db().$queryRaw<{ id: string; marked: boolean; own: boolean; waited: boolean }[]>`
    SELECT a.id, a."mentorId" = ${memberId}::uuid AS own,
      ${waitedFor(memberId)} AS waited,
      EXISTS (SELECT FROM "AnswerMark" k WHERE k."memberId" = ${memberId}::uuid AND k.kind = ${kind} AND k."answerId" = a.id) AS marked
    FROM "Answer" a WHERE a.id = ANY(${ids}::uuid[])`
  const those = (which: 'marked' | 'own' | 'waited') => rows.filter((row) => row[which]).map(({ id }) => id)
  return { pressed: those('marked'), own: those('own'), may: rows.filter(({ waited, own }) => waited && !own).map(({ id }) => id) }
}

/** The answers to a question that the person asked or requested, with what can be thanked for. */
export async function listThankable({ memberId }: Person, slug: string): Promise<{ id: string; name: string; thanked: boolean }[]> {
  return db().$queryRaw`
    SELECT a.id, m.name, EXISTS (SELECT FROM "AnswerMark" k WHERE k."memberId" = ${memberId}::uuid AND k.kind = 'thanks' AND k."answerId" = a.id) AS thanked
    FROM "Question" q CROSS JOIN LATERAL answers_at(q.id) here JOIN "Answer" a ON a.id = here.id JOIN "Member" m ON m.id = a."mentorId"
    WHERE q.slug = ${slug} AND ${shownAnswer} AND a."mentorId" <> ${memberId}::uuid AND m."deletedAt" IS NULL
      AND EXISTS (SELECT FROM "AnswerRequest" r WHERE r."questionId" = q.id AND r."memberId" = ${memberId}::uuid)
    ORDER BY here.at, a.id LIMIT ${PAGE_SIZE}`
}

export type SavedAnswer = {
  id: string
  slug: string
  title: string
  excerpt: string
  name: string
  company: string | null
  role: string | null
  savedAt: Date
}

/** What the person saved, the latest first. Null where `after` is not a cursor of this list. */
export async function listSaved({ memberId }: Person, after?: string | string[]): Promise<Page<SavedAnswer> | null> {
  const keys = decodeCursor(DatedKeys, after)
  if (keys === null) return null
  const [before, id] = keys ? [new Date(keys[0]), keys[1]] : [null, null]
  const rows = await db().$queryRaw<SavedAnswer[]>`
    SELECT a.id, q.slug, q.title, a.excerpt, m.name, c.name AS company, a.title AS role, k."markedAt" AS "savedAt"
    FROM "AnswerMark" k JOIN "Answer" a ON a.id = k."answerId" JOIN "Question" q ON q.id = a."questionId" JOIN "Member" m ON m.id = a."mentorId"
      LEFT JOIN "Company" c ON c.id = a."companyId"
    WHERE k."memberId" = ${memberId}::uuid AND k.kind = 'save' AND ${shownAnswer}
      AND (${before}::timestamptz IS NULL OR (k."markedAt", k."answerId") < (${before}, ${id}::uuid))
    ORDER BY k."markedAt" DESC, k."answerId" DESC LIMIT ${PAGE_SIZE + 1}`
  return pageOf(rows, PAGE_SIZE, (last) => [last.savedAt.getTime(), last.id])
}
