import { closeSync, openSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Child, lastLines, logFile, start, toItsEnd, whenAborted } from './child.ts'
import { type Database, isEmpty, isMigrated, migrate, useDatabase } from './database.ts'
import { commandEnvironment, type Environment } from './environment.ts'
import { build, generate, isBuilt, isGenerated } from './fresh.ts'
import { stopping } from './interrupt.ts'
import { servesThisBuild, servingElsewhere } from './serving.ts'
import { Failure, say, step, talkingStep } from './say.ts'
import { supervise } from './supervise.ts'

const dev = process.argv.includes('--dev')
const distDir = '.next'
// server.ts gives what is in flight 30 seconds.
const drainPatience = 35_000

await supervise(async (onEnd) => {
  const database = await step(process.env.DATABASE_URL ? 'Reaching the database' : 'Starting the database', () => useDatabase())
  onEnd(() => step('Leaving the database', () => database.release()))
  const env: Environment = { ...commandEnvironment(database.url), NODE_ENV: dev ? 'development' : 'production', ...(dev && { PERCH_DEV: '1' }) }
  if (!isGenerated()) await step('Generating the database client', () => generate(env))
  if (!(await isMigrated(database.url))) await step('Preparing the database', () => migrate(env))
  if (process.env.DEMO !== '0' && (await isEmpty(database.url))) await talkingStep('Loading demo content', () => seed(env))
  if (!dev && !isBuilt(distDir)) await buildUnderNobody(env)
  const site = await step('Starting the site', () => serve(env, onEnd))
  process.stdout.write(`\nPerch is at ${env.SITE_URL}\n`)
  say(`Ctrl-C stops it. Its log is ${logFile('server')}`)
  return untilItEnds(site, database)
})

async function seed(env: Environment): Promise<void> {
  const code = await toItsEnd(start(process.execPath, ['prisma/seed/seed.ts'], 2, env))
  if (code !== 0) throw new Failure('The demo content could not be loaded; see above. DEMO=0 bin/start starts without it.')
}

async function buildUnderNobody(env: Environment): Promise<void> {
  const other = servingElsewhere()
  if (other) throw new Failure(`The sources have changed, and process ${other} still serves the last build from this folder: stop it first.`)
  await step('Building the site', () => build(distDir, env))
}

async function serve(env: Environment, onEnd: (end: () => Promise<void>) => void): Promise<Child> {
  const log = openSync(logFile('server'), 'w', 0o600)
  const site = start(process.execPath, ['server.ts'], dev ? 2 : log, env)
  closeSync(log)
  if (!dev) onEnd(servesThisBuild())
  onEnd(() => step('Stopping the site (Ctrl-C again to hurry)', () => site.stop(drainPatience)))
  const answered = await Promise.race([site.ended, whenAborted(stopping), untilItAnswers(env)])
  stopping.throwIfAborted()
  if (typeof answered === 'number') throw ended(answered)
  return site
}

async function untilItAnswers({ HOST, PORT }: Environment): Promise<'answers'> {
  const host = HOST === '0.0.0.0' ? '127.0.0.1' : HOST === '::' ? '[::1]' : HOST?.includes(':') ? `[${HOST}]` : HOST
  for (const deadline = Date.now() + 60_000; Date.now() < deadline && !stopping.aborted; await sleep(50)) {
    const answer = await fetch(`http://${host}:${PORT}/`, { redirect: 'manual', signal: AbortSignal.timeout(20_000) }).catch(() => null)
    await answer?.body?.cancel()
    if (answer) return 'answers'
  }
  throw new Failure(`The site does not answer within a minute; its log is ${logFile('server')}`)
}

async function untilItEnds(site: Child, database: Database): Promise<number> {
  const watch = new AbortController()
  const over = await Promise.race([site.ended, whenAborted(stopping), keep(database, watch.signal)])
  watch.abort()
  if (stopping.aborted) return 0
  throw ended(typeof over === 'number' ? over : 1)
}

// The site answers from its cache while the built-in database is away; it comes back on the same port.
async function keep(database: Database, signal: AbortSignal): Promise<void> {
  for (;;) {
    await sleep(1_000, undefined, { signal }).catch(() => {})
    if (signal.aborted || stopping.aborted) return whenAborted(stopping)
    if (database.isUp()) continue
    say('The database has stopped; starting it again')
    await database.release()
    const again = await useDatabase()
    const moved = again.url !== database.url
    Object.assign(database, again)
    if (moved) throw new Failure('The port of the built-in database was taken while it was away: start again.')
  }
}

function ended(code: number): Failure {
  return new Failure(`The site has ended by itself (exit code ${code})${dev ? '; see above.' : `. The end of its log, ${logFile('server')}:\n${lastLines(logFile('server'), 15)}`}`)
}
