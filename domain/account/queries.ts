import { db } from '#lib/db.ts'
import type { Viewer } from '#lib/viewer.ts'

/** What a person sees of the own account. */
export async function getOwnAccount({ memberId, suspendedUntil }: NonNullable<Viewer>) {
  const authenticator = { select: { confirmedAt: true } } as const
  const _count = { select: { passkeys: true } } as const
  const select = { email: true, passwordHash: true, createdAt: true, suspendedFor: true, authenticator, _count } as const
  const {
    passwordHash,
    suspendedFor,
    authenticator: app,
    _count: counted,
    ...account
  } = await db().account.findUniqueOrThrow({ where: { memberId }, select })
  const ways = { hasPassword: passwordHash !== null, hasSecondFactor: Boolean(app?.confirmedAt), hasPasskey: counted.passkeys > 0 }
  return { ...account, ...ways, suspended: suspendedUntil && { until: suspendedUntil, why: suspendedFor } }
}
