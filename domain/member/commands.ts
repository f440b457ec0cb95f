import { v4 as uuidv4, v7 as uuidv7 } from 'uuid'
import type { z } from 'zod'
import { goneKey } from '#domain/member/queries.ts'
import {
  type ChangeHandle,
  type ChangeProfile,
  type ChooseDirect,
  type ChooseLists,
  DELETED,
  HELPED_DAYS,
  handlesFor,
  isReturnDay,
  NEW_FOR_DAYS,
  PORTRAIT_SIZES,
  type SetPortrait,
  type ShowFollows,
} from '#domain/member/rules.ts'
import { forgetMovedSlugs } from '#domain/moved-slug/commands.ts'
import { type Db, db, Prisma } from '#lib/db.ts'
import { keepFile, listFiles, removeFile, removeLost } from '#lib/files.ts'
import { log } from '#lib/log.ts'
import { isImageFile, paths, portraitFile } from '#lib/paths.ts'
import { ensure, Refusal } from '#lib/refusal.ts'
import { squarePictures } from '#lib/uploaded-picture.ts'
import type { Viewer } from '#lib/viewer.ts'
import type { Outcome, Visit } from '#lib/visit.ts'

/** A new member. The handle is made from the name; it is nobody's and never was another's. */
export async function makeMember(tx: Db, name: string, now: Date): Promise<{ id: string; handle: string }> {
  for (;;) {
    const handles = handlesFor(name)
    // In the order given.
    const [free] = await tx.$queryRaw<{ handle: string }[]>`
      SELECT handle FROM unnest(${handles}::text[]) WITH ORDINALITY AS wished (handle, place)
      WHERE NOT EXISTS (SELECT FROM "Member" m WHERE m.handle = wished.handle)
        AND NOT EXISTS (SELECT FROM "MovedSlug" s WHERE s.kind = 'Member' AND s.slug = wished.handle)
      ORDER BY place LIMIT 1`
    if (!free) continue
    const id = uuidv7()
    // Somebody of the same name may be joining at the same time: then this one looks again.
    const { count } = await tx.member.createMany({ data: [{ id, handle: free.handle, name, createdAt: now }], skipDuplicates: true })
    if (count) return { id, handle: free.handle }
  }
}

/** Changes what a member says of themselves. */
export async function changeProfile(viewer: Viewer, said: z.output<typeof ChangeProfile>): Promise<Outcome> {
  ensureMayChange(viewer)
  await db().member.update({ where: { id: viewer.memberId }, data: said })
  return { to: paths.settingsProfile('saved') }
}

/** Lets everybody see which mentors and topics the member follows, or nobody. */
export async function showFollows(viewer: Viewer, { follows }: z.output<typeof ShowFollows>, { now }: Visit): Promise<Outcome> {
  ensureMayChange(viewer)
  await db().member.update({ where: { id: viewer.memberId }, data: { followsShownSince: follows === 'shown' ? now : null } })
  return { to: paths.settingsProfile('saved') }
}

/** Which questions a mentor takes directly, and until when none. */
export async function chooseDirect(viewer: Viewer, chosen: z.output<typeof ChooseDirect>, { now }: Visit): Promise<Outcome> {
  ensureMayChange(viewer)
  const pausedUntil = chosen.pausedUntil ? new Date(chosen.pausedUntil) : null
  const wrong = { fields: { pausedUntil: 'A day from tomorrow on, within a year.' } }
  ensure(!pausedUntil || isReturnDay(pausedUntil, now), 'invalid', 'Please look again at what is marked.', wrong)
  const directLimit = { on: null, some: chosen.most, off: 0 }[chosen.direct]
  const { count } = await db().member.updateMany({
    where: { id: viewer.memberId, mentorSince: { not: null } },
    data: { directLimit, pausedUntil },
  })
  ensure(count === 1, 'not_found', 'Only mentors are asked directly.')
  return { to: paths.settingsProfile('saved') }
}

