import { readKept } from '#lib/files.ts'

export const dynamic = 'force-dynamic'

/** A square of a member's picture: WebP that we made, never what somebody sent. server.ts lets only names of such files through. */
export async function GET(_request: Request, { params }: { params: Promise<{ file: string }> }): Promise<Response> {
  const { file } = await params
  const bytes = /^[0-9a-f-]{36}-(96|192)\.webp$/.test(file) ? await readKept(file) : null
  if (!bytes) return new Response('There is no such picture.\n', { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' } })
  return new Response(bytes, { headers: { 'content-type': 'image/webp' } })
}
