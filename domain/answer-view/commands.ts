import { listZonesOf } from '#domain/answer-view/queries.ts'
import { dayBefore, sentByReader, viewDay } from '#domain/answer-view/rules.ts'
import { ADDRESS_HEADER, addressPrefix } from '#lib/address.ts'
import { dailyHash } from '#lib/daily-hash.ts'
import { type Db, db } from '#lib/db.ts'
import { onDrain } from '#lib/drain.ts'
import { log } from '#lib/log.ts'
import { offsetTime } from '#lib/zone.ts'

/** Milliseconds; what a process that is killed loses at most. */
const FLUSH_EVERY = 5_000
/** Views that may wait in memory, about 15 MB. More are not counted until there is room again. */
const ROOM = 100_000
/** Views written by one statement, well under the pool's statement timeout. */
const STATEMENT_VIEWS = 5_000
/** Rows of past days deleted by one statement. */
const SWEEP_ROWS = 20_000

/** `waiting` holds "day answer reader", so that a repeat is no second entry. */
type Views = { waiting: Set<string>; timer?: NodeJS.Timeout; writing?: Promise<void>; sweptOn?: string; failing: boolean; lost: number }

// Next bundles route handlers apart from server.ts, and may load one twice; what waits stands where all find it.
const held = globalThis as { [key: symbol]: Views | undefined }
const key = Symbol.for('perch.views')

/**
 * Takes the answers that a reader has seen, to be counted with the next flush: once per reader, answer and day. Bots,
 * requests that no page of ours makes, and ids of no answer are left out without a word.
 */
export function countViews(answerIds: string[], headers: Headers, now: Date): void {
  const day = viewDay(now)
  const reader = readerOf(headers, day)
  if (!reader) return
  const views = heldViews()
  for (const id of answerIds) {
    if (views.waiting.size < ROOM) views.waiting.add(`${day} ${id} ${reader}`)
    else views.lost++
  }
  // Where flushes fail, the next one in its turn is soon enough.
  if (views.waiting.size >= ROOM && !views.failing) void flushViews(now)
  else schedule(views)
}

/**
 * Writes what waits at this moment. Views that could not be written stay for the next flush; one whose statement was
 * written though its answer got lost is not counted again, since the row is there. Never rejects.
 */
export function flushViews(now: Date): Promise<void> {
  const views = heldViews()
  views.writing ??= write(views, now).finally(() => {
    views.writing = undefined
    if (views.waiting.size) schedule(views)
  })
  return views.writing
}

/**
 * Writes views, each "day answer reader", and adds those that are new to their answers' counts, in one statement;
 * triggers add them to the question and the mentor. Adds them also to the days of answers and mentors: today, where the mentor is.
 * Exact whoever else writes at the same time.
 */
export async function writeViews(views: string[], now: Date): Promise<void> {
  const parts = views.map((view) => view.split(' '))
  const column = (index: number) => parts.map((part) => part[index])
  // Which day that is, Node says: zones that PostgreSQL does not know would stop all views.
  const zones = await listZonesOf([...new Set(column(1))])
  const days = zones.map((zone) => offsetTime(now, zone).slice(0, 10))
  // Answers are locked by id before anything is inserted: two flushes wait for each other and never in a circle. Others
  // (an import, an edit) may hold rows in another order; then it is the flush that gives up, before PostgreSQL's search
  // for deadlocks (1 s) would choose between them.
  await db().$executeRaw`
    WITH patience AS MATERIALIZED (
      SELECT set_config('lock_timeout', '500ms', true)
    ), seen AS (
      SELECT * FROM unnest(${column(0)}::date[], ${column(1)}::uuid[], ${column(2)}::text[]) AS seen (day, "answerId", reader)
    ), locked AS MATERIALIZED (
      SELECT id, "mentorId" FROM "Answer" WHERE id IN (SELECT "answerId" FROM seen) AND EXISTS (SELECT FROM patience)
      ORDER BY id FOR NO KEY UPDATE
    ), counted AS (
      INSERT INTO "AnswerView" (day, "answerId", reader)
      SELECT day, "answerId", decode(reader, 'hex') FROM seen JOIN locked ON locked.id = "answerId" ORDER BY 1, 2, 3
      ON CONFLICT DO NOTHING RETURNING day, "answerId", reader
    ), fresh AS MATERIALIZED (
      SELECT counted.*, CASE WHEN m."deletedAt" IS NULL THEN m.id END AS "mentorId", coalesce(here.day, ${viewDay(now)})::date AS today FROM counted JOIN locked ON locked.id = "answerId"
      JOIN "Member" m ON m.id = locked."mentorId"
      LEFT JOIN unnest(${zones}::text[], ${days}::text[]) AS here (zone, day) ON here.zone = m."timeZone"
    ), readers AS (
      INSERT INTO "MentorReader" (day, "mentorId", reader) SELECT DISTINCT day, "mentorId", reader FROM fresh WHERE "mentorId" IS NOT NULL ORDER BY 1, 2, 3
      ON CONFLICT DO NOTHING RETURNING "mentorId"
    ), answer_days AS (
      INSERT INTO "AnswerDay" AS d ("answerId", day, views) SELECT "answerId", today, count(*) FROM fresh GROUP BY 1, 2 ORDER BY 1
      ON CONFLICT ("answerId", day) DO UPDATE SET views = d.views + excluded.views
    ), mentor_days AS (
      INSERT INTO "MentorDay" AS d ("mentorId", day, views, readers)
      SELECT "mentorId", today, count(*), (SELECT count(*) FROM readers WHERE readers."mentorId" = fresh."mentorId") FROM fresh
      WHERE "mentorId" IS NOT NULL GROUP BY 1, 2 ORDER BY 1
      ON CONFLICT ("mentorId", day) DO UPDATE SET views = d.views + excluded.views, readers = d.readers + excluded.readers
    )
    UPDATE "Answer" SET "viewCount" = "viewCount" + new.views
    FROM (SELECT "answerId", count(*)::int AS views FROM fresh GROUP BY 1) new
    WHERE id = new."answerId"`
}

