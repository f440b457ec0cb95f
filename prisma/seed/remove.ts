import type { Client } from 'pg'
import { NOBODY } from '#domain/audit-event/rules.ts'
import { inTransaction } from '#lib/db-session.ts'
import { DEMO_HOST } from '#prisma/seed/demo-people.ts'
import { KINDS, type Kind } from '#prisma/seed/demo-rows.ts'

/** How many of each kind went, and how many stay because of what people added to them; how many accounts went. */
export type Removed = { gone: Record<Kind, number>; kept: Record<Kind, number>; accounts: number }

/**
 * Takes the demo content and its accounts away in one transaction, and nothing that anybody else wrote. A demo row that such
 * a thing cannot be without stays (docs/decisions/015); done again once that is gone, it goes too.
 */
export function removeDemo(session: Client): Promise<Removed> {
  return inTransaction(session, async () => {
    // Whoever writes meanwhile waits: what is added at this moment is either seen here, or finds its place gone.
    await session.query(
      `LOCK TABLE ${KINDS.map((kind) => `"${kind}"`).join()}, "AmaMentor", "Role", "Account", "Wanted", "WantedJoin" IN SHARE ROW EXCLUSIVE MODE`,
    )
    await listLeaving(session)
    await withdrawWishes(session)
    const needs = await findNeeds(session)
    while (await keepNeeded(session, needs));
    const accounts = await closeAccounts(session)
    const gone = await deleteLeaving(session)
    return { gone, kept: await countKept(session), accounts }
  })
}

/** All that may go: what the demo content brought, and what its people did here since, by whoever tried their sign-ins. */
async function listLeaving(session: Client): Promise<void> {
  await session.query(`
    CREATE TEMP TABLE leaving ON COMMIT DROP AS SELECT d.id, d.kind FROM "DemoRow" d WHERE ${isThere};
    -- Somebody has made this account their own.
    DELETE FROM leaving l USING "Account" a WHERE a."memberId" = l.id AND a.email NOT LIKE '%${DEMO_HOST}';
    CREATE UNIQUE INDEX ON leaving (id);
    INSERT INTO leaving
      SELECT a.id, 'Answer' FROM "Answer" a JOIN leaving l ON l.id = a."mentorId" WHERE l.kind = 'Member'
      UNION ALL SELECT q.id, 'Question' FROM "Question" q JOIN leaving l ON l.id = q."askedById" WHERE l.kind = 'Member'
      UNION ALL SELECT am."amaId", 'Ama' FROM "AmaMentor" am LEFT JOIN leaving l ON l.id = am."memberId"
        GROUP BY 1 HAVING count(*) = count(l.id)
    ON CONFLICT DO NOTHING;
    ANALYZE leaving`)
}

/** What its people wish for, where nobody else does. Otherwise it stays, with its community. */
async function withdrawWishes(session: Client): Promise<void> {
  await session.query(`
    DELETE FROM "Wanted" w USING leaving l WHERE l.id = w."askedById"
      AND NOT EXISTS (SELECT FROM "WantedJoin" j WHERE j."wantedId" = w.id AND j."memberId" NOT IN (SELECT id FROM leaving))`)
}

const isThere = KINDS.map((kind) => `EXISTS (SELECT FROM "${kind}" t WHERE t.id = d.id)`).join(' OR ')

/** A row of `table` cannot be without the `kind` that its `column` names. */
type Need = { kind: Kind; table: string; column: string }

/** The foreign keys say it; those that let a row go with what it names, or forget it, need nothing. */
async function findNeeds(session: Client): Promise<Need[]> {
  const { rows } = await session.query<Need>(
    `SELECT target.relname AS kind, source.relname AS table, named.attname AS column
     FROM pg_constraint key JOIN pg_class source ON source.oid = key.conrelid JOIN pg_class target ON target.oid = key.confrelid
     CROSS JOIN unnest(key.conkey, key.confkey) AS pair (from_column, to_column)
     JOIN pg_attribute named ON named.attrelid = key.conrelid AND named.attnum = pair.from_column
     JOIN pg_attribute id ON id.attrelid = key.confrelid AND id.attnum = pair.to_column AND id.attname = 'id'
     WHERE key.contype = 'f' AND key.confdeltype IN ('r', 'a') AND target.relname = ANY ($1)
       AND source.relnamespace = current_schema()::regnamespace`,
    [KINDS],
  )
  return rows
}

/** Rows without a kind of their own, which go with what they are part of. All others of other tables stay. */
const PART_OF: Record<string, string> = {
  AmaMentor: 'amaId',
  AmaInvitation: 'amaId',
  AmaHost: 'amaId',
  AmaReminder: 'amaId',
  Role: 'memberId',
}

async function keepNeeded(session: Client, needs: Need[]): Promise<number> {
  let kept = 0
  for (const { kind, table, column } of needs) {
    const itself = KINDS.some((name) => name === table) ? 'id' : PART_OF[table]
    const stays = itself ? `NOT EXISTS (SELECT FROM leaving other WHERE other.id = t."${itself}")` : 'true'
    const { rowCount } = await session.query(
      `DELETE FROM leaving l WHERE l.kind = $1 AND EXISTS (SELECT FROM "${table}" t WHERE t."${column}" = l.id AND ${stays})`,
      [kind],
    )
    kept += rowCount ?? 0
  }
  return kept
}

/** Also of people who stay: everybody knows the password. */
async function closeAccounts(session: Client): Promise<number> {
  const demo = `"memberId" IN (SELECT a."memberId" FROM "Account" a JOIN "DemoRow" d ON d.id = a."memberId" WHERE a.email LIKE '%${DEMO_HOST}')`
  for (const table of ['Session', 'MailProof', 'CommunityRole']) await session.query(`DELETE FROM "${table}" WHERE ${demo}`)
  const { rows } = await session.query<{ memberId: string }>(`DELETE FROM "Account" WHERE ${demo} RETURNING "memberId"`)
  const ids = rows.map(({ memberId }) => memberId)
  // As when somebody deletes the account (domain/audit-event): what happened stays told.
  await session.query('UPDATE "AuditEvent" SET "byId" = $2, address = NULL WHERE "byId" = ANY ($1)', [ids, NOBODY])
  await session.query('UPDATE "AuditEvent" SET "ofId" = $2 WHERE "ofId" = ANY ($1)', [ids, NOBODY])
  return ids.length
}

async function deleteLeaving(session: Client): Promise<Record<Kind, number>> {
  await session.query('DELETE FROM "MovedSlug" WHERE "targetId" IN (SELECT id FROM leaving)')
  const gone = { ...nothing }
  for (const kind of KINDS) {
    if (kind === 'Ama') await session.query('DELETE FROM "AmaMentor" WHERE "amaId" IN (SELECT id FROM leaving)')
    const { rowCount } = await session.query(`DELETE FROM "${kind}" WHERE id IN (SELECT id FROM leaving WHERE kind = '${kind}')`)
    gone[kind] = rowCount ?? 0
  }
  return gone
}

async function countKept(session: Client): Promise<Record<Kind, number>> {
  const { rows } = await session.query<{ kind: Kind; rows: number }>(
    `SELECT kind, count(*)::int AS rows FROM "DemoRow" d WHERE ${isThere} GROUP BY kind`,
  )
  return { ...nothing, ...Object.fromEntries(rows.map(({ kind, rows: count }) => [kind, count])) }
}

const nothing: Record<Kind, number> = { Answer: 0, Question: 0, Ama: 0, Member: 0, Company: 0, Topic: 0, Community: 0 }