/** Puts a mentor into the lists by people helped, or takes the mentor out of them at once. */
export async function chooseLists(viewer: Viewer, { lists }: z.output<typeof ChooseLists>, { now }: Visit): Promise<Outcome> {
  ensureMayChange(viewer)
  const { memberId } = viewer
  await db().$transaction(async (tx) => {
    const { count } = await tx.member.updateMany({
      where: { id: memberId, mentorSince: { not: null } },
      data: { unrankedSince: lists === 'name' ? now : null },
    })
    ensure(count === 1, 'not_found', 'Only mentors stand in these lists.')
    if (lists === 'name')
      await tx.communityMentor.updateMany({ where: { memberId }, data: { helpedMonth: 0, helpedYear: 0, helpedEver: 0 } })
  })
  return { to: paths.settingsProfile('saved') }
}

/** Mentors whose people are counted by one statement: so many, or fewer who have given some thousand answers together. */
const MENTORS_AT_ONCE = 100
const ANSWERS_AT_ONCE = 4_000

/** Counts anew whom mentors helped in each of their communities (rules.ts says who counts), some mentors at a time. */
export async function countHelped(now: Date): Promise<void> {
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const some = await db().$queryRaw<{ id: string }[]>`
      SELECT id FROM (
        SELECT id, sum("answerCount") OVER (ORDER BY id) - "answerCount" AS before FROM (
          SELECT id, "answerCount" FROM "Member" WHERE "mentorSince" IS NOT NULL AND id > ${after}::uuid ORDER BY id LIMIT ${MENTORS_AT_ONCE}
        ) next
      ) counted WHERE before < ${ANSWERS_AT_ONCE} ORDER BY id`
    const ids = some.map(({ id }) => id)
    const last = ids.at(-1)
    if (last === undefined) return
    await countHelpedBy(ids, now)
    after = last
  }
}

async function countHelpedBy(mentorIds: string[], now: Date): Promise<void> {
  const daysAgo = (days: number) => new Date(now.getTime() - days * 24 * 60 * 60 * 1000)
  // A request is fulfilled by the first answer after it, given or placed. A row that somebody else is changing has its turn in an hour.
  await db().$executeRaw`
    WITH given AS MATERIALIZED (
      SELECT a.id, a."mentorId", a."questionId", a."answeredAt" AS at FROM "Answer" a
      WHERE a."mentorId" = ANY(${mentorIds}::uuid[]) AND a."hiddenAt" IS NULL AND a."questionHiddenAt" IS NULL
    ), standing AS (
      SELECT id, "mentorId", "questionId", at FROM given
      UNION ALL SELECT g.id, g."mentorId", p."questionId", p."placedAt" FROM given g JOIN "AnswerPlacement" p ON p."answerId" = g.id
    ), requested AS MATERIALIZED (
      SELECT s.*, r."memberId", r."requestedAt", r."againAt" FROM standing s JOIN "AnswerRequest" r ON r."questionId" = s."questionId"
      WHERE r."requestedAt" <= s.at
    ), helped AS (
      SELECT s."mentorId", s."questionId", s."memberId", s.at FROM requested s
      CROSS JOIN LATERAL (SELECT coalesce(max(b.at), '-infinity') AS at FROM answers_at(s."questionId") b WHERE (b.at, b.id) < (s.at, s.id)) earlier
      WHERE s."requestedAt" > earlier.at OR s."againAt" <= s.at AND s."againAt" > earlier.at
      UNION ALL
      SELECT g."mentorId", g."questionId", k."memberId", k."markedAt" FROM given g JOIN "AnswerMark" k ON k."answerId" = g.id AND k.kind IN ('helpful', 'thanks')
    ), counted AS (
      SELECT h."mentorId", q."communityId",
        (count(DISTINCT h."memberId") FILTER (WHERE h.at > ${daysAgo(HELPED_DAYS.month)}))::int AS month,
        (count(DISTINCT h."memberId") FILTER (WHERE h.at > ${daysAgo(HELPED_DAYS.year)}))::int AS year,
        count(DISTINCT h."memberId")::int AS ever
      FROM helped h JOIN "Question" q ON q.id = h."questionId" AND q."hiddenAt" IS NULL
      JOIN "Account" ac ON ac."memberId" = h."memberId" AND ac."createdAt" <= ${daysAgo(NEW_FOR_DAYS)}
        AND (ac."suspendedUntil" IS NULL OR ac."suspendedUntil" <= ${now})
      WHERE h."memberId" <> h."mentorId" AND h.at <= ${now} GROUP BY 1, 2
    ), fresh AS MATERIALIZED (
      SELECT cm."communityId", cm."memberId", coalesce(c.month, 0) AS month, coalesce(c.year, 0) AS year, coalesce(c.ever, 0) AS ever
      FROM "CommunityMentor" cm JOIN "Member" m ON m.id = cm."memberId"
      LEFT JOIN counted c ON c."communityId" = cm."communityId" AND c."mentorId" = cm."memberId" AND m."unrankedSince" IS NULL
      WHERE cm."memberId" = ANY(${mentorIds}::uuid[])
        AND (cm."helpedMonth", cm."helpedYear", cm."helpedEver") IS DISTINCT FROM (coalesce(c.month, 0), coalesce(c.year, 0), coalesce(c.ever, 0))
    ), free AS MATERIALIZED (
      SELECT cm."communityId", cm."memberId" FROM "CommunityMentor" cm JOIN fresh USING ("communityId", "memberId")
      ORDER BY 1, 2 FOR NO KEY UPDATE OF cm SKIP LOCKED
    )
    UPDATE "CommunityMentor" cm SET "helpedMonth" = fresh.month, "helpedYear" = fresh.year, "helpedEver" = fresh.ever
    FROM fresh JOIN free USING ("communityId", "memberId") WHERE cm."communityId" = fresh."communityId" AND cm."memberId" = fresh."memberId"`
}

