import { isShownAma, shownAma } from '#domain/ama/queries.ts'
import { type ReminderState, SOON, TOMORROW, UNCLOSED } from '#domain/ama-reminder/rules.ts'
import { announce, announceEach } from '#domain/notice/commands.ts'
import { ensureMayTakePart } from '#domain/session/rules.ts'
import { type Db, db } from '#lib/db.ts'
import { ensure } from '#lib/refusal.ts'
import type { Visit } from '#lib/visit.ts'

/** The person is to be told that an AMA starts soon. Who leaves at this moment holds the account. */
export async function setReminder({ viewer, now }: Visit, slug: string): Promise<ReminderState> {
  ensureMayTakePart(viewer)
  const { memberId } = viewer
  const [ama] = await db().$queryRaw<{ coming: boolean }[]>`
    WITH person AS MATERIALIZED (SELECT FROM "Account" WHERE "memberId" = ${memberId}::uuid FOR KEY SHARE),
    ama AS MATERIALIZED (
      SELECT a.id, a."cancelledAt" IS NULL AND a."startsAt" > ${now} AS coming FROM "Ama" a
      WHERE a.slug = ${slug} AND ${shownAma} AND EXISTS (SELECT FROM person) FOR KEY SHARE
    ), placed AS (
      INSERT INTO "AmaReminder" ("amaId", "memberId", "setAt") SELECT id, ${memberId}::uuid, ${now} FROM ama WHERE coming ON CONFLICT DO NOTHING
    )
    SELECT coming FROM ama`
  ensure(ama !== undefined, 'not_found', 'This AMA is not here any more.')
  ensure(ama.coming, 'invalid', 'There is nothing to wait for any more.')
  return { reminding: true }
}

/** The same for all of these, with the caller's rows. */
export async function remindEach(tx: Db, amaId: string, memberIds: string[], now: Date): Promise<void> {
  await tx.amaReminder.createMany({ data: memberIds.map((memberId) => ({ amaId, memberId, setAt: now })), skipDuplicates: true })
}

export async function unsetReminder({ viewer }: Visit, slug: string): Promise<ReminderState> {
  ensureMayTakePart(viewer)
  await db().amaReminder.deleteMany({ where: { memberId: viewer.memberId, ama: { slug } } })
  return { reminding: false }
}

/** Tells of each AMA that begins soon those who hold it and those who wanted to be reminded; whoever was told is not told again. */
export async function remindOfAmas(now: Date): Promise<void> {
  const soon = { gt: now, lte: new Date(now.getTime() + SOON) }
  const amas = await db().ama.findMany({
    where: { ...isShownAma, cancelledAt: null, startsAt: soon },
    select: { id: true, startsAt: true },
  })
  for (const { id, startsAt } of amas) await announce(db(), { event: 'ama-soon', amaId: id, startsAt: startsAt.toISOString() })
}

/**
 * Tells those who hold an AMA the day before how much of it they have prepared, and its hosts the day after that it is not closed:
 * at its own hour, which suited all of them. Whoever was told is not told again.
 */
export async function tellAroundAmas(now: Date): Promise<void> {
  const from = (milliseconds: number) => new Date(now.getTime() + milliseconds)
  const there = { ...isShownAma, cancelledAt: null }
  const [coming, past] = await Promise.all([
    db().ama.findMany({
      where: { ...there, startsAt: { gt: from(TOMORROW.from), lte: from(TOMORROW.to) } },
      select: { id: true, startsAt: true },
    }),
    db().ama.findMany({
      where: { ...there, closedAt: null, endsAt: { gt: from(-UNCLOSED.to), lte: from(-UNCLOSED.from) }, startsAt: { gt: from(-LONGEST) } },
      select: { id: true },
    }),
  ])
  await announceEach(db(), [
    ...coming.map(({ id, startsAt }) => ({ event: 'ama-tomorrow' as const, amaId: id, startsAt: startsAt.toISOString() })),
    ...past.map(({ id }) => ({ event: 'ama-to-close' as const, amaId: id })),
  ])
}

/** Before then none has begun that is over for so short: it lasts a day at most, and its start is what has an index. */
const LONGEST = UNCLOSED.to + 24 * 3_600_000

/** Leaves no reminder of a member. */
export async function forgetRemindersOf(tx: Db, memberId: string): Promise<void> {
  await tx.amaReminder.deleteMany({ where: { memberId } })
}
