import { Client } from 'pg'
import { v7 as uuid } from 'uuid'
import type { Change } from '#bench/load.ts'
import { newToken, tokenHash } from '#lib/secret.ts'
import { sessionCookie } from '#lib/session.ts'

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
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ slug: string }>(
      'SELECT slug FROM "Question" WHERE "answerCount" = 0 AND "askedById" IS NULL ORDER BY md5(slug) LIMIT $1',
      [QUESTIONS],
    )
    const slugs = rows.map(({ slug }) => slug)
    if (slugs.length < 100) throw new Error('The database has too few questions that wait.')
    const [site, bare] = [await people(client), await people(client)]
    const sealed = await Promise.all(site.map(sessionCookie))
    return { ofSite: crowd(sealed, slugs), ofBare: crowd(bare, slugs) }
  } finally {
    await client.end()
  }
}

/** Their tokens. */
async function people(client: Client): Promise<string[]> {
  const ids = Array.from({ length: PEOPLE }, () => uuid())
  const tokens = ids.map(() => newToken())
  await client.query(`INSERT INTO "Member" (id, handle, name) SELECT id, 'bench-' || id, 'Somebody' FROM unnest($1::uuid[]) id`, [ids])
  await client.query(
    `INSERT INTO "Account" ("memberId", email, "emailProvedAt") SELECT id, id || '@bench.example', now() FROM unnest($1::uuid[]) id`,
    [ids],
  )
  await client.query(
    `INSERT INTO "Session" (id, "memberId", "tokenHash", "expiresAt", agent)
     SELECT gen_random_uuid(), id, hash, now() + interval '1 day', 'bench' FROM unnest($1::uuid[], $2::bytea[]) AS made (id, hash)`,
    [ids, tokens.map((token) => Buffer.from(tokenHash(token)))],
  )
  return tokens
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
