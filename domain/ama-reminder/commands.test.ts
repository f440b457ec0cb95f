import { beforeEach, describe, expect, test } from 'vitest'
import { tellAroundAmas } from '#domain/ama-reminder/commands.ts'
import { countPrepared, listPrepared } from '#domain/answer-draft/queries.ts'
import { tellAudience } from '#domain/notice/commands.ts'
import { listNotices } from '#domain/notice/queries.ts'
import { noticeHref, noticeText } from '#domain/notice/rules.ts'
import { db } from '#lib/db.ts'
import { makeAma, makeAnswer, makeCommunity, makeQuestion, makeTopic } from '#testing/factories.ts'
import { noticeJobs } from '#testing/mails.ts'
import { makePerson, visitOf } from '#testing/people.ts'

const HOUR = 3_600_000
const start = new Date('2026-03-02T17:00:00Z')
const at = (milliseconds: number) => new Date(start.getTime() + milliseconds)

beforeEach(async () => {
  await db().ama.updateMany({ data: { cancelledAt: at(-90 * 24 * HOUR) } })
  await noticeJobs('announce')
})

/** An AMA of an hour at `start` that two mentors hold, with a host of its community. */
async function makePlace() {
  const community = await makeCommunity()
  const topic = await makeTopic(community.id, { name: 'Roadmaps' })
  const [ana, ben, host] = [await makePerson({ name: 'Ana Roy' }), await makePerson({ name: 'Ben Okafor' }), await makePerson()]
  await db().communityRole.create({ data: { communityId: community.id, memberId: host.memberId, role: 'host' } })
  const held = [ana, ben].map(({ memberId }) => ({ id: memberId, companyId: null, title: null }))
  const ama = await makeAma({ communityId: community.id, topicId: topic.id }, held, start)
  const ask = (number: number) => makeQuestion(community.id, { amaId: ama.id, number, topicId: topic.id, askedAt: at(-72 * HOUR) })
  return { ana, ben, host, ama, ask }
}

type Person = Awaited<ReturnType<typeof makePerson>>

/** Does what the worker would; answers what the person has been told, the latest first. */
async function toldTo(person: Person, now: Date): Promise<string[]> {
  await tellAroundAmas(now)
  for (const payload of await noticeJobs('announce')) await tellAudience(payload, now)
  const { viewer } = await visitOf(person)
  return (await listNotices(viewer))?.rows.map(noticeText) ?? []
}

describe('The day before an AMA', () => {
  test('each who holds it is told how much of it they have prepared, once', async () => {
    const { ana, ben, host, ama, ask } = await makePlace()
    const [one, two, three] = [await ask(1), await ask(2), await ask(3)]
    await db().question.update({ where: { id: (await ask(4)).id }, data: { hiddenAt: at(-48 * HOUR) } })
    const draft = (questionId: string, preparedAt: Date | null) =>
      db().answerDraft.create({ data: { memberId: ana.memberId, questionId, body: 'I ask them.', savedAt: at(-30 * HOUR), preparedAt } })
    await draft(one.id, at(-30 * HOUR))
    await draft(two.id, null)
    const { id } = await makeAnswer(three.id, ana.memberId, { answeredAt: at(-29 * HOUR) })
    // A question counts once, though it has two answers of hers, as an import may bring, and a draft; and where one was placed.
    await makeAnswer(three.id, ana.memberId, { answeredAt: at(-28 * HOUR) })
    await draft(three.id, at(-28 * HOUR))
    const placed = { questionId: two.id, mentorId: ana.memberId, line: 'The same.', placedAt: at(-27 * HOUR) }
    await db().answerPlacement.create({ data: { answerId: id, ...placed } })
    const when = 'Mar 2, 2026 @ 5:00PM UTC'
    expect(await toldTo(ana, at(-25 * HOUR))).toEqual([])
    expect(await toldTo(ana, at(-24 * HOUR))).toEqual([`Your AMA on Roadmaps is on ${when}. You have prepared 3 of 3 questions.`])
    expect(await toldTo(ben, at(-23 * HOUR))).toEqual([`Your AMA on Roadmaps is on ${when}. You have prepared none of 3 questions.`])
    // As the page says it to which that leads.
    const [{ viewer: anas }, { viewer: bens }] = [await visitOf(ana), await visitOf(ben)]
    expect(await countPrepared(anas, ama.id)).toEqual({ count: 3, outOf: 3, toPublish: true })
    expect((await listPrepared(anas, ama.id))?.rows.map(({ answered }) => answered)).toEqual([false, true, true])
    expect(await countPrepared(bens, ama.id)).toEqual({ count: null, outOf: 3, toPublish: false })
    await Promise.all([tellAroundAmas(at(-22 * HOUR)), tellAroundAmas(at(-22 * HOUR))])
    expect(await toldTo(ana, at(-21 * HOUR))).toHaveLength(1)
    expect(await toldTo(host, at(-21 * HOUR))).toEqual([])
    const [notice] = (await listNotices((await visitOf(ana)).viewer))?.rows ?? []
    expect(notice && noticeHref(notice)).toBe(`/amas/${ama.slug}/prepared`)
  })

  test('in which nobody has asked, it says so; of one that has moved or is cancelled, nothing', async () => {
    const { ana, ama } = await makePlace()
    await tellAroundAmas(at(-24 * HOUR))
    await db().ama.update({ where: { id: ama.id }, data: { startsAt: at(7 * 24 * HOUR), endsAt: at(7 * 24 * HOUR + HOUR) } })
    expect(await toldTo(ana, at(-23 * HOUR))).toEqual([])
    expect(await toldTo(ana, at(6 * 24 * HOUR))).toEqual([
      'Your AMA on Roadmaps is on Mar 9, 2026 @ 5:00PM UTC. Nobody has asked anything yet.',
    ])
    const other = await makePlace()
    await db().ama.update({ where: { id: other.ama.id }, data: { cancelledAt: at(-40 * HOUR) } })
    expect(await toldTo(other.ana, at(-24 * HOUR))).toEqual([])
  })
})

describe('The day after an AMA', () => {
  test('its hosts are told once that it is not closed', async () => {
    const { ana, host, ama } = await makePlace()
    expect(await toldTo(host, at(2 * HOUR))).toEqual([])
    const told = [
      'The AMA of Ana Roy, Ben Okafor on Roadmaps, Mar 2, 2026 @ 5:00PM UTC, is over and not closed yet. Say what becomes of its questions.',
    ]
    expect(await toldTo(host, at(25 * HOUR))).toEqual(told)
    expect(await toldTo(host, at(26 * HOUR))).toEqual(told)
    expect(await toldTo(ana, at(27 * HOUR))).toEqual([])
    const [notice] = (await listNotices((await visitOf(host)).viewer))?.rows ?? []
    expect(notice && noticeHref(notice)).toBe(`/amas/${ama.slug}/close`)
  })

  test('that is closed, or is over for long, they hear nothing', async () => {
    const [closed, old, between] = [await makePlace(), await makePlace(), await makePlace()]
    const close = ({ ama }: typeof closed) => db().ama.update({ where: { id: ama.id }, data: { closedAt: at(2 * HOUR) } })
    await close(closed)
    expect(await toldTo(old.host, at(80 * HOUR))).toEqual([])
    await tellAroundAmas(at(25 * HOUR))
    await close(between)
    expect(await toldTo(between.host, at(25 * HOUR))).toEqual([])
    expect(await toldTo(closed.host, at(25 * HOUR))).toEqual([])
  })
})
