import { randomUUID } from 'node:crypto'
import { type RequestListener, request } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, expect, test, vi } from 'vitest'
import { securityHeaders } from '#lib/front/security-headers.ts'
import { createStreams } from '#lib/front/streams.ts'
import { createLog } from '#lib/log.ts'
import { paths } from '#lib/paths.ts'
import { openSite, page, SITE_URL } from '#testing/front.ts'
import { publicAddress } from './server.ts'

const html: (text: string) => RequestListener = (text) => (_req, res) => {
  res.setHeader('content-type', 'text/html; charset=utf-8')
  res.end(page(text))
}

/** A handler that counts, and whose answer a test can change. */
function counting(answer: RequestListener) {
  const seen = { renders: 0, urls: [] as string[], headers: [] as Record<string, unknown>[], answer }
  const handler: RequestListener = (req, res) => {
    seen.renders += 1
    seen.urls.push(req.url ?? '')
    seen.headers.push({ ...req.headers })
    return seen.answer(req, res)
  }
  return { seen, handler }
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

describe('a public page', () => {
  test('is rendered for the first reader and kept for the second', async () => {
    const { seen, handler } = counting(html('Ada'))
    const site = await openSite(handler)
    const first = await site.ask('/questions/what-is-code')
    const second = await site.ask('/questions/what-is-code')
    expect([first.status, first.headers['x-perch-cache'], second.headers['x-perch-cache']]).toEqual([200, 'miss', 'hit'])
    expect(second.text).toBe(first.text)
    expect(first.headers['cache-control']).toBe('public, max-age=0, s-maxage=1, stale-while-revalidate=60')
    expect(seen.renders).toBe(1)
  })

  test('shows what changed as soon as its second is over, to the first who asks', async () => {
    const { seen, handler } = counting(html('before'))
    const site = await openSite(handler, { freshFor: 100 })
    await site.ask('/questions/q')
    seen.answer = html('after')
    expect((await site.ask('/questions/q')).text).toContain('before')
    await pause(110)
    const changed = await site.ask('/questions/q')
    expect(changed.text).toContain('after')
    expect(changed.headers['x-perch-cache']).toBe('miss')
  })

  test('is rendered once for a hundred readers who come at the same moment', async () => {
    const { seen, handler } = counting(async (req, res) => {
      await pause(50)
      await html('crowd')(req, res)
    })
    const site = await openSite(handler)
    const answers = await Promise.all(Array.from({ length: 100 }, () => site.ask('/amas/crowd')))
    expect(seen.renders).toBe(1)
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
  })

  test('is one page whatever is added to its address, and another only by the parameters it reads', async () => {
    const { seen, handler } = counting(html('list'))
    const site = await openSite(handler)
    await site.ask('/amas?utm_source=mail&after=abc')
    const same = await site.ask('/amas?after=abc&fbclid=1&after=zzz')
    const bare = await site.ask('/amas?utm_source=mail')
    expect(same.headers['x-perch-cache']).toBe('hit')
    expect(bare.headers['x-perch-cache']).toBe('miss')
    expect(seen.urls).toEqual(['/amas?after=abc', '/amas'])
  })

  test('that costs much is made so often for one network and no oftener; what is kept is for everybody', async () => {
    const { seen, handler } = counting(html('found'))
    const network = (ending: number) => ({ headers: { accept: 'text/html', 'x-forwarded-for': `198.51.100.${ending}` } })
    const limits = { '/search': [{ name: `search ${randomUUID()}`, by: 'address' as const, points: 3, seconds: 60 }] }
    const site = await openSite(handler, { limits, proxyHops: 1, freshFor: 60_000 })
    const search = (word: string, ending = 1) => site.ask(`/search?q=${word}`, network(ending))
    for (const word of ['one', 'two', 'one', 'two', 'one', 'three']) expect((await search(word)).status).toBe(200)
    const refused = await search('four')
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, expect.stringMatching(/^[1-9]\d?$/)])
    expect(refused.text).toContain('Try again in')
    expect((await search('one')).headers['x-perch-cache']).toBe('hit')
    expect((await search('four', 2)).status).toBe(200)
    expect((await search('four')).headers['x-perch-cache']).toBe('hit')
    expect((await site.ask('/amas', network(1))).status).toBe(200)
    expect(seen.renders).toBe(5)
  })

  test('is rendered without anything of the visitor who asked', async () => {
    const { seen, handler } = counting(html('same for all'))
    const site = await openSite(handler)
    const headers = {
      cookie: 'session=secret',
      authorization: 'Bearer secret',
      'user-agent': 'Ada/1',
      'accept-language': 'de',
      'x-forwarded-host': 'evil.example',
      host: 'evil.example',
      rsc: '1',
      'next-router-prefetch': '1',
      'content-security-policy': "script-src 'nonce-mine'",
      'x-middleware-subrequest': 'middleware',
    }
    await site.ask('/questions/q', { headers })
    const [inside = {}] = seen.headers
    expect(Object.keys(inside).toSorted()).toEqual([
      'accept',
      'content-security-policy',
      'host',
      'user-agent',
      'x-forwarded-host',
      'x-forwarded-proto',
      'x-request-id',
    ])
    expect(JSON.stringify(inside)).not.toMatch(/secret|Ada|evil|mine/)
    expect(inside.host).toBe('perch.example')
  })

  test('lets no cookie out that its render set', async () => {
    const site = await openSite((req, res) => {
      res.setHeader('set-cookie', 'session=ada')
      res.setHeader('x-powered-by', 'Next.js')
      void html('q')(req, res)
    })
    const { headers } = await site.ask('/questions/q')
    expect(headers['set-cookie']).toBeUndefined()
    expect(headers['x-powered-by']).toBeUndefined()
  })

  test('is finished for the others when the first reader leaves', async () => {
    const { seen, handler } = counting(async (req, res) => {
      await pause(80)
      await html('whole')(req, res)
    })
    const site = await openSite(handler)
    const controller = new AbortController()
    const leaving = fetch(`http://127.0.0.1:${site.port}/questions/q`, { signal: controller.signal }).catch(() => 'left')
    await pause(20)
    const staying = site.ask('/questions/q')
    controller.abort()
    expect(await leaving).toBe('left')
    expect((await staying).text).toContain('whole')
    expect(seen.renders).toBe(1)
  })

  test('that is not there or has moved is kept for its second and says so with its status', async () => {
    const { seen, handler } = counting((req, res) => {
      if (req.url === '/questions/old') return res.writeHead(308, { location: '/questions/new' }).end()
      res.writeHead(404, { 'content-type': 'text/html' }).end(page('Nothing sits here'))
    })
    const site = await openSite(handler)
    await site.ask('/questions/none')
    const missing = await site.ask('/questions/none')
    await site.ask('/questions/old')
    const moved = await site.ask('/questions/old')
    expect([missing.status, missing.headers['x-perch-cache']]).toEqual([404, 'hit'])
    expect([moved.status, moved.headers.location, moved.headers['x-perch-cache']]).toEqual([308, '/questions/new', 'hit'])
    expect(seen.urls).toEqual(['/questions/none', '/_not-found', '/questions/old'])
  })

  test('that is not there is answered with the words of the not-found page, not with the frame that Next sends in their place', async () => {
    const site = await openSite((req, res) => {
      const words = req.url === '/_not-found' ? 'Nothing sits here' : 'an empty frame'
      res.writeHead(404, { 'content-type': 'text/html' }).end(page(words))
    })
    const missing = await site.ask('/questions/none')
    expect([missing.status, missing.text.includes('Nothing sits here')]).toEqual([404, true])
  })

  test('that was taken away is not served from memory when rendering fails afterwards', async () => {
    const { seen, handler } = counting(html('hidden later'))
    const site = await openSite(handler, { freshFor: 30 })
    await site.ask('/questions/q')
    await pause(40)
    seen.answer = (_req, res) => res.writeHead(404).end('gone')
    expect((await site.ask('/questions/q')).status).toBe(404)
    await pause(60)
    seen.answer = (_req, res) => res.writeHead(500).end()
    expect((await site.ask('/questions/q')).status).toBe(500)
  })
})

