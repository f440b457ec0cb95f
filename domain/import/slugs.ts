import type { Client } from 'pg'

/**
 * Gives every row of slug_wish its slug: what it wishes, or that with the first number behind it that nothing of its kind
 * has or had ("-2", "-3"), in the order of the owners. Each round tries as many numbers as there are owners of the same
 * wish, and twice as many as the round before, so that a title asked for the ten-thousandth time takes a few rounds.
 */
export async function giveSlugs(session: Client, kind: 'Company' | 'Question'): Promise<void> {
  await session.query('CREATE TEMP TABLE free_slug (base text, nth bigint, slug text)')
  for (let atLeast = 1; ; atLeast *= 2) {
    // The planner is told what is there each time: a nested loop over thousands of one title would be their square.
    await session.query('TRUNCATE free_slug; ANALYZE slug_wish')
    await session.query(findFree(kind), [atLeast])
    await session.query('ANALYZE free_slug')
    const { rowCount } = await session.query(give, [atLeast])
    if (!rowCount) break
  }
  await session.query('DROP TABLE free_slug')
}

const asking = 'SELECT base, count(*) AS owners, max(tried) AS tried FROM slug_wish WHERE slug IS NULL GROUP BY base'

const findFree = (kind: string) => `
  WITH possible AS (
    SELECT base, n, CASE n WHEN 1 THEN base ELSE base || '-' || n END AS slug
    FROM (${asking}) a CROSS JOIN LATERAL generate_series(tried + 1, tried + greatest(owners, $1)) AS n
  ), free AS (
    -- "Top 2" and the second "Top" wish the same: it goes to the one whose own words it is.
    SELECT DISTINCT ON (slug) base, n, slug FROM possible p
    WHERE NOT EXISTS (SELECT 1 FROM "${kind}" t WHERE t.slug = p.slug)
      AND NOT EXISTS (SELECT 1 FROM "MovedSlug" m WHERE m.kind = '${kind}' AND m.slug = p.slug)
      AND NOT EXISTS (SELECT 1 FROM slug_wish w WHERE w.slug = p.slug)
    ORDER BY slug, n
  )
  INSERT INTO free_slug SELECT base, row_number() OVER (PARTITION BY base ORDER BY n), slug FROM free`

const give = `
  WITH waiting AS (
    SELECT owner, base, row_number() OVER (PARTITION BY base ORDER BY owner) AS nth FROM slug_wish WHERE slug IS NULL
  ), round AS (
    SELECT w.owner, f.slug, a.tried + greatest(a.owners, $1) AS tried
    FROM waiting w JOIN (${asking}) a USING (base) LEFT JOIN free_slug f USING (base, nth)
  )
  UPDATE slug_wish w SET slug = round.slug, tried = round.tried FROM round WHERE w.owner = round.owner`
