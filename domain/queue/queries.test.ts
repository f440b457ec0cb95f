import { v7 as uuid } from 'uuid'
import { beforeEach, describe, expect, test } from 'vitest'
import { openNoticeMail, tellAudience } from '#domain/notice/commands.ts'
import { listNotices } from '#domain/notice/queries.ts'
import { noticeHref, noticeText } from '#domain/notice/rules.ts'
import { skip, tellWhoIsWaitedFor } from '#domain/queue/commands.ts'
import { db } from '#lib/db.ts'
import type { Viewer } from '#lib/viewer.ts'
import { makeAma, makeAnswer, makeCommunity, makeQuestion, makeTopic, makeViewer } from '#testing/factories.ts'
import { noticeJobs } from '#testing/mails.ts'
import { visit } from '#testing/people.ts'

type Person = NonNullable<Viewer>
type Change = Parameters<ReturnType<typeof db>['member']['update']>[0]['data']

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** A morning in UTC. */
const morning = new Date('2026-03-02T09:22:00Z')
const later = (milliseconds: number) => new Date(morning.getTime() + milliseconds)

beforeEach(async () => {
  await db().member.updateMany({ data: { mentorSince: null } })
  await noticeJobs('announce')
  await noticeJobs('notice-mail')
})

/** A mentor of a new community, and what people ask there. */
async function makeDesk(given: Change = {}) {
  const { id: communityId } = await makeCommunity()
  const mentor = await makeViewer({ mentor: true })
  await db().member.update({ where: { id: mentor.memberId }, data: { mentorSince: later(-90 * DAY), ...given } })
  await db().communityMentor.create({ data: { communityId, memberId: mentor.memberId } })
  const ask = (more: Parameters<typeof makeQuestion>[1] = {}) => makeQuestion(communityId, { askedAt: later(-2 * DAY), ...more })
  return { communityId, mentor, ask }
}

/** Somebody wants these answered. */
async function wait(questionIds: string[], requestedAt = later(-2 * DAY)): Promise<string> {
  const { memberId } = await makeViewer()
  await db().answerRequest.createMany({ data: questionIds.map((questionId) => ({ questionId, memberId, requestedAt })) })
  return memberId
}

/** Does what the worker would; answers the numbers that the mentor has been told by now, the first one first. */
async function toldTo({ memberId }: Person, now = morning): Promise<(number | null)[]> {
  await tellWhoIsWaitedFor(now)
  for (const payload of await noticeJobs('announce')) await tellAudience(payload, now)
  const rows = await db().notice.findMany({ where: { memberId, event: 'questions-wait' }, orderBy: { toldAt: 'asc' } })
  return rows.map(({ count }) => count)
}

