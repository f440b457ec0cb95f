import { v7 as uuid } from 'uuid'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { countViews, flushViews, writeViews } from '#domain/answer-view/commands.ts'
import { viewDay } from '#domain/answer-view/rules.ts'
import { db, Prisma } from '#lib/db.ts'
import { runDrainTasks } from '#lib/drain.ts'

const now = new Date()
const today = viewDay(now)
const tomorrow = new Date(now.getTime() + 86_400_000)
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'
/** Two mentors, two questions with three answers: the first question has one of each mentor. */
let ana: string, ben: string, first: string, second: string, byAna: string, byBen: string, later: string

beforeAll(async () => {
  // A sequence counts what happens even in a transaction that is taken back.
  await run('CREATE SEQUENCE IF NOT EXISTS statements_seen')
  await run(`CREATE OR REPLACE FUNCTION statement_seen() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM nextval('statements_seen'); RETURN NULL; END $$`)
  for (const table of ['AnswerView', 'Answer', 'Question', 'Member']) {
    await run(`CREATE OR REPLACE TRIGGER statement_seen AFTER INSERT OR UPDATE OR DELETE ON "${table}" EXECUTE FUNCTION statement_seen()`)
  }
})

beforeEach(async () => {
  await flushViews(now)
  await db().answerView.deleteMany()
  ana = uuid()
  ben = uuid()
  first = uuid()
  second = uuid()
  byAna = uuid()
  byBen = uuid()
  later = uuid()
  const community = await db().community.create({ data: { id: uuid(), slug: `c-${uuid()}`, name: `Community ${uuid()}` } })
  for (const id of [ana, ben]) await db().member.create({ data: { id, handle: `m-${id}`, name: 'A mentor', mentorSince: now } })
  for (const id of [first, second]) {
    await db().question.create({ data: { id, slug: `q-${id}`, communityId: community.id, title: 'What do you do first?', askedAt: now } })
  }
  for (const [id, questionId, mentorId, viewBase] of [
    [byAna, first, ana, 10],
    [byBen, first, ben, 0],
    [later, second, ana, 0],
  ] as const) {
    const text = { body: 'Ask.', html: '<p>Ask.</p>', excerpt: 'Ask.' }
    await db().answer.create({ data: { id, questionId, mentorId, viewBase, answeredAt: now, ...text } })
  }
})

test('Rita reads two answers, and the counts of answers, questions and mentors grow', async () => {
  countViews([byAna, later], reader(1), now)
  await flushViews(now)
  expect(await counts()).toEqual({ byAna: 11, byBen: 0, later: 1, first: 11, second: 1, ana: 12, ben: 0 })
  await expectCountsToEqualRows()
})

test('Rita reads an answer again and again: one view a day', async () => {
  for (const when of [now, now, tomorrow, tomorrow]) {
    countViews([byBen, byBen], reader(1), when)
    await flushViews(when)
    countViews([byBen], reader(1), when)
    await flushViews(when)
  }
  countViews([byBen], reader(2), tomorrow)
  await flushViews(tomorrow)
  expect((await counts()).byBen).toBe(3)
  await expectCountsToEqualRows()
})

test('two people at one address with different browsers are two readers, one moving within her network is one', async () => {
  countViews([byBen], reader(1), now)
  countViews([byBen], reader(1, { 'user-agent': firefox.replaceAll('145', '146') }), now)
  countViews([byBen], reader(1, { 'x-perch-address': '2001:db8::1' }), now)
  countViews([byBen], reader(1, { 'x-perch-address': '2001:db8::ffff:2' }), now)
  await flushViews(now)
  expect((await counts()).byBen).toBe(3)
})

test('a bot, a request without an address, and an answer that is not there count nothing', async () => {
  countViews([byBen], reader(1, { 'user-agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)' }), now)
  countViews([byBen], reader(1, { 'x-perch-address': '' }), now)
  countViews([uuid(), uuid()], reader(1), now)
  await flushViews(now)
  expect((await counts()).byBen).toBe(0)
  expect(await db().answerView.count()).toBe(0)
})

test('10,000 readers in a burst are written by a handful of statements', async () => {
  const before = await statements()
  for (let i = 0; i < 10_000; i++) countViews([byAna, byBen, later].slice(0, 1 + (i % 3)), reader(i), now)
  await flushViews(now)
  expect(await counts()).toEqual({ byAna: 10_010, byBen: 6_666, later: 3_333, first: 16_676, second: 3_333, ana: 13_343, ben: 6_666 })
  // 19,999 views in four statements, and in each what the triggers do: an insert and one update of each table.
  expect((await statements()) - before).toBeLessThanOrEqual(4 * 4 + 1)
  await expectCountsToEqualRows()
})

