import { FACE, PictureCard } from '#components/picture/picture-card.tsx'
import type { Card } from '#domain/picture/rules.ts'
import { picture, pictureKey } from '#lib/picture/draw.ts'
import { face } from '#lib/picture/face.ts'
import { fontFamily } from '#lib/picture/fonts.ts'
import { Refusal } from '#lib/refusal.ts'

/** The picture of a card; a browser that has it is told that it is still the same. */
export async function sendCard(request: Request, card: Card, more: Record<string, string> = {}): Promise<Response> {
  const key = pictureKey(card)
  const headers = { ...more, etag: `"${key}"`, 'content-type': 'image/png' }
  if (request.headers.get('if-none-match')?.includes(headers.etag)) return new Response(null, { status: 304, headers })
  try {
    const png = await picture(key, async () => {
      const faces = await Promise.all(card.people.map(({ portraitId }) => face(portraitId, FACE)))
      return <PictureCard card={card} faces={faces} fontFamily={fontFamily} />
    })
    return new Response(new Uint8Array(png), { headers })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    // Kept by nobody, so that the faces are there when whoever asked comes again.
    const later = { 'content-type': 'text/plain; charset=utf-8', 'retry-after': `${error.retryAfter}` }
    return new Response(`${error.message}\n`, { status: 503, headers: later })
  }
}
