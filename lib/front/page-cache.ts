export type State = 'hit' | 'miss' | 'stale'

/** A finished answer, and how long it may be given again. `freshUntil` is on the cache's clock, in milliseconds. */
export type Produced<Copy> = { copy: Copy; freshUntil: number; keep: 'long' | 'briefly' | 'never' }

export type PageCache<Copy> = {
  /** The copy if it is fresh; at once, since most requests end here. */
  fresh: (key: string) => Copy | undefined
  /**
   * A fresh answer from `produce`, which gets the copy kept so far; however many ask at once, it runs once. If it fails or
   * is late, the copy kept so far; without one it rejects as `produce` did.
   */
  ask: (key: string, produce: (kept: Copy | undefined) => Promise<Produced<Copy>>) => Promise<{ copy: Copy; state: State }>
  /** To be called when a copy has grown: the bound holds for what is there now. */
  reweigh: (key: string, copy: Copy) => void
  /** Bytes kept, by `weigh`. */
  size: () => number
}

export type PageCacheOptions<Copy> = {
  maxBytes: number
  weigh: (copy: Copy) => number
  /** Milliseconds that a reader waits for a new answer where an old one is there. */
  patience?: number
  now?: () => number
}

type Entry<Copy> = { copy: Copy; bytes: number; freshUntil: number; touchedAt: number; troubled: boolean }

/** While a page cannot be made anew: milliseconds between two attempts. */
const PAUSE = 1_000
/** The patience with a page whose last attempt failed or was late: readers are not to wait each time anew. */
const TROUBLED_PATIENCE = 200
/** Bytes of an entry beside its copy: key, map slot, objects. */
const OVERHEAD = 1_024

/** Finished answers by key, bounded by bytes; what was asked least recently leaves first. */
export function createPageCache<Copy>(options: PageCacheOptions<Copy>): PageCache<Copy> {
  const { maxBytes, weigh, patience = 3_000, now = () => performance.now() } = options
  // A Map keeps its order of insertion: the first entry is the one asked least recently.
  const entries = new Map<string, Entry<Copy>>()
  const flights = new Map<string, Promise<Copy>>()
  let total = 0

  function fresh(key: string): Copy | undefined {
    const entry = entries.get(key)
    if (!entry || entry.troubled) return undefined
    const time = now()
    if (time >= entry.freshUntil) return undefined
    // Order to the second is enough, and spares the busiest page a move at every request.
    if (time - entry.touchedAt > 1_000) touch(key, entry, time)
    return entry.copy
  }

  async function ask(key: string, produce: (kept: Copy | undefined) => Promise<Produced<Copy>>): Promise<{ copy: Copy; state: State }> {
    const entry = entries.get(key)
    if (!entry) return { copy: await (flights.get(key) ?? launch(key, produce)), state: 'miss' }
    touch(key, entry, now())
    if (entry.troubled && now() < entry.freshUntil) return { copy: entry.copy, state: 'stale' }
    const flight = flights.get(key) ?? launch(key, produce)
    const copy = await inTime(flight, entry.troubled ? TROUBLED_PATIENCE : patience)
    if (copy !== undefined) return { copy, state: 'miss' }
    entry.troubled = true
    return { copy: entry.copy, state: 'stale' }
  }

  function launch(key: string, produce: (kept: Copy | undefined) => Promise<Produced<Copy>>): Promise<Copy> {
    const flight = produce(entries.get(key)?.copy)
      .then((produced) => {
        store(key, produced)
        return produced.copy
      })
      .catch((error: unknown) => {
        const entry = entries.get(key)
        if (entry) Object.assign(entry, { troubled: true, freshUntil: now() + PAUSE })
        throw error
      })
      .finally(() => flights.delete(key))
    flights.set(key, flight)
    return flight
  }

  function store(key: string, { copy, freshUntil, keep }: Produced<Copy>): void {
    drop(key)
    const bytes = bytesOf(key, copy)
    // One huge answer is not worth all the others.
    if (keep === 'never' || bytes > maxBytes / 2) return
    const entry = { copy, bytes, freshUntil, touchedAt: now(), troubled: false }
    entries.set(key, entry)
    total += bytes
    shrink()
    if (keep === 'long') return
    // Addresses that lead nowhere can be made up without end; they do not stay to push pages out.
    setTimeout(() => entries.get(key) === entry && drop(key), Math.max(0, freshUntil - now())).unref()
  }

  function reweigh(key: string, copy: Copy): void {
    const entry = entries.get(key)
    if (entry?.copy !== copy) return
    const bytes = bytesOf(key, copy)
    total += bytes - entry.bytes
    entry.bytes = bytes
    shrink()
  }

  function shrink(): void {
    for (const key of entries.keys()) {
      if (total <= maxBytes) return
      drop(key)
    }
  }

  function drop(key: string): void {
    total -= entries.get(key)?.bytes ?? 0
    entries.delete(key)
  }

  function touch(key: string, entry: Entry<Copy>, time: number): void {
    entry.touchedAt = time
    entries.delete(key)
    entries.set(key, entry)
  }

  function bytesOf(key: string, copy: Copy): number {
    return weigh(copy) + 2 * key.length + OVERHEAD
  }

  return { fresh, ask, reweigh, size: () => total }
}

/** What the promise brings, or undefined if it fails or takes longer than `patience` milliseconds. */
function inTime<Value>(promise: Promise<Value>, patience: number): Promise<Value | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, patience, undefined)
    promise.then(resolve, () => resolve(undefined)).finally(() => clearTimeout(timer))
  })
}
