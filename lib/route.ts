import { log } from '#lib/log.ts'
import { Refusal, type RefusalCode } from '#lib/refusal.ts'
import { currentViewer } from '#lib/session.ts'
import type { Viewer } from '#lib/viewer.ts'

const STATUS: Record<RefusalCode, number> = { sign_in: 401, forbidden: 403, not_found: 404, conflict: 409, invalid: 422, too_many: 429 }

/**
 * The door for programs: answers what `handle` gives as JSON, a Refusal as `{ code, message }` with its status (and
 * Retry-After), everything else as 500 without a word of why.
 */
export function route(handle: (viewer: Viewer, request: Request) => Promise<unknown>) {
  return async (request: Request): Promise<Response> => {
    try {
      return json(200, await handle(await currentViewer(), request))
    } catch (error) {
      if (!(error instanceof Refusal)) {
        log().error({ err: error }, 'a route failed')
        return json(500, { code: 'failed', message: 'Something went wrong here.' })
      }
      const { code, message, retryAfter } = error
      return json(STATUS[code], { code, message }, retryAfter ? { 'retry-after': String(retryAfter) } : {})
    }
  }
}

function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'private, no-store', ...headers } })
}
