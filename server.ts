import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { join, relative } from 'node:path'
import { HEAD_SCRIPT } from '#components/enhance/head-script.ts'
import { findFollowedAma } from '#domain/ama-event/queries.ts'
import { searchLimits } from '#domain/search/rules.ts'
import { suggestionLimits } from '#domain/suggestion/rules.ts'
import { addressPrefix } from '#lib/address.ts'
import { db, disconnect } from '#lib/db.ts'
import { onDrain, runDrainTasks } from '#lib/drain.ts'
import { chooseBuild, env, letNextAskItself } from '#lib/env.ts'
import { type Copy, packSmall, sendCopy, weighCopy } from '#lib/front/copy.ts'
import { createReportTaker } from '#lib/front/csp-reports.ts'
import { createDatabaseCheck } from '#lib/front/database-check.ts'
import { createHttpServer, finishRequests } from '#lib/front/http-server.ts'
import { refusal } from '#lib/front/incoming.ts'
import { createPageCache, type Produced } from '#lib/front/page-cache.ts'
import { createPageSource, RenderFailed } from '#lib/front/page-source.ts'
import { clientAddress, createPassThrough } from '#lib/front/pass-through.ts'
import { type PublicScript, publicScriptOf } from '#lib/front/public-script.ts'
import { FILE_POLICY, REPORTS_PATH, securityHeaders } from '#lib/front/security-headers.ts'
import { saySorry, sorry } from '#lib/front/sorry-page.ts'
import { createStreams, type Streams } from '#lib/front/streams.ts'
import { countRead, type Limit } from '#lib/limit.ts'
import { listen } from '#lib/listen.ts'
import { type Logger, log as processLog } from '#lib/log.ts'
import { followedAma, paths, publicPage } from '#lib/paths.ts'
import { Refusal } from '#lib/refusal.ts'
import { LineFull } from '#lib/turns.ts'
import { startWorker } from '#lib/worker.ts'
import { jobs } from './jobs.ts'

export type FrontOptions = {
  /** Next's request handler; in a test any other. */
  handler: RequestListener
  siteUrl: string
  /** Resolves when the database answers. */
  database: () => Promise<unknown>
  /** Addresses of files that never change while the process runs. */
  files: ReadonlySet<string>
  inlineScripts: readonly string[]
  /** The one script of public pages. While developing they are sent as Next made them, and it is not there. */
  publicScript: PublicScript | null
  /** How often one network may ask for a page of this path that is not kept. */
  limits?: Readonly<Record<string, Limit[]>>
  log: Logger
  /** What happens in AMAs, for those who follow it. Without them the address is Next's. */
  streams?: Pick<Streams, 'open'>
  dev?: boolean
  proxyHops?: number
  maxBytes?: number
  /** Milliseconds: how long a page is kept as fresh, how long a reader of a kept page waits for a new one, when a render is given up. */
  freshFor?: number
  patience?: number
  deadline?: number
}

/** The listener, and what a drain needs of it. */
export type Front = { listener: RequestListener; stopBeingReady: () => void; keptBytes: () => number }

/**
 * Everything between the socket and Next. Public pages are the same bytes for everybody: they are rendered without the
 * visitor's headers and cookies, and kept for a second. They are always answered as HTML, also where a client asks for
 * Next's own payload: links are plain, the client then loads the page, and no header can choose between two kept forms.
 */
