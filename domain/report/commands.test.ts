import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signInWithPassword } from '#domain/account/commands.ts'
import { getOwnAccount } from '#domain/account/queries.ts'
import { getAma } from '#domain/ama/queries.ts'
import { listAnswers, listCompanyAnswers, listMentorAnswers } from '#domain/answer/queries.ts'
import { getCommunity } from '#domain/community/queries.ts'
import { listPresentMentors } from '#domain/company/queries.ts'
import { listNewestAnswers } from '#domain/feed/queries.ts'
import { setPortrait } from '#domain/member/commands.ts'
import { getMember, getMentor, isShownPortrait, listCommunityMentors } from '#domain/member/queries.ts'
import { listActs } from '#domain/moderation-event/queries.ts'
import type { Thing } from '#domain/moderation-event/rules.ts'
import { currentSlug } from '#domain/moved-slug/queries.ts'
import { listNotices } from '#domain/notice/queries.ts'
import { getCard } from '#domain/picture/queries.ts'
import {
  getQuestion,
  listAmaQuestions,
  listCommunityQuestions,
  listHeld,
  listTopicQuestions,
  listWorthReading,
} from '#domain/question/queries.ts'
import { relatedQuestions, topMentors } from '#domain/related/queries.ts'
import { hide, keep, lookUp, restore, sendReport, suspend } from '#domain/report/commands.ts'
import { findModerated, hasLookedUp, hasReported, listOpenReports, listReportsOf } from '#domain/report/queries.ts'
import { findSession } from '#domain/session/queries.ts'
import { listSitemapPages, listSitemapParts } from '#domain/sitemap/queries.ts'
import { getTopic } from '#domain/topic/queries.ts'
import { db } from '#lib/db.ts'
import { withSession } from '#lib/db-session.ts'
import { paths } from '#lib/paths.ts'
import { tokenHash } from '#lib/secret.ts'
import type { Viewer } from '#lib/viewer.ts'
import { findDrift } from '#prisma/derived.ts'
import { makeAma, makeAnswer, makeCommunity, makeCompany, makeMentor, makeQuestion, makeTopic } from '#testing/factories.ts'
import { photo } from '#testing/hostile-uploads.ts'
import { mailsTo, makePerson, visit, visitOf } from '#testing/people.ts'

type Someone = NonNullable<Viewer>

const uploads = mkdtempSync(join(tmpdir(), 'perch-uploads-'))
process.env.UPLOADS_DIR = uploads
afterAll(() => rm(uploads, { recursive: true }))

const PASSWORD = 'seven herons on a wire'

let nursing: Awaited<ReturnType<typeof makeCommunity>>
let ana: Someone
let moderator: Someone
let stranger: Someone
let admin: Someone

beforeAll(async () => {
  nursing = await makeCommunity()
  const law = await makeCommunity()
  const [ben, cho] = [await makePerson({ name: 'Ben Moor' }), await makePerson({ name: 'Cho Lee' })]
  await db().communityRole.create({ data: { communityId: nursing.id, memberId: ben.memberId, role: 'moderator' } })
  await db().communityRole.create({ data: { communityId: law.id, memberId: cho.memberId, role: 'moderator' } })
  ana = await signedIn(await makePerson({ name: 'Ana Lima' }))
  moderator = await signedIn(ben)
  stranger = await signedIn(cho)
  admin = await signedIn(await makePerson({ name: 'Ada Osei', adminSince: new Date() }))
})

