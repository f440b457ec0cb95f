import { type AmaRow, getAma, getHostedAma } from '#domain/ama/queries.ts'
import { amaTitleParts, canHostAma } from '#domain/ama/rules.ts'
import { byline } from '#domain/member/rules.ts'
import type { SlugKind } from '#domain/moved-slug/queries.ts'
import type { Card } from '#domain/picture/rules.ts'
import { getSite } from '#domain/site/queries.ts'
import { db } from '#lib/db.ts'
import type { PictureKind } from '#lib/paths.ts'
import type { Viewer } from '#lib/viewer.ts'
import { amaDate } from '#lib/zone.ts'

/** What the picture of an AMA, a question or a mentor shows. */
export async function getCard(kind: PictureKind, slug: string): Promise<Card | null> {
  const [site, card] = await Promise.all([getSite(), cards[kind](slug)])
  return card && { site: site.name, ...card }
}

/** The picture of an AMA, published or not, for who runs it; null for everybody else. */
export async function getHostedCard(viewer: Viewer, slug: string): Promise<Card | null> {
  const [site, ama] = await Promise.all([getSite(), getHostedAma(slug)])
  return ama && viewer && canHostAma(viewer, ama) ? { site: site.name, ...amaCard(ama) } : null
}

/** Of which model the slugs are. */
export const pictureSlugKind: Record<PictureKind, SlugKind> = { amas: 'Ama', questions: 'Question', mentors: 'Member' }

const cards: Record<PictureKind, (slug: string) => Promise<Omit<Card, 'site'> | null>> = {
  amas: async (slug) => {
    const ama = await getAma(slug)
    return ama && amaCard(ama)
  },
  questions: async (slug) => {
    const question = await db().question.findFirst({
      where: { slug, hiddenAt: null },
      select: {
        title: true,
        community: named,
        leadAnswer: {
          select: { point: true, excerpt: true, title: true, company: named, mentor: { select: { name: true, portraitId: true } } },
        },
      },
    })
    if (!question) return null
    const { title, community, leadAnswer } = question
    return {
      above: community.name,
      title: [{ text: title, kind: 'who' }],
      ...(leadAnswer?.point && { point: leadAnswer.excerpt }),
      people: leadAnswer ? [person(leadAnswer.mentor, leadAnswer)] : [],
    }
  },
  mentors: async (handle) => {
    const mentor = await db().member.findFirst({
      where: { handle, mentorSince: { not: null } },
      select: {
        name: true,
        portraitId: true,
        title: true,
        company: named,
        communities: { select: { community: named }, orderBy: [{ answerCount: 'desc' }, { communityId: 'asc' }], take: 3 },
      },
    })
    if (!mentor) return null
    return {
      above: mentor.communities.map(({ community }) => community.name).join(' · '),
      title: [{ text: mentor.name, kind: 'who' }],
      people: [person(mentor, mentor)],
    }
  },
}

function amaCard({ startsAt, timeZone, cancelledAt, topic, mentors }: AmaRow): Omit<Card, 'site'> {
  return {
    above: cancelledAt ? 'Cancelled' : amaDate(startsAt, timeZone),
    title: amaTitleParts(mentors, topic.name),
    people: mentors.map((mentor) => ({ name: mentor.name, byline: byline(mentor, mentor.name), portraitId: mentor.portraitId })),
  }
}

const named = { select: { name: true } } as const

function person(
  { name, portraitId }: { name: string; portraitId: string | null },
  { title, company }: { title: string | null; company: { name: string } | null },
): Card['people'][number] {
  return { name, byline: byline({ title, company: company?.name ?? null }, name), portraitId }
}