test('whoever comes when the line for pages is full is asked to come back, and one line is written for it', async () => {
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  const site = await openSite(
    async (req, res) => {
      await released
      await html('late')(req, res)
    },
    { deadline: 60_000 },
  )
  // Sixteen are made at once, two hundred wait, and one is too many.
  const asked = Array.from({ length: 217 }, (_, i) => site.ask(`/questions/q-${i}`, { headers: { accept: 'text/html' } }))
  const refused = await Promise.race(asked)
  expect([refused.status, refused.headers['retry-after'], refused.headers['cache-control']]).toEqual([503, '5', 'no-store'])
  expect(refused.text).toContain('Very many want to read at this moment')
  expect(site.logged.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ level: 40, path: expect.stringMatching(/^\/questions\/q-\d+$/) }),
  ])
  expect(site.logged.join('')).not.toContain('stack')
  release()
  const statuses = (await Promise.all(asked)).map(({ status }) => status)
  expect(statuses.filter((status) => status === 200)).toHaveLength(216)
})

describe('a kept page is sent', () => {
  test('as a quick gzip first, then as brotli or gzip, always with the same content', async () => {
    const site = await openSite(html('packed'))
    const read = (encoding: string) => site.ask('/questions/q', { headers: { 'accept-encoding': encoding } })
    const first = await read('gzip, deflate, br, zstd')
    expect(first.headers['content-encoding']).toBe('gzip')
    await read('br')
    await vi.waitFor(async () => expect((await read('gzip, br')).headers['content-encoding']).toBe('br'))
    const whole = (await read('identity')).text
    expect(whole).toContain('packed')
    expect(gunzipSync(first.body).toString()).toBe(whole)
    expect(brotliDecompressSync((await read('br')).body).toString()).toBe(whole)
    expect(gunzipSync((await read('gzip')).body).toString()).toBe(whole)
    const refusing = await read('br;q=0, gzip;q=0')
    expect(refusing.headers['content-encoding']).toBeUndefined()
    expect(first.headers.vary).toBe('accept-encoding')
  })

  test('packed small still when its second is over and nothing changed', async () => {
    const site = await openSite(html('steady'), { freshFor: 50 })
    const read = () => site.ask('/questions/q', { headers: { 'accept-encoding': 'br, gzip' } })
    await read()
    await vi.waitFor(async () => expect((await read()).headers['content-encoding']).toBe('br'))
    await pause(60)
    const again = await read()
    expect([again.headers['x-perch-cache'], again.headers['content-encoding']]).toEqual(['miss', 'br'])
  })

  test('as 304 without a body to who has it, with all headers', async () => {
    const site = await openSite(html('known'))
    const { headers } = await site.ask('/questions/q')
    const known = await site.ask('/questions/q', { headers: { 'if-none-match': `"other", ${headers.etag}` } })
    expect([known.status, known.body.length, known.headers.etag]).toEqual([304, 0, headers.etag])
    expect(known.headers['content-security-policy']).toBe(headers['content-security-policy'])
    const other = await site.ask('/questions/q', { headers: { 'if-none-match': '"other"' } })
    expect(other.status).toBe(200)
  })

  test('without its body to HEAD, and serves the GET that follows', async () => {
    const { seen, handler } = counting(html('head'))
    const site = await openSite(handler)
    const head = await site.ask('/questions/q', { method: 'HEAD' })
    const whole = await site.ask('/questions/q')
    expect([head.status, head.body.length]).toEqual([200, 0])
    expect(head.headers['content-length']).toBe(String(whole.body.length))
    expect(whole.headers['x-perch-cache']).toBe('hit')
    expect(seen.renders).toBe(1)
  })

  test('a picture is not compressed again', async () => {
    const site = await openSite((_req, res) => res.writeHead(200, { 'content-type': 'image/png' }).end(Buffer.alloc(5_000)))
    const picture = await site.ask('/og/questions/q', { headers: { 'accept-encoding': 'gzip, br' } })
    expect(picture.headers['content-encoding']).toBeUndefined()
    expect(picture.headers.vary).toBeUndefined()
    expect(picture.headers['content-security-policy']).toBe(
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    )
  })
})

