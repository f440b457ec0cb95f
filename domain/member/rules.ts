import { z } from 'zod'
import { Name, Slug } from '#domain/community/rules.ts'
import { slugOf } from '#lib/slug.ts'

export const Handle = Slug
/** A job title: one line, at most 120 characters. */
export const Title = z.string().trim().min(1).max(120)
/** What somebody says of themselves, plain text of at most 2,000 characters. */
export const Bio = z.string().trim().min(1).max(2_000)
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

/** Handles for somebody of this name, the best first: the name, with 2 to 9 behind it, then with numbers that hardly anybody has. */
export function handlesFor(name: string): string[] {
  const handle = slugOf(name) ?? 'member'
  const numbers = [2, 3, 4, 5, 6, 7, 8, 9, ...Array.from({ length: 4 }, () => 10_000 + Math.floor(Math.random() * 990_000))]
  return [handle, ...numbers.map((number) => `${handle}-${number}`)]
}

/** The part of a name that a button says: "Ask Navin a question". */
export function firstName(name: string): string {
  return name.split(' ')[0] ?? name
}

/** The heading of a community's mentors: "Top" only once at least three have answered or held an AMA. */
export function mentorsHeading(community: string, proven: boolean): string {
  return proven ? `Top ${community} Mentors` : `Mentors in ${community}`
}

/** "2019 to 2021", "since Mar 2021", "until 2019", or null without dates. */
export function roleDates({ startedOn, endedOn }: { startedOn: string | null; endedOn: string | null }): string | null {
  if (startedOn && endedOn) return `${spoken(startedOn)} to ${spoken(endedOn)}`
  if (startedOn) return `since ${spoken(startedOn)}`
  return endedOn && `until ${spoken(endedOn)}`
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function spoken(date: string): string {
  const [year, month] = date.split('-')
  return month ? `${MONTHS[Number(month) - 1]} ${year}` : date
}
