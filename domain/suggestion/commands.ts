import { shownQuestion } from '#domain/question/queries.ts'
import { TITLES_EACH } from '#domain/suggestion/rules.ts'
import { db } from '#lib/db.ts'

/** Titles that one statement writes: each is completed from all of its words, and after an import many come together. */
const AT_ONCE = 500

/** Writes anew which titles are suggested: of each community the ones that are read most. Rows that stay as they are cost nothing. */
export async function keepReadTitles(): Promise<void> {
  let written: number
  do written = await keepSome()
  while (written === AT_ONCE)
}

async function keepSome(): Promise<number> {
  return db().$executeRaw`
    WITH most AS MATERIALIZED (
      SELECT q.id, folded(q.title) AS title, q."viewCount" FROM "Community" c CROSS JOIN LATERAL (
        SELECT id, title, "viewCount" FROM "Question" q WHERE q."communityId" = c.id AND ${shownQuestion} ORDER BY q."viewCount" DESC, q.id DESC LIMIT ${TITLES_EACH}
      ) q
    ), gone AS (
      DELETE FROM "ReadTitle" WHERE "questionId" IN (
        SELECT "questionId" FROM "ReadTitle" WHERE "questionId" NOT IN (SELECT id FROM most) ORDER BY "questionId" LIMIT ${AT_ONCE})
    )
    INSERT INTO "ReadTitle" ("questionId", title, "viewCount")
    SELECT most.id, most.title, most."viewCount" FROM most LEFT JOIN "ReadTitle" r ON r."questionId" = most.id
    WHERE (r.title, r."viewCount") IS DISTINCT FROM (most.title, most."viewCount") ORDER BY most.id LIMIT ${AT_ONCE}
    ON CONFLICT ("questionId") DO UPDATE SET title = EXCLUDED.title, "viewCount" = EXCLUDED."viewCount"`
}
