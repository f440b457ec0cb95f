import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import type { Environment } from './environment.ts'
import { hurrying, stopping } from './interrupt.ts'
import { root, state } from './place.ts'
import { Failure } from './say.ts'

export type Child = {
  /** Settles once, with the exit code (128 + n after signal n, 127 when it could not be started). */
  ended: Promise<number>
  /** Asks it to end, and makes it end after `patience` milliseconds or when the person hurries. Waits until it has. */
  stop: (patience: number) => Promise<void>
}

/**
 * Starts a program in a process group of its own: Ctrl-C reaches us alone, and we say who stops when. What it prints goes
 * to `output`, a descriptor.
 */
export function start(command: string, args: string[], output: number, env: Environment): Child {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', output, output], detached: true, env: env as NodeJS.ProcessEnv })
  const ended = exitCode(child)
  return { ended, stop: (patience) => stopGroup(child, ended, patience) }
}

/**
 * Runs a program to its end, its output kept in .perch/logs/NAME.log. Throws a Failure with the output's last lines when it
 * fails, Interrupted when the person stopped us meanwhile (and it).
 */
export async function run(name: string, command: string, args: string[], env: Environment): Promise<void> {
  const log = logFile(name)
  const output = openSync(log, 'w', 0o600)
  const code = await toItsEnd(start(command, args, output, plain(env)))
  closeSync(output)
  if (code !== 0) throw new Failure(`${name} failed (exit code ${code}):\n${lastLines(log, 40)}`)
}

/** Waits for the child's end and answers its exit code; when the person stops us meanwhile: stops it and throws Interrupted. */
export async function toItsEnd(child: Child): Promise<number> {
  const stopped = whenAborted(stopping)
  const first = await Promise.race([child.ended, stopped.then(() => 'stopped' as const)])
  if (first !== 'stopped') return first
  await child.stop(5_000)
  throw stopping.reason
}

export function logFile(name: string): string {
  const folder = join(state, 'logs')
  mkdirSync(folder, { recursive: true })
  return join(folder, `${name}.log`)
}

export function lastLines(file: string, count: number): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n')
}

export function whenAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}

/** Programs that talk to a file or a pipe need no colours. */
export function plain(env: Environment): Environment {
  return { ...env, NO_COLOR: '1', FORCE_COLOR: undefined }
}

/** The exit code as a shell gives it. */
export function exitCode(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.on('error', () => resolve(127))
    child.on('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)))
  })
}

// The whole group, since a build has workers of its own.
async function stopGroup(child: ChildProcess, ended: Promise<number>, patience: number): Promise<void> {
  signalGroup(child, 'SIGTERM')
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), patience)
  const hurried = () => signalGroup(child, 'SIGKILL')
  if (hurrying.aborted) hurried()
  hurrying.addEventListener('abort', hurried)
  await ended
  hurrying.removeEventListener('abort', hurried)
  clearTimeout(timer)
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  try {
    process.kill(-child.pid, signal)
  } catch {
    // It has just ended.
  }
}