describe('when the database is gone', () => {
  const broken: RequestListener = (_req, res) => void res.writeHead(500).end('Error: connect ECONNREFUSED 10.0.0.1:5432')
  const gone = async () => Promise.reject(new Error('refused'))

  test('a kept page is still served, a page that nobody read says in words that it cannot be loaded', async () => {
    const { seen, handler } = counting(html('kept'))
    const site = await openSite(handler, { freshFor: 30, database: gone })
    await site.ask('/questions/kept')
    seen.answer = broken
    await pause(40)
    const kept = await site.ask('/questions/kept')
    expect([kept.status, kept.headers['x-perch-cache']]).toEqual([200, 'stale'])
    expect(kept.text).toContain('kept')
    const other = await site.ask('/questions/other', { headers: { accept: 'text/html' } })
    expect([other.status, other.headers['retry-after'], other.headers['cache-control']]).toEqual([503, '5', 'no-store'])
    expect(other.text).toContain('This page cannot be loaded right now')
    expect(other.text).not.toMatch(/ECONNREFUSED|https?:/)
  })

  test('a kept page is tried again once a second, not at each request, and is new again after the return', async () => {
    const { seen, handler } = counting(html('before'))
    const site = await openSite(handler, { freshFor: 30, database: gone })
    await site.ask('/amas')
    seen.answer = broken
    await pause(40)
    for (let i = 0; i < 20; i++) expect((await site.ask('/amas')).headers['x-perch-cache']).toBe('stale')
    expect(seen.renders).toBe(2)
    seen.answer = html('after')
    await pause(1_050)
    const back = await site.ask('/amas')
    expect(back.headers['x-perch-cache']).toBe('miss')
    expect(back.text).toContain('after')
  })

  test('readers of a kept page do not wait for a database that hangs', async () => {
    const { seen, handler } = counting(html('kept'))
    const site = await openSite(handler, { freshFor: 30, patience: 100, deadline: 1_000, database: gone })
    await site.ask('/amas')
    seen.answer = () => undefined
    await pause(40)
    const came: string[] = []
    const [kept, none] = await Promise.all(['/amas', '/amas/none'].map((path) => site.ask(path).finally(() => came.push(path))))
    expect([kept?.headers['x-perch-cache'], none?.status]).toEqual(['stale', 503])
    expect(came).toEqual(['/amas', '/amas/none'])
    seen.answer = html('after')
    await pause(1_100)
    expect((await site.ask('/amas')).text).toContain('after')
  })

  test('a fault that is not the database’s answers 500 with a number that stands in the log too', async () => {
    const site = await openSite(broken)
    const failed = await site.ask('/questions/q', { headers: { accept: 'text/html' } })
    expect(failed.status).toBe(500)
    const [id = 'none'] = failed.text.match(/[0-9a-f]{8}-[0-9a-f-]{27}/) ?? []
    expect(site.logged.join('')).toContain(id)
  })

  test('the process says that it is alive, and ready in degraded mode, until it ends', async () => {
    const site = await openSite(broken, { database: gone })
    expect((await site.ask('/healthz')).status).toBe(200)
    const degraded = await site.ask('/readyz')
    expect([degraded.status, degraded.text]).toEqual([200, 'the database does not answer: kept pages only\n'])
    site.stopBeingReady()
    expect((await site.ask('/readyz')).status).toBe(503)
    expect((await site.ask('/healthz')).status).toBe(200)
  })
})

