import type { IncomingMessage, ServerResponse } from 'node:http'
import { FILE_POLICY } from '#lib/front/security-headers.ts'
import type { Logger } from '#lib/log.ts'

/** Something that people follow while it happens. */
export type Followed = {
  /** By which notifications name it. */
  key: string
  /** The number of what happened last, 0 before anything did. */
  newest: () => Promise<number>
  /** What happened after this number, in order, so many at most. */
  after: (number: number, most: number) => Promise<Happened[]>
  /** What is so now, by name; null once it is over and nobody is to follow it any more. */
  state: () => Promise<Record<string, unknown> | null>
}

/**
 * One event. `data` is null where nobody is to hear of it. `about` tells what it is about; one that `ends` it takes the
 * earlier ones of the same from what is kept for those who come back.
 */
export type Happened = { number: number; about: string | null; ends: boolean; data: object | null }

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

type Reader = { res: ServerResponse; sent: number; channel: Channel | undefined }
type Kept = { number: number; about: string | null; text: string }
type Channel = {
  name: string
  followed: Followed
  readers: Set<Reader>
  /** The last events in order, for those who come back; all after `from` that are anybody's business. */
  kept: Kept[]
  from: number
  last: number
  state: Map<string, string>
  looking: Promise<void> | undefined
  lookAgain: boolean
}

/** Events that are kept of each channel, and read at once. */
const KEPT = 1_000
/** Bytes that may wait for a reader before it is dropped; it comes back and goes on where it was. */
const BEHIND = 256 * 1024
/** Readers from whom on they are told how many they are. */
const TOLD_FROM = 10
/** Milliseconds for which the number of another process's readers counts. */
const OTHERS_COUNT_FOR = 20_000
/** Streams of one process. */
const MOST = 20_000

/**
 * Server-Sent Events. All readers of one thing share what is read of it and the bytes that are sent; each has a socket and
 * the number of the last event that it got, and nothing else. What it missed it gets again by that number.
 */
