import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { commandEnvironment, missingIn, showsMailsToOthers, wantsDemo } from './environment.ts'
import { root } from './place.ts'

const url = 'postgresql://127.0.0.1/perch'
const production = { PERCH_MODE: 'production' }

test('A site of this machine gets an address and a secret; one for others is given both, or has none', () => {
  expect(commandEnvironment(url, { PORT: '4199' })).toMatchObject({
    PERCH_MODE: 'local',
    SITE_URL: 'http://localhost:4199',
    PERCH_SECRET: expect.stringMatching(/^[0-9a-f]{64}$/),
  })
  expect(commandEnvironment(url, production)).toMatchObject({ SITE_URL: undefined, PERCH_SECRET: undefined })
  const given = { ...production, SITE_URL: 'https://perch.example', PERCH_SECRET: 'a secret' }
  expect(commandEnvironment(url, given)).toMatchObject(given)
})

test('What a site for others lacks is named', () => {
  expect(missingIn({})).toEqual([])
  expect(missingIn({ PERCH_MODE: 'test' })).toEqual([])
  expect(missingIn({ ...production, PERCH_SECRET: 'a secret', SITE_URL: '' })).toEqual(['SITE_URL', 'SMTP_URL'])
})

test('bin/start begins nothing where something is missing, and says what', () => {
  const { DATABASE_URL: _one, SITE_URL: _two, SMTP_URL: _three, ...rest } = process.env
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'bin/supervisor/start.ts')], {
    env: { ...rest, ...production, PERCH_SECRET: 'a secret', NO_COLOR: '1', FORCE_COLOR: undefined },
    encoding: 'utf8',
  })
  expect([status, stderr]).toEqual([1, '✗ PERCH_MODE=production needs what is not given: SITE_URL, SMTP_URL.\n'])
})

test.each([
  [{}, true],
  [{ DEMO: '1' }, true],
  [{ DEMO: '0' }, false],
  [production, false],
  [{ ...production, DEMO: '0' }, false],
  [{ ...production, DEMO: '1' }, true],
])('Demo content with %o: %s', (given, wanted) => {
  expect(wantsDemo(given)).toBe(wanted)
})

test.each([
  [{ HOST: '0.0.0.0' }, true],
  [{ HOST: '192.0.2.7' }, true],
  [{}, false],
  [{ HOST: 'localhost' }, false],
  [{ HOST: '::1' }, false],
  [{ HOST: '0.0.0.0', SMTP_URL: 'smtp://mail.example' }, false],
  [{ ...production, HOST: '0.0.0.0' }, false],
])('Mails that others can read with %o: %s', (given, shown) => {
  expect(showsMailsToOthers(commandEnvironment(url, given))).toBe(shown)
})
