import { Client } from 'pg'
import { v7 as uuid } from 'uuid'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { forgetAmaEvents } from '#domain/ama-event/commands.ts'
import { findFollowedAma, newestEvent } from '#domain/ama-event/queries.ts'
import { followedTimes, mayFollow } from '#domain/ama-event/rules.ts'
import { endLease, keepLease } from '#domain/answer-lease/commands.ts'
import { HELD_FOR } from '#domain/answer-lease/rules.ts'
import { db } from '#lib/db.ts'
import { env } from '#lib/env.ts'
import type { Followed } from '#lib/front/channel.ts'
import { renderAnswer } from '#lib/markdown.ts'
import { makeAma, makeAnswer, makeCommunity, makeMentor, makeQuestion, makeTopic, makeViewer } from '#testing/factories.ts'

const MINUTE = 60_000

let community: Awaited<ReturnType<typeof makeCommunity>>
let topic: Awaited<ReturnType<typeof makeTopic>>
let mara: Awaited<ReturnType<typeof makeMentor>>

beforeAll(async () => {
  community = await makeCommunity()
  topic = await makeTopic(community.id)
  mara = await makeMentor({ name: 'Mara Lind' })
})

describe('Whoever follows a live AMA is told', () => {
  test('that a question was asked, answered, its answer edited and taken back, each once and in order', async () => {
    const { ama, ask, all } = await liveAma()
    const question = await ask()
    const answer = await makeAnswer(question.id, mara.id)
    const { body, html, excerpt } = { body: 'I wait.', ...renderAnswer('I wait.') }
    await db().answer.update({ where: { id: answer.id }, data: { body, html, excerpt } })
    await db().answer.delete({ where: { id: answer.id } })
    const about = { question: question.id, number: 1 }
    expect(await all()).toEqual([
      { number: 1, data: { kind: 'asked', ...about } },
      { number: 2, data: { kind: 'answered', ...about } },
      { number: 3, data: { kind: 'edited', ...about } },
      { number: 4, data: { kind: 'taken-back', ...about } },
    ])
    expect(await newestEvent(ama.id)).toBe(4)
  })

  test('by whom it was answered', async () => {
    const { ask, all } = await liveAma()
    const question = await ask()
    await makeAnswer(question.id, mara.id)
    expect((await all()).at(-1)?.data).toEqual({ kind: 'answered', question: question.id, number: 1, by: 'Mara Lind' })
  })

  test('that a question was hidden, and nothing else of it any more, until it is restored', async () => {
    const { ask, all } = await liveAma()
    const question = await ask()
    await makeAnswer(question.id, mara.id)
    await db().question.update({ where: { id: question.id }, data: { hiddenAt: new Date() } })
    expect(await all()).toEqual([
      { number: 1, data: null },
      { number: 2, data: null },
      { number: 3, data: { kind: 'hidden', question: question.id } },
    ])
    await db().question.update({ where: { id: question.id }, data: { hiddenAt: null } })
    expect((await all()).at(-1)).toEqual({ number: 4, data: { kind: 'asked', question: question.id, number: 1 } })
  })

  test('nothing of a question that waits for its check, of an answer that a moderator hides but that it is gone, and never who asked', async () => {
    const { ask, all } = await liveAma()
    const asker = await makeViewer({ name: 'Ida Moon' })
    const held = await ask({ hiddenAt: new Date(), heldAt: new Date(), askedById: asker.memberId })
    const early = await makeAnswer(held.id, mara.id)
    await db().question.update({ where: { id: held.id }, data: { title: 'What do you do in the second week, then?' } })
    await db().answer.delete({ where: { id: early.id } })
    await db().question.delete({ where: { id: held.id } })
    expect(await all()).toEqual([])
    const question = await ask({ askedById: asker.memberId, number: 2 })
    const answer = await makeAnswer(question.id, mara.id)
    await db().answer.update({ where: { id: answer.id }, data: { hiddenAt: new Date() } })
    const told = await all()
    expect(told.map(({ data }) => data)).toEqual([
      { kind: 'asked', question: question.id, number: 2 },
      { kind: 'answered', question: question.id, number: 2 },
      { kind: 'taken-back', question: question.id, number: 2 },
    ])
    expect(JSON.stringify(told)).not.toContain(asker.memberId)
  })

  test('who begins to answer a question, that it is another one, and that nobody does any more; not that somebody goes on', async () => {
    const { ama, ask, all } = await liveAma()
    const [one, other] = [await ask(), await ask({ number: 2 })]
    const now = new Date()
    await keepLease(db(), mara.id, one.id, now)
    expect((await all()).at(-1)?.data).toEqual({ kind: 'answering', question: one.id, number: 1, by: 'Mara Lind' })
    await keepLease(db(), mara.id, one.id, new Date(now.getTime() + 20_000))
    expect(await newestEvent(ama.id)).toBe(3)
    await keepLease(db(), mara.id, other.id, new Date(now.getTime() + 40_000))
    expect((await all()).slice(2).map(({ data }) => data)).toEqual([
      { kind: 'answering', question: one.id, number: 1 },
      { kind: 'answering', question: one.id, number: 1 },
      { kind: 'answering', question: other.id, number: 2, by: 'Mara Lind' },
    ])
    await endLease(db(), mara.id, other.id)
    expect((await all()).at(-1)).toEqual({ number: 6, data: { kind: 'answering', question: other.id, number: 2 } })
  })

  test('what happens to an answer that was placed there, in each AMA where it stands, while its own question is shown', async () => {
    const [own, there] = [await liveAma(), await liveAma()]
    const [question, other] = [await own.ask(), await there.ask({ number: 2 })]
    const { id } = await makeAnswer(question.id, mara.id)
    const placed = { questionId: other.id, mentorId: mara.id, line: 'The same.', placedAt: new Date() }
    await db().answerPlacement.create({ data: { answerId: id, ...placed } })
    await db().answer.update({ where: { id }, data: { body: 'I wait.', ...renderAnswer('I wait.') } })
    await db().answer.update({ where: { id }, data: { hiddenAt: new Date() } })
    await db().answer.update({ where: { id }, data: { hiddenAt: null } })
    const kinds = async ({ all }: typeof own) => (await all()).map(({ data }) => [Object(data).kind, Object(data).question])
    const events = (of: string) => ['asked', 'answered', 'edited', 'taken-back', 'answered'].map((kind) => [kind, of])
    expect([await kinds(own), await kinds(there)]).toEqual([events(question.id), events(other.id)])
    await db().question.update({ where: { id: question.id }, data: { hiddenAt: new Date() } })
    await db().answer.update({ where: { id }, data: { body: 'I go.', ...renderAnswer('I go.') } })
    expect(await kinds(there)).toEqual(events(other.id))
    await db().question.update({ where: { id: question.id }, data: { hiddenAt: null } })
    await db().answer.delete({ where: { id } })
    expect([(await kinds(own)).at(-1), await kinds(there)]).toEqual([
      ['taken-back', question.id],
      [...events(other.id), ['taken-back', other.id]],
    ])
  })

  test('that its words were changed, that it is gone, and that the AMA moved', async () => {
    const { ama, ask, all } = await liveAma()
    const question = await ask()
    await db().question.update({ where: { id: question.id }, data: { title: 'What do you do in the very first week?' } })
    await db().question.delete({ where: { id: question.id } })
    await db().ama.update({ where: { id: ama.id }, data: { endsAt: new Date(ama.endsAt.getTime() + MINUTE) } })
    expect((await all()).map(({ data }) => data)).toEqual([null, null, { kind: 'hidden', question: question.id }, { kind: 'moved' }])
  })
})

