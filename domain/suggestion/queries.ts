import { shownQuestion } from '#domain/question/queries.ts'
import { completable, SUGGESTED, type SuggestedKind, type Suggestion } from '#domain/suggestion/rules.ts'
import { fixed, Prisma, readRows } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'

/**
 * Topics, communities, mentors, companies and questions that are read much of whose names or titles a word begins as what
 * is typed does. Names are looked up as they are now, so nothing that was hidden or renamed since is among them. Empty below
 * two characters.
 */
export async function suggest(typed: string | null): Promise<Suggestion[]> {
  const text = completable(typed)
  if (!text) return []
  const rows = await readRows<{ kind: SuggestedKind; text: string; about: string | null; slug: string }>`
    WITH typed AS MATERIALIZED (SELECT left(folded(${text}), ${fixed(START)}) AS typed)
    (SELECT 'topic' AS kind, t.name AS text, c.name AS about, t.slug
     FROM (SELECT DISTINCT "ofId" FROM (${beginning('topic')}) each) s JOIN "Topic" t ON t.id = s."ofId" JOIN "Community" c ON c.id = t."communityId"
     ORDER BY t."questionCount" DESC, t.id LIMIT ${fixed(SUGGESTED.topic)})
    UNION ALL
    (SELECT 'community', c.name, NULL, c.slug FROM "Community" c
     WHERE ${TYPED} <> '' AND (starts_with(folded(c.name), ${TYPED}) OR strpos(folded(c.name), ' ' || ${TYPED}) > 0)
     ORDER BY c."questionCount" DESC, c.id LIMIT ${fixed(SUGGESTED.community)})
    UNION ALL
    (SELECT 'mentor', m.name, nullif(concat_ws(' ', co.name, m.title), ''), m.handle
     FROM (SELECT DISTINCT "ofId" FROM (${beginning('mentor')}) each) s JOIN "Member" m ON m.id = s."ofId" AND m."mentorSince" IS NOT NULL LEFT JOIN "Company" co ON co.id = m."companyId"
     ORDER BY m."answerCount" DESC, m.id LIMIT ${fixed(SUGGESTED.mentor)})
    UNION ALL
    (SELECT 'company', c.name, NULL, c.slug FROM (SELECT DISTINCT "ofId" FROM (${beginning('company')}) each) s JOIN "Company" c ON c.id = s."ofId"
     ORDER BY c.name, c.id LIMIT ${fixed(SUGGESTED.company)})
    UNION ALL
    (SELECT 'question', q.title, NULL, q.slug
     FROM (SELECT DISTINCT "ofId" FROM (${beginning('question')} ORDER BY weight DESC, "ofId" LIMIT ${fixed(LOOKED_AT)}) most) s
     JOIN "Question" q ON q.id = s."ofId" AND ${shownQuestion}
     ORDER BY q."viewCount" DESC, q.id LIMIT ${fixed(SUGGESTED.question)})`
  return rows.map(({ kind, text, about, slug }) => ({ kind, text, about, url: paths[kind](slug) }))
}

/** Characters of a name from a word on that are kept (migration 20261123001410). */
const START = 60
/** Beginnings in titles of which those that are read most are shown; by steps of how much they are read these come first. */
const LOOKED_AT = 60

const TYPED = Prisma.sql`(SELECT typed FROM typed)`
/** As the statement has them: the planner knows how much there is of each. */
const KIND = {
  topic: Prisma.sql`'topic'`,
  mentor: Prisma.sql`'mentor'`,
  company: Prisma.sql`'company'`,
  question: Prisma.sql`'question'`,
}

/**
 * Of a kind, what has a word from which on it begins as what was typed: a range of the index, as no text is above the last sign
 * there is. Of signs that only stand on others nothing is left, and nothing begins so.
 */
function beginning(kind: keyof typeof KIND): Prisma.Sql {
  return Prisma.sql`SELECT "ofId" FROM "NameStart"
    WHERE kind = ${KIND[kind]} AND text ~>=~ ${TYPED} AND text ~<~ (${TYPED} || chr(1114111)) AND ${TYPED} <> ''`
}
