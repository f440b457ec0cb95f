import { z } from 'zod'
import type { Limit } from '#lib/limit.ts'

/** How many recovery codes there are at first, and the digits of one: as many as no other code has. */
export const RECOVERY_CODES = 10
export const RECOVERY_DIGITS = 10

/** Six digits of the app or ten of a recovery code, with whatever a person put between them. */
const SecondCode = z
  .string()
  .transform((typed) => typed.normalize('NFKC').replace(/[\s-]/g, ''))
  .pipe(z.string().regex(/^(\d{6}|\d{10})$/, 'The app’s code has six digits, a recovery code ten.'))

/** Of the app alone: the first one shows that it has the key. */
const AppCode = SecondCode.pipe(z.string().length(6, 'The app’s code has six digits.'))

export const ProveSecondFactor = z.object({ code: SecondCode })
export const BeginAuthenticator = z.object({})
export const ConfirmAuthenticator = z.object({ code: AppCode })
export const RenewRecoveryCodes = z.object({})
export const HideRecoveryCodes = z.object({})
export const RemoveAuthenticator = z.object({})

/** A recovery code as it is shown and typed: two groups of five. */
export function spacedCode(code: string): string {
  return `${code.slice(0, 5)} ${code.slice(5)}`
}

/** Tries at a browser's door, and changes. Seconds. */
export const secondLimits: Limit[] = [{ name: 'second', by: 'address', points: 30, seconds: 900 }]
export const changeLimits: Limit[] = [{ name: 'authenticator', by: 'person', points: 20, seconds: 900 }]

/**
 * Wrong codes that may be tried at one account, from wherever; whoever tries has proved its first factor. Six digits of
 * which three are good at a time: one in 6,000 in a day.
 */
export const accountLimits: Limit[] = [
  { name: 'second-soon', by: 'email', points: 10, seconds: 900 },
  { name: 'second-day', by: 'email', points: 50, seconds: 86_400 },
]
