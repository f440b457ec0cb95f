import { oneOf, withSlugs } from '#prisma/seed/scale/session.ts'
import { ANSWER_TEXTS, DETAILS_TEXTS } from '#prisma/seed/scale/texts.ts'
import { questionTitles, settings, subjects, trades } from '#prisma/seed/scale/words.ts'

/** Questions of the AMAs from one to below another, asked from a week before to the end, most of them answered in it. */
export const amaQuestions = (from: number, below: number) => `
  SELECT a.community_no, a.topic_id, a.id AS ama_id, number, a.mentor_id AS ama_mentor, random() AS by_mentor,
    (opened + (closed - opened) * number / (wanted + 1))::timestamptz(3) AS asked_at, greatest(starts_at, opened) AS answers_from,
    CASE WHEN starts_at > now() THEN 0 WHEN luck < 0.1 THEN 0 WHEN luck < 0.85 THEN 1 ELSE 2 + floor(luck * 20)::int % 2 END AS answers,
    NULL::int AS asked_to_no
  FROM (
    SELECT a.*, least(starts_at, now()) - interval '7 days' AS opened, least(ends_at, now()) AS closed
    FROM scale_ama a WHERE no >= ${from} AND no < ${below}
  ) a CROSS JOIN LATERAL (SELECT number, random() AS luck FROM generate_series(1, a.wanted) number) n`

/** Questions asked in communities, the part from one number to below another of so many in five years. A few get many answers. */
export const openQuestions = (from: number, below: number, total: number, communities: number) => `
  SELECT q.community_no, CASE WHEN luck_of_topic < 0.9 THEN t.id END AS topic_id, NULL::uuid AS ama_id, NULL::int AS number,
    NULL::uuid AS ama_mentor, random() AS by_mentor, asked_at, asked_at + interval '2 hours' AS answers_from,
    CASE
      WHEN luck < 0.28 THEN 0 WHEN luck < 0.60 THEN 1 WHEN luck < 0.80 THEN 2 WHEN luck < 0.90 THEN 3
      WHEN luck < 0.975 THEN 4 + floor(luck * 1000)::int % 4
      ELSE 6 + least(250, floor(2 * (1 - random()) ^ -0.7))::int
    END AS answers,
    CASE WHEN luck_of_topic < 0.03 THEN floor(luck * 1000)::int END AS asked_to_no
  FROM (
    SELECT pg_temp.skewed(${communities}, 1.7) AS community_no, random() AS luck, random() AS luck_of_topic, random() AS by_topic,
      (now() - interval '1 day' + interval '5 years' * ((n + random()) / ${total} - 1))::timestamptz(3) AS asked_at
    FROM generate_series(${from}, ${below - 1}) n
  ) q JOIN scale_topic t ON t.community_no = q.community_no AND t.no = floor(8 * by_topic ^ 1.4)::int % t.siblings`

/**
 * Writes the questions of a query and their answers, with what the triggers would have derived, words included. Two tables refer to each
 * other, so one statement writes both: foreign keys are looked at when it ends.
 */
