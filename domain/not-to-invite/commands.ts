import { addressHash } from '#domain/not-to-invite/queries.ts'
import type { Db } from '#lib/db.ts'

/** Nothing that invites goes to this address from now on. */
export async function keepFromInvitations(tx: Db, email: string, now: Date): Promise<void> {
  await tx.notToInvite.createMany({ data: [{ hash: addressHash(email), since: now }], skipDuplicates: true })
}

/** Whoever has this address may be invited again. */
export async function letInvite(tx: Db, email: string): Promise<void> {
  await tx.notToInvite.deleteMany({ where: { hash: addressHash(email) } })
}
