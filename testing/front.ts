import { type IncomingHttpHeaders, type RequestListener, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { createHttpServer } from '#lib/front/http-server.ts'
import { securityHeaders } from '#lib/front/security-headers.ts'
import { createLog } from '#lib/log.ts'
import { createFront, type Front, type FrontOptions } from '../server.ts'

export type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer; text: string }
export type Asking = { method?: string; headers?: Record<string, string>; body?: string }

export type Site = Front & {
  port: number
  ask: (path: string, asking?: Asking) => Promise<Answer>
  /** Everything logged so far, a line each. */
  logged: string[]
  server: ReturnType<typeof createHttpServer>
}

export const SITE_URL = 'http://perch.example'

/** The real front on a real socket, before the handler of the test. Closed when the test ends. */
export async function openSite(handler: RequestListener, options: Partial<FrontOptions> = {}): Promise<Site> {
  const logged: string[] = []
  const log = createLog('info', { write: (line) => void logged.push(line) })
  const siteUrl = options.siteUrl ?? SITE_URL
  const front = createFront({
    handler,
    siteUrl,
    database: async () => 1,
    files: new Set(),
    inlineScripts: [],
    publicScript: null,
    log,
    ...options,
  })
  const server = createHttpServer(front.listener, securityHeaders(siteUrl))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { ...front, port, logged, server, ask: (path, asking) => ask(port, path, asking) }
}

/** One request on a connection of its own, with the headers as given. */
export function ask(port: number, path: string, { method = 'GET', headers = {}, body }: Asking = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length: Record<string, string> =
      body === undefined || headers['transfer-encoding'] ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const req = request({ port, host: '127.0.0.1', path, method, headers: { ...length, ...headers }, agent: false }, (res) => {
      const chunks: Buffer[] = []
      res.on('data', (chunk: Buffer) => chunks.push(chunk))
      res.on('error', reject)
      res.on('end', () => {
        const whole = Buffer.concat(chunks)
        resolve({ status: res.statusCode ?? 0, headers: res.headers, body: whole, text: whole.toString('utf8') })
      })
    })
    req.on('error', reject)
    req.end(body)
  })
}

/** A page long enough to be compressed. */
export function page(text: string, head = ''): string {
  return `<!doctype html><html lang="en"><head><title>${text}</title>${head}</head><body><p>${text}</p>${'<p>Perch</p>'.repeat(200)}</body></html>`
}