export const questionStatements = (source: string, mentors: number, members: number) => [
  `CREATE TEMP TABLE scale_question ON COMMIT DROP AS
   SELECT *, CASE WHEN random() < 0.2 THEN ${mentors} + floor(random() * ${members})::int END AS asked_by_no,
     CASE WHEN random() < 0.3 THEN floor(random() * ${DETAILS_TEXTS})::int END AS details_no,
     least(3000, floor((1 - random()) ^ -0.8) - 1)::int AS requests
   FROM (${withSlugs(
     'Question',
     `SELECT s.*, pg_temp.slug_of(title) AS wished FROM (
        SELECT q.*, pg_temp.id_at(asked_at) AS id, replace(replace(${oneOf(questionTitles, 1.4)}, '{subject}', ${oneOf(subjects, 1.6)}
          || CASE WHEN random() < 0.6 THEN ' in ' || ${oneOf(trades, 1.6)} ELSE '' END
          || CASE WHEN random() < 0.5 THEN ' with ' || pg_temp.tool() ELSE '' END), '{setting}', ${oneOf(settings, 1.4)}) AS title
        FROM (${source}) q
      ) s`,
   )}) named`,
  `CREATE TEMP TABLE scale_answer ON COMMIT DROP AS
   SELECT pg_temp.id_at(answered_at) AS id, a.*, r.company_id, r.title
   FROM (
     SELECT q.id AS question_id, CASE WHEN nth = 1 THEN coalesce(q.ama_mentor, m.id) ELSE m.id END AS mentor_id,
       least(q.answers_from + interval '10 minutes' * random() + interval '1 day' * (nth - 1) * 30 * random() ^ 3, now() - interval '1 minute' * random())::timestamptz(3)
         AS answered_at,
       floor(random() * ${ANSWER_TEXTS})::int AS text_no, least(150000, floor(6 * (1 - random()) ^ -0.9) - 6)::int AS views
     FROM scale_question q
     JOIN scale_mentor first ON first.community_no = q.community_no AND first.no = 0
     CROSS JOIN LATERAL generate_series(1, least(q.answers, first.siblings)) nth
     JOIN scale_mentor m ON m.community_no = q.community_no AND m.no = (floor(first.siblings * q.by_mentor ^ 2)::int + nth) % first.siblings
   ) a
   LEFT JOIN scale_role r ON r.member_id = a.mentor_id AND a.answered_at >= r.from_at AND a.answered_at < coalesce(r.until_at, 'infinity')`,
  'ANALYZE scale_question, scale_answer',
  `WITH written AS (
     INSERT INTO "Answer" (id, "questionId", "mentorId", "companyId", title, body, html, excerpt, "answeredAt", "viewBase", "viewCount")
     SELECT a.id, a.question_id, a.mentor_id, a.company_id, a.title, t.body, t.html, t.excerpt, a.answered_at, a.views, a.views
     FROM scale_answer a JOIN scale_text t ON t.kind = 'answer' AND t.no = a.text_no
   )
   INSERT INTO "Question" (
     id, slug, "communityId", "topicId", "amaId", number, "askedToId", "askedById", "showName", title, details, "detailsHtml", "askedAt",
     "requestBase", "requestCount", "waitingCount", "answerCount", "viewCount", "leadAnswerId", "leadAnsweredAt", "leadMentorId", "leadExcerpt", "lastAnsweredAt")
   SELECT q.id, q.slug, c.id, q.topic_id, q.ama_id, q.number, asked_to.id, asked_by.id, asked_by.no IS NOT NULL AND asked_by.no % 5 = 0, q.title,
     details.body, details.html, q.asked_at, q.requests, q.requests, CASE WHEN sums.answers IS NULL THEN q.requests ELSE 0 END, coalesce(sums.answers, 0), coalesce(sums.views, 0),
     lead.id, lead.answered_at, lead.mentor_id, lead_text.excerpt, sums.last_at
   FROM scale_question q
   JOIN scale_community c ON c.no = q.community_no
   LEFT JOIN scale_mentor asked_to ON asked_to.community_no = q.community_no AND asked_to.no = q.asked_to_no
   LEFT JOIN scale_member asked_by ON asked_by.no = q.asked_by_no
   LEFT JOIN scale_text details ON details.kind = 'details' AND details.no = q.details_no
   LEFT JOIN (
     SELECT question_id, count(*)::int AS answers, sum(views)::int AS views, max(answered_at) AS last_at FROM scale_answer GROUP BY 1
   ) sums ON sums.question_id = q.id
   LEFT JOIN (SELECT DISTINCT ON (question_id) * FROM scale_answer ORDER BY question_id, answered_at, id) lead ON lead.question_id = q.id
   LEFT JOIN scale_text lead_text ON lead_text.kind = 'answer' AND lead_text.no = lead.text_no
   ORDER BY q.id`,
  `INSERT INTO "QuestionWords" ("questionId", words, marks, tier)
   SELECT q.id, question_words(q), question_marks(q, given.mentors, given.companies), tier_of(q."viewCount")
   FROM "Question" q JOIN scale_question s ON s.id = q.id LEFT JOIN (
     SELECT question_id, array_agg(mentor_id) AS mentors, array_agg(company_id) AS companies FROM scale_answer GROUP BY 1
   ) given ON given.question_id = q.id`,
  `INSERT INTO "AnswerWords" ("answerId", words, marks, tier)
   SELECT a.id, t.words || tier_word(a.views), answer_marks(written), tier_of(a.views)
   FROM scale_answer a JOIN "Answer" written ON written.id = a.id JOIN scale_text t ON t.kind = 'answer' AND t.no = a.text_no`,
  'DROP TABLE scale_question, scale_answer',
]
