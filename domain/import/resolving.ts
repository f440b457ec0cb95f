import type { Client } from 'pg'
import { heldByGone, leaveOutGone, leaveOutQuestionsOfGone } from '#domain/import/gone.ts'
import { analyze } from '#domain/import/staging.ts'

/** More would only hide the first ones. */
export const PROBLEMS_MAX = 20

/** What the file says twice. Found before identities are, for which each thing must be there once. */
export async function findRepeats(session: Client): Promise<string[]> {
  await analyze(session, [
    'staged_member',
    'staged_role',
    'staged_membership',
    'staged_ama',
    'staged_ama_mentor',
    'staged_question',
    'staged_answer',
    'staged_clarification',
  ])
  return problems(session, [
    repeated('staged_community', 'slug', `place || '.slug: "' || slug || '" is there twice'`),
    repeated('staged_community', 'name', `place || '.name: "' || name || '" is there twice'`),
    repeated('staged_topic', 'slug', `place || '.slug: "' || slug || '" is there twice'`),
    repeated('staged_topic', 'community, name', `place || '.name: "' || name || '" is there twice in this community'`),
    repeated('staged_member', 'slug', `place || '.handle: "' || slug || '" is there twice'`),
    repeated('staged_ama', 'slug', `place || '.slug: "' || slug || '" is there twice'`),
    repeated('staged_ama_mentor', 'ama, member', `place || ': "' || member || '" is there twice'`),
    repeated('staged_question', 'ama, community, key', `place || '.key: "' || key || '" is there twice'`, 'key IS NOT NULL'),
    repeated(
      'staged_question',
      'ama, community, title',
      `place || '.title: is there twice here, and no key tells the two apart'`,
      'key IS NULL',
    ),
    repeated('staged_answer', 'question, key', `place || '.key: "' || key || '" is there twice'`, 'key IS NOT NULL'),
    repeated(
      'staged_answer',
      'question, mentor',
      `place || '.by: "' || mentor || '" answers twice here, and no key tells the two apart'`,
      'key IS NULL',
    ),
  ])
}

/**
 * Finds what each thing of the file is in the database, by its slug (the present one or an earlier one), its key or its
 * text, and what it refers to, in the file or in the database: found_* tables with the ids to be.
 */
export async function resolve(session: Client): Promise<void> {
  await leaveOutGone(session)
  await session.query('CREATE TEMP TABLE named (kind text, slug text, id uuid NOT NULL, known bool NOT NULL, PRIMARY KEY (kind, slug))')
  const community =
    'SELECT slug FROM staged_community UNION SELECT community FROM staged_topic UNION SELECT community FROM staged_membership'
  await nameAll(session, 'Community', 'slug', `${community} UNION SELECT community FROM staged_question`)
  await nameAll(
    session,
    'Topic',
    'slug',
    'SELECT slug FROM staged_topic UNION SELECT topic FROM staged_ama UNION SELECT topic FROM staged_question',
  )
  const member = 'SELECT slug FROM staged_member UNION SELECT member FROM staged_ama_mentor UNION SELECT asked_by FROM staged_question'
  await nameAll(session, 'Member', 'handle', `${member} UNION SELECT asked_to FROM staged_question UNION SELECT mentor FROM staged_answer`)
  await nameAll(session, 'Ama', 'slug', 'SELECT slug FROM staged_ama')
  // Their handle may be another's by now.
  await session.query(`DELETE FROM named n USING gone_named g WHERE n.kind = 'Member' AND n.slug = g.slug`)
  await session.query(`INSERT INTO named SELECT 'Member', slug, id, true FROM gone_named WHERE id IS NOT NULL`)
  await analyze(session, ['named'])
  await session.query(foundSections)
  await analyze(session, ['found_ama'])
  await session.query(foundQuestions)
  await leaveOutQuestionsOfGone(session)
  await analyze(session, ['found_question'])
  await session.query(foundAnswers)
  await analyze(session, ['found_answer'])
}