test('two instances write the same views and others at once, and each counts once', async () => {
  const views = Array.from({ length: 3_000 }, (_, i) => `${today} ${[byAna, byBen, later][i % 3]} ${String(i).padStart(32, '0')}`)
  const shares = [views.slice(0, 2_000), views.slice(1_000).reverse(), views.slice(500, 2_500), views.slice(0, 10)]
  await Promise.all(shares.map((share) => writeViews(share, now)))
  expect(await counts()).toMatchObject({ byAna: 1_010, byBen: 1_000, later: 1_000, first: 2_010, ana: 2_010 })
  await expectCountsToEqualRows()
})

test('while somebody else holds an answer a flush gives way soon, keeps the views, and writes them once later', async () => {
  countViews([byBen], reader(1), now)
  await db().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT id FROM "Answer" WHERE id = ${byBen}::uuid FOR UPDATE`
    const began = performance.now()
    await flushViews(now)
    // Not by the limit of every statement, which is 5 s.
    expect(performance.now() - began).toBeLessThan(3_000)
  })
  expect((await counts()).byBen).toBe(0)
  await flushViews(now)
  expect((await counts()).byBen).toBe(1)
})

test('views that were kept for too long are let go, because their rows may be gone', async () => {
  countViews([byBen], reader(1), new Date(now.getTime() - 2 * 86_400_000))
  countViews([byBen], reader(1), new Date(now.getTime() - 86_400_000))
  await flushViews(now)
  expect((await counts()).byBen).toBe(1)
})

test('rows of past days are deleted and the counts stay', async () => {
  const dayAfterTomorrow = new Date(now.getTime() + 2 * 86_400_000)
  for (const when of [now, tomorrow, dayAfterTomorrow]) {
    countViews([byBen], reader(1), when)
    await flushViews(when)
  }
  const rows = await db().answerView.findMany({ where: { answerId: byBen }, orderBy: { day: 'asc' } })
  expect(rows.map((row) => viewDay(row.day))).toEqual([viewDay(tomorrow), viewDay(dayAfterTomorrow)])
  expect((await counts()).byBen).toBe(3)
})

test('an answer that is deleted while its views wait takes them along', async () => {
  countViews([byBen, later], reader(1), now)
  await db().answer.delete({ where: { id: byBen } })
  await flushViews(now)
  expect(await db().answer.findUnique({ where: { id: later }, select: { viewCount: true } })).toEqual({ viewCount: 1 })
  expect(await db().answerView.count({ where: { answerId: byBen } })).toBe(0)
})

test('the process is told to stop, and what waits is written first', async () => {
  countViews([byBen], reader(1), now)
  const flushing = flushViews(now)
  countViews([byBen], reader(2), now)
  await runDrainTasks((name, error) => expect.fail(`${name}: ${error}`))
  await flushing
  expect((await counts()).byBen).toBe(2)
})

/** What the browser of the reader with this number sends. */
function reader(number: number, headers: Record<string, string> = {}): Headers {
  const address = `10.0.${number >> 8}.${number & 255}`
  const sent = { 'user-agent': firefox, 'accept-language': 'en', 'sec-fetch-site': 'same-origin', 'x-perch-address': address }
  return new Headers({ ...sent, ...headers })
}

async function counts() {
  const answers = await db().answer.findMany({ where: { id: { in: [byAna, byBen, later] } }, select: { id: true, viewCount: true } })
  const questions = await db().question.findMany({ where: { id: { in: [first, second] } }, select: { id: true, viewCount: true } })
  const mentors = await db().member.findMany({ where: { id: { in: [ana, ben] } }, select: { id: true, viewCount: true } })
  const of = (id: string) => [...answers, ...questions, ...mentors].find((row) => row.id === id)?.viewCount
  return { byAna: of(byAna), byBen: of(byBen), later: of(later), first: of(first), second: of(second), ana: of(ana), ben: of(ben) }
}

/** Nothing of today and tomorrow is swept, so the rows are the truth. */
async function expectCountsToEqualRows() {
  const wrong = await db().$queryRaw`
    SELECT id FROM "Answer" a WHERE id IN (${byAna}::uuid, ${byBen}::uuid, ${later}::uuid)
      AND "viewCount" <> "viewBase" + (SELECT count(*) FROM "AnswerView" WHERE "answerId" = a.id)
    UNION ALL SELECT id FROM "Question" q WHERE id IN (${first}::uuid, ${second}::uuid)
      AND "viewCount" <> (SELECT sum("viewCount") FROM "Answer" WHERE "questionId" = q.id)
    UNION ALL SELECT id FROM "Member" m WHERE id IN (${ana}::uuid, ${ben}::uuid)
      AND "viewCount" <> (SELECT sum("viewCount") FROM "Answer" WHERE "mentorId" = m.id)`
  expect(wrong).toEqual([])
}

async function statements(): Promise<number> {
  const [row] = await db().$queryRaw<{ last_value: bigint }[]>`SELECT last_value FROM statements_seen`
  return Number(row?.last_value)
}

async function run(sql: string) {
  await db().$executeRaw(Prisma.raw(sql))
}
