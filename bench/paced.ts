import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import type { Load } from '#bench/load.ts'

// Asks a server at an even pace, from a process of its own: node bench/paced.ts JOB, a JSON file. Requests set out at their
// times whether earlier ones have come back or not, and each is timed from when it was due: a server that stalls makes all wait.

/** `headers` by turns, for `seconds`. */
export type PacedJob = { url: string; perSecond: number; seconds: number; headers: Record<string, string>[] }

const { url, perSecond, seconds, headers }: PacedJob = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'))
const agent = new Agent({ keepAlive: true })
const answers: Promise<{ status: number; milliseconds: number }>[] = []
const startedAt = performance.now() + 100

for (let i = 0; i < perSecond * seconds; i++) {
  const due = startedAt + (i * 1_000) / perSecond
  const answer = Promise.withResolvers<{ status: number; milliseconds: number }>()
  answers.push(answer.promise)
  setTimeout(() => {
    const sent = request(url, { agent, headers: headers[i % headers.length] }, (response) => {
      response.resume().once('end', () => answer.resolve({ status: response.statusCode ?? 0, milliseconds: performance.now() - due }))
    })
    sent.once('error', () => answer.resolve({ status: 0, milliseconds: performance.now() - due })).end()
  }, due - performance.now())
}

const all = await Promise.all(answers)
const times = all.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b)
const load: Load = {
  requests: all.length,
  perSecond: (all.length / (performance.now() - startedAt)) * 1_000,
  p50: quantile(0.5),
  p99: quantile(0.99),
  failed: all.filter(({ status }) => status < 200 || status > 299).length,
}
agent.destroy()
console.log(JSON.stringify(load))

function quantile(share: number): number {
  return times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN
}
