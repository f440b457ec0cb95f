import { getHostedCard } from '#domain/picture/queries.ts'
import { currentViewer } from '#lib/session.ts'
import { sendCard } from '../../../../send-card.tsx'

/** The picture to announce an AMA with, before anybody else may see it. */
export async function GET(request: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  const privately = { 'cache-control': 'private, no-store' }
  const card = await getHostedCard(await currentViewer(), (await params).slug)
  return card ? sendCard(request, card, privately) : new Response('There is no such picture.\n', { status: 404, headers: privately })
}
