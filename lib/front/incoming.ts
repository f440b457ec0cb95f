import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { type Sorry, sorry } from '#lib/front/sorry-page.ts'
import { ONE_CLICK, takesForms, takesPictures, UPLOAD_BYTES } from '#lib/paths.ts'

/** The largest body that is let in, in bytes: an answer of 30,000 characters in any script, sent as a form. */
export const BODY_LIMIT = 512 * 1024

/** Why this request goes no further, or null. Next would answer some of these with 200 and others with 500. */
export function refusal(req: IncomingMessage, siteUrl: string): Sorry | null {
  const { method = '', url = '', headers } = req
  if (!url.startsWith('/') || !headers.host || !isLegible(url) || ROUNDABOUT.test(pathOf(url))) return sorry.unreadable()
  const allowed = methodsOf(url)
  if (!allowed.includes(method)) return sorry.method(allowed)
  if (method === 'GET' || method === 'HEAD') return null
  if (!url.startsWith(ONE_CLICK) && !isSameOrigin(headers, siteUrl)) return sorry.foreign()
  if (!takesForms(pathOf(url))) return sorry.method(['GET', 'HEAD'])
  if (headers['transfer-encoding'] !== undefined) return sorry.lengthless()
  if (Number(headers['content-length'] ?? 0) > bodyLimit(url)) return sorry.large()
  return null
}

/**
 * Takes away what only Next itself may say to Next: a visitor's own policy would put their nonce on the page's scripts, the
 * others would change what is rendered or skip checks. And names the site as SITE_URL does, however it was reached: Next
 * makes addresses from these headers and even asks them.
 */
export function cleanHeaders(headers: IncomingHttpHeaders, siteUrl: string): void {
  for (const name of Object.keys(headers)) {
    if (INTERNAL.test(name)) delete headers[name]
  }
  Object.assign(headers, siteHeaders(siteUrl))
  if (headers.origin !== undefined) headers.origin = new URL(siteUrl).origin
}

const INTERNAL =
  /^(content-security-policy(-report-only)?|x-middleware-.*|x-nextjs-.*|x-next-.*|x-invoke-.*|x-matched-path|x-now-.*|x-prerender-.*|next-resume|x-request-id|forwarded|x-forwarded-port)$/

/** The site's own name, as a request carries it. */
export function siteHeaders(siteUrl: string): Record<string, string> {
  const { host, protocol } = new URL(siteUrl)
  return { host, 'x-forwarded-host': host, 'x-forwarded-proto': protocol.slice(0, -1) }
}

/** No browser sends these; Next would go where they lead, past what is said here of the address. */
const ROUNDABOUT = /#|\/(\.|%2e){1,2}(\/|$)/i

/** Whether its escapes mean text: no page has another address, Next answers what cannot be decoded with 500, and PostgreSQL takes no NUL. */
function isLegible(url: string): boolean {
  if (!url.includes('%')) return true
  if (url.includes('%00')) return false
  try {
    decodeURIComponent(pathOf(url))
    return true
  } catch {
    return false
  }
}

/** A picture somewhat too large is let in, so that its form can say so. */
function bodyLimit(url: string): number {
  return takesPictures(pathOf(url)) ? UPLOAD_BYTES + 1024 * 1024 : BODY_LIMIT
}

/** An address without its query. */
export function pathOf(url: string): string {
  return url.replace(/\?.*$/s, '')
}

function methodsOf(url: string): readonly string[] {
  if (url.startsWith('/api/')) return ['GET', 'HEAD', 'POST', 'PUT', 'DELETE']
  if (url.startsWith('/_next/')) return ['GET', 'HEAD']
  return ['GET', 'HEAD', 'POST']
}

// A browser says where a writing request comes from in one or both of these; a request with neither is no page of ours.
function isSameOrigin({ 'sec-fetch-site': site, origin, host }: IncomingHttpHeaders, siteUrl: string): boolean {
  if (site !== undefined && site !== 'same-origin') return false
  if (origin === undefined) return site === 'same-origin'
  return origin === new URL(siteUrl).origin || (URL.canParse(origin) && new URL(origin).host === host)
}
