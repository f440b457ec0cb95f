import { db } from '#lib/db.ts'

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
