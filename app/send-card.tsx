import { PictureCard } from '#components/picture/picture-card.tsx'
import type { Card } from '#domain/picture/rules.ts'
import { PicturesBusy, picture, pictureKey } from '#lib/picture/draw.ts'
import { fontFamily } from '#lib/picture/fonts.ts'

/** The picture of a card; a browser that has it is told that it is still the same. */
export async function sendCard(request: Request, card: Card, more: Record<string, string> = {}): Promise<Response> {
  const key = pictureKey(card)
  const headers = { ...more, etag: `"${key}"`, 'content-type': 'image/png' }
  if (request.headers.get('if-none-match')?.includes(headers.etag)) return new Response(null, { status: 304, headers })
  try {
    const png = await picture(key, () => <PictureCard card={card} fontFamily={fontFamily} />)
    return new Response(new Uint8Array(png), { headers })
  } catch (error) {
    if (!(error instanceof PicturesBusy)) throw error
    const later = { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '5' }
    return new Response('Many pictures are being drawn. Ask again in a moment.\n', { status: 503, headers: later })
  }
}
