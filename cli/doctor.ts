import { parseArgs } from 'node:util'
import { showProgress } from '#cli/progress.ts'
import { disconnect } from '#lib/db.ts'
import { withSession } from '#lib/db-session.ts'
import { examine, type Finding } from '#prisma/doctor/examine.ts'

const usage = `Usage: npm run doctor                     looks whether everything is as it should be, and changes nothing
       npm run doctor -- --repair          puts right what can be known to be right
       npm run doctor -- --all-texts       compares the HTML of every text with its Markdown, not of some`

const { repair, 'all-texts': allTexts } = readArguments()
const bar = showProgress({ looking: 'Looking  ', repairing: 'Repairing' })
try {
  const findings = await withSession((session) =>
    examine(session, { repair, allTexts }, (stage, done, total) => bar.tell({ stage, done, total })),
  )
  bar.stop()
  await disconnect()
  for (const finding of findings) console.log(said(finding))
  const left = findings.filter((finding) => finding.left > 0)
  if (!left.length) console.log(findings.length ? 'Everything is as it should be now.' : 'Everything is as it should be.')
  else {
    console.log(repair ? 'The rest is for you to look at.' : 'npm run doctor -- --repair puts right what can be known to be right.')
    process.exitCode = 1
  }
} catch (error) {
  bar.stop()
  exit(`It could not be looked at: ${error instanceof Error ? error.message : String(error)}`)
}

function said({ says, rows, samples, hint, left }: Finding): string {
  const some = rows > samples.length ? `${samples.join('; ')}; …` : samples.join('; ')
  const mended = left === 0 ? ' Repaired.' : repair && left < rows ? ` Repaired but for ${left}.` : ''
  return `${says} (${rows}): ${some}.${mended}${hint ? ` ${hint}` : ''}`
}

function readArguments() {
  try {
    const options = { repair: { type: 'boolean', default: false }, 'all-texts': { type: 'boolean', default: false } } as const
    return parseArgs({ options }).values
  } catch {
    return exit(usage)
  }
}

function exit(message: string): never {
  console.error(message)
  process.exit(1)
}
