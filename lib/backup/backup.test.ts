import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { Client } from 'pg'
import { expect, inject, onTestFinished, test, vi } from 'vitest'
import { writeBackup } from '#lib/backup/backup.ts'
import { ensureKnown, readMigrations } from '#lib/backup/migrations.ts'
import { checkBackup } from '#lib/backup/reading.ts'
import { restoreBackup } from '#lib/backup/restore.ts'
import { appliedMigrations, listReferences, listSequences } from '#lib/backup/tables.ts'
import { db } from '#lib/db.ts'
import { enqueue } from '#lib/jobs.ts'
import { Refusal } from '#lib/refusal.ts'
import { startWorker } from '#lib/worker.ts'
import { findDrift } from '#prisma/derived.ts'
import { databaseUrl } from '#testing/database-template.ts'
import { makeAma, makeAnswer, makeCommunity, makeCompany, makeMentor, makeQuestion, makeTopic } from '#testing/factories.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const root = join(import.meta.dirname, '../..')
const migrations = await readMigrations(join(root, 'prisma/migrations'))
const folder = await mkdtemp(join(tmpdir(), 'perch-backup-'))
let files = 0
const newFile = () => join(folder, `${++files}.tar.gz`)
const quietly = () => {}

test('Backup, wipe, restore: number and hash of the rows of every table, sequences, keys and triggers are what they were', async () => {
  await makeTown()
  await enqueue(db(), 'greet', { name: 'Ada' })
  const site = await openSite()
  const before = await fingerprint(site)
  const shape = await shapeOf(site)
  const file = newFile()
  await writeBackup(site, file, quietly)
  const tables = before.filter(({ title }) => !/migrations$/.test(title)).map(({ title }) => title)
  await site.query(`TRUNCATE ${tables.join()} RESTART IDENTITY`)
  expect(await fingerprint(site)).not.toEqual(before)

  await restore(site, file)
  expect(await fingerprint(site)).toEqual(before)
  expect(await shapeOf(site)).toEqual(shape)
  expect(await findDrift(site)).toEqual([])
  // Triggers and sequences work on.
  const { community, mentor } = await makeTown()
  expect(await db().community.findUnique({ where: { id: community.id } })).toMatchObject({ questionCount: 1, answerCount: 1 })
  expect(await db().member.findUnique({ where: { id: mentor.id } })).toMatchObject({ answerCount: 1, amaCount: 1 })
  await enqueue(db(), 'greet', { name: 'Ben' })
})

test('A database that is migrated and has no rows is not backed up: another one was meant', async () => {
  const source = await openDatabase()
  await source.query(`SELECT graphile_worker.add_job('first', '{}')`)
  const file = newFile()
  await expect(writeBackup(source, file, quietly)).rejects.toThrow('There is nothing in this database. Is DATABASE_URL set')
  expect(existsSync(file)).toBe(false)
})

test('What came after the backup is gone after a restore that replaces, and stays after one that may not', async () => {
  const { community } = await makeTown()
  const site = await openSite()
  const file = newFile()
  const before = await fingerprint(site)
  await writeBackup(site, file, quietly)
  await makeQuestion(community.id)
  const later = await fingerprint(site)
  await expect(restore(site, file)).rejects.toThrow('The database is not empty: there are rows in Ama, AmaMentor, AmaWords and ')
  expect(await fingerprint(site)).toEqual(later)
  await restore(site, file, { replace: true })
  expect(await fingerprint(site)).toEqual(before)
})

test('A file in which one byte changes anything, or that is cut off or of something else, is refused', async () => {
  await makeTown()
  const file = newFile()
  await writeBackup(await openSite(), file, quietly)
  const bytes = await readFile(file)
  const wrong = newFile()
  // gzip's own header is ten bytes, of which some say nothing.
  const places = Array.from({ length: 200 }, (_, i) => 10 + Math.floor((i * (bytes.length - 10)) / 200))
  const plain = gunzipSync(bytes)
  let refused = 0
  const tried = [...places, ...Array.from({ length: 8 }, (_, i) => bytes.length - 1 - i)]
  for (const at of tried) {
    const changed = Buffer.from(bytes)
    changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8))
    await writeFile(wrong, changed)
    const outcome: unknown = await checkBackup(wrong, quietly).catch((error: unknown) => error)
    if (outcome instanceof Refusal) refused += 1
    // gzip can say a few things in two ways: then everything in the file is what it was.
    else expect(gunzipSync(changed).equals(plain), `byte ${at} of ${bytes.length}`).toBe(true)
  }
  expect(refused).toBeGreaterThan(tried.length * 0.95)
  for (const length of [5, 100, bytes.length / 2, bytes.length - 1]) {
    await writeFile(wrong, bytes.subarray(0, length))
    await expect(checkBackup(wrong, quietly), `${length} bytes`).rejects.toThrow('It was cut off: its end is missing.')
  }
  await writeFile(wrong, '')
  await expect(checkBackup(wrong, quietly)).rejects.toThrow(Refusal)
  await expect(checkBackup(join(root, 'package.json'), quietly)).rejects.toThrow('It is not a backup of Perch.')
})

