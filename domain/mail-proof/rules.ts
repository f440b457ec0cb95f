import type { Mail } from '#domain/mail/rules.ts'

const minute = 60_000

/**
 * What the person who has the mail may do with it. `sign-up` is what a sign-in becomes for an address without an account;
 * `work-mail` shows that a role is held, and opens nothing.
 */
export type Purpose = 'sign-in' | 'sign-up' | 'reset-password' | 'change-email' | 'work-mail'

/** Milliseconds that a code and a link are good for, and that there is to type a name. */
export const GOOD_FOR = 10 * minute
export const SIGN_UP_FOR = 30 * minute
/** A code can be guessed at so often. */
export const TRIES = 5

const OPENING: Mail['kind'][] = ['sign-in', 'reset-password', 'change-address', 'work-mail']

/** Whether the code or link of a mail has ended since it was written, which its id (a UUID of version 7) tells. */
export function hasEnded({ id, mail }: { id: string; mail: Mail }, now: Date): boolean {
  const writtenAt = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
  return OPENING.includes(mail.kind) && now.getTime() - writtenAt >= GOOD_FOR
}

export const NO_LONGER_GOOD = 'This was used already, or it is too old. Ask for a new mail.'
