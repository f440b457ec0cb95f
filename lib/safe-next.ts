/** Longer ones come from no page of ours. */
const LENGTH = 1_000

/**
 * Where somebody goes after signing in: the path on this site that they came from, as a URL parser writes it, or null
 * where it is none. A browser reads "//x", "/\x" and, with its tabs and newlines taken out, much else as another site.
 */
export function safeNext(given: unknown): string | null {
  if (typeof given !== 'string' || given.length > LENGTH || !/^\/[\x21-\x7e]*$/.test(given) || given.includes('\\')) return null
  const origin = 'https://perch.invalid'
  const url = URL.canParse(given, origin) ? new URL(given, origin) : null
  // "/.//x" and "/a/..//x" become "//x" only now; a proxy may undo the escaping of a second slash.
  if (url?.origin !== origin || /^\/(\/|%2f|%5c)/i.test(url.pathname)) return null
  return url.pathname + url.search + url.hash
}
