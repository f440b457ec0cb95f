import { importDocument } from '#domain/import/commands.ts'
import { count } from '#lib/count.ts'
import { withSession } from '#lib/db-session.ts'
import { demoDocument } from '#prisma/seed/document.ts'

// Fills an empty database with the demo content, by the import that everybody else uses.
const { rows } = await withSession((session) => session.query('SELECT 1 FROM "Community" LIMIT 1'))
if (rows.length) console.log('Demo content: none, something is here already.')
else {
  const now = new Date()
  const document = Buffer.from(JSON.stringify(demoDocument(now)))
  async function* open() {
    yield document
  }
  const { people, amas, questions, answers } = await importDocument({ open, bytes: document.length }, now)
  console.log(
    `Demo content: ${count(people, 'person')}, ${count(amas, 'AMA')}, ${count(questions, 'question')}, ${count(answers, 'answer')}.`,
  )
}
