import { v7 as uuidv7 } from 'uuid'
import { type Act, KEPT_FOR, NOBODY } from '#domain/audit-event/rules.ts'
import { type Db, db } from '#lib/db.ts'
import { keyedHash } from '#lib/secret.ts'

/** `by` is null for a command at the terminal. */
type Event = { act: Act; by: string | null; of?: string | null; communityId?: string | null; detail?: string }

/** When it happened, and from which network; a command at the terminal comes from none. */
export type Occasion = { now: Date; address: string | null }

/** Writes down what happened, in the transaction in which it does. Ids and codes, so that whoever goes can be taken out. */
export async function noteEvent(tx: Db, { act, by, of, communityId, detail }: Event, { now, address }: Occasion): Promise<void> {
  const sum =
    address === null
      ? null
      : Buffer.from(keyedHash('audit', [address]))
          .toString('base64url')
          .slice(0, 22)
  const ids = { byId: by, ofId: of ?? null, communityId: communityId ?? null }
  await tx.auditEvent.create({ data: { id: uuidv7(), act, ...ids, detail: detail ?? null, address: sum, happenedAt: now } })
}

/** What a member did and what was done to them stays, and leads to nobody. Their account is deleted before. */
export async function forgetInEvents(tx: Db, memberId: string): Promise<void> {
  await tx.auditEvent.updateMany({ where: { byId: memberId }, data: { byId: NOBODY, address: null } })
  await tx.auditEvent.updateMany({ where: { ofId: memberId }, data: { ofId: NOBODY } })
}

/** Deletes what is older than a year. */
export async function forgetEvents(now: Date): Promise<void> {
  await db().auditEvent.deleteMany({ where: { happenedAt: { lt: new Date(now.getTime() - KEPT_FOR) } } })
}
