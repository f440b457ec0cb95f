import { hash } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { z } from 'zod'
import { env } from '#lib/env.ts'
import { log } from '#lib/log.ts'
import { Prisma, PrismaClient } from '#prisma/client/client.ts'

export { Prisma }

/** What a command writes through: the pool, or the transaction that the caller has open. */
export type Db = Omit<PrismaClient, '$connect' | '$disconnect' | '$on' | '$use' | '$extends' | '$transaction'>

// Route handlers, pages and server.ts are bundled apart from each other but share one process, so one pool of each kind.
const held = globalThis as { perchDb?: PrismaClient | undefined; perchReaders?: pg.Pool | undefined; perchStatements?: Named }

/** Prisma over the pool of this process, made on first use. */
export function db(): PrismaClient {
  held.perchDb ??= connect()
  return held.perchDb
}

/**
 * The rows that a statement reads, by the driver and connections of its own. Through Prisma the process takes three times as long,
 * which is felt where a page takes ten statements (docs/decisions/059-rows-past-prisma.md). A plan is made for all values alike, so
 * what decides it has to be a part of the text. Text, uuid, int4, float8, boolean, timestamptz, json and arrays of text and uuid
 * are what $queryRaw makes of them; a bigint is a string, and others want a look first. Throws DatabaseAway where there is no connection.
 */
export async function readRows<Row>(strings: TemplateStringsArray, ...values: unknown[]): Promise<Row[]> {
  const statement = Prisma.sql(strings, ...values)
  const { text } = statement
  try {
    return (await readers().query({ name: statementName(text), text, values: statement.values })).rows
  } catch (error) {
    throw isDriverAway(error) ? new DatabaseAway('there was no connection to the database', { cause: error }) : error
  }
}

/** Ends all connections once what runs is done; whoever asks afterwards gets others. */
export async function disconnect(): Promise<void> {
  const { perchDb, perchReaders } = held
  held.perchDb = undefined
  held.perchReaders = undefined
  await Promise.all([perchDb?.$disconnect(), perchReaders?.end()])
}

/** There was no connection for what readRows was to read. */
class DatabaseAway extends Error {
  override readonly name = 'DatabaseAway'
}

/** Whether this is thrown because there was no connection: the database is gone, starting, or all its connections were in use. */
export function isAway(error: unknown): boolean {
  const known = FromPrisma.safeParse(error).data
  if (!known) return error instanceof Error && (error.name === 'DatabaseAway' || NO_CONNECTION.test(error.message))
  if (known.code === 'P2028') return known.message.includes('Unable to start a transaction')
  const { kind, originalCode } = known.meta?.driverAdapterError?.cause ?? {}
  return [known.code, kind, originalCode].some((word) => word !== undefined && AWAY.has(word))
}

/** As the driver says it of its pool, to Prisma too. */
const NO_CONNECTION = /^(timeout exceeded when trying to connect|Connection terminated.*|Client .* is not queryable)$/

/** Whether the driver throws this because there was no connection. */
function isDriverAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? `${error.code}` : ''
  return AWAY.has(code) || FROM_THE_SYSTEM.test(code) || NO_CONNECTION.test(error.message)
}

/** A code of the system's or of TLS, which did not get there: PostgreSQL's states have digits. */
const FROM_THE_SYSTEM = /^E[A-Z]+$/

/** By Prisma's code, its adapter's word, or PostgreSQL's state: shutting down, crashed, starting, full. */
const AWAY = new Set([
  ...['P1001', 'P1008', 'P1017', 'P2037'],
  ...['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections'],
  ...['57P01', '57P02', '57P03', '53300'],
])

// By its name: bundled apart, one module's class is not another's.
const FromPrisma = z.object({
  name: z.literal('PrismaClientKnownRequestError'),
  message: z.string(),
  code: z.string(),
  meta: z
    .object({
      driverAdapterError: z.object({ cause: z.object({ kind: z.string(), originalCode: z.string().optional() }) }).optional(),
    })
    .optional(),
})

