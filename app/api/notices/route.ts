import { readAll } from '#domain/notice/commands.ts'
import { paths } from '#lib/paths.ts'
import { currentVisit } from '#lib/session.ts'

/** What the button "Mark all as read" sends. The whole page is loaded anew, with the number beside one's picture. */
export async function POST(): Promise<Response> {
  const visit = await currentVisit()
  if (visit.viewer) await readAll(visit.viewer, visit.now)
  const location = visit.viewer ? paths.myNotices() : paths.signIn(paths.myNotices())
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'private, no-store' } })
}
