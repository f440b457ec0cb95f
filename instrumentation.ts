import type { Instrumentation } from 'next'
import { log } from '#lib/log.ts'

/** Next calls this once for each process, before it answers anything. */
export async function register(): Promise<void> {
  // Next builds this file for the Edge runtime too, which has no database; only what is inside this very condition is left out there.
  if (process.env.NEXT_RUNTIME === 'nodejs') await import('./app/auth.ts')
}

/** Next tells here what went wrong while it answered; server.ts gave the request its number. */
export const onRequestError: Instrumentation.onRequestError = (error, request, context) => {
  log().error(
    {
      err: error,
      requestId: request.headers['x-request-id'],
      method: request.method,
      path: request.path.replace(/\?.*$/s, ''),
      route: context.routePath,
    },
    'a render failed',
  )
}
