import { closeSync, copyFileSync, openSync, statSync, truncateSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Child, lastLines, logFile, start, whenAborted } from './child.ts'
import type { Environment } from './environment.ts'
import { stopping } from './interrupt.ts'
import { Failure, say } from './say.ts'

export type Site = {
  ended: Promise<number>
  /** Lets it finish what is in flight, half a minute at most. */
  stop: () => Promise<void>
  /** Why it ended, when it ended by itself with this exit code. */
  failure: (code: number) => Failure
}

const LOG_BYTES = 64 * 1024 * 1024

/** Starts server.ts on HOST and PORT of `env`, its log at the end of .perch/logs/NAME.log; with hot reload its output is ours. */
export function startSite(name: string, env: Environment): Site {
  const file = logFile(name)
  turnLog(file)
  const log = openSync(file, 'a', 0o600)
  const child: Child = start(process.execPath, ['server.ts'], env.PERCH_DEV ? 2 : log, env)
  closeSync(log)
  const turning = setInterval(() => turnLog(file), 60_000)
  void child.ended.then(() => clearInterval(turning))
  const end = env.PERCH_DEV ? '; see above.' : `. The end of its log, ${file}:\n`
  return {
    ended: child.ended,
    // server.ts gives what is in flight 30 seconds.
    stop: () => child.stop(35_000),
    failure: (code) => new Failure(`The site has ended by itself (exit code ${code})${end}${env.PERCH_DEV ? '' : lastLines(file, 15)}`),
  }
}

/** Puts a log of more than `most` bytes under NAME.log.1, in place of the one before it. Who appends to it goes on from its beginning. */
export function turnLog(file: string, most = LOG_BYTES): void {
  try {
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
    if (size <= most) return
    copyFileSync(file, `${file}.1`)
    truncateSync(file)
  } catch (error) {
    say(`The log ${file} is large and cannot be put aside: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** Whether somebody listens already where the site of `env` would. */
export async function isTaken({ HOST = '127.0.0.1', PORT }: Environment): Promise<boolean> {
  const server = createServer()
  const taken = new Promise<boolean>((resolve) => {
    server.on('error', ({ code }: NodeJS.ErrnoException) => resolve(code === 'EADDRINUSE'))
    server.listen({ host: HOST, port: Number(PORT) || 0 }, () => server.close(() => resolve(false)))
  })
  // What else is wrong with HOST and PORT server.ts says.
  return taken.catch(() => false)
}

/** Waits until the site answers. Throws a Failure when it ends instead or takes longer than a minute. */
export async function untilItAnswers(site: Site, env: Environment): Promise<void> {
  const answer = await Promise.race([site.ended, whenAborted(stopping), askAgainAndAgain(localAddress(env))])
  stopping.throwIfAborted()
  if (typeof answer === 'number') throw site.failure(answer)
  if (!answer) throw new Failure('The site does not answer within a minute; its log is in .perch/logs.')
}

async function askAgainAndAgain(address: string): Promise<boolean> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline && !stopping.aborted; await sleep(50)) {
    const answer = await fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(20_000) }).catch(() => null)
    await answer?.body?.cancel()
    if (answer) return true
  }
  return false
}

/** Where a site that listens on HOST and PORT is reached from this machine. */
export function localAddress({ HOST = '127.0.0.1', PORT }: Environment): string {
  const host = HOST === '0.0.0.0' ? '127.0.0.1' : HOST === '::' ? '::1' : HOST
  return `http://${host.includes(':') ? `[${host}]` : host}:${PORT}/`
}
