import { rows } from '#bench/databases.ts'

/** Addresses of pages of one shape: one that is read much, for being asked again, and others in random order. */
export type Sample = { again: string; others: string[] }

export type PageKind = 'question' | 'ama'

/**
 * Questions with a topic, outside AMAs, with one to five answers; past AMAs with one to three mentors and at least five
 * questions. So pages of a kind ask the same queries, which the bare template server needs.
 */
export async function samplePages(url: string): Promise<Record<PageKind, Sample>> {
  const questions = await slugs(
    url,
    `
    SELECT slug, "viewCount" > 1000 AS read FROM "Question" WHERE "topicId" IS NOT NULL AND "amaId" IS NULL AND "askedToId" IS NULL AND "askedById" IS NULL
      AND "answerCount" BETWEEN 1 AND 5 AND "leadAnsweredAt" < now() - interval '1 day'`,
  )
  const amas = await slugs(
    url,
    `
    SELECT slug, "questionCount" > 15 AS read FROM "Ama" WHERE "endsAt" < now() AND "cancelledAt" IS NULL AND "questionCount" BETWEEN 5 AND 100
      AND (SELECT count(*) FROM "AmaMentor" m WHERE m."amaId" = "Ama".id) <= 3`,
  )
  return { question: sample('/questions/', questions), ama: sample('/amas/', amas) }
}

/** Slugs in an order that is random and the same each time. */
async function slugs(url: string, query: string): Promise<string[]> {
  const found = await rows<{ slug: string; read: boolean }>(url, `${query} ORDER BY md5(slug) LIMIT 50000`)
  const first = found.find(({ read }) => read)
  return [...(first ? [first] : []), ...found.filter((each) => each !== first)].map(({ slug }) => slug)
}

function sample(folder: string, [again, ...others]: string[]): Sample {
  if (!again) throw new Error('The database has no pages of this shape.')
  return { again: `${folder}${again}`, others: others.map((slug) => `${folder}${slug}`) }
}
