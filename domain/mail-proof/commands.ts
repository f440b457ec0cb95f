import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { GOOD_FOR, NO_LONGER_GOOD, type Purpose, SIGN_UP_FOR, TRIES } from '#domain/mail-proof/rules.ts'
import { type Db, db } from '#lib/db.ts'
import { ensure, Refusal } from '#lib/refusal.ts'
import { keyedHash, newCode, newToken, sameBytes, tokenHash } from '#lib/secret.ts'
import type { MailProof } from '#prisma/client/client.ts'

/**
 * What a mail is to prove. `memberId`: whose password or address it is about. `next`: where to go on from there. `waitingPress`:
 * the button that was pressed before. `roleId`, `communityId`: which role a work address is to prove, and where.
 */
type Asked = {
  purpose: Purpose
  email: string
  memberId?: string | null
  next?: string | null
  waitingPress?: string | null
  roleId?: string
  communityId?: string
}

/** Prepares a mail: `id` is for the browser that asked, `code` and `token` stand in the mail and nowhere else. */
export async function issueProof(tx: Db, asked: Asked, now: Date): Promise<{ id: string; code: string; token: string }> {
  const [id, code, token] = [uuidv7(), newCode(), newToken()]
  const hashes = { codeHash: codeHash(id, code), linkHash: tokenHash(token) }
  await tx.mailProof.create({ data: { id, ...asked, ...hashes, createdAt: now, expiresAt: new Date(now.getTime() + GOOD_FOR) } })
  return { id, code, token }
}

/**
 * Takes the code of the mail that this browser (`carried`) asked for. Throws a Refusal where it is wrong, used, too old, or
 * was guessed at five times. Every try counts, so it is written by itself before anything else is looked at.
 */
export async function tryCode(
  carried: string | null,
  code: string,
  now: Date,
  purpose: 'sign-in' | 'work-mail' = 'sign-in',
): Promise<{ id: string }> {
  const id = z.uuid().safeParse(carried).data
  ensure(id !== undefined, 'invalid', 'This browser has asked for no code, or too long ago. Ask for a new one.')
  const [tried] = await db().mailProof.updateManyAndReturn({
    where: { id, purpose, usedAt: null, expiresAt: { gt: now }, attempts: { lt: TRIES } },
    data: { attempts: { increment: 1 } },
  })
  ensure(tried !== undefined, 'invalid', 'The code is no longer good. Ask for a new one.')
  if (sameBytes(tried.codeHash, codeHash(id, code))) return { id }
  const left = TRIES - tried.attempts
  const message = left
    ? `That is not the code. You can try ${left} more time${left === 1 ? '' : 's'}.`
    : 'That was not the code. Ask for a new one.'
  throw new Refusal('invalid', message, { fields: { code: left ? 'Not the code in the newest mail.' : 'No longer good.' } })
}

/** Uses up the proof of this id or of this link's token; of two who try at once one gets it. Throws a Refusal for the other. */
export async function spendProof(tx: Db, by: { id: string } | { token: string }, purpose: Purpose, now: Date): Promise<MailProof> {
  const which = 'id' in by ? { id: by.id } : { linkHash: tokenHash(by.token) }
  const [proof] = await tx.mailProof.updateManyAndReturn({
    where: { ...which, purpose, usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
  })
  ensure(proof !== undefined, 'invalid', NO_LONGER_GOOD)
  return proof
}

/** Lets the browser that has just proved an address sign up with it: answers the token by which it alone can. */
export async function openSignUp(tx: Db, { id }: MailProof, now: Date): Promise<string> {
  const token = newToken()
  const expiresAt = new Date(now.getTime() + SIGN_UP_FOR)
  await tx.mailProof.update({ where: { id }, data: { purpose: 'sign-up', linkHash: tokenHash(token), usedAt: null, expiresAt } })
  return token
}

/**
 * Nothing that was mailed before opens anything any more: neither for this address nor for this member. What somebody is using
 * up at this very moment is left to them: to wait for it while they wait for the account would be a deadlock.
 */
export async function forgetProofsOf(tx: Db, email: string, memberId: string | null = null): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM "MailProof" WHERE id IN (
      SELECT id FROM "MailProof" WHERE email = ${email} OR "memberId" = ${memberId}::uuid FOR UPDATE SKIP LOCKED)`
}

/** No link that was mailed before gives this member another address. What is being used up at this very moment is left, as above. */
export async function forgetChangeOfAddress(tx: Db, memberId: string): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM "MailProof" WHERE id IN (
      SELECT id FROM "MailProof" WHERE "memberId" = ${memberId}::uuid AND purpose = 'change-email' FOR UPDATE SKIP LOCKED)`
}

/** Nothing that was mailed for a role proves it any more, and the work address is forgotten. */
export async function forgetProofsOfRole(tx: Db, roleId: string): Promise<void> {
  await tx.mailProof.deleteMany({ where: { roleId } })
}

/** Deletes what is too old to prove anything. */
export async function forgetProofs(now: Date): Promise<void> {
  await db().mailProof.deleteMany({ where: { expiresAt: { lte: now } } })
}

function codeHash(id: string, code: string): Uint8Array<ArrayBuffer> {
  return keyedHash('code in a mail', [id, code])
}
