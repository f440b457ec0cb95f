import { type Db, db } from '#lib/db.ts'

/**
 * Puts a job in the queue with the caller's transaction: it is done after the commit, and never when that is rolled back.
 * `payload` is kept as JSON until the job is done. A job of a `key` that still waits is replaced by the new one.
 */
export async function enqueue(tx: Db, name: string, payload: object, options: { runAt?: Date; key?: string } = {}): Promise<void> {
  const { runAt = null, key = null } = options
  await tx.$executeRaw`
    SELECT graphile_worker.add_job(${name}, payload => ${JSON.stringify(payload)}::json, run_at => ${runAt}::timestamptz, job_key => ${key})`
}

/** Puts many jobs of one name in the queue, by one statement. Of two that wait the one with the lower `priority` is done first; else it is 0. */
export async function enqueueEach(tx: Db, name: string, payloads: object[], { priority }: { priority: number }): Promise<void> {
  await tx.$executeRaw`
    SELECT graphile_worker.add_jobs(ARRAY(
      SELECT ROW(${name}, payload, NULL, NULL, NULL, NULL, ${priority}::int, NULL)::graphile_worker.job_spec
      FROM json_array_elements(${JSON.stringify(payloads)}::json) payload))`
}

/** Milliseconds that a job stays in the queue after its last try failed. */
const FAILED_KEPT_FOR = 30 * 24 * 60 * 60 * 1000

/** Deletes jobs that nobody will try again. */
export async function forgetFailedJobs(now: Date): Promise<void> {
  const before = new Date(now.getTime() - FAILED_KEPT_FOR)
  await db().$executeRaw`
    SELECT graphile_worker.complete_jobs(ARRAY(
      SELECT id FROM graphile_worker.jobs WHERE attempts >= max_attempts AND locked_at IS NULL AND updated_at < ${before}))`
}
