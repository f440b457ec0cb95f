import { randomBytes } from 'node:crypto'
import { cookies, headers } from 'next/headers'
import { cache } from 'react'
import { ADDRESS_HEADER, addressPrefix } from '#lib/address.ts'
import { attributes, cookieName, seal, unseal } from '#lib/sealed-cookie.ts'
import { tokenHash } from '#lib/secret.ts'
import { SIGNED_IN_HINT } from '#lib/signed-in-hint.ts'
import type { Viewer } from '#lib/viewer.ts'
import type { Outcome, Visit } from '#lib/visit.ts'

/** Whose session has a token with this hash, if it holds at this moment. */
type FindViewer = (tokenHash: Uint8Array<ArrayBuffer>, now: Date) => Promise<Viewer>

// Next bundles instrumentation.ts, pages and actions apart from each other; they share one process.
const held = globalThis as { [key: symbol]: FindViewer | undefined }
const key = Symbol.for('perch.findViewer')

/** Tells who is asked for sessions (app/auth.ts). Until then nobody is signed in, and asking throws. */
export function askForViewers(find: FindViewer): void {
  held[key] = find
}

/**
 * Who asks for this page, action or route. Asks the database each time: a session that ended is gone at once, everywhere.
 * Within one render, where the header and the page both ask, it is asked once.
 */
export const currentViewer = cache(async (): Promise<Viewer> => {
  const token = await unseal('session', (await cookies()).get(cookieName('session'))?.value)
  if (!token) return null
  if (!held[key]) throw new Error('Nobody has been told how to find sessions')
  return held[key](tokenHash(token), new Date())
})

/** This request, as commands and limits need to know it. */
export async function currentVisit(): Promise<Visit> {
  const [viewer, given, jar] = await Promise.all([currentViewer(), headers(), cookies()])
  return {
    viewer,
    now: new Date(),
    address: addressPrefix(given.get(ADDRESS_HEADER) ?? '') ?? 'unknown',
    agent: (given.get('user-agent') ?? '').slice(0, 200),
    carried: await unseal('carried', jar.get(cookieName('carried'))?.value),
    waitingPress: await unseal('waiting-press', jar.get(cookieName('waiting-press'))?.value),
  }
}

/** Gives the browser what the outcome says. Only in actions and route handlers: a page can set no cookie. */
export async function keepInBrowser({ session, carry, waitingPress }: Outcome): Promise<void> {
  const jar = await cookies()
  if (session) {
    const seconds = Math.floor((session.expiresAt.getTime() - Date.now()) / 1_000)
    jar.set(cookieName('session'), await seal('session', session.token, seconds), { ...attributes(), maxAge: seconds })
    // Tells the scripts of pages that are the same for everybody that there is somebody to ask about.
    jar.set(SIGNED_IN_HINT, randomBytes(6).toString('base64url'), { ...attributes(), httpOnly: false, maxAge: seconds })
  }
  if (carry) jar.set(cookieName('carried'), await seal('carried', carry, CARRIED), { ...attributes(), maxAge: CARRIED })
  if (waitingPress)
    jar.set(cookieName('waiting-press'), await seal('waiting-press', waitingPress, CARRIED), { ...attributes(), maxAge: CARRIED })
  if (session === null) for (const name of [cookieName('session'), SIGNED_IN_HINT]) jar.set(name, '', { ...attributes(), maxAge: 0 })
  if (carry === null) jar.set(cookieName('carried'), '', { ...attributes(), maxAge: 0 })
  if (waitingPress === null) jar.set(cookieName('waiting-press'), '', { ...attributes(), maxAge: 0 })
}

/** Seconds. */
const CARRIED = 3_600
