import { type Client, escapeIdentifier } from 'pg'
import type { Contents, Migration, Table } from '#lib/backup/format.ts'

/** Ours, and that of the job queue: what waits to be done belongs to the rows that it is about. */
const SCHEMAS = ['public', 'graphile_worker']
/** What is there says which migrations ran, and comes with them. */
const NOT_DATA = ['public._prisma_migrations', 'graphile_worker.migrations']

/** Texts of rows are the same on every server with these. Without a search path every name is written with its schema. */
export const PLAIN_TEXT = `
  SET LOCAL search_path = ''; SET LOCAL client_encoding = 'UTF8'; SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, MDY';
  SET LOCAL IntervalStyle = 'postgres'; SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'`

/** Every table whose rows are data, by name. */
export async function listTables(session: Client): Promise<Table[]> {
  const { rows } = await session.query<Table>(
    `SELECT n.nspname AS schema, c.relname AS name,
       ARRAY(SELECT a.attname::text FROM pg_attribute a
             WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum) AS columns
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = ANY($1) AND c.relkind = 'r' AND n.nspname || '.' || c.relname <> ALL($2)
       AND NOT EXISTS (SELECT FROM pg_depend d
                       WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
     ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"`,
    [SCHEMAS, NOT_DATA],
  )
  return rows
}

/** Sequences of these schemas with the number that each gives next. */
export async function listSequences(session: Client): Promise<Contents['sequences']> {
  const { rows } = await session.query(
    `SELECT schemaname AS schema, sequencename AS name, coalesce(last_value + increment_by, start_value)::text AS next
     FROM pg_sequences WHERE schemaname = ANY($1) ORDER BY 1, 2`,
    [SCHEMAS],
  )
  return rows
}

/** The columns of its key, as an order that no server's language changes; the whole row where there is no key. */
export async function orderOf(session: Client, table: Table): Promise<string> {
  const { rows } = await session.query<{ name: string; isText: boolean }>(
    `SELECT a.attname AS name, a.attcollation <> 0 AS "isText"
     FROM pg_index i
     CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS key(attnum, place)
     JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = key.attnum
     WHERE i.indrelid = $1::regclass AND i.indisprimary ORDER BY key.place`,
    [quoted(table)],
  )
  const key = rows.map(({ name, isText }) => `${escapeIdentifier(name)}${isText ? ' COLLATE "C"' : ''}`)
  return key.join() || 't::text COLLATE "C"'
}

/** Foreign keys, as the statements that take each away and bring it back. */
export async function listReferences(session: Client): Promise<{ drop: string; add: string }[]> {
  const { rows } = await session.query(
    `SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', c.conrelid::regclass, c.conname) AS drop,
       format('ALTER TABLE %s ADD CONSTRAINT %I %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) AS add
     FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
     WHERE c.contype = 'f' AND n.nspname = ANY($1) ORDER BY c.conname`,
    [SCHEMAS],
  )
  return rows
}

/** Indexes that stand for no constraint, as the statements that take each away and bring it back. */
export async function listIndexes(session: Client): Promise<{ drop: string; add: string }[]> {
  const { rows } = await session.query(
    `SELECT format('DROP INDEX %s', i.indexrelid::regclass) AS drop, pg_get_indexdef(i.indexrelid) AS add
     FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = ANY($1) AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid) ORDER BY c.relname`,
    [SCHEMAS],
  )
  return rows
}

/** Empties the schemas of what migrations make, except for the list of migrations and what extensions brought. */
export const DROP_ALL = `
  DROP SCHEMA IF EXISTS graphile_worker CASCADE;
  DO $$
  DECLARE
    it record;
  BEGIN
    FOR it IN
      -- Before the tables, whose rows some take as arguments.
      SELECT format('DROP ROUTINE %s CASCADE', oid::regprocedure) AS statement FROM pg_proc
      WHERE pronamespace = 'public'::regnamespace
        AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = pg_proc.oid AND deptype = 'e')
      UNION ALL
      SELECT format('DROP TEXT SEARCH CONFIGURATION %s CASCADE', oid::regconfig) FROM pg_ts_config
      WHERE cfgnamespace = 'public'::regnamespace
        AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_ts_config'::regclass AND objid = pg_ts_config.oid AND deptype = 'e')
      UNION ALL
      SELECT format('DROP TABLE %s CASCADE', oid::regclass) FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relname <> '_prisma_migrations'
        AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype = 'e')
      UNION ALL
      SELECT format('DROP TYPE %s CASCADE', oid::regtype) FROM pg_type
      WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd')
        AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_type'::regclass AND objid = pg_type.oid AND deptype = 'e')
    LOOP
      EXECUTE it.statement;
    END LOOP;
  END $$`

/** The migrations that ran to their end, in order; none where there is no table of them. */
export async function appliedMigrations(session: Client): Promise<Migration[]> {
  const { rows: there } = await session.query(`SELECT to_regclass('public._prisma_migrations') AS it`)
  if (!there[0]?.it) return []
  const { rows } = await session.query<Migration>(
    `SELECT migration_name AS name, checksum FROM public._prisma_migrations
     WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name COLLATE "C"`,
  )
  return rows
}

export function quoted({ schema, name }: { schema: string; name: string }): string {
  return `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`
}

export function columnsOf({ columns }: Table): string {
  return columns.map((column) => escapeIdentifier(column)).join()
}
