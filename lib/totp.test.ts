import { expect, test } from 'vitest'
import { env } from '#lib/env.ts'
import { newTotpKey, totpAddress, totpCode, totpStep } from '#lib/totp.ts'

/** "12345678901234567890", the key of the examples in RFC 6238, appendix B; their last six digits. */
const KEY = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const examples: [seconds: number, code: string][] = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
]

test.each(examples)('at second %i the code is that of the RFC', (seconds, code) => {
  const now = new Date(seconds * 1_000)
  expect(totpCode(KEY, now)).toBe(code)
  expect(totpStep(KEY, code, now)).toBe(Math.floor(seconds / 30))
})

test('a code is known half a minute early and late, by its own step, and no longer', () => {
  const [seconds, code] = [1_111_111_111, '050471']
  const step = Math.floor(seconds / 30)
  const at = (by: number) => totpStep(KEY, code, new Date((seconds + by) * 1_000))
  expect([at(-30), at(0), at(30)]).toEqual([step, step, step])
  expect([at(-61), at(61)]).toEqual([null, null])
  for (const none of ['050472', '50471', '', 'abcdef']) expect(totpStep(KEY, none, new Date(seconds * 1_000))).toBeNull()
})

test('each key is another one, and its address says all that an app asks', () => {
  const keys = Array.from({ length: 50 }, newTotpKey)
  expect(new Set(keys).size).toBe(50)
  for (const key of keys) expect(key).toMatch(/^[A-Z2-7]{32}$/)
  const issuer = new URL(env().SITE_URL).hostname
  const url = new URL(totpAddress(KEY, 'ada+one@example.org'))
  expect([url.protocol, url.host, decodeURIComponent(url.pathname)]).toEqual(['otpauth:', 'totp', `/${issuer}:ada+one@example.org`])
  expect(Object.fromEntries(url.searchParams)).toEqual({ issuer, secret: KEY, algorithm: 'SHA1', digits: '6', period: '30' })
})