test('A file that turns bad between its check and its reading leaves the database as it was', async () => {
  const { community } = await makeTown()
  const site = await openSite()
  const file = newFile()
  await writeBackup(site, file, quietly)
  const backup = await checkBackup(file, quietly)
  await makeQuestion(community.id)
  const bytes = await readFile(file)
  await writeFile(file, bytes.subarray(0, bytes.length - 100))
  const before = [await fingerprint(site), await listSequences(site), await shapeOf(site)]
  await expect(restoreBackup(site, file, backup, { replace: true, migrations }, quietly)).rejects.toThrow('It was cut off')
  expect([await fingerprint(site), await listSequences(site), await shapeOf(site)]).toEqual(before)
})

test.each([
  ['an older Perch', migrations.slice(0, -2)],
  ['a site that ran some migrations late', ranLate(/20261122003(400|410|500|510)/, /20261122003610/)],
  ['a site that has a migration and not yet the one before', migrations.slice(0, -2).filter(({ name }) => !/20261123001400/.test(name))],
])('A backup of %s is restored into a newer database, which then migrates on', async (_, ran) => {
  const older = ran.toSorted((one, other) => (one.name < other.name ? -1 : 1))
  const source = await openDatabase({ empty: true })
  for (const { script } of ran) await source.query(script)
  await source.query(
    'CREATE TABLE _prisma_migrations (migration_name text, checksum text, finished_at timestamptz, rolled_back_at timestamptz)',
  )
  for (const { name, checksum } of older) await source.query('INSERT INTO _prisma_migrations VALUES ($1, $2, now())', [name, checksum])
  await source.query(`INSERT INTO "Community" (id, slug, name) VALUES (gen_random_uuid(), 'older', 'Older')`)
  const file = newFile()
  await writeBackup(source, file, quietly)
  ensureKnown((await checkBackup(file, quietly)).migrations, migrations)

  const target = await openDatabase()
  const targetUrl = databaseUrl(process.env.DATABASE_URL ?? '', target.database ?? '')
  await restore(target, file)
  expect(await appliedMigrations(target)).toEqual(older.map(({ name, checksum }) => ({ name, checksum })))
  await promisify(execFile)(process.execPath, ['node_modules/prisma/build/index.js', 'migrate', 'deploy'], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: targetUrl, PRISMA_SCHEMA_ENGINE_BINARY: join(root, 'prisma/schema-engine.mjs') },
  })
  expect((await target.query('SELECT slug FROM "Community"')).rows).toEqual([{ slug: 'older' }])
  expect(await shapeOf(target)).toEqual(await shapeOf(await openDatabase()))
})

test('A backup of a newer Perch, or of one that went another way, is refused with a sentence', () => {
  const known = migrations.map(({ name, checksum }) => ({ name, checksum }))
  expect(() => ensureKnown(known, migrations)).not.toThrow()
  expect(() => ensureKnown(known.slice(0, 2), migrations)).not.toThrow()
  expect(() => ensureKnown([...known, { name: '20991231000000_flying', checksum: 'x' }], migrations)).toThrow(
    'It was made by a newer Perch, which has the migration 20991231000000_flying.',
  )
  expect(() => ensureKnown([...known.slice(0, 2), ...known.slice(3, 5)], migrations)).not.toThrow()
  expect(() => ensureKnown([{ name: known[0]?.name ?? '', checksum: 'x' }], migrations)).toThrow('whose migrations were others')
})

test('A worker that runs during a restore does the jobs that came with it, each as what it is', async () => {
  const source = await openDatabase()
  // Their numbers are the other way round there.
  await source.query(`SELECT graphile_worker.add_job('second', '{}'), graphile_worker.add_job('first', '{"of": "the backup"}')`)
  await source.query(`INSERT INTO "Community" (id, slug, name) VALUES (gen_random_uuid(), 'working', 'Working')`)
  const file = newFile()
  await writeBackup(source, file, quietly)

  const site = await openSite()
  await site.query('TRUNCATE graphile_worker._private_jobs, graphile_worker._private_tasks RESTART IDENTITY')
  const done: unknown[] = []
  const worker = startWorker({
    tasks: { first: async (payload) => void done.push(['first', payload]), second: async (payload) => void done.push(['second', payload]) },
    schedules: [],
  })
  onTestFinished(worker.stop)
  await enqueue(db(), 'first', { of: 'the site' })
  await vi.waitUntil(() => done.length === 1, 10_000)
  await restore(site, file, { replace: true })
  await vi.waitUntil(() => done.length === 3, 20_000)
  expect(done).toEqual(
    expect.arrayContaining([
      ['first', { of: 'the backup' }],
      ['second', {}],
    ]),
  )
})