test('A request and a view write no event', async () => {
  const { ask, all } = await liveAma()
  const question = await ask()
  const answer = await makeAnswer(question.id, mara.id)
  const { memberId } = await makeViewer()
  await db().answerRequest.create({ data: { questionId: question.id, memberId } })
  await db().answer.update({ where: { id: answer.id }, data: { viewCount: 5 } })
  expect(await all()).toHaveLength(2)
})

test('An AMA that is not near writes no event', async () => {
  for (const minutes of [-60 * 24, 60 * 24]) {
    const { ama, ask } = await liveAma(minutes)
    await makeAnswer((await ask()).id, mara.id)
    expect(await newestEvent(ama.id)).toBe(0)
    expect(await findFollowedAma(ama.slug)).toBeNull()
  }
})

test('Many questions that come in one statement are many events, in the order of asking', async () => {
  const { ama, all } = await liveAma()
  await db().question.createMany({
    data: Array.from({ length: 40 }, (_, i) => ({
      ...{ id: uuid(), slug: `many-${uuid()}`, communityId: community.id, amaId: ama.id, number: i + 1 },
      ...{ title: `What is the ${i + 1}th thing?`, askedAt: new Date() },
    })),
  })
  expect((await all()).map(({ number, data }) => [number, Object(data).number])).toEqual(
    Array.from({ length: 40 }, (_, i) => [i + 1, i + 1]),
  )
})

test('Of two transactions at once the second one waits with its event, so whoever has read the later has missed no earlier', async () => {
  const { ama, followed, all } = await liveAma()
  const [first, second] = await Promise.all([openSession(), openSession()])
  await first.query('BEGIN')
  await ask(first, ama.id, 1)
  await second.query('BEGIN')
  const later = ask(second, ama.id, 2)
  await waitsForLock(second.pid)
  expect(await followed.after(0, 10)).toEqual([])
  await first.query('COMMIT')
  await later
  expect((await all()).map(({ number, data }) => [number, Object(data).number])).toEqual([[1, 1]])
  await second.query('COMMIT')
  expect((await all()).map(({ number, data }) => [number, Object(data).number])).toEqual([
    [1, 1],
    [2, 2],
  ])
})

