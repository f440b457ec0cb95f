import { isShownImage } from '#domain/answer-image/queries.ts'
import { readImageFile } from '#domain/answer-image/rules.ts'
import { sendPicture } from '#lib/send-picture.ts'

export const dynamic = 'force-dynamic'

/** A picture of an answer: WebP that we made, never what somebody sent. What is hidden, or in drafts alone, is not there. */
export async function GET(_request: Request, { params }: { params: Promise<{ file: string }> }): Promise<Response> {
  const { file } = await params
  const image = readImageFile(file)
  return sendPicture(image && (await isShownImage(image)) ? file : null)
}
