import { v7 as uuidv7 } from 'uuid'
import type { z } from 'zod'
import { noteEvent } from '#domain/audit-event/commands.ts'
import { canHost, type EditCommunity, type MakeCommunity, type SetChecking } from '#domain/community/rules.ts'
import { freeSlug } from '#domain/moved-slug/queries.ts'
import { type Db, db, Prisma } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import { ensure, Refusal } from '#lib/refusal.ts'
import { slugOf } from '#lib/slug.ts'
import { isAdmin, type Viewer } from '#lib/viewer.ts'
import type { Outcome, Visit } from '#lib/visit.ts'

/** Begins a community; its address is made from its name. */
export async function makeCommunity(viewer: Viewer, { name, next }: z.output<typeof MakeCommunity>, visit: Visit): Promise<Outcome> {
  ensure(isAdmin(viewer), 'not_found', 'There is nothing here.')
  const slug = await freeSlug('Community', slugOf(name) ?? 'community')
  const id = uuidv7()
  await db()
    .$transaction(async (tx) => {
      await tx.community.create({ data: { id, slug, name, createdAt: visit.now } })
      await noteEvent(tx, { act: 'make-community', by: viewer.memberId, of: id }, visit)
    })
    .catch(refuseTaken(name))
  return { to: next ?? paths.adminCommunity(slug) }
}

/** Changes its name and address; the old address leads to the new one for ever. */
export async function editCommunity(viewer: Viewer, { id, name, slug }: z.output<typeof EditCommunity>, visit: Visit): Promise<Outcome> {
  ensure(isAdmin(viewer), 'not_found', 'There is nothing here.')
  await db()
    .$transaction(async (tx) => {
      const { count } = await tx.community.updateMany({ where: { id }, data: { name, slug } })
      ensure(count === 1, 'not_found', 'There is no such community.')
      await noteEvent(tx, { act: 'edit-community', by: viewer.memberId, of: id }, visit)
    })
    .catch(refuseTaken(name, id))
  return { to: paths.adminCommunity(slug, 'saved') }
}

/** Says whose questions a host looks at first, from the next question on. What waits already goes on waiting. */
export async function setChecking(viewer: Viewer, { id, checking }: z.output<typeof SetChecking>, visit: Visit): Promise<Outcome> {
  ensure(viewer !== null, 'sign_in', 'Sign in first.')
  ensure(canHost(viewer, id), 'not_found', 'There is no community that you host here.')
  await db().$transaction(async (tx) => {
    const { count } = await tx.community.updateMany({ where: { id }, data: { checking } })
    if (count) await noteEvent(tx, { act: 'edit-community', by: viewer.memberId, of: id }, visit)
  })
  return { message: 'Saved. It counts for what is asked from now on.' }
}

/** So many people are to want something in the community. */
export async function keepThreshold(tx: Db, id: string, wantedThreshold: number): Promise<void> {
  await tx.community.updateMany({ where: { id }, data: { wantedThreshold } })
}

/** The database decides what is taken; this says what of it was. */
function refuseTaken(name: string, id?: string): (error: unknown) => Promise<never> {
  return async (error) => {
    if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002') throw error
    const namesake = await db().community.findFirst({ where: { name, NOT: id ? { id } : undefined }, select: { id: true } })
    const fields: Record<string, string> = namesake
      ? { name: 'Another community is called so.' }
      : { slug: 'This is or was the address of another community.' }
    throw new Refusal('conflict', 'There is such a community already.', { fields })
  }
}
