import { createHmac, hkdfSync } from 'node:crypto'
import { env } from '#lib/env.ts'

const BYTES = 16

/**
 * 16 bytes in hex that are the same for the same parts on one day, and lead neither to the parts nor to another day's
 * hash: the key is made from PERCH_SECRET for this purpose and this day ("2026-11-22").
 */
export function dailyHash(purpose: string, day: string, parts: string[]): string {
  const key = Buffer.from(hkdfSync('sha256', env().PERCH_SECRET, day, purpose, 32))
  // As JSON no part can run over into the next.
  return createHmac('sha256', key).update(JSON.stringify(parts)).digest().subarray(0, BYTES).toString('hex')
}
