import { openAccount } from '#domain/account/commands.ts'
import { giveRole } from '#domain/community-role/commands.ts'
import type { RoleName } from '#domain/community-role/rules.ts'
import { db } from '#lib/db.ts'
import { hashPassword, isPassword } from '#lib/password.ts'

/** Everybody may know it: who can reach a site in local mode can read its mails too. */
export const DEMO_PASSWORD = 'perch-demo'

/** The end of every demo account's address. Nobody can own it (RFC 2606), and no mail goes there. */
export const DEMO_HOST = '@demo.example'

/** One of the demo content's people for each role. The mentor has answers and AMAs. */
const people: { handle: string; role: RoleName | 'member'; community?: string }[] = [
  { handle: 'priyanka-dutta', role: 'member' },
  { handle: 'ines-carvalho', role: 'mentor', community: 'product-management' },
  { handle: 'clara-nystrom', role: 'host', community: 'product-management' },
  { handle: 'yusuf-demirel', role: 'moderator', community: 'product-management' },
  { handle: 'ngaire-tamihana', role: 'admin' },
]

/** Lets one person of the demo content in for each role, by the commands that make accounts and give roles. */
export async function openDemoAccounts(now: Date): Promise<void> {
  const passwordHash = await hashPassword(DEMO_PASSWORD)
  for (const { handle, role, community } of people) {
    const { id: memberId } = await db().member.findUniqueOrThrow({ where: { handle }, select: { id: true } })
    const email = role + DEMO_HOST
    await openAccount(db(), { memberId, email, passwordHash }, now)
    if (role !== 'member') await giveRole({ email, role, community }, now)
  }
}

/** Who can be signed in with the demo password at this moment, by role. Somebody may have changed one or taken it away. */
export async function demoSignIns(): Promise<{ role: string; name: string; email: string }[]> {
  const select = { email: true, passwordHash: true, member: { select: { name: true } } } as const
  const accounts = await db().account.findMany({ where: { email: { in: people.map(({ role }) => role + DEMO_HOST) } }, select })
  const open = await Promise.all(accounts.map(({ passwordHash }) => isPassword(DEMO_PASSWORD, passwordHash)))
  return people.flatMap(({ role }) => {
    const place = accounts.findIndex(({ email }) => email === role + DEMO_HOST)
    const account = open[place] ? accounts[place] : undefined
    return account ? [{ role, name: account.member.name, email: account.email }] : []
  })
}