/** Gives the member another address. The old one leads there from now on, and is nobody else's. */
export async function changeHandle(viewer: Viewer, { handle }: z.output<typeof ChangeHandle>): Promise<Outcome> {
  ensureMayChange(viewer)
  await db()
    .member.update({ where: { id: viewer.memberId }, data: { handle } })
    .catch((error: unknown) => {
      if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002') throw error
      throw new Refusal('conflict', 'That handle is taken, or was somebody’s before.', { fields: { handle: 'Choose another one.' } })
    })
  return { to: paths.settingsProfile('saved') }
}

/** Sets a member's picture, made anew from what was sent. */
export async function setPortrait(viewer: Viewer, { portrait }: z.output<typeof SetPortrait>): Promise<Outcome> {
  ensureMayChange(viewer)
  const squares = await squarePictures(new Uint8Array(await portrait.arrayBuffer()), PORTRAIT_SIZES)
  const id = uuidv4()
  await Promise.all([...squares].map(([size, bytes]) => keepFile(portraitFile(id, size), bytes)))
  await replacePortrait(viewer.memberId, id)
  return { to: paths.settingsProfile('saved') }
}

/** Takes a member's picture away; the disc with the initials stands in its place. */
export async function removePortrait(viewer: Viewer): Promise<Outcome> {
  ensureMayChange(viewer)
  await replacePortrait(viewer.memberId, null)
  return { to: paths.settingsProfile('saved') }
}

/** Deletes the files of a picture; to be called once no row names it. What cannot be deleted now is found at night. */
export async function removePortraitFiles(portraitId: string): Promise<void> {
  const removed = await Promise.allSettled(PORTRAIT_SIZES.map((size) => removeFile(portraitFile(portraitId, size))))
  for (const result of removed) if (result.status === 'rejected') log().error({ err: result.reason }, 'a picture stayed behind')
}

