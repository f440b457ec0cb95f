import { UNUSED_FOR } from '#domain/answer-image/rules.ts'
import { db, Prisma } from '#lib/db.ts'

/**
 * Whether a picture is given out under this name: an answer that is shown has it, or an earlier version of one, or a draft, or it
 * has just come and is about to be in one. What moderators hid takes its pictures along.
 */
export async function isShownImage({ id, width, height }: { id: string; width: number; height: number }, now: Date): Promise<boolean> {
  const [row] = await db().$queryRaw<{ shown: boolean }[]>`
    SELECT EXISTS (
      SELECT FROM "AnswerImage" i WHERE i.id = ${id}::uuid AND i.width = ${width} AND i.height = ${height} AND (
        EXISTS (SELECT FROM "Answer" a WHERE ${has('a')} AND ${shownAnswer})
        OR EXISTS (SELECT FROM "AnswerVersion" v JOIN "Answer" a ON a.id = v."answerId" WHERE ${has('v')} AND ${shownAnswer})
        OR EXISTS (SELECT FROM "AnswerDraft" d WHERE ${has('d')})
        OR i."uploadedAt" > ${new Date(now.getTime() - UNUSED_FOR)} AND NOT EXISTS (SELECT FROM "Answer" a WHERE ${has('a')}))) AS shown`
  return row?.shown ?? false
}

/** Of images `i`, those that no text uses. */
export const unusedImage = Prisma.sql`
  NOT EXISTS (SELECT FROM "Answer" a WHERE ${has('a')})
  AND NOT EXISTS (SELECT FROM "AnswerVersion" v WHERE ${has('v')})
  AND NOT EXISTS (SELECT FROM "AnswerDraft" d WHERE ${has('d')})`

// `shownAnswer` of the answers, which come after this noun.
const shownAnswer = Prisma.sql`a."hiddenAt" IS NULL AND a."questionHiddenAt" IS NULL`

// As the indexes have it.
function has(text: 'a' | 'v' | 'd'): Prisma.Sql {
  return {
    a: Prisma.sql`a.body LIKE '%/images/%' AND images_in(a.body) @> ARRAY[i.id]`,
    v: Prisma.sql`v.body LIKE '%/images/%' AND images_in(v.body) @> ARRAY[i.id]`,
    d: Prisma.sql`d.body LIKE '%/images/%' AND images_in(d.body) @> ARRAY[i.id]`,
  }[text]
}
