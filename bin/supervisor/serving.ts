import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { state } from './place.ts'
import { isAlive } from './postgres.ts'

const folder = join(state, 'serving')

/** Notes that this process serves the build of this checkout; answers how to unsay it. */
export function servesThisBuild(): () => Promise<void> {
  mkdirSync(folder, { recursive: true })
  const note = join(folder, `${process.pid}`)
  writeFileSync(note, '')
  return async () => rmSync(note, { force: true })
}

/** Another process that serves it, whose files a new build would take away. */
export function servingElsewhere(): number | undefined {
  mkdirSync(folder, { recursive: true })
  return readdirSync(folder)
    .map(Number)
    .find((pid) => pid !== process.pid && isAlive(pid))
}
