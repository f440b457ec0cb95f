import { v7 as uuidv7 } from 'uuid'
import type { z } from 'zod'
import { hostedAmasOf } from '#domain/ama/queries.ts'
import { canHostAma } from '#domain/ama/rules.ts'
import { canHost } from '#domain/community/rules.ts'
import { announce, giveDraftsBack } from '#domain/notice/commands.ts'
import { shownQuestion, waitsForHost } from '#domain/question/queries.ts'
import {
  CLARIFICATIONS,
  type ClarifyQuestion,
  canClarify,
  canEdit,
  canWithdraw,
  type EditAmaQuestion,
  type EditQuestion,
  keyBeside,
  type LetThrough,
  questionSlugs,
  type ReturnQuestion,
  type SendIn,
  type ShowName,
  silentSince,
  type WithdrawQuestion,
} from '#domain/question/rules.ts'
import { type Db, db, Prisma } from '#lib/db.ts'
import { renderDetails } from '#lib/markdown.ts'
import { paths } from '#lib/paths.ts'
import { ensure } from '#lib/refusal.ts'
import { keyedWord } from '#lib/secret.ts'
import type { Viewer } from '#lib/viewer.ts'
import type { Outcome, Visit } from '#lib/visit.ts'

/** A question as it is asked. Under the first of `askKeys` it is kept; one that has any of them is this one, asked before. */
type NewQuestion = {
  title: string
  details: string | null
  showName: boolean
  askedById: string
  askedToId: string | null
  communityId: string
  topicId: string | null
  amaId: string | null
  askKeys: string[]
}

/**
 * Asks in the name of the asker, whom the caller makes the first requester. Answers whether it waits for a host's check, and
 * whether it was sent `again`: then it is not asked again.
 */
export async function makeQuestion(
  tx: Db,
  { askKeys, ...asked }: NewQuestion,
  now: Date,
): Promise<{ id: string; slug: string; held: boolean; again: boolean }> {
  const { askedById, communityId, amaId, title, details } = asked
  // Who sends twice at one moment waits here for the first.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`ask ${askedById}`}, 0))`
  const hash = keyedWord('asked under the same key', [title])
  const beside = askKeys.map((key) => keyBeside(key, hash))
  const before = await tx.question.findMany({
    where: { askedById, askKey: { in: [...askKeys, ...beside] } },
    select: { id: true, slug: true, title: true, askKey: true },
  })
  const same = before.find((each) => each.title === title || beside.includes(each.askKey ?? ''))
  if (same) return { id: same.id, slug: same.slug, held: false, again: true }
  const id = uuidv7()
  const heldAt = (await isChecked(tx, { communityId, amaId }, askedById, 'asked')) ? now : null
  if (heldAt) await tellHosts(tx, { event: 'to-check', questionId: id }, asked, now)
  const question = {
    ...asked,
    id,
    detailsHtml: details && renderDetails(details),
    // A browser that did not learn that its last question was asked sends another one under the same key.
    askKey: (before.length ? beside : askKeys)[0],
    askedAt: now,
    number: amaId === null ? null : await nextNumber(tx, amaId),
    heldAt,
    hiddenAt: heldAt,
  }
  const slug = await insertQuestion(tx, question)
  return { id, slug, held: heldAt !== null, again: false }
}

