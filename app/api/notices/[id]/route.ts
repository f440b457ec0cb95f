import { readNotice } from '#domain/notice/commands.ts'
import { paths } from '#lib/paths.ts'
import { Refusal } from '#lib/refusal.ts'
import { currentVisit } from '#lib/session.ts'

/** Leads to what a notice is about, and marks it as read, though it is a GET: a link is all that opens it. */
export async function GET(request: Request): Promise<Response> {
  try {
    const id = new URL(request.url).pathname.split('/').at(-1) ?? ''
    return seeOther(await readNotice(await currentVisit(), id, isOpened(request)))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return seeOther(error.code === 'sign_in' ? paths.signIn(paths.myNotices()) : paths.myNotices())
  }
}

// Not by a browser that looks ahead, nor by a page elsewhere that has the address of a picture in its place.
function isOpened({ headers }: Request): boolean {
  return !headers.get('sec-purpose')?.includes('prefetch') && headers.get('sec-fetch-site') !== 'cross-site'
}

function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'private, no-store' } })
}