/** References that lead nowhere, and changes that the site does not allow. */
export async function findWrongReferences(session: Client, same: string[]): Promise<string[]> {
  await session.query('CREATE TEMP TABLE same_person (slug text)')
  await session.query('INSERT INTO same_person SELECT unnest($1::text[])', [same])
  return problems(session, [
    missing('staged_topic s', 'Community', 'community', 'community'),
    missing('staged_membership s', 'Community', 'community', 'community', ''),
    missing('staged_ama s', 'Topic', 'topic', 'topic'),
    missing('staged_ama_mentor s', 'Member', 'member', 'person', '', 'member NOT IN (SELECT slug FROM gone_named)'),
    heldByGone,
    ...[
      ['staged_member', 'slug', '.handle'],
      ['staged_ama_mentor', 'member', ''],
      ['staged_question', 'asked_by', '.askedBy'],
      ['staged_question', 'asked_to', '.askedTo'],
      ['staged_answer', 'mentor', '.by'],
    ].map(([table = '', column = '', key = '']) => notImported(table, column, key)),
    missing('staged_question s', 'Community', 'community', 'community'),
    missing('staged_question s', 'Topic', 'topic', 'topic'),
    missing('staged_question s', 'Member', 'asked_by', 'person', '.askedBy'),
    missing('staged_question s', 'Member', 'asked_to', 'person', '.askedTo'),
    missing('staged_answer s', 'Member', 'mentor', 'person', '.by'),
    ...['community', 'topic', 'member', 'ama', 'question', 'answer'].map((thing) =>
      repeated(`found_${thing}`, 'id', `place || ': is there twice, once by an earlier address'`),
    ),
    `SELECT f.fresh, f.place || '.handle: here this person is a member still'
     FROM found_member f JOIN "Member" m ON m.id = f.fresh WHERE NOT f.known`,
    `SELECT s.fresh, s.place || '.name: "' || s.name || '" is the name of another community'
     FROM staged_community s JOIN found_community f USING (fresh) JOIN "Community" c ON c.name = s.name AND c.id <> f.id`,
    `SELECT s.fresh, s.place || '.name: "' || s.name || '" is the name of another topic of this community'
     FROM staged_topic s JOIN found_topic f USING (fresh) JOIN "Topic" t ON t.name = s.name AND t."communityId" = f.community_id AND t.id <> f.id`,
    `SELECT f.fresh, f.place || '.community: the topic is in another community, and stays there'
     FROM found_topic f JOIN "Topic" t ON t.id = f.id WHERE t."communityId" <> f.community_id`,
    `SELECT f.fresh, f.place || '.topic: the AMA is in another community, and stays there'
     FROM found_ama f JOIN "Ama" a ON a.id = f.id WHERE a."communityId" <> f.community_id`,
    `SELECT f.fresh, f.place || '.topic: "' || s.topic || '" is a topic of another community'
     FROM found_question f JOIN staged_question s USING (fresh) JOIN topic_community t ON t.id = f.topic_id
     WHERE s.ama IS NULL AND t.community_id <> f.community_id`,
  ])
}

async function problems(session: Client, checks: string[]): Promise<string[]> {
  const all = checks.map((check) => `(${check})`).join(' UNION ALL ')
  const { rows } = await session.query<{ message: string }>(
    `SELECT * FROM (${all}) AS p (fresh, message) ORDER BY fresh LIMIT ${PROBLEMS_MAX}`,
  )
  return rows.map(({ message }) => message)
}

const repeated = (table: string, columns: string, message: string, where = 'true') => `
  SELECT fresh, ${message} FROM (SELECT *, row_number() OVER (PARTITION BY ${columns} ORDER BY fresh) AS nth FROM ${table} WHERE ${where}) s
  WHERE nth > 1`

const missing = (table: string, kind: string, column: string, noun: string, key = `.${column}`, where = 'true') => `
  SELECT fresh, place || '${key}: no ${noun} "' || ${column} || '"' FROM ${table}
  WHERE ${where} AND ${column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM named n WHERE n.kind = '${kind}' AND n.slug = s.${column})`

/** Whoever joined by themselves may have any handle, and is not whom a file means by it. */
const notImported = (table: string, column: string, key: string) => `
  SELECT s.fresh, s.place || '${key}: "' || s.${column} || '" is somebody who joined here and came by no import. If the file means this very person, import it with --same ' || s.${column} || '; if not, give the person in the file another handle'
  FROM ${table} s JOIN named n ON n.kind = 'Member' AND n.slug = s.${column} JOIN "Member" m ON m.id = n.id
  WHERE m."importedAt" IS NULL AND m."deletedAt" IS NULL AND EXISTS (SELECT FROM "Account" a WHERE a."memberId" = m.id)
    AND s.${column} NOT IN (SELECT slug FROM same_person)`

