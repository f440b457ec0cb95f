import { countTry, type Limit } from '#lib/limit.ts'
import { log } from '#lib/log.ts'
import type { RefusalCode } from '#lib/refusal.ts'
import { refusalIn } from '#lib/refusal-in.ts'
import { currentVisit } from '#lib/session.ts'
import type { Visit } from '#lib/visit.ts'

const STATUS: Record<RefusalCode, number> = {
  sign_in: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  invalid: 422,
  too_many: 429,
  unavailable: 503,
}

/**
 * The door for programs: answers what `handle` gives as JSON (nothing: 204), a Refusal as `{ code, message }` with its status
 * (and Retry-After), everything else as 500 without a word of why. What is not a GET is counted as a try. `name` is the part
 * in brackets of the address: /api/questions/[slug]/request.
 */
export function route(handle: (visit: Visit, request: Request, name: string) => Promise<object | null | undefined>, limits: Limit[] = []) {
  return async (request: Request, { params }: Partial<Address> = {}): Promise<Response> => {
    try {
      const visit = await currentVisit()
      if (request.method !== 'GET') await countTry(limits, visit)
      const [name = ''] = Object.values((await params) ?? {})
      const body = await handle(visit, request, name)
      return body === undefined ? new Response(null, { status: 204, headers: PERSONAL }) : json(200, body)
    } catch (error) {
      const refusal = refusalIn(error)
      if (!refusal) {
        log().error({ err: error }, 'a route failed')
        return json(500, { code: 'failed', message: 'Something went wrong here, and nothing was changed.' })
      }
      const { code, message, retryAfter } = refusal
      return json(STATUS[code], { code, message }, retryAfter ? { 'retry-after': String(retryAfter) } : {})
    }
  }
}

/** What Next hands to a route beside the request; where its address has no brackets, nothing. */
export type Address = { params: Promise<Record<string, string> | undefined> }

const PERSONAL = { 'cache-control': 'private, no-store' }

function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers: { ...PERSONAL, ...headers } })
}
