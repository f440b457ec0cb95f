import { PHASE_PRODUCTION_BUILD, PHASE_PRODUCTION_SERVER } from 'next/constants.js'
import { beforeEach, expect, test, vi } from 'vitest'
import configOf from '../next.config.js'

beforeEach(() => {
  vi.stubEnv('NEXT_SERVER_ACTIONS_ENCRYPTION_KEY', undefined)
  return () => vi.unstubAllEnvs()
})

test('Two builds with one secret know the commands of forms by the same names', () => {
  const key = keyOf(PHASE_PRODUCTION_BUILD, 'a secret that two builds have in common')
  expect(Buffer.from(key ?? '', 'base64')).toHaveLength(32)
  expect(keyOf(PHASE_PRODUCTION_BUILD, 'a secret that two builds have in common')).toBe(key)
  expect(keyOf(PHASE_PRODUCTION_BUILD, 'a secret of another site')).not.toBe(key)
})

test('Without a secret, and where nothing is built, Next draws its own', () => {
  expect(keyOf(PHASE_PRODUCTION_BUILD, '')).toBeUndefined()
  expect(keyOf(PHASE_PRODUCTION_SERVER, 'a secret that two builds have in common')).toBeUndefined()
})

function keyOf(phase: string, secret: string): string | undefined {
  vi.stubEnv('NEXT_SERVER_ACTIONS_ENCRYPTION_KEY', undefined)
  vi.stubEnv('PERCH_SECRET', secret)
  configOf(phase)
  return process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY
}
