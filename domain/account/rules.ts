import { z } from 'zod'
import { Name } from '#domain/community/rules.ts'
import type { Limit } from '#lib/limit.ts'
import { safeNext } from '#lib/safe-next.ts'

/** An e-mail address as it is kept (`normalEmail`); two spellings of one address are one. */
export const Email = z.string().transform((given, context) => {
  const email = normalEmail(given)
  if (email) return email
  context.addIssue('This is no e-mail address that mail can be sent to.')
  return z.NEVER
})

/** Where to go afterwards; what leads anywhere else than to this site is dropped. */
const Next = z.unknown().optional().transform(safeNext)

/** A password as it was typed, of any characters, in the one spelling that Unicode has for them. Only checked against what is kept. */
const TypedPassword = z.string().normalize('NFC').min(1, 'Type your password.').max(1_000)

/** A new one: 8 to 128 characters of any kind. Whether it is easily guessed is asked of lib/password.ts. */
export const NewPassword = z
  .string()
  .normalize('NFC')
  .refine((typed) => [...typed].length >= 8, 'At least 8 characters.')
  .refine((typed) => [...typed].length <= 128, 'At most 128 characters.')

/** Six digits, with whatever a mail program or a person put between them. */
export const Code = z
  .string()
  .transform((typed) => typed.normalize('NFKC').replace(/[\s-]/g, ''))
  .pipe(z.string().regex(/^\d{6}$/, 'The code has six digits.'))

/** The word in a link of ours: 256 bits. */
const Token = z.string().max(100)

export const AskForCode = z.object({ email: Email, next: Next })
export const ProveByCode = z.object({ code: Code })
export const ProveByLink = z.object({ token: Token })
export const SignUp = z.object({ name: Name })
export const SignInWithPassword = z.object({ email: Email, password: TypedPassword, next: Next })
export const AskForReset = z.object({ email: Email })
export const ResetPassword = z.object({ token: Token, password: NewPassword })
export const ChangePassword = z.object({ current: TypedPassword.optional(), password: NewPassword })
export const ChangeEmail = z.object({ email: Email })
export const ConfirmEmail = z.object({ token: Token })

/** Mails that strangers can have sent to somebody, and codes and passwords that can be tried. Seconds. */
export const mailLimits: Limit[] = [
  { name: 'mail-there', by: 'email and address', points: 5, seconds: 900 },
  { name: 'mail', by: 'email', points: 10, seconds: 3_600 },
  { name: 'mail-from', by: 'address', points: 30, seconds: 3_600 },
]
export const proofLimits: Limit[] = [{ name: 'proof', by: 'address', points: 30, seconds: 900 }]
export const signUpLimits: Limit[] = [{ name: 'sign-up', by: 'address', points: 10, seconds: 3_600 }]
export const passwordLimits: Limit[] = [
  { name: 'password-there', by: 'email and address', points: 10, seconds: 900 },
  // Higher, so that others cannot keep the owner out with wrong tries from elsewhere.
  { name: 'password', by: 'email', points: 50, seconds: 900 },
  { name: 'password-soon', by: 'address', points: 6, seconds: 60 },
  { name: 'password-from', by: 'address', points: 30, seconds: 3_600 },
]
export const changeLimits: Limit[] = [{ name: 'change', by: 'person', points: 10, seconds: 900 }]

/**
 * The one spelling of an address: NFKC, lower case, its domain as the network writes it. Null for what is none, and for
 * what is written so that two programs could read two addresses in it: an @ from another block, a quoted part, control
 * characters. At most 254 characters.
 */
export function normalEmail(given: string): string | null {
  const typed = given.trim()
  if (typed.length > 254 || /[\p{C}\p{Z}]/u.test(typed)) return null
  const [local = '', domain = '', ...more] = typed.normalize('NFKC').toLowerCase().normalize('NFKC').split('@')
  // Counted in what was typed too: a full-width @ becomes one only now.
  if (more.length || typed.split('@').length !== 2) return null
  if (!LOCAL.test(local) || local.length > 64) return null
  const host = hostOf(domain)
  const email = `${local}@${host}`
  return host && email.length <= 254 ? email : null
}

/** Whom a mail is for, where it is better not to say it all: "a…@example.org". */
export function maskedEmail(email: string): string {
  return email.replace(/^(.)[^@]*/u, '$1…')
}

/** Letters and digits of any script and the signs that need no quotes, in parts joined by single dots. */
const LOCAL = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u
const HOST = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/

/** The URL parser writes a name of any script in the letters that the network knows. */
function hostOf(domain: string): string | null {
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(domain) || !URL.canParse(`http://${domain}`)) return null
  const host = new URL(`http://${domain}`).hostname
  return HOST.test(host) ? host : null
}
