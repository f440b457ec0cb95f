import { db } from '#lib/db.ts'
import { isAdmin, type Viewer } from '#lib/viewer.ts'

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

/** Names of admins who have neither a passkey nor a second factor, the first admin first, 20 at most. Nobody's for others. */
export async function listUnguardedAdmins(viewer: Viewer): Promise<string[]> {
  if (!isAdmin(viewer)) return []
  const unguarded = { passkeys: { none: {} }, OR: [{ authenticator: null }, { authenticator: { confirmedAt: null } }] }
  const rows = await db().account.findMany({
    where: { adminSince: { not: null }, ...unguarded },
    orderBy: { adminSince: 'asc' },
    take: 20,
    select: { member: { select: { name: true } } },
  })
  return rows.map(({ member }) => member.name)
}
