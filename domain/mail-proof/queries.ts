import { z } from 'zod'
import type { Purpose } from '#domain/mail-proof/rules.ts'
import { db } from '#lib/db.ts'
import { tokenHash } from '#lib/secret.ts'

/** What the link of a mail is still good for, or null: the address it is about, for the page with the button. Uses nothing up. */
export async function findLink(token: string, purpose: Purpose, now: Date): Promise<{ email: string; next: string | null } | null> {
  const where = { linkHash: tokenHash(token), purpose, usedAt: null, expiresAt: { gt: now } }
  return db().mailProof.findFirst({ where, select: { email: true, next: true } })
}

/** Where a member has a code sent to, to prove a role, while it is still good. */
export function findWorkMail(memberId: string, roleId: string, now: Date): Promise<{ id: string; email: string } | null> {
  const where = { purpose: 'work-mail', memberId, roleId, usedAt: null, expiresAt: { gt: now } }
  return db().mailProof.findFirst({ where, orderBy: { id: 'desc' }, select: { id: true, email: true } })
}

/** The mail that this browser (`carried`, of lib/session.ts) asked a code by, or null where it has asked for none that is still good. */
export async function findAsked(carried: string | null, now: Date): Promise<{ email: string; next: string | null } | null> {
  const id = z.uuid().safeParse(carried).data
  if (!id) return null
  return db().mailProof.findFirst({ where: { id, usedAt: null, expiresAt: { gt: now } }, select: { email: true, next: true } })
}
