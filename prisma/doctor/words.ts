import { type Check, statements } from '#prisma/doctor/check.ts'

/** What search finds things by, against what they say. `all`: every word of questions and answers, else whether they have any. */
export function wordChecks(all: boolean): Check[] {
  return [
    words('question', 'Question', 'questionId', `t."hiddenAt" IS NULL`, changed('question', all), 'keep_question_words'),
    words(
      'answer',
      'Answer',
      'answerId',
      `t."hiddenAt" IS NULL AND t."questionHiddenAt" IS NULL`,
      changed('answer', all),
      'keep_answer_words',
    ),
    words(
      'mentor',
      'Member',
      'memberId',
      `t."mentorSince" IS NOT NULL`,
      'w.words <> mentor_words(t) OR w.name <> folded(t.name)',
      'keep_mentor_words',
    ),
    words('AMA', 'Ama', 'amaId', `t."cancelledAt" IS NULL AND t."publishedAt" IS NOT NULL`, 'w.words <> ama_words(t)', 'keep_ama_words'),
    words('topic', 'Topic', 'topicId', 'true', 'w.words <> topic_words(t) OR w.name <> topic_names(t)', 'keep_topic_words'),
    words('company', 'Company', 'companyId', 'true', 'w.name <> folded(t.name)', 'keep_company_words'),
    statements(
      'What somebody types would be completed by other names than there are',
      `SELECT kind || ' ' || "ofId" ${WRONG_STARTS}`,
      REPAIR_STARTS,
    ),
  ]
}

const STARTS = `(
  SELECT kind, id, start, whole, read_weight(views) AS weight FROM (
    SELECT 'topic' AS kind, "topicId" AS id, name, 0 AS views FROM "TopicWords"
    UNION ALL SELECT 'mentor', "memberId", name, 0 FROM "MentorWords"
    UNION ALL SELECT 'company', "companyId", name, 0 FROM "CompanyWords"
    UNION ALL SELECT 'question', "questionId", title, "viewCount" FROM "ReadTitle"
  ) named CROSS JOIN LATERAL name_starts(name)
)`

const WRONG_STARTS = `
  FROM (SELECT DISTINCT coalesce(is_.kind, should.kind) AS kind, coalesce(is_."ofId", should.id) AS "ofId"
    FROM "NameStart" is_ FULL JOIN ${STARTS} should ON (should.kind, should.id, should.start) = (is_.kind, is_."ofId", is_.text)
    WHERE (should.whole, should.weight) IS DISTINCT FROM (is_.whole, is_.weight)) wrong`

const REPAIR_STARTS = `
  WITH wrong AS MATERIALIZED (SELECT kind, "ofId" ${WRONG_STARTS}), gone AS (
    DELETE FROM "NameStart" n USING wrong WHERE (n.kind, n."ofId") = (wrong.kind, wrong."ofId")
      AND NOT EXISTS (SELECT FROM ${STARTS} s WHERE (s.kind, s.id, s.start) = (n.kind, n."ofId", n.text))
  )
  INSERT INTO "NameStart" (kind, "ofId", text, whole, weight)
  SELECT s.kind, s.id, s.start, s.whole, s.weight FROM ${STARTS} s JOIN wrong ON (wrong.kind, wrong."ofId") = (s.kind, s.id)
  ON CONFLICT (kind, "ofId", text) DO UPDATE SET whole = EXCLUDED.whole, weight = EXCLUDED.weight`

function words(noun: string, table: string, key: string, shown: string, differs: string, keep: string): Check {
  const kept = {
    question: 'QuestionWords',
    answer: 'AnswerWords',
    mentor: 'MentorWords',
    AMA: 'AmaWords',
    topic: 'TopicWords',
    company: 'CompanyWords',
  }[noun]
  const wrong = `
    FROM "${table}" t LEFT JOIN "${kept}" w ON w."${key}" = t.id
    WHERE CASE WHEN ${shown} THEN w."${key}" IS NULL OR ${differs} ELSE w."${key}" IS NOT NULL END`
  // A row by itself, so that nobody who writes it waits for the others.
  const repair = `DO $$ DECLARE id uuid; BEGIN FOR id IN SELECT t.id ${wrong} LOOP PERFORM ${keep}(ARRAY[id]); COMMIT; END LOOP; END $$`
  return statements(
    `Search would not find ${/^[aA]/.test(noun) ? 'an' : 'a'} ${noun} by its words, or by others`,
    `SELECT t.id::text ${wrong}`,
    repair,
  )
}

const changed = (noun: string, all: boolean) =>
  `w.tier <> tier_of(t."viewCount")${all ? ` OR w.words <> ${noun}_words(t) OR w.marks <> ${noun}_marks(t)` : ''}`
