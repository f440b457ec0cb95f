import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { root } from './place.ts'
import { servingElsewhere } from './serving.ts'

let folder: string
let other: ChildProcess
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'perch-serving-'))
  const program = `import { servesThisBuild } from '${root}/bin/supervisor/serving.ts'
    servesThisBuild(${JSON.stringify(folder)})
    process.stdout.write('up')
    setInterval(() => {}, 1000)`
  other = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(other.stdout ?? expect.fail(), 'data')
})
afterEach(async () => {
  await killed()
  rmSync(folder, { recursive: true })
})

test('Another process serves while it runs, and no longer when it was killed', async () => {
  expect(servingElsewhere(folder)).toBe(other.pid)
  await killed()
  expect(readdirSync(folder)).toEqual([`${other.pid}`])
  expect(servingElsewhere(folder)).toBeUndefined()
})

test.runIf(existsSync('/proc/self/stat'))('A process that was given the number of one that was killed is no server', () => {
  writeFileSync(join(folder, `${other.pid}`), '1')
  expect(servingElsewhere(folder)).toBeUndefined()
})

test('A note that does not say when its process began means whichever has the number', () => {
  writeFileSync(join(folder, `${other.pid}`), '')
  expect(servingElsewhere(folder)).toBe(other.pid)
})

async function killed(): Promise<void> {
  if (other.exitCode !== null || other.signalCode !== null) return
  const ended = once(other, 'exit')
  other.kill('SIGKILL')
  await ended
}
