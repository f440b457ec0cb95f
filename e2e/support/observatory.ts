import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'

const SCANNER = 'node_modules/@mdn/mdn-http-observatory'
const PRELOADED = `${SCANNER}/conf/hsts-preload.json`

/** What the scanner says: of 100 points with what it adds and takes, and which of its tests a page did not pass. */
type Observed = { score: number; points: Record<string, number>; failed: string[] }

/** Has MDN's HTTP Observatory look at a page of https, whose certificate is in that file. */
export async function observe(url: string, certificate: string): Promise<Observed> {
  // The sites that browsers know to be of https alone, which its installation would download. This one is not among them.
  if (!existsSync(PRELOADED)) await writeFile(PRELOADED, '{}')
  const trusting = `NODE_EXTRA_CA_CERTS=${certificate}`
  const { stdout } = await promisify(execFile)('env', [trusting, process.execPath, `${SCANNER}/src/scan.js`, url.replace('https://', '')])
  const { scan, tests }: Report = JSON.parse(stdout)
  const all = Object.entries(tests)
  return {
    score: scan.score,
    points: Object.fromEntries(all.flatMap(([name, { scoreModifier }]) => (scoreModifier ? [[name, scoreModifier]] : []))),
    failed: all.flatMap(([name, { pass, result }]) => (pass ? [] : [`${name}: ${result}`])),
  }
}

type Report = { scan: { score: number }; tests: Record<string, { pass: boolean; result: string; scoreModifier: number }> }
