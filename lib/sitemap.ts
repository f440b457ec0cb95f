import { xml, xmlDocument } from '#lib/xml.ts'

/** `changedAt` only where it is true: search engines stop believing a site whose dates are not. */
export type SitemapUrl = { url: string; changedAt?: Date | null }

export const SITEMAP_TYPE = 'application/xml; charset=utf-8'

/** A sitemap of absolute URLs; the protocol takes 50,000 of them and 50 MB at most. */
export function sitemapDocument(urls: SitemapUrl[]): string {
  const entries = urls.map(({ url, changedAt }) => xml`<url><loc>${url}</loc>${changedAt && xml`<lastmod>${changedAt}</lastmod>`}</url>\n`)
  return xmlDocument(xml`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${entries}</urlset>\n`)
}

/** The index of sitemaps, which are given by their absolute URLs; 50,000 at most. */
export function sitemapIndexDocument(sitemaps: string[]): string {
  const entries = sitemaps.map((url) => xml`<sitemap><loc>${url}</loc></sitemap>\n`)
  return xmlDocument(xml`<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${entries}</sitemapindex>\n`)
}
