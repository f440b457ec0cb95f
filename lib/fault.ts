import { LRUCache } from 'lru-cache'

/** Why a request failed that is no fault of the code's: the database is `away` (or takes no more), or it was `unreadable`. */
export type Fault = 'away' | 'unreadable'

// Next bundles instrumentation.ts apart from server.ts; they share one process.
const held = globalThis as { [key: symbol]: LRUCache<string, Fault> | undefined }
const key = Symbol.for('perch.faults')

/** To be told before the answer begins; what nobody takes is forgotten. */
export function noteFault(requestId: string, fault: Fault): void {
  faults().set(requestId, fault)
}

export function faultOf(requestId: string): Fault | undefined {
  return faults().get(requestId)
}

function faults(): LRUCache<string, Fault> {
  held[key] ??= new LRUCache({ max: 1_000 })
  return held[key]
}
