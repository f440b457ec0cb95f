import { parseArgs } from 'node:util'
import { type Evaluation, evaluate, missingSlugs, readAsked } from '#bench/evaluation.ts'
import { fine, table, whole } from '#bench/table.ts'
import { TECHNIQUES } from '#domain/similar/rules.ts'
import { disconnect } from '#lib/db.ts'

const usage = `Usage: npm run eval:similar -- FILE            how many of the questions that a file expects are found
       npm run eval:similar -- FILE --each     the same without each technique in turn, and without all of them
       npm run eval:similar -- FILE --missed   and names what was asked for in vain

FILE: YAML, or JSON Lines, of { query, expected: [slug …] }; with none expected, the right answer is silence.`

const { file, each, missed } = readArguments()
try {
  const set = await readAsked(file)
  const missing = await missingSlugs(set)
  if (missing.length) throw new Error(`this database has no question ${missing.slice(0, 3).join(', ')}${missing.length > 3 ? ' …' : ''}`)
  const found = await evaluate(set)
  const without = each ? [...TECHNIQUES.map((technique) => [technique]), [...TECHNIQUES]] : []
  const rows: [string, Evaluation][] = [['everything', found]]
  for (const gone of without) {
    const left = TECHNIQUES.filter((technique) => !gone.includes(technique))
    rows.push([left.length ? `without ${gone.join()}` : 'words alone', await evaluate(set, left)])
  }
  console.log(evaluationTable(rows))
  if (missed) for (const query of found.missed) console.log(`Missed: ${query}`)
  await disconnect()
} catch (error) {
  exit(`${file} could not be evaluated: ${error instanceof Error ? error.message : String(error)}`)
}

function evaluationTable(rows: [string, Evaluation][]): string {
  const [[, { asked, askedInVain }] = ['', { asked: 0, askedInVain: 0 }]] = rows
  return table(
    [
      `${whole(asked)} queries, and ${whole(askedInVain)} in vain`,
      'recall@1',
      'recall@5',
      'MRR',
      'silent where it should be',
      'p50 ms',
      'p99 ms',
    ],
    rows.map(([name, found]) => [
      name,
      ...[found.recallAt1, found.recallAt5, found.meanReciprocalRank, found.silent].map(share),
      fine(found.p50),
      fine(found.p99),
    ]),
  )
}

function share(of: number): string {
  return Number.isNaN(of) ? '-' : of.toFixed(3)
}

function readArguments(): { file: string; each: boolean; missed: boolean } {
  try {
    const flag = { type: 'boolean', default: false } as const
    const { values, positionals } = parseArgs({ options: { each: flag, missed: flag }, allowPositionals: true })
    const [file, ...more] = positionals
    return file && !more.length ? { ...values, file } : exit(usage)
  } catch {
    return exit(usage)
  }
}

function exit(message: string): never {
  console.error(message)
  process.exit(1)
}
