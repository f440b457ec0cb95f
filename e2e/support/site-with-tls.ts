import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { createServer, type Server } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generate } from 'selfsigned'
import { freePort, startServer } from '#e2e/support/another-site.ts'
import { test as base } from '#e2e/support/person.ts'

type SiteWithTls = {
  url: string
  /** The file of the certificate; whoever trusts it reaches the site. */
  certificate: string
  /** From now on every request arrives with these cookies, for programs that can hold none. */
  bringCookies: (cookies: string) => void
  end: () => Promise<void>
}

/** The test of a site of https: the same build and database, behind a proxy that does nothing but end TLS. */
export const test = base.extend<object, { tls: SiteWithTls }>({
  tls: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants to see which fixtures are used
    async ({}, use) => {
      const site = await startSiteWithTls()
      await use(site)
      await site.end()
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  baseURL: async ({ tls }, use) => use(tls.url),
  ignoreHTTPSErrors: true,
})

async function startSiteWithTls(): Promise<SiteWithTls> {
  const [inside, outside] = [await freePort(), await freePort()]
  const url = `https://localhost:${outside}`
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], { keyType: 'ec', algorithm: 'sha256' })
  const folder = await mkdtemp(join(tmpdir(), 'perch-tls-'))
  const certificate = join(folder, 'certificate.pem')
  await writeFile(certificate, cert)
  const server = await startServer(inside, { SITE_URL: url })
  let cookies: string | undefined
  const proxy = createServer({ key, cert }, (req, res) => {
    const headers = cookies ? { ...req.headers, cookie: cookies } : req.headers
    const inner = request({ port: inside, method: req.method, path: req.url, headers }, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
      answer.pipe(res)
    })
    inner.on('error', () => res.destroy())
    req.pipe(inner)
  })
  await once(proxy.listen(outside, 'localhost'), 'listening')
  return {
    url,
    certificate,
    bringCookies: (given) => (cookies = given),
    end: async () => {
      await closed(proxy)
      await server.end()
      await rm(folder, { recursive: true })
    },
  }
}

async function closed(proxy: Server): Promise<void> {
  const closing = once(proxy, 'close')
  proxy.close()
  proxy.closeAllConnections()
  await closing
}
