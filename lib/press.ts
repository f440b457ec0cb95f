import { env } from '#lib/env.ts'
import { countTry, type Limit } from '#lib/limit.ts'
import { log } from '#lib/log.ts'
import { paths } from '#lib/paths.ts'
import { Refusal } from '#lib/refusal.ts'
import { type Address, route } from '#lib/route.ts'
import { currentVisit, keepInBrowser } from '#lib/session.ts'
import { createTurns, LineFull } from '#lib/turns.ts'
import type { Visit } from '#lib/visit.ts'

/**
 * A button that is pressed or not, for one person and one thing. Both ways may be done any number of times. `page` is the
 * small page with state and undo, where whoever has no JavaScript ends up; it says why something was refused.
 */
export type Press = {
  /** One word, by which a browser takes the press along to the sign-in. */
  kind: string
  set: (visit: Visit, name: string) => Promise<object>
  unset: (visit: Visit, name: string) => Promise<object>
  page: (name: string, refused?: string) => string
  limits: Limit[]
}

/** PUT: presses it, and answers with what is now. */
export function pressRoute({ set, limits }: Press) {
  return inTurn(route((visit, _request, name) => set(visit, name), limits))
}

/** DELETE: releases it, and answers with what is now. */
export function releaseRoute({ unset, limits }: Press) {
  return inTurn(route((visit, _request, name) => unset(visit, name), limits))
}

/**
 * POST, the same by a plain form: `press` is "off" to release it. Leads (303) to the small page, visitors to the sign-in,
 * after which it is carried out.
 */
export function pressByForm(press: Press) {
  return async (request: Request, { params }: Address): Promise<Response> => {
    const [name = ''] = Object.values((await params) ?? {})
    const [visit, form] = [await currentVisit(), await request.formData().catch(() => new FormData())]
    if (form.get('press') === 'off') return seeOther(await carryOut(press, press.unset, name, visit))
    if (visit.viewer) return seeOther(await carryOut(press, press.set, name, visit))
    await keepInBrowser({ waitingPress: `${press.kind} ${name}` })
    return seeOther(paths.signIn(paths.waitingPress()))
  }
}

/**
 * GET: carries out, once, what was pressed in this browser before its sign-in. Only a press that went through a form of ours
 * can have put it there, so that nobody else's link does anything here.
 */
export function waitingPressRoute(presses: Press[]) {
  return async (request: Request): Promise<Response> => {
    // After an action Next asks itself for what the next page is made of. There is none: then the browser comes by itself.
    if (request.headers.has('rsc')) return new Response(null, { status: 204 })
    const visit = await currentVisit()
    const [kind, name = ''] = visit.waitingPress?.split(' ') ?? []
    const press = presses.find((each) => each.kind === kind)
    if (press && !visit.viewer) return seeOther(paths.signIn(paths.waitingPress()))
    await keepInBrowser({ waitingPress: null })
    return seeOther(press ? await carryOut(press, press.set, name, visit) : paths.home())
  }
}

/** Where it leads: the small page, which says so where it was refused. */
async function carryOut(press: Press, change: Press['set'], name: string, visit: Visit): Promise<string> {
  try {
    await countTry(press.limits, visit)
    await change(visit, name)
    return press.page(name)
  } catch (error) {
    if (!(error instanceof Refusal)) log().error({ err: error }, 'a form failed')
    return press.page(name, error instanceof Refusal ? error.code : 'failed')
  }
}

function seeOther(path: string): Response {
  return new Response(null, { status: 303, headers: { location: path, 'cache-control': 'private, no-store' } })
}

/** Presses that may wait at one moment: some seconds' work. */
const IN_LINE = 2_000

// Each press has a route, and routes are bundled apart from each other.
const held = globalThis as { perchPressTurns?: ReturnType<typeof createTurns> }

/**
 * A crowd that presses at one moment stands in line, and leaves some of the database's connections to the others: who waits
 * for a connection is turned away after two seconds, who stands in line is not.
 */
function inTurn(handle: (request: Request, address: Partial<Address>) => Promise<Response>) {
  return async (request: Request, address: Partial<Address> = {}): Promise<Response> => {
    held.perchPressTurns ??= createTurns(Math.max(1, env().DATABASE_POOL - 2), IN_LINE)
    try {
      return await held.perchPressTurns(() => handle(request, address))
    } catch (error) {
      if (!(error instanceof LineFull)) throw error
      const body = {
        code: 'unavailable',
        message: 'Very many press something at this moment. Nothing was changed: try again in a few seconds.',
      }
      return Response.json(body, { status: 503, headers: { 'retry-after': '5', 'cache-control': 'private, no-store' } })
    }
  }
}
