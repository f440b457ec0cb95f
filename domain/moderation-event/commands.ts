import { v7 as uuidv7 } from 'uuid'
import type { Act, Thing } from '#domain/moderation-event/rules.ts'
import type { Db } from '#lib/db.ts'

type Event = { actorId: string; act: Act; thing: Thing; thingId: string; communityId: string | null; reason: string }

/** Writes down what a moderator did, in the transaction in which it is done. Ids and codes: whom they lead to may be deleted. */
export async function noteAct(tx: Db, event: Event, now: Date): Promise<void> {
  await tx.moderationEvent.create({ data: { id: uuidv7(), ...event, happenedAt: now } })
}