/** Deletes files of a day ago that no member has, unless most are such: of uploads and deletions that were broken off between file and row. */
export async function forgetLostPortraits(now: Date): Promise<void> {
  const files = (await listFiles(new Date(now.getTime() - 24 * 60 * 60 * 1000))).filter((file) => !isImageFile(file))
  const ids = [...new Set(files.map(idOf).filter((id) => id !== null))]
  const had = await db().member.findMany({
    where: { OR: [{ portraitId: { in: ids } }, { hiddenPortraitId: { in: ids } }] },
    select: { portraitId: true, hiddenPortraitId: true },
  })
  const known = new Set(had.map(({ portraitId, hiddenPortraitId }) => portraitId ?? hiddenPortraitId))
  const lost = files.filter((file) => !/\.webp$/.test(file) || !known.has(idOf(file)))
  await removeLost(lost, files)
}

/**
 * Deletes a member and all that is theirs by a row, or, where answers or AMAs stay that need somebody, leaves a row with
 * nothing of the person in it. What they asked, answered and requested is their nouns' to take away before.
 */
export async function eraseMember(tx: Db, memberId: string, now: Date): Promise<{ portraitId: string | null }> {
  // Whoever is adding an answer for this member now waits, and finds out.
  const [member] = await tx.$queryRaw<{ portraitId: string | null; held: boolean }[]>`
    SELECT coalesce(m."portraitId", m."hiddenPortraitId") AS "portraitId", EXISTS (SELECT FROM "Answer" WHERE "mentorId" = m.id) OR EXISTS (SELECT FROM "AmaMentor" WHERE "memberId" = m.id) AS held
    FROM "Member" m WHERE m.id = ${memberId}::uuid FOR UPDATE`
  if (!member) return { portraitId: null }
  await noteGone(tx, memberId, member.held, now)
  if (member.held) {
    await tx.communityMentor.deleteMany({ where: { memberId } })
    await tx.member.update({ where: { id: memberId }, data: { ...nobody, handle: `deleted-${memberId}`, deletedAt: now } })
  } else {
    await tx.member.delete({ where: { id: memberId } })
  }
  await forgetMovedSlugs(tx, 'Member', memberId)
  return { portraitId: member.portraitId }
}

