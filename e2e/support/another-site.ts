import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer, type NetConnectOpts, type Server, type Socket } from 'node:net'
import { promisify } from 'node:util'
import pg from 'pg'
import { parse } from 'pg-connection-string'
import { expect } from '#e2e/support/test.ts'
import { env } from '#lib/env.ts'

export type AnotherSite = {
  url: string
  /** The database is gone: nothing listens there, and its connections break. */
  stopDatabase: () => Promise<void>
  startDatabase: () => Promise<void>
  end: () => Promise<void>
}

/** A second server of the same build, whose database is that of the first behind a door of ours. */
export async function startAnotherSite(): Promise<AnotherSite> {
  const door = createDoor()
  const databasePort = await door.open(0)
  const port = await freePort()
  const url = `http://localhost:${port}`
  const server = startServer({ DATABASE_URL: throughDoor(databasePort), PORT: `${port}`, SITE_URL: url, LOG_LEVEL: 'silent' })
  await expect.poll(() => answers(`${url}/healthz`), { timeout: 30_000 }).toBe(true)
  return {
    url,
    stopDatabase: door.close,
    startDatabase: async () => void (await door.open(databasePort)),
    end: async () => {
      server.kill('SIGTERM')
      if (server.exitCode === null) await once(server, 'exit')
      await door.close()
    },
  }
}

export type EmptySite = {
  url: string
  /** What cli/set-up-link.ts says, as bin/start lets it after each start. */
  setUpLink: () => Promise<string>
  end: () => Promise<void>
}

/** A server of the same build on a database of its own, in which nobody has put anything. */
export async function startEmptySite(): Promise<EmptySite> {
  const name = `perch_empty_${process.pid}`
  await onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  await onServer(`CREATE DATABASE ${name}`)
  const database = new URL(env().DATABASE_URL)
  database.pathname = `/${name}`
  const port = await freePort()
  const url = `http://localhost:${port}`
  const given = { DATABASE_URL: database.href, PORT: `${port}`, SITE_URL: url, LOG_LEVEL: 'silent' }
  const run = promisify(execFile)
  await run('env', [...assignments(given), 'prisma', 'migrate', 'deploy'])
  const server = startServer(given)
  await expect.poll(() => answers(`${url}/healthz`), { timeout: 30_000 }).toBe(true)
  return {
    url,
    setUpLink: async () => (await run('env', [...assignments(given), process.execPath, 'cli/set-up-link.ts'])).stdout,
    end: async () => {
      server.kill('SIGTERM')
      if (server.exitCode === null) await once(server, 'exit')
      await onServer(`DROP DATABASE ${name} WITH (FORCE)`)
    },
  }
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: env().DATABASE_URL })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

// `env` changes what is said here, and hands down the rest of what bin/test gave.
function startServer(changed: Record<string, string>): ChildProcess {
  return spawn('env', [...assignments(changed), process.execPath, 'server.ts'], { stdio: 'ignore' })
}

function assignments(variables: Record<string, string>): string[] {
  return Object.entries(variables).map(([name, value]) => `${name}=${value}`)
}

function createDoor() {
  const through = new Set<Socket>()
  let server: Server | undefined
  const open = async (port: number): Promise<number> => {
    server = createServer((socket) => {
      const database = connect(databaseAddress())
      for (const end of [socket, database]) {
        through.add(end)
        end.on('error', () => end.destroy()).on('close', () => through.delete(end))
      }
      socket.pipe(database).pipe(socket)
    })
    await once(server.listen(port, '127.0.0.1'), 'listening')
    return portOf(server)
  }
  const close = async (): Promise<void> => {
    const closing = server && once(server, 'close')
    server?.close()
    server = undefined
    for (const socket of through) socket.destroy()
    await closing
  }
  return { open, close }
}

function databaseAddress(): NetConnectOpts {
  const { host, port } = parse(env().DATABASE_URL)
  if (host?.startsWith('/')) return { path: `${host}/.s.PGSQL.${port || 5432}` }
  return { host: host || '127.0.0.1', port: Number(port || 5432) }
}

function throughDoor(port: number): string {
  const url = new URL(env().DATABASE_URL)
  url.searchParams.delete('host')
  url.hostname = '127.0.0.1'
  url.port = `${port}`
  return url.href
}

async function freePort(): Promise<number> {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const port = portOf(server)
  server.close()
  return port
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  )
}
