import { z } from 'zod'
import { isShownPortrait } from '#domain/member/queries.ts'
import { sendPicture } from '#lib/send-picture.ts'

export const dynamic = 'force-dynamic'

const PortraitId = z.uuid()

/** A square of a member's picture: WebP that we made, never what somebody sent. What moderators hid is not there. */
export async function GET(_request: Request, { params }: { params: Promise<{ file: string }> }): Promise<Response> {
  const { file } = await params
  const id = PortraitId.safeParse(/^(.{36})-(96|192)\.webp$/.exec(file)?.[1]).data
  return sendPicture(id && (await isShownPortrait(id)) ? file : null)
}
