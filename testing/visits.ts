import { v7 as uuid } from 'uuid'
import { db } from '#lib/db.ts'
import type { Viewer } from '#lib/viewer.ts'
import type { Visit } from '#lib/visit.ts'

/** A request of this person, or of a visitor, now or when the test says. */
export function visitOf(viewer: Viewer, now = new Date()): Visit {
  return { viewer, now, address: '192.0.2.0', agent: 'a test', carried: null }
}

/** A member with an account who is signed in. */
export async function signedIn(given: Partial<NonNullable<Viewer>> = {}): Promise<NonNullable<Viewer>> {
  const id = uuid()
  const viewer = { handle: `person-${id}`, name: 'Noor Vega', admin: false, hosts: [], moderates: [], suspendedUntil: null, ...given }
  const now = new Date()
  await db().member.create({ data: { id, handle: viewer.handle, name: viewer.name } })
  const adminSince = viewer.admin ? now : null
  await db().account.create({ data: { memberId: id, email: `${id}@example.com`, emailProvedAt: now, adminSince } })
  return { memberId: id, sessionId: uuid(), provedAt: now, ...viewer }
}
