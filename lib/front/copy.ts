import { hash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip, gzipSync } from 'node:zlib'
import type { State } from '#lib/front/page-cache.ts'

type Encoding = 'br' | 'gzip' | 'identity'

/** A finished answer as it is kept: its bytes, and the headers that do not depend on who asks. */
export type Copy = {
  status: number
  etag: string
  body: Buffer
  compressible: boolean
  headers: readonly string[]
  packed: { gzip?: Buffer; br?: Buffer }
  packing: boolean
  /** Headers complete, by state and encoding, made when first needed. */
  heads: Map<string, string[]>
}

/** `headers` are flat name-value pairs. */
export function createCopy(status: number, contentType: string, headers: readonly string[], body: Buffer): Copy {
  const compressible = body.length > 1_000 && COMPRESSIBLE.test(contentType)
  const etag = `W/"${hash('sha256', Buffer.concat([Buffer.from(headers.join('\n')), body]), 'base64url').slice(0, 22)}"`
  const vary = compressible ? ['vary', 'accept-encoding'] : []
  return { status, etag, body, compressible, headers: [...headers, ...vary], packed: {}, packing: false, heads: new Map() }
}

const COMPRESSIBLE = /^(text\/|application\/(javascript|json|ld\+json|manifest\+json|atom\+xml|rss\+xml|xml)|image\/svg\+xml)/

/** Bytes that are packed where one stands: to hand them to a thread of zlib's takes three times as long as to pack 30 KB. */
const SOON_PACKED = 200_000

/** A gzip quick enough to wait for: the first reader gets this one. */
export async function packFast(copy: Copy): Promise<void> {
  if (!copy.compressible) return
  const options = { level: 1 }
  copy.packed.gzip = copy.body.length > SOON_PACKED ? await gzipped(copy.body, options) : gzipSync(copy.body, options)
}

/** The small bodies, for an answer that is given again. Runs once per copy, on zlib's threads; true if the copy has grown. */
export async function packSmall(copy: Copy): Promise<boolean> {
  if (copy.packing || !copy.compressible) return false
  copy.packing = true
  const params = { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: copy.body.length }
  const [small, smallest] = await Promise.all([gzipped(copy.body, { level: 6 }), brotlied(copy.body, { params })])
  copy.packed = { gzip: small, br: smallest }
  copy.heads.clear()
  return true
}

const gzipped = promisify(gzip)
const brotlied = promisify(brotliCompress)

/** Bytes that the copy holds. */
export function weighCopy(copy: Copy): number {
  return copy.body.length + (copy.packed.gzip?.length ?? 0) + (copy.packed.br?.length ?? 0) + 2 * copy.headers.join('').length
}

/** Answers with the copy: whole, packed as the reader can take it, or as 304. Node leaves the body out for HEAD. */
export function sendCopy(req: IncomingMessage, res: ServerResponse, copy: Copy, state: State): void {
  const known = req.headers['if-none-match']
  if (known !== undefined && copy.status === 200 && (known === '*' || known.includes(copy.etag.slice(2)))) {
    res.writeHead(304, head(copy, state, 'none')).end()
    return
  }
  const encoding = copy.compressible ? accepted(req.headers['accept-encoding'], copy) : 'identity'
  const body = encoding === 'identity' ? copy.body : copy.packed[encoding]
  res.writeHead(copy.status, head(copy, state, encoding)).end(body)
}

function head(copy: Copy, state: State, encoding: Encoding | 'none'): string[] {
  const key = `${state} ${encoding}`
  const made = copy.heads.get(key)
  if (made) return made
  const lines = [...copy.headers, 'etag', copy.etag, 'x-perch-cache', state]
  if (encoding !== 'none') {
    const body = encoding === 'identity' ? copy.body : copy.packed[encoding]
    if (encoding !== 'identity') lines.push('content-encoding', encoding)
    lines.push('content-length', String(body?.length ?? 0))
  }
  copy.heads.set(key, lines)
  return lines
}

function accepted(header: string | string[] | undefined, copy: Copy): Encoding {
  const wish = wishes.get(`${header}`) ?? readWish(`${header ?? ''}`)
  if (wish.br && copy.packed.br) return 'br'
  if (wish.gzip && copy.packed.gzip) return 'gzip'
  return 'identity'
}

type Wish = { br: boolean; gzip: boolean }

// Browsers send a handful of values.
const wishes = new Map<string, Wish>()

function readWish(header: string): Wish {
  const wanted = new Set<string>()
  for (const part of header.split(',')) {
    const [name = '', ...parameters] = part
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/)
    if (!parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))) wanted.add(name)
  }
  const wish = { br: wanted.has('br'), gzip: wanted.has('gzip') || wanted.has('*') }
  if (wishes.size < 100) wishes.set(header, wish)
  return wish
}