test('A backup is readable by its owner alone, takes the place of no file, and leaves nothing when it is stopped', async () => {
  await makeTown()
  const file = newFile()
  await writeBackup(await openSite(), file, quietly)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  await expect(writeBackup(await openSite(), file, quietly)).rejects.toThrow('It is there already.')

  const stopped = newFile()
  await expect(writeBackup(await openSite(), stopped, quietly, AbortSignal.abort())).rejects.toThrow()
  expect([existsSync(stopped), existsSync(`${stopped}.unfinished`)]).toEqual([false, false])
})

test('While people write, a backup has the rows of one moment, and a restore brings back every one of them', async () => {
  const { community, mentor } = await makeTown()
  await makeLongReads(community.id, mentor.id, 3_000)
  const writer = startWriting(community.id, mentor.id)
  await vi.waitUntil(() => writer.written() > 20, 60_000)
  const source = await openSite()
  // On a machine that is quick at reading and slow at writing nothing may be written during the first.
  const { file, before, after } = await vi.waitUntil(async () => {
    const [before, file] = [writer.written(), newFile()]
    await writeBackup(source, file, quietly)
    const after = writer.written()
    return after > before && { file, before, after }
  }, 50_000)
  await writer.stop()

  const target = await openDatabase()
  await restore(target, file)
  const kept = Number((await target.query(`SELECT max("importKey"::int) AS n FROM "Question" WHERE "importKey" IS NOT NULL`)).rows[0].n)
  expect(kept).toBeGreaterThanOrEqual(before)
  expect(kept).toBeLessThanOrEqual(after + 1)
  // Of each whole what was written in one transaction, and of no later one anything.
  const ofMoment = `
    SELECT q."importKey"::int AS n, to_jsonb(q) AS question, to_jsonb(a) AS answer, to_jsonb(r) AS request, j.payload
    FROM "Question" q JOIN "Answer" a ON a."questionId" = q.id JOIN "AnswerRequest" r ON r."questionId" = q.id
    JOIN graphile_worker._private_jobs j ON j.payload ->> 'n' = q."importKey"
    WHERE q."importKey" IS NOT NULL AND q."importKey"::int <= $1 ORDER BY 1`
  const restored = (await target.query(ofMoment, [kept])).rows
  expect(restored.map(({ n }) => n)).toEqual(Array.from({ length: kept }, (_, i) => i + 1))
  expect(restored).toEqual((await source.query(ofMoment, [kept])).rows)
  expect(await findDrift(target)).toEqual([])

  // The file's own hashes are those of the database that came of it, to the last table.
  const again = newFile()
  const [first, second] = [await checkBackup(file, quietly), await writeBackup(target, again, quietly)]
  expect(second.contents).toEqual(first.contents)
  expect(Object.keys(first.contents)).toContain('graphile_worker._private_jobs')
})

/** All migrations, in the order of a site that ran some only after one that is named behind them. */
function ranLate(late: RegExp, after: RegExp) {
  const inTime = migrations.filter(({ name }) => !late.test(name))
  const at = inTime.findIndex(({ name }) => after.test(name)) + 1
  return inTime.toSpliced(at, 0, ...migrations.filter(({ name }) => late.test(name)))
}

async function restore(session: Client, file: string, { replace = false } = {}) {
  await restoreBackup(session, file, await checkBackup(file, quietly), { replace, migrations }, quietly)
}

/** A community with a mentor, an AMA, a question and an answer that is its first. */
async function makeTown() {
  const community = await makeCommunity()
  const topic = await makeTopic(community.id, { synonyms: ['a\tb', '"c"', 'd\\e', 'ü\n'] })
  const { id: companyId } = await makeCompany(`Whale ${community.id} 🐳`)
  const mentor = await makeMentor({ companyId, title: 'Head of \\N' })
  await makeAma({ communityId: community.id, topicId: topic.id }, [mentor], new Date())
  const question = await makeQuestion(community.id, { topicId: topic.id, askedById: mentor.id })
  await makeAnswer(question.id, mentor.id, { body: 'First line.\\\n\nSecond\tline\r\n\\.\n' })
  return { community, mentor }
}

