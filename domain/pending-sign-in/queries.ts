import { db } from '#lib/db.ts'
import { tokenHash } from '#lib/secret.ts'

/** Whose sign-in this browser (`carried`, of lib/session.ts) has begun and not finished, or null. Uses nothing up. */
export async function findPendingSignIn(carried: string | null, now: Date): Promise<{ memberId: string; next: string | null } | null> {
  if (!carried) return null
  const where = { tokenHash: tokenHash(carried), expiresAt: { gt: now } }
  return db().pendingSignIn.findFirst({ where, select: { memberId: true, next: true } })
}
