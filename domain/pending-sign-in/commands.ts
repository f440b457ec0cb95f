import { v7 as uuidv7 } from 'uuid'
import { BEGIN_AGAIN, PENDING_FOR } from '#domain/pending-sign-in/rules.ts'
import { type Db, db } from '#lib/db.ts'
import { ensure } from '#lib/refusal.ts'
import { newToken, tokenHash } from '#lib/secret.ts'

/** Notes that a first factor is proved: answers the token by which this browser alone can go on. */
export async function beginPendingSignIn(tx: Db, memberId: string, next: string | null, now: Date): Promise<string> {
  const token = newToken()
  const expiresAt = new Date(now.getTime() + PENDING_FOR)
  await tx.pendingSignIn.create({ data: { id: uuidv7(), memberId, tokenHash: tokenHash(token), next, createdAt: now, expiresAt } })
  return token
}

/** Uses it up; of two who try at once one gets it. Throws a Refusal for the other. */
export async function spendPendingSignIn(tx: Db, token: string, now: Date): Promise<{ next: string | null }> {
  const where = { tokenHash: tokenHash(token) }
  const spent = await tx.pendingSignIn.findFirst({ where: { ...where, expiresAt: { gt: now } }, select: { next: true } })
  const { count } = await tx.pendingSignIn.deleteMany({ where })
  ensure(spent !== null && count === 1, 'invalid', BEGIN_AGAIN)
  return spent
}

/** What was begun in whatever browser leads nowhere any more. */
export async function forgetPendingSignInsOf(tx: Db, memberId: string): Promise<void> {
  await tx.pendingSignIn.deleteMany({ where: { memberId } })
}

/** Deletes what nobody finished in time. */
export async function forgetPendingSignIns(now: Date): Promise<void> {
  await db().pendingSignIn.deleteMany({ where: { expiresAt: { lte: now } } })
}
