import type { Client } from 'pg'

/**
 * Gives every row of slug_wish its slug: what it wishes, or that with the first number behind it that nothing of its kind
 * has or had ("-2", "-3"), in the order of the owners. Each round tries as many numbers as there are owners of the same
 * wish, and twice as many as the round before, so that a title asked for the ten-thousandth time takes a few rounds.
 */
export async function giveSlugs(session: Client, kind: 'Company' | 'Question'): Promise<void> {
  for (let atLeast = 1; ; atLeast *= 2) {
    await session.query('ANALYZE slug_wish')
    const { rowCount } = await session.query(
      `
      WITH asking AS (
        SELECT base, count(*) AS owners, max(tried) AS tried FROM slug_wish WHERE slug IS NULL GROUP BY base
      ), possible AS (
        SELECT base, n, CASE n WHEN 1 THEN base ELSE base || '-' || n END AS slug
        FROM asking CROSS JOIN LATERAL generate_series(tried + 1, tried + greatest(owners, $1)) AS n
      ), free AS (
        SELECT DISTINCT ON (slug) base, n, slug FROM possible p
        WHERE NOT EXISTS (SELECT 1 FROM "${kind}" t WHERE t.slug = p.slug)
          AND NOT EXISTS (SELECT 1 FROM "MovedSlug" m WHERE m.kind = '${kind}' AND m.slug = p.slug)
          AND NOT EXISTS (SELECT 1 FROM slug_wish w WHERE w.slug = p.slug)
        ORDER BY slug, n
      ), given AS (
        SELECT owner, free.slug
        FROM (SELECT owner, base, row_number() OVER (PARTITION BY base ORDER BY owner) AS nth FROM slug_wish WHERE slug IS NULL) w
        JOIN (SELECT base, slug, row_number() OVER (PARTITION BY base ORDER BY n) AS nth FROM free) free USING (base, nth)
      ), round AS (
        SELECT w.owner, given.slug, asking.tried + greatest(asking.owners, $1) AS tried
        FROM slug_wish w JOIN asking USING (base) LEFT JOIN given USING (owner) WHERE w.slug IS NULL
      )
      UPDATE slug_wish w SET slug = round.slug, tried = round.tried FROM round WHERE w.owner = round.owner`,
      [atLeast],
    )
    if (!rowCount) return
  }
}
