import { createServer } from 'node:http'
import { Pool } from 'pg'
import { recordStatements } from '#bench/statements.ts'
import { findSession } from '#domain/session/queries.ts'
import { IDLE } from '#domain/session/rules.ts'
import { disconnect } from '#lib/db.ts'
import { env } from '#lib/env.ts'
import { tokenHash } from '#lib/secret.ts'

// The limit for /api/viewer: node:http and pg alone, the same query for the session, the answer as JSON. The token stands
// in its cookie as it is, so nothing is unsealed: node bench/bare-session.ts

const [statement] = await recordStatements(() => findSession(tokenHash(''), new Date()))
if (statement?.values.length !== 4) throw new Error('The query of a session takes other values than it did.')
const { text, name } = statement
await disconnect()
const pool = new Pool({ connectionString: env().DATABASE_URL, max: env().DATABASE_POOL })

createServer(async (req, res) => {
  if (req.url === '/healthz') return res.end('ok')
  const now = new Date()
  const hash = Buffer.from(tokenHash(req.headers.cookie?.replace(/^token=/, '') ?? ''))
  const { rows } = await pool.query({ text, name, values: [now, hash, now, new Date(now.getTime() - IDLE)] })
  const [viewer] = rows
  if (!viewer) return res.writeHead(404).end()
  const body = JSON.stringify({ name: viewer.name, handle: viewer.handle, portraitId: viewer.portraitId })
  res.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body)
}).listen(env().PORT, env().HOST)
