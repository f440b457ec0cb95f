import type { Client } from 'pg'

/**
 * Temporary tables for what a file says, as it says it: one per kind of thing, in the file's order by `fresh`, the id that
 * a thing gets if it is new. A thing inside another names it by its place ("amas[0]").
 */
const tables = `
  CREATE TEMP TABLE staged_community (fresh uuid PRIMARY KEY, place text, slug text, name text);
  CREATE TEMP TABLE staged_topic (fresh uuid PRIMARY KEY, place text, slug text, name text, community text, synonyms text[]);
  CREATE TEMP TABLE staged_member (fresh uuid PRIMARY KEY, place text, slug text, name text, company text, title text, mentor bool, bio text,
    links text[], disclosure text, time_zone text, gone bool);
  CREATE TEMP TABLE staged_role (fresh uuid PRIMARY KEY, member text, company text, title text, started_on text, ended_on text);
  CREATE TEMP TABLE staged_roles_given (member text);
  CREATE TEMP TABLE staged_membership (fresh uuid PRIMARY KEY, place text, member text, community text);
  CREATE TEMP TABLE staged_ama (
    fresh uuid PRIMARY KEY, place text, slug text, topic text, starts_at_local timestamp(0), time_zone text,
    starts_at timestamptz(0), ends_at timestamptz(0), introduction text, cancelled_at timestamptz(3),
    closed_at timestamptz(3), closing_note text, note_fresh uuid);
  CREATE TEMP TABLE staged_local_word (fresh uuid PRIMARY KEY, ama text, word text, means text);
  CREATE TEMP TABLE staged_words_given (ama text);
  CREATE TEMP TABLE staged_ama_mentor (
    fresh uuid PRIMARY KEY, place text, ama text, position int, member text, role_said bool, company text, title text);
  CREATE TEMP TABLE staged_question (
    fresh uuid PRIMARY KEY, place text, ama text, community text, topic text, key text, title text, slug_base text, details text,
    asked_by text, asked_to text, show_name bool, asked_at timestamptz(3), closed_at timestamptz(3), requests int);
  CREATE TEMP TABLE staged_answer (
    fresh uuid PRIMARY KEY, place text, question text, key text, mentor text, answered_at timestamptz(3), body text, point text, views int,
    role_said bool, company text, title text);
  CREATE TEMP TABLE staged_clarification (fresh uuid PRIMARY KEY, question text, added_at timestamptz(3), body text);
  CREATE TEMP TABLE staged_company (fresh uuid PRIMARY KEY, name text, slug_base text);
  CREATE TEMP TABLE rendered (fresh uuid PRIMARY KEY, html text, excerpt text, point text);
`

/** Hands rows to their tables in portions, so that few are held at a time. */
export type Stage = {
  add: (table: string, row: Record<string, unknown>) => Promise<void>
  /** Writes what is held. */
  flush: () => Promise<void>
}

/** Characters of JSON that one statement carries. */
const PORTION = 1_000_000

export async function openStage(session: Client): Promise<Stage> {
  await session.query(tables)
  const held = new Map<string, { rows: string[]; length: number }>()
  const write = async (table: string, rows: string[]) => {
    await session.query(`INSERT INTO ${table} SELECT * FROM json_populate_recordset(NULL::${table}, $1)`, [`[${rows.join()}]`])
  }
  return {
    async add(table, row) {
      const portion = held.get(table) ?? { rows: [], length: 0 }
      const json = JSON.stringify(row)
      portion.rows.push(json)
      portion.length += json.length
      held.set(table, portion)
      if (portion.length < PORTION) return
      held.delete(table)
      await write(table, portion.rows)
    },
    async flush() {
      for (const [table, { rows }] of held) await write(table, rows)
      held.clear()
    },
  }
}

/** Tells the planner how much is where; nobody else does that for temporary tables. */
export async function analyze(session: Client, names: string[]): Promise<void> {
  await session.query(`ANALYZE ${names.join()}`)
}