/** Answers of some kilobytes, so that reading them takes a while. */
async function makeLongReads(communityId: string, mentorId: string, answers: number) {
  const question = await makeQuestion(communityId)
  // Long as HTML alone: the words of a body are put into an index, which is not what takes the time here.
  await db().$executeRaw`
    INSERT INTO "Answer" (id, "questionId", "mentorId", body, html, excerpt, "answeredAt")
    SELECT gen_random_uuid(), ${question.id}::uuid, ${mentorId}::uuid, 'A long read.', words, 'Long', now()
    FROM generate_series(1, ${answers}) n
    CROSS JOIN LATERAL (SELECT string_agg(md5((n * 100 + i)::text), ' ') AS words FROM generate_series(1, 100) i) w`
}

/** A writer on a machine that has much else to do. */
const PATIENT = { timeout: 30_000, maxWait: 30_000 }

/** Somebody who asks, is answered and causes a job in one transaction, numbered, again and again. */
function startWriting(communityId: string, mentorId: string) {
  let written = 0
  let stopping = false
  const ended = (async () => {
    for (let n = 1; !stopping; n++) {
      await db().$transaction(async (tx) => {
        const title = `What is written under number ${n}?`
        const [question] = await tx.$queryRaw<{ id: string }[]>`
          INSERT INTO "Question" (id, slug, "importKey", "communityId", title, "askedAt")
          VALUES (gen_random_uuid(), 'written-' || ${n}, ${String(n)}, ${communityId}::uuid, ${title}, now()) RETURNING id`
        await tx.$executeRaw`
          INSERT INTO "AnswerRequest" ("questionId", "memberId") VALUES (${question?.id}::uuid, ${mentorId}::uuid)`
        await tx.$executeRaw`
          INSERT INTO "Answer" (id, "questionId", "mentorId", body, html, excerpt, "answeredAt")
          VALUES (gen_random_uuid(), ${question?.id}::uuid, ${mentorId}::uuid, 'This.', '<p>This.</p>', 'This.', now())`
        await enqueue(tx, 'tell', { n: String(n) }, { runAt: new Date(Date.now() + 3_600_000) })
      }, PATIENT)
      written = n
    }
  })()
  return {
    written: () => written,
    stop() {
      stopping = true
      return ended
    },
  }
}

/** Each table of ours and the queue's with its rows' number and hash, by SQL that the backup does not use. */
async function fingerprint(session: Client): Promise<{ title: string; rows: string; hash: string | null }[]> {
  const { rows: tables } = await session.query<{ title: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS title FROM pg_tables WHERE schemaname IN ('public', 'graphile_worker') ORDER BY 1`,
  )
  expect(tables.length).toBeGreaterThan(20)
  const prints = []
  for (const { title } of tables) {
    const { rows } = await session.query(
      `SELECT count(*) AS rows, md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))) AS hash FROM ${title} t`,
    )
    prints.push({ title, ...rows[0] })
  }
  return prints
}

/** Columns, keys, checks, indexes and triggers. */
async function shapeOf(session: Client) {
  const { rows } = await session.query(`
    SELECT format('%s.%s.%s %s %s %s', table_schema, table_name, column_name, data_type, is_nullable, column_default) AS line
    FROM information_schema.columns WHERE table_schema IN ('public', 'graphile_worker') AND table_name <> '_prisma_migrations'
    UNION ALL SELECT format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint
    WHERE connamespace IN ('public'::regnamespace, 'graphile_worker'::regnamespace) AND conrelid <> '_prisma_migrations'::regclass
    UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname IN ('public', 'graphile_worker') AND tablename <> '_prisma_migrations'
    UNION ALL SELECT format('%s %s', tgenabled, pg_get_triggerdef(oid)) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT format('%s %s', oid::regprocedure, md5(prosrc)) FROM pg_proc
    WHERE pronamespace IN ('public'::regnamespace, 'graphile_worker'::regnamespace)
    ORDER BY 1`)
  return { lines: rows.map(({ line }) => line), references: await listReferences(session) }
}

/** This file's own database, which db() is on. */
function openSite(): Promise<Client> {
  return connect(process.env.DATABASE_URL ?? '')
}

/** Another one, migrated and without rows, or without tables too. */
async function openDatabase({ empty = false } = {}): Promise<Client> {
  const databases = inject('databases')
  if (!databases) throw new Error('It takes a server: bin/run vitest')
  const name = `perch_test_${process.pid}_${Date.now().toString(36)}_${++files}`
  await onServer(databases.server, empty ? `CREATE DATABASE ${name}` : `CREATE DATABASE ${name} TEMPLATE ${databases.template}`)
  onTestFinished(() => onServer(databases.server, `DROP DATABASE ${name} WITH (FORCE)`))
  return connect(databaseUrl(databases.server, name))
}

async function onServer(server: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: server })
  await client.connect()
  await client.query(statement)
  await client.end()
}

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url })
  // A database that is dropped ends its connections.
  client.on('error', () => {})
  await client.connect()
  onTestFinished(() => client.end())
  return client
}
