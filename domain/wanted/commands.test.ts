import { describe, expect, test } from 'vitest'
import { getMember } from '#domain/member/queries.ts'
import { keepFromInvitations } from '#domain/not-to-invite/commands.ts'
import { deleteAccount } from '#domain/own-data/commands.ts'
import { hide, restore, sendReport } from '#domain/report/commands.ts'
import {
  askForWaiting,
  askForWanted,
  attachQuestion,
  joinWanted,
  leaveWanted,
  setThreshold,
  withdrawWanted,
} from '#domain/wanted/commands.ts'
import { findNamed, getOwnWanted, getWanted, latestJoined, listOwnJoins, listReadyWanted, listWanted } from '#domain/wanted/queries.ts'
import { AskForWanted } from '#domain/wanted/rules.ts'
import { inviteForWanted } from '#domain/wanted-slot/commands.ts'
import { encodeCursor } from '#lib/cursor.ts'
import { db } from '#lib/db.ts'
import { withSession } from '#lib/db-session.ts'
import { findDrift } from '#prisma/derived.ts'
import { crowd } from '#testing/crowd.ts'
import { makeCommunity, makeViewer } from '#testing/factories.ts'
import { workThrough } from '#testing/mails.ts'
import { address, as, ask, makeHost, makeReadyWish, makeWish, type Person, people } from '#testing/wishes.ts'

const countOf = async (slug: string) => (await db().wanted.findUniqueOrThrow({ where: { slug } })).joinCount

