import { describe, expect, test } from 'vitest'
import { acceptInvitation, forgetInvitations, invite, withdrawInvitation } from '#domain/invitation/commands.ts'
import { findInvitation, invitationId, invitationWord, listOpenInvitations } from '#domain/invitation/queries.ts'
import { GOOD_FOR } from '#domain/invitation/rules.ts'
import { db } from '#lib/db.ts'
import { makeCommunity, makeViewer } from '#testing/factories.ts'
import { visit } from '#testing/people.ts'

const ola = await makeViewer({ admin: true })

async function invitation() {
  const community = await makeCommunity()
  await invite(ola, { community: community.id, company: null, title: null, next: '/setup' }, visit({ viewer: ola }))
  const [open] = await listOpenInvitations(community.id, new Date())
  if (!open) throw new Error('no invitation')
  return { community, ...open }
}

describe('An invitation', () => {
  test('makes Noor a mentor of the community, once', async () => {
    const { community, word } = await invitation()
    const [noor, eve] = [await makeViewer(), await makeViewer()]
    expect(await findInvitation(word, new Date())).toMatchObject({ community: { name: community.name }, invitedBy: { name: 'Ada Osei' } })
    expect(await acceptInvitation(noor, { word }, visit({ viewer: noor }))).toEqual({ to: `/mentors/${noor.handle}` })
    const member = await db().member.findUniqueOrThrow({ where: { id: noor.memberId }, include: { communities: true } })
    expect(member.mentorSince).toBeInstanceOf(Date)
    expect(member.communities.map(({ communityId }) => communityId)).toEqual([community.id])
    expect((await db().community.findUniqueOrThrow({ where: { id: community.id } })).mentorCount).toBe(1)
    await expect(acceptInvitation(eve, { word }, visit({ viewer: eve }))).rejects.toMatchObject({ code: 'not_found' })
    expect(await findInvitation(word, new Date())).toBeNull()
  })

  test('of ten who use it at once one becomes a mentor', async () => {
    const { community, word } = await invitation()
    const people = await Promise.all(Array.from({ length: 10 }, () => makeViewer()))
    const tries = await Promise.allSettled(people.map((person) => acceptInvitation(person, { word }, visit({ viewer: person }))))
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await db().communityMentor.count({ where: { communityId: community.id } })).toBe(1)
  })

  test('who is a mentor elsewhere stays one since then', async () => {
    const { word } = await invitation()
    const [noor, since] = [await makeViewer(), new Date('2020-01-01T00:00:00Z')]
    await db().member.update({ where: { id: noor.memberId }, data: { mentorSince: since } })
    await acceptInvitation(noor, { word }, visit({ viewer: noor }))
    expect((await db().member.findUniqueOrThrow({ where: { id: noor.memberId } })).mentorSince).toEqual(since)
  })

  test('needs a person who is signed in and not suspended', async () => {
    const { word } = await invitation()
    const suspended = await makeViewer({ suspendedUntil: new Date(Date.now() + 60_000) })
    await expect(acceptInvitation(null, { word }, visit())).rejects.toMatchObject({ code: 'sign_in' })
    await expect(acceptInvitation(suspended, { word }, visit({ viewer: suspended }))).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('ends after two weeks, and when it is taken back', async () => {
    const [old, back, noor] = [await invitation(), await invitation(), await makeViewer()]
    const later = new Date(old.expiresAt.getTime() + 1)
    expect(old.expiresAt.getTime() - Date.now()).toBeLessThanOrEqual(GOOD_FOR)
    await expect(acceptInvitation(noor, { word: old.word }, visit({ viewer: noor, now: later }))).rejects.toMatchObject({
      code: 'not_found',
    })
    await withdrawInvitation(ola, { id: back.id, next: '/setup' })
    await expect(acceptInvitation(noor, { word: back.word }, visit({ viewer: noor }))).rejects.toMatchObject({ code: 'not_found' })
    await forgetInvitations(later)
    expect(await db().invitation.count({ where: { id: old.id } })).toBe(0)
  })

  test('cannot be made or taken back by others, nor its link be made up', async () => {
    const { community, id, word } = await invitation()
    const noor = await makeViewer()
    for (const viewer of [null, noor]) {
      await expect(
        invite(viewer, { community: community.id, company: null, title: null, next: '/' }, visit({ viewer })),
      ).rejects.toMatchObject({ code: 'not_found' })
      await expect(withdrawInvitation(viewer, { id, next: '/' })).rejects.toMatchObject({ code: 'not_found' })
    }
    expect(invitationId(word)).toBe(id)
    const other = invitationWord(community.id)
    for (const made of ['', 'x', word.slice(0, -4), `${word}AAAA`, word.slice(0, 22) + other.slice(22), id])
      expect(invitationId(made)).toBeNull()
  })
})
