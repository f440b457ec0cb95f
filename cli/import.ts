import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { showProgress } from '#cli/progress.ts'
import { type Imported, importDocument } from '#domain/import/commands.ts'
import { count } from '#lib/count.ts'
import { Refusal } from '#lib/refusal.ts'

const usage = `Usage: npm run import -- FILE                  a document in the format perch/1
       npm run import -- FILE --same HANDLE    whom the file calls so is the very person who joined here under that handle`

const { file, same } = readArguments()

const size = await stat(file).then(
  (found) => (found.isFile() ? found.size : exit(`${file} is not a file.`)),
  () => exit(`${file} is not there.`),
)
const bar = showProgress({ reading: 'Reading  ', rendering: 'Rendering', merging: 'Merging  ' })
try {
  const imported = await importDocument({ open: () => createReadStream(file), bytes: size }, new Date(), bar.tell, undefined, same)
  bar.stop()
  console.log(summary(imported))
} catch (error) {
  bar.stop()
  if (error instanceof Refusal) exit(`${file} was refused, and nothing of it was kept:\n${error.message.replace(/^/gm, '  ')}`)
  exit(`${file} was not imported, and nothing of it was kept: ${error instanceof Error ? error.message : String(error)}`)
}

function readArguments(): { file: string; same: string[] } {
  try {
    const options = { same: { type: 'string', multiple: true } } as const
    const { values, positionals } = parseArgs({ options, allowPositionals: true })
    const [file, ...more] = positionals
    return file && !more.length ? { file, same: values.same ?? [] } : exit(usage)
  } catch {
    return exit(usage)
  }
}

function summary({ amas, questions, answers, people, gone, written }: Imported): string {
  const things = [count(people, 'person'), count(amas, 'AMA'), count(questions, 'question'), count(answers, 'answer')]
  const left = gone ? ` Left out is what belongs to ${count(gone, 'person')} who deleted the account here.` : ''
  const read = `Imported ${file}: ${things.filter((thing) => thing !== null).join(', ') || 'nothing is in it'}.${left}`
  return written ? read : `${read} All of it was here already; nothing has changed.`
}

function exit(message: string): never {
  console.error(message)
  process.exit(1)
}
