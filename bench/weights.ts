import { gzipSync } from 'node:zlib'

/** Bytes of a page kind as a browser gets them; all but the HTML are the same on the next page and are kept by the browser. */
export type Weights = { html: number; htmlGzip: number; javascriptGzip: number; stylesGzip: number; fonts: number }

/** Weighs a page with the scripts, styles and preloaded fonts that its HTML names. */
export async function weigh(site: string, path: string): Promise<Weights> {
  const page = await fetched(`${site}${path}`)
  const html = await page.text()
  const named = (pattern: RegExp) =>
    [...new Set([...html.matchAll(pattern)].map((match) => match[1] ?? ''))].filter((address) => address.startsWith('/'))
  const scripts = named(/<script[^>]+src="([^"]+)"/g)
  const styles = named(/<link[^>]+rel="stylesheet"[^>]*href="([^"]+)"/g)
  const fonts = [...(page.headers.get('link') ?? '').matchAll(/<([^>]+)>[^,]*as="font"/g)].map((match) => match[1] ?? '')
  return {
    html: Buffer.byteLength(html),
    htmlGzip: gzipSync(html).length,
    javascriptGzip: await sum(scripts, async (address) => gzipSync(await text(`${site}${address}`)).length),
    stylesGzip: await sum(styles, async (address) => gzipSync(await text(`${site}${address}`)).length),
    fonts: await sum(fonts, async (address) => (await bytes(`${site}${address}`)).length),
  }
}

async function sum(addresses: string[], size: (address: string) => Promise<number>): Promise<number> {
  const sizes = await Promise.all(addresses.map(size))
  return sizes.reduce((total, each) => total + each, 0)
}

async function text(url: string): Promise<string> {
  return (await bytes(url)).toString('utf8')
}

async function bytes(url: string): Promise<Buffer> {
  return Buffer.from(await (await fetched(url)).arrayBuffer())
}

async function fetched(url: string): Promise<Response> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url} answered ${response.status}.`)
  return response
}
