import type { Db } from '#lib/db.ts'

/**
 * Puts a job in the queue with the caller's transaction: it is done after the commit, and never when that is rolled back.
 * `payload` is kept as JSON until the job is done. A job of a `key` that still waits is replaced by the new one.
 */
export async function enqueue(tx: Db, name: string, payload: object, options: { runAt?: Date; key?: string } = {}): Promise<void> {
  const { runAt = null, key = null } = options
  await tx.$executeRaw`
    SELECT graphile_worker.add_job(${name}, payload => ${JSON.stringify(payload)}::json, run_at => ${runAt}::timestamptz, job_key => ${key})`
}
