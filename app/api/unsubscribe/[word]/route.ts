import { turnOff } from '#domain/notice/commands.ts'
import { offLimits } from '#domain/notice/rules.ts'
import { paths } from '#lib/paths.ts'
import { route } from '#lib/route.ts'

/** What a mail program sends for "Unsubscribe" (RFC 8058): nobody is signed in, and the word says all. */
export const POST = route(async (visit, _request, word) => {
  await turnOff(visit.viewer, { word })
  return undefined
}, offLimits)

/** Whoever follows the address as a link. */
export function GET(request: Request): Response {
  const location = paths.unsubscribe(new URL(request.url).pathname.split('/').at(-1) ?? '')
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'private, no-store' } })
}
