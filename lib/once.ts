import { createHash } from 'node:crypto'

// Next renders a page in two passes that share a process but no modules: the first makes the data that is sent along with
// the page, the second its HTML. What is kept here goes from the first to the second without being in that data.
const SHARED = Symbol.for('perch.once')
/** Milliseconds; longer than any render that server.ts waits for. */
const KEPT_FOR = 60_000

type Kept = Map<string, { html: string; until: number }>
const shared = globalThis as { [SHARED]?: Kept }

/** Keeps HTML for the second pass of the render under way (components/ui/html-slot.tsx); the same text has the same name. */
export function keepHtml(html: string): string {
  shared[SHARED] ??= new Map()
  const kept = shared[SHARED]
  const name = createHash('sha256').update(html).digest('base64url').slice(0, 16)
  const now = Date.now()
  kept.delete(name)
  kept.set(name, { html, until: now + KEPT_FOR })
  // In the order of keeping, so the sweep ends at the first that is still wanted.
  for (const [oldest, { until }] of kept) {
    if (until > now) break
    kept.delete(oldest)
  }
  return name
}
