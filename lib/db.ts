import { hash } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import { env } from '#lib/env.ts'
import { PrismaClient } from '#prisma/client/client.ts'

export { Prisma } from '#prisma/client/client.ts'

/** What a command writes through: the pool, or the transaction that the caller has open. */
export type Db = Omit<PrismaClient, '$connect' | '$disconnect' | '$on' | '$use' | '$extends' | '$transaction'>

// Route handlers, pages and server.ts are bundled apart from each other but share one process, so one pool.
const held = globalThis as { perchDb?: PrismaClient }

/** The one pool of this process, made on first use. */
export function db(): PrismaClient {
  held.perchDb ??= connect()
  return held.perchDb
}

function connect(): PrismaClient {
  const adapter = new PrismaPg(
    {
      connectionString: env().DATABASE_URL,
      max: env().DATABASE_POOL,
      // Unset, a request would wait for a connection for ever.
      connectionTimeoutMillis: 2_000,
      statement_timeout: 5_000,
      idle_in_transaction_session_timeout: 10_000,
      keepAlive: true,
    },
    { statementNameGenerator: ({ sql }) => statementName(sql) },
  )
  return new PrismaClient({ adapter })
}

/** Statements that the server keeps for each connection. Lists of ids bring a few more texts than there are queries. */
const NAMED_AT_MOST = 500

const names = new Map<string, string>()

/**
 * A name under which a connection keeps a statement parsed and planned: planning a page's queries takes longer than
 * running them. Empty, for not kept, when there are too many. (A pooler in between has to know of such statements, as
 * PgBouncer does since 1.21.)
 */
function statementName(sql: string): string {
  const known = names.get(sql)
  if (known !== undefined) return known
  if (names.size >= NAMED_AT_MOST) return ''
  const name = `perch_${hash('sha256', sql, 'base64url')}`
  names.set(sql, name)
  return name
}
