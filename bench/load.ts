import { readFileSync } from 'node:fs'
import autocannon from 'autocannon'

// A process of its own, so that its work is not the server's: node bench/load.ts JOB, a JSON file.

/** A change that somebody makes: whose it is says the cookie. */
export type Change = { method: 'PUT' | 'DELETE'; path: string; cookie: string }

/** One path asked again and again for so many seconds, many paths, each asked once, or changes in their order, round and round. */
export type Job = { url: string; connections: number } & (
  | { path: string; seconds: number }
  | { paths: string[] }
  | { changes: Change[]; seconds: number }
)

export type Load = {
  requests: number
  perSecond: number
  /** Milliseconds */
  p50: number
  p99: number
  /** Answers that were no 2xx, and connections that broke. */
  failed: number
}

const job: Job = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'))
const times: number[] = []
let failed = 0
let lastAt = 0
const options: autocannon.Options = {
  url: job.url,
  connections: job.connections,
  // As browsers ask.
  headers: { 'accept-encoding': 'gzip, deflate, br', accept: 'text/html' },
  ...plan(),
}
const { promise: ended, resolve, reject } = Promise.withResolvers<autocannon.Result>()
const running = autocannon(options, (error, result) => (error ? reject(error) : resolve(result)))
const startedAt = performance.now()
running.on('response', (_client, status, _bytes, milliseconds) => {
  times.push(milliseconds)
  lastAt = performance.now()
  if (status < 200 || status > 299) failed += 1
})
const { errors, timeouts } = await ended
times.sort((a, b) => a - b)
const load: Load = {
  requests: times.length,
  perSecond: (times.length / (lastAt - startedAt)) * 1_000,
  p50: quantile(0.5),
  p99: quantile(0.99),
  failed: failed + errors + timeouts,
}
console.log(JSON.stringify(load))

function plan(): Pick<autocannon.Options, 'duration' | 'amount' | 'requests'> {
  if ('path' in job) return { duration: job.seconds, requests: [{ path: job.path }] }
  if ('changes' in job) return { duration: job.seconds, requests: [inTurn(job.changes)] }
  return eachOnce(job.paths, job.connections)
}

function inTurn(changes: Change[]): autocannon.Request {
  let next = 0
  // As our pages send them: from this site, without a body.
  const common = { accept: 'application/json', 'sec-fetch-site': 'same-origin', 'content-length': '0' }
  const setupRequest = (request: autocannon.Request) => {
    const change = changes[next++ % changes.length]
    return { ...request, method: change?.method, path: change?.path, headers: { ...common, cookie: change?.cookie } }
  }
  return { setupRequest }
}

function eachOnce(paths: string[], connections: number) {
  let next = 0
  const setupRequest = (request: autocannon.Request) => ({ ...request, path: paths[next++ % paths.length] })
  // Each connection prepares one request more than it sends.
  return { amount: Math.max(1, paths.length - 2 * connections), requests: [{ setupRequest }] }
}

function quantile(share: number): number {
  return times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN
}
