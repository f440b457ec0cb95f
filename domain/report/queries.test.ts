import { beforeEach, describe, expect, test } from 'vitest'
import { tellAudience } from '#domain/notice/commands.ts'
import { listNotices } from '#domain/notice/queries.ts'
import { noticeHref, noticeText } from '#domain/notice/rules.ts'
import { sendReport, tellModerators } from '#domain/report/commands.ts'
import { listOpenReports } from '#domain/report/queries.ts'
import { db } from '#lib/db.ts'
import { makeCommunity, makeMentor, makeQuestion } from '#testing/factories.ts'
import { noticeJobs } from '#testing/mails.ts'
import { makePerson, visit, visitOf } from '#testing/people.ts'

const HOUR = 3_600_000
const morning = new Date('2026-03-02T09:32:00Z')
const later = (hours: number) => new Date(morning.getTime() + hours * HOUR)

type Person = Awaited<ReturnType<typeof makePerson>>

beforeEach(async () => {
  await db().report.updateMany({ data: { closedAt: later(-100) } })
  await noticeJobs('announce')
})

async function makePlace() {
  const community = await makeCommunity()
  const moderator = await makePerson()
  await db().communityRole.create({ data: { communityId: community.id, memberId: moderator.memberId, role: 'moderator' } })
  const ask = (askedById?: string) => makeQuestion(community.id, { askedById })
  return { community, moderator, ask }
}

async function report(thing: 'question' | 'profile', id: string, now: Date): Promise<void> {
  const { viewer } = await visitOf(await makePerson())
  await sendReport(viewer, { thing, id, reason: 'spam', words: undefined }, visit({ viewer, now }))
}

/** Does what the worker would; answers the numbers that the person has been told by now, the first one first. */
async function toldTo({ memberId }: Person, now: Date): Promise<(number | null)[]> {
  await tellModerators(now)
  for (const payload of await noticeJobs('announce')) await tellAudience(payload, now)
  const rows = await db().notice.findMany({ where: { memberId, event: 'reports-wait' }, orderBy: { toldAt: 'asc' } })
  return rows.map(({ count }) => count)
}

describe('A moderator is told how many reports wait', () => {
  test('as many as their page lists, in the morning, with the way there', async () => {
    const { community, moderator, ask } = await makePlace()
    const mentor = await makeMentor()
    await db().communityMentor.create({ data: { communityId: community.id, memberId: mentor.id } })
    await report('question', (await ask()).id, later(-3))
    await report('profile', mentor.id, later(-2))
    await report('question', (await ask(moderator.memberId)).id, later(-2))
    await report('question', (await (await makePlace()).ask()).id, later(-2))
    expect(await toldTo(moderator, later(-3))).toEqual([])
    expect(await toldTo(moderator, morning)).toEqual([2])
    const { viewer } = await visitOf(moderator)
    expect((await listOpenReports(viewer))?.rows).toHaveLength(2)
    const [notice] = (await listNotices(viewer))?.rows ?? []
    expect(notice && [noticeText(notice), noticeHref(notice)]).toEqual(['2 reports wait for a decision of yours.', '/moderation'])
  })

  test('once a day at most, and again only when there is a new one', async () => {
    const { moderator, ask } = await makePlace()
    await report('question', (await ask()).id, later(-3))
    await Promise.all([tellModerators(morning), tellModerators(morning)])
    expect(await toldTo(moderator, morning)).toEqual([1])
    await report('question', (await ask()).id, later(0.5))
    expect(await toldTo(moderator, later(1))).toEqual([1])
    expect(await toldTo(moderator, later(24))).toEqual([1, 2])
    expect(await toldTo(moderator, later(48))).toEqual([1, 2])
    await db().report.updateMany({ data: { closedAt: later(49) } })
    expect(await toldTo(moderator, later(72))).toEqual([1, 2])
  })

  test('admins of all communities, unless they want to hear nothing of it', async () => {
    const { ask } = await makePlace()
    const [admin, quiet] = [await makePerson({ adminSince: later(-900) }), await makePerson({ adminSince: later(-900) })]
    await db().noticeChoice.create({ data: { memberId: quiet.memberId, kind: 'moderator', level: 'off' } })
    await report('question', (await ask()).id, later(-3))
    expect(await toldTo(admin, morning)).toEqual([1])
    expect(await toldTo(quiet, morning)).toEqual([])
  })
})
