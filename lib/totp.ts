import { Secret, TOTP } from 'otpauth'
import { env } from '#lib/env.ts'

/** Seconds that a code is shown for. */
const STEP = 30
/** Steps to either side whose codes are taken too: clocks of telephones go wrong, and typing takes a while. */
const WINDOW = 1
/** Bytes; as long as the sum that codes are made by, as RFC 4226 asks. */
const KEY_BYTES = 20

/** A new key for an authenticator app, in the 32 letters and digits in which one types it. */
export function newTotpKey(): string {
  return new Secret({ size: KEY_BYTES }).base32
}

/** What the app reads from a picture: otpauth://totp/perch.example:ada@example.org?… */
export function totpAddress(key: string, label: string): string {
  return totpOf(key, label).toString()
}

/** The code that the app shows at this time. */
export function totpCode(key: string, now: Date): string {
  return totpOf(key).generate({ timestamp: now.getTime() })
}

/** Which step since 1970 this code of six digits belongs to, or null where it is none of about now. */
export function totpStep(key: string, code: string, now: Date): number | null {
  const timestamp = now.getTime()
  const delta = totpOf(key).validate({ token: code, timestamp, window: WINDOW })
  return delta === null ? null : Math.floor(timestamp / 1_000 / STEP) + delta
}

// SHA-1, six digits and thirty seconds are what every app knows; some ignore what an address says otherwise.
function totpOf(key: string, label?: string): TOTP {
  const issuer = new URL(env().SITE_URL).hostname
  return new TOTP({ issuer, label, algorithm: 'SHA1', digits: 6, period: STEP, secret: Secret.fromBase32(key) })
}
