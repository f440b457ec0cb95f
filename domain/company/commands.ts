import { v7 as uuidv7 } from 'uuid'
import type { Db } from '#lib/db.ts'
import { slugOf, wishes } from '#lib/slug.ts'

/** The id of the company of this name, made where nobody has named it yet. "adobe" is Adobe: what has its address is it. */
export async function nameCompany(tx: Db, name: string, now: Date): Promise<string> {
  const slug = slugOf(name) ?? 'company'
  for (;;) {
    const known = await tx.company.findFirst({ where: { OR: [{ name }, ...(slugOf(name) ? [{ slug }] : [])] }, select: { id: true } })
    if (known) return known.id
    // In the order given.
    const [free] = await tx.$queryRaw<{ slug: string }[]>`
      SELECT slug FROM unnest(${wishes(slug)}::text[]) WITH ORDINALITY AS wished (slug, place)
      WHERE NOT EXISTS (SELECT FROM "Company" c WHERE c.slug = wished.slug)
        AND NOT EXISTS (SELECT FROM "MovedSlug" s WHERE s.kind = 'Company' AND s.slug = wished.slug)
      ORDER BY place LIMIT 1`
    if (!free) continue
    const id = uuidv7()
    // Somebody may be naming it at the same time: then this one looks again.
    const { count } = await tx.company.createMany({ data: [{ id, slug: free.slug, name, createdAt: now }], skipDuplicates: true })
    if (count) return id
  }
}
