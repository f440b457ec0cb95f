import { type Check, statements } from '#prisma/doctor/check.ts'

/** What the night's jobs take away, when they have not for two days. */
const over: [table: string, ended: string][] = [
  ['Session', '"expiresAt"'],
  ['MailProof', '"expiresAt"'],
  ['PendingSignIn', '"expiresAt"'],
  ['PasskeyChallenge', '"expiresAt"'],
  ['RateLimit', 'expire'],
  ['AuditEvent', `("happenedAt" + interval '365 days')`],
]

/** The database itself, and what is done by itself. */
export const machineChecks: Check[] = [
  statements(
    'Something that the migrations made is switched off or unfinished',
    `SELECT 'trigger ' || t.tgname || ' of ' || c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
     WHERE t.tgenabled = 'D' AND c.relnamespace = 'public'::regnamespace
     UNION ALL SELECT 'index ' || c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
     WHERE NOT i.indisvalid AND c.relnamespace = 'public'::regnamespace
     UNION ALL SELECT 'constraint ' || conname FROM pg_constraint WHERE NOT convalidated AND connamespace = 'public'::regnamespace
     UNION ALL SELECT 'migration ' || migration_name || ' (docs/operations.md, "Migrations", says how to go on)' FROM "_prisma_migrations" WHERE finished_at IS NULL AND rolled_back_at IS NULL`,
  ),
  statements(
    'A job has failed for good',
    `SELECT task_identifier || ' since ' || to_char(updated_at, 'YYYY-MM-DD HH24:MI')
     FROM graphile_worker.jobs WHERE attempts >= max_attempts AND locked_at IS NULL`,
    `SELECT graphile_worker.complete_jobs(ARRAY(SELECT id FROM graphile_worker.jobs WHERE attempts >= max_attempts AND locked_at IS NULL))`,
  ),
  statements(
    'A mail waits for longer than a quarter of an hour: is a worker running, does the mail server take mails?',
    waiting(`task_identifier = 'mail'`, '15 minutes'),
  ),
  statements('A job waits for longer than an hour: is a worker running?', waiting(`task_identifier <> 'mail'`, '1 hour')),
  ...over.map(([table, ended]) =>
    statements(
      `The nightly jobs have left rows of ${table} that ended days ago`,
      `SELECT to_char(min(${ended}), 'YYYY-MM-DD HH24:MI') FROM "${table}" WHERE ${ended} < now() - interval '2 days' HAVING count(*) > 0`,
      `DELETE FROM "${table}" WHERE ${ended} < now()`,
    ),
  ),
  statements(
    'Readers of past days have not been forgotten',
    `SELECT DISTINCT day::text FROM "AnswerView" WHERE day < current_date - 3`,
    `DELETE FROM "AnswerView" WHERE day < current_date - 1`,
  ),
]

/** Due for that long, or tried in vain for that long. */
function waiting(which: string, time: string): string {
  return `
    SELECT task_identifier || ' since ' || to_char(since, 'YYYY-MM-DD HH24:MI') || ', tried ' || attempts || ' times'
    FROM (SELECT *, CASE attempts WHEN 0 THEN greatest(run_at, created_at) ELSE created_at END AS since FROM graphile_worker.jobs) j
    WHERE ${which} AND attempts < max_attempts AND since < now() - interval '${time}'`
}
