import { v7 as uuidv7 } from 'uuid'
import type { z } from 'zod'
import { type FollowState, type MuteFollow, shownFollowers } from '#domain/follow/rules.ts'
import { shownQuestion } from '#domain/question/queries.ts'
import { ensureMayTakePart } from '#domain/session/rules.ts'
import { type Db, db, Prisma } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import { ensure } from '#lib/refusal.ts'
import type { Viewer } from '#lib/viewer.ts'
import type { Outcome, Visit } from '#lib/visit.ts'

type Counted = { followers: number; own: boolean }

/** Follows a mentor from now on, or still. The mentor's row is locked first, so the number is the one that the rows make. */
export async function followMentor({ viewer, now }: Visit, handle: string): Promise<FollowState> {
  ensureMayTakePart(viewer)
  const { memberId } = viewer
  const [changed] = await db().$queryRaw<Counted[]>`
    WITH ${person(memberId)}, ${lockedMentor(memberId, handle)}, placed AS (
      INSERT INTO "Follow" (id, "memberId", "mentorId", "followedAt")
      SELECT ${uuidv7()}::uuid, ${memberId}::uuid, id, ${now} FROM mentor WHERE NOT own
      ON CONFLICT ("memberId", "mentorId") DO NOTHING RETURNING 1
    )
    SELECT own, "followerCount" + (SELECT count(*)::int FROM placed) AS followers FROM mentor`
  ensure(changed !== undefined, 'not_found', 'This mentor is not here any more.')
  ensure(!changed.own, 'conflict', 'That is you.')
  return { following: true, followers: shownFollowers(changed.followers) }
}

export async function unfollowMentor({ viewer }: Visit, handle: string): Promise<FollowState> {
  ensureMayTakePart(viewer)
  const { memberId } = viewer
  const [changed] = await db().$queryRaw<Counted[]>`
    WITH ${person(memberId)}, ${lockedMentor(memberId, handle)}, gone AS (
      DELETE FROM "Follow" f USING mentor WHERE f."memberId" = ${memberId}::uuid AND f."mentorId" = mentor.id RETURNING 1
    )
    SELECT own, "followerCount" - (SELECT count(*)::int FROM gone) AS followers FROM mentor`
  ensure(changed !== undefined, 'not_found', 'This mentor is not here any more.')
  return { following: false, followers: shownFollowers(changed.followers) }
}

export async function followTopic({ viewer, now }: Visit, slug: string): Promise<FollowState> {
  ensureMayTakePart(viewer)
  const { memberId } = viewer
  const [changed] = await db().$queryRaw<Counted[]>`
    WITH ${person(memberId)}, ${lockedTopic(slug)}, placed AS (
      INSERT INTO "Follow" (id, "memberId", "topicId", "followedAt")
      SELECT ${uuidv7()}::uuid, ${memberId}::uuid, id, ${now} FROM topic
      ON CONFLICT ("memberId", "topicId") DO NOTHING RETURNING 1
    )
    SELECT "followerCount" + (SELECT count(*)::int FROM placed) AS followers FROM topic`
  ensure(changed !== undefined, 'not_found', 'This topic is not here any more.')
  return { following: true, followers: shownFollowers(changed.followers) }
}

export async function unfollowTopic({ viewer }: Visit, slug: string): Promise<FollowState> {
  ensureMayTakePart(viewer)
  const { memberId } = viewer
  const [changed] = await db().$queryRaw<Counted[]>`
    WITH ${person(memberId)}, ${lockedTopic(slug)}, gone AS (
      DELETE FROM "Follow" f USING topic WHERE f."memberId" = ${memberId}::uuid AND f."topicId" = topic.id RETURNING 1
    )
    SELECT "followerCount" - (SELECT count(*)::int FROM gone) AS followers FROM topic`
  ensure(changed !== undefined, 'not_found', 'This topic is not here any more.')
  return { following: false, followers: shownFollowers(changed.followers) }
}

/** Follows a question, also after having said that one does not any more. */
export async function followQuestion({ viewer, now }: Visit, slug: string): Promise<FollowState> {
  ensureMayTakePart(viewer)
  const { memberId } = viewer
  const [changed] = await db().$queryRaw<object[]>`
    WITH ${person(memberId)}, ${heldQuestion(slug)}, placed AS (
      INSERT INTO "Follow" AS f (id, "memberId", "questionId", "followedAt")
      SELECT ${uuidv7()}::uuid, ${memberId}::uuid, id, ${now} FROM question
      ON CONFLICT ("memberId", "questionId") DO UPDATE SET "endedAt" = NULL, "mutedAt" = NULL, "followedAt" = excluded."followedAt"
        WHERE f."endedAt" IS NOT NULL
    )
    SELECT 1 AS there FROM question`
  ensure(changed !== undefined, 'not_found', 'This question is not here any more.')
  return { following: true }
}

