import { escapeLiteral } from 'pg'
import { toolNames } from '#prisma/seed/scale/words.ts'

/** Words as an SQL array. */
export function list(words: string[]): string {
  return `ARRAY[${words.map((word) => escapeLiteral(word)).join()}]`
}

/** One of these words, at random; with a `skew` above 1 the first ones far more often. */
export function oneOf(words: string[], skew = 1): string {
  return `(${list(words)})[1 + floor(${words.length} * random() ^ ${skew})::int]`
}

/** A slug of its own for each row of a query that has `id` and `wished`: the wish, or that with the id's last digits behind it. */
export function withSlugs(kind: 'Member' | 'Ama' | 'Question', rows: string): string {
  const column = kind === 'Member' ? 'handle' : 'slug'
  return `
    SELECT w.*, CASE
      WHEN row_number() OVER (PARTITION BY wished ORDER BY id) = 1
        AND NOT EXISTS (SELECT 1 FROM "${kind}" t WHERE t.${column} = wished)
        AND NOT EXISTS (SELECT 1 FROM "MovedSlug" m WHERE m.kind = '${kind}' AND m.slug = wished)
      THEN wished ELSE wished || '-' || right(id::text, 8) END AS slug
    FROM (${rows}) w`
}

/** What the other statements stand on. The seed makes two runs of the same size alike. */
export const sessionStatements = [
  'SELECT setseed(0.42)',
  // For sorts and joins over a portion; the server's default is made for requests.
  `SET LOCAL work_mem = '128MB'`,
  // Ordered by time as UUIDv7 is; PostgreSQL has its own only since 18.
  `CREATE OR REPLACE FUNCTION pg_temp.id_at(at timestamptz) RETURNS uuid LANGUAGE sql AS $$
     SELECT encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
       PLACING substring(int8send(floor(extract(epoch FROM at) * 1000)::bigint) FROM 3) FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid $$`,
  // At most 90 characters, cut at a word.
  `CREATE OR REPLACE FUNCTION pg_temp.slug_of(words text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
     SELECT CASE WHEN length(slug) > 90 THEN regexp_replace(left(slug, 91), '-[^-]*$', '') ELSE slug END
     FROM (SELECT trim('-' FROM regexp_replace(translate(lower(words), 'öüćåéñ', 'oucaen'), '[^a-z0-9]+', '-', 'g')) AS slug) s $$`,
  // From 0, and the small ones far more often.
  'CREATE OR REPLACE FUNCTION pg_temp.skewed(below bigint, skew float) RETURNS int LANGUAGE sql AS $$ SELECT floor(below * random() ^ skew)::int $$',
  // As words are in any language: the second half as often as the first, the third a third as often, thousands once or never.
  `CREATE OR REPLACE FUNCTION pg_temp.tool() RETURNS text LANGUAGE sql AS $$
     SELECT initcap(${part(0)} || ${part(1)} || ${part(2)}) FROM (SELECT floor(${toolNames.reduce((names, { length }) => names * length, 1)} ^ random())::int AS no) drawn $$`,
]

/** Every number below the product of all lengths is another name. */
function part(place: number): string {
  const below = toolNames.slice(0, place).reduce((names, { length }) => names * length, 1)
  const parts = toolNames[place] ?? []
  return `(${list(parts)})[1 + no / ${below} % ${parts.length}]`
}
