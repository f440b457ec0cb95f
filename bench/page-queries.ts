import type { PageKind } from '#bench/samples.ts'
import { recordStatements, type Statement } from '#bench/statements.ts'
import { getAma } from '#domain/ama/queries.ts'
import { listAnswers } from '#domain/answer/queries.ts'
import { getQuestion, listAmaQuestions } from '#domain/question/queries.ts'
import { relatedAmas, relatedQuestions, topMentors } from '#domain/related/queries.ts'

/** Names of what a page's later queries take from its first one, and the slug. */
type Known = Record<string, unknown>

/** A query as the page sends it, with the place that each of its values comes from. */
export type PageQuery = { text: string; name: string | undefined; values: ({ known: string } | { constant: unknown })[] }

/**
 * The SQL of a page, taken from what the page's own query functions send for one slug. Each value that is an id, the slug,
 * the views or a length that depends on the page becomes a place to be filled in for another one.
 */
export async function recordPage(kind: PageKind, slug: string): Promise<{ first: PageQuery; others: PageQuery[] }> {
  const known: Known = { slug }
  const statements = await recordStatements(() => pages[kind](slug, known))
  // Of what this page has nothing, the statements of others have nothing either.
  const given = Object.entries(known).filter(([, value]) => value !== null)
  const names = new Map<unknown, string>(given.map(([name, value]) => [value, name]))
  const [first, ...others] = statements.map(({ text, name, values }: Statement) => ({
    text,
    name,
    values: values.map((value) => {
      const known = names.get(value)
      return known ? { known } : { constant: value }
    }),
  }))
  if (!first) throw new Error('The page asked nothing.')
  return { first, others }
}

// As app/questions/[slug]/page.tsx and app/amas/[slug]/page.tsx load them.
const pages: Record<PageKind, (slug: string, known: Known) => Promise<unknown>> = {
  question: async (slug, known) => {
    const question = (await getQuestion(slug)) ?? missing(slug)
    const { id, communityId, topicId, amaId, viewCount, answerCount } = question
    Object.assign(known, { id, communityId, topicId, amaId, viewCount, mentors: 10 + answerCount })
    await relatedAmas({ ...question, questionId: id })
    const answers = await listAnswers(id)
    await topMentors(communityId, answers?.rows.map(({ mentorId }) => mentorId) ?? [])
    await relatedQuestions(question)
  },
  ama: async (slug, known) => {
    const { id, community, topicId, mentors } = (await getAma(slug)) ?? missing(slug)
    Object.assign(known, { id, communityId: community.id, topicId, mentors: 10 + mentors.length })
    await listAmaQuestions(id, 'past')
    await relatedAmas({ communityId: community.id, topicId, amaId: id })
    await topMentors(
      community.id,
      mentors.map((mentor) => mentor.id),
    )
  },
}

/** What the row of the first query tells the others. */
export function knownFrom(kind: PageKind, slug: string, row: Record<string, unknown>): Known {
  const known = { slug, id: row.id, topicId: row.topicId }
  if (kind === 'question')
    return { ...known, communityId: row.communityId, amaId: row.amaId, viewCount: row.viewCount, mentors: 10 + Number(row.answerCount) }
  const { id: communityId } = row.community as { id: string }
  return { ...known, communityId, mentors: 10 + (row.mentors as unknown[]).length }
}

function missing(slug: string): never {
  throw new Error(`There is no ${slug}.`)
}