/** Leaves nothing of how often a member was read on which day. */
export async function forgetViewDaysOf(tx: Db, memberId: string): Promise<void> {
  await tx.mentorDay.deleteMany({ where: { mentorId: memberId } })
  await tx.mentorReader.deleteMany({ where: { mentorId: memberId } })
}

function readerOf(headers: Headers, day: string): string | null {
  if (!sentByReader(headers)) return null
  const address = addressPrefix(headers.get(ADDRESS_HEADER) ?? '')
  if (!address) return null
  return dailyHash('reader of answers', day, [address, headers.get('user-agent') ?? '', headers.get('accept-language') ?? ''])
}

function heldViews(): Views {
  onDrain('views', drain)
  held[key] ??= { waiting: new Set(), failing: false, lost: 0 }
  return held[key]
}

async function drain(): Promise<void> {
  const views = heldViews()
  // A flush under way took what waited when it began; the rest is this one's.
  await views.writing
  await flushViews(new Date())
  clearTimeout(views.timer)
  if (views.waiting.size) log().warn({ lost: views.waiting.size }, 'stopping with views that could not be written')
}

function schedule(views: Views): void {
  views.timer ??= setTimeout(() => void flushViews(new Date()), FLUSH_EVERY).unref()
}

async function write(views: Views, now: Date): Promise<void> {
  const today = viewDay(now)
  clearTimeout(views.timer)
  views.timer = undefined
  forgetPastDays(views.waiting, dayBefore(today))
  try {
    for (let left = views.waiting.size; left > 0; left -= STATEMENT_VIEWS) {
      const batch = oldest(views.waiting, Math.min(left, STATEMENT_VIEWS))
      await writeViews(batch, now)
      for (const view of batch) views.waiting.delete(view)
    }
    await sweep(views, today)
    if (views.failing) log().info('views are written again')
    if (views.lost) log().warn({ lost: views.lost }, 'views were not counted because too many waited')
    views.failing = false
    views.lost = 0
  } catch (error) {
    // One line when it begins and one when it is over, not one every five seconds between.
    if (!views.failing) log().warn({ err: error, waiting: views.waiting.size }, 'views could not be written, they wait for the next try')
    views.failing = true
  }
}

/** Their rows are deleted, which made each count once; counting them now could count one twice. */
function forgetPastDays(waiting: Set<string>, first: string): void {
  for (const view of waiting) {
    if (view.slice(0, first.length) < first) waiting.delete(view)
  }
}

function oldest(waiting: Set<string>, most: number): string[] {
  const batch: string[] = []
  for (const view of waiting) {
    if (batch.length === most) break
    batch.push(view)
  }
  return batch
}

/** Deletes rows of past days, once a day, a bounded number with each flush. Yesterday's stay: late flushes need them. */
async function sweep(views: Views, today: string): Promise<void> {
  if (views.sweptOn === today) return
  const deleted = await db().$executeRaw`
    DELETE FROM "AnswerView" WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM "AnswerView" WHERE day < ${dayBefore(today)}::date LIMIT ${SWEEP_ROWS} FOR UPDATE SKIP LOCKED))`
  const readers = await db().$executeRaw`
    DELETE FROM "MentorReader" WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM "MentorReader" WHERE day < ${dayBefore(today)}::date LIMIT ${SWEEP_ROWS} FOR UPDATE SKIP LOCKED))`
  if (deleted < SWEEP_ROWS && readers < SWEEP_ROWS) views.sweptOn = today
}
