import { z } from 'zod'
import { Name, Slug } from '#domain/community/rules.ts'
import type { Limit } from '#lib/limit.ts'
import { type PortraitSize, UPLOAD_BYTES } from '#lib/paths.ts'
import { slugOf, wishes } from '#lib/slug.ts'

export const Handle = Slug
/** A job title: one line, at most 120 characters. */
export const Title = z.string().trim().min(1).max(120)
/** What somebody says of themselves, plain text of at most 2,000 characters. */
export const Bio = z.string().trim().min(1).max(2_000)
/** What readers should know of somebody's interests, in one line of at most 160 characters. */
export const Disclosure = z
  .string()
  .trim()
  .min(1)
  .max(160, 'At most 160 characters.')
  .regex(/^[^\r\n]*$/, 'One line.')
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

/** What a byline of long ago leaves open: "now Adobe", "now Director" at the same company; null where the role is still held, or none is. */
export function roleNow(then: RoleThen, now: RoleThen): string | null {
  if (now.company !== then.company) return now.company && `now ${now.company}`
  return now.title !== then.title && now.title ? `now ${now.title}` : null
}

/** How a role was checked: `as` is the domain of the work address, or of the page; `at` an instant, or its JSON. */
export type Checked = { how: string; as: string | null; at: Date | string }

/** What was checked of a role, and when: "Work e-mail at acme.example checked May 2026". */
export function checkedText({ how, as, at }: Checked): string {
  const date = new Date(at)
  const when = `checked ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`
  if (how === 'mail') return `Work e-mail at ${as} ${when}`
  return how === 'link' ? `Page at ${as} ${when}` : `Known to a host, ${when}`
}

/** Handles for somebody of this name, the best first. */
export function handlesFor(name: string): string[] {
  return wishes(slugOf(name) ?? 'member')
}

/** The part of a name that a button says: "Ask Navin a question". */
export function firstName(name: string): string {
  return name.split(' ')[0] ?? name
}

/** The heading of a community's mentors: "Top" only once at least three have answered or held an AMA. */
export function mentorsHeading(community: string, proven: boolean): string {
  return proven ? `Top ${community} Mentors` : `Mentors in ${community}`
}

/** What a rail of mentors says where there are some, but none who may or wants to stand in lists that go by more than the name. */
export const BY_NAME_ALONE = 'Nobody is listed here by people helped. All mentors stand by name.'

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

/** What a form sends of a field that may stay empty. */
export const orNothing = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((typed) => (typeof typed === 'string' && typed.trim() === '' ? null : typed), schema.nullable())