/** To be called, before anything else, by whoever is going to ask in the name of several: each of them may be asking elsewhere. */
export async function lockAskers(tx: Db, memberIds: string[]): Promise<void> {
  for (const id of memberIds.toSorted()) await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`ask ${id}`}, 0))`
}

/** Changes a question of one's own. Where a host checks everything, what is changed is checked again. */
export async function editQuestion(
  viewer: Viewer,
  { id, title, details }: z.output<typeof EditQuestion>,
  { now }: Visit,
): Promise<Outcome> {
  return changeOwn(viewer, id, async (tx, { memberId }, question) => {
    ensure(
      canEdit(question),
      'conflict',
      'Somebody else wants it answered by now, or has answered it. You can add something below instead.',
    )
    const checked = question.heldAt !== null || (await isChecked(tx, question, memberId, 'again'))
    const waitsOn = question.heldAt !== null && question.returnedAt === null
    if (checked && !waitsOn) await tellHosts(tx, { event: 'to-check', questionId: id }, { ...question, askedById: memberId }, now)
    const heldAt = waitsOn ? question.heldAt : now
    const held = checked ? { heldAt, hiddenAt: question.hiddenAt ?? now, checkedAt: null, checkedById: null } : {}
    const words = { title, details, detailsHtml: details && renderDetails(details) }
    // What is held is read by no mentor yet.
    const revised = checked ? {} : await reply(tx, id, now)
    await tx.question.update({ where: { id }, data: { ...words, ...held, ...revised, returnedAt: null, returnReason: null } })
    return { to: paths.myQuestion(question.slug, 'saved') }
  })
}

/** Shows one's name with a question, or no longer. */
export async function showName(viewer: Viewer, { id, showName }: z.output<typeof ShowName>): Promise<Outcome> {
  return changeOwn(viewer, id, async (tx, _member, { slug }) => {
    await tx.question.update({ where: { id }, data: { showName: showName === 'on' } })
    return { to: paths.myQuestion(slug, 'saved') }
  })
}

/** Takes back a question that nobody has answered, with the requests it has. Who had begun to answer is given those words. */
export async function withdrawQuestion(viewer: Viewer, { id }: z.output<typeof WithdrawQuestion>): Promise<Outcome> {
  return changeOwn(viewer, id, async (tx, _member, question) => {
    ensure(canWithdraw(question), 'conflict', 'It is answered by now, and the answer is somebody’s work: it stays.')
    await removeQuestions(tx, { id })
    return { to: paths.myQuestions() }
  })
}

/**
 * Adds something below the details of a question that others want answered or have answered. Where a host checks everything,
 * it waits for that; what was given back is replaced by it.
 */
export async function clarifyQuestion(viewer: Viewer, { id, text }: z.output<typeof ClarifyQuestion>, { now }: Visit): Promise<Outcome> {
  return changeOwn(viewer, id, async (tx, { memberId }, question) => {
    ensure(canClarify(question), 'conflict', 'You can still change the question itself.')
    await tx.clarification.deleteMany({ where: { questionId: id, returnedAt: { not: null } } })
    const added = await tx.clarification.count({ where: { questionId: id } })
    ensure(added < CLARIFICATIONS, 'conflict', `You have added something ${CLARIFICATIONS} times. Better ask another question.`)
    const heldAt = (await isChecked(tx, question, memberId, 'again')) ? now : null
    if (heldAt) await tellHosts(tx, { event: 'addition-to-check', questionId: id }, { ...question, askedById: memberId }, now)
    const clarification = { id: uuidv7(), questionId: id, memberId, body: text, html: renderDetails(text), addedAt: now, heldAt }
    await tx.clarification.create({ data: clarification })
    if (!heldAt) await tx.question.update({ where: { id }, data: await reply(tx, id, now) })
    return { to: paths.myQuestion(question.slug, 'added') }
  })
}

/** A host shows to everybody what waited for it: a question, or what its asker added. */
export async function letThrough(viewer: Viewer, { id }: z.output<typeof LetThrough>, { now }: Visit): Promise<Outcome> {
  return checkHeld(viewer, id, async (tx, host, { questionId, added }) => {
    const shown = { heldAt: null, returnedAt: null, returnReason: null }
    if (added) await tx.clarification.update({ where: { id }, data: shown })
    const checked = added ? {} : { ...shown, hiddenAt: null, checkedAt: now, checkedById: host.memberId }
    await tx.question.update({ where: { id: questionId }, data: { ...checked, ...(await reply(tx, questionId, now)) } })
    await announce(tx, { event: added ? 'addition-let-through' : 'let-through', questionId }, host.memberId)
  })
}

/** A host gives back to its asker what waited, who can change it and send it again. */
export async function returnQuestion(viewer: Viewer, { id, reason }: z.output<typeof ReturnQuestion>, { now }: Visit): Promise<Outcome> {
  return checkHeld(viewer, id, async (tx, host, { questionId, added }) => {
    const returned = { where: { id }, data: { returnedAt: now, returnReason: reason } }
    await (added ? tx.clarification.update(returned) : tx.question.update(returned))
    await announce(tx, { event: added ? 'addition-returned' : 'returned', questionId, reason }, host.memberId)
  })
}

/** Puts a question to one mentor, whose 14 days begin; null: to all of its community. Its requests stay with it. */
export async function putTo(tx: Db, id: string, askedToId: string | null, now: Date): Promise<void> {
  await tx.question.update({ where: { id }, data: { askedToId, askedToAt: askedToId && now } })
}

/** Questions that are passed on in one transaction. */
const AT_ONCE = 200

/**
 * Gives to their communities the questions whose one mentor has said nothing for 14 days, or is no mentor any more. Asking back
 * and putting off to a day are saying something. Twice is the same as once.
 */
export async function passOnSilent(now: Date): Promise<void> {
  for (let passed = AT_ONCE; passed === AT_ONCE; ) passed = await db().$transaction((tx) => passOnSome(tx, now))
}

/**
 * A host puts questions that were gathered elsewhere into an AMA. Nobody here asked them, so they begin without requests. What
 * stands there under the same title stays as it is.
 */
export async function sendIn(viewer: Viewer, { ama, titles }: z.output<typeof SendIn>, { now }: Visit): Promise<Outcome> {
  await ensureHosts(viewer, ama)
  return db().$transaction(async (tx) => {
    const first = await nextNumber(tx, ama)
    const place = await tx.ama.findUniqueOrThrow({
      where: { id: ama },
      select: { slug: true, communityId: true, topicId: true, endsAt: true, cancelledAt: true },
    })
    const { slug, endsAt, cancelledAt, ...there } = place
    ensure(cancelledAt === null && now < endsAt, 'conflict', 'This AMA is over: new questions go to its mentors or its community.')
    const known = await tx.question.findMany({ where: { amaId: ama, title: { in: titles } }, select: { title: true } })
    const fresh = titles.filter((title) => !known.some((question) => question.title === title))
    for (const [i, title] of fresh.entries()) {
      await insertQuestion(tx, { ...there, id: uuidv7(), amaId: ama, title, number: first + i, askedAt: now, sentInAt: now })
    }
    return { to: paths.hostedAma(slug, 'sent') }
  })
}

/** A host puts a question of an AMA into other words, until it is answered. Who asked it hears of it, and may leave like all who wait. */
export async function editAmaQuestion(viewer: Viewer, { id, title, details }: z.output<typeof EditAmaQuestion>): Promise<Outcome> {
  const found = await db().question.findFirst({ where: { id, amaId: { not: null } }, select: { amaId: true } })
  const host = await ensureHosts(viewer, found?.amaId ?? null)
  return db().$transaction(async (tx) => {
    const [question] = await tx.$queryRaw<{ answerCount: number; title: string; details: string | null; ama: string }[]>`
      SELECT q."answerCount", q.title, q.details, a.slug AS ama FROM "Question" q JOIN "Ama" a ON a.id = q."amaId"
      WHERE q.id = ${id}::uuid AND q."hiddenById" IS NULL AND q."returnedAt" IS NULL FOR UPDATE OF q`
    ensure(question !== undefined, 'not_found', 'This question is not here any more.')
    ensure(question.answerCount === 0, 'conflict', 'It is answered by now, and the answer is to these words: they stay.')
    await tx.question.update({ where: { id }, data: { title, details, detailsHtml: details && renderDetails(details) } })
    if (question.title !== title || question.details !== details)
      await announce(tx, { event: 'question-edited', questionId: id }, host.memberId)
    return { to: paths.hostedAma(question.ama, 'saved') }
  })
}

/** Nobody is asked to answer these any more. The caller has locked them. */
export async function leaveUnanswered(tx: Db, ids: string[], now: Date): Promise<void> {
  await tx.question.updateMany({ where: { id: { in: ids } }, data: { closedAt: now } })
}

/**
 * Locks every question that a member's leaving concerns, in the order of their ids, before anything of it is done: two who
 * leave at one moment wait for each other and never in a circle.
 */
export async function lockQuestionsOf(tx: Db, memberId: string): Promise<void> {
  await tx.$queryRaw`
    SELECT 1 AS locked FROM "Question" WHERE id IN (
      SELECT "questionId" FROM "AnswerRequest" WHERE "memberId" = ${memberId}::uuid
      UNION SELECT "questionId" FROM "Answer" WHERE "mentorId" = ${memberId}::uuid
      UNION SELECT "questionId" FROM "AnswerPlacement" WHERE "mentorId" = ${memberId}::uuid
      UNION SELECT a."questionId" FROM "AnswerMark" m JOIN "Answer" a ON a.id = m."answerId" WHERE m."memberId" = ${memberId}::uuid
      UNION SELECT id FROM "Question" WHERE "askedById" = ${memberId}::uuid OR "askedToId" = ${memberId}::uuid
    ) ORDER BY id FOR UPDATE`
}

/**
 * Deletes what a member asked. Where others have answered, the question is theirs too: it stays, without its details. To be
 * called once the member's own answers are gone.
 */
export async function removeQuestionsOf(tx: Db, memberId: string): Promise<void> {
  await removeQuestions(tx, { askedById: memberId, answers: { none: {} }, placements: { none: {} } })
  await tx.question.updateMany({ where: { askedById: memberId }, data: { details: null, detailsHtml: null } })
  await tx.clarification.deleteMany({ where: { memberId } })
}

/**
 * Takes a member's name from questions: those they asked, and those put to them, which are then their community's. What
 * nobody has let through yet, a question or what was added to one, was shown to nobody, and goes.
 */
export async function unsignQuestionsOf(tx: Db, memberId: string): Promise<void> {
  await removeQuestions(tx, { askedById: memberId, heldAt: { not: null } })
  await tx.clarification.deleteMany({ where: { memberId, heldAt: { not: null } } })
  await tx.clarification.updateMany({ where: { memberId }, data: { memberId: null } })
  await tx.question.updateMany({ where: { askedById: memberId }, data: { askedById: null, showName: false, askKey: null } })
  await tx.question.updateMany({ where: { askedToId: memberId }, data: { askedToId: null } })
}

/** Takes a question, and with it its answers, from all that the public reads and counts. False where it is hidden already. */
export async function hideQuestion(tx: Db, id: string, hiddenById: string, now: Date): Promise<boolean> {
  await lockAnswers(tx, id)
  const { count } = await tx.question.updateMany({ where: { id, hiddenAt: null }, data: { hiddenAt: now, hiddenById } })
  return count === 1
}

export async function restoreQuestion(tx: Db, id: string): Promise<boolean> {
  await lockAnswers(tx, id)
  const { count } = await tx.question.updateMany({
    where: { id, hiddenAt: { not: null }, heldAt: null },
    data: { hiddenAt: null, hiddenById: null },
  })
  return count === 1
}

/** What mentors wanted to know of the asker they can read now: whoever has had no reply yet is told. To be kept with the question. */
async function reply(tx: Db, questionId: string, now: Date): Promise<{ revisedAt: Date }> {
  const [row] = await tx.$queryRaw<{ askedById: string | null; mentorIds: string[] }[]>`
    SELECT q."askedById", ARRAY(SELECT s."memberId" FROM "SetAside" s WHERE s."questionId" = q.id AND s.act = 'ask-back'
      AND (q."revisedAt" IS NULL OR q."revisedAt" <= s."setAsideAt")) AS "mentorIds"
    FROM "Question" q WHERE q.id = ${questionId}::uuid`
  if (row?.mentorIds.length) await announce(tx, { event: 'replied', questionId, mentorIds: row.mentorIds }, row.askedById)
  return { revisedAt: now }
}

async function passOnSome(tx: Db, now: Date): Promise<number> {
  const silent = await tx.$queryRaw<{ id: string }[]>`
    SELECT q.id FROM "Question" q JOIN "Member" m ON m.id = q."askedToId"
    WHERE ("waitingCount" > 0 OR q."answerCount" = 0) AND q."answerCount" = 0 AND ${shownQuestion} AND q."askedToId" IS NOT NULL
      AND (m."mentorSince" IS NULL OR greatest(q."askedAt", q."checkedAt", q."askedToAt", (
        SELECT greatest(s."setAsideAt", s."until", CASE s.act WHEN 'ask-back' THEN q."revisedAt" END)
        FROM "SetAside" s WHERE s."memberId" = q."askedToId" AND s."questionId" = q.id AND s.act IN ('defer', 'ask-back'))) < ${silentSince(now)})
    ORDER BY q.id LIMIT ${AT_ONCE} FOR NO KEY UPDATE OF q`
  for (const { id } of silent) {
    await putTo(tx, id, null, now)
    await announce(tx, { event: 'passed-on', questionId: id })
  }
  return silent.length
}

type Own = {
  id: string
  slug: string
  communityId: string
  amaId: string | null
  answerCount: number
  requestCount: number
  heldAt: Date | null
  returnedAt: Date | null
  hiddenAt: Date | null
}

/** Whoever requests or answers at this moment waits, so that what may be done is decided once. Not one's own is not there. */
async function changeOwn(
  viewer: Viewer,
  id: string,
  change: (tx: Db, member: NonNullable<Viewer>, question: Own) => Promise<Outcome>,
): Promise<Outcome> {
  ensure(viewer !== null, 'sign_in', 'Sign in first.')
  ensure(viewer.suspendedUntil === null, 'forbidden', 'Your account is suspended: until it is over, your questions stay as they are.')
  return db().$transaction(async (tx) => {
    const [question] = await tx.$queryRaw<Own[]>`
      SELECT id, slug, "communityId", "amaId", "answerCount", "requestCount", "heldAt", "returnedAt", "hiddenAt" FROM "Question"
      WHERE id = ${id}::uuid AND "askedById" = ${viewer.memberId}::uuid FOR UPDATE`
    ensure(question !== undefined, 'not_found', 'There is no question of yours here.')
    return change(tx, viewer, question)
  })
}

/** Deletes questions that the caller has locked. */
async function removeQuestions(tx: Db, where: Prisma.QuestionWhereInput): Promise<void> {
  const gone = await tx.question.findMany({ where, select: { id: true } })
  const ids = gone.map(({ id }) => id)
  await giveDraftsBack(tx, ids)
  await tx.question.deleteMany({ where: { id: { in: ids } } })
}

/** `ama` is the slug of the AMA that it was asked in, `hosts` who runs that with the hosts of the community. */
type Held = { questionId: string; communityId: string; community: string; ama: string | null; hosts: string[]; added: boolean }

/** For a host, a question that waits, or what is added to one. Of two hosts at one moment the second finds that it waits no more. */
async function checkHeld(
  viewer: Viewer,
  id: string,
  check: (tx: Db, host: NonNullable<Viewer>, question: Held) => Promise<void>,
): Promise<Outcome> {
  ensure(viewer !== null, 'sign_in', 'Sign in first.')
  return db().$transaction(async (tx) => {
    const [question] = await tx.$queryRaw<Omit<Held, 'added'>[]>`
      SELECT q.id AS "questionId", q."communityId", c.slug AS community, (SELECT slug FROM "Ama" WHERE id = q."amaId") AS ama,
        ARRAY(SELECT h."memberId" FROM "AmaHost" h WHERE h."amaId" = q."amaId") AS hosts
      FROM "Question" q JOIN "Community" c ON c.id = q."communityId"
      WHERE q.id = coalesce((SELECT "questionId" FROM "Clarification" WHERE id = ${id}::uuid), ${id}::uuid) FOR UPDATE OF q`
    // Looked at under the lock.
    const [held] = await tx.$queryRaw<{ added: boolean }[]>`
      SELECT false AS added FROM "Question" WHERE id = ${id}::uuid AND "heldAt" IS NOT NULL AND "returnedAt" IS NULL
      UNION ALL SELECT true FROM "Clarification" WHERE id = ${id}::uuid AND "heldAt" IS NOT NULL AND "returnedAt" IS NULL`
    const gone = 'This waits for nobody’s check any more.'
    ensure(question !== undefined && canHostAma(viewer, question), 'not_found', gone)
    ensure(held !== undefined, 'not_found', gone)
    await check(tx, viewer, { ...question, added: held.added })
    const { ama, community, communityId } = question
    return { to: ama === null || canHost(viewer, communityId) ? paths.checking(community) : paths.hostedAma(ama) }
  })
}

/** Whether a host looks at what this person asks here, or changes, before others see it. Not at what hosts ask. */
async function isChecked(
  tx: Db,
  { communityId, amaId }: { communityId: string; amaId: string | null },
  askedById: string,
  when: 'asked' | 'again',
): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ checked: boolean }[]>`
    SELECT CASE coalesce((SELECT a.checking FROM "Ama" a WHERE a.id = ${amaId}::uuid), c.checking) WHEN 'all' THEN true WHEN 'first' THEN ${when} = 'asked' AND NOT EXISTS (
        SELECT FROM "Question" q WHERE q."askedById" = ${askedById}::uuid AND q."communityId" = c.id AND q."heldAt" IS NULL)
      ELSE false END
      AND NOT EXISTS (SELECT FROM "CommunityRole" r WHERE r."communityId" = c.id AND r."memberId" = ${askedById}::uuid AND r.role = 'host') AS checked
    FROM "Community" c WHERE c.id = ${communityId}::uuid`
  return row?.checked ?? false
}

const A_DAY = 24 * 60 * 60 * 1_000

/**
 * Tells a community's hosts that something waits for their check, before it does: of the first, since they see what comes after it
 * then, and while that one goes on waiting of what comes first on each further day of it.
 */
async function tellHosts(
  tx: Db,
  event: { event: 'to-check' | 'addition-to-check'; questionId: string },
  { communityId, askedById }: { communityId: string; askedById: string },
  now: Date,
): Promise<void> {
  const waiting = (of: Prisma.Sql) => Prisma.sql`WHERE q."communityId" = ${communityId}::uuid AND ${waitsForHost(of)}`
  const [{ first, last } = {}] = await tx.$queryRaw<{ first: Date | null; last: Date | null }[]>`
    SELECT min("heldAt") AS first, max("heldAt") AS last FROM (
      (SELECT q."heldAt" FROM "Question" q ${waiting(Prisma.sql`q`)})
      UNION ALL (SELECT cl."heldAt" FROM "Clarification" cl JOIN "Question" q ON q.id = cl."questionId" ${waiting(Prisma.sql`cl`)})) held`
  const dayOf = (at: Date) => Math.floor((at.getTime() - (first ?? at).getTime()) / A_DAY)
  if (!last || dayOf(last) < dayOf(now)) await announce(tx, event, askedById)
}

/** The next place by order of asking. Who asks there at this moment waits. */
async function nextNumber(tx: Db, amaId: string): Promise<number> {
  await tx.$queryRaw`SELECT 1 FROM "Ama" WHERE id = ${amaId}::uuid FOR NO KEY UPDATE`
  const { _max } = await tx.question.aggregate({ where: { amaId }, _max: { number: true } })
  return (_max.number ?? 0) + 1
}

/** Under the first address that is free, which is answered. */
async function insertQuestion(tx: Db, question: Omit<Prisma.QuestionCreateManyInput, 'slug'>): Promise<string> {
  for (;;) {
    const slug = await freeSlug(tx, question.title)
    // Somebody may be asking the same at this moment: then this one looks again.
    const { count } = slug ? await tx.question.createMany({ data: [{ ...question, slug }], skipDuplicates: true }) : { count: 0 }
    if (slug && count) return slug
  }
}

async function ensureHosts(viewer: Viewer, amaId: string | null): Promise<NonNullable<Viewer>> {
  ensure(viewer !== null, 'sign_in', 'Sign in first.')
  const hosted = amaId === null ? [] : await hostedAmasOf(viewer, [amaId])
  ensure(hosted.length === 1, 'not_found', 'There is no AMA here that you host.')
  return viewer
}

/** Nobody's, and never another's; null where all that were tried are taken. */
async function freeSlug(tx: Db, title: string): Promise<string | null> {
  const [free] = await tx.$queryRaw<{ slug: string }[]>`
    SELECT slug FROM unnest(${questionSlugs(title)}::text[]) WITH ORDINALITY AS wished (slug, place)
    WHERE NOT EXISTS (SELECT FROM "Question" q WHERE q.slug = wished.slug)
      AND NOT EXISTS (SELECT FROM "MovedSlug" s WHERE s.kind = 'Question' AND s.slug = wished.slug)
    ORDER BY place LIMIT 1`
  return free?.slug ?? null
}

/** Answers before the questions where they stand, by id: the order in which views are counted, so that nobody waits in a circle. */
async function lockAnswers(tx: Db, questionId: string): Promise<void> {
  const locked = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM "Answer" WHERE "questionId" = ${questionId}::uuid ORDER BY id FOR NO KEY UPDATE`
  const ids = locked.map(({ id }) => id)
  await tx.$executeRaw`SELECT lock_where_answers_stand(${ids}::uuid[], ${questionId}::uuid)`
}
