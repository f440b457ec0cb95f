import { Logger, runOnce } from 'graphile-worker'
import { db } from '#lib/db.ts'
// The worker loads it with its first mail; in a test that would count as the test's own time.
import '#components/mail/write-mail.ts'
import { jobs } from '../jobs.ts'

/** Does what waits in the queue of this file's database, as a worker would, and answers the mails that this address has, newest first. */
export async function mailsTo(address: string) {
  await workThrough()
  return db().mail.findMany({ where: { to: address }, orderBy: [{ keptAt: 'desc' }, { id: 'desc' }] })
}

/** Does what waits in the queue of this file's database, and what comes of it, until nothing is left to be done now. */
export async function workThrough(): Promise<void> {
  await runOnce({
    connectionString: process.env.DATABASE_URL,
    maxPoolSize: 3,
    taskList: jobs.tasks,
    noHandleSignals: true,
    logger: new Logger(() => () => {}),
  })
}

/** Takes what waits in the queue under this name out of it, oldest first. */
export async function noticeJobs(name: 'announce' | 'notice-mail'): Promise<{ id: string }[]> {
  const jobs = await db().$queryRaw<{ id: string; payload: { id: string } }[]>`
    DELETE FROM graphile_worker._private_jobs j USING graphile_worker._private_tasks t
    WHERE t.id = j.task_id AND t.identifier = ${name} RETURNING j.id::text, j.payload`
  return jobs.toSorted((one, other) => Number(one.id) - Number(other.id)).map(({ payload }) => payload)
}
