import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Change, Job, Load } from '#bench/load.ts'
import type { PacedJob } from '#bench/paced.ts'
import { cpuMilliseconds, run, type Server } from '#bench/processes.ts'

/** One server asked in one way. `paths` are taken from it as they are asked, so that none is asked twice. */
export type Target = { name: string; server: Server } & ({ path: string } | { paths: string[] } | { changes: Change[] })

/** A load, and milliseconds of processor time that the server itself spent per request. */
export type Measured = Load & { cpu: number }

export const CONNECTIONS = 16

/**
 * Asks each target for about so many seconds, once in each round and once before to warm it up; the rounds begin with
 * another target each time, so that a machine that changes its speed changes it for all. Throws when a target's paths run out.
 */
export async function inRounds(targets: Target[], rounds: number, seconds: number): Promise<Map<string, Measured[]>> {
  const results = new Map<string, Measured[]>(targets.map(({ name }) => [name, []]))
  const speeds = new Map<string, number>()
  for (const target of targets) speeds.set(target.name, (await measure(target, seconds, 40)).perSecond)
  for (const target of targets) speeds.set(target.name, (await measure(target, seconds / 2, speeds.get(target.name) ?? 40)).perSecond)
  for (let round = 0; round < rounds; round++) {
    const turn = round % targets.length
    for (const target of [...targets.slice(turn), ...targets.slice(0, turn)]) {
      results.get(target.name)?.push(await measure(target, seconds, speeds.get(target.name) ?? 0))
    }
  }
  return results
}

async function measure(target: Target, seconds: number, speed: number): Promise<Measured> {
  const { server, name } = target
  const before = cpuMilliseconds(server.pid)
  let job: Job
  if ('path' in target) job = { url: server.url, connections: CONNECTIONS, path: target.path, seconds }
  else if ('changes' in target) job = { url: server.url, connections: CONNECTIONS, changes: target.changes, seconds }
  else {
    const paths = target.paths.splice(0, Math.ceil(speed * seconds) + 2 * CONNECTIONS)
    if (paths.length <= 2 * CONNECTIONS) throw new Error(`${name}: the database has too few pages for so many rounds.`)
    job = { url: server.url, connections: CONNECTIONS, paths }
  }
  const load = await runLoad(job)
  return { ...load, cpu: (cpuMilliseconds(server.pid) - before) / load.requests }
}

/** Loads a server from another process. */
export async function runLoad(job: Job | PacedJob): Promise<Load> {
  const folder = mkdtempSync(join(tmpdir(), 'perch-bench-'))
  const file = join(folder, 'job.json')
  writeFileSync(file, JSON.stringify(job))
  try {
    return JSON.parse(await run('perSecond' in job ? 'bench/paced.ts' : 'bench/load.ts', [file]))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The round in the middle by requests per second; where the pace was given, by the slowest of a hundred answers. */
export function medianOf(measured: Measured[], by: 'perSecond' | 'p99' = 'perSecond'): Measured {
  const sorted = measured.toSorted((a, b) => a[by] - b[by])
  const middle = sorted[Math.floor(sorted.length / 2)]
  if (!middle) throw new Error('Nothing was measured.')
  return middle
}
