import { disconnect } from '#lib/db.ts'
import { chooseBuild, env } from '#lib/env.ts'
import { log } from '#lib/log.ts'
import { closeMail } from '#lib/mail.ts'
import { startWorker } from '#lib/worker.ts'

// The worker alone, in a process of its own; server.ts has one inside.
chooseBuild(env().PERCH_DEV)
const { jobs } = await import('./jobs.ts')
const worker = startWorker(jobs)
log().info('working')

let ending = false
const end = async (signal: string) => {
  if (ending) return
  ending = true
  log().info({ signal }, 'ending')
  setTimeout(() => process.exit(1), 30_000).unref()
  await worker.stop()
  closeMail()
  await disconnect()
  log().info('ended')
  process.exit(0)
}
process.on('SIGTERM', end)
process.on('SIGINT', end)
