import { db, Prisma } from '#lib/db.ts'
import type { Viewer } from '#lib/viewer.ts'

type Named = { id: string; width: number; height: number }

/**
 * Whether everybody gets a picture under this name: an answer that is shown has it, or an earlier version of one. What is hidden or
 * taken back takes its pictures along, whatever else has them.
 */
export async function isShownImage(image: Named): Promise<boolean> {
  return isThere(
    image,
    Prisma.sql`(
      EXISTS (SELECT FROM "Answer" a WHERE ${has('a')} AND ${shownAnswer})
      OR EXISTS (SELECT FROM "AnswerVersion" v JOIN "Answer" a ON a.id = v."answerId" WHERE ${has('v')} AND ${shownAnswer}))`,
  )
}

/** Whether a picture is there for whoever asks: those that they uploaded are always, as their drafts may have them. */
export async function maySeeImage(viewer: Viewer, image: Named): Promise<boolean> {
  if (viewer && (await isThere(image, Prisma.sql`i."memberId" = ${viewer.memberId}::uuid`))) return true
  return isShownImage(image)
}

async function isThere({ id, width, height }: Named, which: Prisma.Sql): Promise<boolean> {
  const [row] = await db().$queryRaw<{ there: boolean }[]>`
    SELECT EXISTS (
      SELECT FROM "AnswerImage" i WHERE i.id = ${id}::uuid AND i.width = ${width} AND i.height = ${height} AND ${which}) AS there`
  return row?.there ?? false
}

/** Of images `i`, those that no text uses. */
export const unusedImage = Prisma.sql`
  NOT EXISTS (SELECT FROM "Answer" a WHERE ${has('a')})
  AND NOT EXISTS (SELECT FROM "AnswerVersion" v WHERE ${has('v')})
  AND NOT EXISTS (SELECT FROM "AnswerDraft" d WHERE ${has('d')})
  AND NOT EXISTS (SELECT FROM "Notice" n WHERE ${has('n')})`

// `shownAnswer` of the answers, which come after this noun.
const shownAnswer = Prisma.sql`a."hiddenAt" IS NULL AND a."questionHiddenAt" IS NULL`

// As the indexes have it.
function has(text: 'a' | 'v' | 'd' | 'n'): Prisma.Sql {
  return {
    a: Prisma.sql`a.body LIKE '%/images/%' AND images_in(a.body) @> ARRAY[i.id]`,
    v: Prisma.sql`v.body LIKE '%/images/%' AND images_in(v.body) @> ARRAY[i.id]`,
    d: Prisma.sql`d.body LIKE '%/images/%' AND images_in(d.body) @> ARRAY[i.id]`,
    // A draft that was given back to whoever wrote it.
    n: Prisma.sql`n.words LIKE '%/images/%' AND images_in(n.words) @> ARRAY[i.id]`,
  }[text]
}
