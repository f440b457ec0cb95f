import { rows } from '#bench/databases.ts'
import type { Change } from '#bench/load.ts'
import { makePeople } from '#bench/people.ts'
import { sessionCookie } from '#lib/sealed-cookie.ts'

/** What is measured of requests: each person at another question, and all at one. */
export const CHANGES = ['requests set and unset, distinct', 'requests set and unset, one hot'] as const

type Crowd = Record<(typeof CHANGES)[number], Change[]>

const PEOPLE = 400
const QUESTIONS = 2_000

/**
 * People with sessions, and what they do in their order: somebody sets a request, and somebody who did so before takes it
 * back, so that each change changes something. The site and the bare server have people of their own in one database.
 */
export async function prepareCrowd(databaseUrl: string): Promise<{ ofSite: Crowd; ofBare: Crowd }> {
  const found = await rows<{ slug: string }>(
    databaseUrl,
    'SELECT slug FROM "Question" WHERE "answerCount" = 0 AND "askedById" IS NULL ORDER BY md5(slug) LIMIT $1',
    [QUESTIONS],
  )
  const slugs = found.map(({ slug }) => slug)
  if (slugs.length < 100) throw new Error('The database has too few questions that wait.')
  const tokens = (await makePeople(databaseUrl, 2 * PEOPLE)).map(({ token }) => token)
  const sealed = await Promise.all(tokens.slice(0, PEOPLE).map(sessionCookie))
  return { ofSite: crowd(sealed, slugs), ofBare: crowd(tokens.slice(PEOPLE), slugs) }
}

function crowd(cookies: string[], slugs: string[]): Crowd {
  const [distinct, hot] = CHANGES
  return { [distinct]: inOrder(cookies, slugs), [hot]: inOrder(cookies, slugs.slice(0, 1)) } as Crowd
}

function inOrder(cookies: string[], slugs: string[]): Change[] {
  const pairs = Math.max(cookies.length, slugs.length)
  const at = (i: number) => ({ cookie: cookies[i % cookies.length] ?? '', path: `/api/questions/${slugs[i % slugs.length]}/request` })
  const half = Math.floor(pairs / 2)
  return Array.from({ length: pairs }, (_, i): Change[] => [
    { method: 'PUT', ...at(i) },
    { method: 'DELETE', ...at((i + half) % pairs) },
  ]).flat()
}
