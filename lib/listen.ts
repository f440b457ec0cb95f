import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { env } from '#lib/env.ts'
import { log } from '#lib/log.ts'

export type Listening = {
  /** Tells all processes, this one too. While the database is away it is not told. */
  notify: (channel: string, payload: string) => void
  stop: () => Promise<void>
}

/** Milliseconds between two attempts to hear again. */
const PAUSE = 1_000

/**
 * Hears what PostgreSQL notifies on these channels, by a connection of its own for the whole process. Where that breaks it
 * connects again; what was notified meanwhile is not heard, so `again` is called each time that hearing begins.
 */
export function listen(channels: Record<string, (payload: string) => void>, again: () => void): Listening {
  const stopping = new AbortController()
  let session: Client | undefined

  async function hear(): Promise<void> {
    session = new Client({
      connectionString: env().DATABASE_URL,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      application_name: 'perch listener',
    })
    const lost = new Promise<void>((resolve) => session?.once('error', () => resolve()).once('end', resolve))
    const stop = () => void session?.end().catch(() => {})
    try {
      await session.connect()
      stopping.signal.addEventListener('abort', stop)
      session.on('notification', ({ channel, payload = '' }) => channels[channel]?.(payload))
      for (const channel of Object.keys(channels)) await session.query(`LISTEN ${channel}`)
      again()
      if (stopping.signal.aborted) stop()
      await lost
    } finally {
      stopping.signal.removeEventListener('abort', stop)
      stop()
      session = undefined
    }
  }

  async function goOn(): Promise<void> {
    let failing = false
    while (!stopping.signal.aborted) {
      await hear().catch((error: unknown) => {
        if (!failing) log().warn({ err: error }, 'the database is not heard; it tries again until it is')
        failing = true
      })
      if (!stopping.signal.aborted) await sleep(PAUSE, undefined, { signal: stopping.signal }).catch(() => {})
    }
  }

  const ended = goOn()
  return {
    notify: (channel, payload) => {
      session?.query('SELECT pg_notify($1, $2)', [channel, payload]).catch(() => {})
    },
    stop: () => {
      stopping.abort()
      return ended
    },
  }
}
