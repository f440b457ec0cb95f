import { v7 as uuid } from 'uuid'
import { describe, expect, test } from 'vitest'
import { changePassword, signInWithPassword } from '#domain/account/commands.ts'
import { forgetEvents, noteEvent } from '#domain/audit-event/commands.ts'
import { listEvents } from '#domain/audit-event/queries.ts'
import { eventText, NOBODY } from '#domain/audit-event/rules.ts'
import { liftSecondFactor, proveSecondFactor } from '#domain/authenticator/commands.ts'
import { editCommunity, makeCommunity, setChecking } from '#domain/community/commands.ts'
import { giveRole, takeRole } from '#domain/community-role/commands.ts'
import { acceptInvitation, openInvitation } from '#domain/invitation/commands.ts'
import { invitationWord } from '#domain/invitation/queries.ts'
import { deleteAccount } from '#domain/own-data/commands.ts'
import { endOtherSessions } from '#domain/session/commands.ts'
import { renameSite } from '#domain/site/commands.ts'
import { writePage } from '#domain/site-page/commands.ts'
import { addTopics, editTopic } from '#domain/topic/commands.ts'
import { setThreshold } from '#domain/wanted/commands.ts'
import { PAGE_SIZE } from '#lib/cursor.ts'
import { db } from '#lib/db.ts'
import { makeCommunity as makeACommunity, makeViewer } from '#testing/factories.ts'
import { addSecondFactor, makePerson, visit, visitOf } from '#testing/people.ts'
import { untilSomebodyWaits } from '#testing/waiting.ts'

const day = 24 * 60 * 60_000
const PASSWORD = 'three calm herons over the weir'
const ola = await makeViewer({ admin: true })
const { memberId: by } = await makeViewer()

