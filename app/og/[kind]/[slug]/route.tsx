import { Slug } from '#domain/community/rules.ts'
import { currentSlug } from '#domain/moved-slug/queries.ts'
import { getCard, pictureSlugKind } from '#domain/picture/queries.ts'
import { PictureKindGiven } from '#domain/picture/rules.ts'
import { paths } from '#lib/paths.ts'
import { sendCard } from '../../../send-card.tsx'

export const dynamic = 'force-dynamic'

/** The picture that stands for a page where somebody shows a link to it. */
export async function GET(request: Request, { params }: { params: Promise<{ kind: string; slug: string }> }): Promise<Response> {
  const given = await params
  const kind = PictureKindGiven.safeParse(given.kind).data
  const slug = Slug.safeParse(given.slug).data
  if (!kind || !slug) return said(404, 'There is no such picture.')
  const card = await getCard(kind, slug)
  if (!card) {
    const moved = await currentSlug(pictureSlugKind[kind], slug)
    return moved
      ? new Response(null, { status: 308, headers: { location: paths.picture(kind, moved) } })
      : said(404, 'There is no such picture.')
  }
  return sendCard(request, card)
}

function said(status: number, sentence: string): Response {
  return new Response(`${sentence}\n`, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } })
}
