import { z } from 'zod'
import { Name, Slug } from '#domain/community/rules.ts'

export const Handle = Slug
/** A job title: one line, at most 120 characters. */
export const Title = z.string().trim().min(1).max(120)
/** "2019" or "2019-04". */
export const RoleDate = z.string().regex(/^\d{4}(-(0[1-9]|1[0-2]))?$/, 'must be a year or a year and month, such as "2019-04"')

export const Role = z
  .object({ company: Name.optional(), title: Title.optional(), from: RoleDate.optional(), to: RoleDate.optional() })
  .refine((role) => role.company ?? role.title, 'needs a company or a title')
  .refine((role) => !role.from || !role.to || role.from.slice(0, 4) <= role.to.slice(0, 4), 'ends before it starts')

/** What a byline is made of: the role held when the thing was written. */
export type RoleThen = { company: string | null; title: string | null }

/** "{company} {title}"; without a company the title alone; without both the name. */
export function byline(role: RoleThen, name: string): string {
  const parts = [role.company, role.title].filter((part) => part !== null)
  return parts.length ? parts.join(' ') : name
}

/** The part of a name that a button says: "Ask Navin a question". */
export function firstName(name: string): string {
  return name.split(' ')[0] ?? name
}
