import type { Client } from 'pg'
import { v7 as uuid } from 'uuid'
import { amaStatements } from '#domain/import/merging-amas.ts'
import { memberStatements, mentorStatements } from '#domain/import/merging-members.ts'
import { answerStatements, questionStatements, slugWishes } from '#domain/import/merging-questions.ts'
import { giveSlugs } from '#domain/import/slugs.ts'
import type { Stage } from '#domain/import/staging.ts'
import { slugOf } from '#lib/slug.ts'

/**
 * Brings the database to what the file says, in statements over whole tables; run it in one transaction. A row that is so
 * already is not written, and the triggers keep the counters. Returns how many rows were written, those of counters left
 * out.
 */
export async function merge(session: Client, stage: Stage, now: Date, tell: (done: number, total: number) => void): Promise<number> {
  const run = (sql: string) => async () => {
    const { command, rowCount } = await session.query(sql)
    // CREATE TABLE … AS calls itself SELECT.
    return command === 'SELECT' ? 0 : (rowCount ?? 0)
  }
  const steps = [
    run('CREATE TEMP TABLE slug_wish (owner uuid PRIMARY KEY, base text, slug text UNIQUE, tried bigint DEFAULT 0) ON COMMIT DROP'),
    () => mergeCompanies(session, stage, now),
    ...[...communityStatements(now), ...memberStatements(now), ...amaStatements(now)].map(run),
    () => wishSlugs(session),
    ...[...questionStatements(now), ...answerStatements, ...mentorStatements(now)].map(run),
  ]
  let written = 0
  for (const [done, step] of steps.entries()) {
    tell(done, steps.length)
    written += await step()
  }
  tell(steps.length, steps.length)
  return written
}

async function wishSlugs(session: Client): Promise<number> {
  await session.query('TRUNCATE slug_wish')
  await session.query(slugWishes)
  await giveSlugs(session, 'Question')
  return 0
}

const communityStatements = (now: Date) => [
  `UPDATE "Community" c SET name = s.name
   FROM found_community f JOIN staged_community s USING (fresh) WHERE c.id = f.id AND c.name <> s.name`,
  `INSERT INTO "Community" (id, slug, name, "createdAt")
   SELECT f.id, s.slug, s.name, '${now.toISOString()}' FROM found_community f JOIN staged_community s USING (fresh)
   WHERE NOT f.known ORDER BY f.fresh`,
  `UPDATE "Topic" t SET name = s.name, synonyms = s.synonyms, about = s.about,
     "aboutHtml" = CASE WHEN s.about IS NOT NULL THEN coalesce(r.html, t."aboutHtml") END
   FROM found_topic f JOIN staged_topic s USING (fresh) LEFT JOIN rendered r USING (fresh)
   WHERE t.id = f.id AND (t.name, t.synonyms, t.about) IS DISTINCT FROM (s.name, s.synonyms, s.about)`,
  `INSERT INTO "Topic" (id, slug, name, synonyms, about, "aboutHtml", "communityId", "createdAt")
   SELECT f.id, s.slug, s.name, s.synonyms, s.about, r.html, f.community_id, '${now.toISOString()}'
   FROM found_topic f JOIN staged_topic s USING (fresh) LEFT JOIN rendered r USING (fresh)
   WHERE NOT f.known ORDER BY f.fresh`,
]

/** A company is there as soon as somebody names it. */
async function mergeCompanies(session: Client, stage: Stage, now: Date): Promise<number> {
  const { rows } = await session.query<{ name: string }>(`
    SELECT name FROM (
      SELECT company AS name, fresh FROM staged_member
      UNION ALL SELECT company, fresh FROM staged_role
      UNION ALL SELECT company, fresh FROM staged_ama_mentor
      UNION ALL SELECT company, fresh FROM staged_answer
    ) n
    WHERE name IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "Company" c WHERE c.name = n.name)
    GROUP BY name ORDER BY min(fresh::text)`)
  for (const { name } of rows) await stage.add('staged_company', { fresh: uuid(), name, slug_base: slugOf(name) })
  await stage.flush()
  await session.query(`
    INSERT INTO slug_wish (owner, base) SELECT fresh, coalesce(slug_base, 'company-' || right(fresh::text, 8)) FROM staged_company`)
  await giveSlugs(session, 'Company')
  await session.query(`
    INSERT INTO "Company" (id, slug, name, "createdAt")
    SELECT c.fresh, w.slug, c.name, '${now.toISOString()}' FROM staged_company c JOIN slug_wish w ON w.owner = c.fresh ORDER BY c.fresh`)
  return rows.length
}
