import { isShownAma } from '#domain/ama/queries.ts'
import { type Place, placeKey, WANTED_PLACE, waitingToken } from '#domain/draft/rules.ts'
import { countWaitingFor } from '#domain/member/queries.ts'
import type { Direct } from '#domain/member/rules.ts'
import { shownSince } from '#domain/question/queries.ts'
import { db, type Prisma } from '#lib/db.ts'
import type { AskWhere } from '#lib/paths.ts'
import { tokenHash } from '#lib/secret.ts'
import type { Viewer } from '#lib/viewer.ts'

export type AskingPlace = NonNullable<Awaited<ReturnType<typeof getPlace>>>

/** The place that an address names by slugs; null where it names none, or none that is there. */
export async function findPlace({ ama, community, topic, mentor }: AskWhere): Promise<Place | null> {
  if (mentor) return findMentor(mentor, community)
  const [kind, found] = ama
    ? (['ama', await db().ama.findUnique({ where: { slug: ama, ...isShownAma }, select: { id: true } })] as const)
    : topic
      ? (['topic', await db().topic.findUnique({ where: { slug: topic }, select: { id: true } })] as const)
      : (['community', community ? await db().community.findUnique({ where: { slug: community }, select: { id: true } }) : null] as const)
  return found && { kind, id: found.id }
}

/** A place with all that its form says; null where it is gone, or where the mentor is no longer one there. */
export async function getPlace(place: Place) {
  const found = await lookUp[place.kind](place)
  if (!found) return null
  const { communityId, topicId, ama, mentor, mentorIn } = found
  const [community, topics] = await Promise.all([
    db().community.findUniqueOrThrow({ where: { id: communityId }, select: communityShown }),
    ama ? [] : db().topic.findMany({ where: { communityId }, orderBy: { name: 'asc' }, take: TOPICS, select: topicShown }),
  ])
  return { place, key: placeKey(place), slug: found.slug, community, topics, topicId, ama, mentor, mentorIn }
}

/** The place as its form's address names it. */
export function whereOf({ place, community, ama, mentor, slug }: AskingPlace): AskWhere {
  if (ama) return { ama: ama.slug }
  if (mentor) return { mentor: mentor.handle, community: community.slug }
  return place.kind === 'topic' ? { topic: slug } : { community: community.slug }
}

/** Of the last two hundred questions that the community was asked, how many seconds until half had an answer; null where half have none. */
export async function medianToAnswer(communityId: string): Promise<number | null> {
  const [row] = await db().$queryRaw<{ seconds: number | null }[]>`
    SELECT extract(epoch FROM percentile_disc(0.5) WITHIN GROUP (ORDER BY took))::float8 AS seconds FROM (
      SELECT CASE WHEN "leadAnsweredAt" IS NULL THEN interval '100 years' ELSE greatest("leadAnsweredAt" - "askedAt", interval '0') END AS took FROM (
        SELECT q."leadAnsweredAt", q."askedAt" FROM "Question" q
        WHERE q."communityId" = ${communityId}::uuid AND q."hiddenAt" IS NULL ORDER BY ${shownSince} DESC, q.id DESC LIMIT 200
      ) latest
    ) times`
  const seconds = row?.seconds ?? null
  return seconds !== null && seconds < NEVER ? seconds : null
}

export type DraftView = { title: string; details: string; topic: string; showName: boolean; askKey: string | null; version: number }

/** What the person began to write for this place. */
export function getDraft({ memberId }: NonNullable<Viewer>, place: Place): Promise<DraftView | null> {
  return db().draft.findUnique({ where: { memberId_place: { memberId, place: placeKey(place) } }, select: draftShown })
}

/** A question that somebody wrote signed out and has this word of; null where it is asked already, or too old. */
export function findWaiting(token: string) {
  return findUnderWord(token, { not: { startsWith: WANTED_PLACE } })
}

/** The same of something wanted. */
export function findWaitingWanted(token: string) {
  return findUnderWord(token, { startsWith: WANTED_PLACE })
}

