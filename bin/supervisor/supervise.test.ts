import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { exitCode } from './child.ts'
import { root } from './place.ts'
import { Failure } from './say.ts'
import { ending } from './supervise.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'perch-supervise-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('What a command has begun', () => {
  test('ends in the reverse order, one after the other', async () => {
    const said: string[] = []
    const code = await ending(async (onEnd) => {
      onEnd(async () => void said.push('database'))
      onEnd(async () => {
        said.push('site begins')
        await new Promise((resolve) => setTimeout(resolve, 20))
        said.push('site is down')
      })
      return 7
    })
    expect(said).toEqual(['site begins', 'site is down', 'database'])
    expect(code).toBe(7)
  })

  test('ends too when a step fails, and when an end fails', async () => {
    const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const said: string[] = []
    const code = await ending(async (onEnd) => {
      onEnd(async () => void said.push('database'))
      onEnd(() => Promise.reject(new Failure('The site does not stop.')))
      throw new Failure('The build failed.')
    })
    const lines = written.mock.calls.map(([line]) => String(line))
    written.mockRestore()
    expect(said).toEqual(['database'])
    expect(code).toBe(1)
    expect(lines).toEqual([expect.stringContaining('The build failed.\n'), expect.stringContaining('The site does not stop.\n')])
  })
})

describe('Ctrl-C', () => {
  // A site that notes when it is asked to stop and takes `drain` milliseconds for it, under a supervisor of its own.
  async function supervised(name: string, drain: number, signals: number): Promise<{ code: number; notes: string }> {
    const notes = join(folder, `${name}.notes`)
    const site = `process.on('SIGTERM', () => { note('asked'); setTimeout(() => { note('drained'); process.exit(0) }, ${drain}) }); note('up'); setInterval(() => {}, 1000)`
    const note = `const note = (what) => require('node:fs').appendFileSync(${JSON.stringify(notes)}, what + ' ')`
    const program = join(folder, `${name}.ts`)
    writeFileSync(
      program,
      `import { appendFileSync } from 'node:fs'
      import { start, whenAborted } from '${root}/bin/supervisor/child.ts'
      import { stopping } from '${root}/bin/supervisor/interrupt.ts'
      import { supervise } from '${root}/bin/supervisor/supervise.ts'
      await supervise(async (onEnd) => {
        onEnd(async () => appendFileSync(${JSON.stringify(notes)}, 'database '))
        const site = start(process.execPath, ['-e', ${JSON.stringify(`${note}\n${site}`)}], 2, process.env)
        onEnd(() => site.stop(30_000))
        await whenAborted(stopping)
        return 0
      })`,
    )
    writeFileSync(notes, '')
    const child = spawn(process.execPath, [program], { stdio: 'inherit' })
    const ended = exitCode(child)
    await vi.waitFor(() => expect(readFileSync(notes, 'utf8')).toBe('up '), { timeout: 10_000 })
    child.kill('SIGINT')
    for (let sent = 1; sent < signals; sent++) {
      await vi.waitFor(() => expect(readFileSync(notes, 'utf8')).toContain('asked'), { timeout: 10_000 })
      child.kill('SIGINT')
    }
    return { code: await ended, notes: readFileSync(notes, 'utf8') }
  }

  test('once: the site drains, then the database stops', async () => {
    expect(await supervised('once', 300, 1)).toEqual({ code: 0, notes: 'up asked drained database ' })
  })

  test('twice: the site is ended at once, and the database stops all the same', async () => {
    expect(await supervised('twice', 25_000, 2)).toEqual({ code: 0, notes: 'up asked database ' })
  })
})