describe('Somebody asks for something', () => {
  test('and is the first who joined; it stands in both lists', async () => {
    const { ada, community, slug, id } = await makeWish()
    expect(await getWanted(slug)).toMatchObject({ kind: 'topic', title: 'Glazing without lead', joinCount: 1, about: null })
    expect((await listWanted(community.id))?.rows.map((row) => row.slug)).toEqual([slug])
    expect((await listWanted())?.rows.map((row) => row.slug)).toContain(slug)
    expect(await getOwnWanted(ada, slug)).toMatchObject({ own: true, joined: true, withdrawable: true })
    expect(await listOwnJoins(ada, [id])).toEqual({ pressed: [id], own: [id] })
  })

  test('that is wanted already: of ten at one moment one asks, and the others join', async () => {
    const community = await makeCommunity()
    await crowd((await people(10)).map((person, i) => () => ask(person, community.id, { title: i % 2 ? 'Raku' : 'raku', seen: 'on' })))
    expect((await listWanted(community.id))?.rows).toMatchObject([{ joinCount: 10 }])
  })

  test('that is like something: sees it first, and may ask for it nevertheless', async () => {
    const { community } = await makeWish({ title: 'Glazing without lead' })
    const ben = await makeViewer()
    const to = await ask(ben, community.id, { title: 'Glazing with no lead' })
    const draft = new URL(to, 'https://perch.example').searchParams.get('draft') ?? undefined
    expect(draft).toBeDefined()
    expect((await listWanted(community.id))?.rows).toHaveLength(1)
    await ask(ben, community.id, { title: 'Glazing with no lead', seen: 'on', draft })
    expect((await listWanted(community.id))?.rows).toHaveLength(2)
    expect(await db().draft.count({ where: { place: { startsWith: `wanted:${community.id}` } } })).toBe(0)
  })

  test('signed out: it waits, and is asked for once after the sign-in', async () => {
    const community = await makeCommunity()
    const asked = AskForWanted.parse({ community: community.id, kind: 'mentor', title: 'Kiln master', why: 'For fire.' })
    const { waitingPress: pressed = '' } = await askForWanted(null, asked, as(null))
    const word = pressed?.split(' ')[1] ?? ''
    expect((await listWanted(community.id))?.rows).toEqual([])
    const cora = await makeViewer()
    const tries = await Promise.allSettled([askForWaiting(as(cora), word), askForWaiting(as(cora), word)])
    expect(tries.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0)
    expect((await listWanted(community.id))?.rows).toMatchObject([{ title: 'Kiln master', why: 'For fire.', joinCount: 1 }])
    await expect(askForWaiting(as(cora), word)).rejects.toMatchObject({ code: 'not_found' })
    expect(await latestJoined(cora)).toEqual({ slug: (await listWanted(community.id))?.rows[0]?.slug })
  })

  test('a member by the handle, whose name it says; nobody else', async () => {
    const [ada, mara, community] = [await makeViewer(), await makeViewer({}), await makeCommunity()]
    await db().member.update({ where: { id: mara.memberId }, data: { name: 'Mara Lind' } })
    await ask(ada, community.id, { kind: 'mentor', title: `@${mara.handle}` })
    const [row] = (await listWanted(community.id))?.rows ?? []
    expect(row?.title).toBe('Mara Lind')
    expect(await getWanted(row?.slug ?? '')).toMatchObject({ about: { handle: mara.handle, name: 'Mara Lind' } })
    expect(await findNamed(community.id, `@${mara.handle.toUpperCase()}`)).toEqual({ title: 'Mara Lind', aboutId: mara.memberId })
    await expect(ask(ada, community.id, { kind: 'mentor', title: '@nobody-at-all' })).rejects.toMatchObject({
      fields: { title: expect.any(String) },
    })
  })

  test('a member whose profile is hidden meanwhile: nothing leads there, but for a mentor, whose page stays', async () => {
    const mara = await makeViewer()
    const { slug } = await makeWish({ kind: 'mentor', title: `@${mara.handle}` })
    const set = (data: object) => db().member.update({ where: { id: mara.memberId }, data })
    for (const [data, shown] of [
      [{}, true],
      [{ profileHiddenAt: new Date() }, false],
      [{ mentorSince: new Date() }, true],
    ] as const) {
      await set(data)
      expect((await getMember(mara.handle)) !== null).toBe(shown)
      expect((await getWanted(slug))?.about).toEqual(shown ? { handle: mara.handle, name: mara.name } : null)
    }
  })

  test('a member of the same name as another is somebody else, and the title says who', async () => {
    const [ada, mara, namesake, community] = [await makeViewer(), await makeViewer(), await makeViewer(), await makeCommunity()]
    const both = [mara.memberId, namesake.memberId]
    await db().member.updateMany({ where: { id: { in: both } }, data: { name: 'Mara Lind' } })
    const askFor = (handle: string) => ask(ada, community.id, { kind: 'mentor', title: `@${handle}`, seen: 'on' })
    for (const { handle } of [mara, namesake, mara, namesake]) await askFor(handle)
    const wished = await db().wanted.findMany({ where: { communityId: community.id }, orderBy: { id: 'asc' } })
    expect(wished.map(({ aboutId }) => aboutId)).toEqual(both)
    expect(wished.map(({ title }) => title)).toEqual(['Mara Lind', `Mara Lind (@${namesake.handle})`])
    // Somebody of whom a wish speaks in words alone may be another one, too.
    const elsewhere = await makeCommunity()
    await ask(ada, elsewhere.id, { kind: 'mentor', title: 'mara lind' })
    expect(await findNamed(elsewhere.id, `@${mara.handle}`)).toMatchObject({ title: `Mara Lind (@${mara.handle})` })
  })

  test('nobody who does not want to be invited, in the words for whoever is not here', async () => {
    const [ada, mara, community] = [await makeViewer(), await makeViewer(), await makeCommunity()]
    const { email } = await db().account.findUniqueOrThrow({ where: { memberId: mara.memberId } })
    await keepFromInvitations(db(), email, new Date())
    for (const handle of [mara.handle, 'nobody-at-all']) {
      await expect(ask(ada, community.id, { kind: 'mentor', title: `@${handle}` })).rejects.toMatchObject({
        fields: { title: `Nobody can be asked for by the handle ${handle}.` },
      })
    }
  })

  test('at no address that a page has', async () => {
    const { slug } = await makeWish({ title: 'New' })
    expect(slug).not.toBe('new')
  })
})