/** An address elsewhere, as the URL parser writes it: http or https, at most 300 characters, no name or password in it. */
export const Link = z
  .string()
  .trim()
  .transform((typed) => (/^[a-z][a-z0-9+.-]*:/i.test(typed) ? typed : `https://${typed}`))
  .pipe(z.url({ protocol: /^https?$/, hostname: /^([a-z0-9-]+\.)+[a-z0-9-]+$/, normalize: true }).max(300))
  .refine((link) => !/^https?:\/\/[^/?#]*@/.test(link))

export const MOST_LINKS = 5

/** One a line. */
const Links = z.string().transform((typed, context) => {
  const lines = [...new Set(typed.split(/\s+/).filter(Boolean))]
  if (lines.length > MOST_LINKS) context.addIssue(`At most ${MOST_LINKS} links.`)
  return lines.map((line) => {
    const link = Link.safeParse(line).data
    if (!link) context.addIssue(`“${line.slice(0, 60)}” is no address that a link can lead to. One a line, such as https://example.com.`)
    return link ?? ''
  })
})

const TimeZone = z.string().refine((zone) => timeZones().includes(zone), 'Choose one of the list.')

/** Not what stands where somebody was. */
const OwnName = Name.refine((name) => !/^\W*deleted\W*$/i.test(name), 'Choose another name.')

export const ChangeProfile = z.object({
  name: OwnName,
  bio: orNothing(z.string().trim().max(2_000, 'At most 2,000 characters.')),
  links: Links,
  disclosure: orNothing(Disclosure),
  timeZone: orNothing(TimeZone),
})

/** Free of what deleted members are called. */
export const ChangeHandle = z.object({
  handle: z
    .string()
    .trim()
    .toLowerCase()
    .pipe(Handle.max(60, 'At most 60 characters.'))
    .refine((handle) => !handle.startsWith('deleted-'), 'Choose another one.'),
})

export const ShowFollows = z.object({ follows: z.enum(['shown', 'private']) })

const day = 24 * 60 * 60 * 1000

/** Questions that may wait for a mentor at once, where the mentor sets a number; and days that a pause lasts at most. */
export const MOST_WAITING = 100
const LONGEST_PAUSE = 366

/** Which questions a mentor takes directly. */
export const ChooseDirect = z
  .object({
    direct: z.enum(['on', 'some', 'off'], 'Choose one.'),
    most: orNothing(
      z.coerce.number('A number.').int('A whole number.').min(1, 'At least 1.').max(MOST_WAITING, `At most ${MOST_WAITING}.`),
    ),
    pausedUntil: orNothing(z.iso.date('A day, such as 2027-01-15.')),
  })
  .refine(({ direct, most }) => direct !== 'some' || most !== null, { path: ['most'], error: 'Say how many.' })

/** Whether a pause may end on this day: from tomorrow on, within a year. */
export function isReturnDay(returnsOn: Date, now: Date): boolean {
  return returnsOn > now && returnsOn.getTime() < now.getTime() + LONGEST_PAUSE * day
}

/** Of a mentor, what decides whether they can be asked directly. `waiting`: questions to them that nobody has answered. */
export type Direct = { name: string; directLimit: number | null; pausedUntil: Date | null; waiting: number }

/** Why a mentor cannot be asked directly now; null where that is possible. */
export function whyNotDirectly({ name, directLimit, pausedUntil, waiting }: Direct, now: Date): string | null {
  if (directLimit === 0) return `${name} takes no questions directly.`
  if (pausedUntil && pausedUntil > now) return `${name} takes a break, and is back on ${dayOf(pausedUntil)}.`
  if (directLimit !== null && waiting >= directLimit) {
    return `${name} takes no more questions until some of those that wait (${waiting}) are answered.`
  }
  return null
}

function dayOf(date: Date): string {
  return `${MONTHS[date.getUTCMonth()]} ${date.getUTCDate()}, ${date.getUTCFullYear()}`
}

/** Whether a mentor stands in the lists by people helped, or in those by name alone. */
export const ChooseLists = z.object({ lists: z.enum(['helped', 'name'], 'Choose one.') })

/** Younger accounts are not counted as people helped: whoever makes some up has to wait as long. */
export const NEW_FOR_DAYS = 7

const HELPED = `those whose request the mentor answered, and those who found an answer helpful or said thanks. Each person counts once; the mentor, suspended accounts and those younger than ${NEW_FOR_DAYS} days do not. Counted once an hour.`

/** The lists of a community's mentors: what each is called, what it goes by, and what it says while nobody is in it. */
export const MENTOR_ORDERS = {
  name: {
    name: 'By name',
    says: 'All mentors here, by name. The other lists are by people helped in a time.',
    empty: 'No mentor is here yet. A host invites the first one.',
  },
  month: {
    name: 'Last 30 days',
    says: `By people helped in the last 30 days: ${HELPED}`,
    empty: 'Nobody was helped here in the last 30 days that we know of. All mentors stand under “By name”.',
  },
  year: {
    name: 'Last year',
    says: `By people helped in the last 365 days: ${HELPED}`,
    empty: 'Nobody was helped here in the last year that we know of. All mentors stand under “By name”.',
  },
  ever: {
    name: 'All time',
    says: `By people helped so far: ${HELPED}`,
    empty: 'Nobody was helped here yet that we know of. All mentors stand under “By name”.',
  },
} as const

export type MentorOrder = keyof typeof MENTOR_ORDERS

/** The order that an address asks for; what it does not know is the first one. */
export function mentorOrder(given: string | string[] | undefined): MentorOrder {
  return typeof given === 'string' && Object.hasOwn(MENTOR_ORDERS, given) ? (given as MentorOrder) : 'name'
}

/** As an address says it: the first one needs no word. */
export function mentorOrderInAddress(order: MentorOrder): string | undefined {
  return order === 'name' ? undefined : order
}

/** Days that the periods of those lists have. */
export const HELPED_DAYS = { month: 30, year: 365 } as const

/** From so many on a page says how many people somebody helped. */
const HELPED_SHOWN_FROM = 5

/** The number of people helped as a page shows it; 0 is not printed. */
export function shownHelped(people: number): number {
  return people < HELPED_SHOWN_FROM ? 0 : people
}

export const SetPortrait = z.object({
  portrait: z.file('Choose a picture first.').max(UPLOAD_BYTES, 'At most 5 MB.'),
})
export const RemovePortrait = z.object({})

const hour = 3_600

export const profileLimits: Limit[] = [{ name: 'profile', by: 'person', points: 30, seconds: hour }]
/** A handle that was somebody's is never given away, so nobody may gather many. */
export const handleLimits: Limit[] = [{ name: 'handle', by: 'person', points: 5, seconds: 24 * hour }]
export const portraitLimits: Limit[] = [{ name: 'portrait', by: 'person', points: 10, seconds: hour }]

/** In what sizes a member's picture is kept. */
export const PORTRAIT_SIZES = [96, 192] as const satisfies PortraitSize[]

/** The name that stands where somebody was. */
export const DELETED = '[deleted]'

/** The id in the handle of somebody who is gone; null for everybody else's. */
export function goneId(person: { handle: string; name: string }): string | null {
  return person.name === DELETED ? (/^deleted-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(person.handle)?.[1] ?? null) : null
}

/** All zones, and UTC, which is none of them to Intl. */
export function timeZones(): string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]
}

/** A link as a person reads it: "example.com/ada". */
export function linkText(link: string): string {
  return link.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '')
}
