import { isShownAma } from '#domain/ama/queries.ts'
import { amaTitle } from '#domain/ama/rules.ts'
import { shownAnswer } from '#domain/answer/queries.ts'
import type { SlugKind } from '#domain/moved-slug/queries.ts'
import { shownQuestion } from '#domain/question/queries.ts'
import { db, Prisma } from '#lib/db.ts'
import type { FeedKind } from '#lib/paths.ts'

/** Entries of a feed. Readers ask often enough that none is missed. */
export const FEED_SIZE = 30

/** What a feed is about. */
export type FeedSubject = { id: string; name: string; createdAt: Date }

/** `html` is the whole answer, sanitized. */
export type FeedAnswer = {
  id: string
  /** The question of this entry, where the answer was given to another one and placed there. */
  placedOn: string | null
  answeredAt: Date
  /** When it came or its words were changed, whichever was last. */
  updatedAt: Date
  html: string
  excerpt: string
  slug: string
  question: string
  handle: string | null
  name: string
}

export function getFeedSubject(kind: FeedKind, slug: string): Promise<FeedSubject | null> {
  return subjects[kind](slug)
}

/** Of which model the slugs are. */
export const feedSlugKind: Record<FeedKind, SlugKind> = { communities: 'Community', topics: 'Topic', mentors: 'Member', amas: 'Ama' }

/** The newest answers in a community, on a topic, by a mentor or in an AMA, the newest first. */
export function listNewestAnswers(kind: FeedKind, id: string): Promise<FeedAnswer[]> {
  return db().$queryRaw<FeedAnswer[]>`
    SELECT a.id, CASE WHEN q.id <> a."questionId" THEN q.id END AS "placedOn", newest.at AS "answeredAt",
      greatest(newest.at, a."editedAt") AS "updatedAt", replace(a.html, '<!--more-->', '') AS html, a.excerpt, q.slug, q.title AS question,
      CASE WHEN m."deletedAt" IS NULL THEN m.handle END AS handle, m.name
    FROM (${newest[kind](Prisma.sql`${id}::uuid`)}) newest
    JOIN "Answer" a ON a.id = newest.id JOIN "Question" q ON q.id = newest.question JOIN "Member" m ON m.id = a."mentorId"
    ORDER BY newest.at DESC, a.id DESC`
}

const named = { id: true, name: true, createdAt: true } as const

const subjects: Record<FeedKind, (slug: string) => Promise<FeedSubject | null>> = {
  communities: (slug) => db().community.findUnique({ where: { slug }, select: named }),
  topics: (slug) => db().topic.findUnique({ where: { slug }, select: named }),
  mentors: (handle) => db().member.findFirst({ where: { handle, mentorSince: { not: null } }, select: named }),
  amas: async (slug) => {
    const ama = await db().ama.findUnique({
      where: { slug, ...isShownAma },
      select: {
        id: true,
        createdAt: true,
        topic: { select: { name: true } },
        mentors: {
          select: { title: true, company: { select: { name: true } }, member: { select: { name: true } } },
          orderBy: { position: 'asc' },
        },
      },
    })
    if (!ama) return null
    const mentors = ama.mentors.map(({ title, company, member }) => ({ title, company: company?.name ?? null, name: member.name }))
    return { id: ama.id, name: amaTitle(mentors, ama.topic.name), createdAt: ama.createdAt }
  },
}

const newest: Record<FeedKind, (id: Prisma.Sql) => Prisma.Sql> = {
  communities: (id) => ofQuestions(Prisma.sql`"communityId" = ${id}`),
  topics: (id) => ofQuestions(Prisma.sql`"topicId" = ${id}`),
  amas: (id) => ofQuestions(Prisma.sql`"amaId" = ${id}`),
  mentors: (id) =>
    Prisma.sql`SELECT id, "answeredAt" AS at, "questionId" AS question FROM "Answer" a WHERE "mentorId" = ${id} AND ${shownAnswer} ORDER BY "answeredAt" DESC, id DESC LIMIT ${FEED_SIZE}`,
}

// The thirty newest answers belong to the thirty questions that were answered last: any other question has nothing newer.
function ofQuestions(place: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT latest.id, latest.at, answered.id AS question FROM (
      SELECT id FROM "Question" q WHERE ${place} AND ${shownQuestion} AND "lastAnsweredAt" IS NOT NULL ORDER BY "lastAnsweredAt" DESC, id DESC LIMIT ${FEED_SIZE}
    ) answered
    CROSS JOIN LATERAL (
      (SELECT id, "answeredAt" AS at FROM "Answer" a WHERE "questionId" = answered.id AND ${shownAnswer} ORDER BY "answeredAt" DESC, id DESC LIMIT ${FEED_SIZE})
      UNION ALL
      (SELECT a.id, p."placedAt" FROM "AnswerPlacement" p JOIN "Answer" a ON a.id = p."answerId" AND ${shownAnswer}
       WHERE p."questionId" = answered.id ORDER BY p."placedAt" DESC, a.id DESC LIMIT ${FEED_SIZE})
    ) latest
    ORDER BY latest.at DESC, latest.id DESC LIMIT ${FEED_SIZE}`
}
