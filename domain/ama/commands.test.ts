import { v7 as uuid } from 'uuid'
import { beforeEach, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { acceptAma, cancelAma, declineAma, draftAma, editAma, publishAma } from '#domain/ama/commands.ts'
import {
  getAma,
  getAmaInvitation,
  getCalendarAma,
  getHostedAma,
  listDraftAmas,
  listMentorAmas,
  listUnclosedAmas,
} from '#domain/ama/queries.ts'
import { DraftAma } from '#domain/ama/rules.ts'
import { remindOfAmas, setReminder } from '#domain/ama-reminder/commands.ts'
import { askQuestion } from '#domain/draft/commands.ts'
import { AskQuestion } from '#domain/draft/rules.ts'
import { tellAudience } from '#domain/notice/commands.ts'
import { listNotices } from '#domain/notice/queries.ts'
import { noticeHref, noticeText } from '#domain/notice/rules.ts'
import { editAmaQuestion, sendIn } from '#domain/question/commands.ts'
import { listAmaQuestions } from '#domain/question/queries.ts'
import { SendIn } from '#domain/question/rules.ts'
import { db } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import { makeAma, makeAnswer, makeCommunity, makeQuestion, makeTopic } from '#testing/factories.ts'
import { noticeJobs } from '#testing/mails.ts'
import { makePerson, visit, visitOf } from '#testing/people.ts'

const now = new Date('2026-11-23T12:00:00Z')
const at = (viewer: object | null, when = now) => visit({ viewer: viewer as never, now: when })

type Person = Awaited<ReturnType<typeof visitOf>>['viewer'] & { memberId: string; handle: string }

let community: { id: string; slug: string }
let topic: { id: string }
let host: Person
let mara: Person
let ben: Person

beforeEach(async () => {
  community = await makeCommunity()
  topic = await makeTopic(community.id, { name: `Pricing ${uuid()}` })
  host = await somebody('Hanna Falk')
  await db().communityRole.create({ data: { communityId: community.id, memberId: host.memberId, role: 'host' } })
  host = (await visitOf(host)).viewer as Person
  mara = await mentorNamed('Mara Lind')
  ben = await mentorNamed('Ben Adeyemi')
})

async function somebody(name: string): Promise<Person> {
  const person = await makePerson({ name })
  return (await visitOf(person)).viewer as Person
}

async function mentorNamed(name: string): Promise<Person> {
  const person = await somebody(name)
  await db().member.update({ where: { id: person.memberId }, data: { mentorSince: now, title: 'Furnace Lead' } })
  await db().communityMentor.create({ data: { communityId: community.id, memberId: person.memberId } })
  return person
}

function typed(given: Partial<z.input<typeof DraftAma>> = {}) {
  const form = {
    mentor1: mara.handle,
    date: '2026-12-01',
    time: '10:00',
    zone: 'America/Los_Angeles',
    minutes: '60',
    opens: 'at once',
    checking: '',
  }
  return DraftAma.parse({ community: community.id, topic: topic.id, ...form, ...given })
}

async function drafted(given: Partial<z.input<typeof DraftAma>> = {}) {
  const { to = '' } = await draftAma(host, typed(given), at(host))
  const ama = await getHostedAma(to.split('/')[2] ?? '')
  if (!ama) throw new Error(`No draft at ${to}`)
  return ama
}

async function edited(ama: { id: string; slug: string }, given: Partial<z.input<typeof DraftAma>>) {
  const { community: _, ...form } = typed(given)
  await editAma(host, { id: ama.id, ...form }, at(host))
  return (await getHostedAma(ama.slug)) ?? Promise.reject(new Error('gone'))
}

describe('A host prepares an AMA', () => {
  test('which nobody else sees; the first mentor who says yes publishes it', async () => {
    const ama = await drafted({ mentor1: 'mara lind', mentor2: ben.handle, introduction: 'Ask about **fires**.', opens: '3 days' })
    expect(ama).toMatchObject({ publishedAt: null, timeZone: 'America/Los_Angeles', date: '2026-12-01', time: '10:00' })
    expect(ama.startsAt).toEqual(new Date('2026-12-01T18:00:00Z'))
    expect(ama.questionsOpenAt).toEqual(new Date('2026-11-28T18:00:00Z'))
    expect(ama.introductionHtml).toContain('<strong>fires</strong>')
    expect(ama.people.map(({ name, standing }) => `${name} ${standing}`)).toEqual(['Mara Lind asked', 'Ben Adeyemi asked'])
    expect(await getAma(ama.slug)).toBeNull()
    expect((await listDraftAmas(community.id))?.rows.map(({ id }) => id)).toEqual([ama.id])

    await acceptAma(ben, { id: ama.id }, at(ben))
    const shown = await getAma(ama.slug)
    // Of whoever has not said yes, the public knows nothing.
    expect(shown?.mentors.map(({ name }) => name)).toEqual(['Ben Adeyemi'])
    expect(shown?.mentors[0]?.title).toBe('Furnace Lead')
    await acceptAma(mara, { id: ama.id }, at(mara))
    expect((await getAma(ama.slug))?.mentors.map(({ name }) => name)).toEqual(['Mara Lind', 'Ben Adeyemi'])
    expect(await db().community.findUnique({ where: { id: community.id } })).toMatchObject({ amaCount: 1 })
    expect((await listMentorAmas(mara.memberId, 5)).map(({ id }) => id)).toEqual([ama.id])
  })

  test('who is a mentor too: then a button publishes it', async () => {
    await db().communityMentor.create({ data: { communityId: community.id, memberId: host.memberId } })
    const ama = await drafted({ mentor1: host.handle, mentor2: mara.handle })
    expect(ama.people.map(({ standing }) => standing)).toEqual(['holds', 'asked'])
    expect(await getAma(ama.slug)).toBeNull()
    await publishAma(host, { id: ama.id }, at(host))
    expect((await getAma(ama.slug))?.mentors).toHaveLength(1)
  })

  test('and cannot publish what nobody has said yes to', async () => {
    const ama = await drafted()
    await expect(publishAma(host, { id: ama.id }, at(host))).rejects.toMatchObject({ code: 'conflict' })
  })

  test.each([
    ['a day that is past', { date: '2026-11-22' }, 'date'],
    ['a day that is years away', { date: '2031-01-01' }, 'date'],
    ['a time that clocks skip', { date: '2027-03-14', time: '02:30' }, 'time'],
    ['a time that clocks show twice', { date: '2027-11-07', time: '01:30' }, 'time'],
    ['nobody of this name', { mentor2: 'Nobody Here' }, 'mentor2'],
    ['a mentor twice', { mentor3: 'Mara Lind' }, 'mentor3'],
    ['a co-host who is not here', { hosts: 'of-nobody' }, 'hosts'],
    ['a topic of another community', { topic: uuid() }, 'topic'],
  ])('but not with %s', async (_, given, field) => {
    await expect(draftAma(host, typed(given), at(host))).rejects.toMatchObject({ fields: { [field]: expect.any(String) } })
    expect((await listDraftAmas(community.id))?.rows).toEqual([])
  })

  test('with one of two mentors of a name only by handle', async () => {
    const other = await mentorNamed('Mara Lind')
    const twice = draftAma(host, typed({ mentor1: 'Mara Lind' }), at(host))
    await expect(twice).rejects.toMatchObject({ fields: { mentor1: expect.stringContaining(other.handle) } })
    expect((await drafted({ mentor1: `@${other.handle}` })).people[0]?.id).toBe(other.memberId)
  })

  test('not with a mentor who has another AMA then, and only knowingly beside another one of the community', async () => {
    await drafted()
    const late = { time: '10:59', minutes: '30' }
    await expect(drafted(late)).rejects.toMatchObject({ code: 'conflict', fields: { mentor1: expect.stringContaining('Mara Lind') } })
    await expect(drafted({ ...late, mentor1: ben.handle })).rejects.toMatchObject({
      code: 'conflict',
      fields: { time: expect.any(String) },
    })
    expect((await drafted({ ...late, mentor1: ben.handle, both: 'on' })).publishedAt).toBeNull()
    expect((await drafted({ time: '11:00', minutes: '30', both: 'on' })).publishedAt).toBeNull()
  })

  test('and of two who want a mentor at one time at one moment one gets the mentor', async () => {
    const both = await Promise.allSettled([drafted({ both: 'on' }), drafted({ both: 'on' })])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })

  test('together with a co-host, who may do the same', async () => {
    const cora = await somebody('Cora Lund')
    const ama = await drafted({ hosts: `@${cora.handle}` })
    expect(ama.hosts).toEqual([cora.memberId])
    await cancelAma(cora, { id: ama.id, sure: 'on' }, at(cora))
    expect((await getHostedAma(ama.slug))?.cancelledAt).toEqual(now)
    expect(await db().ama.findUnique({ where: { id: ama.id } })).toMatchObject({ cancelledById: cora.memberId })
  })
})

describe('A mentor who is asked', () => {
  test('says no with a word for the host, and is asked again when named again', async () => {
    const ama = await drafted()
    await declineAma(mara, { id: ama.id, words: 'Rather in May.' }, at(mara))
    expect((await getHostedAma(ama.slug))?.people).toMatchObject([{ standing: 'declined', words: 'Rather in May.' }])
    expect((await getHostedAma(ama.slug))?.mentors).toEqual([])
    await edited(ama, {})
    expect((await getHostedAma(ama.slug))?.people).toMatchObject([{ standing: 'asked', words: null }])
    await acceptAma(mara, { id: ama.id }, at(mara))
    expect(await getAma(ama.slug)).not.toBeNull()
  })

  test('says yes twice, and it is once', async () => {
    const ama = await drafted()
    await Promise.all([acceptAma(mara, { id: ama.id }, at(mara)), acceptAma(mara, { id: ama.id }, at(mara))])
    expect(await db().amaMentor.count({ where: { amaId: ama.id } })).toBe(1)
    expect(await db().member.findUnique({ where: { id: mara.memberId } })).toMatchObject({ amaCount: 1 })
  })

  test('cannot leave what nobody else holds', async () => {
    const ama = await drafted({ mentor2: ben.handle })
    await acceptAma(mara, { id: ama.id }, at(mara))
    await expect(declineAma(mara, { id: ama.id, words: null }, at(mara))).rejects.toMatchObject({ code: 'conflict' })
    await acceptAma(ben, { id: ama.id }, at(ben))
    await declineAma(mara, { id: ama.id, words: null }, at(mara))
    expect((await getAma(ama.slug))?.mentors.map(({ name }) => name)).toEqual(['Ben Adeyemi'])
    expect(await getAmaInvitation(mara, ama.id)).toMatchObject({ acceptedAt: null, declinedAt: now })
  })

  test('says yes too late for a draft that nobody has read of', async () => {
    const ama = await drafted()
    const late = new Date('2026-12-01T18:00:01Z')
    await expect(acceptAma(mara, { id: ama.id }, at(mara, late))).rejects.toMatchObject({ code: 'conflict' })
  })

  test.each([
    ['has begun', '2026-12-01T18:10:00Z'],
    ['is over', '2026-12-01T19:00:00Z'],
  ])('moves a draft whose time %s to a later one, or cancels it', async (_, then) => {
    const ama = await drafted()
    const late = new Date(then)
    const { community: _community, ...form } = typed({ date: '2026-12-03' })
    await editAma(host, { id: ama.id, ...form }, at(host, late))
    expect((await getHostedAma(ama.slug))?.startsAt).toEqual(new Date('2026-12-03T18:00:00Z'))
    await acceptAma(mara, { id: ama.id }, at(mara, late))
    expect(await getAma(ama.slug)).not.toBeNull()
    const other = await drafted({ mentor1: ben.handle })
    await cancelAma(host, { id: other.id, sure: 'on' }, at(host, late))
    expect((await getHostedAma(other.slug))?.cancelledAt).toEqual(late)
  })
})

describe('A published AMA', () => {
  test('moves, and calendars know the newest', async () => {
    const ama = await drafted({ opens: '1 day' })
    await acceptAma(mara, { id: ama.id }, at(mara))
    const before = await getCalendarAma(ama.slug)
    await edited(ama, { date: '2026-12-02', zone: 'Australia/Lord_Howe', opens: '1 day' })
    const after = await getCalendarAma(ama.slug)
    expect(after?.startsAt).toEqual(new Date('2026-12-01T23:00:00Z'))
    expect(after?.revision).toBeGreaterThan(before?.revision ?? 99)
    expect((await getAma(ama.slug))?.questionsOpenAt).toEqual(new Date('2026-11-30T23:00:00Z'))
  })

  test('that has begun keeps its start, and one that is over all of it', async () => {
    const ama = await drafted()
    await acceptAma(mara, { id: ama.id }, at(mara))
    const { community: _, ...form } = typed({ time: '10:30' })
    const live = at(host, new Date('2026-12-01T18:10:00Z'))
    await expect(editAma(host, { id: ama.id, ...form }, live)).rejects.toMatchObject({ fields: { time: expect.any(String) } })
    await editAma(host, { id: ama.id, ...form, time: '10:00', introduction: 'Now.' }, live)
    expect((await getAma(ama.slug))?.introductionHtml).toContain('Now.')
    const past = at(host, new Date('2026-12-01T19:00:00Z'))
    await expect(editAma(host, { id: ama.id, ...form, time: '10:00' }, past)).rejects.toMatchObject({ code: 'conflict' })
    await expect(cancelAma(host, { id: ama.id, sure: 'on' }, past)).rejects.toMatchObject({ code: 'conflict' })
  })

  test('whose mentors change places shows them so, and counts the same', async () => {
    const ama = await drafted({ mentor2: ben.handle })
    await acceptAma(mara, { id: ama.id }, at(mara))
    await acceptAma(ben, { id: ama.id }, at(ben))
    await edited(ama, { mentor1: ben.handle, mentor2: mara.handle })
    expect((await getAma(ama.slug))?.mentors.map(({ name }) => name)).toEqual(['Ben Adeyemi', 'Mara Lind'])
    await edited(ama, { mentor1: ben.handle })
    expect((await getAma(ama.slug))?.mentors.map(({ name }) => name)).toEqual(['Ben Adeyemi'])
    const counts = await db().member.findMany({
      where: { id: { in: [mara.memberId, ben.memberId] } },
      select: { amaCount: true },
      orderBy: { name: 'asc' },
    })
    expect(counts).toEqual([{ amaCount: 1 }, { amaCount: 0 }])
    await expect(edited(ama, { mentor1: mara.handle })).rejects.toMatchObject({ code: 'conflict' })
  })

  test('is cancelled: its page says so, and its questions stay', async () => {
    const ama = await drafted()
    await acceptAma(mara, { id: ama.id }, at(mara))
    await makeQuestion(community.id, { amaId: ama.id, number: 1 })
    await cancelAma(host, { id: ama.id, sure: 'on' }, at(host))
    expect(await getAma(ama.slug)).toMatchObject({ cancelledAt: now, questionCount: 1 })
    expect(await db().community.findUnique({ where: { id: community.id } })).toMatchObject({ amaCount: 0, questionCount: 1 })
    await expect(acceptAma(mara, { id: ama.id }, at(mara))).rejects.toMatchObject({ code: 'conflict' })
  })

  test('takes no question before they open', async () => {
    const ama = await drafted({ opens: 'the start' })
    await acceptAma(mara, { id: ama.id }, at(mara))
    const ada = await somebody('Ada Osei')
    const asked = AskQuestion.parse({ place: `ama:${ama.id}`, title: 'How hot is hot enough?', key: uuid(), seen: 'on' })
    await expect(askQuestion(ada, asked, at(ada))).rejects.toMatchObject({ message: 'Questions open on Dec 1, 2026 @ 10:00AM PT.' })
    await askQuestion(ada, asked, at(ada, new Date('2026-12-01T18:00:00Z')))
    expect(await getAma(ama.slug)).toMatchObject({ questionCount: 1 })
  })

  test('checks questions by its own word', async () => {
    const ama = await drafted({ checking: 'all' })
    await acceptAma(mara, { id: ama.id }, at(mara))
    const ada = await somebody('Ada Osei')
    await askQuestion(ada, AskQuestion.parse({ place: `ama:${ama.id}`, title: 'How hot is hot enough?', key: uuid(), seen: 'on' }), at(ada))
    expect(await db().question.findFirstOrThrow({ where: { amaId: ama.id } })).toMatchObject({ heldAt: now })
  })

  test('stands among what is past and not closed, until it is', async () => {
    const ama = await makeAma({ communityId: community.id, topicId: topic.id }, [], new Date(now.getTime() - 86_400_000))
    expect((await listUnclosedAmas(community.id, now)).map(({ id }) => id)).toEqual([ama.id])
    await db().ama.update({ where: { id: ama.id }, data: { closedAt: now } })
    expect(await listUnclosedAmas(community.id, now)).toEqual([])
  })
})

describe('Of an AMA', () => {
  test('its people alone hear while it is a draft, and then everybody whom it concerns', async () => {
    const [cora, ada, eve] = [await somebody('Cora Lund'), await somebody('Ada Osei'), await somebody('Eve Moss')]
    await db().follow.create({ data: { id: uuid(), memberId: eve.memberId, mentorId: mara.memberId } })
    await told()
    const ama = await drafted({ hosts: cora.handle })
    expect(await told()).toEqual(['Mara Lind ama-invitation'])
    await edited(ama, { date: '2026-12-02', hosts: cora.handle })
    expect(await told()).toEqual(['Cora Lund ama-moved', 'Mara Lind ama-moved'])
    await acceptAma(mara, { id: ama.id }, at(mara))
    expect(await told()).toEqual(['Cora Lund ama-accepted', 'Eve Moss ama-scheduled', 'Hanna Falk ama-accepted'])
    await setReminder(at(ada), ama.slug)
    await edited(ama, { date: '2026-12-02', hosts: cora.handle, introduction: 'Only words.' })
    expect(await told()).toEqual([])
    await edited(ama, { date: '2026-12-03', hosts: cora.handle })
    expect(await told()).toEqual(['Ada Osei ama-moved', 'Cora Lund ama-moved', 'Eve Moss ama-moved', 'Mara Lind ama-moved'])
    await cancelAma(cora, { id: ama.id, sure: 'on' }, at(cora))
    expect(await told()).toEqual([
      'Ada Osei ama-cancelled',
      'Eve Moss ama-cancelled',
      'Hanna Falk ama-cancelled',
      'Mara Lind ama-cancelled',
    ])
  })

  test('a mentor hears who is not to hold it any more, or not asked to, unless named again or after a no', async () => {
    const { id, slug } = await drafted({ mentor2: ben.handle })
    await acceptAma(mara, { id }, at(mara))
    await told()
    const cora = await mentorNamed('Cora Lund')
    const name = (...mentors: Person[]) =>
      editAma(host, { id, ...typed(Object.fromEntries(mentors.map(({ handle }, i) => [`mentor${i + 1}`, handle]))) }, at(host))
    await name(mara, cora)
    expect(await told()).toEqual(['Ben Adeyemi ama-left-out', 'Cora Lund ama-invitation'])
    const notice = (await listNotices(ben as never))?.rows.find(({ event }) => event === 'ama-left-out')
    expect(notice && [noticeText(notice), noticeHref(notice)]).toEqual([
      expect.stringContaining('you are not asked to any more'),
      paths.ama(slug),
    ])
    await acceptAma(cora, { id }, at(cora))
    await name(cora)
    expect(await told()).toEqual(['Hanna Falk ama-accepted', 'Mara Lind ama-left-out'])
    await name(cora, mara)
    await declineAma(mara, { id, words: null }, at(mara))
    await told()
    await name(cora)
    expect(await told()).toEqual([])
    await name(cora, ben)
    await name(cora)
    await name(cora, ben)
    expect((await told()).filter((line) => line.startsWith('Ben'))).not.toContain('Ben Adeyemi ama-left-out')
  })

  test('whoever wants to be reminded hears half an hour before it, once, and again of another start', async () => {
    // Of the tests before: none begins beside this one.
    await db().ama.updateMany({ data: { cancelledAt: now } })
    const ada = await somebody('Ada Osei')
    const ama = await drafted()
    await acceptAma(mara, { id: ama.id }, at(mara))
    await setReminder(at(ada), ama.slug)
    await told()
    const half = async (minutes: number) => {
      const { startsAt } = await db().ama.findUniqueOrThrow({ where: { id: ama.id } })
      await remindOfAmas(new Date(startsAt.getTime() - minutes * 60_000))
      return told()
    }
    expect(await half(31)).toEqual([])
    expect(await half(30)).toEqual(['Ada Osei ama-soon', 'Mara Lind ama-soon'])
    expect(await half(25)).toEqual([])
    expect(await half(0)).toEqual([])
    await edited(ama, { date: '2026-12-05' })
    await told()
    expect(await half(5)).toEqual(['Ada Osei ama-soon', 'Mara Lind ama-soon'])
    await cancelAma(host, { id: ama.id, sure: 'on' }, at(host))
    await told()
    expect(await half(4)).toEqual([])
  })

  test('that is cancelled as a draft no follower hears', async () => {
    const eve = await somebody('Eve Moss')
    await db().follow.create({ data: { id: uuid(), memberId: eve.memberId, topicId: topic.id } })
    const ama = await drafted()
    await told()
    await cancelAma(host, { id: ama.id, sure: 'on' }, at(host))
    expect(await told()).toEqual(['Mara Lind ama-cancelled'])
  })

  test('a question that a host edits is told to its asker and whoever requested it', async () => {
    const [ada, eve] = [await somebody('Ada Osei'), await somebody('Eve Moss')]
    const ama = await drafted()
    await acceptAma(mara, { id: ama.id }, at(mara))
    const question = await makeQuestion(community.id, { amaId: ama.id, number: 1, askedById: ada.memberId })
    for (const { memberId } of [ada, eve]) await db().answerRequest.create({ data: { questionId: question.id, memberId } })
    await told()
    await editAmaQuestion(host, { id: question.id, title: 'How hot is hot enough?', details: null })
    expect(await told()).toEqual(['Ada Osei question-edited', 'Eve Moss question-edited'])
    await editAmaQuestion(host, { id: question.id, title: 'How hot is hot enough?', details: null })
    expect(await told()).toEqual([])
  })

  test('that waits for the check too: its asker reads of it at once, on the own page of it', async () => {
    const ada = await somebody('Ada Osei')
    const ama = await drafted()
    await acceptAma(mara, { id: ama.id }, at(mara))
    const waits = { heldAt: now, hiddenAt: now }
    const question = await makeQuestion(community.id, { amaId: ama.id, number: 1, askedById: ada.memberId, ...waits })
    await db().answerRequest.create({ data: { questionId: question.id, memberId: ada.memberId } })
    await told()
    await editAmaQuestion(host, { id: question.id, title: 'How hot is hot enough?', details: null })
    expect(await told()).toEqual(['Ada Osei question-edited'])
    const [notice] = (await listNotices(ada as never))?.rows ?? []
    expect(notice && [noticeText(notice), noticeHref(notice)]).toEqual([
      'A host edited your question “How hot is hot enough?”.',
      paths.myQuestion(question.slug),
    ])
  })
})

/** Who was told what since this was asked last, by name. */
async function told(): Promise<string[]> {
  for (const payload of await noticeJobs('announce')) await tellAudience(payload, now)
  await noticeJobs('notice-mail')
  const rows = await db().notice.findMany({
    where: { readAt: null },
    select: { id: true, event: true, member: { select: { name: true } } },
  })
  await db().notice.updateMany({ where: { id: { in: rows.map(({ id }) => id) } }, data: { readAt: now } })
  return rows.map(({ event, member }) => `${member.name} ${event}`).toSorted()
}

describe('Questions gathered elsewhere', () => {
  const titles = 'How hot is hot enough?\n\n  Who   opens the furnace?  \nHow hot is hot enough?'

  test('are put into a draft, and come out with it; nobody asked them', async () => {
    const ama = await drafted()
    await sendIn(host, SendIn.parse({ ama: ama.id, titles }), at(host))
    await sendIn(host, SendIn.parse({ ama: ama.id, titles: `${titles}\nWhat broke last winter?` }), at(host))
    expect(await db().question.count({ where: { amaId: ama.id, hiddenAt: null } })).toBe(0)
    await acceptAma(mara, { id: ama.id }, at(mara))
    const shown = await listAmaQuestions(ama.id, 'upcoming')
    expect(shown?.rows.map(({ number, title, requestCount, sentInAt }) => [number, title, requestCount, sentInAt])).toEqual([
      [1, 'How hot is hot enough?', 0, now],
      [2, 'Who opens the furnace?', 0, now],
      [3, 'What broke last winter?', 0, now],
    ])
    expect(await getAma(ama.slug)).toMatchObject({ questionCount: 3 })
  })

  test('are no way into somebody else’s AMA', async () => {
    const ama = await drafted()
    await expect(sendIn(mara, SendIn.parse({ ama: ama.id, titles }), at(mara))).rejects.toMatchObject({ code: 'not_found' })
  })

  test('and all others of an AMA a host puts into other words until they are answered', async () => {
    const ama = await drafted()
    await acceptAma(mara, { id: ama.id }, at(mara))
    const question = await makeQuestion(community.id, { amaId: ama.id, number: 1, title: 'How hott is hot?' })
    await editAmaQuestion(host, { id: question.id, title: 'How hot is hot enough?', details: 'In degrees.' })
    expect(await db().question.findUnique({ where: { id: question.id } })).toMatchObject({
      title: 'How hot is hot enough?',
      detailsHtml: '<p>In degrees.</p>',
      slug: question.slug,
    })
    await makeAnswer(question.id, mara.memberId)
    const again = editAmaQuestion(host, { id: question.id, title: 'How cold is cold enough?', details: null })
    await expect(again).rejects.toMatchObject({ code: 'conflict' })
  })
})
