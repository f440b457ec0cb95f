import freeMail from 'free-email-domains'
import { parse } from 'tldts'
import { z } from 'zod'
import { Code, Email } from '#domain/account/rules.ts'
import { Name } from '#domain/community/rules.ts'
import { Link, orNothing, RoleDate, Title } from '#domain/member/rules.ts'
import type { Limit } from '#lib/limit.ts'
import { slugOf } from '#lib/slug.ts'
import type { Viewer } from '#lib/viewer.ts'

/** Roles that a member can say to have held. */
export const MOST_ROLES = 30

const A_DATE = 'A year, or a year and a month: 2019 or 2019-04.'
const When = z
  .string()
  .trim()
  .refine((typed) => RoleDate.safeParse(typed).success, A_DATE)

const said = {
  company: orNothing(Name),
  title: orNothing(Title),
  from: When,
  to: orNothing(When),
}

/** Where somebody wants to be a mentor: a community's slug, as the address of the form has it. */
const Community = z.string().max(120).optional()

export const AddRole = z.object({ ...said, community: Community })
export const ChangeRole = z.object({ ...said, role: z.uuid() })
export const RemoveRole = z.object({ role: z.uuid() })

const where = { role: z.uuid(), community: z.uuid('Choose a community.') }

export const CheckByMail = z.object({ ...where, email: Email })
export const CheckByLink = z.object({ ...where, link: Link })
export const ProveWorkMail = z.object({ role: z.uuid(), code: Code })
export const AcceptRole = z.object({ application: z.uuid() })
export const RefuseRole = z.object({
  application: z.uuid(),
  reason: z.string().trim().min(1, 'Say why, so that it can be put right.').max(1_000, 'At most 1,000 characters.'),
})

/** What a member says of a role: dates as "2019" or "2019-04". */
export type SaidRole = Pick<z.output<typeof ChangeRole>, 'company' | 'title' | 'from' | 'to'>

/** What is wrong with it, by field; null where nothing is. */
export function wrongIn({ company, title, from, to }: SaidRole, now: Date): Record<string, string> | null {
  const month = now.toISOString().slice(0, 7)
  const isToCome = (date: string) => date > month.slice(0, date.length)
  if (!company && !title) return { company: 'Say a company or a title.' }
  if (isToCome(from)) return { from: 'That is still to come.' }
  if (to && isToCome(to)) return { to: 'That is still to come. Leave it empty while you hold the role.' }
  const length = Math.min(from.length, to?.length ?? 0)
  return to && to.slice(0, length) < from.slice(0, length) ? { to: 'That is before it began.' } : null
}

/** Keepers of a community look at roles: its hosts, its moderators, admins. */
export function keeps(viewer: Viewer, communityId: string): viewer is NonNullable<Viewer> {
  if (!viewer || viewer.suspendedUntil) return false
  return viewer.admin || viewer.hosts.includes(communityId) || viewer.moderates.includes(communityId)
}

/** Of their own roles others decide. */
export function canDecide(viewer: Viewer, application: { memberId: string; communityId: string }): viewer is NonNullable<Viewer> {
  return keeps(viewer, application.communityId) && viewer.memberId !== application.memberId
}

/** The part of an address that is kept: "acme.example". */
export function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1)
}

/** Why an address of this domain shows no job; null where it may. */
export function whyNoWorkMail(domain: string): string | null {
  const { domain: registered } = parse(domain)
  if (!registered) return 'There is no such domain.'
  if (FREE.has(domain) || FREE.has(registered)) return 'Everybody can have an address there. Use the one of your company, or a link.'
  return null
}

const FREE = new Set(freeMail)

/**
 * Whether the domain is called as the company is: "acme.com" and "mail.acme.example" for Acme Inc. Only then a proved address
 * says enough by itself; else somebody looks at it. Whoever rents out names below a domain is not the company.
 */
export function isDomainOf(domain: string, company: string | null): boolean {
  const { domainWithoutSuffix, isPrivate } = parse(domain, { allowPrivateDomains: true })
  const words = slugOf(company ?? '')?.split('-') ?? []
  const short = LEGAL.has(words.at(-1) ?? '') ? words.slice(0, -1) : words
  // A hyphen says something: somebody else owns goo-gle.com.
  const names = [words, short].flatMap((parts) => [parts.join(''), parts.join('-')])
  return Boolean(domainWithoutSuffix) && !isPrivate && names.includes(domainWithoutSuffix ?? '')
}

/** What companies are called at their end, and domains are not. */
const LEGAL = new Set(['inc', 'corp', 'corporation', 'ltd', 'limited', 'llc', 'plc', 'gmbh', 'ag', 'se', 'sa', 'bv', 'ab', 'co'])

const hour = 3_600

export const roleLimits: Limit[] = [{ name: 'roles', by: 'person', points: 30, seconds: hour }]
/** A mail to an address that may be a stranger's. */
export const workMailLimits: Limit[] = [
  { name: 'work-mail', by: 'person', points: 5, seconds: hour },
  { name: 'work-mail', by: 'email', points: 5, seconds: hour },
  { name: 'work-mail-from', by: 'address', points: 30, seconds: hour },
]
export const workCodeLimits: Limit[] = [{ name: 'work-code', by: 'person', points: 20, seconds: 900 }]
/** Each is work for others. */
export const applyLimits: Limit[] = [{ name: 'apply', by: 'person', points: 5, seconds: 24 * hour }]
export const decideLimits: Limit[] = [{ name: 'decide-role', by: 'person', points: 120, seconds: hour }]
