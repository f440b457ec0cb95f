import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { env } from '#lib/env.ts'

// The limit for kept pages: node:http sends bytes that it has in memory, whatever is asked: node bench/bare-memory.ts FILE
// where the file has, by path, the headers and the body (base64) that the real server sent.

type Kept = Record<string, { headers: Record<string, string>; body: string }>

const kept: Kept = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'))
const pages = new Map(Object.entries(kept).map(([path, { headers, body }]) => [path, { headers, body: Buffer.from(body, 'base64') }]))

createServer((req, res) => {
  const page = pages.get(req.url ?? '')
  if (!page) return res.writeHead(req.url === '/healthz' ? 200 : 404).end()
  res.writeHead(200, page.headers).end(page.body)
}).listen(env().PORT, env().HOST)