describe('memory', () => {
  test('stays within its bound, and what was read last stays', async () => {
    const site = await openSite(html('bound'), { maxBytes: 60_000, freshFor: 60_000 })
    for (let i = 0; i < 100; i++) await site.ask(`/questions/q-${i}`)
    expect(site.keptBytes()).toBeLessThanOrEqual(60_000)
    expect(site.keptBytes()).toBeGreaterThan(30_000)
    expect((await site.ask('/questions/q-99')).headers['x-perch-cache']).toBe('hit')
    expect((await site.ask('/questions/q-0')).headers['x-perch-cache']).toBe('miss')
  })

  test('one huge answer is served, and does not push out the pages', async () => {
    const site = await openSite((req, res) => res.end(req.url === '/sitemaps/huge' ? 'x'.repeat(200_000) : 'small'), { maxBytes: 60_000 })
    await site.ask('/questions/q')
    expect((await site.ask('/sitemaps/huge')).body).toHaveLength(200_000)
    expect((await site.ask('/questions/q')).headers['x-perch-cache']).toBe('hit')
  })

  test('a page that leads nowhere leaves after its second', async () => {
    const site = await openSite((_req, res) => res.writeHead(404).end('none'), { freshFor: 40 })
    await site.ask('/questions/made-up')
    expect(site.keptBytes()).toBeGreaterThan(0)
    await vi.waitFor(() => expect(site.keptBytes()).toBe(0))
  })

  test('what somebody searched for is given again while it is fresh, and not kept beyond', async () => {
    const site = await openSite((_req, res) => res.writeHead(200, { 'content-type': 'text/html' }).end(page('found')), { freshFor: 40 })
    expect((await site.ask('/search?q=anything')).status).toBe(200)
    expect(site.keptBytes()).toBeGreaterThan(0)
    await vi.waitFor(() => expect(site.keptBytes()).toBe(0))
  })
})