/** By all handles that they had: a file that named them then does not bring them back. */
async function noteGone(tx: Db, memberId: string, held: boolean, now: Date): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "GoneHandle" (hash, "memberId", "goneAt")
    SELECT sha256(convert_to(${goneKey()} || handle, 'UTF8')), CASE WHEN ${held} THEN ${memberId}::uuid END, ${now} FROM (
      SELECT handle FROM "Member" WHERE id = ${memberId}::uuid AND "importedAt" IS NOT NULL
      UNION SELECT s.slug FROM "MovedSlug" s JOIN "Member" m ON m.id = s."targetId" AND m."importedAt" IS NOT NULL
      WHERE s.kind = 'Member' AND s."targetId" = ${memberId}::uuid
    ) had ON CONFLICT (hash) DO UPDATE SET "memberId" = excluded."memberId", "goneAt" = excluded."goneAt"`
}

const nobody = {
  name: DELETED,
  bio: null,
  links: [],
  disclosure: null,
  timeZone: null,
  portraitId: null,
  hiddenPortraitId: null,
  profileHiddenAt: null,
  profileHiddenById: null,
  companyId: null,
  title: null,
  mentorSince: null,
  followsShownSince: null,
  importedAt: null,
  directLimit: null,
  pausedUntil: null,
  unrankedSince: null,
}

function ensureMayChange(viewer: Viewer): asserts viewer is NonNullable<Viewer> {
  ensure(viewer !== null, 'sign_in', 'Sign in first.')
  ensure(viewer.suspendedUntil === null, 'forbidden', 'Your account is suspended: until it is over, your profile stays as it is.')
}

async function replacePortrait(memberId: string, portraitId: string | null): Promise<void> {
  // A new picture of a profile that is hidden is hidden too.
  const [before] = await db().$queryRaw<{ portraitId: string | null }[]>`
    UPDATE "Member" m SET "portraitId" = CASE WHEN old.shown THEN ${portraitId}::uuid END, "hiddenPortraitId" = CASE WHEN NOT old.shown THEN ${portraitId}::uuid END
    FROM (
      SELECT id, "profileHiddenAt" IS NULL AS shown, coalesce("portraitId", "hiddenPortraitId") AS "portraitId"
      FROM "Member" WHERE id = ${memberId}::uuid FOR UPDATE
    ) old WHERE m.id = old.id RETURNING old."portraitId"`
  if (before?.portraitId) await removePortraitFiles(before.portraitId)
}

function idOf(file: string): string | null {
  return /^([0-9a-f-]{36})-\d+\.webp/.exec(file)?.[1] ?? null
}

/**
 * Says that a member's role was checked, and in which community the member is a mentor, if in one. Answers whether that
 * changed anything.
 */
export async function makeMentor(tx: Db, memberId: string, communityId: string | null, now: Date): Promise<boolean> {
  const made = await tx.member.updateMany({ where: { id: memberId, mentorSince: null }, data: { mentorSince: now } })
  const joined = communityId
    ? await tx.communityMentor.createMany({ data: [{ communityId, memberId }], skipDuplicates: true })
    : { count: 0 }
  return made.count + joined.count > 0
}

/**
 * Makes the newest role that a mentor holds the one that stands under the name: of those that were checked, or that an import
 * brought. Nobody gets a byline by claiming it.
 */
export async function keepPresentRole(tx: Db, memberId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Member" m SET "companyId" = held."companyId", title = held.title
    FROM (SELECT) one LEFT JOIN LATERAL (
      SELECT "companyId", title FROM "Role"
      WHERE "memberId" = ${memberId}::uuid AND "endedOn" IS NULL AND ("checkedAt" IS NOT NULL OR "claimedAt" IS NULL)
      ORDER BY "startedOn" DESC NULLS LAST, id LIMIT 1
    ) held ON true
    WHERE m.id = ${memberId}::uuid AND m."mentorSince" IS NOT NULL AND (m."companyId", m.title) IS DISTINCT FROM (held."companyId", held.title)`
}

/**
 * Takes a mentor out of a community, or (null) makes the mentor a member like others. Whoever has answered or held an AMA
 * there stays a mentor: the answer leads to its author. Answers whether that changed anything.
 */
export async function unmakeMentor(tx: Db, memberId: string, communityId: string | null): Promise<boolean> {
  if (communityId) {
    const here = { ama: { communityId } }
    const idle = { memberId, communityId, member: { amas: { none: here }, answers: { none: { question: { communityId } } } } }
    return (await tx.communityMentor.deleteMany({ where: idle })).count > 0
  }
  const idle = { id: memberId, mentorSince: { not: null }, answers: { none: {} }, amas: { none: {} } }
  const { count } = await tx.member.updateMany({ where: idle, data: { mentorSince: null } })
  if (count) await tx.communityMentor.deleteMany({ where: { memberId } })
  return count > 0
}

/**
 * Takes what a profile says, its picture included, from all public pages; name, role and answers stay. False where it is
 * hidden already.
 */
export async function hideProfile(tx: Db, id: string, hiddenById: string, now: Date): Promise<boolean> {
  const count = await tx.$executeRaw`
    UPDATE "Member" SET "profileHiddenAt" = ${now}, "profileHiddenById" = ${hiddenById}::uuid, "hiddenPortraitId" = "portraitId", "portraitId" = NULL
    WHERE id = ${id}::uuid AND "profileHiddenAt" IS NULL`
  return count === 1
}

export async function restoreProfile(tx: Db, id: string): Promise<boolean> {
  const count = await tx.$executeRaw`
    UPDATE "Member" SET "profileHiddenAt" = NULL, "profileHiddenById" = NULL, "portraitId" = "hiddenPortraitId", "hiddenPortraitId" = NULL
    WHERE id = ${id}::uuid AND "profileHiddenAt" IS NOT NULL`
  return count === 1
}
