import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Channel, type Followed, openChannel } from '#lib/front/channel.ts'
import { FILE_POLICY } from '#lib/front/security-headers.ts'
import type { Logger } from '#lib/log.ts'

export type StreamsOptions = {
  /** What is followed under this name; null where there is nothing to follow. */
  find: (name: string) => Promise<Followed | null>
  /** Tells the streams of other processes a line of ours, which they get by `heardOthers`. */
  tell: (line: string) => void
  log: Logger
  /** Headers of every answer, flat. */
  common: readonly string[]
  /** Streams that one network may have open. */
  perNetwork?: number
  /** Milliseconds: between two looks at what has changed, and between two signs of life. */
  lookEvery?: number
  beatEvery?: number
  /** And between two tellings of how many readers there are here. */
  tellEvery?: number
}

export type Streams = {
  /** Answers with the stream of what happens under `name`, from where the reader was. */
  open: (req: IncomingMessage, res: ServerResponse, name: string, network: string) => Promise<void>
  /** Something has happened to what has this key; without one, something may have happened to all. */
  heard: (key?: string) => void
  heardOthers: (line: string) => void
  /** Ends all streams, with a word of when to come back, and opens no new ones. */
  end: () => void
  /** Streams that are open. */
  size: () => number
}

/** Milliseconds for which the number of another process's readers counts. */
const OTHERS_COUNT_FOR = 20_000
/** Streams of one process. */
const MOST = 20_000

/**
 * Server-Sent Events. A reader costs a socket and a number; what it missed it gets again by the number of the last event
 * that it had, from this process or another.
 */
export function createStreams(options: StreamsOptions): Streams {
  const { find, tell, log, common, perNetwork = 300, lookEvery = 1_000, beatEvery = 15_000, tellEvery = 5_000 } = options
  const channels = new Map<string, Promise<Channel | null>>()
  const open = new Set<Channel>()
  const networks = new Map<string, number>()
  const others = new Map<string, { key: string; readers: number; until: number }>()
  const self = randomUUID()
  let size = 0
  let ended = false

  function refuse(res: ServerResponse, status: 204 | 429 | 503): void {
    const own = ['content-security-policy', FILE_POLICY, 'cache-control', 'no-store', 'content-length', '0']
    res.writeHead(status, [...common, ...own]).end()
  }

  async function openStream(req: IncomingMessage, res: ServerResponse, name: string, network: string): Promise<void> {
    const already = networks.get(network) ?? 0
    if (ended || size >= MOST || already >= perNetwork) return refuse(res, already >= perNetwork ? 429 : 503)
    networks.set(network, already + 1)
    size += 1
    res.once('close', () => leave(network))
    try {
      const channel = await channelOf(name)
      if (res.destroyed) return
      if (ended) return refuse(res, 503)
      // The one answer after which a browser does not come back.
      if (!channel || channel.isOver()) return refuse(res, 204)
      res.once('close', () => channel.leave(res))
      res.writeHead(200, [...common, ...HEAD]).write(`retry: ${comeBackAfter()}\n\n`)
      await channel.join(res, lastSeen(req))
    } catch (error) {
      log.error({ err: error }, 'a stream could not be opened')
      if (res.headersSent) res.destroy()
      else refuse(res, 503)
    }
  }

  function leave(network: string): void {
    size -= 1
    const left = (networks.get(network) ?? 1) - 1
    if (left) networks.set(network, left)
    else networks.delete(network)
  }

  /** However many come at once, it is opened once. */
  function channelOf(name: string): Promise<Channel | null> {
    const known = channels.get(name)
    if (known) return known
    const opening = find(name).then((followed) => followed && openChannel(followed, () => elsewhere(followed.key)))
    channels.set(name, opening)
    const forget = () => void channels.delete(name)
    opening.then((channel) => (channel ? open.add(channel) : forget()), forget)
    return opening
  }

  function elsewhere(key: string): number {
    let sum = 0
    for (const [place, other] of others) {
      if (other.until < Date.now()) others.delete(place)
      else if (other.key === key) sum += other.readers
    }
    return sum
  }

  function look(channel: Channel): void {
    channel.look().catch((error: unknown) => log.warn({ err: error }, 'what is followed could not be looked at'))
  }

  /** One that nobody follows any more is opened anew for the next. */
  async function closeEmpty(): Promise<void> {
    for (const [name, opening] of channels) {
      const channel = await opening.catch(() => null)
      if (!channel || (channel.size() && !channel.isOver())) continue
      channel.end()
      open.delete(channel)
      if (channels.get(name) === opening) channels.delete(name)
    }
  }

  const timers = [
    setInterval(() => {
      for (const channel of open) look(channel)
      void closeEmpty()
    }, lookEvery),
    setInterval(() => {
      for (const channel of open) channel.beat()
    }, beatEvery),
    setInterval(() => {
      for (const channel of open) tell(`${self} ${channel.followed.key} ${channel.size()}`)
    }, tellEvery),
  ]
  for (const timer of timers) timer.unref()

  return {
    open: openStream,
    heard: (key) => {
      for (const channel of open) if (key === undefined || channel.followed.key === key) look(channel)
    },
    heardOthers: (line) => {
      const [process, key = '', readers = ''] = line.split(' ')
      if (process !== self) others.set(`${process} ${key}`, { key, readers: Number(readers) || 0, until: Date.now() + OTHERS_COUNT_FOR })
    },
    end: () => {
      ended = true
      for (const timer of timers) clearInterval(timer)
      for (const channel of open) channel.end(() => `retry: ${comeBackAfter()}\n\n`)
    },
    size: () => size,
  }
}

const HEAD = [
  ...['content-type', 'text/event-stream; charset=utf-8', 'content-security-policy', FILE_POLICY],
  // Nobody in between keeps, packs or gathers it.
  ...['cache-control', 'private, no-store, no-transform', 'x-accel-buffering', 'no'],
]

/** Milliseconds: not all at the same moment. */
function comeBackAfter(): number {
  return 1_000 + Math.floor(Math.random() * 2_000)
}

/** The number of the last event that the reader had: a browser that comes back says it in a header, a page in the address. */
function lastSeen(req: IncomingMessage): number | undefined {
  const said = req.headers['last-event-id'] ?? new URL(req.url ?? '', 'http://localhost').searchParams.get('after')
  return typeof said === 'string' && /^\d{1,9}$/.test(said) ? Number(said) : undefined
}
