import { createServer, type IncomingMessage } from 'node:http'
import { Pool } from 'pg'
import { v7 as uuid } from 'uuid'
import { recordStatements, type Statement } from '#bench/statements.ts'
import { setRequest, unsetRequest } from '#domain/answer-request/commands.ts'
import { requestLimits } from '#domain/answer-request/rules.ts'
import { openSession } from '#domain/session/commands.ts'
import { disconnect } from '#lib/db.ts'
import { env } from '#lib/env.ts'
import { countTry } from '#lib/limit.ts'
import { tokenHash } from '#lib/secret.ts'
import type { Viewer } from '#lib/viewer.ts'
import type { Visit } from '#lib/visit.ts'

// The limit for requests that are set and taken back: node:http and pg alone, with the statements that the site sends.
// Without Next, Prisma, sealed cookies, headers, or care: node bench/bare-requests.ts

type Row = Record<string, unknown>
type Now = { tokenHash: Buffer; memberId: string; slug: string; now: string; keys: string[] }

const example = { memberId: uuid(), slug: 'no-question-of-this-name', token: 'nobody', now: new Date() }
// No more of a viewer is looked at.
const viewer = { memberId: example.memberId, suspendedUntil: null } as NonNullable<Viewer>
const visit: Visit = { viewer, now: example.now, address: '127.0.0.1', agent: '', carried: null, waitingPress: null }

const session = await record(() => openSession(tokenHash(example.token), example.now))
const limits = await record(() => countTry(requestLimits, visit))
const changes = { PUT: await record(() => setRequest(visit, example.slug)), DELETE: await record(() => unsetRequest(visit, example.slug)) }
await disconnect()
const pool = new Pool({ connectionString: env().DATABASE_URL, max: env().DATABASE_POOL })

createServer(async (req, res) => {
  if (req.url === '/healthz') return res.end('ok')
  const body = await answer(req).catch(() => null)
  if (body === null) return res.writeHead(500).end()
  res.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body)
}).listen(env().PORT, env().HOST)

async function answer({ method, url = '', headers }: IncomingMessage): Promise<string | null> {
  const [, , , slug = ''] = url.split('/')
  if (method !== 'PUT' && method !== 'DELETE') return null
  const known = { tokenHash: Buffer.from(tokenHash(headers.cookie ?? '')), memberId: '', slug, now: spelled(new Date()), keys: [''] }
  const [found] = await ask(session, known)
  if (!found) return null
  known.memberId = String(found.memberId)
  known.keys = [
    'all by address:127.0.0.1',
    ...['all', 'request', 'request-day'].map((name) => `${name} by person:${known.memberId.slice(0, 22)}`),
  ]
  const tries = await ask(limits, known)
  const [changed] = await ask(changes[method], known)
  return changed && tries.length === 4 ? JSON.stringify({ requested: changed.requested, requests: changed.requests }) : null
}

/** What of the statement's values is another one each time. */
async function ask({ text, name, values }: Statement, known: Now): Promise<Row[]> {
  const filled = values.map((value) => {
    if (value === example.memberId) return known.memberId
    if (value === example.slug) return known.slug
    if (isNow(value)) return known.now
    if (value instanceof Uint8Array) return known.tokenHash
    return Array.isArray(value) && typeof value[0] === 'string' && value[0].startsWith('all by') ? known.keys : value
  })
  return (await pool.query<Row>({ text, name, values: filled })).rows
}

async function record(work: () => Promise<unknown>): Promise<Statement> {
  // Of nobody and of no question, it refuses; its statement is what is wanted.
  const statements = await recordStatements(() => work().catch(() => null))
  const [statement] = statements
  if (!statement || statements.length > 1) throw new Error(`One statement was expected, and there were ${statements.length}.`)
  return statement
}

/** A time of the recording itself; others are long before. */
function isNow(value: unknown): boolean {
  return typeof value === 'string' && /^\d{4}-/.test(value) && Math.abs(Date.parse(`${value}Z`) - example.now.getTime()) < 60_000
}

/** As the driver of the site writes a time. */
function spelled(time: Date): string {
  return time.toISOString().replace('T', ' ').replace('Z', '')
}
