import { beginPasskeySignIn } from '#domain/passkey/commands.ts'
import { passkeyLimits } from '#domain/passkey/rules.ts'
import { route } from '#lib/route.ts'
import { keepInBrowser } from '#lib/session.ts'

/** What the browser is to ask a passkey for, to sign in with whichever there is. */
export const POST = route(async (visit) => {
  const { options, carry } = await beginPasskeySignIn(visit)
  await keepInBrowser({ carry })
  return options
}, passkeyLimits)
