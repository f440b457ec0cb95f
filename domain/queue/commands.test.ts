import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findAnswering } from '#domain/answer-draft/queries.ts'
import { setRequest, unsetRequest } from '#domain/answer-request/commands.ts'
import { tellAudience } from '#domain/notice/commands.ts'
import { clarifyQuestion, editQuestion, letThrough, passOnSilent } from '#domain/question/commands.ts'
import { getOwnQuestion } from '#domain/question/queries.ts'
import { askBack, decline, defer, handOver, placeEarlier, restore, skip } from '#domain/queue/commands.ts'
import {
  countQueue,
  getQueued,
  listColleagues,
  listCover,
  listHostedAmas,
  listOffer,
  listQueue,
  listSetAside,
  type QueueRow,
} from '#domain/queue/queries.ts'
import { type Act, hasQueue, PLAIN_ORDERS, type Source } from '#domain/queue/rules.ts'
import { db } from '#lib/db.ts'
import { withSession } from '#lib/db-session.ts'
import type { Viewer } from '#lib/viewer.ts'
import { findDrift } from '#prisma/derived.ts'
import { makeAma, makeAnswer, makeCommunity, makeQuestion, makeTopic, makeViewer } from '#testing/factories.ts'
import { noticeJobs } from '#testing/mails.ts'
import { makePerson, visit, visitOf } from '#testing/people.ts'

type Person = NonNullable<Viewer>

const now = new Date('2026-11-22T12:00:00Z')
const days = (n: number) => new Date(now.getTime() + n * 86_400_000)
const day = (n: number) => days(n).toISOString().slice(0, 10)
const at = (viewer: Person, when = now) => visit({ viewer, now: when })

/** A mentor of a community who is signed in. */
async function mentorOf(communityId: string): Promise<Person> {
  const viewer = await makeViewer({ mentor: true })
  await db().member.update({ where: { id: viewer.memberId }, data: { mentorSince: days(-100) } })
  await db().communityMentor.create({ data: { communityId, memberId: viewer.memberId } })
  return viewer
}

/** A community with a mentor, whose queue has one question of each source. */
async function desk() {
  const { id: communityId } = await makeCommunity()
  const topic = await makeTopic(communityId)
  const [ana, ben] = [await mentorOf(communityId), await mentorOf(communityId)]
  const held = { id: ana.memberId, companyId: null, title: null }
  const ama = await makeAma({ communityId, topicId: topic.id }, [held], days(3))
  const ask = (given: Parameters<typeof makeQuestion>[1] = {}) => makeQuestion(communityId, { askedAt: days(-2), ...given })
  const [direct, inAma, open] = [
    await ask({ askedToId: ana.memberId }),
    await ask({ amaId: ama.id, number: 1, topicId: topic.id, requestBase: 5 }),
    await ask({ requestBase: 2 }),
  ]
  return { communityId, topic, ama, ana, ben, ask, direct, inAma, open }
}

async function wait(...questionIds: string[]): Promise<string> {
  const { memberId } = await makeViewer()
  await db().answerRequest.createMany({ data: questionIds.map((questionId) => ({ questionId, memberId, requestedAt: days(-1) })) })
  return memberId
}

async function inQueue(person: Person, when = now): Promise<Record<string, Source>> {
  const page = await listQueue(person, 'oldest', when)
  return Object.fromEntries((page?.rows ?? []).map(({ id, source }) => [id, source]))
}

