import { importDocument } from '#domain/import/commands.ts'
import { count } from '#lib/count.ts'
import { disconnect } from '#lib/db.ts'
import { withSession } from '#lib/db-session.ts'
import { env } from '#lib/env.ts'
import { openDemoAccounts } from '#prisma/seed/demo-people.ts'
import { hadDemo, recordDemo } from '#prisma/seed/demo-rows.ts'
import { openDemoWishes } from '#prisma/seed/demo-wishes.ts'
import { demoDocument } from '#prisma/seed/document.ts'

// Fills an empty database with the demo content, by the import that everybody else uses.
const isTaken = await withSession(async (session) => {
  const sql = 'SELECT FROM "Community" UNION ALL SELECT FROM "Member" UNION ALL SELECT FROM "Site" LIMIT 1'
  return (await session.query(sql)).rowCount !== 0 || (await hadDemo(session))
})
if (isTaken) console.log('Demo content: none, something is here already or was.')
else {
  const now = new Date()
  const document = Buffer.from(JSON.stringify(demoDocument(now)))
  async function* open() {
    yield document
  }
  const { people, amas, questions, answers } = await importDocument({ open, bytes: document.length }, now, undefined, recordDemo)
  console.log(
    `Demo content: ${count(people, 'person')}, ${count(amas, 'AMA')}, ${count(questions, 'question')}, ${count(answers, 'answer')}.`,
  )
  await openDemoWishes(now)
  // Their password is known to everybody, so only a site of this machine has them.
  if (env().PERCH_MODE === 'local') await openDemoAccounts(now)
  await disconnect()
}
