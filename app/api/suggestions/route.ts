import { suggest } from '#domain/suggestion/queries.ts'
import { route } from '#lib/route.ts'

/**
 * What `?q=` may be the beginning of: `{ kind, text, about, url }`, at most fourteen. It is the same for everybody, so
 * server.ts keeps it for a second as it does pages, and counts who asks.
 */
export const GET = route((_visit, request) => suggest(new URL(request.url).searchParams.get('q')))
