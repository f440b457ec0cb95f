import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { benchDatabase, say } from '#bench/databases.ts'
import { inRounds, type Measured, medianOf, type Target } from '#bench/measure.ts'
import { type Server, startServer } from '#bench/processes.ts'
import { CHANGES, prepareCrowd } from '#bench/requests.ts'
import { type PageKind, samplePages } from '#bench/samples.ts'
import { cacheState, serveSite } from '#bench/serving.ts'
import { fine, table, whole } from '#bench/table.ts'
import { measureViewer } from '#bench/viewer.ts'
import { type Weights, weigh } from '#bench/weights.ts'

/** What the site is held to: its speed as a share of a bare server's, measured in the same rounds. */
const bars: { name: string; site: string; limit: string; least: number | null }[] = [
  { name: 'question page asked again / memory', site: 'question again: site', limit: 'question again: memory', least: 0.5 },
  { name: 'AMA page asked again / memory', site: 'AMA again: site', limit: 'AMA again: memory', least: null },
  { name: 'another question page / template', site: 'question other: site', limit: 'question other: template', least: 0.08 },
  { name: 'another AMA page / template', site: 'AMA other: site', limit: 'AMA other: template', least: null },
  ...CHANGES.map((changes) => ({ name: `${changes} / same SQL`, site: `${changes}: site`, limit: `${changes}: bare`, least: 0.25 })),
]

const kinds: { kind: PageKind; label: string }[] = [
  { kind: 'question', label: 'question' },
  { kind: 'ama', label: 'AMA' },
]

export type SpeedReport = {
  questions: number
  rounds: Record<string, Measured[]>
  medians: Record<string, Measured>
  ratios: { name: string; ratio: number; least: number | null; holds: boolean }[]
  failed: number
  weights: Record<string, Weights>
  holds: boolean
}

/** Measures the site beside its limits, and weighs its pages. */
export async function measureSpeed(questions: number, rounds: number, seconds: number): Promise<SpeedReport> {
  const database = await benchDatabase(questions)
  const samples = await samplePages(database)
  const slug = (kind: PageKind) => samples[kind].again.split('/')[2] ?? ''
  const servers: Server[] = []
  const folder = mkdtempSync(join(tmpdir(), 'perch-bench-'))
  try {
    const site = await serveSite(database)
    servers.push(site)
    const weights: Record<string, Weights> = { home: await weigh(site.url, '/') }
    for (const { kind, label } of kinds) weights[label] = await weigh(site.url, samples[kind].again)
    const kept = join(folder, 'kept.json')
    writeFileSync(
      kept,
      JSON.stringify(
        await keep(
          site.url,
          kinds.map(({ kind }) => samples[kind].again),
        ),
      ),
    )
    const memory = await startServer('bench/bare-memory.ts', [kept], {})
    servers.push(memory)
    const template = await startServer('bench/bare-template.ts', [slug('question'), slug('ama')], { DATABASE_URL: database })
    servers.push(template)
    // Its limiter counts, and is never reached.
    const pressed = await serveSite(database, { LIMITS_TIMES: 1_000_000 })
    servers.push(pressed)
    const bare = await startServer('bench/bare-requests.ts', [], { DATABASE_URL: database })
    servers.push(bare)
    const crowd = await prepareCrowd(database)
    await proveCacheStates(site.url, samples.question.again, `${samples.question.others.pop()}`)

    say(`Measuring ${rounds} rounds`)
    const targets: Target[] = kinds.flatMap(({ kind, label }) => [
      { name: `${label} again: site`, server: site, path: samples[kind].again },
      { name: `${label} again: memory`, server: memory, path: samples[kind].again },
      { name: `${label} other: site`, server: site, paths: samples[kind].others },
      { name: `${label} other: template`, server: template, paths: endless(samples[kind].others) },
    ])
    targets.push(...CHANGES.map((name) => ({ name: `${name}: site`, server: pressed, changes: crowd.ofSite[name] })))
    targets.push(...CHANGES.map((name) => ({ name: `${name}: bare`, server: bare, changes: crowd.ofBare[name] })))
    const measured = await inRounds(targets, rounds, seconds)
    const viewers = await measureViewer(site, database, rounds)
    return report(questions, measured, viewers, weights)
  } finally {
    rmSync(folder, { recursive: true })
    await Promise.all(servers.map((server) => server.stop()))
  }
}

