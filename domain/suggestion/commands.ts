import { shownQuestion } from '#domain/question/queries.ts'
import { TITLES_EACH } from '#domain/suggestion/rules.ts'
import { db } from '#lib/db.ts'

/** Writes anew which titles are suggested: of each community the ones that are read most. Rows that stay as they are cost nothing. */
export async function keepReadTitles(): Promise<void> {
  await db().$executeRaw`
    WITH most AS MATERIALIZED (
      SELECT q.id, folded(q.title) AS title, q."viewCount" FROM "Community" c CROSS JOIN LATERAL (
        SELECT id, title, "viewCount" FROM "Question" q WHERE q."communityId" = c.id AND ${shownQuestion} ORDER BY q."viewCount" DESC, q.id DESC LIMIT ${TITLES_EACH}
      ) q
    ), gone AS (
      DELETE FROM "ReadTitle" WHERE "questionId" NOT IN (SELECT id FROM most)
    )
    INSERT INTO "ReadTitle" AS r ("questionId", title, "viewCount") SELECT id, title, "viewCount" FROM most ORDER BY id
    ON CONFLICT ("questionId") DO UPDATE SET title = EXCLUDED.title, "viewCount" = EXCLUDED."viewCount"
    WHERE (r.title, r."viewCount") <> (EXCLUDED.title, EXCLUDED."viewCount")`
}