/** Whoever asked or requested it would follow it without a row: theirs says that they do not. */
export async function unfollowQuestion({ viewer, now }: Visit, slug: string): Promise<FollowState> {
  ensureMayTakePart(viewer)
  const { memberId } = viewer
  const requested = Prisma.sql`EXISTS (SELECT FROM "AnswerRequest" r WHERE r."questionId" = q.id AND r."memberId" = ${memberId}::uuid)`
  const [changed] = await db().$queryRaw<object[]>`
    WITH ${person(memberId)}, ${heldQuestion(slug)}, gone AS (
      DELETE FROM "Follow" f USING question q WHERE f."memberId" = ${memberId}::uuid AND f."questionId" = q.id AND NOT ${requested}
    ), ended AS (
      INSERT INTO "Follow" AS f (id, "memberId", "questionId", "followedAt", "endedAt")
      SELECT ${uuidv7()}::uuid, ${memberId}::uuid, id, ${now}, ${now} FROM question q WHERE ${requested}
      ON CONFLICT ("memberId", "questionId") DO UPDATE SET "endedAt" = excluded."endedAt" WHERE f."endedAt" IS NULL
    )
    SELECT 1 AS there FROM question`
  ensure(changed !== undefined, 'not_found', 'This question is not here any more.')
  return { following: false }
}

/** Leaves something that one follows out of the feed, or takes it in again. */
export async function muteFollow(viewer: Viewer, { thing, id, mute }: z.output<typeof MuteFollow>, { now }: Visit): Promise<Outcome> {
  ensureMayTakePart(viewer)
  const { memberId } = viewer
  if (thing === 'question') {
    // Followed by having asked or requested it, it has no row yet.
    await db().$executeRaw`
      WITH ${person(memberId)}
      INSERT INTO "Follow" (id, "memberId", "questionId", "followedAt")
      SELECT ${uuidv7()}::uuid, "memberId", "questionId", "requestedAt" FROM "AnswerRequest"
      WHERE "memberId" = ${memberId}::uuid AND "questionId" = ${id}::uuid AND EXISTS (SELECT FROM person)
      ON CONFLICT ("memberId", "questionId") DO NOTHING`
  }
  const which = { mentor: { mentorId: id }, topic: { topicId: id }, question: { questionId: id } }[thing]
  await db().follow.updateMany({ where: { memberId, ...which }, data: { mutedAt: mute === 'on' ? now : null } })
  return { to: paths.following() }
}

/**
 * Takes away whom a member follows, and who follows the member. Locks all members concerned first, in the order of their
 * ids: two who follow each other may leave at one moment.
 */
export async function forgetFollowsOf(tx: Db, memberId: string): Promise<void> {
  await tx.$queryRaw`
    SELECT 1 FROM "Member" WHERE id = ${memberId}::uuid OR id IN (SELECT "mentorId" FROM "Follow" WHERE "memberId" = ${memberId}::uuid)
    ORDER BY id FOR UPDATE`
  await tx.follow.deleteMany({ where: { OR: [{ memberId }, { mentorId: memberId }] } })
}

/** Held, so that nobody follows while they are leaving. */
function person(memberId: string): Prisma.Sql {
  return Prisma.sql`person AS MATERIALIZED (SELECT FROM "Account" WHERE "memberId" = ${memberId}::uuid FOR KEY SHARE)`
}

function lockedMentor(memberId: string, handle: string): Prisma.Sql {
  return Prisma.sql`mentor AS MATERIALIZED (
    SELECT id, "followerCount", id = ${memberId}::uuid AS own FROM "Member"
    WHERE handle = ${handle} AND "mentorSince" IS NOT NULL AND EXISTS (SELECT FROM person) FOR NO KEY UPDATE)`
}

function lockedTopic(slug: string): Prisma.Sql {
  return Prisma.sql`topic AS MATERIALIZED (
    SELECT id, "followerCount" FROM "Topic" WHERE slug = ${slug} AND EXISTS (SELECT FROM person) FOR NO KEY UPDATE)`
}

function heldQuestion(slug: string): Prisma.Sql {
  return Prisma.sql`question AS MATERIALIZED (
    SELECT id FROM "Question" q WHERE slug = ${slug} AND ${shownQuestion} AND EXISTS (SELECT FROM person) FOR KEY SHARE)`
}