describe('the policy of a public page', () => {
  const withScripts: RequestListener = (req, res) => {
    const [, nonce = ''] = /'nonce-([^']+)'/.exec(`${req.headers['content-security-policy']}`) ?? []
    res.setHeader('content-type', 'text/html')
    res.end(page('scripts', `<script>theme()</script><script nonce="${nonce}">self.next(["${nonce}"])</script><script>alert(1)</script>`))
  }

  test('allows what is ours, by its hash or its place, and not one that got in between', async () => {
    const publicScript = { src: '/_next/static/own.js', integrity: 'sha256-own' }
    const site = await openSite(withScripts, { inlineScripts: ['theme()'], publicScript })
    const { headers, text } = await site.ask('/questions/q')
    const { createHash } = await import('node:crypto')
    const hash = (script: string) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`
    const policy = headers['content-security-policy']
    expect(policy).toContain(`script-src 'self' ${hash('theme()')};`)
    expect(policy).not.toContain(hash('alert(1)'))
    expect(policy).toMatch(
      /^default-src 'none'; .*style-src 'self'; img-src 'self' data:; .*base-uri 'none'; form-action 'self'; frame-ancestors 'none'; report-uri \/api\/csp-reports; report-to csp$/,
    )
    expect(policy).not.toContain('unsafe')
    expect(text).toContain('<script type="module" src="/_next/static/own.js" integrity="sha256-own"></script></head>')
    expect(text).not.toContain('self.next')
    expect(text).not.toContain('nonce')
  })

  test('is the same for the second reader, who cannot plant a nonce', async () => {
    const site = await openSite(withScripts)
    const planted = await site.ask('/questions/q', { headers: { 'content-security-policy': "script-src 'nonce-planted'" } })
    const next = await site.ask('/questions/q')
    expect(planted.text + next.text).not.toContain('planted')
    expect(next.headers['content-security-policy']).toBe(planted.headers['content-security-policy'])
  })
})

describe('what is one person’s own', () => {
  test('passes with its cookies, is kept by nobody, and gets a nonce of its own each time', async () => {
    const { seen, handler } = counting((req, res) => {
      res
        .writeHead(200, { 'content-type': 'text/html', 'cache-control': 'public, max-age=60', 'set-cookie': 'seen=1' })
        .end(`for ${req.headers.cookie}`)
    })
    const site = await openSite(handler)
    const first = await site.ask('/settings', { headers: { cookie: 'session=ada' } })
    const second = await site.ask('/settings', { headers: { cookie: 'session=grace' } })
    expect([first.text, second.text]).toEqual(['for session=ada', 'for session=grace'])
    expect(first.headers['cache-control']).toBe('private, no-store')
    expect(first.headers['set-cookie']).toEqual(['seen=1'])
    expect(first.headers['x-perch-cache']).toBeUndefined()
    const nonces = [first, second].map(({ headers }) => /'nonce-[^']+'/.exec(`${headers['content-security-policy']}`)?.[0])
    expect(new Set(nonces).size).toBe(2)
    expect(seen.headers.map((inside) => inside['content-security-policy'])).toEqual(nonces.map((nonce) => `script-src ${nonce}`))
  })

  test('leaves nothing in a browser whose session has ended, and all where one begins or goes on', async () => {
    const begun = ['perch-session=sealed; Path=/; HttpOnly', 'perch-in=1; Path=/']
    const ended = ['perch-session=; Path=/; Max-Age=0', 'perch-in=; Path=/; Max-Age=0']
    const site = await openSite((req, res) => {
      if (req.url === '/settings') return void res.writeHead(303, { location: '/', 'set-cookie': ended }).end()
      if (req.url === '/sign-in') res.setHeader('set-cookie', begun)
      res.end('ok')
    })
    expect((await site.ask('/settings')).headers['clear-site-data']).toBe('"storage"')
    expect((await site.ask('/sign-in')).headers['clear-site-data']).toBeUndefined()
    expect((await site.ask('/inbox')).headers['clear-site-data']).toBeUndefined()
  })

  test('is never kept under the address of a file', async () => {
    const { handler } = counting((req, res) => void res.writeHead(200, { 'content-type': 'text/html' }).end(`for ${req.headers.cookie}`))
    const site = await openSite(handler)
    for (const path of ['/settings/x.css', '/settings%2f..%2fquestions', '/questions/q/x.png', '/questions//q', '/inbox?after=x']) {
      await site.ask(path, { headers: { cookie: 'ada' } })
      const other = await site.ask(path, { headers: { cookie: 'grace' } })
      expect([path, other.text, other.headers['cache-control']]).toEqual([path, 'for grace', 'private, no-store'])
    }
  })

  test('comes in without the headers that only Next may say to itself, and under the site’s own name', async () => {
    const { seen, handler } = counting((_req, res) => void res.end('ok'))
    const site = await openSite(handler, { proxyHops: 1 })
    const planted = [
      'content-security-policy',
      'content-security-policy-report-only',
      'x-middleware-subrequest',
      'x-middleware-rewrite',
      'x-nextjs-data',
      'next-resume',
      'x-matched-path',
      'x-invoke-path',
      'x-request-id',
      'x-perch-address',
    ]
    await site.ask('/settings', {
      headers: {
        ...Object.fromEntries(planted.map((name) => [name, 'planted'])),
        host: 'evil.example',
        'x-forwarded-host': 'evil.example',
        'x-forwarded-for': '10.9.9.9, 192.0.2.7',
      },
    })
    const [inside = {}] = seen.headers
    expect(JSON.stringify(inside)).not.toMatch(/planted|evil/)
    expect([inside.host, inside['x-forwarded-host'], inside['x-perch-address']]).toEqual(['perch.example', 'perch.example', '192.0.2.7'])
  })

  test('is noted with a number when it fails, without the query, the cookie or the address', async () => {
    const site = await openSite((_req, res) => void res.writeHead(500, { 'content-type': 'text/html' }).end('sorry'))
    const failed = await site.ask('/settings?token=typed', { headers: { cookie: 'session=ada-secret' } })
    expect(site.logged.join('')).toContain(`${failed.headers['x-request-id']}`)
    expect(site.logged.join('')).not.toMatch(/typed|ada-secret|127\.0\.0\.1/)
  })

  // What Next sends where a page calls notFound() or fails.
  const frame = '<!DOCTYPE html><html id="__next_error__"><head></head><body></body></html>'

  test('is answered with the words of the not-found page where it is not there, and kept by nobody', async () => {
    const site = await openSite((req, res) => {
      res.statusCode = 404
      res.setHeader('content-type', 'text/html; charset=utf-8')
      if (req.url === '/_not-found') return void res.end(page('Nothing sits here'))
      res.setHeader('set-cookie', 'draft=gone')
      res.setHeader('link', '</frame.css>; rel=preload')
      // As Next does.
      res.flushHeaders()
      res.write(Buffer.from(frame))
      res.end()
    })
    for (const method of ['GET', 'POST']) {
      const asked = { method, headers: { accept: 'text/html', origin: SITE_URL } }
      const { status, text, headers } = await site.ask('/queue', asked)
      expect([status, text.includes('Nothing sits here'), text.includes('__next_error__')]).toEqual([404, true, false])
      expect([headers['cache-control'], headers['set-cookie'], headers.link]).toEqual(['private, no-store', ['draft=gone'], undefined])
      expect([headers['content-security-policy'], headers['content-length']]).toEqual([
        expect.stringContaining("script-src 'self';"),
        `${text.length}`,
      ])
    }
    expect((await site.ask('/queue', { method: 'HEAD' })).status).toBe(404)
  })

  test('says in words that it failed, with the number that is in the log', async () => {
    const site = await openSite((_req, res) => {
      res.statusCode = 500
      res.setHeader('content-type', 'text/html; charset=utf-8')
      res.end(frame)
    })
    const { status, text, headers } = await site.ask('/queue', { headers: { accept: 'text/html' } })
    expect([status, text.includes('Something went wrong on our side')]).toEqual([500, true])
    expect(text).toContain(`${headers['x-request-id']}`)
    expect(site.logged.join('')).toContain(`${headers['x-request-id']}`)
    expect(headers['x-content-type-options']).toBe('nosniff')
  })

  test('fails in words too where the not-found page does', async () => {
    const site = await openSite((req, res) => {
      res.statusCode = req.url === '/_not-found' ? 500 : 404
      res.setHeader('content-type', 'text/html; charset=utf-8')
      res.end(frame)
    })
    const { status, text } = await site.ask('/queue', { headers: { accept: 'text/html' } })
    expect([status, text.includes('Something went wrong on our side')]).toEqual([500, true])
  })

  test('passes as it is where it has words of its own, or is for a script', async () => {
    const site = await openSite((req, res) => {
      res.statusCode = 404
      res.setHeader('content-type', req.url === '/queue' ? 'text/x-component' : 'text/html; charset=utf-8')
      res.end(req.url === '/queue' ? '0:["a payload"]' : page('Its own words'))
    })
    expect([(await site.ask('/queue')).text, (await site.ask('/nowhere')).text]).toEqual(['0:["a payload"]', page('Its own words')])
  })

  test('a form whose page leads to the sign-in is not sent on there', async () => {
    const site = await openSite((_req, res) => void res.writeHead(307, { location: '/sign-in' }).end())
    const sent = await site.ask('/settings', { method: 'POST', headers: { origin: SITE_URL }, body: 'name=Ada' })
    expect([sent.status, sent.headers.location]).toEqual([303, '/sign-in'])
    expect((await site.ask('/settings')).status).toBe(307)
  })

  test('a handler that throws answers in words', async () => {
    const site = await openSite(() => {
      throw new Error('secret detail')
    })
    const failed = await site.ask('/settings', { headers: { accept: 'text/html' } })
    expect(failed.status).toBe(500)
    expect(failed.text).toContain('Something went wrong on our side')
    expect(failed.text).not.toContain('secret detail')
  })
})

describe('refused before Next', () => {
  const same = { 'sec-fetch-site': 'same-origin', origin: 'http://perch.example' }
  test.each<[string, string, string, Record<string, string>, number]>([
    ['a form of our page', 'POST', '/ask', same, 200],
    ['a form where the browser says no more than its origin', 'POST', '/ask', { origin: 'http://perch.example' }, 200],
    ['a form of the site under the name it was reached by', 'POST', '/ask', { origin: 'http://127.0.0.1:9', host: '127.0.0.1:9' }, 200],
    ['a form of another site', 'POST', '/ask', { origin: 'http://evil.example' }, 403],
    ['a form of a sibling of the site', 'POST', '/ask', { 'sec-fetch-site': 'same-site', origin: 'http://perch.example' }, 403],
    ['a script of another site', 'PUT', '/api/follows/x', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a write that says nothing of where it comes from', 'POST', '/ask', {}, 403],
    ['a write from a page without an origin', 'POST', '/ask', { origin: 'null' }, 403],
    ['a change by the API', 'DELETE', '/api/follows/x', same, 200],
    ['a change by address of a page', 'DELETE', '/questions/q', same, 405],
    ['a preflight', 'OPTIONS', '/api/follows/x', same, 405],
    ['a trace', 'TRACE', '/questions/q', {}, 405],
    ['a write to a file', 'POST', '/_next/static/x.js', same, 405],
    ['a form where there is none', 'POST', '/search?q=x', same, 405],
    ['a form of another site where there is none', 'POST', '/search?q=x', { origin: 'http://evil.example' }, 403],
    ['an address of another host', 'GET', 'http://evil.example/questions/q', {}, 400],
    ['an address that leads through a folder and out again', 'GET', '/questions/../settings', {}, 400],
    ['the same escaped', 'POST', '/questions/%2E./search?q=x', same, 400],
    ['an address that stays where it is', 'POST', '/./search?q=x', same, 400],
    ['an address with the part of a page in it', 'GET', '/search#x?q=x', {}, 400],
    ['dots in a name', 'GET', '/settings/..x/.y', {}, 200],
    ['dots in a query', 'GET', '/settings?next=/../ask', {}, 200],
    ['an address that is no text', 'GET', '/questions/%E0%A4%A', {}, 400],
    ['half a character', 'GET', '/questions/%ED%A0%80', {}, 400],
    ['an escape without its number', 'GET', '/members/%', {}, 400],
    ['what no database takes', 'GET', '/communities/%00/questions', {}, 400],
    ['the same in a query', 'GET', '/settings?token=%00', {}, 400],
    ['a sign in a query that was not escaped', 'GET', '/settings?said=100%', {}, 200],
    ['an address in another script', 'GET', '/topics/%E6%97%A5%E6%9C%AC', {}, 200],
    ['a body without its length', 'POST', '/ask', { ...same, 'transfer-encoding': 'chunked' }, 411],
    ['a body longer than anybody writes', 'POST', '/ask', { ...same, 'content-length': '600000' }, 413],
  ])('%s (%s %s) is answered as it should', async (_who, method, path, headers, status) => {
    const { seen, handler } = counting((_req, res) => void res.end('done'))
    const site = await openSite(handler)
    const answer = await site.ask(path, { method, headers, ...(status === 411 ? { body: 'x' } : {}) })
    expect(answer.status).toBe(status)
    expect(seen.renders).toBe(status === 200 ? 1 : 0)
    if (status === 405) expect(answer.headers.allow).toMatch(/GET, HEAD/)
  })

  // Whoever is still writing when the connection ends never sees the answer.
  test.each([
    ['too long', same, 413],
    ['from another site', { 'sec-fetch-site': 'cross-site' }, 403],
  ])('what is %s can read so, though it still brings eight megabytes', async (_what, headers, status) => {
    const site = await openSite(html('never'))
    const length = 8 * 1024 * 1024
    const answer = await new Promise<number | undefined>((resolve, reject) => {
      const req = request({ port: site.port, path: '/ask', method: 'POST', headers: { ...headers, 'content-length': length } })
      req.once('error', reject)
      req.once('response', (res) => {
        // The answer is there; the rest of the body follows all the same, as a browser sends it.
        req.end(Buffer.alloc(length - 1024))
        res.resume().once('error', reject)
        req.once('close', () => resolve(res.statusCode))
      })
      req.write(Buffer.alloc(1024))
    })
    expect(answer).toBe(status)
  })
})

test('every class of answer carries the security headers, and none says what runs here', async () => {
  const handler: RequestListener = (req, res) => {
    if (req.url === '/questions/none') return void res.writeHead(404, { 'content-type': 'text/html' }).end('none')
    if (req.url === '/settings/broken') return void res.writeHead(500, { 'content-type': 'text/html' }).end('broken')
    if (req.url === '/questions/broken') return void res.writeHead(500).end('broken')
    void html('q')(req, res)
  }
  const site = await openSite(handler, { siteUrl: 'https://perch.example' })
  const gone = await openSite((_req, res) => void res.writeHead(500).end(), {
    siteUrl: 'https://perch.example',
    database: () => Promise.reject(new Error('gone')),
  })
  const streamsFor = (perNetwork: number) =>
    createStreams({
      ...{ find: async () => null, tell: () => {}, log: createLog('silent', { write: () => {} }), perNetwork },
      common: securityHeaders('https://perch.example'),
    })
  const [over, full, ending] = [streamsFor(1), streamsFor(0), streamsFor(1)]
  ending.end()
  const streaming = await Promise.all(
    [over, full, ending].map((streams) => openSite(handler, { siteUrl: 'https://perch.example', streams })),
  )
  const { headers } = await site.ask('/questions/q')
  const answers = [
    await site.ask('/questions/q'),
    await site.ask('/questions/q', { headers: { 'if-none-match': `${headers.etag}` } }),
    await site.ask('/questions/none'),
    await site.ask('/questions/broken'),
    await site.ask('/settings'),
    await site.ask('/settings/broken'),
    await site.ask('/_next/static/x.js'),
    await site.ask('/healthz'),
    await site.ask('/ask', { method: 'POST' }),
    await site.ask('/ask', { method: 'PUT' }),
    await site.ask('/api/csp-reports', { method: 'POST', body: '{}' }),
    await gone.ask('/questions/q'),
    ...(await Promise.all(streaming.map((each) => each.ask(paths.amaEvents('over'))))),
  ]
  expect(answers.map(({ status }) => status)).toEqual([200, 304, 404, 500, 200, 500, 200, 200, 403, 405, 204, 503, 204, 429, 503])
  for (const { status, headers } of answers) {
    const about = `of a ${status}`
    expect(headers['strict-transport-security'], about).toBe('max-age=63072000; includeSubDomains')
    expect(headers['x-content-type-options'], about).toBe('nosniff')
    expect(headers['referrer-policy'], about).toBe('strict-origin-when-cross-origin')
    expect(headers['cross-origin-opener-policy'], about).toBe('same-origin')
    expect(headers['cross-origin-resource-policy'], about).toBe('same-origin')
    expect(headers['permissions-policy'], about).toContain('geolocation=()')
    expect(headers['content-security-policy'], about).toMatch(/^default-src 'none';.*frame-ancestors 'none'/)
    expect(headers['cache-control'], about).toBeDefined()
    expect(headers['x-powered-by'], about).toBeUndefined()
    expect(headers.server, about).toBeUndefined()
    expect(headers['access-control-allow-origin'], about).toBeUndefined()
  }
})

test('a site without TLS does not ask browsers to insist on it', async () => {
  const site = await openSite(html('plain'))
  expect((await site.ask('/questions/q')).headers['strict-transport-security']).toBeUndefined()
})

test('files of the build are packed once and kept by browsers for good, files of public/ for an hour', async () => {
  const { seen, handler } = counting((req, res) => {
    if (req.url?.includes('gone')) return void res.writeHead(404).end('gone')
    res.writeHead(200, { 'content-type': 'text/javascript' }).end('perch();'.repeat(500))
  })
  const site = await openSite(handler, { files: new Set(['/mark.js']), freshFor: 10 })
  const read = (path: string) => site.ask(path, { headers: { 'accept-encoding': 'gzip, br', cookie: 'session=ada' } })
  const built = await read('/_next/static/chunk.js?dpl=1')
  await pause(30)
  expect((await read('/_next/static/chunk.js')).headers['x-perch-cache']).toBe('hit')
  expect([built.headers['content-encoding'], built.headers['cache-control']]).toEqual(['br', 'public, max-age=31536000, immutable'])
  expect((await read('/mark.js')).headers['cache-control']).toBe('public, max-age=3600')
  expect((await read('/_next/static/gone.js')).headers['cache-control']).toBe('no-store')
  expect(seen.urls).toEqual(['/_next/static/chunk.js', '/mark.js', '/_next/static/gone.js'])
})

test('a file of the build is kept under its one address, however else it can be spelled', async () => {
  const { seen, handler } = counting((_req, res) => void res.writeHead(200, { 'content-type': 'text/javascript' }).end('perch()'))
  const site = await openSite(handler)
  await site.ask('/_next/static/chunks/0a-~_1.js')
  const kept = site.keptBytes()
  for (const path of ['/%30a-~_1.js', '/./0a-~_1.js', '//0a-~_1.js', '/x/../0a-~_1.js', '/0a-~_1.js/']) {
    expect((await site.ask(`/_next/static/chunks${path}`)).headers['x-perch-cache'], path).toBeUndefined()
  }
  expect(site.keptBytes()).toBe(kept)
  // What goes through a folder and out again does not come so far.
  expect(seen.renders).toBe(4)
})

test('what Next makes a page from is given to nobody', async () => {
  const missing = page('Nothing sits here.')
  const { seen, handler } = counting((_req, res) => void res.writeHead(404, { 'content-type': 'text/html' }).end(missing))
  const site = await openSite(handler)
  for (const path of ['/_next/data/build/search.json?q=ada', '/_next/data/build/search.json?q=grace', '/_next/data/']) {
    const answer = await site.ask(path, { headers: { 'x-nextjs-data': '1' } })
    expect([answer.status, answer.text]).toEqual([404, missing])
  }
  expect(new Set(seen.urls)).toEqual(new Set(['/_next/data', '/_not-found']))
})

test('while developing nothing is kept and what hot reload needs is allowed', async () => {
  const { seen, handler } = counting(html('draft'))
  const site = await openSite(handler, { dev: true })
  await site.ask('/questions/q')
  const { headers } = await site.ask('/questions/q')
  expect(seen.renders).toBe(2)
  expect(headers['x-perch-cache']).toBeUndefined()
  expect(headers['content-security-policy']).toContain("'unsafe-eval'")
})

test.each([
  ['/questions/q', '', '/questions/q'],
  ['/amas', '?after=b&utm_source=x', '/amas?after=b'],
  ['/amas', '?after=', '/amas'],
  ['/communities/product-management/questions', '?order=new&after=x', '/communities/product-management/questions?after=x&order=new'],
  ['/amas', '?after=%E2%82', '/amas?after=%EF%BF%BD'],
  ['/settings', '', null],
  ['/questions/Q', '', null],
  ['/_next/data/build/search.json', '?q=ada', '/_next/data'],
  ['/api/viewer', '', null],
])('%s%s is kept under %s', (pathname, search, address) => {
  expect(publicAddress(pathname, search)).toBe(address)
})