describe('What is written down', () => {
  test('is who came in, how, and from which network, without the address itself', async () => {
    const ada = await makePerson({ name: 'Ada of the ways in', password: PASSWORD })
    const enter = (address: string) => signInWithPassword(null, { email: ada.email, password: PASSWORD, next: null }, visit({ address }))
    for (const address of ['192.0.2.1', '192.0.2.1', '198.51.100.9']) await enter(address)
    const here = await visitOf(ada)
    await changePassword(here.viewer, { current: PASSWORD, password: `${PASSWORD} again` }, here)
    const again = await visitOf(ada)
    await endOtherSessions(again.viewer, {}, again)
    const rows = await db().auditEvent.findMany({ where: { byId: ada.memberId }, orderBy: { id: 'asc' } })
    expect(rows.map(({ act, detail }) => [act, detail])).toEqual([
      ['sign-in', 'password'],
      ['sign-in', 'password'],
      ['sign-in', 'password'],
      ['change-way-in', 'password'],
      ['end-sessions', null],
    ])
    const addresses = rows.slice(0, 3).map(({ address }) => address)
    expect(new Set(addresses)).toHaveProperty('size', 2)
    expect(addresses).not.toContain(null)
    expect(JSON.stringify(rows)).not.toMatch(/192\.0\.2|198\.51/)
    expect(await told(ada.memberId)).toEqual([
      'Ada of the ways in signed in with a password',
      'Ada of the ways in signed in with a password',
      'Ada of the ways in signed in with a password',
      'Ada of the ways in changed the password',
      'Ada of the ways in signed other browsers out',
    ])
  })

  test('is each wrong code of a second step, though the try itself leaves nothing, and what the operator does at the terminal', async () => {
    const bo = await makePerson({ name: 'Bo of the second step', password: PASSWORD })
    await addSecondFactor(bo.memberId)
    const { carry } = await signInWithPassword(null, { email: bo.email, password: PASSWORD, next: null }, visit())
    const typed = visit({ carried: carry ?? null })
    await expect(proveSecondFactor(null, { code: 'wrongwrong' }, typed)).rejects.toMatchObject({ code: 'invalid' })
    await liftSecondFactor(bo.email, new Date())
    await giveRole({ email: bo.email, role: 'admin' }, new Date())
    await takeRole({ email: bo.email, role: 'admin' }, new Date())
    expect(await told(bo.memberId)).toEqual([
      'Bo of the second step turned the second step on',
      'A wrong code was typed for the second step of Bo of the second step',
      'A command at the terminal turned the second step of Bo of the second step off',
      'A command at the terminal made Bo of the second step an admin',
      'A command at the terminal made Bo of the second step an admin no longer',
    ])
    expect(await db().auditEvent.count({ where: { ofId: bo.memberId, byId: null, address: { not: null } } })).toBe(0)
  })

  test('is what an admin makes of the site, with its names, and nothing of what was refused', async () => {
    const cleo = await makeViewer({ admin: true })
    const here = visit({ viewer: cleo })
    await db().member.update({ where: { id: cleo.memberId }, data: { name: 'Cleo' } })
    await renameSite(cleo, { site: 'Nest' }, here)
    await writePage(cleo, { slug: 'terms', body: 'Be kind.' }, here)
    await writePage(cleo, { slug: 'terms', body: '' }, here)
    await makeCommunity(cleo, { name: 'Glass Blowing', next: null }, here)
    const { id, slug } = await db().community.findUniqueOrThrow({ where: { name: 'Glass Blowing' } })
    await addTopics(cleo, { community: id, topics: ['Furnaces'], next: null }, here)
    const topic = await db().topic.findFirstOrThrow({ where: { communityId: id } })
    await editTopic(cleo, { id: topic.id, name: 'Furnaces', slug: topic.slug, synonyms: ['ovens'], about: null }, here)
    await editCommunity(cleo, { id, name: 'Glass', slug }, here)
    await expect(makeCommunity(cleo, { name: 'Glass', next: null }, here)).rejects.toMatchObject({ code: 'conflict' })
    await expect(editTopic(cleo, { ...topic, name: 'Furnaces', slug: 'none', id: cleo.memberId }, here)).rejects.toThrow()
    expect(await told(cleo.memberId)).toEqual([
      'Cleo gave the site its name',
      'Cleo wrote the page “terms”',
      'Cleo took the page “terms” away',
      'Cleo began the community Glass',
      'Cleo added topics to Glass',
      'Cleo changed the topic Furnaces of Glass',
      'Cleo changed the community Glass',
    ])
  })

  test('of who comes in is no more than the day: what waits for them is asked at that moment', async () => {
    const ada = await makePerson({ password: PASSWORD })
    const now = new Date('2026-03-04T15:16:17.189Z')
    await signInWithPassword(null, { email: ada.email, password: PASSWORD, next: null }, visit({ now }))
    const [entered] = await db().auditEvent.findMany({ where: { byId: ada.memberId } })
    const midnight = new Date('2026-03-04T00:00:00Z')
    expect(entered?.happenedAt).toEqual(midnight)
    expect(Number.parseInt(entered?.id.replaceAll('-', '').slice(0, 12) ?? '', 16)).toBe(midnight.getTime())
  })

  test('is what hosts change of their community, and who invited whoever became a mentor', async () => {
    const community = await makeACommunity()
    const host = await makeViewer({ hosts: [community.id] })
    await db().member.update({ where: { id: host.memberId }, data: { name: 'Hedda' } })
    const here = visit({ viewer: host })
    await setChecking(host, { id: community.id, checking: 'all' }, here)
    await setThreshold(host, { id: community.id, threshold: 3 }, here)
    const noor = await makeViewer()
    const word = invitationWord(
      await db().$transaction((tx) => openInvitation(tx, { communityId: community.id, invitedById: host.memberId }, here.now)),
    )
    await acceptInvitation(noor, { word }, visit({ viewer: noor }))
    expect(await told(host.memberId)).toEqual([
      `Hedda changed the community ${community.name}`,
      `Hedda changed the community ${community.name}`,
      `Hedda made Ada Osei a mentor of ${community.name}`,
    ])
    const [made] = await db().auditEvent.findMany({ where: { ofId: noor.memberId } })
    expect(made).toMatchObject({ byId: host.memberId, address: null })
  })

  test('names two of one name by their handles', async () => {
    const [one, other] = [await makeViewer(), await makeViewer()]
    await noteEvent(db(), { act: 'give-role', by: one.memberId, of: other.memberId, detail: 'host' }, visit())
    const [row] = (await listEvents(ola))?.rows ?? []
    expect(row && eventText(row)).toBe(`Ada Osei (@${one.handle}) made Ada Osei (@${other.handle}) a host`)
  })

  test('happens with the change or not at all', async () => {
    const change = db().$transaction(async (tx) => {
      await noteEvent(tx, { act: 'rename-site', by }, visit())
      throw new Error('taken back')
    })
    await expect(change).rejects.toThrow('taken back')
    expect(await db().auditEvent.count({ where: { byId: by, act: 'rename-site' } })).toBe(0)
  })
})