describe('A queue', () => {
  test('has what a mentor was asked, what waits in their AMAs, and what is open, each once', async () => {
    const { ana, ben, direct, inAma, open, ask, ama } = await desk()
    expect(await inQueue(ana)).toEqual({ [direct.id]: 'me', [inAma.id]: 'ama', [open.id]: 'open' })
    // What was put to somebody else, or is asked in an AMA of others that is not over, waits for them.
    expect(await inQueue(ben)).toEqual({ [open.id]: 'open' })
    expect(await inQueue(ben, days(4))).toEqual({ [open.id]: 'open', [inAma.id]: 'open' })
    await ask({ askedById: ben.memberId })
    expect(Object.keys(await inQueue(ben))).toEqual([open.id])
    await db().ama.update({ where: { id: ama.id }, data: { cancelledAt: now } })
    expect(await inQueue(ana)).toMatchObject({ [direct.id]: 'me', [inAma.id]: 'open', [open.id]: 'open' })
  })

  test('has no question that is hidden, answered, or answered by its mentor; and one for whose next answer somebody waits', async () => {
    const { ana, ben, open, ask } = await desk()
    await ask({ hiddenAt: now })
    const answered = await ask()
    const [adam] = [await wait(answered.id)]
    const { id } = await makeAnswer(answered.id, ben.memberId, { answeredAt: now })
    expect(Object.keys(await inQueue(ana))).not.toContain(answered.id)
    const again = { ...(await makeViewer()), memberId: adam }
    await setRequest(at(again, days(1)), answered.slug)
    expect(await inQueue(ana)).toMatchObject({ [answered.id]: 'open' })
    expect(await inQueue(ben)).toEqual({ [open.id]: 'open' })
    await unsetRequest(at(again, days(1)), answered.slug)
    expect(Object.keys(await inQueue(ana))).not.toContain(answered.id)
    await db().answer.delete({ where: { id } })
    expect(await inQueue(ana)).toMatchObject({ [answered.id]: 'open' })
  })

  test('counts who waits while people request, take back, want another answer, and mentors answer and take back', async () => {
    const { ask, ben } = await desk()
    const question = await ask({ requestBase: 4 })
    const counts = async () => {
      const { requestCount, waitingCount } = await db().question.findUniqueOrThrow({ where: { id: question.id } })
      return [requestCount, waitingCount]
    }
    expect(await counts()).toEqual([4, 4])
    const [ada, cora] = [await makeViewer(), await makeViewer()]
    await setRequest(at(ada), question.slug)
    await setRequest(at(cora), question.slug)
    expect(await counts()).toEqual([6, 6])
    await unsetRequest(at(cora), question.slug)
    expect(await counts()).toEqual([5, 5])
    const answer = await makeAnswer(question.id, ben.memberId, { answeredAt: days(1) })
    expect(await counts()).toEqual([5, 0])
    await setRequest(at(ada, days(2)), question.slug)
    await setRequest(at(cora, days(2)), question.slug)
    expect(await counts()).toEqual([6, 2])
    await unsetRequest(at(ada, days(2)), question.slug)
    expect(await counts()).toEqual([6, 1])
    await db().answer.delete({ where: { id: answer.id } })
    expect(await counts()).toEqual([6, 6])
    await db().question.update({ where: { id: question.id }, data: { requestBase: 1 } })
    expect(await counts()).toEqual([3, 3])
    expect(await withSession(findDrift)).toEqual([])
  })

  test('begins with what helps most people: of two that the same people want the second is last', async () => {
    const { ana, direct, inAma, open, ask } = await desk()
    const same = await ask({ askedAt: days(-1) })
    for (let i = 0; i < 8; i++) await wait(direct.id, same.id)
    const rows = await listCover(ana, now)
    expect(rows.map(({ id, helps, waitingCount }) => [id, helps, waitingCount])).toEqual([
      [direct.id, 8, 8],
      [inAma.id, 5, 5],
      [open.id, 2, 2],
      [same.id, 0, 8],
    ])
    expect((await listCover(ana, now, 'open')).map(({ id }) => id)).toEqual([same.id, open.id])
    // Answered, or gone, the next are the first.
    await makeAnswer(direct.id, ana.memberId, { answeredAt: now })
    expect((await listCover(ana, now)).map(({ id, helps }) => [id, helps])).toEqual([
      [same.id, 8],
      [inAma.id, 5],
      [open.id, 2],
    ])
  })

  test('counts nobody as waiting for themselves', async () => {
    const { ana, ben, inAma, open } = await desk()
    await wait(open.id)
    await db().answerRequest.create({ data: { questionId: open.id, memberId: ana.memberId, requestedAt: days(-1) } })
    const numbers = (rows: QueueRow[] = []) => Object.fromEntries(rows.map((row) => [row.id, [row.waitingCount, row.helps]]))
    expect(numbers(await listCover(ana, now))).toMatchObject({ [open.id]: [3, 3], [inAma.id]: [5, 5] })
    expect(numbers(await listCover(ben, now))).toEqual({ [open.id]: [4, 4] })
    expect(numbers((await listQueue(ana, 'wanted', now))?.rows)).toMatchObject({ [open.id]: [3, undefined] })
    expect(await getQueued(ana, open.slug, now)).toMatchObject({ waitingCount: 3 })
    expect(await listOffer(ana, 3, now)).toMatchObject({ people: 5 })
    expect(await listOffer(ana, 6, now)).toMatchObject({ people: 8 })
  })

  test('has plain orders, which go on page by page and lose nothing', async () => {
    const { ana, ask } = await desk()
    for (let i = 0; i < 45; i++) await ask({ askedAt: days(-3 - (i % 5)), requestBase: i % 7 })
    for (const order of PLAIN_ORDERS) {
      const rows: QueueRow[] = []
      for (let after: string | undefined; ; ) {
        const page = await listQueue(ana, order, now, undefined, after)
        rows.push(...(page?.rows ?? []))
        if (!page?.next) break
        after = page.next
      }
      expect(new Set(rows.map(({ id }) => id)).size).toBe(48)
      const key = {
        wanted: (row: QueueRow) => -row.waitingCount,
        newest: (row: QueueRow) => -row.askedAt,
        oldest: (row: QueueRow) => +row.askedAt,
      }
      const keys = rows.map(key[order])
      expect(keys).toEqual(keys.toSorted((a, b) => a - b))
    }
    expect(await listQueue(ana, 'newest', now, undefined, 'nonsense')).toBeNull()
  })

  test('offers for some minutes what helps most people in them, at the pace of the mentor', async () => {
    const { ana, direct, inAma, open, ask } = await desk()
    await wait(direct.id)
    expect(await listOffer(ana, 7, now)).toMatchObject({ pace: null, minutes: 6, people: 7, rows: [{ id: inAma.id }, { id: open.id }] })
    for (let i = 0; i < 6; i++) {
      const other = await ask({ askedAt: days(-9) })
      await makeAnswer(other.id, ana.memberId, { answeredAt: new Date(days(-5).getTime() + i * 7 * 60_000) })
    }
    expect(await listOffer(ana, 7, now)).toMatchObject({ pace: 7, minutes: 7, people: 5, rows: [{ id: inAma.id }] })
  })

  test('shows what the asker added, also where it is answered, and not what waits for a host', async () => {
    const { communityId, ana, ask } = await desk()
    const [asker, host] = [await makeViewer(), await makeViewer({ hosts: [communityId] })]
    const { id, slug } = await ask({ askedToId: ana.memberId, askedById: asker.memberId, requestBase: 3 })
    const added = async () => {
      const shown = [await getQueued(ana, slug, now), await findAnswering(ana, slug, now)]
      return shown.map((question) => question?.clarifications?.map(({ html }) => html) ?? null)
    }
    expect(await added()).toEqual([null, null])
    await clarifyQuestion(asker, { id, text: 'We are three.' }, at(asker))
    expect(await added()).toEqual([['<p>We are three.</p>'], ['<p>We are three.</p>']])
    await db().community.update({ where: { id: communityId }, data: { checking: 'all' } })
    await clarifyQuestion(asker, { id, text: 'And a dog.' }, at(asker))
    expect(await added()).toEqual([['<p>We are three.</p>'], ['<p>We are three.</p>']])
    const held = await db().clarification.findFirstOrThrow({ where: { questionId: id, heldAt: { not: null } } })
    await letThrough(host, { id: held.id }, at(host, days(1)))
    const both = ['<p>We are three.</p>', '<p>And a dog.</p>']
    expect(await added()).toEqual([both, both])
  })

  test('of a host who is no mentor has the questions of their AMAs', async () => {
    const { communityId, ama, inAma } = await desk()
    const hanna = await makeViewer({ hosts: [communityId] })
    expect(await inQueue(hanna)).toEqual({ [inAma.id]: 'ama' })
    expect(await listHostedAmas(hanna, now)).toMatchObject([{ slug: ama.slug, questionCount: 1, answeredCount: 0, waiting: 5 }])
    await expect(skip(hanna, { id: inAma.id }, at(hanna))).rejects.toMatchObject({ code: 'not_found' })
  })

  test('of a co-host has the questions of that AMA alone, until it is closed', async () => {
    const { communityId, topic, ama, ana, ask, inAma } = await desk()
    const held = { id: ana.memberId, companyId: null, title: null }
    const another = await makeAma({ communityId, topicId: topic.id }, [held], days(5))
    await ask({ amaId: another.id, number: 1, topicId: topic.id })
    const cora = await makePerson()
    await db().amaHost.create({ data: { amaId: ama.id, memberId: cora.memberId } })
    const { viewer } = await visitOf(cora)
    expect(hasQueue(viewer)).toBe(true)
    expect(await inQueue(viewer as Person)).toEqual({ [inAma.id]: 'ama' })
    expect(await listHostedAmas(viewer as Person, now)).toMatchObject([{ slug: ama.slug }])
    await db().ama.update({ where: { id: ama.id }, data: { closedAt: now } })
    expect(hasQueue((await visitOf(cora)).viewer)).toBe(false)
  })

  test('of a mentor leaves out what is in an AMA that is closed, but for what is open to the community', async () => {
    const { ana, ama, inAma } = await desk()
    await db().ama.update({ where: { id: ama.id }, data: { startsAt: days(-3), endsAt: days(-2), closedAt: days(-1) } })
    expect(await inQueue(ana)).toMatchObject({ [inAma.id]: 'open' })
    await db().question.update({ where: { id: inAma.id }, data: { closedAt: days(-1) } })
    expect(await inQueue(ana)).not.toHaveProperty(inAma.id)
  })
})

