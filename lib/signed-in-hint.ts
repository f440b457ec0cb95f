/**
 * Says to the scripts of pages that are the same for everybody that somebody is signed in here. Readable, worth nothing:
 * who it is, the session's own cookie says.
 */
export const SIGNED_IN_HINT = 'perch-in'
