import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { databaseTrouble } from './database.ts'
import { keepUp } from './keep-up.ts'
import { isAlive, joinPostgres, type Postgres } from './postgres.ts'
import { ensureSameMajor, type Home, temporaryHome } from './postgres-home.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let home: Home
const held: Postgres[] = []
beforeEach(() => {
  home = temporaryHome()
})
afterEach(async () => {
  for (const one of held.splice(0)) await one.release()
  rmSync(home.folder, { recursive: true, force: true })
})

async function joins(): Promise<Postgres> {
  const postgres = await joinPostgres(home)
  held.push(postgres)
  return postgres
}

async function leave(postgres: Postgres): Promise<void> {
  held.splice(held.indexOf(postgres), 1)
  await postgres.release()
}

test('Ada and Ben share one server, and the last who leaves ends it and its temporary data', async () => {
  const [ada, ben] = await Promise.all([joins(), joins()])
  expect(ada.url).toBe(ben.url)
  const pid = serverPid()
  await leave(ada)
  expect(await answer(ben.url, 'SELECT 1 AS it')).toBe(1)
  await leave(ben)
  expect(isAlive(pid)).toBe(false)
  expect(existsSync(home.folder)).toBe(false)
})

test('it is for this machine and the password alone, and its user is no superuser', async () => {
  const { url } = await joins()
  expect(statSync(join(home.folder, 'password')).mode & 0o777).toBe(0o600)
  expect(await answer(url, 'SELECT rolsuper AS it FROM pg_roles WHERE rolname = current_user')).toBe(false)
  expect(await answer(url, `SELECT current_setting('listen_addresses') AS it`)).toBe('127.0.0.1')
  const wrong = url.replace(home.password, 'secret-guess')
  const trouble = await databaseTrouble(wrong)
  expect(trouble).toBe('The database of DATABASE_URL refuses the user or the password: password authentication failed for user "perch".')
  expect(trouble).not.toContain('secret-guess')
  expect(await databaseTrouble(url)).toBeUndefined()
  expect(await databaseTrouble(url.replace(/perch$/, 'not_there_yet'))).toBeUndefined()
})

test('what a crash left behind, with the number of a process that lives, does not keep it from starting', async () => {
  writeFileSync(join(home.folder, 'data/postmaster.pid'), `${process.pid}\n${home.folder}/data\n1\n5432\n\n127.0.0.1\n\nready\n`)
  const { url } = await joins()
  expect(await answer(url, 'SELECT 1 AS it')).toBe(1)
})

test('it comes back on the same port after it was killed, with all that was committed', async () => {
  home = { ...home, temporary: false }
  const before = await joins()
  await answer(before.url, 'CREATE TABLE kept AS SELECT 42 AS it')
  process.kill(serverPid(), 'SIGKILL')
  await vi.waitFor(() => expect(before.isUp()).toBe(false), { timeout: 10_000 })
  await leave(before)
  const after = await joins()
  expect(after.url).toBe(before.url)
  expect(await answer(after.url, 'SELECT it FROM kept')).toBe(42)
})

test('one that does not start again is tried until it does, and is let go of once', { timeout: 300_000 }, async () => {
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  home = { ...home, temporary: false }
  const before = await joinPostgres(home)
  const database = { ...before, builtIn: true }
  held.push(database)
  const end = new AbortController()
  let failed = 0
  const open = async () => {
    const postgres = await joinPostgres(home).catch((error: unknown) => {
      failed += 1
      throw error
    })
    return { ...postgres, builtIn: true }
  }
  const kept = keepUp(database, open, end.signal)
  const data = join(home.folder, 'data')
  const pid = serverPid()
  renameSync(data, `${data}.away`)
  process.kill(pid, 'SIGKILL')
  await vi.waitFor(() => expect(failed).toBeGreaterThan(0), { timeout: 120_000 })
  await database.release()
  renameSync(`${data}.away`, data)
  await vi.waitFor(() => expect(database.isUp()).toBe(true), { timeout: 120_000 })
  expect(await answer(before.url, 'SELECT 1 AS it')).toBe(1)
  end.abort()
  await kept
  expect(said.mock.calls.map(([line]) => line)).toContain('The database has stopped; starting it again\n')
  said.mockRestore()
})

test('data of another major version is told, with what to do', () => {
  const { binaries } = home
  expect(() => ensureSameMajor(home)).not.toThrow()
  const folder = join(home.folder, 'older')
  mkdirSync(join(folder, 'data'), { recursive: true })
  writeFileSync(join(folder, 'data/PG_VERSION'), '17\n')
  expect(() => ensureSameMajor({ folder, binaries })).toThrow(/is of PostgreSQL 17, and this checkout brings 18, .*npm run backup/)
})

function serverPid(): number {
  return Number(readFileSync(join(home.folder, 'data/postmaster.pid'), 'utf8').split('\n')[0])
}

async function answer(connectionString: string, query: string): Promise<unknown> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    return (await client.query<{ it: unknown }>(query)).rows[0]?.it
  } finally {
    await client.end()
  }
}
