import { shownAma } from '#domain/ama/queries.ts'
import { shownAnswer } from '#domain/answer/queries.ts'
import { joinRoleHeld } from '#domain/member/queries.ts'
import { shownQuestion } from '#domain/question/queries.ts'

// Statements that read portions: behind the key of the last one ($1, …), and so many rows (the last parameter).

// What of each table is exported. Roles of people who hold none now are those that ended: an import takes one that goes on for
// the present one. What somebody only says of themselves stays here. Two questions of one title in one place, which an import could not tell apart, get a key each but the first.
export const chosen = `
  CREATE TEMP TABLE exported_role ON COMMIT DROP AS
    SELECT DISTINCT ON (r."memberId", r."companyId", r.title, r."startedOn", r."endedOn") r.*
    FROM "Role" r JOIN "Member" m ON m.id = r."memberId"
    WHERE num_nonnulls(m."companyId", m.title, r."endedOn") > 0 AND (r."checkedAt" IS NOT NULL OR r."claimedAt" IS NULL)
    ORDER BY r."memberId", r."companyId", r.title, r."startedOn", r."endedOn", r.id;
  CREATE INDEX ON exported_role ("memberId");
  CREATE TEMP TABLE exported_member ON COMMIT DROP AS
    WITH mentor AS (
      SELECT id FROM "Member" WHERE "mentorSince" IS NOT NULL
      UNION SELECT am."memberId" FROM "AmaMentor" am JOIN "Ama" a ON a.id = am."amaId" WHERE ${shownAma.sql}
      UNION SELECT "mentorId" FROM "Answer" a WHERE ${shownAnswer.sql}
    ), named AS (
      SELECT id FROM mentor
      UNION SELECT "askedById" FROM "Question" q WHERE "showName" AND ${shownQuestion.sql}
      UNION SELECT "askedToId" FROM "Question" q WHERE ${shownQuestion.sql}
    )
    SELECT m."deletedAt" IS NOT NULL AS gone, m.id, m."deletedAt" IS NULL AND m.id IN (SELECT id FROM mentor) AS mentor
    FROM "Member" m WHERE m.id IN (SELECT id FROM named);
  CREATE UNIQUE INDEX ON exported_member (gone, id);
  CREATE TEMP TABLE said_twice ON COMMIT DROP AS
    SELECT id FROM (
      SELECT id, row_number() OVER (PARTITION BY "communityId", "amaId", title ORDER BY id) AS nth
      FROM "Question" q WHERE "importKey" IS NULL AND ${shownQuestion.sql}
    ) asked WHERE nth > 1;
  CREATE UNIQUE INDEX ON said_twice (id);
  ANALYZE exported_role, exported_member, said_twice;
`

/**
 * For the transaction: portions are read in the order of an index. Where the planner's statistics are old it would sort all that
 * is left for each of them.
 */
export const inOrder = 'SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_seqscan = off'

export const counted = `
  SELECT ((SELECT count(*) FROM exported_member) + (SELECT count(*) FROM "Ama" a WHERE ${shownAma.sql})
    + (SELECT count(*) FROM "Question" q WHERE ${shownQuestion.sql}))::int AS total`

export const communities = 'SELECT id, slug, name FROM "Community" WHERE id > $1 ORDER BY id LIMIT $2'

export const topics = `
  SELECT t.id, t.slug, t.name, c.slug AS community, t.synonyms
  FROM "Topic" t JOIN "Community" c ON c.id = t."communityId" WHERE t.id > $1 ORDER BY t.id LIMIT $2`

export const people = `
  SELECT e.gone, m.id, m.handle, m.name, c.name AS company, m.title, e.mentor,
    ARRAY(SELECT co.slug FROM "CommunityMentor" cm JOIN "Community" co ON co.id = cm."communityId"
          WHERE cm."memberId" = m.id AND e.mentor ORDER BY co.id) AS communities,
    (SELECT coalesce(json_agg(json_build_object(
       'company', rc.name, 'title', r.title, 'from', r."startedOn", 'to', r."endedOn") ORDER BY r.id), '[]')
     FROM exported_role r LEFT JOIN "Company" rc ON rc.id = r."companyId" WHERE r."memberId" = m.id) AS roles,
    said.bio, coalesce(said.links, '{}') AS links, said.disclosure, said."timeZone"
  FROM (SELECT * FROM exported_member WHERE (gone, id) > ($1, $2) ORDER BY gone, id LIMIT $3) e
  JOIN "Member" m ON m.id = e.id LEFT JOIN "Company" c ON c.id = m."companyId"
  LEFT JOIN "Member" said ON said.id = m.id AND said."profileHiddenAt" IS NULL ORDER BY e.gone, e.id`

