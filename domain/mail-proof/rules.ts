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

export const NO_LONGER_GOOD = 'This was used already, or it is too old. Ask for a new mail.'
