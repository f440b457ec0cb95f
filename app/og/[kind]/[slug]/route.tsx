import { PictureCard } from '#components/picture/picture-card.tsx'
import { Slug } from '#domain/community/rules.ts'
import { currentSlug } from '#domain/moved-slug/queries.ts'
import { getCard, pictureSlugKind } from '#domain/picture/queries.ts'
import { PictureKindGiven } from '#domain/picture/rules.ts'
import { paths } from '#lib/paths.ts'
import { PicturesBusy, picture, pictureKey } from '#lib/picture/draw.ts'
import { fontFamily } from '#lib/picture/fonts.ts'

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
  const key = pictureKey(card)
  const headers = { etag: `"${key}"`, 'content-type': 'image/png' }
  if (request.headers.get('if-none-match')?.includes(headers.etag)) return new Response(null, { status: 304, headers })
  try {
    const png = await picture(key, () => <PictureCard card={card} fontFamily={fontFamily} />)
    return new Response(new Uint8Array(png), { headers })
  } catch (error) {
    if (error instanceof PicturesBusy) return said(503, 'Many pictures are being drawn. Ask again in a moment.')
    throw error
  }
}

function said(status: number, sentence: string): Response {
  const headers = { 'content-type': 'text/plain; charset=utf-8', ...(status === 503 && { 'retry-after': '5' }) }
  return new Response(`${sentence}\n`, { status, headers })
}
