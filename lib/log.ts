import { type DestinationStream, type Logger, pino } from 'pino'
import { env } from '#lib/env.ts'

export type { Logger } from 'pino'

// Next bundles pages and route handlers apart from server.ts; all of them write through this one.
const held = globalThis as { [key: symbol]: Logger | undefined }
const key = Symbol.for('perch.log')

/** The process's one logger: JSON lines on stdout. */
export function log(): Logger {
  held[key] ??= createLog(env().LOG_LEVEL)
  return held[key]
}

/** A logger that writes none of the things that no log may hold: secrets, sign-ins, what people typed, where they are. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    redact: { paths: secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[hidden]' },
  }
  return destination ? pino(options, destination) : pino(options)
}

const secrets = [
  'authorization',
  'cookie',
  '["set-cookie"]',
  'password',
  'secret',
  'token',
  'email',
  'ip',
  'remoteAddress',
  '["x-forwarded-for"]',
  '["x-real-ip"]',
  'body',
  'DATABASE_URL',
  'PERCH_SECRET',
]
