import { oneOf, withSlugs } from '#prisma/seed/scale/session.ts'
import { DETAILS_TEXTS } from '#prisma/seed/scale/texts.ts'
import { timeZones } from '#prisma/seed/scale/words.ts'

/**
 * AMAs over five years up to six weeks from now, in order of time, and how many questions each is to get: about fifteen,
 * some none, and at most `questions` in all.
 */
export const amaStatements = (amas: number, questions: number, communities: number) => [
  `CREATE TEMP TABLE scale_ama ON COMMIT DROP AS
   SELECT a.*, starts_at_local AT TIME ZONE zone AS starts_at, starts_at_local AT TIME ZONE zone + interval '30 minutes' * (1 + a.no % 3) AS ends_at,
     mentor.siblings AS community_mentors, mentor.id AS mentor_id, mentor.name AS mentor, topic.id AS topic_id, topic.name AS topic,
     pg_temp.id_at(starts_at_local AT TIME ZONE zone - interval '30 days') AS id
   FROM (
     SELECT no, pg_temp.skewed(${communities}, 1.7) AS community_no, ${oneOf(timeZones)} AS zone, no % 97 = 50 AS cancelled,
       (date_trunc('day', now() - interval '5 years' + interval '1868 days' * no / ${amas}) + interval '1 hour' * (8 + no * 7 % 10))::timestamp(0) AS starts_at_local,
       random() AS by_mentor, random() AS by_topic, CASE WHEN no % 5 = 4 THEN 2 + no % 2 ELSE 1 END AS mentors,
       -- One AMA that everybody came to, ten large ones, the others as they are.
       CASE WHEN no = ${Math.floor(amas / 2)} THEN ${Math.ceil(questions / 100)} WHEN no < 10 THEN ${Math.ceil(questions / 1_000)} ELSE 0 END
         + floor(1 - 14 * ln(1 - random()))::int AS wanted
     FROM generate_series(0, ${amas - 1}) no
   ) a
   JOIN scale_mentor mentor ON mentor.community_no = a.community_no AND mentor.no = floor(mentor.siblings * a.by_mentor ^ 1.5)
   JOIN scale_topic topic ON topic.community_no = a.community_no AND topic.no = floor(topic.siblings * a.by_topic ^ 1.3)`,
  'ALTER TABLE scale_ama ADD PRIMARY KEY (no)',
  `UPDATE scale_ama a SET wanted = 0 FROM (SELECT no, sum(wanted) OVER (ORDER BY no) AS passed FROM scale_ama) s
   WHERE s.no = a.no AND (s.passed > ${questions} OR a.cancelled)`,
  // The role held then, as everywhere.
  `CREATE TEMP TABLE scale_ama_mentor ON COMMIT DROP AS
   SELECT a.no AS ama_no, a.id AS ama_id, nth + 1 AS position, m.id AS member_id, m.name, r.company_id, r.company, r.title
   FROM scale_ama a
   JOIN scale_mentor lead ON lead.community_no = a.community_no AND lead.id = a.mentor_id
   CROSS JOIN LATERAL generate_series(0, least(a.mentors, a.community_mentors) - 1) nth
   JOIN scale_mentor m ON m.community_no = a.community_no AND m.no = (lead.no + nth) % lead.siblings
   LEFT JOIN scale_role r ON r.member_id = m.id AND a.starts_at >= r.from_at AND a.starts_at < coalesce(r.until_at, 'infinity')`,
  'ALTER TABLE scale_ama_mentor ADD PRIMARY KEY (ama_no, position)',
  'ANALYZE scale_ama, scale_ama_mentor',
  `INSERT INTO "Ama" (id, slug, "communityId", "topicId", "startsAtLocal", "timeZone", "startsAt", "endsAt", introduction, "introductionHtml", "cancelledAt", "closedAt", "createdAt")
   SELECT a.id, a.slug, c.id, a.topic_id, a.starts_at_local, a.zone, a.starts_at, a.ends_at, text.body, text.html,
     CASE WHEN a.cancelled THEN least(a.starts_at, now()) - interval '2 days' END,
     CASE WHEN NOT a.cancelled AND a.ends_at < now() - interval '7 days' THEN a.ends_at + interval '7 days' END, least(a.starts_at - interval '30 days', now())
   FROM (${withSlugs(
     'Ama',
     `SELECT a.*, pg_temp.slug_of(concat_ws(' ', m.company, m.title, m.name, 'on', a.topic)) AS wished
      FROM scale_ama a JOIN scale_ama_mentor m ON m.ama_no = a.no AND m.position = 1`,
   )}) a
   JOIN scale_community c ON c.no = a.community_no
   LEFT JOIN scale_text text ON text.kind = 'details' AND text.no = a.no % ${DETAILS_TEXTS * 2}
   ORDER BY a.id`,
  `INSERT INTO "AmaMentor" ("amaId", "memberId", position, "companyId", title)
   SELECT ama_id, member_id, position, company_id, title FROM scale_ama_mentor ORDER BY ama_id, position`,
]
