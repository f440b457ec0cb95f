/**
 * Says to the scripts of pages that are the same for everybody that somebody is signed in here, and by a word that each sign-in
 * has of its own, whether it is still the same. Readable, worth nothing: who it is, the session's own cookie says.
 */
export const SIGNED_IN_HINT = 'perch-in'

/** The word of the sign-in that holds, from a text such as `document.cookie`; null where nobody is signed in. */
export function signedInHint(cookies: string): string | null {
  return new RegExp(`(?:^|; )${SIGNED_IN_HINT}=([^;]*)`).exec(cookies)?.[1] ?? null
}