function connect(): PrismaClient {
  const adapter = new PrismaPg(connections(env().DATABASE_POOL), { statementNameGenerator: ({ sql }) => statementName(sql) })
  return new PrismaClient({ adapter })
}

function readers(): pg.Pool {
  held.perchReaders ??= openReaders()
  return held.perchReaders
}

/** As pg_stat_activity tells the connections that read rows. */
export const READER = 'perch reader'

/** Half as many as Prisma has: more run no sooner on the same processors, and each has every statement to plan for itself. */
function openReaders(): pg.Pool {
  // Else each statement is planned for the values that are given the first five times, which takes longer than to run it.
  const pool = new pg.Pool({
    ...connections(Math.ceil(env().DATABASE_POOL / 2), 'SET plan_cache_mode = force_generic_plan'),
    application_name: READER,
  })
  return pool.on('error', (error) => log().warn({ err: error }, 'a connection that nobody used ended'))
}

/** `settings`: what else is said to each connection when it is opened. */
function connections(most: number, settings = ''): pg.PoolConfig {
  return {
    connectionString: env().DATABASE_URL,
    max: most,
    // What was opened stays open: a crowd would wait for all of them to be opened anew, and each keeps its statements planned.
    min: most,
    // Unset, a request would wait for a connection for ever.
    connectionTimeoutMillis: 2_000,
    statement_timeout: 5_000,
    idle_in_transaction_session_timeout: 10_000,
    keepAlive: true,
    // Prisma writes times without their zone.
    onConnect: (client) => client.query(`SET TimeZone = 'UTC'; ${settings}`),
  }
}

/**
 * Rows `wanted(id, place)` of these ids, in their order. How many there are is kept from the planner: else a connection would
 * plan the statement anew each time, which takes longer than to look up a page's rows.
 */
export function inOrder(ids: string[]): Prisma.Sql {
  return Prisma.sql`unnest((SELECT ${ids}::uuid[])) WITH ORDINALITY wanted(id, place)`
}

/** A whole number of ours that is a part of the statement, so that a plan which is kept knows it. */
export function fixed(number: number): Prisma.Sql {
  return Prisma.join(
    [...number.toFixed(0)].map((digit) => DIGITS[Number(digit)] ?? Prisma.empty),
    '',
  )
}

const DIGITS = [
  ...[Prisma.sql`0`, Prisma.sql`1`, Prisma.sql`2`, Prisma.sql`3`, Prisma.sql`4`],
  ...[Prisma.sql`5`, Prisma.sql`6`, Prisma.sql`7`, Prisma.sql`8`, Prisma.sql`9`],
]

/** In a statement whose text is another one for many a search. Of these some are kept as well, and take no place of those that come again. */
export const VARIED = Prisma.sql`/* varied */`

/** Names of statements that the server keeps for each connection. Lists of ids bring a few more texts than there are queries. */
type Named = { lasting: Map<string, string>; varied: Map<string, string> }
const LASTING_AT_MOST = 500
const VARIED_AT_MOST = 200

/**
 * A name under which a connection keeps a statement parsed and planned: planning a page's queries takes longer than
 * running them. Empty, for not kept, when there are too many. (A pooler in between is in session mode for other reasons, and a
 * session keeps them: docs/decisions/013-jobs-in-postgresql.md.)
 */
function statementName(sql: string): string {
  held.perchStatements ??= { lasting: new Map(), varied: new Map() }
  const { lasting, varied } = held.perchStatements
  const [kept, atMost] = sql.includes(VARIED.sql) ? [varied, VARIED_AT_MOST] : [lasting, LASTING_AT_MOST]
  const known = kept.get(sql)
  if (known !== undefined) return known
  if (kept.size >= atMost) return ''
  const name = `perch_${hash('sha256', sql, 'base64url')}`
  kept.set(sql, name)
  return name
}
