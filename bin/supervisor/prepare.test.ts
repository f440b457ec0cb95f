import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root, state } from './place.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'perch-prepare-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('Which Node is taken', () => {
  test.each([
    ['24.21.0', 'fit'],
    ['24.0.0', 'fit'],
    ['26.1.0', 'fit'],
    ['22.19.0', 'fit'],
    ['22.18.1', 'helper'],
    ['22.12.0', 'helper'],
    ['23.11.0', 'helper'],
    ['25.1.0', 'helper'],
    ['20.20.2', 'helper'],
    ['20.19.0', 'helper'],
    ['20.18.9', 'old'],
    ['18.20.4', 'old'],
    ['8.17.0', 'old'],
    ['', 'old'],
    ['nonsense', 'old'],
  ])('%s is %s', (version, kind) => {
    const said = execFileSync('/bin/sh', ['-c', '. bin/prepare.sh; node_kind "$1"', 'bin/run', version], { cwd: root, encoding: 'utf8' })
    expect(said.trim()).toBe(kind)
  })

  test('someone without Node is told so in one sentence', () => {
    const { status, stderr } = run(['dirname'].map(toolPath).join(':'), {})
    expect(stderr).toBe('Node.js 20.19 or newer is needed and there is none; install it (https://nodejs.org) and try again.\n')
    expect(status).toBe(1)
  })

  test('someone with Node 18 is told so in one sentence', () => {
    const { status, stderr } = run(`${fakeNode('18.20.4')}:${toolPath('dirname')}`, {})
    expect(stderr).toBe('Node.js 20.19 or newer is needed and this is 18.20.4; install a newer one (https://nodejs.org) and try again.\n')
    expect(status).toBe(1)
  })
})

describe('Before any long work', () => {
  test('a port in use is told, with what to do', async () => {
    const server = createServer()
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port))
    })
    expect(preflight({ PORT: `${port}` })).toEqual([
      1,
      `Port ${port} on 127.0.0.1 is in use: stop what listens there, or take another with PORT=${port + 1} bin/start.\n`,
    ])
    server.close()
  })

  test.each([
    [{ PORT: 'abc' }, 'PORT=abc is not a port: a number from 1 to 65535 is.\n'],
    [{ PORT: '65536' }, 'PORT=65536 is not a port: a number from 1 to 65535 is.\n'],
    [{ HOST: '192.0.2.1' }, 'HOST=192.0.2.1 is not an address of this machine.\n'],
    [{ DATABASE_URL: 'mysql://a:secret@b/c' }, 'DATABASE_URL is not an address such as postgresql://user:password@host:5432/name.\n'],
    [{ DATABASE_URL: 'nonsense' }, 'DATABASE_URL is not an address such as postgresql://user:password@host:5432/name.\n'],
    [
      { DATABASE_URL: 'postgresql://a:secret@127.0.0.1:1/c' },
      'The database of DATABASE_URL cannot be reached at 127.0.0.1:1 (nothing listens there): start it, or unset DATABASE_URL to use the built-in one.\n',
    ],
  ])('%o is told', (env, sentence) => {
    expect(preflight({ PORT: '4199', ...env })).toEqual([1, sentence])
  })

  test('a database that is there is no trouble', () => {
    expect(preflight({ PORT: '4199', DATABASE_URL: process.env.DATABASE_URL ?? '' })).toEqual([0, ''])
  })
})

describe('Whether the packages are installed', () => {
  const wanted = { '': {}, 'node_modules/a': { version: '1.0.0' }, 'node_modules/elsewhere': { version: '1.0.0', optional: true } }
  test.each([
    ['what the lock file says', { 'node_modules/a': { version: '1.0.0' } }, 0],
    ['another version', { 'node_modules/a': { version: '1.0.1' } }, 1],
    ['one missing', {}, 1],
    ['nothing', undefined, 1],
  ])('%s', (_there, there, code) => {
    const checkout = mkdtempSync(join(folder, 'checkout-'))
    writeFileSync(join(checkout, 'package-lock.json'), JSON.stringify({ packages: wanted }))
    mkdirSync(join(checkout, 'node_modules'))
    if (there) writeFileSync(join(checkout, 'node_modules/.package-lock.json'), JSON.stringify({ packages: there }))
    utimesSync(join(checkout, 'package-lock.json'), 0, 0)
    expect(spawnSync(process.execPath, [join(root, 'bin/installed.mjs'), checkout]).status).toBe(code)
  })
})

test('Nothing is installed under a site that serves from this folder', () => {
  const note = join(state, 'serving', `${process.pid}`)
  mkdirSync(join(state, 'serving'), { recursive: true })
  writeFileSync(note, '')
  const { status, stderr } = spawnSync('/bin/sh', ['-c', '. bin/prepare.sh; nobody_serves', 'bin/run'], { cwd: root, encoding: 'utf8' })
  rmSync(note)
  expect(stderr).toMatch(/^The packages are to be others, and process \d+ still serves from this folder: stop it first\.\n$/)
  expect(status).toBe(1)
})

function run(path: string, env: Record<string, string>): { status: number | null; stderr: string } {
  return spawnSync('/bin/sh', [join(root, 'bin/run'), 'true'], { env: { NODE_ENV: 'test', PATH: path, ...env }, encoding: 'utf8' })
}

function preflight(env: Record<string, string>): [code: number | null, said: string] {
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'bin/preflight.mjs'), 'start'], {
    env: { NODE_ENV: 'test', ...env },
    encoding: 'utf8',
  })
  return [status, stderr]
}

// A folder with this one program in it, since /usr/bin may have a Node too.
function toolPath(tool: string): string {
  const path = mkdtempSync(join(folder, 'tool-'))
  writeFileSync(join(path, tool), `#!/bin/sh\nexec /usr/bin/${tool} "$@"\n`)
  chmodSync(join(path, tool), 0o755)
  return path
}

function fakeNode(version: string): string {
  const path = mkdtempSync(join(folder, 'node-'))
  writeFileSync(join(path, 'node'), `#!/bin/sh\necho ${version}\n`)
  chmodSync(join(path, 'node'), 0o755)
  return path
}
