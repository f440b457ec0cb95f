import { leaveToConnect, leaveToSignIn } from '#domain/identity/commands.ts'
import { paths } from '#lib/paths.ts'
import { safeNext } from '#lib/safe-next.ts'
import { leadOn, pathPart } from '../lead-on.ts'

/** A link and no form, since a policy of forms would forbid to be led on to another site. It changes nothing but this browser's cookie. */
export async function GET(request: Request): Promise<Response> {
  const query = new URL(request.url).searchParams
  const provider = pathPart(request, 3)
  // From elsewhere nobody is sent through here: who is signed in with a provider would be signed in here without wanting it.
  const site = request.headers.get('sec-fetch-site') ?? 'same-origin'
  const wanted = site === 'same-origin' || site === 'none'
  return leadOn(provider, async (id, visit) => {
    if (!wanted) return { to: paths.signIn() }
    return query.get('to') === 'connect' ? leaveToConnect(id, visit) : leaveToSignIn(id, safeNext(query.get('next')), visit)
  })
}
