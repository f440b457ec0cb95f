import { randomUUID } from 'node:crypto'
import type { RequestListener } from 'node:http'
import { faultOf } from '#lib/fault.ts'
import { type Answered, askHandler } from '#lib/front/ask-handler.ts'
import { type Copy, createCopy, packFast, packSmall } from '#lib/front/copy.ts'
import { pathOf, siteHeaders } from '#lib/front/incoming.ts'
import type { Produced } from '#lib/front/page-cache.ts'
import { type PublicScript, withPublicScript } from '#lib/front/public-script.ts'
import { createMark, FILE_POLICY, hashSource, nonceSource, pagePolicy, pictureHeaders } from '#lib/front/security-headers.ts'
import type { Logger } from '#lib/log.ts'
import { isEndless, isLasting } from '#lib/paths.ts'
import { createTurns, LineFull } from '#lib/turns.ts'

export type PageSourceOptions = {
  handler: RequestListener
  siteUrl: string
  /** Headers of every answer, flat. */
  common: readonly string[]
  /** Inline scripts of ours that stand in every page. */
  inlineScripts: readonly string[]
  /** What stands in every page in place of Next's scripts; null where nothing does. */
  publicScript: PublicScript | null
  /** Milliseconds that a finished page is given again without being made anew. */
  freshFor: number
  /** Milliseconds after which a render is given up. */
  deadline: number
  log: Logger
}

export type PageSource = {
  page: (address: string, kept: Copy | undefined) => Promise<Produced<Copy>>
  file: (address: string) => Promise<Produced<Copy>>
  /** What stands where nothing is. */
  missing: () => Promise<Copy>
}

/**
 * A render that brought no page. It is logged under its request id, as is what Next knows of it. `away`: what it is made from
 * did not answer.
 */
export class RenderFailed extends Error {
  readonly requestId: string
  readonly away: boolean
  constructor(message: string, requestId: string, away: boolean, options?: ErrorOptions) {
    super(message, options)
    this.name = 'RenderFailed'
    this.requestId = requestId
    this.away = away
  }
}

/** Renders that run at once, a little more than the database has connections; and that may wait for their turn. */
const AT_ONCE = 16
const IN_LINE = 200

const LASTING = 'public, max-age=31536000, immutable'
const PAGE_CACHING = 'public, max-age=0, s-maxage=1, stale-while-revalidate=60'

// Next writes a robot's page in one piece: the description in the head, nothing moved into place by script. The kept page
// is for everybody, those without JavaScript and the robots included, so it is always that one.
const READER = 'Mozilla/5.0 (compatible; Perch page cache; Bingbot)'

// What Next says about the content. Its words about caching, cookies and itself stay inside.
const KEPT = ['content-type', 'location', 'link', 'content-disposition', 'content-language', 'x-robots-tag', 'access-control-allow-origin']

/** Makes finished answers out of what the handler renders. All reject with RenderFailed, or LineFull where too many are asked for. */
export function createPageSource(options: PageSourceOptions): PageSource {
  const { handler, siteUrl, common, publicScript, freshFor, deadline, log } = options
  const mark = createMark()
  const policyOfPages = pagePolicy(options.inlineScripts.map(hashSource))
  const asked = {
    ...siteHeaders(siteUrl),
    accept: 'text/html,*/*',
    'user-agent': READER,
    'content-security-policy': `script-src ${nonceSource(mark)}`,
  }
  const takeTurn = createTurns(AT_ONCE, IN_LINE)

  async function render(address: string): Promise<Answered & { startedAt: number }> {
    const requestId = randomUUID()
    let status = 0
    try {
      return await takeTurn(async () => {
        const startedAt = performance.now()
        const answered = await askHandler(handler, address, { ...asked, 'x-request-id': requestId }, deadline)
        status = answered.status
        if (status >= 500) throw new Error(`rendered with status ${status}`)
        return { ...answered, startedAt }
      })
    } catch (error) {
      const path = pathOf(address)
      if (error instanceof LineFull) {
        log.warn({ path }, 'a page was not rendered: the line is full')
        throw error
      }
      log.error({ err: error, requestId, path }, 'a page could not be rendered')
      const away = status === 503 || faultOf(requestId) === 'away'
      throw new RenderFailed(`${path} could not be rendered`, requestId, away, { cause: error })
    }
  }

  const notFound = rememberFor(freshFor, async () => ({ ...(await render(NOT_FOUND)), status: 404 }))

  async function page(address: string, kept: Copy | undefined): Promise<Produced<Copy>> {
    const rendered = await render(address)
    const answered = isMissingPage(rendered) ? await notFound() : rendered
    const fresh = finish(answered, answered.status === 200 && isLasting(address) ? LASTING : PAGE_CACHING)
    // Most pages are the same a second later, and the kept copy is already packed small.
    const copy = kept?.etag === fresh.etag && kept.status === fresh.status ? kept : fresh
    if (copy === fresh) await packFast(copy)
    return { copy, freshUntil: rendered.startedAt + freshFor, keep: isEndless(address) ? 'briefly' : keeping(answered.status) }
  }

  async function file(address: string): Promise<Produced<Copy>> {
    const answered = await render(address)
    const found = answered.status === 200
    const copy = finish(answered, found ? (isLasting(address) ? LASTING : 'public, max-age=3600') : 'no-store')
    // Files stay as they are while this process runs, so they are packed once, small.
    await packSmall(copy)
    return { copy, freshUntil: found ? Number.POSITIVE_INFINITY : answered.startedAt + freshFor, keep: keeping(answered.status) }
  }

  function finish({ status, headers, body }: Answered, caching: string): Copy {
    const type = headers.get('content-type') ?? ''
    const html = type.startsWith('text/html') ? withPublicScript(body.toString('utf8'), mark, publicScript) : null
    const policy = html === null ? FILE_POLICY : policyOfPages
    const own = KEPT.flatMap((name) => {
      const value = headers.get(name)
      return value === undefined ? [] : [name, value.replaceAll(`; nonce="${mark}"`, '')]
    })
    const shared = type.startsWith('image/') ? pictureHeaders(common) : common
    const flat = [...shared, ...own, 'content-security-policy', policy, 'cache-control', caching]
    return createCopy(status, type, flat, html === null ? body : Buffer.from(html))
  }

  return { page, file, missing: async () => finish(await notFound(), PAGE_CACHING) }
}

// Of a page that calls notFound() Next sends a frame without words, for its script to fill; of an address that it does not
// know it sends the same page with its words. So everybody gets the latter.
const NOT_FOUND = '/_not-found'

function isMissingPage({ status, headers }: Answered): boolean {
  return status === 404 && (headers.get('content-type') ?? '').startsWith('text/html')
}

function rememberFor<Value>(milliseconds: number, ask: () => Promise<Value>): () => Promise<Value> {
  let last: { at: number; value: Promise<Value> } | undefined
  return () => {
    const now = performance.now()
    if (!last || now - last.at > milliseconds) last = { at: now, value: ask() }
    return last.value
  }
}

function keeping(status: number): Produced<Copy>['keep'] {
  if (status === 200) return 'long'
  return status === 404 || status === 308 || status === 301 ? 'briefly' : 'never'
}
