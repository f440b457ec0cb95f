import { describe, expect, test } from 'vitest'
import { acceptInvitation, forgetInvitations, invite, withdrawInvitation } from '#domain/invitation/commands.ts'
import { findInvitation, invitationId, invitationWord, listOpenInvitations } from '#domain/invitation/queries.ts'
import { GOOD_FOR } from '#domain/invitation/rules.ts'
import { db } from '#lib/db.ts'
import { makeCommunity } from '#testing/factories.ts'
import { signedIn, visitOf } from '#testing/visits.ts'

const ola = await signedIn({ admin: true, name: 'Ola Berg' })

async function invitation() {
  const community = await makeCommunity()
  await invite(ola, { community: community.id, next: '/setup' }, visitOf(ola))
  const [open] = await listOpenInvitations(community.id, new Date())
  if (!open) throw new Error('no invitation')
  return { community, ...open }
}

describe('An invitation', () => {
  test('makes Noor a mentor of the community, once', async () => {
    const { community, word } = await invitation()
    const [noor, eve] = [await signedIn(), await signedIn()]
    expect(await findInvitation(word, new Date())).toMatchObject({ community: { name: community.name }, invitedBy: { name: 'Ola Berg' } })
    expect(await acceptInvitation(noor, { word }, visitOf(noor))).toEqual({ to: `/mentors/${noor.handle}` })
    const member = await db().member.findUniqueOrThrow({ where: { id: noor.memberId }, include: { communities: true } })
    expect(member.mentorSince).toBeInstanceOf(Date)
    expect(member.communities.map(({ communityId }) => communityId)).toEqual([community.id])
    expect((await db().community.findUniqueOrThrow({ where: { id: community.id } })).mentorCount).toBe(1)
    await expect(acceptInvitation(eve, { word }, visitOf(eve))).rejects.toMatchObject({ code: 'not_found' })
    expect(await findInvitation(word, new Date())).toBeNull()
  })

  test('of ten who use it at once one becomes a mentor', async () => {
    const { community, word } = await invitation()
    const people = await Promise.all(Array.from({ length: 10 }, () => signedIn()))
    const tries = await Promise.allSettled(people.map((person) => acceptInvitation(person, { word }, visitOf(person))))
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await db().communityMentor.count({ where: { communityId: community.id } })).toBe(1)
  })

  test('who is a mentor elsewhere stays one since then', async () => {
    const { word } = await invitation()
    const [noor, since] = [await signedIn(), new Date('2020-01-01T00:00:00Z')]
    await db().member.update({ where: { id: noor.memberId }, data: { mentorSince: since } })
    await acceptInvitation(noor, { word }, visitOf(noor))
    expect((await db().member.findUniqueOrThrow({ where: { id: noor.memberId } })).mentorSince).toEqual(since)
  })

  test('needs a person who is signed in and not suspended', async () => {
    const { word } = await invitation()
    const suspended = await signedIn({ suspendedUntil: new Date(Date.now() + 60_000) })
    await expect(acceptInvitation(null, { word }, visitOf(null))).rejects.toMatchObject({ code: 'sign_in' })
    await expect(acceptInvitation(suspended, { word }, visitOf(suspended))).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('ends after two weeks, and when it is taken back', async () => {
    const [old, back, noor] = [await invitation(), await invitation(), await signedIn()]
    const later = new Date(old.expiresAt.getTime() + 1)
    expect(old.expiresAt.getTime() - Date.now()).toBeLessThanOrEqual(GOOD_FOR)
    await expect(acceptInvitation(noor, { word: old.word }, visitOf(noor, later))).rejects.toMatchObject({ code: 'not_found' })
    await withdrawInvitation(ola, { id: back.id, next: '/setup' })
    await expect(acceptInvitation(noor, { word: back.word }, visitOf(noor))).rejects.toMatchObject({ code: 'not_found' })
    await forgetInvitations(later)
    expect(await db().invitation.count({ where: { id: old.id } })).toBe(0)
  })

  test('cannot be made or taken back by others, nor its link be made up', async () => {
    const { community, id, word } = await invitation()
    const noor = await signedIn()
    for (const viewer of [null, noor]) {
      await expect(invite(viewer, { community: community.id, next: '/' }, visitOf(viewer))).rejects.toMatchObject({ code: 'not_found' })
      await expect(withdrawInvitation(viewer, { id, next: '/' })).rejects.toMatchObject({ code: 'not_found' })
    }
    expect(invitationId(word)).toBe(id)
    const other = invitationWord(community.id)
    for (const made of ['', 'x', word.slice(0, -4), `${word}AAAA`, word.slice(0, 22) + other.slice(22), id])
      expect(invitationId(made)).toBeNull()
  })
})
