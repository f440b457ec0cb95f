import { RECOVERY_CODES, RECOVERY_DIGITS } from '#domain/authenticator/rules.ts'
import { db } from '#lib/db.ts'
import { unseal } from '#lib/seal.ts'
import { keyedHash } from '#lib/secret.ts'
import { totpAddress } from '#lib/totp.ts'
import type { Viewer } from '#lib/viewer.ts'

/** What the key of this member is sealed for: in another's row it opens nothing. */
export function sealedFor(memberId: string): string {
  return `authenticator of ${memberId}`
}

/** What is kept of a recovery code; of the same digits another sum for each member. */
export function recoveryHash(memberId: string, code: string): Uint8Array<ArrayBuffer> {
  return keyedHash('recovery code', [memberId, code])
}

/** The key of this member's app; null where it was sealed under another PERCH_SECRET. */
export function openKey(memberId: string, sealedKey: string): string | null {
  try {
    return unseal(sealedFor(memberId), sealedKey)
  } catch {
    return null
  }
}

/**
 * How far one's own second factor is: none, a key that the app is still to get (in letters and as an address), or on. A key
 * that cannot be read any more is none: another takes its place.
 */
export async function getOwnSecondFactor({ memberId }: NonNullable<Viewer>) {
  const account = { select: { email: true } } as const
  const select = { sealedKey: true, confirmedAt: true, account } as const
  const found = await db().authenticator.findUnique({ where: { memberId }, select })
  if (!found) return { state: 'off' } as const
  if (!found.confirmedAt) {
    const key = openKey(memberId, found.sealedKey)
    if (key === null) return { state: 'off' } as const
    const letters = key.replace(/.{4}(?=.)/g, '$& ')
    return { state: 'begun', letters, address: totpAddress(key, found.account.email) } as const
  }
  const codesLeft = await db().recoveryCode.count({ where: { memberId, usedAt: null } })
  return { state: 'on', since: found.confirmedAt, codesLeft } as const
}

/** The recovery codes that this browser brings along (`carried`, of lib/session.ts), where they are this member's and good; else none. */
export async function readCarriedCodes({ memberId }: NonNullable<Viewer>, carried: string | null): Promise<string[]> {
  const codes = carried?.split(' ') ?? []
  if (codes.length !== RECOVERY_CODES || codes.some((code) => code.length !== RECOVERY_DIGITS)) return []
  const codeHash = { in: codes.map((code) => recoveryHash(memberId, code)) }
  const known = await db().recoveryCode.count({ where: { memberId, usedAt: null, codeHash } })
  return known === codes.length ? codes : []
}
