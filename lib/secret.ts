import { createHmac, hash, hkdfSync, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import { env } from '#lib/env.ts'

/** A word of 256 random bits, fit for addresses and cookies. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What is kept of a token: it is too random to be guessed, so one round is enough. 32 bytes. */
export function tokenHash(token: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hash('sha256', token, 'buffer'))
}

/** Six random digits. */
export function newCode(): string {
  return String(randomInt(1_000_000)).padStart(6, '0')
}

/** Ten random digits. */
export function newRecoveryCode(): string {
  return String(randomInt(10 ** 10)).padStart(10, '0')
}

/**
 * 32 bytes that are the same for the same parts, and that nobody without PERCH_SECRET can make or try out: for what is
 * short enough to be guessed. Each purpose has a key of its own.
 */
export function keyedHash(purpose: string, parts: string[]): Uint8Array<ArrayBuffer> {
  const key = keyFor(purpose)
  // As JSON no part can run over into the next.
  return Uint8Array.from(createHmac('sha256', key).update(JSON.stringify(parts)).digest())
}

/** `keyedHash` as a word of 43 letters, digits, `-` and `_`. */
export function keyedWord(purpose: string, parts: string[]): string {
  return Buffer.from(keyedHash(purpose, parts)).toString('base64url')
}

/** A key of 32 bytes for this purpose alone. Made once: each request of somebody who is signed in asks for several. */
export function keyFor(purpose: string): Buffer {
  const key = keys.get(purpose) ?? Buffer.from(hkdfSync('sha256', env().PERCH_SECRET, '', purpose, 32))
  keys.set(purpose, key)
  return key
}

const keys = new Map<string, Buffer>()

/** Takes the same time wherever the two differ. */
export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other)
}
