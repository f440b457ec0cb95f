import { z } from 'zod'
import { Email } from '#domain/account/rules.ts'

/** What a member can be made: a host and a moderator of a community, a mentor of one or of none yet, an admin of all. */
export const ROLES = ['mentor', 'host', 'moderator', 'admin'] as const

export type RoleName = (typeof ROLES)[number]

/** Whom to give which role, and where; each wrong word gets a sentence. */
export const RoleAsked = z
  .object({
    email: Email,
    role: z.enum(ROLES, { error: ({ input }) => sayUnknown(String(input)) }),
    /** Its slug. */
    community: z.string().optional(),
  })
  .superRefine(({ role, community }, context) => {
    if (role === 'admin' && community) context.addIssue(`An admin is one of the whole site: leave "${community}" away.`)
    if ((role === 'host' || role === 'moderator') && !community)
      context.addIssue(`A ${role} is one of a community: name it as its address does, such as product-management.`)
  })

export type RoleAsked = z.output<typeof RoleAsked>

/** "a moderator of Product Management" */
export function sayRole(role: RoleName, community: string | null): string {
  const article = role === 'admin' ? 'an' : 'a'
  return community ? `${article} ${role} of ${community}` : `${article} ${role}`
}

function sayUnknown(role: string): string {
  if (role === 'member') return 'Everybody with an account is a member; that is neither given nor taken away.'
  return `There is no role "${role}": there are ${ROLES.join(', ')}.`
}
