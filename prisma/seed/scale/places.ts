import { list } from '#prisma/seed/scale/session.ts'
import { companyFirst, companySecond, professions, topics } from '#prisma/seed/scale/words.ts'

/** Communities with their topics, and companies; those that are there already are used again. */
export const placeStatements = (communities: number, companies: number) => [
  `INSERT INTO "Community" (id, slug, name, "createdAt")
   SELECT pg_temp.id_at(opening), pg_temp.slug_of(name), name, opening
   FROM unnest(${list(professions)}) WITH ORDINALITY AS p (name, no) CROSS JOIN (SELECT now() - interval '5 years' AS opening) o
   WHERE no <= ${communities}
     AND NOT EXISTS (SELECT 1 FROM "Community" c WHERE c.name = p.name OR c.slug = pg_temp.slug_of(p.name))
     AND NOT EXISTS (SELECT 1 FROM "MovedSlug" m WHERE m.kind = 'Community' AND m.slug = pg_temp.slug_of(p.name))`,
  `CREATE TEMP TABLE scale_community ON COMMIT DROP AS
   SELECT (row_number() OVER (ORDER BY no) - 1)::int AS no, c.id, c.name
   FROM unnest(${list(professions)}) WITH ORDINALITY AS p (name, no) JOIN "Community" c USING (name) WHERE no <= ${communities}`,
  `INSERT INTO "Topic" (id, slug, name, synonyms, "communityId", "createdAt")
   SELECT pg_temp.id_at(now() - interval '5 years'), slug, name, synonyms, community, now() - interval '5 years'
   FROM (
     SELECT c.id AS community, t.name, string_to_array(t.synonyms, ', ') AS synonyms, pg_temp.slug_of(t.name || ' in ' || c.name) AS slug
     FROM scale_community c
     CROSS JOIN unnest(${list(topics.map(({ name }) => name))}, ${list(topics.map(({ synonyms }) => synonyms.join(', ')))}) AS t (name, synonyms)
   ) wished
   WHERE NOT EXISTS (SELECT 1 FROM "Topic" t WHERE (t."communityId", t.name) = (community, wished.name) OR t.slug = wished.slug)
     AND NOT EXISTS (SELECT 1 FROM "MovedSlug" m WHERE m.kind = 'Topic' AND m.slug = wished.slug)`,
  `CREATE TEMP TABLE scale_topic ON COMMIT DROP AS
   SELECT c.no AS community_no, (row_number() OVER (PARTITION BY c.no ORDER BY t.id) - 1)::int AS no, t.id, t.name,
     (count(*) OVER (PARTITION BY c.no))::int AS siblings
   FROM scale_community c JOIN "Topic" t ON t."communityId" = c.id`,
  'ALTER TABLE scale_topic ADD PRIMARY KEY (community_no, no)',
  `INSERT INTO "Company" (id, slug, name, "createdAt")
   SELECT pg_temp.id_at(now() - interval '5 years'), pg_temp.slug_of(name), name, now() - interval '5 years'
   FROM (
     SELECT a || ' ' || b AS name FROM unnest(${list(companyFirst)}) a CROSS JOIN unnest(${list(companySecond)}) b ORDER BY random() LIMIT ${companies}
   ) wished
   WHERE NOT EXISTS (SELECT 1 FROM "Company" c WHERE c.name = wished.name OR c.slug = pg_temp.slug_of(wished.name))
     AND NOT EXISTS (SELECT 1 FROM "MovedSlug" m WHERE m.kind = 'Company' AND m.slug = pg_temp.slug_of(wished.name))`,
  'CREATE TEMP TABLE scale_company ON COMMIT DROP AS SELECT (row_number() OVER (ORDER BY id) - 1)::int AS no, id, name FROM "Company"',
  'ALTER TABLE scale_company ADD PRIMARY KEY (no)',
  'ANALYZE scale_community, scale_topic, scale_company',
]
