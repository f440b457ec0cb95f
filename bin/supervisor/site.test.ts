import { once } from 'node:events'
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isTaken, turnLog } from './site.ts'

test('A port is taken while somebody listens on it, on the same address or on all', async () => {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  const PORT = String(typeof address === 'object' && address?.port)
  expect([await isTaken({ PORT }), await isTaken({ PORT, HOST: '127.0.0.1' }), await isTaken({ PORT, HOST: '0.0.0.0' })]).toEqual([
    true,
    true,
    true,
  ])
  server.close()
  await once(server, 'close')
  expect(await isTaken({ PORT: '0' })).toBe(false)
})

test('An address that nobody can have is not taken by anybody', async () => {
  expect(await isTaken({ PORT: '3000', HOST: '192.0.2.1' })).toBe(false)
  expect(await isTaken({ PORT: '70000' })).toBe(false)
})

test('A log that has grown is put aside, and who writes it goes on in an empty one', () => {
  const folder = mkdtempSync(join(tmpdir(), 'perch-log-'))
  const file = join(folder, 'server.log')
  turnLog(file, 10)
  const log = openSync(file, 'a')
  writeSync(log, 'one\n')
  turnLog(file, 10)
  expect(existsSync(`${file}.1`)).toBe(false)
  writeSync(log, 'two is long\n')
  turnLog(file, 10)
  writeSync(log, 'three\n')
  expect([readFileSync(`${file}.1`, 'utf8'), readFileSync(file, 'utf8')]).toEqual(['one\ntwo is long\n', 'three\n'])
  closeSync(log)
  rmSync(folder, { recursive: true })
})
