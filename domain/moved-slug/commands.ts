import type { SlugKind } from '#domain/moved-slug/queries.ts'
import type { Db } from '#lib/db.ts'

/** Where a thing is gone for good, and its old addresses say too much. They may then become another's. */
export async function forgetMovedSlugs(tx: Db, kind: SlugKind, targetId: string): Promise<void> {
  await tx.movedSlug.deleteMany({ where: { kind, targetId } })
}
