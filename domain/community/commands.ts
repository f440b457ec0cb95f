import type { z } from 'zod'
import { canHost, type SetChecking } from '#domain/community/rules.ts'
import { db } from '#lib/db.ts'
import { ensure } from '#lib/refusal.ts'
import type { Viewer } from '#lib/viewer.ts'
import type { Outcome } from '#lib/visit.ts'

/** Says whose questions a host looks at first, from the next question on. What waits already goes on waiting. */
export async function setChecking(viewer: Viewer, { id, checking }: z.output<typeof SetChecking>): Promise<Outcome> {
  ensure(viewer !== null, 'sign_in', 'Sign in first.')
  ensure(canHost(viewer, id), 'not_found', 'There is no community that you host here.')
  await db().community.updateMany({ where: { id }, data: { checking } })
  return { message: 'Saved. It counts for what is asked from now on.' }
}
