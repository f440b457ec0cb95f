import { db, inOrder, readRows } from '#lib/db.ts'

/** Topics of a community that can be chosen from. */
const TOPICS = 200
/** More topics than this in one community are a sign that it should be two: its page shows the first, a search has all. */
const TOPICS_SHOWN = 60

export type TopicView = NonNullable<Awaited<ReturnType<typeof getTopic>>>

export function getTopic(slug: string) {
  return db().topic.findUnique({
    where: { slug },
    select: {
      id: true,
      slug: true,
      name: true,
      synonyms: true,
      about: true,
      aboutHtml: true,
      questionCount: true,
      answerCount: true,
      followerCount: true,
      community: { select: { id: true, slug: true, name: true } },
    },
  })
}

/** The first topics of a community by name, and whether there are more. */
export async function firstTopics(communityId: string) {
  const rows = await listTopics(communityId, TOPICS_SHOWN + 1)
  return { topics: rows.slice(0, TOPICS_SHOWN), more: rows.length > TOPICS_SHOWN }
}

/** A community's topics by name. */
export function listTopics(communityId: string, most = TOPICS) {
  return db().topic.findMany({
    where: { communityId },
    orderBy: { name: 'asc' },
    take: most,
    select: { id: true, slug: true, name: true, questionCount: true },
  })
}

/** What a list of topics of all communities shows of one. */
export type TopicRow = {
  id: string
  slug: string
  name: string
  synonyms: string[]
  questionCount: number
  community: { slug: string; name: string }
}

/** Topics in the order of their ids. */
export function findTopics(ids: string[]): Promise<TopicRow[]> {
  return readRows`
    SELECT t.id, t.slug, t.name, t.synonyms, t."questionCount", json_build_object('slug', c.slug, 'name', c.name) AS community
    FROM ${inOrder(ids)} JOIN "Topic" t ON t.id = wanted.id JOIN "Community" c ON c.id = t."communityId"
    ORDER BY wanted.place`
}
