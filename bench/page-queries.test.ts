import { beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { knownFrom, recordPage } from '#bench/page-queries.ts'
import { type PageKind, samplePages } from '#bench/samples.ts'
import { db } from '#lib/db.ts'
import { withSession } from '#lib/db-session.ts'
import { env } from '#lib/env.ts'
import { scale } from '#prisma/seed/scale/scale.ts'

let slugs: Record<PageKind, string[]>

beforeAll(async () => {
  await withSession((session) => scale(session, 2_000))
  const { question, ama } = await samplePages(env().DATABASE_URL)
  const slugOf = (path: string) => path.split('/')[2] ?? ''
  // Few views could be mistaken for a length of the page.
  const read = await db().question.findMany({ where: { slug: { in: question.others.map(slugOf) }, viewCount: { gt: 100 } } })
  slugs = { question: read.map(({ slug }) => slug), ama: ama.others.map(slugOf) }
}, 60_000)

test.each<PageKind>(['question', 'ama'])('Every %s page of the sample asks the same, but for what its first query tells', async (kind) => {
  // Who is new and who is suspended depends on the moment, which is to be the same for all.
  vi.useFakeTimers({ toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
  const [first = '', ...others] = slugs[kind]
  const recorded = await recordPage(kind, first)
  expect(recorded.others.length).toBeGreaterThan(2)
  for (const slug of others.slice(0, 5)) expect(await recordPage(kind, slug)).toEqual(recorded)
})

test.each<PageKind>(['question', 'ama'])('The first row of a page of the kind %s brings all that its other queries need', async (kind) => {
  const slug = slugs[kind][0] ?? ''
  const { first, others } = await recordPage(kind, slug)
  const { rows } = await withSession((session) => session.query(first.text, [slug]))
  const known = knownFrom(kind, slug, rows[0])
  const needed = others.flatMap(({ values }) => values.flatMap((value) => ('known' in value ? [value.known] : [])))
  expect(needed).toContain('communityId')
  for (const name of needed) expect(known[name], name).toBeTruthy()
})
