import { z } from 'zod'
import { isShownPortrait } from '#domain/member/queries.ts'
import { readKept } from '#lib/files.ts'

export const dynamic = 'force-dynamic'

const PortraitId = z.uuid()

/** A square of a member's picture: WebP that we made, never what somebody sent. What moderators hid is not there. */
export async function GET(_request: Request, { params }: { params: Promise<{ file: string }> }): Promise<Response> {
  const { file } = await params
  const id = PortraitId.safeParse(/^(.{36})-(96|192)\.webp$/.exec(file)?.[1]).data
  const bytes = id && (await isShownPortrait(id)) ? await readKept(file) : null
  if (!bytes) return new Response('There is no such picture.\n', { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' } })
  return new Response(bytes, { headers: { 'content-type': 'image/webp' } })
}
