import { readNotice } from '#domain/notice/commands.ts'
import { paths } from '#lib/paths.ts'
import { Refusal } from '#lib/refusal.ts'
import { currentVisit } from '#lib/session.ts'

/** Leads to what a notice is about, and marks it as read. */
export async function GET(request: Request): Promise<Response> {
  try {
    const id = new URL(request.url).pathname.split('/').at(-1) ?? ''
    return seeOther(await readNotice(await currentVisit(), id))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return seeOther(error.code === 'sign_in' ? paths.signIn(paths.myNotices()) : paths.myNotices())
  }
}

function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'private, no-store' } })
}
