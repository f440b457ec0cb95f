import { shownAnswer } from '#domain/answer/queries.ts'
import { db } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import type { Viewer } from '#lib/viewer.ts'

export type Saved = { people: number; answers: { id: string; title: string; url: string; people: number }[] }

/** How many people a mentor's answers saved a question, and the answers that did so most, five of them. */
export async function countSaved({ memberId }: NonNullable<Viewer>): Promise<Saved> {
  const rows = await db().$queryRaw<{ id: string; title: string; slug: string; people: number; all: number }[]>`
    SELECT a.id, q.title, q.slug, saved.people, (sum(saved.people) OVER ())::int AS "all"
    FROM "Answer" a JOIN "Question" q ON q.id = a."questionId"
    CROSS JOIN LATERAL (SELECT count(*)::int AS people FROM "Deflection" WHERE "answerId" = a.id) saved
    WHERE a."mentorId" = ${memberId}::uuid AND ${shownAnswer} AND saved.people > 0
    ORDER BY saved.people DESC, a.id LIMIT 5`
  const answers = rows.map(({ id, title, slug, people }) => ({ id, title, url: paths.answer(slug, id), people }))
  return { people: rows[0]?.all ?? 0, answers }
}