describe('A mentor is told how many people wait', () => {
  test('counted once each over all that is in the queue, with the way there and what turns it off', async () => {
    const { communityId, mentor, ask } = await makeDesk()
    const topic = await makeTopic(communityId)
    const ama = await makeAma({ communityId, topicId: topic.id }, [{ id: mentor.memberId, companyId: null, title: null }], later(3 * DAY))
    const [direct, inAma, open] = [await ask({ askedToId: mentor.memberId }), await ask({ amaId: ama.id, number: 1 }), await ask()]
    const answered = await ask({ requestBase: 9 })
    await wait([direct.id, inAma.id, open.id])
    await wait([direct.id, open.id])
    await wait([answered.id])
    await makeAnswer(answered.id, mentor.memberId, { answeredAt: later(-DAY) })
    // Of whom an import knows the number alone.
    await ask({ requestBase: 3 })
    expect(await toldTo(mentor)).toEqual([5])
    const [notice] = (await listNotices(mentor))?.rows ?? []
    expect(notice && [noticeText(notice), noticeHref(notice)]).toEqual(['5 people wait for answers to questions in your queue.', '/queue'])
    const [job] = await noticeJobs('notice-mail')
    expect(await openNoticeMail(job, morning)).toMatchObject({
      mail: { props: { subject: 'People who wait for you', off: { name: 'People who wait for you' } } },
    })
  })

  test('once on a day, whoever looks at the same time, begins again after a crash or comes an hour later', async () => {
    const { mentor, ask } = await makeDesk()
    const question = await ask()
    await wait([question.id])
    // Two workers, of which one is gone before it told anybody; another one begins anew.
    await Promise.all([tellWhoIsWaitedFor(morning), tellWhoIsWaitedFor(morning)])
    expect(await toldTo(mentor, later(60_000))).toEqual([1])
    await wait([question.id], later(30 * 60_000))
    expect(await toldTo(mentor, later(HOUR))).toEqual([1])
    expect(await noticeJobs('notice-mail')).toHaveLength(1)
    expect(await toldTo(mentor, later(DAY))).toEqual([1, 2])
  })

  test('again only when somebody waits who did not', async () => {
    const { mentor, ask } = await makeDesk()
    const question = await ask()
    await wait([question.id])
    expect(await toldTo(mentor)).toEqual([1])
    expect(await toldTo(mentor, later(DAY))).toEqual([1])
    const other = await ask({ askedAt: later(DAY + HOUR) })
    await wait([other.id], later(DAY + HOUR))
    expect(await toldTo(mentor, later(2 * DAY))).toEqual([1, 2])
    // Asked long ago, and let through by a host since.
    const held = await ask({ checkedAt: later(2 * DAY + HOUR) })
    await wait([held.id])
    expect(await toldTo(mentor, later(3 * DAY))).toEqual([1, 2, 3])
    await makeAnswer(held.id, mentor.memberId, { answeredAt: later(3 * DAY + HOUR) })
    expect(await toldTo(mentor, later(4 * DAY))).toEqual([1, 2, 3])
  })

  test('not of what is set aside, and not of themselves', async () => {
    const { mentor, ask } = await makeDesk()
    const [aside, own] = [await ask({ askedToId: mentor.memberId }), await ask()]
    await wait([aside.id])
    await db().answerRequest.create({ data: { questionId: own.id, memberId: mentor.memberId, requestedAt: later(-DAY) } })
    await skip(mentor, { id: aside.id }, visit({ viewer: mentor, now: later(-HOUR) }))
    expect(await toldTo(mentor)).toEqual([])
  })

  test('of what was put to them no more than they take directly', async () => {
    const { mentor, ask } = await makeDesk({ directLimit: 1 })
    const [one, two] = [await ask({ askedToId: mentor.memberId }), await ask({ askedToId: mentor.memberId })]
    await wait([one.id])
    await wait([one.id])
    await wait([two.id])
    expect(await toldTo(mentor)).toEqual([2])
  })

  test.each<[string, Change, Date]>([
    ['it is their morning in Kolkata', { timeZone: 'Asia/Kolkata' }, new Date('2026-03-02T04:22:00Z')],
    ['it is their morning in Los Angeles', { timeZone: 'America/Los_Angeles' }, new Date('2026-03-02T17:22:00Z')],
    ['the pause is over', { pausedUntil: new Date('2026-03-02') }, morning],
  ])('when %s', async (_when, given, now) => {
    const { mentor, ask } = await makeDesk(given)
    await wait([(await ask()).id])
    expect(await toldTo(mentor, now)).toEqual([1])
  })

  test.each<[string, Change, Date]>([
    ['it is night in Los Angeles', { timeZone: 'America/Los_Angeles' }, morning],
    ['it is noon', {}, new Date('2026-03-02T12:00:00Z')],
    ['they are on a break', { pausedUntil: new Date('2026-03-03') }, morning],
    ['they take no questions directly', { directLimit: 0 }, morning],
    ['they are no mentor any more', { mentorSince: null }, morning],
  ])('not when %s', async (_when, given, now) => {
    const { mentor, ask } = await makeDesk(given)
    await wait([(await ask({ askedToId: mentor.memberId })).id])
    expect(await toldTo(mentor, now)).toEqual([])
  })

  test('not when they want to hear nothing of it, or are suspended', async () => {
    const [quiet, away] = [await makeDesk(), await makeDesk()]
    for (const { ask } of [quiet, away]) await wait([(await ask()).id])
    await db().noticeChoice.create({ data: { memberId: quiet.mentor.memberId, kind: 'waiting', level: 'off' } })
    await db().account.update({
      where: { memberId: away.mentor.memberId },
      data: { suspendedUntil: later(DAY), suspendedFor: 'Spam.' },
    })
    expect(await toldTo(quiet.mentor)).toEqual([])
    expect(await toldTo(away.mentor)).toEqual([])
  })

  test('however many mentors there are', async () => {
    const { communityId, mentor, ask } = await makeDesk()
    await wait([(await ask()).id])
    const ids = Array.from({ length: 120 }, () => uuid())
    await db().member.createMany({ data: ids.map((id) => ({ id, handle: `m-${id}`, name: 'Ben', mentorSince: later(-DAY) })) })
    await db().account.createMany({ data: ids.map((memberId) => ({ memberId, email: `${memberId}@example.org`, emailProvedAt: morning })) })
    await db().communityMentor.createMany({ data: ids.map((memberId) => ({ communityId, memberId })) })
    await toldTo(mentor)
    expect(await db().notice.count({ where: { memberId: { in: [...ids, mentor.memberId] }, event: 'questions-wait', count: 1 } })).toBe(121)
  })
})
