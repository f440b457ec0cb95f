import { shownAma } from '#domain/ama/queries.ts'
import type { ReminderState } from '#domain/ama-reminder/rules.ts'
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

export async function unsetReminder({ viewer }: Visit, slug: string): Promise<ReminderState> {
  ensureMayTakePart(viewer)
  await db().amaReminder.deleteMany({ where: { memberId: viewer.memberId, ama: { slug } } })
  return { reminding: false }
}

/** Leaves no reminder of a member. */
export async function forgetRemindersOf(tx: Db, memberId: string): Promise<void> {
  await tx.amaReminder.deleteMany({ where: { memberId } })
}
