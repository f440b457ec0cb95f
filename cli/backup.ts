import { stat } from 'node:fs/promises'
import { showProgress } from '#cli/progress.ts'
import { writeBackup } from '#lib/backup/backup.ts'
import { withSession } from '#lib/db-session.ts'
import { Refusal } from '#lib/refusal.ts'

const [file, ...more] = process.argv.slice(2)
if (!file || more.length) exit('Usage: npm run backup -- FILE')

const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stopping.abort(new Error('it was stopped')))
const bar = showProgress({ reading: 'Reading' })
const startedAt = performance.now()
try {
  const { contents } = await withSession((session) => writeBackup(session, file, bar.tell, stopping.signal))
  bar.stop()
  const rows = Object.values(contents).reduce((sum, tally) => sum + tally.rows, 0)
  const megabytes = ((await stat(file)).size / 1e6).toFixed(1)
  const seconds = Math.round((performance.now() - startedAt) / 1_000)
  console.log(`Wrote ${file}: ${rows.toLocaleString('en-US')} rows in ${megabytes} MB, ${seconds} s. Whoever has it has all of the site.`)
} catch (error) {
  bar.stop()
  const trouble = stopping.signal.aborted ? 'it was stopped' : error instanceof Error ? error.message : String(error)
  exit(error instanceof Refusal ? `${file} was not written. ${trouble}` : `${file} was not written: ${trouble}`)
}

function exit(message: string): never {
  console.error(message)
  process.exit(1)
}