export function createStreams(options: StreamsOptions): Streams {
  const { find, tell, log, common, perNetwork = 300, lookEvery = 1_000, beatEvery = 15_000, tellEvery = 5_000 } = options
  const channels = new Map<string, Promise<Channel | null>>()
  const open = new Set<Channel>()
  const networks = new Map<string, number>()
  const others = new Map<string, { readers: number; until: number }>()
  const self = `${process.pid}-${Math.random().toString(36).slice(2)}`
  let size = 0
  let ended = false

  async function openStream(req: IncomingMessage, res: ServerResponse, name: string, network: string): Promise<void> {
    const already = networks.get(network) ?? 0
    if (ended || size >= MOST || already >= perNetwork) return refuse(res, already >= perNetwork ? 429 : 503)
    networks.set(network, already + 1)
    size += 1
    const reader: Reader = { res, sent: 0, channel: undefined }
    res.once('close', () => leave(reader, network))
    try {
      await serve(reader, name, lastSeen(req))
    } catch (error) {
      log.error({ err: error }, 'a stream could not be opened')
      if (!res.headersSent) refuse(res, 503)
    }
  }

  async function serve(reader: Reader, name: string, after: number | undefined): Promise<void> {
    const { res } = reader
    const channel = await channelOf(name)
    // A reader that another process served may know of what this one has not looked at yet.
    if (channel && after !== undefined && after > channel.last) await look(channel)
    if (res.destroyed) return
    if (ended) return refuse(res, 503)
    // The one answer after which a browser does not come back.
    if (!channel || !open.has(channel)) return refuse(res, 204)
    res.writeHead(200, [...common, ...HEAD])
    join(channel, reader, after)
  }

  function channelOf(name: string): Promise<Channel | null> {
    const known = channels.get(name)
    if (known) return known
    const opening = openChannel(name)
    channels.set(name, opening)
    const forget = () => void (channels.get(name) === opening && channels.delete(name))
    opening.then((channel) => channel ?? forget(), forget)
    return opening
  }

  async function openChannel(name: string): Promise<Channel | null> {
    const followed = await find(name)
    if (!followed) return null
    const newest = await followed.newest()
    const from = Math.max(0, newest - KEPT)
    const nothing = { kept: [], state: new Map<string, string>(), looking: undefined, lookAgain: false }
    const channel: Channel = { name, followed, readers: new Set(), from, last: from, ...nothing }
    open.add(channel)
    look(channel).catch(() => close(channel))
    await look(channel)
    return channel
  }

  function join(channel: Channel, reader: Reader, after: number | undefined): void {
    const behind = after !== undefined && after < channel.from
    // Numbers that are higher than any there is are of an earlier history.
    reader.sent = after === undefined || behind ? channel.last : Math.min(after, channel.last)
    const missed = channel.kept.filter(({ number }) => number > reader.sent).map(({ text }) => text)
    reader.sent = channel.last
    reader.channel = channel
    channel.readers.add(reader)
    const whole = behind ? [`id: ${channel.last}\nevent: behind\ndata: {}\n\n`] : []
    send(reader, [`retry: ${comeBackAfter()}\n\n`, ...whole, ...missed, stateText(channel.state)].join(''))
  }

  function leave(reader: Reader, network: string): void {
    reader.channel?.readers.delete(reader)
    size -= 1
    const left = (networks.get(network) ?? 1) - 1
    if (left) networks.set(network, left)
    else networks.delete(network)
  }

  /** Reads what is new of a channel and sends it to its readers; asked again while it looks, it looks once more. */
  function look(channel: Channel): Promise<void> {
    if (channel.looking) {
      channel.lookAgain = true
      return channel.looking
    }
    channel.looking = lookOnce(channel).finally(() => {
      channel.looking = undefined
      if (!channel.lookAgain) return
      channel.lookAgain = false
      lookQuietly(channel)
    })
    return channel.looking
  }

  async function lookOnce(channel: Channel): Promise<void> {
    for (;;) {
      const news = await channel.followed.after(channel.last, KEPT)
      for (const event of news) take(channel, event)
      if (news.length < KEPT) break
    }
    const state = await channel.followed.state()
    if (state === null) return close(channel)
    const here = readersOf(channel)
    const changed = changes(channel.state, { ...state, here: here >= TOLD_FROM ? here : 0 })
    if (changed.size) for (const reader of channel.readers) send(reader, stateText(changed))
  }

  function take(channel: Channel, { number, about, ends, data }: Happened): void {
    channel.last = number
    if (ends) channel.kept = channel.kept.filter((kept) => kept.about !== about)
    if (data === null) return
    const text = `id: ${number}\ndata: ${JSON.stringify(data)}\n\n`
    channel.kept.push({ number, about, text })
    const over = channel.kept.length - KEPT
    if (over > 0) channel.from = channel.kept.splice(0, over).at(-1)?.number ?? channel.from
    const bytes = Buffer.from(text)
    for (const reader of channel.readers) {
      if (reader.sent >= number) continue
      reader.sent = number
      send(reader, bytes)
    }
  }

  function close(channel: Channel): void {
    open.delete(channel)
    channels.delete(channel.name)
    for (const { res } of channel.readers) res.end()
  }

  function readersOf({ followed: { key }, readers }: Channel): number {
    let sum = readers.size
    for (const [place, other] of others) {
      if (other.until < Date.now()) others.delete(place)
      else if (place.endsWith(` ${key}`)) sum += other.readers
    }
    return sum
  }

  function lookQuietly(channel: Channel): void {
    look(channel).catch((error: unknown) => log.warn({ err: error }, 'what is followed could not be looked at'))
  }

  const looks = setInterval(() => {
    for (const channel of open) {
      if (channel.readers.size || channel.looking) lookQuietly(channel)
      else close(channel)
    }
  }, lookEvery).unref()
  const beats = setInterval(() => {
    const beat = Buffer.from(':\n\n')
    for (const { readers } of open) for (const reader of readers) send(reader, beat)
  }, beatEvery).unref()
  const tellings = setInterval(() => {
    for (const { followed, readers } of open) tell(`${self} ${followed.key} ${readers.size}`)
  }, tellEvery).unref()

  return {
    open: openStream,
    heard: (key) => {
      for (const channel of open) if (key === undefined || channel.followed.key === key) lookQuietly(channel)
    },
    heardOthers: (line) => {
      const [process = '', key = '', readers = ''] = line.split(' ')
      if (process !== self) others.set(`${process} ${key}`, { readers: Number(readers) || 0, until: Date.now() + OTHERS_COUNT_FOR })
    },
    end: () => {
      ended = true
      for (const timer of [looks, beats, tellings]) clearInterval(timer)
      for (const { readers } of open) for (const { res } of readers) res.end(`retry: ${comeBackAfter()}\n\n`)
      open.clear()
    },
    size: () => size,
  }
}

const HEAD = [
  ...['content-type', 'text/event-stream; charset=utf-8', 'content-security-policy', FILE_POLICY],
  // Nobody in between keeps, packs or gathers it.
  ...['cache-control', 'private, no-store, no-transform', 'x-accel-buffering', 'no'],
]

function send({ res }: Reader, text: string | Buffer): void {
  if (res.writableLength > BEHIND) res.destroy()
  else res.write(text)
}

function refuse(res: ServerResponse, status: 204 | 429 | 503): void {
  res.writeHead(status, ['cache-control', 'no-store', 'content-length', '0']).end()
}

/** Milliseconds: not all at the same moment. */
function comeBackAfter(): number {
  return 1_000 + Math.floor(Math.random() * 2_000)
}

/** The number of the last event that the reader had: a browser that comes back says it in a header, a page in the address. */
function lastSeen(req: IncomingMessage): number | undefined {
  const said = req.headers['last-event-id'] ?? new URL(req.url ?? '', 'http://localhost').searchParams.get('after')
  return typeof said === 'string' && /^\d{1,9}$/.test(said) ? Number(said) : undefined
}

/** Sets what is new into `before`, and answers it. What is there no longer is null. */
function changes(before: Map<string, string>, now: Record<string, unknown>): Map<string, string> {
  const changed = new Map<string, string>()
  for (const [name, value] of Object.entries(now)) {
    const text = JSON.stringify(value)
    if (before.get(name) !== text) changed.set(name, text)
  }
  for (const name of before.keys()) if (!(name in now)) changed.set(name, 'null')
  for (const [name, text] of changed) {
    if (text === 'null') before.delete(name)
    else before.set(name, text)
  }
  return changed
}

function stateText(state: Map<string, string>): string {
  return `event: state\ndata: {${[...state].map(([name, text]) => `${JSON.stringify(name)}:${text}`).join()}}\n\n`
}