describe('Nobody changes it', () => {
  const one = async (occasion = visit()) => {
    await noteEvent(db(), { act: 'give-role', by, of: by, detail: 'host' }, occasion)
    return db().auditEvent.findFirstOrThrow({ where: { byId: by }, orderBy: { id: 'desc' } })
  }

  test('while the account is there, not even its id', async () => {
    const { id } = await one()
    const changes = [
      { act: 'take-role' },
      { detail: 'admin' },
      { happenedAt: new Date(0) },
      { address: null },
      { byId: null },
      { byId: NOBODY, address: null },
      { ofId: NOBODY },
      { ofId: null },
    ]
    for (const data of changes)
      await expect(db().auditEvent.update({ where: { id }, data }), JSON.stringify(data)).rejects.toThrow('never changed')
    await expect(db().auditEvent.delete({ where: { id } })).rejects.toThrow('before its year is over')
    await noteEvent(db(), { act: 'edit-community', by: null, of: uuid() }, { now: new Date(), address: null })
    const nobodys = await db().auditEvent.findFirstOrThrow({ where: { byId: null }, orderBy: { id: 'desc' } })
    for (const data of [{ byId: NOBODY }, { ofId: NOBODY }])
      await expect(db().auditEvent.update({ where: { id: nobodys.id }, data }), JSON.stringify(data)).rejects.toThrow('never changed')
  })

  test('but who deletes the account is taken out, and of what was done to them by others nothing else', async () => {
    const [dan, eve] = [await makeViewer(), await makeViewer()]
    const here = visit({ viewer: dan })
    await noteEvent(db(), { act: 'give-role', by: eve.memberId, of: dan.memberId, detail: 'host' }, visit({ viewer: eve }))
    const given = await db().auditEvent.findFirstOrThrow({ where: { ofId: dan.memberId } })
    await deleteAccount(dan, { written: 'goes', handle: dan.handle }, here)
    expect(await db().auditEvent.findUnique({ where: { id: given.id } })).toEqual({ ...given, ofId: NOBODY })
    expect(await told(eve.memberId)).toEqual(['Ada Osei made somebody who is gone a host'])
    await deleteAccount(eve, { written: 'goes', handle: eve.handle }, visit({ viewer: eve }))
    const row = { by: null, of: null, community: null, ...(await db().auditEvent.findUniqueOrThrow({ where: { id: given.id } })) }
    expect(eventText(row)).toBe('Somebody who is gone made somebody who is gone a host')
  })

  test('and what is written down while somebody deletes the account leads to nobody', async () => {
    const [dan, eve] = [await makeViewer(), await makeViewer()]
    const given = { act: 'give-role', by: eve.memberId, of: dan.memberId, detail: 'mentor' } as const
    const deleting = await db().$transaction(
      async (tx) => {
        await noteEvent(tx, given, visit())
        const gone = deleteAccount(dan, { written: 'goes', handle: dan.handle }, visit({ viewer: dan }))
        await untilSomebodyWaits(tx)
        return { gone }
      },
      { timeout: 60_000 },
    )
    await deleting.gone
    await noteEvent(db(), given, visit())
    const rows = await db().auditEvent.findMany({ where: { byId: eve.memberId } })
    expect(rows.map(({ ofId }) => ofId)).toEqual([NOBODY, NOBODY])
  })

  test('until a year is over: then it goes, and nothing younger', async () => {
    const now = new Date()
    const old = await one(visit({ now: new Date(now.getTime() - 366 * day) }))
    const young = await one(visit({ now: new Date(now.getTime() - 364 * day) }))
    await forgetEvents(now)
    const left = await db().auditEvent.findMany({ where: { id: { in: [old.id, young.id] } } })
    expect(left.map(({ id }) => id)).toEqual([young.id])
  })

  test('and no words find a place in it', async () => {
    for (const detail of ['Ada Osei', 'ada@example.org', 'x'.repeat(41)])
      await expect(noteEvent(db(), { act: 'write-page', by, detail }, visit()), detail).rejects.toThrow('AuditEvent_detail_check')
  })
})

describe('The log', () => {
  test('is read by admins alone, the latest first, page by page', async () => {
    for (let i = 0; i < PAGE_SIZE + 3; i++) await noteEvent(db(), { act: 'end-sessions', by }, visit())
    for (const viewer of [null, await makeViewer(), { ...ola, suspendedUntil: new Date() }]) expect(await listEvents(viewer)).toBeNull()
    expect(await listEvents(ola, 'made up')).toBeNull()
    const first = await listEvents(ola)
    const second = await listEvents(ola, first?.next ?? '')
    const ids = [...(first?.rows ?? []), ...(second?.rows ?? [])].map(({ id }) => id)
    expect(ids).toHaveLength(new Set(ids).size)
    expect(ids).toEqual(ids.toSorted().toReversed())
    expect(first?.rows).toHaveLength(PAGE_SIZE)
    expect(second?.rows.slice(0, 3).map(({ byId }) => byId)).toEqual([by, by, by])
  })
})

/** Sentences about what somebody did and what was done to them, the first first. */
async function told(memberId: string): Promise<string[]> {
  const sentences: string[] = []
  let after: string | undefined
  do {
    const page = await listEvents(ola, after)
    for (const row of page?.rows ?? [])
      if ([row.byId, row.ofId].includes(memberId)) sentences.unshift(eventText(row).replaceAll(/ \(@[^)]*\)/g, ''))
    after = page?.next ?? undefined
  } while (after)
  return sentences
}