/** The title of the question that is asked by signing in and going on to this path. */
export async function waitingTitle(next: string | null | undefined): Promise<string | null> {
  const token = waitingToken(next)
  return token ? ((await findWaiting(token))?.title ?? null) : null
}

function findUnderWord(token: string, place: Prisma.StringFilter) {
  return db().draft.findFirst({ where: { tokenHash: tokenHash(token), memberId: null, place }, select: { ...draftShown, place: true } })
}

/** Seconds: what `medianToAnswer` takes for not answered. */
const NEVER = 99 * 365 * 24 * 3_600
const TOPICS = 200

const communityShown = { id: true, slug: true, name: true, mentorCount: true, answerCount: true, checking: true } as const
const topicShown = { id: true, name: true, synonyms: true } as const
const draftShown = { title: true, details: true, topic: true, showName: true, askKey: true, version: true } as const

type Found = {
  communityId: string
  /** Of a topic. */
  slug: string | undefined
  topicId: string | null
  ama: Awaited<ReturnType<typeof getAskedAma>>
  mentor: (Direct & { id: string; handle: string }) | null
  /** The communities in which the mentor can be asked. */
  mentorIn: { slug: string; name: string }[]
}

const nobody = { slug: undefined, ama: null, mentor: null, mentorIn: [] }

const lookUp: Record<Place['kind'], (place: Place) => Promise<Found | null>> = {
  community: async ({ id }) => {
    const community = await db().community.findUnique({ where: { id }, select: { id: true } })
    return community && { ...nobody, communityId: id, topicId: null }
  },
  topic: async ({ id }) => {
    const topic = await db().topic.findUnique({ where: { id }, select: { slug: true, communityId: true } })
    return topic && { ...nobody, slug: topic.slug, communityId: topic.communityId, topicId: id }
  },
  ama: async ({ id }) => {
    const ama = await getAskedAma(id)
    return ama && { ...nobody, communityId: ama.communityId, topicId: ama.topicId, ama }
  },
  mentor: async ({ id, communityId = '' }) => {
    const mentor = await db().member.findFirst({ where: { id, ...isMentor }, select: mentorShown })
    if (!mentor?.communities.some(({ community }) => community.id === communityId)) return null
    const { communities, ...shown } = mentor
    const waiting = shown.directLimit ? await countWaitingFor(id) : 0
    return { ...nobody, mentor: { ...shown, waiting }, mentorIn: communities.map(({ community }) => community), communityId, topicId: null }
  },
}

const isMentor = { mentorSince: { not: null }, deletedAt: null }

const mentorShown = {
  id: true,
  handle: true,
  name: true,
  directLimit: true,
  pausedUntil: true,
  communities: {
    select: { community: { select: { id: true, slug: true, name: true } } },
    orderBy: [{ answerCount: 'desc' }, { communityId: 'asc' }],
    take: 10,
  },
} satisfies Prisma.MemberSelect

/** In the named community, or in the one in which they have answered most. */
async function findMentor(handle: string, communitySlug: string | undefined): Promise<Place | null> {
  const mentor = await db().member.findFirst({ where: { handle, ...isMentor }, select: mentorShown })
  const communities = mentor?.communities.map(({ community }) => community) ?? []
  const there = communitySlug ? communities.find(({ slug }) => slug === communitySlug) : communities[0]
  return mentor && there ? { kind: 'mentor', id: mentor.id, communityId: there.id } : null
}

async function getAskedAma(id: string) {
  const ama = await db().ama.findUnique({
    where: { id, ...isShownAma },
    select: {
      slug: true,
      communityId: true,
      topicId: true,
      startsAt: true,
      endsAt: true,
      timeZone: true,
      questionsOpenAt: true,
      cancelledAt: true,
      topic: { select: { name: true } },
      mentors: {
        select: { title: true, company: { select: { name: true } }, member: { select: { name: true } } },
        orderBy: { position: 'asc' },
      },
    },
  })
  if (!ama) return null
  const mentors = ama.mentors.map(({ title, company, member }) => ({ name: member.name, company: company?.name ?? null, title }))
  return { ...ama, mentors }
}
