import { randomUUID } from 'node:crypto'
import type { IncomingMessage, OutgoingHttpHeader, OutgoingHttpHeaders, RequestListener, ServerResponse } from 'node:http'
import { ADDRESS_HEADER } from '#lib/address.ts'
import { type Fault, faultOf } from '#lib/fault.ts'
import { cleanHeaders, pathOf } from '#lib/front/incoming.ts'
import { createNonce, developmentPolicy, FILE_POLICY, hashSource, nonceSource, pagePolicy } from '#lib/front/security-headers.ts'
import { type Sorry, saySorry, sorry, written } from '#lib/front/sorry-page.ts'
import type { Logger } from '#lib/log.ts'
import { SIGNED_IN_HINT } from '#lib/signed-in-hint.ts'

export type PassThroughOptions = {
  handler: RequestListener
  /** The page that stands where nothing is. */
  missing: () => Promise<Said>
  siteUrl: string
  common: readonly string[]
  inlineScripts: readonly string[]
  /** Proxies of ours in front, each of which adds an address to X-Forwarded-For. */
  proxyHops: number
  dev: boolean
  log: Logger
}

/**
 * Hands a request to the handler as it is, cookies included, for what is one person's own: cleaned headers in, a nonce for
 * the page's scripts, and an answer that nobody keeps.
 */
export function createPassThrough(options: PassThroughOptions): RequestListener {
  const { handler, missing, siteUrl, common, inlineScripts, proxyHops, dev, log } = options
  const ownScripts = inlineScripts.map(hashSource)

  return (req, res) => {
    const id = randomUUID()
    const nonce = nonceSource(createNonce())
    const policy = dev ? developmentPolicy() : pagePolicy([...ownScripts, nonce])
    const address = clientAddress(req, proxyHops)
    if (!dev) cleanHeaders(req.headers, siteUrl)
    Object.assign(
      req.headers,
      { 'x-request-id': id, [ADDRESS_HEADER]: address },
      dev ? {} : { 'content-security-policy': `script-src ${nonce}` },
    )

    const say = (said: Sorry): Said => ({ status: said.status, ...written(req, said) })
    const sayInstead = async (kind: Instead): Promise<Said> => {
      if (kind !== 'missing') return say(kind === 'broken' ? sorry.broken(id) : FAULTS[kind]())
      return missing().catch(() => say(sorry.broken(id)))
    }
    const wantsInstead = (status: number, begins: string): Instead | null => {
      const fault = status >= 500 ? faultOf(id) : undefined
      if (fault || dev || !FRAME.test(begins)) return fault ?? null
      return status === 404 ? 'missing' : status >= 500 ? 'broken' : null
    }
    beforeHead(res, wantsInstead, sayInstead, (given) => {
      const status = ledOn(req, given)
      for (let i = 0; i < common.length; i += 2) res.setHeader(`${common[i]}`, `${common[i + 1]}`)
      const html = `${res.getHeader('content-type') ?? ''}`.startsWith('text/html')
      // Who sends a policy of its own knows a stricter one.
      if (!res.hasHeader('content-security-policy')) res.setHeader('content-security-policy', html ? policy : FILE_POLICY)
      if (!dev) res.setHeader('cache-control', 'private, no-store')
      if (endsSession(res)) res.setHeader('clear-site-data', LEFT_BEHIND)
      if (status < 500) return status
      res.setHeader('x-request-id', id)
      log.error({ requestId: id, method: req.method, path: pathOf(`${req.url}`), status }, 'a request failed')
      return status
    })
    // A handler may throw at once or later.
    Promise.resolve()
      .then(() => handler(req, res))
      .catch((error: unknown) => {
        log.error({ err: error, requestId: id }, 'a request broke off')
        if (res.headersSent) res.destroy()
        else saySorry(req, res, sorry.broken(id), [])
      })
  }
}

/** A whole answer; its headers are flat. */
type Said = { status: number; headers: readonly string[]; body: Buffer }

/** Why something else is said than what the handler writes. */
type Instead = Fault | 'missing' | 'broken'

// Where a page is not there, or fails, Next sends a frame without words, for its script to fill. Nobody is to sit before an empty page.
const FRAME = /<html id="__next_error__"/

/** What a request is answered that failed by one of these. */
const FAULTS: Record<Fault, () => Sorry> = { away: sorry.unreachable, unreadable: sorry.garbled }

/**
 * What a browser is to forget with the session: all that scripts have put down. The cookies are taken back each by its name,
 * since "cookies" would take those of every site under the same domain; "cache" takes Chromium seconds, and what is one
 * person's own is in no cache.
 */