describe('What is set aside', () => {
  test('is counted apart: each act takes one from the queue and adds one to what is set aside', async () => {
    const { ana, ben, direct, inAma, open } = await desk()
    const counts = () => countQueue(ana, now)
    expect(await counts()).toMatchObject({ all: 3, sources: { me: 1, ama: 1, open: 1 }, aside: { skip: 0, defer: 0, decline: 0 } })
    await skip(ana, { id: open.id }, at(ana))
    expect(await counts()).toMatchObject({ all: 2, sources: { open: 0 }, aside: { skip: 1 } })
    await defer(ana, { id: inAma.id, until: day(5) }, at(ana))
    expect(await counts()).toMatchObject({ all: 1, sources: { ama: 0 }, aside: { skip: 1, defer: 1 } })
    await handOver(ana, { id: direct.id, to: ben.memberId }, at(ana))
    expect(await counts()).toMatchObject({ all: 0, aside: { skip: 1, defer: 1, 'hand-over': 1 } })
    for (const act of ['skip', 'defer', 'hand-over'] satisfies Act[]) expect((await listSetAside(ana, act, now))?.rows).toHaveLength(1)
    await restore(ana, { id: open.id })
    expect(await counts()).toMatchObject({ all: 1, sources: { open: 1 }, aside: { skip: 0 } })
  })

  test('over random acts the queue and what is set aside are together all there is', async () => {
    const { ana, ben, ask } = await desk()
    for (let i = 0; i < 15; i++) await ask({ askedToId: i % 3 ? ana.memberId : null })
    const all = 18
    let state = 7
    const below = (n: number) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return state % n
    }
    const orSkip = (id: string) => () => skip(ana, { id }, at(ana))
    const acts: ((id: string) => Promise<unknown>)[] = [
      (id) => skip(ana, { id }, at(ana)),
      (id) => defer(ana, { id, until: day(3) }, at(ana)),
      (id) => askBack(ana, { id, line: 'How large?' }, at(ana)),
      (id) => decline(ana, { id, reason: 'Not my field.' }, at(ana)).catch(orSkip(id)),
      (id) => handOver(ana, { id, to: ben.memberId }, at(ana)).catch(orSkip(id)),
    ]
    const setAside = async () => {
      const pages = await Promise.all((['skip', 'defer'] as const).map((act) => listSetAside(ana, act, now)))
      return pages.flatMap((page) => page?.rows ?? [])
    }
    for (let i = 0; i < 30; i++) {
      const [rows, aside] = [(await listQueue(ana, 'oldest', now))?.rows ?? [], await setAside()]
      const one = (list: { id: string }[]) => list[below(list.length)]?.id
      if (rows.length === 0 || (aside.length > 0 && below(3) === 0)) await restore(ana, { id: one(aside) ?? '' })
      else await acts[below(acts.length)]?.(one(rows) ?? '')
      const counts = await countQueue(ana, now)
      expect(counts.sources.me + counts.sources.ama + counts.sources.open).toBe(counts.all)
      expect(counts.all + Object.values(counts.aside).reduce((sum, number) => sum + number, 0)).toBe(all)
      expect(await inQueue(ana).then(Object.keys)).toHaveLength(counts.all)
    }
  })

  test('what was put off is back on its day, and only a day ahead can be chosen', async () => {
    const { ana, open } = await desk()
    await expect(defer(ana, { id: open.id, until: day(61) }, at(ana))).rejects.toMatchObject({ fields: { until: expect.any(String) } })
    await expect(defer(ana, { id: open.id, until: day(-1) }, at(ana))).rejects.toMatchObject({ code: 'invalid' })
    await defer(ana, { id: open.id, until: day(5) }, at(ana))
    expect(Object.keys(await inQueue(ana, days(4.4)))).not.toContain(open.id)
    expect(Object.keys(await inQueue(ana, days(4.5)))).toContain(open.id)
  })

  test('until tomorrow is put off also in an evening whose tomorrow has begun in UTC, and is back when it begins there', async () => {
    const { ana, open } = await desk()
    await db().member.update({ where: { id: ana.memberId }, data: { timeZone: 'America/Los_Angeles' } })
    const evening = new Date('2026-11-23T04:00:00Z')
    await expect(defer(ana, { id: open.id, until: '2026-11-22' }, at(ana, evening))).rejects.toMatchObject({ code: 'invalid' })
    await defer(ana, { id: open.id, until: '2026-11-23' }, at(ana, evening))
    const begins = new Date('2026-11-23T08:00:00Z')
    expect((await listSetAside(ana, 'defer', evening))?.rows).toMatchObject([{ until: begins, zone: 'America/Los_Angeles' }])
    expect(Object.keys(await inQueue(ana, new Date(begins.getTime() - 1)))).not.toContain(open.id)
    expect(Object.keys(await inQueue(ana, begins))).toContain(open.id)
  })

  test('what the asker was asked is back with the reply; only the asker reads the line', async () => {
    const { ana, ben, ask } = await desk()
    const asker = await makeViewer()
    const question = await ask({ askedById: asker.memberId })
    await wait(question.id)
    await db().answerRequest.create({ data: { questionId: question.id, memberId: asker.memberId } })
    await askBack(ana, { id: question.id, line: 'How many are you?' }, at(ana))
    expect(Object.keys(await inQueue(ana))).not.toContain(question.id)
    expect(Object.keys(await inQueue(ben))).toContain(question.id)
    expect(await getOwnQuestion(asker, question.slug)).toMatchObject({ setAside: [{ act: 'ask-back', words: 'How many are you?' }] })
    await clarifyQuestion(asker, { id: question.id, text: 'We are three.' }, at(asker, days(1)))
    expect(await listQueue(ana, 'oldest', days(1), 'open')).toMatchObject({
      rows: expect.arrayContaining([expect.objectContaining({ id: question.id, replied: true })]),
    })
  })

  test('what somebody was told of is not put back: the asker still reads it, the other mentor still has it', async () => {
    const { ana, ben, ask, direct, inAma } = await desk()
    const asker = await makeViewer()
    const { id, slug } = await ask({ askedById: asker.memberId })
    await askBack(ana, { id, line: 'How many are you?' }, at(ana))
    await handOver(ana, { id: direct.id, to: ben.memberId }, at(ana))
    await decline(ana, { id: inAma.id, reason: 'Too early to say.' }, at(ana))
    for (const each of [id, direct.id, inAma.id]) await expect(restore(ana, { id: each })).rejects.toMatchObject({ code: 'conflict' })
    // Nor by way of what can be.
    await expect(skip(ana, { id }, at(ana))).rejects.toMatchObject({ code: 'conflict' })
    await expect(defer(ana, { id, until: day(3) }, at(ana))).rejects.toMatchObject({ code: 'conflict' })
    expect(await getOwnQuestion(asker, slug)).toMatchObject({ setAside: [{ act: 'ask-back', words: 'How many are you?' }] })
    expect(await inQueue(ben)).toMatchObject({ [direct.id]: 'me' })
  })

  test('a direct question that is declined goes to the community with its requests; one that is open cannot be declined', async () => {
    const { ana, ben, direct, open, inAma } = await desk()
    await wait(direct.id)
    await decline(ana, { id: direct.id, reason: 'I never did that.' }, at(ana))
    expect(await inQueue(ben)).toMatchObject({ [direct.id]: 'open' })
    expect(await db().question.findUnique({ where: { id: direct.id } })).toMatchObject({
      askedToId: null,
      requestCount: 1,
      waitingCount: 1,
    })
    expect(Object.keys(await inQueue(ana))).not.toContain(direct.id)
    await expect(decline(ana, { id: open.id, reason: 'No.' }, at(ana))).rejects.toMatchObject({ code: 'conflict' })
    await decline(ana, { id: inAma.id, reason: 'Too early to say.' }, at(ana))
    expect(await db().question.findUnique({ where: { id: inAma.id } })).toMatchObject({ amaId: inAma.amaId })
  })

  test('a direct question that is handed over is the other mentor’s; an open one is suggested, also if it was skipped', async () => {
    const { communityId, ana, ben, direct, open, inAma } = await desk()
    const stranger = await makeViewer({ mentor: true })
    await skip(ben, { id: open.id }, at(ben))
    await handOver(ana, { id: direct.id, to: ben.memberId }, at(ana))
    await handOver(ana, { id: open.id, to: ben.memberId }, at(ana))
    expect(await inQueue(ben)).toEqual({ [direct.id]: 'me', [open.id]: 'me' })
    expect((await listQueue(ben, 'oldest', now, 'me'))?.rows.map(({ handedBy }) => handedBy)).toEqual([ana.name, ana.name])
    expect((await countQueue(ben, now)).sources).toEqual({ me: 2, ama: 0, open: 0 })
    expect([await getQueued(ana, direct.slug, now), await getQueued(ana, open.slug, now)]).toMatchObject([
      { act: 'hand-over', elsewhere: true },
      { act: 'hand-over', elsewhere: false },
    ])
    // And back again.
    await handOver(ben, { id: open.id, to: ana.memberId }, at(ben))
    expect(await inQueue(ana)).toMatchObject({ [open.id]: 'me' })
    await expect(handOver(ben, { id: direct.id, to: stranger.memberId }, at(ben))).rejects.toMatchObject({ code: 'conflict' })
    // Until an AMA is over only those who hold it answer in it.
    const cora = await mentorOf(communityId)
    expect(await listColleagues(ana, inAma.id, now)).toEqual([])
    expect((await listColleagues(ana, inAma.id, days(4))).map(({ id }) => id).toSorted()).toEqual([ben.memberId, cora.memberId].toSorted())
  })

  test('a direct question is handed over only to who takes one now', async () => {
    const { communityId, ana, ben, direct, open, ask } = await desk()
    const names = async (id: string) => (await listColleagues(ana, id, now)).map((colleague) => colleague.id)
    expect(await names(direct.id)).toEqual([ben.memberId])
    for (const [given, takes] of [
      [{ directLimit: 0 }, false],
      [{ directLimit: 1 }, true],
      [{ directLimit: null, pausedUntil: days(3) }, false],
      [{ pausedUntil: days(-1) }, true],
    ] as const) {
      await db().member.update({ where: { id: ben.memberId }, data: given })
      expect(await names(direct.id), JSON.stringify(given)).toEqual(takes ? [ben.memberId] : [])
      // What is open to all is a suggestion.
      expect(await names(open.id)).toEqual([ben.memberId])
    }
    await db().member.update({ where: { id: ben.memberId }, data: { directLimit: 1 } })
    await ask({ askedToId: ben.memberId })
    expect(await names(direct.id)).toEqual([])
    await expect(handOver(ana, { id: direct.id, to: ben.memberId }, at(ana))).rejects.toMatchObject({ code: 'conflict' })
    expect(await countQueue(await mentorOf(communityId), now)).toMatchObject({ sources: { me: 0 } })
  })

  test('nobody does anything with what is not in their queue, or twice', async () => {
    const { ana, ben, direct, open } = await desk()
    await expect(skip(ben, { id: direct.id }, at(ben))).rejects.toMatchObject({ code: 'not_found' })
    await expect(restore(ana, { id: open.id })).rejects.toMatchObject({ code: 'not_found' })
    await skip(ana, { id: open.id }, at(ana))
    await expect(skip(ana, { id: open.id }, at(ana))).rejects.toMatchObject({ code: 'not_found' })
    expect(await getQueued(ana, open.slug, now)).toMatchObject({ act: 'skip', source: 'open' })
    await askBack(ana, { id: open.id, line: 'Which one?' }, at(ana))
    expect(await getQueued(ana, open.slug, now)).toMatchObject({ act: 'ask-back' })
    expect(await getQueued(ben, direct.slug, now)).toBeNull()
    await expect(skip({ ...ana, suspendedUntil: days(1) }, { id: direct.id }, at(ana))).rejects.toMatchObject({ code: 'forbidden' })
  })
})

