import { type Counted, count } from '#lib/count.ts'
import { withSession } from '#lib/db-session.ts'
import { hadDemo, type Kind } from '#prisma/seed/demo-rows.ts'
import { type Removed, removeDemo } from '#prisma/seed/remove.ts'

const words: [Kind, Counted][] = [
  ['Community', 'community'],
  ['Topic', 'topic'],
  ['Company', 'company'],
  ['Member', 'person'],
  ['Ama', 'AMA'],
  ['Question', 'question'],
  ['Answer', 'answer'],
]

if (process.argv.length > 2) exit('Usage: npm run demo:remove')
try {
  const removed = await withSession(async (session) => ((await hadDemo(session)) ? await removeDemo(session) : null))
  console.log(
    removed ? summary(removed) : 'Nothing was removed: this database has never had demo content, or had it before that was noted.',
  )
} catch (error) {
  exit(`Nothing was removed: ${error instanceof Error ? error.message : String(error)}`)
}

function summary({ gone, kept, accounts }: Removed): string {
  const went = [...say(gone), count(accounts, 'demo account')].filter((thing) => thing !== null)
  const stays = say(kept)
  const first = went.length ? `Removed ${went.join(', ')}.` : 'No demo content was left that could be removed.'
  return stays.length ? `${first}\nWhat people added rests on ${stays.join(', ')} of the demo content: that stays.` : first
}

function say(counts: Record<Kind, number>): string[] {
  return words.flatMap(([kind, word]) => count(counts[kind], word) ?? [])
}

function exit(message: string): never {
  console.error(message)
  process.exit(1)
}
