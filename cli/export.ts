import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { showProgress } from '#cli/progress.ts'
import { exportedText } from '#domain/export/text.ts'
import { withSession } from '#lib/db-session.ts'
import { writeWhole } from '#lib/whole-file.ts'

const [file, ...more] = process.argv.slice(2)
if (!file || more.length) exit('Usage: npm run export -- FILE   (a document in the format perch/1; - writes it to standard output)')
const isDirectory = await stat(file).then(
  (found) => found.isDirectory(),
  () => false,
)
if (isDirectory) exit(`${file} is a directory. Name a file in it.`)

const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stopping.abort(new Error('it was stopped')))

if (file === '-') await withSession((session) => pipeline(exportedText(session), process.stdout, { end: false })).catch(fail)
else {
  const bar = showProgress({ writing: 'Writing' })
  const startedAt = performance.now()
  await withSession((session) => writeWhole(file, exportedText(session, bar.tell), stopping.signal))
    .finally(() => bar.stop())
    .catch(fail)
  const megabytes = ((await stat(file)).size / 1e6).toFixed(1)
  console.log(`Wrote ${file}: what everybody can read here, ${megabytes} MB, ${Math.round((performance.now() - startedAt) / 1_000)} s.`)
}

function fail(error: unknown): never {
  const trouble = stopping.signal.aborted ? 'it was stopped' : error instanceof Error ? error.message : String(error)
  exit(`${file} was not written: ${trouble}`)
}

function exit(message: string): never {
  console.error(message)
  process.exit(1)
}
