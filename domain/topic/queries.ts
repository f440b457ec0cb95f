import { db, inOrder } from '#lib/db.ts'

/** More topics than this in one community are a sign that it should be two. */
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

/** A community's topics by name. */
export function listTopics(communityId: string) {
  return db().topic.findMany({
    where: { communityId },
    orderBy: { name: 'asc' },
    take: TOPICS_SHOWN,
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
  return db().$queryRaw`
    SELECT t.id, t.slug, t.name, t.synonyms, t."questionCount", json_build_object('slug', c.slug, 'name', c.name) AS community
    FROM ${inOrder(ids)} JOIN "Topic" t ON t.id = wanted.id JOIN "Community" c ON c.id = t."communityId"
    ORDER BY wanted.place`
}