describe('Joining', () => {
  test('and leaving are counted: fifty at one moment, each twice, and some leave again', async () => {
    const { slug } = await makeWish()
    const fifty = await people(50)
    await crowd(fifty.flatMap((person) => [() => joinWanted(as(person), slug), () => joinWanted(as(person), slug)]))
    expect(await countOf(slug)).toBe(51)
    await crowd(fifty.slice(0, 20).map((person) => () => leaveWanted(as(person), slug)))
    expect(await countOf(slug)).toBe(31)
    expect(await withSession((session) => findDrift(session))).toEqual([])
  })

  test('answers with the number that is', async () => {
    const { ada, slug } = await makeWish()
    const ben = await makeViewer()
    expect(await joinWanted(as(ben), slug)).toEqual({ joined: true, people: 2 })
    expect(await joinWanted(as(ben), slug)).toEqual({ joined: true, people: 2 })
    expect(await leaveWanted(as(ben), slug)).toEqual({ joined: false, people: 1 })
    await expect(leaveWanted(as(ada), slug)).rejects.toMatchObject({ code: 'conflict' })
  })

  test('is for people who are signed in and not suspended, and for what is open', async () => {
    const { slug, id } = await makeWish()
    const ben = await makeViewer()
    await expect(joinWanted(as(null), slug)).rejects.toMatchObject({ code: 'sign_in' })
    await expect(joinWanted(as({ ...ben, suspendedUntil: new Date() }), slug)).rejects.toMatchObject({ code: 'forbidden' })
    await db().wanted.update({ where: { id }, data: { closedAt: new Date() } })
    await expect(joinWanted(as(ben), slug)).rejects.toMatchObject({ code: 'conflict' })
    await db().wanted.update({ where: { id }, data: { hiddenAt: new Date() } })
    await expect(joinWanted(as(ben), slug)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('brings one question along, which only who joined can', async () => {
    const { ada, slug, id } = await makeWish()
    const ben = await makeViewer()
    await attachQuestion(ada, { id, question: 'How hot is the kiln?' })
    expect(await getOwnWanted(ada, slug)).toMatchObject({ question: 'How hot is the kiln?' })
    await expect(attachQuestion(ben, { id, question: 'How hot is the kiln?' })).rejects.toMatchObject({ code: 'not_found' })
    await joinWanted(as(ben), slug)
    await attachQuestion(ben, { id, question: 'What does it burn, and for how long?' })
    await expect(leaveWanted(as(ben), slug)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/take it back first/),
    })
    expect(await getOwnWanted(ben, slug)).toMatchObject({ joined: true, question: 'What does it burn, and for how long?' })
    await attachQuestion(ben, { id, question: null })
    expect(await leaveWanted(as(ben), slug)).toEqual({ joined: false, people: 1 })
    await attachQuestion(ada, { id, question: null })
    expect(await getOwnWanted(ada, slug)).toMatchObject({ question: null })
  })
})

test('What nobody else has joined is withdrawn by who asked for it; what others have joined stays', async () => {
  const [alone, joined, ben] = [await makeWish(), await makeWish(), await makeViewer()]
  await expect(withdrawWanted(ben, { id: alone.id }, as(ben))).rejects.toMatchObject({ code: 'not_found' })
  await withdrawWanted(alone.ada, { id: alone.id }, as(alone.ada))
  expect(await getWanted(alone.slug)).toBeNull()
  await joinWanted(as(ben), joined.slug)
  await expect(withdrawWanted(joined.ada, { id: joined.id }, as(joined.ada))).rejects.toMatchObject({ code: 'conflict' })
})

test('What is over is left by nobody; what is over, reported or somebody is invited to is withdrawn by nobody', async () => {
  const { ben, ada, slug, id } = await makeReadyWish()
  await db().wanted.update({ where: { id }, data: { closedAt: new Date() } })
  await expect(leaveWanted(as(ben), slug)).rejects.toMatchObject({ code: 'conflict' })
  expect(await countOf(slug)).toBe(2)
  await db().wantedJoin.deleteMany({ where: { wantedId: id, memberId: ben.memberId } })
  await expect(withdrawWanted(ada, { id }, as(ada))).rejects.toMatchObject({ code: 'conflict' })

  const reported = await makeWish()
  await sendReport(ben, { thing: 'wanted', id: reported.id, reason: 'spam' }, as(ben))
  await expect(withdrawWanted(reported.ada, { id: reported.id }, as(reported.ada))).rejects.toMatchObject({ code: 'conflict' })

  for (const who of [ben.handle, address()]) {
    const wish = await makeReadyWish()
    const host = await makeHost(wish.community.id)
    await inviteForWanted(host, { id: wish.id, topic: 'new', who, text: 'Would you?' }, as(host))
    await leaveWanted(as(wish.ben), wish.slug)
    await expect(withdrawWanted(wish.ada, { id: wish.id }, as(wish.ada))).rejects.toMatchObject({ code: 'conflict' })
    if (who === ben.handle) continue
    // Once nobody has followed the link in time.
    await withdrawWanted(wish.ada, { id: wish.id }, { ...as(wish.ada), now: new Date(Date.now() + 15 * 86_400_000) })
    expect(await db().invitation.count({ where: { communityId: wish.community.id } })).toBe(0)
  }
})

test('A moderator hides what is reported, tells who asked for it, and shows it again', async () => {
  const { ada, community, slug, id } = await makeWish()
  const [ben, mo] = [await makeViewer(), await makeViewer({ moderates: [community.id] })]
  const thing = { thing: 'wanted' as const, id }
  await sendReport(ben, { ...thing, reason: 'spam' }, as(ben))
  await expect(sendReport(ada, { ...thing, reason: 'spam' }, as(ada))).rejects.toMatchObject({ code: 'forbidden' })
  await hide(mo, { ...thing, reason: 'spam' }, as(mo))
  expect(await getWanted(slug)).toBeNull()
  expect((await listWanted(community.id))?.rows).toEqual([])
  expect(await db().report.count({ where: { wantedId: id, closedAt: null } })).toBe(0)
  expect(await db().notice.findMany({ where: { memberId: ada.memberId } })).toMatchObject([{ event: 'hide', wantedId: id }])
  expect(await db().moderationEvent.findMany({ where: { thingId: id } })).toMatchObject([{ act: 'hide', thing: 'wanted' }])
  await restore(mo, { ...thing, reason: 'mistake' }, as(mo))
  expect(await getWanted(slug)).not.toBeNull()
})

describe('Whoever leaves the site', () => {
  const leave = (viewer: Person, written: 'stays' | 'goes') => deleteAccount(viewer, { written, handle: viewer.handle }, as(viewer))

  test('takes along what nobody else joined, and the own place in all the others', async () => {
    const [alone, joined, ben] = [await makeWish(), await makeWish(), await makeViewer()]
    await joinWanted(as(ben), joined.slug)
    await leave(alone.ada, 'stays')
    await leave(joined.ada, 'stays')
    expect(await getWanted(alone.slug)).toBeNull()
    expect(await getWanted(joined.slug)).toMatchObject({ joinCount: 1 })
    expect(await db().wanted.findUnique({ where: { slug: joined.slug } })).toMatchObject({ askedById: null })
  })

  test('with all that they wrote, takes along what others joined too; and nobody is wished for who is gone', async () => {
    const [{ ada, community, slug }, mara, ben] = [await makeWish(), await makeViewer(), await makeViewer()]
    await joinWanted(as(ben), slug)
    await ask(ben, community.id, { kind: 'mentor', title: `@${mara.handle}` })
    await leave(ada, 'goes')
    await leave(mara, 'stays')
    expect((await listWanted(community.id))?.rows).toEqual([])
  })
})

describe('When enough people want it', () => {
  test('the hosts are told once, though fifty join at one moment', async () => {
    const { community, slug, id } = await makeWish()
    const [host, other] = [await makeHost(community.id), await makeHost(community.id)]
    await crowd((await people(50)).map((person) => () => joinWanted(as(person), slug)))
    await workThrough()
    expect(await db().wanted.findUnique({ where: { id } })).toMatchObject({ joinCount: 51, readyAt: expect.any(Date) })
    for (const { memberId } of [host, other]) {
      expect(await db().notice.findMany({ where: { memberId } })).toMatchObject([{ event: 'wanted-ready', wantedId: id, why: 'host' }])
    }
    expect((await listReadyWanted(community.id))?.rows.map((row) => row.slug)).toEqual([slug])
  })

  test('is what the hosts say: fewer make ready at once what has as many', async () => {
    const { community, slug, id } = await makeWish()
    const [host, ben] = [await makeHost(community.id), await makeViewer()]
    await joinWanted(as(ben), slug)
    expect((await listReadyWanted(community.id))?.rows).toEqual([])
    await setThreshold(host, { id: community.id, threshold: 2 }, as(host))
    expect((await listReadyWanted(community.id))?.rows.map((row) => row.slug)).toEqual([slug])
    expect(await listReadyWanted(community.id, encodeCursor([1e300, id]))).toBeNull()
    expect(await db().wanted.findUnique({ where: { id } })).toMatchObject({ readyAt: expect.any(Date) })
  })
})
