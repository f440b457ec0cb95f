import { shownQuestion } from '#domain/question/queries.ts'
import { completable, SUGGESTED, type SuggestedKind, type Suggestion } from '#domain/suggestion/rules.ts'
import { db, Prisma } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'

/**
 * Topics, communities, mentors, companies and questions that are read much of whose names or titles a word begins as what
 * is typed does. Names are looked up as they are now, so nothing that was hidden or renamed since is among them. Empty below
 * two characters.
 */
export async function suggest(typed: string | null): Promise<Suggestion[]> {
  const text = completable(typed)
  if (!text) return []
  const begins = (name: Prisma.Sql) => {
    // Folding makes plain signs of wide ones: they are no patterns either.
    const typed = Prisma.sql`(SELECT regexp_replace(folded(${text}), '([\\\\%_])', '\\\\\\1', 'g'))`
    return Prisma.sql`(${name} LIKE ${typed} || '%' OR ${name} LIKE '% ' || ${typed} || '%' OR ${name} LIKE '%' || E'\n' || ${typed} || '%')`
  }
  const rows = await db().$queryRaw<{ kind: SuggestedKind; text: string; about: string | null; slug: string }[]>`
    (SELECT 'topic' AS kind, t.name AS text, c.name AS about, t.slug
     FROM "TopicWords" w JOIN "Topic" t ON t.id = w."topicId" JOIN "Community" c ON c.id = t."communityId"
     WHERE ${begins(Prisma.sql`w.name`)} ORDER BY t."questionCount" DESC, t.id LIMIT ${SUGGESTED.topic})
    UNION ALL
    (SELECT 'community', c.name, NULL, c.slug FROM (SELECT folded(name) AS key, * FROM "Community") c
     WHERE ${begins(Prisma.sql`c.key`)} ORDER BY c."questionCount" DESC, c.id LIMIT ${SUGGESTED.community})
    UNION ALL
    (SELECT 'mentor', m.name, nullif(concat_ws(' ', co.name, m.title), ''), m.handle
     FROM "MentorWords" w JOIN "Member" m ON m.id = w."memberId" AND m."mentorSince" IS NOT NULL LEFT JOIN "Company" co ON co.id = m."companyId"
     WHERE ${begins(Prisma.sql`w.name`)} ORDER BY m."answerCount" DESC, m.id LIMIT ${SUGGESTED.mentor})
    UNION ALL
    (SELECT 'company', c.name, NULL, c.slug FROM "CompanyWords" w JOIN "Company" c ON c.id = w."companyId"
     WHERE ${begins(Prisma.sql`w.name`)} ORDER BY c.name, c.id LIMIT ${SUGGESTED.company})
    UNION ALL
    (SELECT 'question', q.title, NULL, q.slug FROM (
       SELECT * FROM "ReadTitle" w WHERE ${begins(Prisma.sql`w.title`)} ORDER BY w."viewCount" DESC, w."questionId" LIMIT ${5 * SUGGESTED.question}
     ) w JOIN "Question" q ON q.id = w."questionId" AND ${shownQuestion}
     ORDER BY w."viewCount" DESC, w."questionId" LIMIT ${SUGGESTED.question})`
  return rows.map(({ kind, text, about, slug }) => ({ kind, text, about, url: paths[kind](slug) }))
}
