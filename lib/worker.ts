import { EventEmitter } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { Logger, type Runner, run, type WorkerPool } from 'graphile-worker'
import { Pool, type PoolClient } from 'pg'
import { env } from '#lib/env.ts'
import { log } from '#lib/log.ts'

export type Jobs = {
  /** What is done for a job of each name, with the payload it was enqueued with. Whatever throws is tried again, later each time. */
  tasks: Record<string, (payload: unknown) => Promise<void>>
  /** Lines of a crontab, in UTC: what is enqueued by itself, once however many workers there are. */
  schedules: string[]
}

export type Worker = {
  /** Takes no new jobs, and resolves when those under way are done. */
  stop: () => Promise<void>
}

/** Jobs that one process does at the same time. */
const AT_ONCE = 4
/** One for the lock, one that listens, the rest for the queue. */
const CONNECTIONS = 4
/** Milliseconds between looks for jobs whose worker is gone, and how long a job must be held before it is asked about. */
const LOOK_EVERY = 5_000
const HELD_FOR = 5_000
/** Milliseconds until a worker that fell out, as when the database ends, begins anew. */
const BEGIN_AGAIN_AFTER = 2_000

/** Does jobs until it is stopped. While the database is away it waits for it. */
export function startWorker(jobs: Jobs): Worker {
  const stopping = new AbortController()
  const ended = keepWorking(jobs, stopping.signal)
  return {
    stop: () => {
      stopping.abort()
      return ended
    },
  }
}

async function keepWorking(jobs: Jobs, stopping: AbortSignal): Promise<void> {
  // One line when it begins and one when it is over, not one every two seconds between.
  let failing = false
  const begun = () => {
    if (failing) log().info('the worker works again')
    failing = false
  }
  while (!stopping.aborted) {
    try {
      await work(jobs, stopping, begun)
    } catch (error) {
      if (!failing) log().error({ err: error }, 'the worker fell out; it tries to begin again until it can')
      failing = true
    }
    await sleep(BEGIN_AGAIN_AFTER, undefined, { signal: stopping }).catch(() => {})
  }
}

/**
 * One run of the queue. Its worker is alive as long as a connection of its own holds a lock named after it; PostgreSQL gives
 * the lock back when the process is gone, however it went, and the next worker that looks frees the jobs it held
 * (docs/decisions/013).
 */
async function work(jobs: Jobs, stopping: AbortSignal, begun: () => void): Promise<void> {
  const pool = openPool()
  const ended = new AbortController()
  let lifeline: PoolClient | undefined
  try {
    lifeline = await pool.connect()
    const { runner, alive } = await runQueue(jobs, pool, lifeline)
    const stop = () => void stopRunner(runner)
    stopping.addEventListener('abort', stop, { signal: ended.signal })
    // Without its lock it may be taken for dead while it lives.
    lifeline.once('error', stop).once('end', stop)
    alive.then(begun, stop)
    if (stopping.aborted) stop()
    void lookForLostJobs(pool, ended.signal)
    await runner.promise
  } finally {
    ended.abort()
    lifeline?.release(true)
    await pool.end()
  }
}

async function runQueue(jobs: Jobs, pool: Pool, lifeline: PoolClient): Promise<{ runner: Runner; alive: Promise<unknown> }> {
  const events = new EventEmitter()
  const alive = new Promise((resolve, reject) => {
    events.once('pool:create', ({ workerPool }: { workerPool: WorkerPool }) => sayAlive(lifeline, workerPool.id).then(resolve, reject))
  })
  const runner = await run({
    pgPool: pool,
    taskList: jobs.tasks,
    crontab: jobs.schedules.join('\n'),
    concurrency: AT_ONCE,
    noHandleSignals: true,
    logger: new Logger(() => writeLog),
    events,
  })
  return { runner, alive }
}

function openPool(): Pool {
  const pool = new Pool({
    connectionString: env().DATABASE_URL,
    max: CONNECTIONS,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    application_name: 'perch worker',
  })
  // Else a lost connection ends the process.
  pool.on('error', (error) => log().warn({ err: error }, 'the worker lost a connection'))
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

function sayAlive(lifeline: PoolClient, workerId: string): Promise<unknown> {
  return lifeline.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [workerId])
}

async function stopRunner(runner: Runner): Promise<void> {
  // It rejects when it is stopping already.
  await runner.stop().catch(() => {})
}

/** A job that was just taken may be held by a worker whose lock is on its way. */
async function lookForLostJobs(pool: Pool, ended: AbortSignal): Promise<void> {
  while (!ended.aborted) {
    try {
      const { rows } = await pool.query<{ id: string }>(
        `WITH lost AS MATERIALIZED (
           SELECT id FROM (SELECT DISTINCT locked_by AS id FROM graphile_worker.jobs
             WHERE locked_at < now() - $1 * interval '1 ms') held
           WHERE pg_try_advisory_xact_lock(hashtextextended(id, 0))
         ), freed AS MATERIALIZED (
           SELECT graphile_worker.force_unlock_workers(array_agg(id)) FROM lost
         )
         SELECT id FROM lost, freed`,
        [HELD_FOR],
      )
      if (rows.length) log().warn({ workers: rows.length }, 'jobs of workers that are gone are done by others')
    } catch (error) {
      log().warn({ err: error }, 'jobs of workers that are gone could not be looked for')
    }
    await sleep(LOOK_EVERY, undefined, { signal: ended }).catch(() => {})
  }
}

/** Messages alone: what the queue hands over with them has the payload in it. */
function writeLog(level: string, message: string): void {
  if (level === 'error') log().error(message)
  else if (level === 'warning') log().warn(message)
  else log().debug(message)
}
