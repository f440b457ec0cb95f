import { expect, test } from 'vitest'
import { db, isAway } from '#lib/db.ts'
import { refusalIn } from '#lib/refusal-in.ts'

process.env.DATABASE_POOL = '1'

const asking: [string, () => Promise<unknown>][] = [
  ['a query', () => db().member.findFirst()],
  ['a statement', () => db().$queryRaw`SELECT 1`],
  ['several at once', () => db().$transaction([db().member.count()])],
  ['a transaction', () => db().$transaction((tx) => tx.member.count())],
]

test('Whoever waits too long for a connection is told to come back, whatever was asked', async () => {
  const release = await holdTheConnection()
  const errors = await Promise.all(
    asking.map(([what, ask]) =>
      ask().then(
        () => what,
        (error: unknown) => error,
      ),
    ),
  )
  await release()
  for (const error of errors) expect(refusalIn(error)).toMatchObject({ code: 'unavailable', retryAfter: 5 })
  for (const [, ask] of asking) await ask()
})

test('A database that ends its connections is away; a statement that is wrong, or too late, is not', async () => {
  const ended = await db().$queryRaw`SELECT pg_terminate_backend(pg_backend_pid())`.catch((error: unknown) => error)
  expect(isAway(ended)).toBe(true)
  const wrong: [string, () => Promise<unknown>][] = [
    ['no such column', () => db().$queryRaw`SELECT nothing`],
    ['twice', () => db().$executeRaw`SELECT 1 / 0`],
    ['too long', () => db().$transaction([db().$executeRaw`SET LOCAL statement_timeout = 10`, db().$executeRaw`SELECT pg_sleep(1)`])],
    ['nobody', () => db().member.findUniqueOrThrow({ where: { handle: 'nobody' } })],
  ]
  for (const [what, ask] of wrong) expect([what, isAway(await ask().catch((error: unknown) => error))]).toEqual([what, false])
  expect([isAway(new Error('timeout')), isAway(undefined), isAway({ code: 'P1001' })]).toEqual([false, false, false])
})

/** Resolves once the only connection is in use, with how to give it back. */
async function holdTheConnection(): Promise<() => Promise<unknown>> {
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  const { promise: held, resolve: hold } = Promise.withResolvers<void>()
  const holding = db().$transaction(
    async (tx) => {
      await tx.$queryRaw`SELECT 1`
      hold()
      await released
    },
    { timeout: 60_000 },
  )
  await held
  return () => {
    release()
    return holding
  }
}
