import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { root, state } from './place.ts'

/** Variables for a program. Next's types make NODE_ENV part of every NodeJS.ProcessEnv, which few programs of ours need. */
export type Environment = Record<string, string | undefined>

/** The environment of everything that we start: what was given to us, and a default for each thing that was not. */
export function commandEnvironment(databaseUrl: string, given: Environment = process.env): Environment {
  const port = given.PORT || '3000'
  const mode = given.PERCH_MODE || 'local'
  return {
    NEXT_TELEMETRY_DISABLED: '1',
    // Prisma would ask its maker for news and wait where there is no way out.
    CHECKPOINT_DISABLE: '1',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    ...given,
    PORT: port,
    HOST: given.HOST || '127.0.0.1',
    // An address that was forgotten would be in every mail and link, and no form would be taken from the right one.
    SITE_URL: given.SITE_URL || (forOthers(given) ? undefined : `http://localhost:${port}`),
    DATABASE_URL: databaseUrl,
    PERCH_MODE: mode,
    // Elsewhere than on this machine the secret is given, or the site refuses to start.
    PERCH_SECRET: given.PERCH_SECRET || (mode === 'local' ? localSecret() : undefined),
    PRISMA_SCHEMA_ENGINE_BINARY: join(root, 'prisma/schema-engine.mjs'),
    PATH: [dirname(process.execPath), join(root, 'node_modules/.bin'), given.PATH].join(delimiter),
  }
}

/** What has to be given, and is not, to a site for others; lib/env.ts looks at what is given. */
export function missingIn(given: Environment): string[] {
  return forOthers(given) ? ['SITE_URL', 'PERCH_SECRET', 'SMTP_URL'].filter((name) => !given[name]) : []
}

/** Whether an empty database is to be filled: a site of this machine unless it says no, a site for others when it says so. */
export function wantsDemo(given: Environment): boolean {
  return forOthers(given) ? given.DEMO === '1' : given.DEMO !== '0'
}

/** Whether others than this machine reach a site whose mails, with the codes to sign in, everybody reads. */
export function showsMailsToOthers({ PERCH_MODE, HOST, SMTP_URL }: Environment): boolean {
  return PERCH_MODE === 'local' && !SMTP_URL && !/^(localhost|127\.[\d.]+|::1)$/.test(HOST ?? '')
}

function forOthers({ PERCH_MODE }: Environment): boolean {
  return !['local', 'test'].includes(PERCH_MODE || 'local')
}

// Made once, so that what was signed or counted yesterday still holds today.
function localSecret(): string {
  const file = join(state, 'secret')
  if (!existsSync(file)) {
    mkdirSync(state, { recursive: true })
    writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 })
  }
  return readFileSync(file, 'utf8')
}
