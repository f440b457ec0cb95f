import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { env } from '#lib/env.ts'
import { createHttpServer } from '#lib/front/http-server.ts'
import { createStreams } from '#lib/front/streams.ts'
import { log } from '#lib/log.ts'

// The streams of server.ts alone, of something in which nothing happens: "/memory" answers the bytes that the process uses once
// what nobody needs is given back.

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

const streams = createStreams({
  find: async () => ({ key: 'quiet', newest: async () => 0, after: async () => [], state: async () => ({ phase: 'live' }) }),
  tell: () => {},
  log: log(),
  common: [],
})

createHttpServer((req, res) => {
  if (req.url === '/healthz') return void res.end('ok')
  if (req.url !== '/memory') return void streams.open(req, res, 'quiet', `${req.headers['x-forwarded-for']}`)
  collect()
  const { heapUsed, external } = process.memoryUsage()
  res.end(String(heapUsed + external))
}, []).listen(env().PORT, env().HOST)

process.once('SIGTERM', () => process.exit(0))
