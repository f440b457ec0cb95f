import { parseArgs } from 'node:util'
import { SingleBar } from 'cli-progress'
import { count } from '#lib/count.ts'
import { withSession } from '#lib/db-session.ts'
import { env } from '#lib/env.ts'
import { scale } from '#prisma/seed/scale/scale.ts'

const usage = 'Usage: npm run demo:scale -- --questions 100000 [--alone] [--yes]'

const { questions, alone, yes } = readArguments()
if (env().PERCH_MODE === 'production' && !yes) {
  exit('This site runs in production: demo:scale would fill its database with made-up content. Say --yes if that is what you want.')
}
const bar = process.stdout.isTTY
  ? new SingleBar({ format: 'Writing {bar} {value} of {total} questions', hideCursor: true, linewrap: false })
  : null
const startedAt = performance.now()
bar?.start(questions, 0)
try {
  await withSession((session) => scale(session, questions, { alone, tell: (done) => bar?.update(done) }))
  bar?.stop()
  const seconds = Math.round((performance.now() - startedAt) / 1_000)
  console.log(`Added ${count(questions, 'question')} with their answers, AMAs and people in ${seconds} s.`)
} catch (error) {
  bar?.stop()
  exit(`Nothing was added: ${error instanceof Error ? error.message : String(error)}`)
}

function readArguments(): { questions: number; alone: boolean; yes: boolean } {
  try {
    const flag = { type: 'boolean', default: false } as const
    const { values } = parseArgs({ options: { questions: { type: 'string' }, alone: flag, yes: flag } })
    const questions = Number(values.questions)
    if (!Number.isInteger(questions) || questions < 1 || questions > 100_000_000) exit(usage)
    return { questions, alone: values.alone, yes: values.yes }
  } catch {
    return exit(usage)
  }
}

function exit(message: string): never {
  console.error(message)
  process.exit(1)
}
