import { v7 as uuidv7 } from 'uuid'
import type { z } from 'zod'
import { noteEvent } from '#domain/audit-event/commands.ts'
import { canHost } from '#domain/community/rules.ts'
import { freeSlug } from '#domain/moved-slug/queries.ts'
import type { AddTopics, EditTopic } from '#domain/topic/rules.ts'
import { type Db, db, Prisma } from '#lib/db.ts'
import { renderDetails } from '#lib/markdown.ts'
import { paths } from '#lib/paths.ts'
import { ensure, Refusal } from '#lib/refusal.ts'
import { slugOf } from '#lib/slug.ts'
import { isAdmin, type Viewer } from '#lib/viewer.ts'
import type { Outcome, Visit } from '#lib/visit.ts'

/** Adds topics to a community, all of them or none; those that it has stay as they are. */
export async function addTopics(viewer: Viewer, { community, topics, next }: z.output<typeof AddTopics>, visit: Visit): Promise<Outcome> {
  ensure(isAdmin(viewer), 'not_found', 'There is nothing here.')
  const there = await db().community.findUnique({ where: { id: community }, select: { slug: true, topics: { select: { name: true } } } })
  ensure(there !== null, 'not_found', 'There is no such community.')
  const fresh = topics.filter((name) => !there.topics.some((topic) => topic.name === name))
  await db()
    .$transaction(async (tx) => {
      for (const name of fresh) {
        const slug = await slugFor(tx, name, there.slug)
        await tx.topic.create({ data: { id: uuidv7(), slug, name, communityId: community, createdAt: visit.now } })
      }
      if (fresh.length) await noteEvent(tx, { act: 'add-topics', by: viewer.memberId, of: community }, visit)
    })
    .catch(refuseTaken({ topics: 'Somebody has just added one of these.' }))
  return { to: next ?? paths.adminCommunity(there.slug) }
}

/** The topic of this name in the community, made where there is none, under the caller's rights; answers its id. */
export async function topicNamed(tx: Db, communityId: string, name: string, now: Date): Promise<string> {
  const named = { communityId_name: { communityId, name } }
  const there = await tx.topic.findUnique({ where: named, select: { id: true } })
  if (there) return there.id
  const { slug: community } = await tx.community.findUniqueOrThrow({ where: { id: communityId }, select: { slug: true } })
  const topic = { id: uuidv7(), slug: await slugFor(tx, name, community), name, communityId, createdAt: now }
  // Where an admin adds it at this moment it is theirs.
  await tx.topic.createMany({ data: [topic], skipDuplicates: true })
  return (await tx.topic.findUniqueOrThrow({ where: named, select: { id: true } })).id
}

/** Changes what a topic is called, where it stands and what it is about; the old address leads to the new one for ever. */
export async function editTopic(
  viewer: Viewer,
  { id, name, slug, synonyms, about }: z.output<typeof EditTopic>,
  visit: Visit,
): Promise<Outcome> {
  const topic = await db().topic.findUnique({ where: { id }, select: { communityId: true } })
  ensure(topic !== null && canHost(viewer, topic.communityId), 'not_found', 'There is no topic here that you may change.')
  const { communityId } = topic
  const namesake = await db().topic.findFirst({ where: { communityId: topic.communityId, name, id: { not: id } }, select: { id: true } })
  ensure(namesake === null, 'conflict', 'There is such a topic already.', {
    fields: { name: 'Another topic of the community is called so.' },
  })
  await db()
    .$transaction(async (tx) => {
      const aboutHtml = about === null ? null : renderDetails(about)
      await tx.topic.update({ where: { id }, data: { name, slug, synonyms, about, aboutHtml } })
      await noteEvent(tx, { act: 'edit-topic', by: viewer.memberId, of: id, communityId }, visit)
    })
    .catch(refuseTaken({ slug: 'This is or was the address of another topic.' }))
  return { to: paths.adminTopic(slug, 'saved') }
}

/** Communities have topics of one name: the second is told apart by where it is. */
function slugFor(tx: Db, name: string, community: string): Promise<string> {
  const wish = slugOf(name) ?? 'topic'
  return freeSlug('Topic', wish, slugOf(`${wish} ${community}`) ?? wish, tx)
}

/** The database decides what is taken. */
function refuseTaken(fields: Record<string, string>): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002') throw error
    throw new Refusal('conflict', 'There is such a topic already.', { fields })
  }
}