export function createFront(options: FrontOptions): Front {
  const { handler, siteUrl, files, inlineScripts, publicScript, limits = {}, log, dev = false, proxyHops = 0 } = options
  const { freshFor = 1_000, patience, deadline = 10_000 } = options
  const common = securityHeaders(siteUrl)
  const cache = createPageCache<Copy>({ maxBytes: options.maxBytes ?? 256 * 1024 * 1024, weigh: weighCopy, patience })
  const source = createPageSource({ handler, siteUrl, common, inlineScripts, publicScript, freshFor, deadline, log })
  const passThrough = createPassThrough({ handler, missing: source.missing, siteUrl, common, inlineScripts, proxyHops, dev, log })
  const takeReport = createReportTaker(log, common)
  const databaseAnswers = createDatabaseCheck(options.database, log)
  let ready = true

  function listener(req: IncomingMessage, res: ServerResponse): void {
    const { url = '', method } = req
    if (!ready) res.shouldKeepAlive = false
    const reading = method === 'GET' || method === 'HEAD'
    // Kept pages lie under their one canonical address, so an address that is found needs no second look.
    const copy = reading ? cache.fresh(url) : undefined
    if (copy) return again(req, res, url, copy)

    const [pathname = ''] = url.split('?', 1)
    if (answerOurselves(req, res, pathname)) return
    const refused = refusal(req, siteUrl)
    if (refused) return saySorry(req, res, refused, common)
    if (dev || !reading) return passThrough(req, res)
    if (BUILT.test(pathname) || files.has(pathname)) return void answer(req, res, pathname, () => source.file(pathname))
    const address = publicAddress(pathname, url.slice(pathname.length))
    if (address === null) return passThrough(req, res)
    void answer(req, res, address, (kept) => source.page(address, kept), limits[pathname])
  }

  function answerOurselves(req: IncomingMessage, res: ServerResponse, pathname: string): boolean {
    if (pathname === '/healthz') plain(res, 200, 'ok')
    else if (pathname === '/readyz') void tellReadiness(res)
    else if (pathname === REPORTS_PATH && req.method === 'POST') takeReport(req, res)
    else return follow(req, res, pathname)
    return true
  }

  function follow(req: IncomingMessage, res: ServerResponse, pathname: string): boolean {
    const slug = req.method === 'GET' ? followedAma(pathname) : null
    if (slug === null || !options.streams) return false
    void options.streams.open(req, res, slug, addressPrefix(clientAddress(req, proxyHops)) ?? 'unknown')
    return true
  }

  function again(req: IncomingMessage, res: ServerResponse, address: string, copy: Copy): void {
    sendCopy(req, res, copy, 'hit')
    if (copy.packing || !copy.compressible) return
    packSmall(copy).then(
      (grown) => grown && cache.reweigh(address, copy),
      (error: unknown) => log.error({ err: error, address }, 'a page could not be compressed'),
    )
  }

  async function answer(
    req: IncomingMessage,
    res: ServerResponse,
    address: string,
    produce: (kept: Copy | undefined) => Promise<Produced<Copy>>,
    limit?: Limit[],
  ): Promise<void> {
    // The address as it came may be another than the canonical one.
    const fresh = cache.fresh(address)
    if (fresh) return again(req, res, address, fresh)
    try {
      if (limit) await countRead(limit, { viewer: null, address: addressPrefix(clientAddress(req, proxyHops)) ?? 'unknown' })
      const { copy, state } = await cache.ask(address, produce)
      sendCopy(req, res, copy, state)
    } catch (error) {
      await apologize(req, res, error)
    }
  }

  async function apologize(req: IncomingMessage, res: ServerResponse, error: unknown): Promise<void> {
    if (error instanceof Refusal) return saySorry(req, res, sorry.often(error.retryAfter ?? 60), common)
    if (error instanceof LineFull) return saySorry(req, res, sorry.crowded(), common)
    const id = error instanceof RenderFailed ? error.requestId : randomUUID()
    if (!(error instanceof RenderFailed)) log.error({ err: error, requestId: id }, 'a page could not be kept')
    const away = error instanceof RenderFailed && error.away
    saySorry(req, res, away || !(await databaseAnswers()) ? sorry.unreachable() : sorry.broken(id), common)
  }

  async function tellReadiness(res: ServerResponse): Promise<void> {
    // Without its database the process still serves what it keeps, so it stays in the rotation.
    const database = (await databaseAnswers()) ? 'the database answers' : 'the database does not answer: kept pages only'
    plain(res, ready ? 200 : 503, ready ? database : 'ending')
  }

  function plain(res: ServerResponse, status: number, text: string): void {
    const own = ['content-type', 'text/plain; charset=utf-8', 'cache-control', 'no-store', 'content-security-policy', FILE_POLICY]
    res.writeHead(status, [...common, ...own]).end(`${text}\n`)
  }

  function stopBeingReady(): void {
    ready = false
  }

  return { listener, stopBeingReady, keptBytes: cache.size }
}

/** Where a file of the build lies, spelled in the one way that pages spell it: each other way would be kept as another file. */
const BUILT = /^\/_next\/static(\/[\w~-][\w.~-]*)+$/

/** Where Next gives out what a page of pages/ is made from. That is for nobody, and would be made without a limit. */
const DATA = /^\/_next\/data\//
const NO_DATA = '/_next/data'

