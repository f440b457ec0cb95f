import { type Client, escapeIdentifier } from 'pg'

/** Where nearly all rows come to lie. */
const LARGE = ['Question', 'Answer', 'QuestionWords', 'AnswerWords']

/**
 * Takes from the large tables what looks at each row as it is written: foreign keys, and indexes that hold nothing unique.
 * Answers what brings them back, over all rows at once. Nobody can read these tables until the transaction ends.
 */
export async function dropIndexes(session: Client): Promise<string[]> {
  const { rows } = await session.query<{ drop: string; restore: string }>(DROPS, [LARGE.map(escapeIdentifier)])
  for (const { drop } of rows) await session.query(drop)
  return [`SET LOCAL maintenance_work_mem = '512MB'`, ...rows.map(({ restore }) => restore).reverse()]
}

// Keys first: they hold on to indexes. Brought back the other way round.
const DROPS = `
  SELECT drop, restore FROM (
    SELECT 1 AS turn, format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS drop,
      format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS restore
    FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY($1::regclass[])
    UNION ALL
    SELECT 2, format('DROP INDEX %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
    FROM pg_index WHERE indrelid = ANY($1::regclass[]) AND NOT indisunique
  ) parts ORDER BY turn, drop`
