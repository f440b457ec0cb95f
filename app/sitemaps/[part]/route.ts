import { listSitemapPages } from '#domain/sitemap/queries.ts'
import { env } from '#lib/env.ts'
import { SITEMAP_TYPE, sitemapDocument } from '#lib/sitemap.ts'

export const dynamic = 'force-dynamic'

/** One part of the sitemap, as the index names them. */
export async function GET(_request: Request, { params }: { params: Promise<{ part: string }> }): Promise<Response> {
  const pages = await listSitemapPages((await params).part)
  if (!pages) return new Response('There is no such sitemap.\n', { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' } })
  const site = env().SITE_URL
  const document = sitemapDocument(pages.map(({ path, changedAt }) => ({ url: site + path, changedAt })))
  return new Response(document, { headers: { 'content-type': SITEMAP_TYPE } })
}
