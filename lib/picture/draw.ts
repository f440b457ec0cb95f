import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { ReactElement } from 'react'
import satori from 'satori'
import sharp from 'sharp'
import { emoji, fonts } from '#lib/picture/fonts.ts'
import { Refusal } from '#lib/refusal.ts'

/** Pixels, as link previews want them. */
export const PICTURE_SIZE = { width: 1200, height: 630 }

const WAITING_MAX = 20

/** Names a content: equal contents have equal keys. */
export function pictureKey(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 22)
}

// Some 700 pictures.
const drawn = new LRUCache<string, Buffer>({ maxSize: 32 * 1024 * 1024, sizeCalculation: (png) => png.length })
const beingDrawn = new Map<string, Promise<Buffer>>()
let last: Promise<unknown> = Promise.resolve()

/**
 * The PNG of what `element` shows, which `key` must name, once it has what it needs. Drawn one at a time, since one takes the processor for a tenth
 * of a second; throws a Refusal (`unavailable`) when too many wait.
 */
export async function picture(key: string, element: () => Promise<ReactElement>): Promise<Buffer> {
  const known = drawn.get(key) ?? beingDrawn.get(key)
  if (known) return known
  if (beingDrawn.size >= WAITING_MAX)
    throw new Refusal('unavailable', 'Many pictures are being drawn. Ask again in a moment.', { retryAfter: 5 })
  const png = element().then(inTurn)
  beingDrawn.set(key, png)
  try {
    const done = await png
    drawn.set(key, done)
    return done
  } finally {
    beingDrawn.delete(key)
  }
}

// Nobody's turn waits for what another picture fetches.
function inTurn(element: ReactElement): Promise<Buffer> {
  const png = last.then(() => draw(element))
  last = png.catch(() => undefined)
  return png
}

/** Nothing is fetched: fonts and emoji are files of packages, and any other picture comes as a data URL. */
export async function draw(element: ReactElement): Promise<Buffer> {
  const svg = await satori(element, {
    ...PICTURE_SIZE,
    fonts: fonts(),
    loadAdditionalAsset: async (code, segment) => (code === 'emoji' ? emoji(segment) : []),
  })
  return sharp(Buffer.from(svg)).flatten({ background: '#fff' }).png({ palette: true, effort: 4 }).toBuffer()
}
