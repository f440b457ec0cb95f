import { z } from 'zod'
import { findModerated } from '#domain/report/queries.ts'
import { readKept } from '#lib/files.ts'
import { portraitFile } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'

/** The picture of a profile for those who decide about it, hidden or not; for all others there is none. */
export async function GET(request: Request): Promise<Response> {
  const id = z.uuid().safeParse(new URL(request.url).searchParams.get('of')).data
  const profile = id ? await findModerated(await currentViewer(), 'profile', id) : null
  const bytes = profile?.portraitId ? await readKept(portraitFile(profile.portraitId, 192)) : null
  if (!bytes) return new Response('There is no such picture.\n', { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' } })
  return new Response(bytes, { headers: { 'content-type': 'image/webp', 'cache-control': 'private, no-store' } })
}
