import { z } from 'zod'

/** What is written down. Whoever adds one widens the database's check too. */
const Act = z.enum([
  'join',
  'sign-in',
  'wrong-code',
  'end-sessions',
  'change-way-in',
  'give-role',
  'take-role',
  'take-data',
  'delete-account',
  'finish-set-up',
  'rename-site',
  'write-page',
  'remove-page',
  'make-community',
  'edit-community',
  'add-topics',
  'edit-topic',
])
export type Act = z.infer<typeof Act>

/** Whether `ofId` is a member's: else it is a community's or a topic's. */
export function isAboutMember(act: Act): boolean {
  return ABOUT_MEMBERS.includes(act)
}

/** Acts that are done to a member. As the database's trigger has them. */
export const ABOUT_MEMBERS: Act[] = ['wrong-code', 'change-way-in', 'give-role', 'take-role']

/** Whether of an act only the day is known, as UTC has it. */
export function isKnownToTheDay(act: string): boolean {
  return act === 'join' || act === 'sign-in'
}

/** How somebody came in; what the page says of it. */
const waysIn = {
  mail: 'by a mail',
  password: 'with a password',
  reset: 'with a password set by mail',
  passkey: 'with a passkey',
  provider: 'through another site',
  'second-factor': 'by the second step',
} as const
export type WayIn = keyof typeof waysIn

/** What was changed about the way into an account. */
const changes: Record<string, string> = {
  password: 'changed the password',
  email: 'changed the e-mail address',
  'authenticator-added': 'turned the second step on',
  'authenticator-removed': 'turned the second step off',
  'recovery-codes-renewed': 'made new recovery codes',
  'recovery-code-used': 'used a recovery code',
  'passkey-added': 'added a passkey',
  'passkey-removed': 'removed a passkey',
  'identity-linked': 'connected an account of another site',
  'identity-unlinked': 'disconnected an account of another site',
}

/** Milliseconds that a row is kept. */
export const KEPT_FOR = 365 * 24 * 60 * 60_000

/** In place of the id of somebody who deleted the account. */
export const NOBODY = '00000000-0000-0000-0000-000000000000'

/** A row with the names that its ids lead to; null for those that lead to nothing any more. */
export type Said = {
  act: string
  detail: string | null
  byId: string | null
  ofId: string | null
  by: string | null
  of: string | null
  community: string | null
}

const GONE = 'somebody who is gone'

/** What happened, as a sentence without its full stop. */
export function eventText(event: Said): string {
  const who = event.byId === null ? 'a command at the terminal' : (event.by ?? GONE)
  const text = sentence(event, who)
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function sentence({ act, detail, byId, ofId, of, community }: Said, who: string): string {
  const code = detail ?? ''
  const whom = of ?? GONE
  const ofCommunity = community ? ` of ${community}` : ''
  const role = `${code === 'admin' ? 'an' : 'a'} ${code}${ofCommunity}`
  if (act === 'give-role')
    return byId !== null && byId !== NOBODY && byId === ofId ? `${who} became ${role}` : `${who} made ${whom} ${role}`
  if (act === 'change-way-in') return ofId === null ? `${who} ${changes[code] ?? code}` : `${who} turned the second step of ${whom} off`
  const texts: Record<string, string> = {
    join: `${who} joined`,
    'sign-in': `${who} signed in ${waysIn[code as WayIn] ?? code}`,
    'wrong-code': `a wrong code was typed for the second step of ${whom}`,
    'end-sessions': `${who} signed other browsers out`,
    'take-role': `${who} made ${whom} ${role} no longer`,
    'take-data': `${who} downloaded what is kept of them`,
    'delete-account': 'somebody deleted the account',
    'finish-set-up': `${who} finished the set-up`,
    'rename-site': `${who} gave the site its name`,
    'write-page': `${who} wrote the page “${code}”`,
    'remove-page': `${who} took the page “${code}” away`,
    'make-community': `${who} began the community ${of ?? 'that is gone'}`,
    'edit-community': `${who} changed the community ${of ?? 'that is gone'}`,
    'add-topics': `${who} added topics to ${of ?? 'a community that is gone'}`,
    'edit-topic': `${who} changed the topic ${of ?? 'that is gone'}${ofCommunity}`,
  }
  return texts[act] ?? `${who}: ${act}`
}
