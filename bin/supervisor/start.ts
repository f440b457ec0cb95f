import { logFile, start, toItsEnd, whenAborted } from './child.ts'
import { type Database, hasDemoAccounts, isEmpty, isMigrated, isToBeSetUp, migrate, migrateUnderNobody, openDatabase } from './database.ts'
import { commandEnvironment, type Environment, missingIn, showsMailsToOthers, wantsDemo } from './environment.ts'
import { build, generate, isBuilt, isGenerated } from './fresh.ts'
import { stopping } from './interrupt.ts'
import { keepUp } from './keep-up.ts'
import { Failure, say, step, talkingStep } from './say.ts'
import { servesThisBuild, servingElsewhere } from './serving.ts'
import { isTaken, type Site, startSite, untilItAnswers } from './site.ts'
import { type OnEnd, supervise } from './supervise.ts'

const dev = process.argv.includes('--dev')
const distDir = process.env.PERCH_DIST_DIR || '.next'

await supervise(async (onEnd) => {
  const missing = missingIn(process.env)
  if (missing.length) throw new Failure(`PERCH_MODE=${process.env.PERCH_MODE} needs what is not given: ${missing.join(', ')}.`)
  const database = await step(process.env.DATABASE_URL ? 'Reaching the database' : 'Starting the built-in database', () => openDatabase())
  onEnd(() => (database.builtIn ? step('Leaving the database', () => database.release()) : Promise.resolve()))
  const env: Environment = {
    ...commandEnvironment(database.url),
    NODE_ENV: dev ? 'development' : 'production',
    PERCH_DIST_DIR: distDir,
    ...(dev && { PERCH_DEV: '1' }),
  }
  if (!isGenerated()) await step('Generating the database client', () => generate(env))
  // First, for it needs no database: what cannot be built leaves the one that is there to the site of before.
  if (!dev && !isBuilt(distDir)) await buildUnderNobody(env)
  if (!(await isMigrated(database.url)))
    await step('Preparing the database', () => (database.builtIn ? migrateUnderNobody(env) : migrate(env)))
  if (wantsDemo(env) && (await isEmpty(database.url))) await talkingStep('Loading demo content', () => seed(env))
  const hasSignIns = await hasDemoAccounts(database.url)
  if (hasSignIns && env.PERCH_MODE !== 'local')
    throw new Failure('This database has demo accounts, and everybody knows their password: npm run demo:remove takes them away.')
  const site = await (dev ? talkingStep : step)('Starting the site', () => serve(env, onEnd))
  process.stdout.write(`\nPerch is at ${env.SITE_URL}\n`)
  if (hasSignIns) await toItsEnd(start(process.execPath, ['prisma/seed/sign-ins.ts'], 1, env))
  if (await isToBeSetUp(database.url)) await toItsEnd(start(process.execPath, ['cli/set-up-link.ts'], 1, env))
  if (showsMailsToOthers(env)) say('Whoever reaches it can read all mails at /dev/mail, and so sign in as anybody: it is in local mode.')
  say(dev ? 'Ctrl-C stops it.' : `Ctrl-C stops it. Its log is ${logFile(logOf(env))}`)
  return untilItEnds(site, database)
})

async function seed(env: Environment): Promise<void> {
  const code = await toItsEnd(start(process.execPath, ['prisma/seed/seed.ts'], 2, env))
  if (code !== 0) throw new Failure('The demo content could not be loaded; see above. DEMO=0 bin/start starts without it.')
}

async function buildUnderNobody(env: Environment): Promise<void> {
  const other = servingElsewhere()
  if (other)
    throw new Failure(`The sources have changed, and process ${other} still serves the last build from this folder: stop it first.`)
  await step('Building the site', () => build(distDir, env))
}

async function serve(env: Environment, onEnd: OnEnd): Promise<Site> {
  // Before anything is in our log: it is that of the start whose site is there.
  if (await isTaken(env)) throw new Failure(`Port ${env.PORT} is taken: end what listens there, or choose another with PORT=….`)
  if (!dev) onEnd(servesThisBuild())
  const site = startSite(logOf(env), env)
  onEnd(() => step('Stopping the site (Ctrl-C again to hurry)', site.stop))
  await untilItAnswers(site, env)
  return site
}

// Two starts from one folder listen on two ports.
function logOf({ PORT }: Environment): string {
  return `server-${PORT}`
}

async function untilItEnds(site: Site, database: Database): Promise<number> {
  const watch = new AbortController()
  const code = await Promise.race([site.ended, whenAborted(stopping), keepUp(database, openDatabase, watch.signal)])
  watch.abort()
  if (!stopping.aborted && typeof code === 'number') throw site.failure(code)
  return 0
}