/** The address under which a public page is kept: its path and the parameters that it reads, sorted. Null where it is not public. */
export function publicAddress(pathname: string, search: string): string | null {
  // One address where nothing is, for all of them.
  if (DATA.test(pathname)) return NO_DATA
  const page = publicPage(pathname)
  if (!page) return null
  if (!search || !page.query.length) return pathname
  const given = new URLSearchParams(search)
  const known = new URLSearchParams()
  for (const name of page.query.toSorted()) {
    const value = given.get(name)
    if (value) known.set(name, value)
  }
  return known.size ? `${pathname}?${known}` : pathname
}

/** An office behind one address, with everybody in the same AMA. */
const STREAMS_PER_NETWORK = 300

if (import.meta.main) await serve()

async function serve(): Promise<void> {
  const {
    PERCH_DEV: dev,
    SITE_URL: siteUrl,
    HOST,
    PORT,
    PAGE_CACHE_MB,
    PROXY_HOPS: proxyHops,
    LIMITS_TIMES: limitsTimes,
    PERCH_DIST_DIR,
  } = env()
  chooseBuild(dev)
  // Loaded only here: React and Next read NODE_ENV as they load, and a test of the front needs neither.
  const { default: next } = await import('next')
  const common = securityHeaders(siteUrl)
  const server = createHttpServer((req, res) => front.listener(req, res), common)
  // Next takes over the upgrades of the server it is given. Hot reload needs that; otherwise it gets one that never listens.
  // What goes wrong in it is logged by instrumentation.ts, so it need not print it too.
  const app = next({ dev, quiet: !dev, hostname: HOST, port: PORT, httpServer: dev ? server : createServer() })
  await app.prepare()
  const streams = createStreams({
    find: findFollowedAma,
    tell: (line) => listening.notify('ama_readers', line),
    log: processLog(),
    common,
    perNetwork: STREAMS_PER_NETWORK * limitsTimes,
  })
  const heard = { ama_event: (id: string) => streams.heard(id), ama_readers: (line: string) => streams.heardOthers(line) }
  const listening = listen(heard, () => streams.heard())
  const front = createFront({
    handler: app.getRequestHandler(),
    siteUrl,
    database: () => db().$queryRaw`SELECT 1`,
    files: plainFiles(),
    inlineScripts: [HEAD_SCRIPT],
    publicScript: dev ? null : publicScriptOf(PERCH_DIST_DIR),
    limits: { [paths.search()]: searchLimits, [paths.suggestions()]: suggestionLimits },
    log: processLog(),
    streams,
    dev,
    proxyHops,
    maxBytes: PAGE_CACHE_MB * 1024 * 1024,
  })
  onDrain('next', () => app.close())
  onDrain('listener', listening.stop)

  server.once('error', (error: NodeJS.ErrnoException) => {
    const reason = error.code === 'EADDRINUSE' ? `port ${PORT} is in use` : error.message
    processLog().fatal(`Perch cannot listen on ${HOST}: ${reason}`)
    process.exit(1)
  })
  server.listen(PORT, HOST, () => {
    const address = server.address()
    if (address && typeof address === 'object') letNextAskItself(address.port)
    processLog().info({ siteUrl, dev }, 'listening')
    onDrain('worker', startWorker(jobs).stop)
  })

  let ending = false
  const end = async (signal: string) => {
    // Ctrl-C reaches the whole group, and a supervisor sends its own signal after it.
    if (ending) return
    ending = true
    processLog().info({ signal }, 'ending')
    setTimeout(() => process.exit(1), 30_000).unref()
    front.stopBeingReady()
    streams.end()
    await finishRequests(server)
    await runDrainTasks((name, error) => processLog().error({ err: error, task: name }, 'a task of the end failed'))
    await disconnect()
    processLog().info('ended')
    process.exit(0)
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
}

/** Addresses of the files that Next serves as they are: those in public/, and the icons in app/. */
function plainFiles(): ReadonlySet<string> {
  const entries = existsSync('public') ? readdirSync('public', { recursive: true, withFileTypes: true }) : []
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => `/${relative('public', join(parentPath, name))}`)
  const icons = readdirSync('app').filter((name) => /^(favicon\.ico|(apple-)?icon\.\w+)$/.test(name))
  return new Set([...files, ...icons.map((name) => `/${name}`)])
}
