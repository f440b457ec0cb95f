import { z } from 'zod'
import { findModerated } from '#domain/report/queries.ts'
import { portraitFile } from '#lib/paths.ts'
import { sendPicture } from '#lib/send-picture.ts'
import { currentViewer } from '#lib/session.ts'

/** The picture of a profile for those who decide about it, hidden or not; for all others there is none. */
export async function GET(request: Request): Promise<Response> {
  const id = z.uuid().safeParse(new URL(request.url).searchParams.get('of')).data
  const profile = id ? await findModerated(await currentViewer(), 'profile', id) : null
  return sendPicture(profile?.portraitId ? portraitFile(profile.portraitId, 192) : null, { 'cache-control': 'private, no-store' })
}
