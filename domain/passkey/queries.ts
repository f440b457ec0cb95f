import { db } from '#lib/db.ts'
import type { Viewer } from '#lib/viewer.ts'

export type OwnPasskey = Awaited<ReturnType<typeof listPasskeys>>[number]

/** A person's own passkeys, oldest first. */
export async function listPasskeys({ memberId }: NonNullable<Viewer>) {
  return db().passkey.findMany({
    where: { memberId },
    select: { id: true, name: true, addedAt: true, usedAt: true },
    orderBy: [{ addedAt: 'asc' }, { id: 'asc' }],
  })
}
