import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { showProgress } from '#cli/progress.ts'
import { type Imported, importDocument } from '#domain/import/commands.ts'
import { count } from '#lib/count.ts'
import { Refusal } from '#lib/refusal.ts'

const [file, ...more] = process.argv.slice(2)
if (!file || more.length) exit('Usage: npm run import -- FILE   (a document in the format perch/1)')

const size = await stat(file).then(
  (found) => (found.isFile() ? found.size : exit(`${file} is not a file.`)),
  () => exit(`${file} is not there.`),
)
const bar = showProgress({ reading: 'Reading  ', rendering: 'Rendering', merging: 'Merging  ' })
try {
  const imported = await importDocument({ open: () => createReadStream(file), bytes: size }, new Date(), bar.tell)
  bar.stop()
  console.log(summary(imported))
} catch (error) {
  bar.stop()
  if (error instanceof Refusal) exit(`${file} was refused, and nothing of it was kept:\n${error.message.replace(/^/gm, '  ')}`)
  exit(`${file} was not imported, and nothing of it was kept: ${error instanceof Error ? error.message : String(error)}`)
}

function summary({ amas, questions, answers, people, written }: Imported): string {
  const things = [count(people, 'person'), count(amas, 'AMA'), count(questions, 'question'), count(answers, 'answer')]
  const read = `Imported ${file}: ${things.filter((thing) => thing !== null).join(', ') || 'nothing is in it'}.`
  return written ? read : `${read} All of it was here already; nothing has changed.`
}

function exit(message: string): never {
  console.error(message)
  process.exit(1)
}
