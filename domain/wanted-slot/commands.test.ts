import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { draftAma } from '#domain/ama/commands.ts'
import { DraftAma } from '#domain/ama/rules.ts'
import { acceptInvitation, forgetInvitations, withdrawInvitation } from '#domain/invitation/commands.ts'
import { listNotices } from '#domain/notice/queries.ts'
import { noticeHref, noticeText } from '#domain/notice/rules.ts'
import { deleteAccount } from '#domain/own-data/commands.ts'
import { attachQuestion, joinWanted } from '#domain/wanted/commands.ts'
import { getOwnWanted, getWanted } from '#domain/wanted/queries.ts'
import { QUESTIONS } from '#domain/wanted/rules.ts'
import {
  declineWanted,
  endWanted,
  inviteForWanted,
  leaveOutQuestion,
  neverInvite,
  offerSlots,
  pickSlots,
  settleWanted,
} from '#domain/wanted-slot/commands.ts'
import { getInvitedWanted } from '#domain/wanted-slot/queries.ts'
import { invitationText, invitedSince, OfferSlots, PickSlots } from '#domain/wanted-slot/rules.ts'
import { db } from '#lib/db.ts'
import { withSession } from '#lib/db-session.ts'
import { paths } from '#lib/paths.ts'
import { findDrift } from '#prisma/derived.ts'
import { crowd } from '#testing/crowd.ts'
import { makeAma, makeTopic, makeViewer } from '#testing/factories.ts'
import { mailsTo, workThrough } from '#testing/mails.ts'
import { address, as, makeHost, makeReadyWish, makeWish, never, type Person, people } from '#testing/wishes.ts'

describe('A host invites', () => {
  test('somebody by mail, with the questions; the link makes a mentor of them, and leads to the invitation', async () => {
    const { ada, community, slug, id } = await makeReadyWish()
    const host = await makeHost(community.id)
    await attachQuestion(ada, { id, question: 'How hot is the kiln?' })
    const wanted = await getInvitedWanted(slug)
    const text = invitationText(wanted ?? never(), wanted?.questions ?? [], host.name)
    const to = address()
    await inviteForWanted(host, { id, topic: 'new', who: to, text }, as(host))
    const [mail] = await mailsTo(to)
    expect(mail?.subject).toMatch(/would like to ask you/)
    expect(mail?.text).toContain('How hot is the kiln?')
    expect(mail?.text).not.toContain(ada.handle)
    const word = /\/invitations\/(\S+)/.exec(mail?.text ?? '')?.[1] ?? ''
    const mara = await makeViewer()
    expect(await acceptInvitation(mara, { word }, as(mara))).toEqual({ to: `/wanted/${slug}/invitation` })
    expect(await getInvitedWanted(slug)).toMatchObject({ mentor: { id: mara.memberId }, questions: ['How hot is the kiln?'] })
    const kept = await db().$queryRaw<
      { text: string }[]
    >`SELECT w::text AS text FROM "Wanted" w UNION ALL SELECT n::text FROM "NotToInvite" n`
    expect(kept.some((row) => row.text.includes(to))).toBe(false)
  })

  test('a member, who is told, and says no: where that is whom people wish for it is over, else somebody else may be invited', async () => {
    for (const [kind, byName] of [
      ['mentor', true],
      ['mentor', false],
      ['topic', false],
    ] as const) {
      const mara = await makeViewer()
      const { ada, community, slug, id } = await makeReadyWish({ kind, ...(byName && { title: `@${mara.handle}` }) })
      const [host, topic] = [await makeHost(community.id), await makeTopic(community.id)]
      await inviteForWanted(host, { id, topic: topic.id, who: mara.handle, text: 'Would you?' }, as(host))
      await workThrough()
      const told = await db().notice.findMany({ where: { memberId: mara.memberId } })
      expect(told).toMatchObject([{ event: 'wanted-invitation', wantedId: id, why: 'invited' }])
      await expect(declineWanted(ada, { id, never: undefined }, as(ada))).rejects.toMatchObject({ code: 'not_found' })
      await declineWanted(mara, { id, never: undefined }, as(mara))
      await workThrough()
      const heard = async (memberId: string) => (await db().notice.findMany({ where: { memberId } })).map(({ event }) => event)
      expect(await heard(host.memberId)).toContain('wanted-declined')
      expect((await heard(ada.memberId)).includes('wanted-declined')).toBe(byName)
      expect((await getWanted(slug))?.closedAt instanceof Date).toBe(byName)
    }
  })

  test('somebody else, while the invitation of before is withdrawn and forgotten: neither waits for the other for ever', async () => {
    const { community, slug, id } = await makeReadyWish()
    const host = await makeHost(community.id)
    const again = () => inviteForWanted(host, { id, topic: 'new', who: address(), text: 'Would you?' }, as(host))
    await again()
    for (let i = 0; i < 10; i++) {
      const { invitationId } = await db().wanted.findUniqueOrThrow({ where: { slug } })
      const withdrawal = withdrawInvitation(host, { id: invitationId ?? never(), next: '/' })
      const [invited, withdrawn, forgotten] = await Promise.allSettled([again(), withdrawal, forgetInvitations(instant(1, 0))])
      expect([invited.status, forgotten.status]).toEqual(['fulfilled', 'fulfilled'])
      // It was gone already.
      if (withdrawn.status === 'rejected') expect(withdrawn.reason).toMatchObject({ code: 'not_found' })
      await again()
    }
  })

  test('somebody else before the first one heard of it: the first one does not', async () => {
    const { community, id } = await makeReadyWish()
    const [host, mara, cora] = [await makeHost(community.id), await makeViewer(), await makeViewer()]
    for (const { handle } of [mara, cora]) await inviteForWanted(host, { id, topic: 'new', who: handle, text: 'Would you?' }, as(host))
    await workThrough()
    const told = await db().notice.findMany({ where: { wantedId: id, event: 'wanted-invitation' } })
    expect(told).toMatchObject([{ memberId: cora.memberId }])
  })

  test('once, by a form that is sent twice', async () => {
    const { community, id } = await makeReadyWish()
    const [host, to] = [await makeHost(community.id), address()]
    const form = { id, topic: 'new' as const, who: to, text: 'Would you?', invited: '' }
    await inviteForWanted(host, form, as(host))
    await expect(inviteForWanted(host, form, as(host))).rejects.toMatchObject({ code: 'conflict' })
    expect(await mailsTo(to)).toHaveLength(1)
    const invited = invitedSince(await db().wanted.findUniqueOrThrow({ where: { id } }))
    await inviteForWanted(host, { ...form, who: address(), invited }, as(host))
  })

  test('nobody before enough want it, nobody for another community, and no topic of another', async () => {
    const [{ id, community }, ready] = [await makeWish(), await makeReadyWish()]
    const [host, other] = [await makeHost(community.id), await makeHost(ready.community.id)]
    const to = address()
    const invited = { topic: 'new' as const, who: to, text: 'Would you?' }
    await expect(inviteForWanted(host, { ...invited, id }, as(host))).rejects.toMatchObject({ code: 'conflict' })
    await expect(inviteForWanted(host, { ...invited, id: ready.id }, as(host))).rejects.toMatchObject({ code: 'not_found' })
    const { id: topic } = await makeTopic(community.id)
    await expect(inviteForWanted(other, { ...invited, id: ready.id, topic }, as(other))).rejects.toMatchObject({ code: 'invalid' })
    for (const who of ['nobody-at-all', 'no@address', '@']) {
      await expect(inviteForWanted(other, { ...invited, id: ready.id, who }, as(other))).rejects.toMatchObject({ code: 'invalid' })
    }
  })
})

