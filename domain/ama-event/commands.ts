import { db } from '#lib/db.ts'

/** Milliseconds after an AMA's end for which its events are kept, longer than anybody follows it. */
const KEPT_FOR = 3 * 24 * 60 * 60 * 1000

/** Deletes events that nobody will ask for again. */
export async function forgetAmaEvents(now: Date): Promise<void> {
  await db().amaEvent.deleteMany({ where: { ama: { endsAt: { lt: new Date(now.getTime() - KEPT_FOR) } } } })
}
