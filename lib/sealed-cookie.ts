import { LRUCache } from 'lru-cache'
import type { AuthOptions } from 'next-auth'
import { decode, encode } from 'next-auth/jwt'
import { env } from '#lib/env.ts'
import { keyFor } from '#lib/secret.ts'

/** What a browser keeps for us, each in a cookie of its own that nobody else can read or make. */
type Kind = 'session' | 'carried' | 'waiting-press'

/** How next-auth is set up: a sealed cookie that holds nothing but the token of a row, so that the row decides. */
function authOptions(kind: Kind) {
  return {
    providers: [],
    secret: keyFor(`cookie ${kind}`).toString('base64url'),
    session: { strategy: 'jwt' },
    cookies: { sessionToken: { name: cookieName(kind), options: attributes() } },
  } satisfies AuthOptions
}

/** The word sealed for so many seconds. */
export function seal(kind: Kind, word: string, maxAge: number): Promise<string> {
  return encode({ token: { word }, secret: authOptions(kind).secret, maxAge })
}

/** The word in it; null where it is none of ours, or too old. */
export async function unseal(kind: Kind, sealed: string | undefined): Promise<string | null> {
  const known = opened.get(`${kind} ${sealed}`)
  if (known && known.until > Date.now()) return known.word
  try {
    const token = await decode({ token: sealed, secret: authOptions(kind).secret })
    if (typeof token?.word !== 'string') return null
    opened.set(`${kind} ${sealed}`, { word: token.word, until: Number(token.exp) * 1_000 })
    return token.word
  } catch {
    return null
  }
}

/**
 * Words of seals that were opened here: opening one takes next-auth a key and a cipher, a fifth of what it takes to answer
 * who reads. Whether a session holds is not known from it; that the database is asked each time.
 */
const opened = new LRUCache<string, { word: string; until: number }>({ max: 5_000 })

export function cookieName(kind: Kind): string {
  return `${isSecure() ? '__Host-' : ''}perch-${kind}`
}

export function attributes() {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure() } as const
}

function isSecure(): boolean {
  return env().SITE_URL.startsWith('https:')
}

/** The cookie of a session as browsers send it, good for an hour: for programs that stand for browsers. */
export async function sessionCookie(token: string): Promise<string> {
  return `${cookieName('session')}=${await seal('session', token, 3_600)}`
}