describe('a report', () => {
  test('is there once for a person and a thing until it is decided, and then may come again', async () => {
    const { question } = await asked()
    await report(ana, 'question', question.id)
    await Promise.all([report(ana, 'question', question.id), report(ana, 'question', question.id)])
    await report(stranger, 'question', question.id)
    expect(await listReportsOf('question', question.id)).toHaveLength(2)
    expect(await hasReported(ana, 'question', question.id)).toBe(true)
    await keep(moderator, { thing: 'question', id: question.id }, visit())
    expect(await hasReported(ana, 'question', question.id)).toBe(false)
    await report(ana, 'question', question.id)
    expect(await listReportsOf('question', question.id)).toHaveLength(1)
  })

  test('needs somebody who is signed in, a thing that is shown, and one of another', async () => {
    const { question, mentor } = await asked()
    await expect(report(null, 'question', question.id)).rejects.toMatchObject({ code: 'sign_in' })
    await expect(report(ana, 'question', uuid())).rejects.toMatchObject({ code: 'not_found' })
    await expect(report(await signedIn(mentor), 'profile', mentor.memberId)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(report({ ...ana, suspendedUntil: new Date() }, 'question', question.id)).rejects.toMatchObject({ code: 'forbidden' })
    await decide('hide', 'question', question.id)
    await expect(report(ana, 'question', question.id)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('is seen by moderators of its community and admins, oldest first, page by page', async () => {
    const seen: string[] = []
    for (let i = 0; i < 23; i++) {
      const { answer, mentor } = await asked()
      const [thing, id]: [Thing, string] = i % 2 ? ['profile', mentor.memberId] : ['answer', answer.id]
      await report(ana, thing, id)
      seen.push(id)
    }
    for (const viewer of [moderator, admin]) {
      const first = await listOpenReports(viewer)
      const second = await listOpenReports(viewer, first?.next ?? expect.fail())
      const ids = [...(first?.rows ?? []), ...(second?.rows ?? [])].map(({ id }) => id)
      expect(ids.filter((id) => seen.includes(id))).toEqual(seen)
    }
    expect((await listOpenReports(stranger))?.rows).toEqual([])
    expect(await listOpenReports(moderator, 'nonsense')).toBeNull()
  }, 30_000)

  test('of what the moderator wrote is left to others', async () => {
    const { answer, mentor } = await asked()
    await db().communityRole.create({ data: { communityId: nursing.id, memberId: mentor.memberId, role: 'moderator' } })
    await report(ana, 'answer', answer.id)
    const author = await signedIn(mentor)
    expect((await listOpenReports(author))?.rows.map(({ id }) => id)).not.toContain(answer.id)
    await expect(hide(author, { thing: 'answer', id: answer.id, reason: 'spam', words: undefined }, visit())).rejects.toThrow(
      'nothing here',
    )
  })
})

describe.each<Thing>(['question', 'answer', 'profile'])('a %s', (thing) => {
  test('is hidden, kept, restored and its author suspended by moderators of its community and admins alone', async () => {
    const { id } = await thingOf(thing)
    const acts = {
      hide: (viewer: Viewer) => hide(viewer, { thing, id, reason: 'spam', words: undefined }, visit()),
      restore: (viewer: Viewer) => restore(viewer, { thing, id, reason: 'mistake', words: undefined }, visit()),
      keep: (viewer: Viewer) => keep(viewer, { thing, id }, visit()),
      suspend: (viewer: Viewer) => suspend(viewer, { thing, id, until: inDays(3), reason: 'spam', words: undefined }, visit()),
    }
    await report(ana, thing, id)
    for (const act of Object.values(acts)) {
      await expect(act(null)).rejects.toMatchObject({ code: 'sign_in' })
      for (const viewer of [ana, stranger, { ...moderator, suspendedUntil: new Date() }, { ...ana, hosts: [nursing.id] }]) {
        await expect(act(viewer)).rejects.toMatchObject({ code: 'not_found' })
      }
    }
    expect(await findModerated(stranger, thing, id)).toBeNull()
    expect(await db().moderationEvent.count({ where: { thingId: id } })).toBe(0)
    for (const viewer of [moderator, admin]) {
      await acts.hide(viewer)
      await expect(acts.hide(viewer)).rejects.toMatchObject({ code: 'conflict' })
      await acts.restore(viewer)
      await expect(acts.restore(viewer)).rejects.toMatchObject({ code: 'conflict' })
      await acts.suspend(viewer)
    }
    await expect(acts.keep(moderator)).rejects.toMatchObject({ code: 'conflict' })
  })

  test('that is hidden and restored leaves an event of each act, and its author reads the reasons', async () => {
    const { id, author } = await thingOf(thing)
    await report(ana, thing, id, 'Call 555 0100, says Ana Lima')
    await hide(moderator, { thing, id, reason: 'private', words: 'Please leave the number out.' }, visit())
    expect(await listReportsOf(thing, id)).toEqual([])
    await restore(moderator, { thing, id, reason: 'corrected', words: undefined }, visit())
    const events = await db().moderationEvent.findMany({ where: { thingId: id }, orderBy: { id: 'asc' } })
    expect(events).toMatchObject([
      { actorId: moderator.memberId, act: 'hide', thing, communityId: nursing.id, reason: 'private' },
      { actorId: moderator.memberId, act: 'restore', thing, communityId: nursing.id, reason: 'corrected' },
    ])
    expect(JSON.stringify(events)).not.toMatch(/555 0100|the number|Lima|Moor/)
    const reader = await signedIn(author)
    expect((await listNotices(reader))?.rows).toMatchObject([
      { event: 'restore', reason: 'corrected', words: null },
      { event: 'hide', reason: 'private', words: 'Please leave the number out.' },
    ])
    const mails = await mailsTo(author.email)
    const decision = { props: { subject: 'A decision of a moderator' } }
    expect(mails).toMatchObject([decision, decision])
    expect(JSON.stringify(mails[0])).toContain('Please leave the number out.')
    expect(JSON.stringify(mails)).not.toContain('555 0100')
    expect((await listActs(moderator))?.rows.map(({ thingId }) => thingId)).toContain(id)
    expect((await listActs(stranger))?.rows).toEqual([])
  })
})

describe('who asked', () => {
  const looked = async (viewer: Someone, id: string) => hasLookedUp(viewer, id, await listReportsOf('question', id))

  test('is told to the moderator who looked it up, as long as the report is open, and that stays written down', async () => {
    const { question } = await asked()
    const which = { thing: 'question', id: question.id } as const
    expect(await findModerated(moderator, 'question', question.id)).toMatchObject({ named: false })
    await expect(lookUp(moderator, which, visit())).rejects.toMatchObject({ code: 'conflict' })
    // One's own report opens nothing.
    await report(moderator, 'question', question.id)
    await expect(lookUp(moderator, which, visit())).rejects.toMatchObject({ code: 'conflict' })
    await report(ana, 'question', question.id)
    expect(await looked(moderator, question.id)).toBe(false)
    await lookUp(moderator, which, visit())
    await lookUp(moderator, which, visit())
    expect([await looked(moderator, question.id), await looked(admin, question.id)]).toEqual([true, false])
    expect(await db().moderationEvent.findMany({ where: { thingId: question.id } })).toMatchObject([
      { actorId: moderator.memberId, act: 'look-up', thing: 'question', communityId: nursing.id, reason: 'spam' },
    ])
    await keep(moderator, which, visit())
    expect(await looked(moderator, question.id)).toBe(false)
    // Of another report it is looked up again.
    const later = visit({ now: new Date(Date.now() + 1_000) })
    await sendReport(ana, { ...which, reason: 'abuse', words: undefined }, later)
    expect(await looked(moderator, question.id)).toBe(false)
    await lookUp(moderator, which, later)
    expect(await looked(moderator, question.id)).toBe(true)
  })

  test('needs no looking up where readers see it, and has none where nobody did', async () => {
    const { question, answer, asker } = await asked()
    await db().question.update({ where: { id: question.id }, data: { showName: true } })
    const { id: nobodys } = await makeQuestion(nursing.id)
    for (const [thing, id] of [
      ['question', question.id],
      ['answer', answer.id],
      ['profile', answer.mentorId],
      ['question', nobodys],
    ] as const) {
      await report(ana, thing, id)
      await expect(lookUp(admin, { thing, id }, visit())).rejects.toMatchObject({ code: 'conflict' })
    }
    expect(await findModerated(moderator, 'question', question.id)).toMatchObject({ named: true, authorId: asker.memberId })
    // Readers see it no more while the profile is hidden.
    await db().member.update({ where: { id: asker.memberId }, data: { profileHiddenAt: new Date() } })
    expect(await findModerated(moderator, 'question', question.id)).toMatchObject({ named: false })
  })

  test('is in no list of moderators when they suspend that person', async () => {
    const { question, asker } = await asked()
    const given = { thing: 'question', id: question.id, until: inDays(3), reason: 'spam', words: undefined } as const
    await suspend(moderator, given, visit())
    expect(await db().account.findUnique({ where: { memberId: asker.memberId } })).toMatchObject({ suspendedUntil: given.until })
    expect(await db().moderationEvent.findMany({ where: { thingId: { in: [question.id, asker.memberId] } } })).toMatchObject([
      { act: 'suspend', thing: 'question', thingId: question.id },
    ])
  })
})

test('What a moderator did is neither changed nor deleted', async () => {
  const { id } = await thingOf('answer')
  await decide('hide', 'answer', id)
  await expect(db().moderationEvent.updateMany({ where: { thingId: id }, data: { reason: 'other' } })).rejects.toThrow('never changed')
  await expect(db().moderationEvent.deleteMany({ where: { thingId: id } })).rejects.toThrow('never changed')
})

test('An act that fails leaves nothing: no hidden thing, no event, no notice, no mail', async () => {
  const { id, author } = await thingOf('answer')
  const given = { thing: 'answer', id, reason: 'no reason of ours' as 'spam', words: undefined } as const
  await expect(hide(moderator, given, visit())).rejects.toThrow()
  expect(await db().answer.findUnique({ where: { id } })).toMatchObject({ hiddenAt: null })
  expect(await db().moderationEvent.count({ where: { thingId: id } })).toBe(0)
  expect(await mailsTo(author.email)).toEqual([])
})

describe('suspended', () => {
  test('somebody is out at once everywhere, and in again can only take the own data and leave', async () => {
    const { answer, mentor } = await asked(PASSWORD)
    const here = await visitOf(mentor)
    const until = inDays(3)
    await suspend(moderator, { thing: 'answer', id: answer.id, until, reason: 'abuse', words: 'Ana is a person.' }, visit())
    expect(await findSession(tokenHash(here.token), new Date())).toBeNull()
    const signIn = (now: Date) => signInWithPassword(null, { email: mentor.email, password: PASSWORD, next: null }, visit({ now }))
    expect(await signIn(new Date())).toMatchObject({ session: {}, to: paths.settingsData() })
    expect(await signIn(until)).toMatchObject({ session: {}, to: paths.home() })
    const { viewer } = await visitOf(mentor)
    expect((await getOwnAccount(viewer)).suspended).toEqual({
      until,
      why: expect.stringMatching(/insults or threatens somebody\. Ana is a person\./),
    })
    expect(await mailsTo(mentor.email)).toMatchObject([{ props: { subject: 'A decision of a moderator' } }])
    expect(await db().moderationEvent.findMany({ where: { thingId: mentor.memberId } })).toMatchObject([
      { act: 'suspend', thing: 'profile' },
    ])
  })

  test('somebody is so for less time only by an admin', async () => {
    const { answer, mentor } = await asked()
    const given = { thing: 'answer', id: answer.id, words: undefined } as const
    const [early, day, late] = [inDays(2), inDays(5), inDays(9)]
    const standing = async () => {
      const { suspendedUntil, suspendedFor } = await db().account.findUniqueOrThrow({ where: { memberId: mentor.memberId } })
      return { suspendedUntil, suspendedFor }
    }
    await suspend(admin, { ...given, until: day, reason: 'abuse' }, visit())
    const before = await standing()
    await expect(suspend(moderator, { ...given, until: early, reason: 'spam' }, visit())).rejects.toMatchObject({
      code: 'forbidden',
      fields: { until: expect.any(String) },
    })
    expect(await standing()).toEqual(before)
    await suspend(moderator, { ...given, until: late, reason: 'spam' }, visit())
    expect(await standing()).toMatchObject({ suspendedUntil: late })
    await suspend(admin, { ...given, until: early, reason: 'other' }, visit())
    expect(await standing()).toMatchObject({ suspendedUntil: early })
  })

  test('nobody is for longer than a year or in the past, and no admin', async () => {
    const { answer, mentor } = await asked()
    const given = { thing: 'answer', id: answer.id, reason: 'spam', words: undefined } as const
    for (const until of [inDays(-1), inDays(400)]) {
      await expect(suspend(moderator, { ...given, until }, visit())).rejects.toMatchObject({ code: 'invalid' })
    }
    await db().account.update({ where: { memberId: mentor.memberId }, data: { adminSince: new Date() } })
    await expect(suspend(moderator, { ...given, until: inDays(3) }, visit())).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('hidden', () => {
  test.each<Thing>(['question', 'answer'])(
    'a %s is in nothing that the public reads or counts, and restored in all of it again',
    async (thing) => {
      const site = await place()
      const before = await everything(site)
      const marks = thing === 'question' ? /furlong|heron/ : /heron/
      expect(JSON.stringify(before)).toMatch(marks)
      await decide('hide', thing, thing === 'question' ? site.question.id : site.answer.id, admin)
      const hidden = await everything(site)
      for (const [name, shown] of Object.entries(hidden)) expect(JSON.stringify(shown), name).not.toMatch(marks)
      expect(hidden.counts).toMatchObject(thing === 'question' ? none : { ...none, questionCount: 1, topicQuestions: 1, amaQuestions: 1 })
      if (thing === 'question') expect(hidden.question).toBeNull()
      expect(await withSession(findDrift)).toEqual([])
      await decide('restore', thing, thing === 'question' ? site.question.id : site.answer.id, admin)
      expect(await everything(site)).toEqual(before)
      expect(await withSession(findDrift)).toEqual([])
    },
  )

  test('a profile says nothing, and its name and answers stay', async () => {
    const site = await place()
    const said = { links: ['https://otis.example/'], disclosure: 'Owns herons.', timeZone: 'UTC', portraitId: uuid() }
    await db().member.update({ where: { id: site.mentor.id }, data: said })
    const before = await everything(site)
    await decide('hide', 'profile', site.mentor.id, admin)
    const nothing = { bio: null, links: [], disclosure: null, timeZone: null, portraitId: null }
    expect(await getMentor(site.mentor.handle)).toMatchObject({ name: 'Otis Wade', answerCount: 1, ...nothing })
    expect(JSON.stringify(await everything(site))).not.toContain(said.portraitId)
    expect(await isShownPortrait(said.portraitId)).toBe(false)
    expect(await findModerated(admin, 'profile', site.mentor.id)).toMatchObject({
      text: 'I counted every heron.\n\nOwns herons.\n\nhttps://otis.example/',
      portraitId: said.portraitId,
    })
    await decide('restore', 'profile', site.mentor.id, admin)
    expect(await getMentor(site.mentor.handle)).toMatchObject({ bio: 'I counted every heron.', ...said })
    expect(await everything(site)).toEqual(before)
    expect(await isShownPortrait(said.portraitId)).toBe(true)
  })

  test('a member who is no mentor has no page, no picture and no name under a question, under no address', async () => {
    const { memberId, handle } = await makePerson({ name: 'Ida Moon' })
    const ida = await signedIn({ memberId })
    const own = { askedById: memberId, showName: true }
    const ama = await makeAma({ communityId: nursing.id, topicId: (await makeTopic(nursing.id)).id }, [], new Date())
    const question = await makeQuestion(nursing.id, { ...own, amaId: ama.id, number: 1 })
    const waits = await makeQuestion(nursing.id, { ...own, heldAt: new Date(0), hiddenAt: new Date(0) })
    const askedBy = async () => [
      (await getQuestion(question.slug))?.askedBy,
      (await listAmaQuestions(ama.id, 'past'))?.rows[0]?.askedBy,
      (await listHeld(nursing.id))?.rows.find(({ id }) => id === waits.id)?.askedBy,
    ]
    const portraitId = uuid()
    await db().member.update({ where: { id: memberId }, data: { handle: `ida-${memberId}`, portraitId } })
    const named = Array.from({ length: 3 }, () => 'Ida Moon')
    expect(await askedBy()).toEqual(named)
    await report(ana, 'profile', memberId)
    // She is in no community: admins decide.
    await expect(decide('hide', 'profile', memberId)).rejects.toMatchObject({ code: 'not_found' })
    await decide('hide', 'profile', memberId, admin)
    expect([await getMember(`ida-${memberId}`), await currentSlug('Member', handle)]).toEqual([null, null])
    expect(await askedBy()).toEqual([null, null, null])
    expect((await visitOf({ memberId })).viewer).toMatchObject({ portraitId: null })
    await db().member.update({ where: { id: memberId }, data: { bio: 'Put right.' } })
    await expect(db().member.update({ where: { id: memberId }, data: { portraitId: uuid() } })).rejects.toThrow('hiddenPortraitId')
    await setPortrait(ida, { portrait: new File([new Uint8Array(await photo())], 'me.jpg') })
    const { hiddenPortraitId } = await db().member.findUniqueOrThrow({ where: { id: memberId } })
    expect([hiddenPortraitId, await isShownPortrait(hiddenPortraitId ?? '')]).toEqual([expect.not.stringMatching(portraitId), false])
    await decide('restore', 'profile', memberId, admin)
    expect(await getMember(`ida-${memberId}`)).toMatchObject({ bio: 'Put right.', portraitId: hiddenPortraitId })
    expect(await currentSlug('Member', handle)).toBe(`ida-${memberId}`)
    expect(await askedBy()).toEqual(named)
  })

  test('a question takes answers along that come while it is hidden, and an answer of its own stays hidden after it', async () => {
    const site = await place()
    await decide('hide', 'question', site.question.id, admin)
    await makeAnswer(site.question.id, site.mentor.id, { body: 'Late, a second heron.' })
    expect(await getMentor(site.mentor.handle)).toMatchObject({ answerCount: 0 })
    await decide('hide', 'answer', site.answer.id, admin)
    await decide('restore', 'question', site.question.id, admin)
    expect(await getQuestion(site.question.slug)).toMatchObject({ answerCount: 1, leadExcerpt: 'Late, a second heron.' })
    expect(await withSession(findDrift)).toEqual([])
  })

  test('an answer that comes back makes nobody who is gone a mentor', async () => {
    const site = await place()
    await decide('hide', 'answer', site.answer.id, admin)
    const nobody = { name: '[deleted]', handle: `deleted-${site.mentor.id}`, bio: null, companyId: null, title: null, mentorSince: null }
    await db().communityMentor.deleteMany({ where: { memberId: site.mentor.id } })
    await db().member.update({ where: { id: site.mentor.id }, data: { ...nobody, deletedAt: new Date() } })
    await decide('restore', 'answer', site.answer.id, admin)
    expect(await getQuestion(site.question.slug)).toMatchObject({ answerCount: 1 })
    expect(await db().communityMentor.count({ where: { memberId: site.mentor.id } })).toBe(0)
    expect(await withSession(findDrift)).toEqual([])
  })

  test('while it is answered, viewed and hidden at once, all counts stay right', async () => {
    const site = await place()
    const turns = Array.from({ length: 6 }, (_, i) => (i % 2 ? 'restore' : 'hide') as 'hide' | 'restore')
    await Promise.all([
      ...turns.map((turn) => decide(turn, 'question', site.question.id, admin).catch(() => null)),
      ...turns.map((turn) => decide(turn, 'answer', site.answer.id, admin).catch(() => null)),
      ...turns.map(() => makeAnswer(site.question.id, site.mentor.id)),
    ])
    expect(await withSession(findDrift)).toEqual([])
  }, 20_000)
})

const none = {
  questionCount: 0,
  answerCount: 0,
  topicQuestions: 0,
  topicAnswers: 0,
  amaAnswered: 0,
  mentorAnswers: 0,
  mentorViews: 0,
  ranked: [0],
}

async function place() {
  const community = await makeCommunity()
  const topic = await makeTopic(community.id)
  const company = await makeCompany(`Wade ${uuid()}`)
  const mentor = await makeMentor({ name: 'Otis Wade', companyId: company.id, bio: 'I counted every heron.' })
  const ama = await makeAma({ communityId: community.id, topicId: topic.id }, [mentor], new Date('2024-05-31T10:00:00Z'))
  const slug = `furlong-${uuid()}`
  const of = { amaId: ama.id, number: 1, topicId: topic.id, details: 'In furlongs, please.' }
  const question = await makeQuestion(community.id, { ...of, slug: `${slug}-before`, title: 'How long is a furlong?' })
  await db().question.update({ where: { id: question.id }, data: { slug } })
  const answer = await makeAnswer(question.id, mentor.id, { body: 'As far as a heron flies.', viewBase: 40_000_000, companyId: company.id })
  return { community, topic, company, mentor, ama, question: { ...question, slug }, old: question.slug, answer }
}

/** All that the public reads of a place. */
async function everything({ community, topic, company, mentor, ama, question, old }: Awaited<ReturnType<typeof place>>) {
  const parts = (await listSitemapParts()).filter((part) => part.startsWith('questions'))
  const [ofCommunity, ofTopic, ofAma, ofMentor, mentors] = await Promise.all([
    getCommunity(community.slug),
    getTopic(topic.slug),
    getAma(ama.slug),
    getMentor(mentor.handle),
    listCommunityMentors(community.id, 'name', new Date()),
  ])
  const other = { id: uuid(), communityId: community.id, viewCount: 0 }
  return {
    counts: {
      questionCount: ofCommunity?.questionCount,
      answerCount: ofCommunity?.answerCount,
      topicQuestions: ofTopic?.questionCount,
      topicAnswers: ofTopic?.answerCount,
      amaQuestions: ofAma?.questionCount,
      amaAnswered: ofAma?.answeredCount,
      mentorAnswers: ofMentor?.answerCount,
      mentorViews: ofMentor?.viewCount,
      ranked: mentors?.rows.map(({ answerCount }) => answerCount),
    },
    question: (await getQuestion(question.slug))?.leadExcerpt ?? null,
    answers: (await listAnswers(question.id))?.rows.map(({ html }) => html),
    mentor: await listMentorAnswers(mentor.id),
    company: await listCompanyAnswers(company.id),
    mentors: [mentors, await topMentors(community.id, []), await listPresentMentors(company.id), ofAma?.mentors],
    read: (await listCommunityQuestions(community.id, 'read'))?.rows.map(words),
    newest: (await listCommunityQuestions(community.id, 'newest'))?.rows.map(words),
    topic: (await listTopicQuestions(topic.id, 'read'))?.rows.map(words),
    past: (await listAmaQuestions(ama.id, 'past'))?.rows.map(words),
    live: (await listAmaQuestions(ama.id, 'live'))?.rows.map(words),
    worthReading: (await listWorthReading(5)).map(words).filter((text) => text.includes(question.slug)),
    related: await relatedQuestions({ ...other, topicId: topic.id }),
    relatedThere: await relatedQuestions({ ...other, topicId: null, viewCount: 50_000_000 }),
    feeds: await Promise.all([
      listNewestAnswers('communities', community.id),
      listNewestAnswers('topics', topic.id),
      listNewestAnswers('mentors', mentor.id),
      listNewestAnswers('amas', ama.id),
    ]),
    sitemap: (await Promise.all(parts.map((part) => listSitemapPages(part)))).flat().filter((page) => page?.path.includes(question.id)),
    picture: await getCard('questions', question.slug),
    moved: await currentSlug('Question', old),
  } satisfies Record<string, unknown>

  // Where only the answer is hidden the question's own words stay: of them nothing is looked for.
  function words({ slug, leadExcerpt, leadAnsweredAt }: { slug: string; leadExcerpt: string | null; leadAnsweredAt: Date | null }): string {
    return [slug, leadExcerpt, leadAnsweredAt?.toISOString()].join(' ')
  }
}

async function asked(password?: string) {
  const mentor = await makePerson({ name: 'Otis Wade', password })
  await db().member.update({ where: { id: mentor.memberId }, data: { mentorSince: new Date(), bio: 'I mend ladders.' } })
  const asker = await makePerson({ name: 'Ida Moon' })
  const question = await makeQuestion(nursing.id, { askedById: asker.memberId })
  const answer = await makeAnswer(question.id, mentor.memberId)
  return { question, answer, mentor, asker }
}

async function thingOf(thing: Thing) {
  const { question, answer, mentor, asker } = await asked()
  if (thing === 'question') return { id: question.id, author: asker }
  return { id: thing === 'answer' ? answer.id : mentor.memberId, author: mentor }
}

function report(viewer: Viewer, thing: Thing, id: string, words?: string) {
  return sendReport(viewer, { thing, id, reason: 'spam', words }, visit())
}

function decide(turn: 'hide' | 'restore', thing: Thing, id: string, viewer = moderator) {
  if (turn === 'hide') return hide(viewer, { thing, id, reason: 'spam', words: undefined }, visit())
  return restore(viewer, { thing, id, reason: 'mistake', words: undefined }, visit())
}

async function signedIn(person: { memberId: string }): Promise<Someone> {
  return (await visitOf(person)).viewer as Someone
}

function inDays(days: number): Date {
  return new Date(Date.now() + days * 24 * 60 * 60 * 1000)
}