describe('Whoever says no for good', () => {
  test('by the link of the mail, without an account, is invited by nobody any more, until they take it back', async () => {
    const { community, id } = await makeReadyWish()
    const host = await makeHost(community.id)
    const to = address()
    const invited = { id, topic: 'new' as const, who: to, text: 'Would you?' }
    await inviteForWanted(host, invited, as(host))
    const [mail] = await mailsTo(to)
    const word = /\/no-invitations\/(\S+)/.exec(mail?.text ?? '')?.[1] ?? ''
    await neverInvite(null, { word, again: undefined }, as(null))
    await neverInvite(null, { word, again: undefined }, as(null))
    const { invitationId, closedAt } = await db().wanted.findUniqueOrThrow({ where: { id } })
    expect([invitationId, closedAt]).toEqual([null, null])
    await expect(inviteForWanted(host, { ...invited, who: to.toUpperCase() }, as(host))).rejects.toMatchObject({
      fields: { who: 'This address does not want to be asked.' },
    })
    await workThrough()
    expect(await db().notice.findMany({ where: { memberId: host.memberId, event: 'wanted-declined' } })).toMatchObject([
      { words: 'Whoever was invited does not want to be asked again.' },
    ])
    await neverInvite(null, { word, again: 'on' }, as(null))
    await inviteForWanted(host, invited, as(host))
    await expect(neverInvite(null, { word: `${word.slice(0, -8)}AAAAAAAA`, again: undefined }, as(null))).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  test('by a mail to somebody else ends nothing of a member who is wished for; by one to their own address it does', async () => {
    for (const own of [false, true]) {
      const mara = await makeViewer()
      const { community, id } = await makeReadyWish({ kind: 'mentor', title: `@${mara.handle}` })
      const host = await makeHost(community.id)
      const { email } = await db().account.findUniqueOrThrow({ where: { memberId: mara.memberId } })
      const to = own ? email : address()
      await inviteForWanted(host, { id, topic: 'new', who: to, text: 'Would you?' }, as(host))
      const [mail] = await mailsTo(to)
      const word = /\/no-invitations\/(\S+)/.exec(mail?.text ?? '')?.[1] ?? ''
      await neverInvite(null, { word, again: undefined }, as(null))
      const { invitationId, closedAt } = await db().wanted.findUniqueOrThrow({ where: { id } })
      expect([invitationId, closedAt !== null]).toEqual([null, own])
    }
  })

  test('is said so to the hosts alone: who joined hears that it does not come about', async () => {
    const mara = await makeViewer()
    const { ada, community, id } = await makeReadyWish({ kind: 'mentor', title: `@${mara.handle}` })
    const host = await makeHost(community.id)
    await inviteForWanted(host, { id, topic: 'new', who: mara.handle, text: 'Would you?' }, as(host))
    await declineWanted(mara, { id, never: 'on' }, as(mara))
    await workThrough()
    const heard = (memberId: string) => db().notice.findMany({ where: { memberId, event: 'wanted-declined' } })
    expect(await heard(host.memberId)).toMatchObject([{ words: 'Whoever was invited does not want to be asked again.' }])
    expect(await heard(ada.memberId)).toMatchObject([{ why: 'joined', words: null }])
  })

  test('as a member, is asked to hold no AMA either', async () => {
    const { community, id } = await makeReadyWish()
    const [host, mara] = [await makeHost(community.id), await makeViewer()]
    await inviteForWanted(host, { id, topic: 'new', who: mara.handle, text: 'Would you?' }, as(host))
    await declineWanted(mara, { id, never: 'on' }, as(mara))
    await db().communityMentor.create({ data: { communityId: community.id, memberId: mara.memberId } })
    const topic = await makeTopic(community.id)
    const date = new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10)
    const time = { date, time: '10:00', zone: 'UTC', minutes: '60', opens: 'at once', checking: '' }
    const typed = (mentor1: string) => DraftAma.parse({ community: community.id, topic: topic.id, mentor1, ...time })
    await expect(draftAma(host, typed(mara.handle), as(host))).rejects.toMatchObject({
      fields: { mentor1: expect.stringContaining('does not want to be asked') },
    })
    await db().communityMentor.create({ data: { communityId: community.id, memberId: host.memberId } })
    await draftAma(host, typed(host.handle), as(host))
  })
})

describe('The date', () => {
  test('is set once, when enough of those who joined can come to one of the times: fifty say so at one moment', async () => {
    const { ada, community, slug, id } = await makeOfferedWish(4)
    const fifty = await people(50)
    await crowd(fifty.map((person) => () => joinWanted(as(person), slug)))
    await attachQuestion(ada, { id, question: 'How hot is the kiln?' })
    await crowd(fifty.slice(0, 20).map((person, i) => () => attachQuestion(person, { id, question: `What is it, number ${i + 1}?` })))
    const { offeredAt } = await db().wanted.findUniqueOrThrow({ where: { id } })
    const typed = { id, offered: offeredAt ?? never(), slot2: 'on' as const }
    const refused = await crowd(fifty.map((person) => () => refusalOf(pickSlots(person, typed, as(person)))))
    // Who comes later hears that it is set.
    for (const refusal of refused) if (refusal !== null) expect(refusal).toMatchObject({ code: 'conflict' })
    const amas = await db().ama.findMany({ where: { communityId: community.id }, include: { mentors: true, topic: true, reminders: true } })
    expect(amas).toMatchObject([{ publishedAt: expect.any(Date), timeZone: 'Europe/Berlin', topic: { name: 'Glazing without lead' } }])
    expect(amas[0]?.mentors).toHaveLength(1)
    expect(amas[0]?.reminders).toHaveLength(52)
    const questions = await db().question.findMany({
      where: { amaId: amas[0]?.id },
      include: { requests: true },
      orderBy: { number: 'asc' },
    })
    expect(questions).toHaveLength(21)
    expect(questions[0]).toMatchObject({ title: 'How hot is the kiln?', showName: false, askedById: ada.memberId, requestCount: 1 })
    expect(await getWanted(slug)).toMatchObject({ closedAt: expect.any(Date), ama: { slug: amas[0]?.slug, cancelled: false } })
    await expect(attachQuestion(ada, { id, question: 'Is it too late for this one?' })).rejects.toMatchObject({ code: 'not_found' })
    await db().ama.update({ where: { slug: amas[0]?.slug }, data: { cancelledAt: new Date() } })
    expect(await getWanted(slug)).toMatchObject({ ama: { cancelled: true } })
    await db().ama.update({ where: { slug: amas[0]?.slug }, data: { cancelledAt: null } })
    await workThrough()
    const told = await db().notice.findMany({ where: { memberId: ada.memberId, event: 'ama-scheduled' } })
    expect(told).toMatchObject([{ why: 'joined' }])
    expect(await withSession((session) => findDrift(session))).toEqual([])
  })

  test('being set, or hosts changing something, keeps nobody waiting who says what suits', async () => {
    const { ada, id, slug } = await makeOfferedWish(4)
    await db().$transaction(
      async (tx) => {
        await tx.$queryRaw`SELECT 1 AS locked FROM "Wanted" WHERE id = ${id}::uuid FOR UPDATE`
        await pick(ada, { id, slot1: 'on' }, as(ada))
      },
      { timeout: 60_000 },
    )
    expect((await getOwnWanted(ada, slug))?.slots.map(({ picked }) => picked)).toEqual([true, false])
  })

  test('is set by nobody alone, nor by half who mean different times; what suits can be changed', async () => {
    const { ada, ben, community, id, slug } = await makeOfferedWish(4)
    await pick(ada, { id, slot1: 'on' }, as(ada))
    await pick(ben, { id, slot2: 'on', slot5: 'on' }, as(ben))
    expect((await getOwnWanted(ben, slug))?.slots.map(({ picked }) => picked)).toEqual([false, true])
    expect(await db().ama.count({ where: { communityId: community.id } })).toBe(0)
    await pick(ben, { id, slot1: 'on' }, as(ben))
    expect(await db().ama.findMany({ where: { communityId: community.id } })).toMatchObject([{ startsAt: instant(8, 8) }])
  })

  test('is none at which the mentor holds another AMA, or that is past', async () => {
    const { ada, ben, mara, community, id } = await makeOfferedWish(4)
    const topic = await makeTopic(community.id)
    const member = await db().member.findUniqueOrThrow({ where: { id: mara.memberId } })
    await makeAma({ communityId: community.id, topicId: topic.id }, [member], instant(8, 8))
    for (const person of [ada, ben]) await pick(person, { id, slot1: 'on', slot2: 'on' }, as(person))
    expect(await db().ama.findMany({ where: { communityId: community.id, topicId: { not: topic.id } } })).toMatchObject([
      { startsAt: instant(9, 8) },
    ])
    const taken = await makeOfferedWish(4)
    const busy = await db().member.findUniqueOrThrow({ where: { id: taken.mara.memberId } })
    for (const at of [8, 9]) await makeAma({ communityId: community.id, topicId: topic.id }, [busy], instant(at, 8))
    for (const person of [taken.ada, taken.ben]) await pick(person, { id: taken.id, slot1: 'on', slot2: 'on' }, as(person))
    expect(await db().topic.count({ where: { communityId: taken.community.id } })).toBe(0)
    const late = await makeOfferedWish(4)
    const then = { now: instant(30, 0) }
    for (const person of [late.ada, late.ben]) await pick(person, { id: late.id, slot1: 'on' }, { ...as(person), ...then })
    expect(await db().ama.count({ where: { communityId: late.community.id } })).toBe(0)
  })

  test('is never one of times that a form of before did not show', async () => {
    const { ada, ben, mara, community, id, slug } = await makeOfferedWish(4)
    const { offeredAt } = await db().wanted.findUniqueOrThrow({ where: { id } })
    const stale = { id, slot1: 'on' as const, offered: offeredAt ?? never() }
    await offerSlots(mara, OfferSlots.parse({ ...offered(id), date1: day(20) }), { ...as(mara), now: new Date(Date.now() + 60_000) })
    for (const person of [ada, ben]) {
      await expect(pickSlots(person, stale, as(person))).rejects.toMatchObject({ code: 'conflict' })
    }
    expect((await getOwnWanted(ada, slug))?.slots.map(({ picked }) => picked)).toEqual([false, false])
    expect(await db().ama.count({ where: { communityId: community.id } })).toBe(0)
  })

  test('is none with a mentor who is suspended, or a mentor there no longer; then hosts invite somebody else', async () => {
    const [suspended, unmade] = [await makeOfferedWish(4), await makeOfferedWish(4)]
    await db().account.update({ where: { memberId: suspended.mara.memberId }, data: { suspendedUntil: instant(30, 0) } })
    await db().communityMentor.deleteMany({ where: { memberId: unmade.mara.memberId } })
    for (const { host, ada, ben, community, id, slug } of [suspended, unmade]) {
      for (const person of [ada, ben]) await pick(person, { id, slot1: 'on' }, as(person))
      expect(await db().ama.count({ where: { communityId: community.id } })).toBe(0)
      await inviteForWanted(host, { id, topic: 'new', who: ben.handle, text: 'Would you?' }, as(host))
      expect(await getOwnWanted(ada, slug)).toMatchObject({ offeredAt: null, slots: [] })
    }
  })

  test('that is past leaves the hosts free to invite somebody else', async () => {
    const { host, ben, id } = await makeOfferedWish(4)
    const invited = { id, topic: 'new' as const, who: ben.handle, text: 'Would you?' }
    await expect(inviteForWanted(host, invited, { ...as(host), now: instant(9, 7) })).rejects.toMatchObject({ code: 'conflict' })
    await inviteForWanted(host, invited, { ...as(host), now: instant(9, 8) })
    expect(await getInvitedWanted((await db().wanted.findUniqueOrThrow({ where: { id } })).slug)).toMatchObject({
      mentor: { id: ben.memberId },
      offeredAt: null,
    })
  })

  test('that none of the times became ends the yes: hosts and the mentor hear of it once, and other times can be offered', async () => {
    const { ada, host, mara, id, slug } = await makeOfferedWish(4)
    await settleWanted(instant(9, 7))
    expect((await getOwnWanted(ada, slug, instant(9, 7)))?.slots.map(({ number }) => number)).toEqual([2])
    for (const _ of [1, 2]) await settleWanted(instant(9, 8))
    expect(await db().wanted.findUnique({ where: { id }, include: { slots: true } })).toMatchObject({
      ...{ mentorId: mara.memberId, offeredAt: null, closedAt: null, slots: [] },
    })
    await workThrough()
    const told = async (person: Person) => (await listNotices(person))?.rows.filter(({ event }) => event === 'wanted-lapsed') ?? []
    expect([(await told(mara)).map(noticeHref), (await told(host)).map(noticeHref), (await told(ada)).length]).toEqual([
      [paths.wantedInvitation(slug)],
      [paths.hostedWanted(slug)],
      0,
    ])
    await offerSlots(mara, offered(id), as(mara))
    expect((await getOwnWanted(ada, slug))?.slots).toHaveLength(2)
  })

  test('and the word to the hosts are made good where the process ended before', async () => {
    const [due, early, full] = [await makeOfferedWish(4), await makeOfferedWish(4), await makeWish()]
    const pickedOf = async (id: string) => (await db().wanted.findUniqueOrThrow({ where: { id } })).offeredAt
    const first = async (id: string) => ({ picked: [1], pickedOf: await pickedOf(id) })
    await db().wantedJoin.updateMany({ where: { wantedId: due.id }, data: await first(due.id) })
    const who = { wantedId: early.id, memberId: early.ada.memberId }
    await db().wantedJoin.updateMany({ where: who, data: await first(early.id) })
    await db().community.update({ where: { id: full.community.id }, data: { wantedThreshold: 2 } })
    const [host, ben] = [await makeHost(full.community.id), await makeViewer()]
    await db().wantedJoin.create({ data: { wantedId: full.id, memberId: ben.memberId } })
    for (const _ of [1, 2]) await settleWanted(new Date())
    expect(await db().ama.count({ where: { communityId: due.community.id } })).toBe(1)
    expect(await db().ama.count({ where: { communityId: early.community.id } })).toBe(0)
    expect(await db().wanted.findUnique({ where: { id: full.id } })).toMatchObject({ readyAt: expect.any(Date) })
    await workThrough()
    expect(await db().notice.count({ where: { memberId: host.memberId, event: 'wanted-ready' } })).toBe(1)
  })

  test('is chosen by who joined alone, from what the invited alone offers', async () => {
    const { host, ben, id } = await makeOfferedWish(4)
    const eve = await makeViewer()
    await expect(pick(eve, { id, slot1: 'on' }, as(eve))).rejects.toMatchObject({ code: 'forbidden' })
    for (const person of [host, ben, eve]) {
      await expect(offerSlots(person, offered(id), as(person))).rejects.toMatchObject({ code: 'not_found' })
    }
    await expect(inviteForWanted(host, { id, topic: 'new', who: ben.handle, text: 'Would you?' }, as(host))).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  test('that is offered again as it was leaves what suits; hosts hear that times are offered, and are led to their page', async () => {
    const { ada, community, host, mara, id, slug } = await makeOfferedWish(4)
    const both = await makeHost(community.id)
    await joinWanted(as(both), slug)
    await pick(ada, { id, slot1: 'on' }, as(ada))
    await workThrough()
    await offerSlots(mara, { ...offered(id), minutes: 45 }, as(mara))
    await workThrough()
    expect((await getOwnWanted(ada, slug))?.slots.map(({ picked }) => picked)).toEqual([true, false])
    expect(await db().wanted.findUnique({ where: { id } })).toMatchObject({ minutes: 45 })
    const told = async (memberId: string) => db().notice.findMany({ where: { memberId, event: 'wanted-slots' } })
    expect([(await told(ada.memberId)).length, (await told(host.memberId)).length]).toEqual([1, 1])
    const [toHost] = (await listNotices(host))?.rows.filter(({ event }) => event === 'wanted-slots') ?? []
    expect(toHost && [noticeText(toHost), noticeHref(toHost)]).toEqual([
      expect.stringContaining('Whoever joined says which suit.'),
      paths.hostedWanted(slug),
    ])
    expect(await told(both.memberId)).toMatchObject([{ why: 'joined' }])
    await offerSlots(mara, { ...offered(id), time2: '11:00' }, as(mara))
    await workThrough()
    expect((await told(ada.memberId)).length).toBe(2)
  })

  test('refuses times that are no time, at their field', async () => {
    const { mara, id } = await makeOfferedWish(4)
    const typed = OfferSlots.parse({ id, zone: 'UTC', minutes: '60', date1: day(3), time1: '10:00', date3: '2020-01-01', time3: '10:00' })
    await expect(offerSlots(mara, typed, as(mara))).rejects.toMatchObject({ fields: { date3: expect.any(String) } })
    const open = OfferSlots.parse({ id, zone: 'UTC', minutes: '60', date1: day(3), time1: '10:00', date2: day(4) })
    await expect(offerSlots(mara, open, as(mara))).rejects.toMatchObject({ fields: { time2: 'Say the time.' } })
    expect(OfferSlots.safeParse({ id, zone: 'UTC', minutes: '60', date1: '' }).success).toBe(false)
  })

  test('is offered once, which is said at the fields where it stands again', async () => {
    const { mara, id } = await makeOfferedWish(4)
    const typed = { ...offered(id), date3: day(8), time3: '09:00', date5: day(9), time5: '09:00' }
    await expect(offerSlots(mara, typed, as(mara))).rejects.toMatchObject({
      fields: { time3: 'This time stands above already.', time5: 'This time stands above already.' },
    })
    await offerSlots(mara, { ...typed, time3: '10:00', time5: '10:00' }, as(mara))
    expect(await db().wantedSlot.count({ where: { wantedId: id } })).toBe(4)
  })

  test('is offered at no time at which the mentor holds an AMA already, which is said at its field', async () => {
    const { mara, community, id } = await makeOfferedWish(4)
    const member = await db().member.findUniqueOrThrow({ where: { id: mara.memberId } })
    const topic = await makeTopic(community.id)
    await makeAma({ communityId: community.id, topicId: topic.id }, [member], instant(9, 8))
    await expect(offerSlots(mara, offered(id), as(mara))).rejects.toMatchObject({
      fields: { time2: 'You hold another AMA then, or are asked to.' },
    })
    await offerSlots(mara, { ...offered(id), date2: '' }, as(mara))
    expect(await db().wantedSlot.count({ where: { wantedId: id } })).toBe(1)
  })

  test('waits for a host’s check of the questions where the hosts look first', async () => {
    const { ada, ben, community, id } = await makeOfferedWish(4)
    await db().community.update({ where: { id: community.id }, data: { checking: 'all' } })
    await attachQuestion(ada, { id, question: 'How hot is the kiln?' })
    for (const person of [ada, ben]) await pick(person, { id, slot1: 'on' }, as(person))
    expect(await db().question.findMany({ where: { communityId: community.id } })).toMatchObject([{ heldAt: expect.any(Date) }])
  })
})

describe('A host ends a wish that will not come about', () => {
  const heard = async (person: Person) => (await listNotices(person))?.rows.filter(({ event }) => event === 'wanted-ended') ?? []

  test('and everybody concerned hears of it: who joined, the other hosts, and whoever is invited, who sees that it is over', async () => {
    const { ada, ben, community, slug, id } = await makeReadyWish()
    const [host, other, mara] = [await makeHost(community.id), await makeHost(community.id), await makeViewer()]
    await inviteForWanted(host, { id, topic: 'new', who: mara.handle, text: 'Would you?' }, as(host))
    for (const person of [ada, mara])
      await expect(endWanted(person, { id, sure: 'on' }, as(person))).rejects.toMatchObject({ code: 'not_found' })
    await endWanted(host, { id, sure: 'on' }, as(host))
    await expect(endWanted(other, { id, sure: 'on' }, as(other))).rejects.toMatchObject({ code: 'conflict' })
    await workThrough()
    expect(await getWanted(slug)).toMatchObject({ closedAt: expect.any(Date), ama: null })
    expect(await getInvitedWanted(slug)).toMatchObject({ mentor: { id: mara.memberId }, closedAt: expect.any(Date) })
    const told = [ada, ben, other, mara, host].map(async (person) => (await heard(person)).map(noticeHref))
    const [page, hosts, invitation] = [paths.wantedThing(slug), paths.hostedWanted(slug), paths.wantedInvitation(slug)]
    expect(await Promise.all(told)).toEqual([[page], [page], [hosts], [invitation], []])
    const texts = await Promise.all([ada, other, mara].map(async (person) => (await heard(person)).map(noticeText)))
    expect(texts.flat()).toEqual([
      '“Glazing without lead”, which you wanted, will not come about.',
      'A host has ended “Glazing without lead”: it will not come about.',
      '“Glazing without lead”, for which you were invited, will not come about.',
    ])
    await expect(offerSlots(mara, offered(id), as(mara))).rejects.toMatchObject({ code: 'conflict' })
  })

  test('by mail: the link opens nothing any more, and whoever has followed it hears of it', async () => {
    for (const followed of [false, true]) {
      const { community, id } = await makeReadyWish()
      const [host, mara, to] = [await makeHost(community.id), await makeViewer(), address()]
      await inviteForWanted(host, { id, topic: 'new', who: to, text: 'Would you?' }, as(host))
      const [mail] = await mailsTo(to)
      const word = /\/invitations\/(\S+)/.exec(mail?.text ?? '')?.[1] ?? ''
      if (followed) await acceptInvitation(mara, { word }, as(mara))
      await endWanted(host, { id, sure: 'on' }, as(host))
      await expect(acceptInvitation(mara, { word }, as(mara))).rejects.toMatchObject({ code: 'not_found' })
      await workThrough()
      expect(await heard(mara)).toHaveLength(followed ? 1 : 0)
    }
  })

  test('not while a yes can become a date; once its times have passed', async () => {
    const { host, mara, id, slug } = await makeOfferedWish(4)
    await expect(endWanted(host, { id, sure: 'on' }, as(host))).rejects.toMatchObject({ code: 'conflict' })
    await endWanted(host, { id, sure: 'on' }, { ...as(host), now: instant(9, 8) })
    expect(await getInvitedWanted(slug)).toMatchObject({ mentor: { id: mara.memberId }, offeredAt: null, slots: [] })
  })
})

test('A question that hosts leave out, or of who is suspended, is handed to nobody, and can be taken in again', async () => {
  const { ada, ben, host, mara, community, slug, id } = await makeOfferedWish(4)
  const eve = await makeViewer()
  await joinWanted(as(eve), slug)
  for (const [person, question] of [
    [ada, 'How hot is the kiln?'],
    [ben, 'Why is this all so stupid?'],
    [eve, 'Who let you in at all?'],
  ] as const)
    await attachQuestion(person, { id, question })
  await db().account.update({ where: { memberId: eve.memberId }, data: { suspendedUntil: instant(20, 0) } })
  const out = { id, question: 'Why is this all so stupid?' }
  for (const person of [ada, mara])
    await expect(leaveOutQuestion(person, { ...out, again: undefined })).rejects.toMatchObject({ code: 'not_found' })
  await leaveOutQuestion(host, { ...out, again: undefined })
  expect(await getInvitedWanted(slug)).toMatchObject({ questions: ['How hot is the kiln?'], leftOut: [out.question] })
  await leaveOutQuestion(host, { ...out, again: 'on' })
  expect(await getInvitedWanted(slug)).toMatchObject({ questions: ['How hot is the kiln?', out.question], leftOut: [] })
  await leaveOutQuestion(host, { ...out, again: undefined })
  for (const person of [ada, ben]) await pick(person, { id, slot1: 'on' }, as(person))
  const asked = await db().question.findMany({ where: { communityId: community.id }, select: { title: true } })
  expect(asked).toEqual([{ title: 'How hot is the kiln?' }])
})

test('A question that hosts leave out stays so as it is, and is handed on in other words, or later', async () => {
  const { ada, host, slug, id } = await makeOfferedWish(4)
  const handedOn = async () => (await getInvitedWanted(slug))?.questions
  await attachQuestion(ada, { id, question: 'Why is this all so stupid?' })
  await leaveOutQuestion(host, { id, question: 'Why is this all so stupid?', again: undefined })
  await attachQuestion(ada, { id, question: 'Why is this all so stupid?' })
  expect(await handedOn()).toEqual([])
  await attachQuestion(ada, { id, question: 'Why is it so hot in here?' })
  expect(await handedOn()).toEqual(['Why is it so hot in here?'])
  await leaveOutQuestion(host, { id, question: 'Why is it so hot in here?', again: undefined })
  await attachQuestion(ada, { id, question: null })
  await attachQuestion(ada, { id, question: 'How hot is the kiln?' })
  expect(await handedOn()).toEqual(['How hot is the kiln?'])
})

test('No more questions are handed on than whoever is invited can read: in place of one that is left out comes the next', async () => {
  const { ada, ben, host, community, slug, id } = await makeOfferedWish(4)
  const rows = Array.from({ length: QUESTIONS }, (_, i) => ({ id: randomUUID(), i }))
  await db().member.createMany({ data: rows.map(({ id }) => ({ id, handle: `many-${id}`, name: 'Ida Falk', createdAt: new Date() })) })
  await db().account.createMany({
    data: rows.map(({ id: memberId }) => ({ memberId, email: `${memberId}@kiln.example`, emailProvedAt: new Date() })),
  })
  const joined = (i: number) => new Date(Date.now() + i * 1_000)
  await db().wantedJoin.createMany({
    data: rows.map(({ id: memberId, i }) => ({ wantedId: id, memberId, joinedAt: joined(i), question: `What is it, number ${i + 1}?` })),
  })
  await attachQuestion(ada, { id, question: 'How hot is the kiln?' })
  const shown = async () => (await getInvitedWanted(slug))?.questions ?? []
  expect([(await shown()).length, (await shown())[0], (await shown()).at(-1)]).toEqual([
    QUESTIONS,
    'How hot is the kiln?',
    `What is it, number ${QUESTIONS - 1}?`,
  ])
  await leaveOutQuestion(host, { id, question: 'What is it, number 1?', again: undefined })
  const last = await shown()
  expect([last.length, last.at(-1)]).toEqual([QUESTIONS, `What is it, number ${QUESTIONS}?`])
  await attachQuestion(ben, { id, question: 'Is one more too many?' })
  const all = await shown()
  for (const person of [ada, ben]) await pick(person, { id, slot1: 'on' }, as(person))
  const asked = await db().question.findMany({ where: { communityId: community.id }, orderBy: { number: 'asc' }, select: { title: true } })
  expect(asked.map(({ title }) => title)).toEqual(all)
  expect(await getInvitedWanted(slug)).toMatchObject({ leftOut: ['What is it, number 1?'] })
})

test('Whoever said yes and leaves the site takes the times along, and hosts can invite again', async () => {
  const { host, mara, ben, slug, id } = await makeOfferedWish(4)
  await pick(ben, { id, slot1: 'on' }, as(ben))
  await deleteAccount(mara, { written: 'stays', handle: mara.handle }, as(mara))
  expect(await db().wantedSlot.count({ where: { wantedId: id } })).toBe(0)
  expect(await getOwnWanted(ben, slug)).toMatchObject({ offeredAt: null, slots: [] })
  await inviteForWanted(host, { id, topic: 'new', who: ben.handle, text: 'Would you?' }, as(host))
})

test('A host who leaves the site takes along what they wrote to the invited, who stays invited', async () => {
  const { host, mara, id } = await makeOfferedWish(4)
  await deleteAccount(host, { written: 'stays', handle: host.handle }, as(host))
  expect(await db().wanted.findUnique({ where: { id } })).toMatchObject({
    mentorId: mara.memberId,
    ...{ invitationText: null, invitedById: null },
  })
})

/** Null where it is done. */
function refusalOf(done: Promise<unknown>): Promise<unknown> {
  return done.then(
    () => null,
    (refusal: unknown) => refusal,
  )
}

/** What the form says that shows the times as they are now. */
async function pick(person: Person, typed: { id: string; slot1?: 'on'; slot2?: 'on'; slot5?: 'on' }, at: ReturnType<typeof as>) {
  const { offeredAt } = await db().wanted.findUniqueOrThrow({ where: { id: typed.id } })
  return pickSlots(person, PickSlots.parse({ ...typed, offered: (offeredAt ?? never()).toISOString() }), at)
}

/** A wish to which Mara has said yes, for two days to come. */
async function makeOfferedWish(threshold: number) {
  const wish = await makeReadyWish()
  const [host, mara] = [await makeHost(wish.community.id), await makeViewer()]
  await inviteForWanted(host, { id: wish.id, topic: 'new', who: mara.handle, text: 'Would you?' }, as(host))
  await offerSlots(mara, offered(wish.id), as(mara))
  await db().community.update({ where: { id: wish.community.id }, data: { wantedThreshold: threshold } })
  return { ...wish, host, mara }
}

/** In Berlin, in winter an hour before UTC; the days are counted from the first of a January to come. */
function offered(id: string) {
  const times = { date1: day(8), time1: '09:00', date2: day(9), time2: '09:00' }
  return OfferSlots.parse({ id, zone: 'Europe/Berlin', minutes: '60', ...times })
}

const YEAR = new Date().getUTCFullYear() + 1

function instant(date: number, hour: number): Date {
  return new Date(Date.UTC(YEAR, 0, date, hour))
}

function day(date: number): string {
  return instant(date, 0).toISOString().slice(0, 10)
}
