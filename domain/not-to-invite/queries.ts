import { NO_INVITATIONS, NoInvitationsWord } from '#domain/not-to-invite/rules.ts'
import { type Db, db } from '#lib/db.ts'
import { seal, unseal } from '#lib/seal.ts'
import { keyedHash } from '#lib/secret.ts'

/** The end of the link by which whoever has this address says that they do not want to be invited, or may be again. */
export function noInvitationsWord(said: NoInvitationsWord): string {
  return seal(NO_INVITATIONS, JSON.stringify(said))
}

/** What a link of ours says; null where it is none. */
export function readNoInvitationsWord(word: string): NoInvitationsWord | null {
  try {
    return NoInvitationsWord.parse(JSON.parse(unseal(NO_INVITATIONS, word)))
  } catch {
    return null
  }
}

/** Whether this address, as it is kept, may be sent invitations. */
export async function mayInvite(email: string, tx: Db = db()): Promise<boolean> {
  return (await tx.notToInvite.count({ where: { hash: addressHash(email) } })) === 0
}

/** Of these members those who do not want to be invited. */
export async function notToInviteAmong(memberIds: string[], tx: Db = db()): Promise<string[]> {
  const accounts = await tx.account.findMany({ where: { memberId: { in: memberIds } }, select: { memberId: true, email: true } })
  const hashed = accounts.map(({ memberId, email }) => ({ memberId, hash: addressHash(email) }))
  const kept = await tx.notToInvite.findMany({ where: { hash: { in: hashed.map(({ hash }) => hash) } }, select: { hash: true } })
  const known = new Set(kept.map(({ hash }) => Buffer.from(hash).toString('hex')))
  return hashed.flatMap(({ memberId, hash }) => (known.has(Buffer.from(hash).toString('hex')) ? [memberId] : []))
}

/** What is kept of an address: nobody without PERCH_SECRET can make it, or try addresses out. */
export function addressHash(email: string): Uint8Array<ArrayBuffer> {
  return keyedHash('not to invite', [email])
}