const LEFT_BEHIND = '"storage"'

/** Whether the answer takes back what says that somebody is signed in: a sign-out, or the end of the account. */
function endsSession(res: ServerResponse): boolean {
  return [res.getHeader('set-cookie')].flat().some((cookie) => `${cookie}`.startsWith(`${SIGNED_IN_HINT}=;`))
}

/** Next's 307 repeats a POST at the address that the page leads to, where no form takes it: 303 asks for the page there alone. */
function ledOn({ method }: IncomingMessage, status: number): number {
  return status === 307 && method === 'POST' ? 303 : status
}

/** The address of whoever asks: the one that our outermost proxy saw, or the other end of the connection. */
export function clientAddress(req: IncomingMessage, hops: number): string {
  const seen = `${req.headers['x-forwarded-for'] ?? ''}`.split(',').map((part) => part.trim())
  return (hops > 0 && seen.at(-hops)) || req.socket.remoteAddress || ''
}

type HeadArguments = [status: number, ...rest: (string | OutgoingHttpHeaders | OutgoingHttpHeader[] | undefined)[]]

/**
 * Calls `last` when all headers are known and none is sent yet, so that what it sets is final, and the status that it answers.
 * Where `instead`, which is told the status and how the body begins, says why something else is to be said, it is what `say` brings
 * that is sent, with the handler's cookies and nothing else of what it writes. `say` must not reject.
 */
function beforeHead<Why>(
  res: ServerResponse,
  instead: (status: number, begins: string) => Why | null,
  say: (why: Why) => Promise<Said>,
  last: (status: number) => number,
): void {
  const writeHead = res.writeHead.bind(res) as (status: number, ...rest: (string | string[])[]) => ServerResponse
  const [write, end] = [res.write.bind(res), res.end.bind(res)] as [Send<boolean>, Send<ServerResponse>]
  let replaced = false
  const decide = (status: number, begins: unknown): void => {
    const why = res.headersSent || replaced ? null : instead(status, beginning(begins))
    if (why === null) return
    replaced = true
    void say(why).then(({ status, headers, body }) => {
      for (const name of res.getHeaderNames()) if (name !== 'set-cookie') res.removeHeader(name)
      for (const [name, value] of pairs([...headers, 'content-length', `${body.length}`])) res.setHeader(name, value)
      writeHead(last(status))
      end(body)
    })
  }
  const writeFinalHead = (...[status, ...rest]: HeadArguments): ServerResponse => {
    decide(status, '')
    if (replaced) return res
    const reason = typeof rest[0] === 'string' ? rest[0] : undefined
    const given = reason === undefined ? (rest[0] ?? rest[1]) : rest[1]
    for (const [name, value] of pairs(given)) res.setHeader(name, value)
    const final = last(status)
    return reason === undefined ? writeHead(final) : writeHead(final, reason)
  }
  // These have several overloads, which one function serves.
  res.writeHead = writeFinalHead as typeof res.writeHead
  // Next lets the head go just before it writes, which is when it is known what to say.
  res.flushHeaders = () => {}
  // That is not to be decided in the middle of sending what comes behind the head.
  res.write = ((...given) => {
    decide(res.statusCode, given[0])
    return replaced ? drop(given, true) : write(...given)
  }) as Send<boolean> as typeof res.write
  res.end = ((...given) => {
    decide(res.statusCode, given[0])
    return replaced ? drop(given, res) : end(...given)
  }) as Send<ServerResponse> as typeof res.end
}

/** The first letters of what is written, enough to know a page by. */
function beginning(given: unknown): string {
  if (typeof given === 'string') return given.slice(0, 200)
  return given instanceof Uint8Array ? Buffer.from(given.subarray(0, 200)).toString('latin1') : ''
}

type Send<Answer> = (...given: unknown[]) => Answer

/** As if it had been sent. */
function drop<Answer>(given: unknown[], answer: Answer): Answer {
  const sent = given.at(-1)
  if (typeof sent === 'function') process.nextTick(() => sent())
  return answer
}

function pairs(given: string | OutgoingHttpHeaders | OutgoingHttpHeader[] | undefined): [string, OutgoingHttpHeader][] {
  if (typeof given !== 'object') return []
  if (!Array.isArray(given)) return Object.entries(given).filter((entry): entry is [string, OutgoingHttpHeader] => entry[1] !== undefined)
  return given.flatMap((name, i) => (i % 2 ? [] : [[`${name}`, given[i + 1] ?? '']]))
}
