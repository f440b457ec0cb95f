import type { Client } from 'pg'
import { analyze, type Stage } from '#domain/import/staging.ts'
import { renderAnswer, renderDetails } from '#lib/markdown.ts'

/** Texts that are in memory at a time. */
const PORTION = 100

/** Renders what is new or has changed, and nothing else: rendering is what an import spends its time on. */
export async function renderChanged(session: Client, stage: Stage, tell: (done: number, total: number) => void): Promise<void> {
  await session.query(changed)
  const { rows: counts } = await session.query<{ total: number }>('SELECT count(*)::int AS total FROM to_render')
  const total = counts[0]?.total ?? 0
  let done = 0
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const { rows } = await session.query<{ fresh: string; answer: string | null; point: string | null; details: string | null }>(portion, [
      after,
      PORTION,
    ])
    for (const { fresh, answer, point, details } of rows) {
      await stage.add('rendered', { fresh, ...(answer === null ? { html: renderDetails(details ?? '') } : renderAnswer(answer, point)) })
    }
    done += rows.length
    tell(done, total)
    after = rows.at(-1)?.fresh ?? after
    if (rows.length < PORTION) break
  }
  await stage.flush()
  await analyze(session, ['rendered'])
}

const changed = `
  CREATE TEMP TABLE to_render (fresh uuid PRIMARY KEY);
  INSERT INTO to_render
    SELECT f.fresh FROM found_answer f JOIN staged_answer s USING (fresh) LEFT JOIN "Answer" a ON a.id = f.id
    WHERE a.body IS DISTINCT FROM s.body OR s.point IS NOT NULL AND a.point IS DISTINCT FROM s.point
    UNION ALL
    SELECT f.fresh FROM found_question f JOIN staged_question s USING (fresh) LEFT JOIN "Question" q ON q.id = f.id
    WHERE s.details IS NOT NULL AND q.details IS DISTINCT FROM s.details
    UNION ALL
    SELECT f.fresh FROM found_ama f JOIN staged_ama s USING (fresh) LEFT JOIN "Ama" a ON a.id = f.id
    WHERE s.introduction IS NOT NULL AND a.introduction IS DISTINCT FROM s.introduction
    UNION ALL
    SELECT s.note_fresh FROM found_ama f JOIN staged_ama s USING (fresh) LEFT JOIN "Ama" a ON a.id = f.id
    WHERE s.closing_note IS NOT NULL AND a."closingNote" IS DISTINCT FROM s.closing_note
    UNION ALL
    SELECT c.fresh FROM staged_clarification c JOIN found_question f ON f.place = c.question WHERE NOT EXISTS (
      SELECT FROM "Clarification" there WHERE there."questionId" = f.id AND there."addedAt" = c.added_at AND there.body = c.body);
  ANALYZE to_render;
`

const portion = `
  SELECT r.fresh, a.body AS answer, coalesce(a.point, there.point) AS point,
    coalesce(q.details, m.introduction, n.closing_note, c.body) AS details
  FROM (SELECT fresh FROM to_render WHERE fresh > $1 ORDER BY fresh LIMIT $2) r
  LEFT JOIN staged_answer a USING (fresh)
  LEFT JOIN found_answer f USING (fresh)
  LEFT JOIN "Answer" there ON there.id = f.id
  LEFT JOIN staged_question q USING (fresh)
  LEFT JOIN staged_ama m USING (fresh)
  LEFT JOIN staged_clarification c USING (fresh)
  LEFT JOIN staged_ama n ON n.note_fresh = r.fresh
  ORDER BY r.fresh
`
