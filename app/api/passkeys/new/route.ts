import { beginPasskey } from '#domain/passkey/commands.ts'
import { changeLimits } from '#domain/passkey/rules.ts'
import { route } from '#lib/route.ts'
import { keepInBrowser } from '#lib/session.ts'

/** What the browser is to make a passkey by. */
export const POST = route(async (visit) => {
  const { options, carry } = await beginPasskey(visit.viewer, visit)
  await keepInBrowser({ carry })
  return options
}, changeLimits)
