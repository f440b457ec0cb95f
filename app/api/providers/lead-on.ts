import { providerLimits } from '#domain/identity/rules.ts'
import { countTry } from '#lib/limit.ts'
import { PROVIDERS, type ProviderId, paths } from '#lib/paths.ts'
import { Refusal } from '#lib/refusal.ts'
import { currentVisit, keepInBrowser } from '#lib/session.ts'
import type { Outcome, Visit } from '#lib/visit.ts'

/** Does it, and sends the browser to where the outcome says; where it is refused, to the page that says how else to get in. */
export async function leadOn(provider: string, work: (id: ProviderId, visit: Visit) => Promise<Outcome>): Promise<Response> {
  const id = PROVIDERS.find((known) => known === provider)
  if (!id) return seeOther(paths.signIn())
  try {
    const visit = await currentVisit()
    await countTry(providerLimits, visit)
    const { to = paths.signIn(), ...kept } = await work(id, visit)
    await keepInBrowser(kept)
    return seeOther(to)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (error.code === 'sign_in') return seeOther(paths.signIn(paths.settingsProviders()))
    return seeOther(paths.signInProvider(id, 'failed'))
  }
}

/** Next's own requests have no parameters in tests, so the address is read as it is. */
export function pathPart(request: Request, place: number): string {
  return new URL(request.url).pathname.split('/')[place] ?? ''
}

function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'private, no-store' } })
}
