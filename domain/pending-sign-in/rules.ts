/** Milliseconds that there are to type the second factor's code. */
export const PENDING_FOR = 10 * 60_000

export const BEGIN_AGAIN = 'It is too long ago that you began to sign in. Begin once more.'
