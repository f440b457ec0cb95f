import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lastLines, logFile, plain, run, start, toItsEnd } from './child.ts'
import { anotherDatabase, migrate } from './database.ts'
import { commandEnvironment, type Environment } from './environment.ts'
import { build, generate, isBuilt, isGenerated } from './fresh.ts'
import { stopping } from './interrupt.ts'
import { joinPostgres, listenOnce } from './postgres.ts'
import { temporaryHome } from './postgres-home.ts'
import { Failure, say, step } from './say.ts'
import { startSite, untilItAnswers } from './site.ts'
import { type OnEnd, supervise } from './supervise.ts'
import { filesThatFailed, ofCheck, ofPlaywright, ofSecondTry, ofVitest, sum, type Tally, testsThatFailed } from './tally.ts'
import { browserTools } from './tools.ts'

const distDir = '.next-test'
// Playwright sets FORCE_COLOR for its workers, and Node warns in each of them when both are set.
const ownColours = process.stderr.isTTY ? {} : { NO_COLOR: undefined, FORCE_COLOR: '0' }
const secretOfTests = 'of the browser tests alone, and as long as a real one'

// With more files than these it is no accident.
const MOST_TRIED_AGAIN = 5

type Test = (run: Run) => Promise<Tally>
type Run = { env: Environment; reports: string; extra: string[]; onEnd: OnEnd }

const tests: Record<string, [title: string, test: Test]> = {
  lint: ['Format and lint', (r) => program(r.env, 'biome', ['check', '--error-on-warnings', '.'])],
  types: ['Types', types],
  unused: ['Code and packages that nobody uses', (r) => program(r.env, 'knip', [])],
  drift: ['Migrations make the schema', drift],
  unit: ['Tests', unit],
  build: ['Build', async (r) => (isBuilt(distDir) ? ofCheck(0) : counted(() => build(distDir, r.env)))],
  e2e: ['Browser tests', e2e],
}

await supervise(async (onEnd) => {
  const { names, extra } = chosen(process.argv.slice(2))
  const chromium = names.includes('e2e') ? await browserTools() : undefined
  const reports = mkdtempSync(join(tmpdir(), 'perch-reports-'))
  onEnd(async () => rmSync(reports, { recursive: true, force: true }))
  const postgres = await step('Starting a database', () => joinPostgres(temporaryHome()))
  onEnd(postgres.release)
  const given = { ...process.env, PERCH_MODE: 'test', PERCH_SECRET: secretOfTests, SITE_URL: undefined, PORT: undefined, HOST: undefined }
  const all = { ...commandEnvironment(postgres.url, given), PERCH_DIST_DIR: distDir, CHROMIUM_PATH: chromium }
  const env = process.stderr.isTTY ? all : plain(all)
  if (!isGenerated()) await step('Generating the database client', () => generate(env))
  const tallies: Tally[] = []
  for (const name of names) tallies.push(await told(name, { env, reports, extra, onEnd }))
  const { passed, failed } = sum(tallies)
  process.stdout.write(`${passed} passed, ${failed} failed\n`)
  return failed === 0 ? 0 : 1
})

function chosen(args: string[]): { names: string[]; extra: string[] } {
  const split = args.includes('--') ? args.indexOf('--') : args.length
  const names = args.slice(0, split)
  const unknown = names.find((name) => !(name in tests))
  if (unknown) throw new Failure(`There is no test step ${unknown}: choose among ${Object.keys(tests).join(', ')}.`)
  return { names: names.length ? names : Object.keys(tests), extra: args.slice(split + 1) }
}

// What fails is told, and the next one follows.
async function told(name: string, run: Run): Promise<Tally> {
  const [title, test] = tests[name] ?? ['', async () => ofCheck(1)]
  let tally = ofCheck(1)
  await step(title, async () => {
    tally = await test(run)
    if (tally.failed > 0) throw new Failure(`${title}: ${tally.failed} failed`)
  }).catch((error: unknown) => {
    stopping.throwIfAborted()
    say(error instanceof Failure ? error.message : String(error))
  })
  return tally
}

async function program(env: Environment, command: string, args: string[]): Promise<Tally> {
  return ofCheck(await toItsEnd(start(command, args, 2, env)))
}

async function counted(work: () => Promise<void>): Promise<Tally> {
  await work()
  return ofCheck(0)
}

// next-env.d.ts and the types of the routes are not in git.
async function types({ env }: Run): Promise<Tally> {
  await run('typegen', 'next', ['typegen'], env)
  return program(env, 'tsc', ['--noEmit', '-p', '.'])
}

// Prisma applies the migrations to an empty database of its own and compares.
async function drift({ env }: Run): Promise<Tally> {
  return program(env, 'prisma', [
    'migrate',
    'diff',
    '--from-migrations',
    'prisma/migrations',
    '--to-schema',
    'prisma/schema.prisma',
    '--exit-code',
  ])
}

// What failed is run once more, by itself: machines are shared. What passes only then is named, to be mended.
async function unit(given: Run): Promise<Tally> {
  const first = join(given.reports, 'vitest.json')
  const code = await vitest(given, first, given.extra)
  const files = filesThatFailed(first)
  if (!files.length || files.length > MOST_TRIED_AGAIN) return ofVitest(first, code)
  const second = join(given.reports, 'vitest-again.json')
  const tally = ofSecondTry(first, second, await vitest(given, second, [...files, '--no-file-parallelism']))
  const still = new Set(testsThatFailed(second))
  for (const name of testsThatFailed(first)) if (!still.has(name)) say(`Passed only when tried again: ${name}`)
  return tally
}

function vitest({ env }: Run, report: string, args: string[]): Promise<number> {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  return toItsEnd(start('vitest', ['run', ...reporters, ...args], 2, { ...env, NODE_ENV: 'test' }))
}

// One site on a database of its own, with the demo content, for all of them.
async function e2e({ env, reports, extra, onEnd }: Run): Promise<Tally> {
  if (!isBuilt(distDir)) await build(distDir, env)
  const port = String(await listenOnce(0))
  const DATABASE_URL = anotherDatabase(env.DATABASE_URL ?? '', 'perch_e2e')
  const siteEnv = { ...env, DATABASE_URL, PORT: port, SITE_URL: `http://localhost:${port}`, PROXY_HOPS: '1', NODE_ENV: 'production' }
  await migrate(siteEnv)
  await run('seed', process.execPath, ['prisma/seed/seed.ts'], siteEnv)
  rmSync(logFile('test-server'), { force: true })
  const site = startSite('test-server', siteEnv)
  onEnd(site.stop)
  await untilItAnswers(site, siteEnv)
  const report = join(reports, 'playwright.json')
  const playwright = start('playwright', ['test', ...extra], 2, {
    ...siteEnv,
    PERCH_E2E_REPORT: report,
    PERCH_E2E_LOG: logFile('test-server'),
    NODE_ENV: 'test',
    ...ownColours,
  })
  const tally = ofPlaywright(report, await toItsEnd(playwright))
  if (tally.failed) say(`The end of the site's log, ${logFile('test-server')}:\n${lastLines(logFile('test-server'), 15)}`)
  await site.stop()
  return tally
}
