import { db } from '#lib/db.ts'
import type { ProviderId } from '#lib/paths.ts'
import { configuredProviders } from '#lib/providers.ts'
import type { Viewer } from '#lib/viewer.ts'

/** The providers that one can sign in with, and what they are called. */
export function listProviders(): { id: ProviderId; name: string }[] {
  return configuredProviders().map(({ id, name }) => ({ id, name }))
}

export type OwnProvider = Awaited<ReturnType<typeof listOwnProviders>>[number]

/** The same with what a person has connected: since when, and when it was used last. */
export async function listOwnProviders({ memberId }: NonNullable<Viewer>) {
  const identities = await db().identity.findMany({ where: { memberId }, select: { issuer: true, linkedAt: true, usedAt: true } })
  return configuredProviders().map(({ id, name, issuer }) => {
    const connected = identities.find((identity) => identity.issuer === issuer)
    return { id, name, connected: connected ? { since: connected.linkedAt, usedAt: connected.usedAt } : null }
  })
}
