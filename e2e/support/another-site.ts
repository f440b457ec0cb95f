import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer, type NetConnectOpts, type Server, type Socket } from 'node:net'
import { parse } from 'pg-connection-string'
import { expect } from '#e2e/support/test.ts'
import { env } from '#lib/env.ts'

export type AnotherSite = {
  url: string
  /** The database is gone: nothing listens there, and its connections break. */
  stopDatabase: () => Promise<void>
  startDatabase: () => Promise<void>
  /** The database takes connections and says nothing more, until it goes on with all of it. */
  stallDatabase: () => void
  resumeDatabase: () => void
  end: () => Promise<void>
}

/** A second server of the same build, with these variables, whose database is that of the first behind a door of ours. */
export async function startAnotherSite(changed: Record<string, string> = {}): Promise<AnotherSite> {
  const door = createDoor()
  const databasePort = await door.open(0)
  const port = await freePort()
  const url = `http://localhost:${port}`
  const server = await startServer(port, { DATABASE_URL: throughDoor(databasePort), SITE_URL: url, ...changed })
  return {
    url,
    stopDatabase: door.close,
    startDatabase: async () => void (await door.open(databasePort)),
    stallDatabase: door.stall,
    resumeDatabase: door.resume,
    end: async () => {
      door.resume()
      await server.end()
      await door.close()
    },
  }
}

/** A server of the build under test, with these variables and else those that bin/test gave, once it answers. */
export async function startServer(port: number, changed: Record<string, string>): Promise<Program> {
  const server = startProgram('server.ts', { PORT: `${port}`, ...changed })
  await expect.poll(() => answers(`http://localhost:${port}/healthz`), { timeout: 90_000 }).toBe(true)
  return server
}

export type Program = {
  /** Resolves when it has ended; 'SIGKILL' leaves it no time to do anything about it. */
  end: (signal?: 'SIGTERM' | 'SIGKILL') => Promise<void>
}

/** A program of ours with these variables and else those that bin/test gave. */
export function startProgram(program: string, changed: Record<string, string>): Program {
  const variables = Object.entries({ LOG_LEVEL: 'silent', ...changed }).map(([name, value]) => `${name}=${value}`)
  const child = spawn('env', [...variables, process.execPath, program], { stdio: 'ignore' })
  const ended = once(child, 'exit')
  return {
    end: async (signal = 'SIGTERM') => {
      child.kill(signal)
      await ended
    },
  }
}

function createDoor() {
  const through = new Set<Socket>()
  let server: Server | undefined
  let stalled = false
  const open = async (port: number): Promise<number> => {
    server = createServer((socket) => {
      const database = connect(databaseAddress())
      for (const end of [socket, database]) {
        through.add(end)
        end.on('error', () => end.destroy()).on('close', () => through.delete(end))
      }
      socket.pipe(database).pipe(socket)
      if (stalled) for (const end of [socket, database]) end.pause()
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
  const stall = () => {
    stalled = true
    for (const end of through) end.pause()
  }
  const resume = () => {
    stalled = false
    for (const end of through) end.resume()
  }
  return { open, close, stall, resume }
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

/** A port that nobody listens on at the moment. */
export async function freePort(): Promise<number> {
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

/** Whether a site answers there at all. */
export function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  )
}
