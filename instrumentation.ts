import type { Instrumentation } from 'next'
import { type Fault, noteFault } from '#lib/fault.ts'
import { log } from '#lib/log.ts'

// Next builds this file for the Edge runtime too, which has no database.
let isAway: (error: unknown) => boolean = () => false

/** Next calls this once for each process, before it answers anything. */
export async function register(): Promise<void> {
  // Only what is inside this very condition is left out there.
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    await import('./app/auth.ts')
    ;({ isAway } = await import('#lib/db.ts'))
  }
}

/**
 * Next tells here what went wrong while it answered; server.ts gave the request its number, and asks before it answers
 * whether the fault is one that has an answer of its own.
 */
export const onRequestError: Instrumentation.onRequestError = (error, request, context) => {
  const requestId = `${request.headers['x-request-id']}`
  const fault = faultIn(error, request.method, context.routeType)
  if (fault) noteFault(requestId, fault)
  const told = { err: error, requestId, method: request.method, path: request.path.replace(/\?.*$/s, ''), route: context.routePath }
  if (fault === 'unreadable') log().info(told, 'a request could not be read')
  else log().error(told, 'a render failed')
}

function faultIn(error: unknown, method: string, type: string): Fault | null {
  if (isAway(error)) return 'away'
  if (method !== 'POST' || !(error instanceof Error)) return null
  // Our actions catch whatever they do (lib/action.ts), so what is thrown around them is what Next cannot make out.
  return type === 'action' || error.message.startsWith('Failed to parse body as FormData') ? 'unreadable' : null
}
