import type { IncomingMessage, ServerResponse } from 'node:http'
import { sorryPolicy } from '#lib/front/security-headers.ts'
import { spokenDuration } from '#lib/time.ts'

/** What the server itself says when no page can: a title, a sentence or two, and headers of this case (flat pairs). */
export type Sorry = { status: number; title: string; text: string; headers?: readonly string[] }

/** Seconds after which it is worth asking again. */
const RETRY_AFTER = 5

/** Milliseconds for which a refused request may still bring what nobody wants. */
const READING = 10_000

export const sorry = {
  unreadable: (): Sorry => ({
    status: 400,
    title: 'This address cannot be read',
    text: 'The request is not one that a browser makes. Nothing was changed.',
  }),
  garbled: (): Sorry => ({
    status: 400,
    title: 'This did not arrive whole',
    text: 'What was sent could not be read, so nothing was changed. Go back: your text is still there. Send it again.',
  }),
  foreign: (): Sorry => ({
    status: 403,
    title: 'This was sent from another site',
    text: 'This site takes what you write only from its own pages, so that nobody else can write in your name. Nothing was changed. Go back, reload the page, and send it again.',
  }),
  method: (allowed: readonly string[]): Sorry => ({
    status: 405,
    title: 'This cannot be done here',
    text: `This address knows only ${allowed.join(', ')}. Nothing was changed.`,
    headers: ['allow', allowed.join(', ')],
  }),
  lengthless: (): Sorry => ({
    status: 411,
    title: 'The length is missing',
    text: 'A request that brings something has to say how long it is. Nothing was changed.',
  }),
  large: (): Sorry => ({
    status: 413,
    title: 'That is too much at once',
    text: 'What you sent is longer than this site can take in one piece. Go back: your text is still there. Shorten it and send it again.',
  }),
  often: (seconds: number): Sorry => ({
    status: 429,
    title: 'That was too often',
    text: `Your network has asked for very many of these pages in a short time. Try again in ${spokenDuration(seconds)}.`,
    headers: ['retry-after', String(seconds)],
  }),
  broken: (id: string): Sorry => ({
    status: 500,
    title: 'Something went wrong on our side',
    text: `This page could not be made. It is noted as ${id}. Try again in a moment.`,
  }),
  crowded: (): Sorry => ({
    status: 503,
    title: 'Very many want to read at this moment',
    text: 'This page could not be made for you yet. Nothing is lost, and pages that were read a moment ago still open. Try again in a few seconds.',
    headers: ['retry-after', String(RETRY_AFTER)],
  }),
  unreachable: (): Sorry => ({
    status: 503,
    title: 'This page cannot be loaded right now',
    text: 'The site cannot reach its library of questions and answers at the moment. Nothing is lost, and pages that were read a moment ago still open. Try again in a few seconds.',
    headers: ['retry-after', String(RETRY_AFTER)],
  }),
} as const

/** Says it: as a page to a browser, as one line of text to a program. */
export function saySorry(req: IncomingMessage, res: ServerResponse, said: Sorry, common: readonly string[]): void {
  const { headers, body } = written(req, said)
  const unread = !req.complete && req.method !== 'GET' && req.method !== 'HEAD'
  const close = unread ? ['connection', 'close'] : []
  res.writeHead(said.status, [...common, ...headers, ...close])
  if (unread) endAfterReading(req, res, body)
  else res.end(body)
}

/** What is sent: headers of it (flat), and its bytes. */
export function written(req: IncomingMessage, said: Sorry): { headers: string[]; body: Buffer } {
  const html = req.headers.accept?.includes('text/html') ?? false
  const body = Buffer.from(html ? sorryPage(said) : `${said.title}. ${said.text}\n`)
  const type = html ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8'
  const own = ['content-type', type, 'content-length', String(body.length), 'cache-control', 'no-store', 'vary', 'accept']
  return { headers: [...own, 'content-security-policy', policy, ...(said.headers ?? [])], body }
}

/**
 * Sends the whole answer at once, and ends the connection only when the request has been brought, or after READING: who is
 * still writing into a connection that was closed gets an error instead of the answer. What is brought is thrown away.
 */
function endAfterReading(req: IncomingMessage, res: ServerResponse, body: Buffer): void {
  res.write(body)
  const end = () => res.end()
  const timer = setTimeout(end, READING).unref()
  req.resume().once('end', end).once('error', end)
  res.once('close', () => clearTimeout(timer))
}

function sorryPage({ status, title, text }: Sorry): string {
  const again = status >= 500 || status === 429 ? '<a href="">Try again</a>' : ''
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<main>
${bird}
<h1>${title}</h1>
<p>${text}</p>
<nav>${again}<a href="/">Home page</a></nav>
</main>
</body>
</html>
`
}

const bird = `<svg viewBox="0 0 320 72" width="320" height="72" aria-hidden="true">
<path class="wire" d="M0 58 Q160 70 320 58"/>
<path class="bird" d="M150 62c-15-2-23-13-22-26 1-12 11-21 23-21 9 0 16 4 20 11l11 4-10 4c1 3 1 6 0 9-2 11-11 19-22 19z"/>
<path class="bird" d="M133 50l-22 12 14-21z"/>
<circle class="eye" cx="158" cy="28" r="2.6"/>
</svg>`

const style = `
:root { color-scheme: light dark; --paper: #fbfaf7; --ink: #1a1f24; --soft: #59626b; --line: #b9b4a8; --accent: #0b6370 }
@media (prefers-color-scheme: dark) {
  :root { --paper: #101416; --ink: #eae7e1; --soft: #a7afb5; --line: #4a545a; --accent: #5cc0c9 }
}
* { box-sizing: border-box; margin: 0 }
body { min-height: 100vh; display: grid; place-items: center; padding: 2rem 1.25rem; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.6 "Instrument Sans Variable", "Instrument Sans", system-ui, sans-serif }
main { max-width: 32rem }
svg { display: block; width: 100%; height: auto; margin-bottom: 2rem }
.wire { fill: none; stroke: var(--line); stroke-width: 1.5 }
.bird { fill: var(--accent) }
.eye { fill: var(--paper) }
h1 { font-size: clamp(1.5rem, 5vw, 2rem); line-height: 1.2; letter-spacing: -.015em; text-wrap: balance }
p { margin: .75rem 0 1.75rem; color: var(--soft) }
nav { display: flex; gap: 1.5rem }
a { color: var(--accent); font-weight: 600; text-underline-offset: .2em; padding: .5rem 0 }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: 2px }
`

const policy = sorryPolicy(style)
