import { createHash, randomBytes } from 'node:crypto'

/** Where browsers tell what the policy made them refuse. */
export const REPORTS_PATH = '/api/csp-reports'

/** Flat name-value pairs, the same on every answer of the server, whatever its status. */
export function securityHeaders(siteUrl: string): string[] {
  const hsts = ['strict-transport-security', 'max-age=63072000; includeSubDomains']
  return [
    ...(siteUrl.startsWith('https:') ? hsts : []),
    ...['x-content-type-options', 'nosniff'],
    ...['referrer-policy', 'strict-origin-when-cross-origin'],
    ...['cross-origin-opener-policy', 'same-origin'],
    ...['cross-origin-resource-policy', 'same-origin'],
    ...['permissions-policy', 'camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), usb=()'],
    ...['reporting-endpoints', `csp="${REPORTS_PATH}"`],
  ]
}

/** The headers of a picture: other sites show it beside a link to us, feed readers beside our name. */
export function pictureHeaders(common: readonly string[]): string[] {
  return common.map((each, i) => (common[i - 1] === 'cross-origin-resource-policy' ? 'cross-origin' : each))
}

/** The policy of a page. `scripts` are the sources allowed beside the site's own files: hashes or a nonce. */
export function pagePolicy(scripts: readonly string[]): string {
  return [
    "default-src 'none'",
    ["script-src 'self'", ...scripts].join(' '),
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    `report-uri ${REPORTS_PATH}`,
    'report-to csp',
  ].join('; ')
}

/** The policy while developing: hot reload evaluates code, adds styles and keeps a socket open. */
export function developmentPolicy(): string {
  return pagePolicy(["'unsafe-inline'", "'unsafe-eval'"])
    .replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
    .replace("connect-src 'self'", "connect-src 'self' ws: wss:")
}

/** The policy of what is no page (data, pictures, feeds): opened on its own it loads and runs nothing. */
export const FILE_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** The policy of a self-contained page of ours: one inline style, nothing else. */
export function sorryPolicy(style: string): string {
  return `default-src 'none'; style-src ${hashSource(style)}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
}

/** A fresh nonce, 128 bits. */
export function createNonce(): string {
  return randomBytes(16).toString('base64')
}

/** A secret word for the length of the process, in letters that HTML and JSON leave alone. */
export function createMark(): string {
  return randomBytes(18).toString('hex')
}

/** What makes Next put the nonce on its scripts when it stands on the request as `content-security-policy`. */
export function nonceSource(nonce: string): string {
  return `'nonce-${nonce}'`
}

/** The source expression that allows exactly this inline script or style. */
export function hashSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}
