import { z } from 'zod'
import { isShownImage } from '#domain/answer-image/queries.ts'
import { sendPicture } from '#lib/send-picture.ts'

export const dynamic = 'force-dynamic'

const Named = z.tuple([z.uuid(), z.coerce.number(), z.coerce.number()])

/** A picture of an answer: WebP that we made, never what somebody sent. What moderators hid is not there. */
export async function GET(_request: Request, { params }: { params: Promise<{ file: string }> }): Promise<Response> {
  const { file } = await params
  const named = Named.safeParse(/^(.{36})-(\d{1,4})x(\d{1,4})\.webp$/.exec(file)?.slice(1)).data
  const shown = named && (await isShownImage({ id: named[0], width: named[1], height: named[2] }, new Date()))
  return sendPicture(shown ? file : null)
}
