import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { db, disconnect, isAway, Prisma, readRows } from '#lib/db.ts'
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

test('Whoever waits too long to read rows is told to come back, and others read meanwhile', async () => {
  const reading = readRows`SELECT pg_sleep(3)::text`
  const error = await readRows`SELECT 1`.catch((error: unknown) => error)
  expect(refusalIn(error)).toMatchObject({ code: 'unavailable', retryAfter: 5 })
  await db().member.count()
  await reading
  expect(await readRows`SELECT 1 AS one`).toEqual([{ one: 1 }])
})

test('A database that ends its connections is away; a statement that is wrong, or too late, is not', async () => {
  const ended = await db().$queryRaw`SELECT pg_terminate_backend(pg_backend_pid())`.catch((error: unknown) => error)
  expect(isAway(ended)).toBe(true)
  expect(isAway(await readRows`SELECT pg_terminate_backend(pg_backend_pid())`.catch((error: unknown) => error))).toBe(true)
  const wrong: [string, () => Promise<unknown>][] = [
    ['no such column', () => db().$queryRaw`SELECT nothing`],
    ['no such column for rows', () => readRows`SELECT nothing`],
    ['twice', () => db().$executeRaw`SELECT 1 / 0`],
    ['too long', () => db().$transaction([db().$executeRaw`SET LOCAL statement_timeout = 10`, db().$executeRaw`SELECT pg_sleep(1)`])],
    ['nobody', () => db().member.findUniqueOrThrow({ where: { handle: 'nobody' } })],
  ]
  for (const [what, ask] of wrong) expect([what, isAway(await ask().catch((error: unknown) => error))]).toEqual([what, false])
  expect([isAway(new Error('timeout')), isAway(undefined), isAway({ code: 'P1001' })]).toEqual([false, false, false])
})

test('A database that cannot be reached is away, by whichever way it is asked', async () => {
  const program = `
    import { db, disconnect, isAway, readRows } from '#lib/db.ts'
    const ways = [() => db().$queryRaw\`SELECT 1\`, () => readRows\`SELECT 1\`]
    for (const ask of ways) console.log(await ask().then(() => 'there', (error) => isAway(error)))
    await disconnect()`
  const nobody = new URL(process.env.DATABASE_URL ?? '')
  nobody.port = '1'
  const options = { env: { ...process.env, DATABASE_URL: nobody.href } }
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], options)
  expect(stdout.trim().split('\n')).toEqual(['true', 'true'])
})

test('Rows are what Prisma brings of the same statement, a bigint apart', async () => {
  const ids = ['018f0000-0000-7000-8000-000000000001', '018f0000-0000-7000-8000-000000000002']
  const statement = Prisma.sql`
    SELECT place::int, id, ${'it’s'}::text AS text, ${ids}::uuid[] AS ids, ARRAY['a,"b"', NULL]::text[] AS texts, NULL::text AS nothing, id = ANY(${ids}::uuid[]) AS is,
      0.5::float8 AS share, '2026-11-23T10:00:00.123456Z'::timestamptz AS at, json_build_object('name', ${'Ada'}::text, 'of', NULL) AS json, '[1,2]'::jsonb AS list
    FROM unnest(${ids}::uuid[]) WITH ORDINALITY wanted(id, place) ORDER BY place DESC`
  const rows = await readRows`SELECT * FROM (${statement}) same ORDER BY place DESC`
  expect(rows).toHaveLength(2)
  expect(rows).toEqual(await db().$queryRaw(statement))
  expect(await readRows`SELECT 1::bigint AS big`).toEqual([{ big: '1' }])
})

test('Times are the same whatever zone the server is in', async () => {
  await disconnect()
  await db().$executeRawUnsafe(
    `ALTER DATABASE "${new URL(process.env.DATABASE_URL ?? '').pathname.slice(1)}" SET timezone = 'Asia/Kolkata'`,
  )
  await disconnect()
  const at = new Date('2026-11-23T10:00:00.123Z')
  expect(await readRows`SELECT ${at}::timestamptz AS at`).toEqual([{ at }])
  expect(await db().$queryRaw`SELECT ${at}::timestamptz AS at, '2026-11-23T10:00:00.123Z'::timestamptz AS written`).toEqual([
    { at, written: at },
  ])
})

test('After the end whoever asks gets connections again', async () => {
  await readRows`SELECT 1`
  await disconnect()
  expect(await readRows<{ one: number }>`SELECT 1 AS one`).toEqual([{ one: 1 }])
  await disconnect()
  expect(await db().member.count()).toBe(0)
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
