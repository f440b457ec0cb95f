import { spawn } from 'node:child_process'
import { closeSync, constants, existsSync, openSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { exitCode, lastLines } from './child.ts'
import { stopping } from './interrupt.ts'
import { type Home, serverEnvironment } from './postgres-home.ts'
import { Failure } from './say.ts'

// The built-in PostgreSQL belongs to nobody in particular. Everyone who uses it (bin/start, an import beside it, a second
// bin/start) holds the writing end of one named pipe, and a small shell script beside the server reads the other end: when
// the last writer has let go, however it ended, the script stops the server. So it never stops under someone who still
// uses it (the site drains first), and never stays behind, even after kill -9. Script and server have a session of their
// own, since Ctrl-C goes to everything in the terminal's.
const keeper = `
home=$1 remove=$2
shift 2
[ -p "$home/users" ] || mkfifo -m 600 "$home/users" || exit
"$@" &
server=$!
{ while read -r _; do :; done; while kill -INT "$server" 2>/dev/null; do sleep 1; done; } <"$home/users" &
reader=$!
wait "$server"
code=$?
kill "$reader" 2>/dev/null
[ "$remove$code" = remove0 ] && rm -rf "$home"
exit "$code"
`

export type Postgres = {
  /** postgresql://perch:…@127.0.0.1:PORT/perch */
  url: string
  /** Whether the server is still there. */
  isUp: () => boolean
  /** Lets go of it, and waits for its end when nobody else holds it. */
  release: () => Promise<void>
}

/** Joins those who use the server of `home`, starting it when it is not running. Throws a Failure when it does not start. */
export async function joinPostgres(home: Home): Promise<Postgres> {
  for (let starts = 0; starts < 5; await sleep(50)) {
    stopping.throwIfAborted()
    let pipe = hold(home)
    if (pipe === null && mayLaunch(home)) {
      starts++
      pipe = await launch(home).finally(() => rmSync(launching(home), { force: true }))
    }
    if (pipe === null) continue
    if (await isReady(home)) return using(home, pipe)
    closeSync(pipe)
  }
  throw new Failure(`The built-in PostgreSQL does not start. The end of its log, ${home.log}:\n${logEnd(home)}`)
}

function using(home: Home, pipe: number): Postgres {
  const port = serverState(home)?.port
  return {
    url: `postgresql://perch:${home.password}@127.0.0.1:${port}/perch`,
    isUp: () => hasReader(home) && serverState(home)?.port === port,
    release: async () => {
      const pid = serverState(home)?.pid
      closeSync(pipe)
      // The script needs a moment to see that the pipe is closed; a server that goes on has other users.
      for (let waited = 0; pid && isAlive(pid); waited += 20) {
        const status = serverState(home)?.status
        if (waited > 500 && status !== 'stopping') return
        await sleep(20)
      }
      for (let waited = 0; home.temporary && existsSync(home.folder) && waited < 5_000; waited += 20) await sleep(20)
    },
  }
}

// Without a reader there is no server. The descriptor is not passed on to children.
function hold(home: Home): number | null {
  try {
    return openSync(join(home.folder, 'users'), constants.O_WRONLY | constants.O_NONBLOCK)
  } catch {
    return null
  }
}

function hasReader(home: Home): boolean {
  const pipe = hold(home)
  if (pipe !== null) closeSync(pipe)
  return pipe !== null
}

// A server that recovers from a crash may take its time. One that stops is not ours: the caller tries again.
async function isReady(home: Home): Promise<boolean> {
  while (hasReader(home)) {
    const server = serverState(home)
    if (server?.status === 'stopping') return false
    // Asked again after a moment: the pipe may have been taken in the very moment in which the last user left.
    if (server?.status === 'ready' && isAlive(server.pid))
      return sleep(10).then(() => hasReader(home) && serverState(home)?.status === 'ready')
    stopping.throwIfAborted()
    await sleep(20)
  }
  return false
}

// One at a time: two servers would fight over the data, and one would be taken for a left one.
function mayLaunch(home: Home): boolean {
  try {
    writeFileSync(launching(home), `${process.pid}`, { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const since = statSync(launching(home), { throwIfNoEntry: false })?.mtimeMs ?? Date.now()
  if (!isAlive(launcher(home)) || Date.now() - since > 120_000) rmSync(launching(home), { force: true })
  return false
}

function launching(home: Home): string {
  return join(home.folder, 'launching')
}

// Its number is not in the file yet for a moment, or the file is gone: then it is taken for alive.
function launcher(home: Home): number {
  try {
    return Number(readFileSync(launching(home), 'utf8')) || process.pid
  } catch {
    return process.pid
  }
}

// Answers the pipe, held from the first moment: opened and closed again it would end what it has just started.
async function launch(home: Home): Promise<number | null> {
  await endOrphan(home)
  const port = await freePort(home)
  writeFileSync(join(home.folder, 'port'), `${port}`)
  const log = openSync(home.log, 'w', 0o600)
  const server = [join(home.binaries, 'bin/postgres'), '-D', join(home.folder, 'data'), ...settings(home, port)]
  const keeperArgs = ['-c', keeper, 'perch-postgres', home.folder, home.temporary ? 'remove' : 'keep', ...server]
  const child = spawn('/bin/sh', keeperArgs, {
    cwd: '/',
    detached: true,
    stdio: ['ignore', log, log],
    env: serverEnvironment as NodeJS.ProcessEnv,
    ...home.user,
  })
  closeSync(log)
  child.unref()
  let ended = false
  exitCode(child).then(() => {
    ended = true
  })
  for (;;) {
    const pipe = hold(home)
    if (pipe !== null || ended) return pipe
    await sleep(10)
  }
}

function logEnd(home: Home): string {
  return existsSync(home.log) ? lastLines(home.log, 15) : '(there is none)'
}

function settings(home: Home, port: number): string[] {
  const memory = home.temporary ? 256 : quarterOfMemory()
  const common = {
    port,
    listen_addresses: '127.0.0.1',
    // None: their paths may have 107 bytes at most, and a checkout's is longer soon.
    unix_socket_directories: '',
    // Several processes of the site, and all that its tests start side by side.
    max_connections: 300,
    shared_buffers: `${memory}MB`,
    // What PostgreSQL and the system keep of it together.
    effective_cache_size: `${4 * memory}MB`,
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    max_wal_size: '2GB',
    random_page_cost: 1.1,
    // Compiling costs more than any of our queries.
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
  }
  // A test's data need not outlive the power supply.
  const wanted = home.temporary
    ? { ...common, fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }
    : { ...common, synchronous_commit: 'on' }
  return Object.entries(wanted).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** Megabytes: what a search among a million questions goes through stays in memory where there is enough. At most 2048. */
function quarterOfMemory(): number {
  const bytes = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY)
  return Math.min(2048, Math.max(128, Math.floor(bytes / 4 / 2 ** 20)))
}

/** A server's own port comes first, so that an address somebody has noted goes on working. */
async function freePort(home: Home): Promise<number> {
  const last = join(home.folder, 'port')
  const wanted = existsSync(last) ? Number(readFileSync(last, 'utf8')) : 0
  return (await listenOnce(wanted)) ?? (await listenOnce(0)) ?? wanted
}

/** A port of 127.0.0.1 on which nobody listens: `wanted`, or any when that is 0. Undefined when it is taken. */
export function listenOnce(wanted: number): Promise<number | undefined> {
  const server = createServer()
  return new Promise((resolve) => {
    server.on('error', () => resolve(undefined))
    server.listen(wanted, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined))
    })
  })
}

type ServerState = { pid: number; port: number; status: string }

// postmaster.pid: process, folder, start time, port, socket folder, address, shared memory, status; a line each.
function serverState(home: Home): ServerState | undefined {
  try {
    const lines = readFileSync(join(home.folder, 'data/postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(lines[0]), port: Number(lines[3]), status: (lines[7] ?? '').trim() }
  } catch {
    return undefined
  }
}

// postmaster.pid without a reader of the pipe: left by a crash. The number may meanwhile be another process's, for which
// PostgreSQL would refuse to start; or the server lives on and its script is gone.
async function endOrphan(home: Home): Promise<void> {
  const left = serverState(home)
  if (!left) return
  for (let waited = 0; isAlive(left.pid) && isPostgresOf(home, left.pid); waited += 100) {
    if (waited > 60_000)
      throw new Failure(`A PostgreSQL (process ${left.pid}) still runs on ${home.folder} and does not stop: end it, then try again.`)
    if (waited % 1_000 === 0) process.kill(left.pid, 'SIGINT')
    await sleep(100)
  }
  rmSync(join(home.folder, 'data/postmaster.pid'), { force: true })
}

function isPostgresOf(home: Home, pid: number): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === join(home.folder, 'data')
  } catch {
    // Without /proc, or another user's process: PostgreSQL itself decides.
    return existsSync('/proc/self') ? false : isAlive(pid)
  }
}

/** Whether there is a process of this number, whoever's. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