export const amas = `
  SELECT a.id, a.slug, t.slug AS topic, to_char(a."startsAtLocal", 'YYYY-MM-DD"T"HH24:MI:SS') AS "startsAt", a."timeZone",
    round(extract(epoch FROM a."endsAt" - a."startsAt") / 60)::int AS "durationMinutes", a.introduction, a."cancelledAt", a."closedAt", a."closingNote",
    (SELECT coalesce(json_agg(json_build_object('word', l.word, 'means', l.means) ORDER BY l.word COLLATE "C"), '[]')
     FROM "LocalWord" l WHERE l."amaId" = a.id) AS words,
    (SELECT coalesce(json_agg(json_build_object(
       'handle', m.handle, 'role', json_build_object('company', hc.name, 'title', am.title),
       'found', json_build_object('company', fc.name, 'title', CASE WHEN held.id IS NULL THEN m.title ELSE held.title END)) ORDER BY am.position), '[]')
     FROM "AmaMentor" am JOIN "Member" m ON m.id = am."memberId" LEFT JOIN "Company" hc ON hc.id = am."companyId"
     ${joinRoleHeld('m.id', 'a."startsAt"', 'exported_role')}
     LEFT JOIN "Company" fc ON fc.id = CASE WHEN held.id IS NULL THEN m."companyId" ELSE held."companyId" END
     WHERE am."amaId" = a.id) AS mentors
  FROM (SELECT * FROM "Ama" a WHERE id > $1 AND ${shownAma.sql} ORDER BY id LIMIT $2) a JOIN "Topic" t ON t.id = a."topicId" ORDER BY a.id`

const questionColumns = `
  q.id, coalesce(q."importKey", twice.id::text) AS key, q.title, q.details, asker.handle AS "askedBy", q."askedAt",
  q."requestCount" AS requests,
  (SELECT coalesce(json_agg(json_build_object('addedAt', c."addedAt", 'body', c.body) ORDER BY c."addedAt", c.id), '[]')
   FROM "Clarification" c WHERE c."questionId" = q.id AND c."heldAt" IS NULL) AS clarifications`
const questionJoins = `
  LEFT JOIN said_twice twice ON twice.id = q.id LEFT JOIN "Member" asker ON asker.id = q."askedById" AND q."showName"`

export const amaQuestions = `
  SELECT q."amaId", q.number, q."closedAt", ${questionColumns}
  FROM (SELECT * FROM "Question" q WHERE ("amaId", number) > ($1, $2) AND ${shownQuestion.sql} ORDER BY "amaId", number LIMIT $3) q
  ${questionJoins} ORDER BY q."amaId", q.number`

export const openQuestions = `
  SELECT ${questionColumns}, c.slug AS community, t.slug AS topic, asked.handle AS "askedTo"
  FROM (SELECT * FROM "Question" q WHERE id > $1 AND "amaId" IS NULL AND ${shownQuestion.sql} ORDER BY id LIMIT $2) q
  ${questionJoins} JOIN "Community" c ON c.id = q."communityId" LEFT JOIN "Topic" t ON t.id = q."topicId"
  LEFT JOIN "Member" asked ON asked.id = q."askedToId" ORDER BY q.id`

// The same for the second answer of one mentor.
export const answers = `
  SELECT a."questionId", coalesce(a."importKey", CASE WHEN row_number() OVER (
      PARTITION BY a."questionId", a."mentorId", a."importKey" IS NULL ORDER BY a."answeredAt", a.id) > 1 THEN a.id::text END) AS key,
    m.handle AS by, a."answeredAt", a.body, a.point, a."viewCount" AS views, c.name AS company, a.title,
    held.id IS NOT NULL OR num_nonnulls(m."companyId", m.title) > 0 AS "isRoleFound"
  FROM "Answer" a JOIN "Member" m ON m.id = a."mentorId" LEFT JOIN "Company" c ON c.id = a."companyId"
  ${joinRoleHeld('m.id', 'a."answeredAt"', 'exported_role')}
  WHERE a."questionId" = ANY ($1) AND ${shownAnswer.sql} ORDER BY a."questionId", a."answeredAt", a.id`