/** For the bare server, which keeps nothing: it may be asked for the same page in another round. */
function endless(paths: string[]): string[] {
  return Array.from({ length: Math.ceil(400_000 / paths.length) }, () => paths).flat()
}

/** The kept answers as browsers get them, packed small. */
async function keep(site: string, paths: string[]) {
  const kept: Record<string, { headers: Record<string, unknown>; body: string }> = {}
  for (const path of paths) {
    // The first one makes the page, the second one has it packed, a little later that is done.
    for (let asked = 0; asked < 3; asked++) {
      await cacheState(`${site}${path}`)
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    kept[path] = await raw(`${site}${path}`)
  }
  return kept
}

// fetch() would unpack it.
function raw(url: string): Promise<{ headers: Record<string, unknown>; body: string }> {
  return new Promise((resolve, reject) => {
    request(url, { headers: { 'accept-encoding': 'gzip, deflate, br' } }, async (response) => {
      const body = Buffer.concat(await response.toArray())
      const { date, connection, 'keep-alive': _, ...headers } = response.headers
      resolve({ headers, body: body.toString('base64') })
    })
      .on('error', reject)
      .end()
  })
}

async function proveCacheStates(site: string, again: string, other: string): Promise<void> {
  await cacheState(`${site}${again}`)
  const states = [await cacheState(`${site}${again}`), await cacheState(`${site}${other}`)]
  if (states.join() !== 'hit,miss') throw new Error(`The page cache should have said hit and miss, and said ${states.join(' and ')}.`)
}

function report(
  questions: number,
  measured: Map<string, Measured[]>,
  paced: Map<string, Measured[]>,
  weights: Record<string, Weights>,
): SpeedReport {
  const medians = [
    ...[...measured].map(([name, rounds]) => [name, medianOf(rounds)]),
    ...[...paced].map(([name, rounds]) => [name, medianOf(rounds, 'p99')]),
  ]
  const ratios = bars.map(({ name, site, limit, least }) => {
    const ratio = medianRatio(measured.get(site) ?? [], measured.get(limit) ?? [])
    return { name, ratio, least, holds: least === null || ratio >= least }
  })
  const all = new Map([...measured, ...paced])
  const failed = [...all.values()].flat().reduce((sum, load) => sum + load.failed, 0)
  return {
    questions,
    rounds: Object.fromEntries(all),
    medians: Object.fromEntries(medians),
    ratios,
    failed,
    weights,
    holds: failed === 0 && ratios.every(({ holds }) => holds),
  }
}

/** Round by round, since the two stood beside each other in each. */
function medianRatio(site: Measured[], limit: Measured[]): number {
  const ratios = site.map(({ perSecond }, round) => perSecond / (limit[round]?.perSecond ?? Number.NaN)).toSorted((a, b) => a - b)
  return ratios[Math.floor(ratios.length / 2)] ?? Number.NaN
}

export function speedTables({ medians, ratios, failed, weights }: SpeedReport): string {
  return [
    table(
      ['what, served by', 'answers/s', 'p50 ms', 'p99 ms', 'CPU µs each', 'not 2xx'],
      Object.entries(medians).map(([name, m]) => [
        name,
        whole(m.perSecond),
        fine(m.p50),
        fine(m.p99),
        whole(m.cpu * 1_000),
        whole(m.failed),
      ]),
    ),
    table(
      ['share of the limit', 'is', 'at least', ''],
      ratios.map(({ name, ratio, least, holds }) => [name, ratio.toFixed(3), least === null ? '-' : `${least}`, holds ? 'holds' : 'FAILS']),
    ),
    table(
      ['bytes', 'HTML', 'gzip', 'JavaScript gzip', 'CSS gzip', 'fonts'],
      Object.entries(weights).map(([name, w]) => [name, ...[w.html, w.htmlGzip, w.javascriptGzip, w.stylesGzip, w.fonts].map(whole)]),
    ),
    ...(failed ? [`${whole(failed)} answers were no 2xx.`] : []),
  ].join('\n\n')
}
