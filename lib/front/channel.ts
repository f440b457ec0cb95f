import type { ServerResponse } from 'node:http'

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

/** Somebody who follows: an answer that goes on, and the number of the last event that was written into it. */
type Reader = { res: ServerResponse; sent: number }

/** All readers of one thing. They share what is read of it, and the bytes that are sent. */
export type Channel = {
  followed: Followed
  size: () => number
  /** Takes a reader in, whose answer has begun, from the event after which it has missed all; without one from now on. */
  join: (res: ServerResponse, after: number | undefined) => Promise<void>
  leave: (res: ServerResponse) => void
  /** Reads what is new and sends it; asked again while it looks, it looks once more. */
  look: () => Promise<void>
  beat: () => void
  /** Ends all answers; `parting` is the last that they say. */
  end: (parting?: () => string) => void
  isOver: () => boolean
}

/** Events that are kept for those who come back, and read at once. */
const KEPT = 1_000
/** Bytes that may wait for a reader before it is dropped; it comes back and goes on where it was. */
const BEHIND = 256 * 1024
/** Readers from whom on they are told how many they are. */
const TOLD_FROM = 10

/** `elsewhere`: how many follow the same by other processes. Rejects where it cannot be read what happened. */
export async function openChannel(followed: Followed, elsewhere: () => number): Promise<Channel> {
  const readers = new Map<ServerResponse, Reader>()
  const state = new Map<string, string>()
  // All that is anybody's business and happened after `from`, in order.
  let kept: { number: number; about: string | null; text: string }[] = []
  let from = Math.max(0, (await followed.newest()) - KEPT)
  let last = from
  let looking: Promise<void> | undefined
  let lookAgain = false
  let over = false

  async function join(res: ServerResponse, after = last): Promise<void> {
    // A reader that another process served may know of what this one has not looked at yet.
    if (after > last) await look()
    if (over) return void res.end()
    // A higher number than any there is comes from an earlier history.
    const sent = Math.min(after, last)
    const missed =
      after < from ? [`id: ${last}\nevent: behind\ndata: {}\n\n`] : kept.filter(({ number }) => number > sent).map(({ text }) => text)
    const reader = { res, sent: last }
    readers.set(res, reader)
    send(reader, [...missed, stateText(state)].join(''))
  }

  function look(): Promise<void> {
    lookAgain = looking !== undefined
    looking ??= lookOnce().finally(() => {
      looking = undefined
      if (lookAgain && !over) return look()
    })
    return looking
  }

  // All is read before anything is told, so that who joins meanwhile gets numbers and events of one moment.
  async function lookOnce(): Promise<void> {
    const news: Happened[] = []
    for (;;) {
      const more = await followed.after(news.at(-1)?.number ?? last, KEPT)
      news.push(...more)
      if (more.length < KEPT) break
    }
    const now = await followed.state()
    for (const event of news) take(event)
    if (now === null) return end()
    const here = readers.size + elsewhere()
    const changed = changes(state, { ...now, here: here >= TOLD_FROM ? here : 0 })
    if (changed.size) toAll(stateText(changed))
  }

  function take({ number, about, ends, data }: Happened): void {
    last = number
    if (ends) kept = kept.filter((event) => event.about !== about)
    if (data === null) return
    const text = `id: ${number}\ndata: ${JSON.stringify(data)}\n\n`
    kept.push({ number, about, text })
    from = kept.splice(0, kept.length - KEPT).at(-1)?.number ?? from
    const bytes = Buffer.from(text)
    for (const reader of readers.values()) {
      if (reader.sent >= number) continue
      reader.sent = number
      send(reader, bytes)
    }
  }

  function toAll(text: string): void {
    const bytes = Buffer.from(text)
    for (const reader of readers.values()) send(reader, bytes)
  }

  function end(parting = () => ''): void {
    over = true
    for (const { res } of readers.values()) res.end(parting())
    readers.clear()
  }

  await look()
  return {
    followed,
    size: () => readers.size,
    join,
    leave: (res) => void readers.delete(res),
    look,
    beat: () => toAll(':\n\n'),
    end,
    isOver: () => over,
  }
}

function send({ res }: Reader, text: string | Buffer): void {
  if (res.writableLength > BEHIND) res.destroy()
  // Whoever has gone is taken out in a moment.
  else if (!res.destroyed) res.write(text)
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
