import { v7 as uuidv7 } from 'uuid'
import { questionSlugs } from '#domain/question/rules.ts'
import type { Db } from '#lib/db.ts'
import { renderDetails } from '#lib/markdown.ts'

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

/** Asks in the name of the asker, who is the first requester. Answers the slug; sent again it is not asked again. */
export async function makeQuestion(tx: Db, { askKeys, ...asked }: NewQuestion, now: Date): Promise<string> {
  const { askedById, communityId, amaId, title, details } = asked
  // Who sends twice at one moment waits here for the first.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`ask ${askedById}`}, 0))`
  const before = await tx.question.findFirst({ where: { askedById, askKey: { in: askKeys } }, select: { slug: true } })
  if (before) return before.slug
  const heldAt = (await isChecked(tx, communityId, askedById)) ? now : null
  const question = {
    ...asked,
    id: uuidv7(),
    detailsHtml: details && renderDetails(details),
    askKey: askKeys[0],
    askedAt: now,
    number: amaId === null ? null : await nextNumber(tx, amaId),
    heldAt,
    hiddenAt: heldAt,
  }
  for (;;) {
    const slug = await freeSlug(tx, title)
    // Somebody may be asking the same at this moment: then this one looks again.
    const { count } = slug ? await tx.question.createMany({ data: [{ ...question, slug }], skipDuplicates: true }) : { count: 0 }
    if (!slug || !count) continue
    await tx.answerRequest.create({ data: { questionId: question.id, memberId: askedById, requestedAt: now } })
    return slug
  }
}

/** Takes a member's requests back; the counts follow. */
export async function withdrawRequestsOf(tx: Db, memberId: string): Promise<void> {
  await tx.answerRequest.deleteMany({ where: { memberId } })
}

/**
 * Deletes what a member asked. Where others have answered, the question is theirs too: it stays, without its details. To be
 * called once the member's own answers are gone.
 */
export async function removeQuestionsOf(tx: Db, memberId: string): Promise<void> {
  await tx.question.deleteMany({ where: { askedById: memberId, answers: { none: {} } } })
  await tx.question.updateMany({ where: { askedById: memberId }, data: { details: null, detailsHtml: null } })
  await tx.clarification.deleteMany({ where: { memberId } })
}

/**
 * Takes a member's name from questions: those they asked, and those put to them, which are then their community's. What
 * nobody has let through yet was shown to nobody, and goes.
 */
export async function unsignQuestionsOf(tx: Db, memberId: string): Promise<void> {
  await tx.question.deleteMany({ where: { askedById: memberId, heldAt: { not: null } } })
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

/** Whether a host looks at what this person asks here before others see it. Not at what hosts ask. */
async function isChecked(tx: Db, communityId: string, askedById: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ checked: boolean }[]>`
    SELECT CASE c.checking WHEN 'all' THEN true WHEN 'first' THEN NOT EXISTS (
        SELECT FROM "Question" q WHERE q."askedById" = ${askedById}::uuid AND q."communityId" = c.id AND q."heldAt" IS NULL)
      ELSE false END
      AND NOT EXISTS (SELECT FROM "CommunityRole" r WHERE r."communityId" = c.id AND r."memberId" = ${askedById}::uuid AND r.role = 'host') AS checked
    FROM "Community" c WHERE c.id = ${communityId}::uuid`
  return row?.checked ?? false
}

/** The next place by order of asking. Who asks there at this moment waits. */
async function nextNumber(tx: Db, amaId: string): Promise<number> {
  await tx.$queryRaw`SELECT 1 FROM "Ama" WHERE id = ${amaId}::uuid FOR NO KEY UPDATE`
  const { _max } = await tx.question.aggregate({ where: { amaId }, _max: { number: true } })
  return (_max.number ?? 0) + 1
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

/** Answers before their question, by id: the order in which views are counted, so that nobody waits in a circle. */
async function lockAnswers(tx: Db, questionId: string): Promise<void> {
  await tx.$queryRaw`SELECT id FROM "Answer" WHERE "questionId" = ${questionId}::uuid ORDER BY id FOR NO KEY UPDATE`
}
