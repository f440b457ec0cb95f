import { PrismaPg } from '@prisma/adapter-pg'
import { env } from '#lib/env.ts'
import { PrismaClient } from '#prisma/client/client.ts'

export { Prisma } from '#prisma/client/client.ts'

/** What a query or command runs on: the pool, or the transaction that the caller has open. */
export type Db = Pick<PrismaClient, '$queryRaw' | '$executeRaw'> &
  Omit<PrismaClient, '$connect' | '$disconnect' | '$on' | '$use' | '$extends' | '$transaction'>

// Route handlers, pages and server.ts are bundled apart from each other but share one process, so one pool.
const held = globalThis as { perchDb?: PrismaClient }

/** The one pool of this process, made on first use. */
export function db(): PrismaClient {
  held.perchDb ??= connect()
  return held.perchDb
}

function connect(): PrismaClient {
  const adapter = new PrismaPg({
    connectionString: env().DATABASE_URL,
    max: env().DATABASE_POOL,
    // Unset, a request would wait for a connection for ever.
    connectionTimeoutMillis: 2_000,
    statement_timeout: 5_000,
    idle_in_transaction_session_timeout: 10_000,
    keepAlive: true,
  })
  return new PrismaClient({ adapter })
}