test('However mentors answer or place earlier answers, whoever was helped stays helped, and nobody waits where an answer came', async () => {
  const { ana, ask, communityId } = await desk()
  const elsewhere = await makeCommunity()
  const given = await makeAnswer((await makeQuestion(elsewhere.id)).id, ana.memberId, { answeredAt: days(-9) })
  const choice = fc.array(fc.tuple(fc.nat(4), fc.boolean()), { minLength: 1, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(choice, fc.array(fc.tuple(fc.nat(5), fc.nat(4)), { maxLength: 15 }), async (acts, wishes) => {
      const questions = await Promise.all(Array.from({ length: 5 }, () => ask()))
      const people = await Promise.all(Array.from({ length: 6 }, () => makeViewer()))
      const wants = wishes.map(([person, question]) => ({
        ...{ memberId: people[person]?.memberId ?? '', questionId: questions[question]?.id ?? '' },
        requestedAt: days(-1),
      }))
      await db().answerRequest.createMany({ data: wants, skipDuplicates: true })
      let helped = new Set<string>()
      for (const [which, places] of acts) {
        const question = questions[which]
        if (!question || !(question.id in (await inQueue(ana)))) continue
        if (places) await placeEarlier(ana, { id: question.id, answer: given.id, line: 'The same point.' }, at(ana))
        else await makeAnswer(question.id, ana.memberId, { answeredAt: now })
        const answered = await db().question.findMany({
          where: { id: { in: questions.map(({ id }) => id) }, answerCount: { gt: 0 } },
          select: { waitingCount: true, requests: { select: { memberId: true } } },
        })
        const after = new Set(answered.flatMap(({ requests }) => requests.map(({ memberId }) => memberId)))
        expect([...helped].filter((memberId) => !after.has(memberId))).toEqual([])
        expect(answered.every(({ waitingCount }) => waitingCount === 0)).toBe(true)
        expect(await inQueue(ana)).not.toHaveProperty(question.id)
        helped = after
      }
      await db().question.updateMany({ where: { communityId }, data: { hiddenAt: now } })
    }),
    { numRuns: 10 },
  )
  expect(await withSession((session) => findDrift(session))).toEqual([])
}, 120_000)

describe('A question to one mentor', () => {
  const askedTo = async (id: string) => (await db().question.findUniqueOrThrow({ where: { id } })).askedToId

  test('is the community’s after 14 days of silence, exactly and once', async () => {
    const { ana, ben, direct } = await desk()
    await passOnSilent(new Date(direct.askedAt.getTime() + 14 * 86_400_000))
    expect(await askedTo(direct.id)).toBe(ana.memberId)
    await passOnSilent(new Date(direct.askedAt.getTime() + 14 * 86_400_000 + 1))
    expect(await askedTo(direct.id)).toBeNull()
    await passOnSilent(days(13))
    expect(await inQueue(ben, days(13))).toMatchObject({ [direct.id]: 'open' })
    expect(await inQueue(ana, days(13))).toMatchObject({ [direct.id]: 'open' })
  })

  test('waits longer once the mentor has asked back or put it off; a skip is silence', async () => {
    const { ana, ask, direct } = await desk()
    const [later, back] = [await ask({ askedToId: ana.memberId }), await ask({ askedToId: ana.memberId })]
    await skip(ana, { id: direct.id }, at(ana))
    await defer(ana, { id: later.id, until: day(20) }, at(ana))
    await askBack(ana, { id: back.id, line: 'Which one?' }, at(ana, days(8)))
    await passOnSilent(days(21))
    expect([await askedTo(direct.id), await askedTo(later.id), await askedTo(back.id)]).toEqual([null, ana.memberId, ana.memberId])
    await passOnSilent(days(34.1))
    expect([await askedTo(later.id), await askedTo(back.id)]).toEqual([null, null])
  })

  test('begins anew when it is handed over, and is passed on at once when its mentor is none any more', async () => {
    const { ana, ben, direct, ask } = await desk()
    await handOver(ana, { id: direct.id, to: ben.memberId }, at(ana, days(10)))
    await passOnSilent(days(20))
    expect(await askedTo(direct.id)).toBe(ben.memberId)
    const other = await ask({ askedToId: ben.memberId, askedAt: days(19) })
    await db().member.update({ where: { id: ben.memberId }, data: { mentorSince: null } })
    await passOnSilent(days(20))
    expect([await askedTo(direct.id), await askedTo(other.id)]).toEqual([null, null])
  })
})

describe('Who is told', () => {
  /** What these people were told of a question, once all that waits is told. */
  async function told(questionId: string, ...people: string[]) {
    for (const payload of await noticeJobs('announce')) await tellAudience(payload, now)
    const notices = await db().notice.findMany({ where: { questionId }, select: { memberId: true, event: true } })
    return notices.map(({ memberId, event }) => [people.indexOf(memberId), event]).toSorted()
  }

  test('the asker of a no and of silence, once each; the mentor of a reply, once; another of what is handed over', async () => {
    const { ana, ben, ask } = await desk()
    const asker = await makeViewer()
    const people = [asker.memberId, ana.memberId, ben.memberId]
    const own = { askedToId: ana.memberId, askedById: asker.memberId }
    const [no, silent, back, over] = [await ask(own), await ask(own), await ask({ ...own, requestBase: 3 }), await ask(own)]
    await decline(ana, { id: no.id, reason: 'I never did that.' }, at(ana))
    expect(await told(no.id, ...people)).toEqual([[0, 'declined']])

    await askBack(ana, { id: back.id, line: 'How many are you?' }, at(ana))
    expect(await told(back.id, ...people)).toEqual([[0, 'asked-back']])
    await clarifyQuestion(asker, { id: back.id, text: 'We are three.' }, at(asker, days(1)))
    await clarifyQuestion(asker, { id: back.id, text: 'And a dog.' }, at(asker, days(2)))
    expect(await told(back.id, ...people)).toEqual([
      [0, 'asked-back'],
      [1, 'replied'],
    ])

    await handOver(ana, { id: over.id, to: ben.memberId }, at(ana))
    expect(await told(over.id, ...people)).toEqual([[2, 'handed-over']])

    await passOnSilent(days(12.5))
    await passOnSilent(days(13))
    expect(await told(silent.id, ...people)).toEqual([[0, 'passed-on']])
  })

  test('each mentor who asks back of the next reply, not of another’s, and not once they have answered', async () => {
    const { ana, ben, ask } = await desk()
    const asker = await makeViewer()
    const people = [ana.memberId, ben.memberId]
    const { id } = await ask({ askedById: asker.memberId, requestBase: 3 })
    const mentors = async () => (await told(id, ...people)).filter(([, event]) => event === 'replied').map(([who]) => who)
    await askBack(ana, { id, line: 'How many are you?' }, at(ana))
    await clarifyQuestion(asker, { id, text: 'We are three.' }, at(asker, days(1)))
    await askBack(ben, { id, line: 'How large is it?' }, at(ben, days(2)))
    await clarifyQuestion(asker, { id, text: 'Quite large.' }, at(asker, days(3)))
    expect(await mentors()).toEqual([0, 1])
    await askBack(ana, { id, line: 'What is on it?' }, at(ana, days(4)))
    await askBack(ben, { id, line: 'How old is it?' }, at(ben, days(4)))
    await makeAnswer(id, ana.memberId)
    await clarifyQuestion(asker, { id, text: 'Ten years, and a lamp.' }, at(asker, days(5)))
    expect(await mentors()).toEqual([0, 1, 1])
  })

  test('the mentor of a changed question that waits for the host: when it is let through, not before', async () => {
    const { communityId, ana, ask } = await desk()
    const [asker, host] = [await makeViewer(), await makeViewer({ hosts: [communityId] })]
    await db().communityRole.create({ data: { communityId, memberId: host.memberId, role: 'host' } })
    const { id } = await ask({ askedToId: ana.memberId, askedById: asker.memberId })
    await askBack(ana, { id, line: 'How many are you?' }, at(ana))
    const people = [ana.memberId, asker.memberId, host.memberId]
    expect(await told(id, ...people)).toEqual([[1, 'asked-back']])
    await db().community.update({ where: { id: communityId }, data: { checking: 'all' } })
    await editQuestion(asker, { id, title: 'How do three people share a desk?', details: null }, at(asker, days(1)))
    expect(await told(id, ...people)).toEqual([
      [1, 'asked-back'],
      [2, 'to-check'],
    ])
    await letThrough(host, { id }, at(host, days(2)))
    expect(await told(id, ...people)).toEqual([
      [0, 'replied'],
      [1, 'asked-back'],
      [1, 'let-through'],
      [2, 'to-check'],
    ])
    expect(await listQueue(ana, 'oldest', days(2), 'me')).toMatchObject({
      rows: expect.arrayContaining([expect.objectContaining({ id, replied: true })]),
    })
  })
})
