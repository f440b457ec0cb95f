import { maySeeImage } from '#domain/answer-image/queries.ts'
import { readImageFile } from '#domain/answer-image/rules.ts'
import { sendPicture } from '#lib/send-picture.ts'
import { currentViewer } from '#lib/session.ts'

/** A picture of an answer for whoever uploaded it, before and after others see it. Nobody keeps it. */
export async function GET(_request: Request, { params }: { params: Promise<{ file: string }> }): Promise<Response> {
  const { file } = await params
  const image = readImageFile(file)
  const shown = image && (await maySeeImage(await currentViewer(), image))
  return sendPicture(shown ? file : null, { 'cache-control': 'private, no-store' })
}