async function nameAll(session: Client, kind: string, column: string, mentioned: string): Promise<void> {
  await session.query(`
    INSERT INTO named (kind, slug, id, known)
    SELECT '${kind}', m.slug, coalesce(t.id, earlier.id, s.fresh), coalesce(t.id, earlier.id) IS NOT NULL
    FROM (${mentioned}) m
    LEFT JOIN "${kind}" t ON t.${column} = m.slug
    LEFT JOIN "MovedSlug" moved ON moved.kind = '${kind}' AND moved.slug = m.slug
    LEFT JOIN "${kind}" earlier ON earlier.id = moved."targetId"
    LEFT JOIN staged_${kind.toLowerCase()} s ON s.slug = m.slug
    WHERE coalesce(t.id, earlier.id, s.fresh) IS NOT NULL`)
}

const foundSections = `
  CREATE TEMP TABLE found_community AS
    SELECT s.fresh, s.place, n.id, n.known FROM staged_community s JOIN named n ON n.kind = 'Community' AND n.slug = s.slug;
  CREATE TEMP TABLE found_topic AS
    SELECT s.fresh, s.place, n.id, n.known, c.id AS community_id
    FROM staged_topic s JOIN named n ON n.kind = 'Topic' AND n.slug = s.slug
    LEFT JOIN named c ON c.kind = 'Community' AND c.slug = s.community;
  CREATE TEMP TABLE found_member AS
    SELECT s.fresh, s.place, s.slug, n.id, n.known FROM staged_member s JOIN named n ON n.kind = 'Member' AND n.slug = s.slug;
  -- Of the topics that the file names, wherever they are.
  CREATE TEMP TABLE topic_community AS
    SELECT n.slug, n.id, coalesce(t."communityId", f.community_id) AS community_id
    FROM named n LEFT JOIN "Topic" t ON t.id = n.id LEFT JOIN found_topic f ON f.id = n.id WHERE n.kind = 'Topic';
  CREATE TEMP TABLE found_ama AS
    SELECT s.fresh, s.place, n.id, n.known, t.id AS topic_id, t.community_id
    FROM staged_ama s JOIN named n ON n.kind = 'Ama' AND n.slug = s.slug LEFT JOIN topic_community t ON t.slug = s.topic;
`

const foundQuestions = `
  CREATE TEMP TABLE found_question AS
  WITH wanted AS (
    SELECT s.fresh, s.place, s.key, s.title, a.id AS ama_id, m.id AS asked_by_id, o.id AS asked_to_id,
      CASE WHEN s.ama IS NULL THEN c.id ELSE a.community_id END AS community_id,
      CASE WHEN s.ama IS NULL THEN t.id ELSE a.topic_id END AS topic_id,
      CASE WHEN s.ama IS NULL THEN c.id ELSE a.id END AS asked_in
    FROM staged_question s
    LEFT JOIN found_ama a ON a.place = s.ama
    LEFT JOIN named c ON c.kind = 'Community' AND c.slug = s.community
    LEFT JOIN named t ON t.kind = 'Topic' AND t.slug = s.topic
    LEFT JOIN named m ON m.kind = 'Member' AND m.slug = s.asked_by
    LEFT JOIN named o ON o.kind = 'Member' AND o.slug = s.asked_to
  ), known AS (
    SELECT w.fresh, q.id FROM wanted w
    JOIN "Question" q ON coalesce(q."amaId", q."communityId") = w.asked_in AND q."importKey" = w.key
    UNION ALL
    (SELECT DISTINCT ON (w.fresh) w.fresh, q.id FROM wanted w
     JOIN "Question" q ON coalesce(q."amaId", q."communityId") = w.asked_in AND q.title = w.title AND q."importKey" IS NULL
     WHERE w.key IS NULL ORDER BY w.fresh, q.id)
  )
  SELECT w.fresh, w.place, coalesce(k.id, w.fresh) AS id, k.id IS NOT NULL AS known, w.ama_id, w.community_id, w.topic_id, w.asked_by_id, w.asked_to_id
  FROM wanted w LEFT JOIN known k USING (fresh)
`

const foundAnswers = `
  CREATE TEMP TABLE found_answer AS
  SELECT s.fresh, s.place, coalesce(a.id, s.fresh) AS id, a.id IS NOT NULL AS known, q.id AS question_id, m.id AS mentor_id
  FROM staged_answer s
  JOIN found_question q ON q.place = s.question
  LEFT JOIN named m ON m.kind = 'Member' AND m.slug = s.mentor
  LEFT JOIN LATERAL (
    SELECT a.id FROM "Answer" a
    WHERE q.known AND a."questionId" = q.id
      AND CASE WHEN s.key IS NULL THEN a."importKey" IS NULL AND a."mentorId" = m.id ELSE a."importKey" = s.key END
    ORDER BY a."answeredAt", a.id LIMIT 1
  ) a ON true
`
