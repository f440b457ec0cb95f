import { listSitemapParts } from '#domain/sitemap/queries.ts'
import { env } from '#lib/env.ts'
import { paths } from '#lib/paths.ts'
import { SITEMAP_TYPE, sitemapIndexDocument } from '#lib/sitemap.ts'

export const dynamic = 'force-dynamic'

/** The index of all sitemaps. */
export async function GET(): Promise<Response> {
  const parts = await listSitemapParts()
  const document = sitemapIndexDocument(parts.map((part) => env().SITE_URL + paths.sitemapPart(part)))
  return new Response(document, { headers: { 'content-type': SITEMAP_TYPE } })
}
