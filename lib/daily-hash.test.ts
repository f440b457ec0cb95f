import { beforeEach, expect, test, vi } from 'vitest'

beforeEach(() => {
  vi.resetModules()
  setSecret('a secret of at least thirty-two characters')
})

test('the same parts on the same day give the same 16 bytes, and on the next day others', async () => {
  const { dailyHash } = await import('#lib/daily-hash.ts')
  const hash = dailyHash('readers', '2026-11-22', ['192.0.2.7', 'Firefox', 'en'])
  expect(hash).toMatch(/^[0-9a-f]{32}$/)
  expect(dailyHash('readers', '2026-11-22', ['192.0.2.7', 'Firefox', 'en'])).toBe(hash)
  expect(dailyHash('readers', '2026-11-23', ['192.0.2.7', 'Firefox', 'en'])).not.toBe(hash)
})

test('another purpose, another person, and the same letters divided otherwise are told apart', async () => {
  const { dailyHash } = await import('#lib/daily-hash.ts')
  const hashes = [
    dailyHash('readers', '2026-11-22', ['192.0.2.7', 'Firefox', 'en']),
    dailyHash('visitors', '2026-11-22', ['192.0.2.7', 'Firefox', 'en']),
    dailyHash('readers', '2026-11-22', ['192.0.2.8', 'Firefox', 'en']),
    dailyHash('readers', '2026-11-22', ['192.0.2.7', 'Firefoxen', '']),
    dailyHash('readers', '2026-11-22', ['192.0.2.7', 'Firefox,en']),
  ]
  expect(new Set(hashes).size).toBe(hashes.length)
})

test('without the secret nobody can make the hash again', async () => {
  const { dailyHash } = await import('#lib/daily-hash.ts')
  const hash = dailyHash('readers', '2026-11-22', ['192.0.2.7'])
  vi.resetModules()
  setSecret('another secret of thirty-two characters or more')
  const { dailyHash: withAnother } = await import('#lib/daily-hash.ts')
  expect(withAnother('readers', '2026-11-22', ['192.0.2.7'])).not.toBe(hash)
})

function setSecret(secret: string) {
  vi.stubEnv('PERCH_SECRET', secret)
  vi.stubEnv('SITE_URL', 'http://127.0.0.1:3000')
  vi.stubEnv('DATABASE_URL', 'postgresql://localhost/unused')
}