test('The state has the phase and the requests of what is shown', async () => {
  const { followed, ask } = await liveAma()
  const question = await ask({ requestBase: 3 })
  await ask({ number: 2, hiddenAt: new Date(), requestBase: 7 })
  expect(await followed.state()).toEqual({ phase: 'live', answering: [], [`request:${question.id}`]: 3 })
})

test('The state has what is being answered, until that ends by itself', async () => {
  const { ama, ask } = await liveAma()
  const question = await ask()
  const began = new Date(ama.startsAt.getTime() + 10 * MINUTE)
  const stateAt = async (ms: number) => (await findFollowedAma(ama.slug, () => new Date(began.getTime() + ms)))?.state()
  await keepLease(db(), mara.id, question.id, began)
  expect(await stateAt(0)).toMatchObject({ answering: [question.id] })
  // Until no page that was kept in front has it any more.
  expect(await stateAt(HELD_FOR + 1_000)).toMatchObject({ answering: [question.id] })
  expect(await stateAt(HELD_FOR + 2_000)).toMatchObject({ answering: [] })
})

test('Before an AMA begins nobody is told what its mentors prepare', async () => {
  const { ama, ask, all } = await liveAma(-30)
  const question = await ask()
  await keepLease(db(), mara.id, question.id, new Date())
  expect((await all()).map(({ data }) => Object(data).kind)).toEqual(['asked'])
  expect(await (await findFollowedAma(ama.slug))?.state()).toMatchObject({ phase: 'upcoming', answering: [] })
})

test('Events are kept while anybody may follow, and deleted some days after the AMA', async () => {
  const { ama, ask } = await liveAma()
  await ask()
  const day = 24 * 60 * MINUTE
  await forgetAmaEvents(new Date(ama.endsAt.getTime() + 2 * day))
  expect(await newestEvent(ama.id)).toBe(1)
  await forgetAmaEvents(new Date(ama.endsAt.getTime() + 4 * day))
  expect(await newestEvent(ama.id)).toBe(0)
})

test('An AMA is followed from an hour before its start to an hour after its end, and not when it is cancelled', () => {
  const ama = { startsAt: new Date('2026-03-01T10:00:00Z'), endsAt: new Date('2026-03-01T11:00:00Z'), cancelledAt: null }
  expect(followedTimes(ama)).toEqual({ from: new Date('2026-03-01T09:00:00Z'), until: new Date('2026-03-01T12:00:00Z') })
  expect(mayFollow(ama, new Date('2026-03-01T07:59:00Z'))).toBe(false)
  expect(mayFollow(ama, new Date('2026-03-01T08:01:00Z'))).toBe(true)
  expect(mayFollow(ama, new Date('2026-03-01T12:59:00Z'))).toBe(true)
  expect(mayFollow(ama, new Date('2026-03-01T13:01:00Z'))).toBe(false)
  expect(mayFollow({ ...ama, cancelledAt: new Date() }, new Date('2026-03-01T10:30:00Z'))).toBe(false)
})

/** An AMA that began so many minutes ago, and what a reader of its stream may know. */
async function liveAma(minutes = 10) {
  const ama = await makeAma({ communityId: community.id, topicId: topic.id }, [mara], new Date(Date.now() - minutes * MINUTE))
  const followed = await findFollowedAma(ama.slug, () => new Date(ama.startsAt.getTime() + 10 * MINUTE))
  if (!followed) throw new Error('not followed')
  const told = async ({ after }: Followed) => (await after(0, 100)).map(({ number, data }) => ({ number, data }))
  return {
    ama,
    followed,
    ask: (given = {}) => makeQuestion(community.id, { amaId: ama.id, number: 1, ...given }),
    all: () => told(followed),
  }
}

async function openSession() {
  const client = new Client({ connectionString: env().DATABASE_URL })
  await client.connect()
  onTestFinished(() => client.end())
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  return { query: (text: string, values?: unknown[]) => client.query(text, values), pid: rows[0]?.pid ?? 0 }
}

function ask(session: Awaited<ReturnType<typeof openSession>>, amaId: string, number: number) {
  const id = uuid()
  return session.query(
    `INSERT INTO "Question" (id, slug, "communityId", "amaId", number, title, "askedAt") VALUES ($1, $2, $3, $4, $5, 'What do you do in the first week?', now())`,
    [id, `asked-${id}`, community.id, amaId, number],
  )
}

/** Until the process of the database waits for somebody else's lock. */
async function waitsForLock(pid: number): Promise<void> {
  for (;;) {
    const [waiting] = await db().$queryRaw<{ blocked: boolean }[]>`SELECT cardinality(pg_blocking_pids(${pid}::int)) > 0 AS blocked`
    if (waiting?.blocked) return
  }
}
