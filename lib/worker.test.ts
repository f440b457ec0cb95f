import { setTimeout as sleep } from 'node:timers/promises'
import { runMigrations } from 'graphile-worker'
import { expect, onTestFinished, test, vi } from 'vitest'
import { db } from '#lib/db.ts'
import { enqueue } from '#lib/jobs.ts'
import { type Jobs, startWorker } from '#lib/worker.ts'

/** A worker for the length of a test. */
function work(tasks: Jobs['tasks'], schedules: string[] = []) {
  const worker = startWorker({ tasks, schedules })
  onTestFinished(worker.stop)
  return worker
}

const connections = () =>
  db().$queryRaw<{ pid: number }[]>`
    SELECT pid FROM pg_stat_activity WHERE application_name = 'perch worker' AND datname = current_database()`

test('Our migrations leave the queue nothing to migrate', async () => {
  const newest = () => db().$queryRaw`SELECT max(id) AS id FROM graphile_worker.migrations`
  const ours = await newest()
  await runMigrations({ connectionString: process.env.DATABASE_URL })
  expect(await newest()).toEqual(ours)
})

test('What was committed is done once, and what was rolled back never', async () => {
  const done: unknown[] = []
  work({ greet: async (payload) => void done.push(payload) })
  await db().$transaction((tx) => enqueue(tx, 'greet', { name: 'Ana' }))
  const back = db().$transaction(async (tx) => {
    await enqueue(tx, 'greet', { name: 'Ben' })
    throw new Error('no')
  })
  await expect(back).rejects.toThrow('no')
  await db().$transaction((tx) => enqueue(tx, 'greet', { name: 'Cleo' }))
  await vi.waitUntil(() => done.length >= 2, 10_000)
  // Several are done at the same time, so either may be first.
  expect(done).toHaveLength(2)
  expect(done).toEqual(expect.arrayContaining([{ name: 'Ana' }, { name: 'Cleo' }]))
})

test('A job waits for its time, and takes the place of one with its key', async () => {
  const done: unknown[] = []
  work({ remind: async (payload) => void done.push(payload) })
  await enqueue(db(), 'remind', { at: 'ten' }, { key: 'reminder', runAt: new Date(Date.now() + 60_000) })
  await enqueue(db(), 'remind', { at: 'nine' }, { key: 'reminder' })
  await vi.waitUntil(() => done.length > 0, 10_000)
  await sleep(300)
  expect(done).toEqual([{ at: 'nine' }])
})

test('What fails is tried again', async () => {
  let tries = 0
  work({
    shaky: async () => {
      tries += 1
      if (tries === 1) throw new Error('not yet')
    },
  })
  await enqueue(db(), 'shaky', {})
  await vi.waitUntil(() => tries === 2, 15_000)
})

test('A schedule is kept by two workers as by one', async () => {
  // Five minutes were missed, and both workers find that.
  const ticks: string[] = []
  const tasks: Jobs['tasks'] = { tick: async (payload) => void ticks.push((payload as { _cron: { ts: string } })._cron.ts) }
  await db().$executeRaw`
    INSERT INTO graphile_worker._private_known_crontabs (identifier, known_since, last_execution)
    VALUES ('tick', now() - interval '1 day', date_trunc('minute', now()) - interval '5 minutes 30 seconds')`
  work(tasks, ['* * * * * tick ?fill=10m'])
  work(tasks, ['* * * * * tick ?fill=10m'])
  await vi.waitUntil(() => ticks.length >= 5, 10_000)
  await sleep(1_000)
  expect(new Set(ticks).size).toBe(ticks.length)
  // The minute may turn while this runs.
  expect(ticks.length === 5 || ticks.length === 6).toBe(true)
})

test('Who stops ends when the job under way is done, and takes no other', async () => {
  const seen: string[] = []
  const worker = work({
    slow: async () => {
      seen.push('begun')
      await sleep(500)
      seen.push('done')
    },
  })
  await enqueue(db(), 'slow', {})
  await vi.waitUntil(() => seen.length === 1, 10_000)
  const stopped = worker.stop()
  await enqueue(db(), 'slow', {})
  await stopped
  expect(seen).toEqual(['begun', 'done'])
  await vi.waitUntil(async () => (await connections()).length === 0, 5_000)
  await db().$executeRaw`SELECT graphile_worker.complete_jobs(ARRAY(SELECT id FROM graphile_worker.jobs))`
})

test('Jobs go on after the database ended every connection', async () => {
  const done: unknown[] = []
  work({ note: async (payload) => void done.push(payload) })
  await enqueue(db(), 'note', { n: 1 })
  await vi.waitUntil(() => done.length === 1, 10_000)
  const before = await connections()
  expect(before.length).toBeGreaterThan(0)
  await db().$queryRaw`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'perch worker' AND datname = current_database()`
  await enqueue(db(), 'note', { n: 2 })
  await vi.waitUntil(() => done.length === 2, 20_000)
  expect(done).toEqual([{ n: 1 }, { n: 2 }])
}, 40_000)
