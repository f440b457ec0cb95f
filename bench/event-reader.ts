import { type ClientRequest, get, type IncomingMessage } from 'node:http'

export type Told = { id: number; data: Record<string, unknown> }

/** A reader of a stream of events, as a browser is one: it comes back by itself with the number of the last event it had. */
export type EventReader = {
  /** Everything that happened, in the order in which it came. */
  events: Told[]
  /** What is so, by name, and how often anything was said of it. */
  state: Record<string, unknown>
  /** Words other than events and state: "behind". */
  others: string[]
  /** Resolves once this holds; looked at when something came. Rejects when the server answers with no stream. */
  until: (holds: (reader: EventReader) => boolean) => Promise<void>
  /** Breaks the connection off as a network does. */
  breakOff: () => void
  stop: () => void
  /** Times that a stream was opened. */
  opened: number
  status: number | undefined
}

type Where = {
  port: () => number
  path: string
  after?: number
  headers?: Record<string, string>
  /** Told of each event as it comes. */
  heard?: (id: number) => void
}

/** Begins to read at once. */
export function readEvents({ port, path, after, headers = {}, heard }: Where): EventReader {
  let last = after === undefined ? undefined : String(after)
  let retry = 1_000
  let stopped = false
  let asking: ClientRequest | undefined
  let waiting: { holds: (reader: EventReader) => boolean; resolve: () => void; reject: (error: Error) => void }[] = []
  let again: NodeJS.Timeout | undefined
  const reader: EventReader = {
    events: [],
    state: {},
    others: [],
    opened: 0,
    status: undefined,
    until: (holds) => new Promise((resolve, reject) => (holds(reader) ? resolve() : waiting.push({ holds, resolve, reject }))),
    breakOff: () => asking?.destroy(),
    stop: () => {
      stopped = true
      clearTimeout(again)
      asking?.destroy()
    },
  }

  function ask(): void {
    const seen = last === undefined ? {} : { 'last-event-id': last }
    asking = get(
      { port: port(), host: '127.0.0.1', path, headers: { accept: 'text/event-stream', ...seen, ...headers }, agent: false },
      take,
    )
    asking.on('error', () => {}).once('close', comeBack)
  }

  function take(answer: IncomingMessage): void {
    reader.status = answer.statusCode
    if (answer.statusCode !== 200) {
      reader.stop()
      for (const { reject } of waiting) reject(new Error(`The stream answered ${answer.statusCode}`))
      waiting = []
      return
    }
    reader.opened += 1
    let text = ''
    answer.setEncoding('utf8').on('data', (part: string) => {
      text += part
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) hear(block)
      look()
    })
    answer.on('error', () => {})
    look()
  }

  function hear(block: string): void {
    const fields = Object.fromEntries(
      block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
    )
    if (fields.retry) retry = Number(fields.retry)
    if (fields.id) last = fields.id
    if (fields.data === undefined) return
    const data = JSON.parse(fields.data)
    if (fields.event === 'state') Object.assign(reader.state, data)
    else if (fields.event) reader.others.push(fields.event)
    else {
      reader.events.push({ id: Number(fields.id), data })
      heard?.(Number(fields.id))
    }
  }

  function look(): void {
    waiting = waiting.filter(({ holds, resolve }) => {
      if (holds(reader)) resolve()
      return !holds(reader)
    })
  }

  function comeBack(): void {
    if (!stopped) again = setTimeout(ask, retry)
  }

  ask()
  return reader
}
