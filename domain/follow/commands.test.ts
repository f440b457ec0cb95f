import { Client } from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { setRequest } from '#domain/answer-request/commands.ts'
import {
  followMentor,
  followQuestion,
  followTopic,
  muteFollow,
  unfollowMentor,
  unfollowQuestion,
  unfollowTopic,
} from '#domain/follow/commands.ts'
import { getOwnFollow, listFollows, listNews, listOwnFollows, listShownFollows } from '#domain/follow/queries.ts'
import { showFollows } from '#domain/member/commands.ts'
import { deleteAccount } from '#domain/own-data/commands.ts'
import { db } from '#lib/db.ts'
import { env } from '#lib/env.ts'
import type { Viewer } from '#lib/viewer.ts'
import type { Visit } from '#lib/visit.ts'
import { findDrift } from '#prisma/derived.ts'
import { makeAma, makeAnswer, makeCommunity, makeMentor, makeQuestion, makeTopic, makeViewer } from '#testing/factories.ts'
import { visit } from '#testing/people.ts'

type Person = Visit & { viewer: NonNullable<Viewer> }

const day = 86_400_000
const at = (days: number) => new Date(Date.parse('2026-11-01T12:00:00Z') + days * day)
const person = async (): Promise<Person> => {
  const viewer = await makeViewer()
  return { ...visit({ viewer }), viewer }
}

let community: string, topic: { id: string; slug: string }, mentor: { id: string; handle: string }
beforeAll(async () => {
  community = (await makeCommunity()).id
  topic = await makeTopic(community)
  mentor = await makeMentor({ name: 'Mara Lind' })
})

describe('Following', () => {
  test('a mentor and a topic is counted once each, and shown from five on', async () => {
    const [who, what] = [await makeMentor(), await makeTopic(community)]
    const people = []
    while (people.length < 5) people.push(await person())
    for (const each of people.slice(0, 4)) expect(await followMentor(each, who.handle)).toEqual({ following: true, followers: 0 })
    const [ada, fifth] = [people[0] ?? never(), people[4] ?? never()]
    expect(await followMentor(fifth, who.handle)).toEqual({ following: true, followers: 5 })
    expect(await followMentor(fifth, who.handle)).toEqual({ following: true, followers: 5 })
    expect(await unfollowMentor(ada, who.handle)).toEqual({ following: false, followers: 0 })
    expect(await unfollowMentor(ada, who.handle)).toEqual({ following: false, followers: 0 })
    await followTopic(ada, what.slug)
    await followTopic(ada, what.slug)
    expect(await db().topic.findUniqueOrThrow({ where: { id: what.id } })).toMatchObject({ followerCount: 1 })
    expect(await listOwnFollows(ada.viewer, 'topic', [what.id, topic.id])).toEqual({ pressed: [what.id], own: [] })
    await unfollowTopic(ada, what.slug)
    expect(await getOwnFollow(ada.viewer, 'topic', what.slug)).toMatchObject({ following: false })
    expect(await drift()).toEqual([])
  })

  test('is for who is signed in and not suspended, and not for oneself or what is not there', async () => {
    const ada = await person()
    await expect(followMentor(visit(), mentor.handle)).rejects.toThrow('Sign in')
    const suspended = { ...ada, viewer: { ...ada.viewer, suspendedUntil: at(99) } }
    await expect(followTopic(suspended, topic.slug)).rejects.toThrow('suspended')
    await expect(followMentor(ada, ada.viewer.handle)).rejects.toThrow('not here')
    await db().member.update({ where: { id: ada.viewer.memberId }, data: { mentorSince: new Date() } })
    await expect(followMentor(ada, ada.viewer.handle)).rejects.toThrow('That is you')
    const hidden = await makeQuestion(community, { hiddenAt: new Date() })
    await expect(followQuestion(ada, hidden.slug)).rejects.toThrow('not here')
  })

  test('a question comes with asking and requesting it, and ends when one says so', async () => {
    const [ada, ben] = [await person(), await person()]
    const { slug, id } = await makeQuestion(community)
    await setRequest(ada, slug)
    expect(await getOwnFollow(ada.viewer, 'question', slug)).toMatchObject({ following: true })
    expect(await unfollowQuestion(ada, slug)).toEqual({ following: false })
    expect(await listOwnFollows(ada.viewer, 'question', [id])).toEqual({ pressed: [], own: [] })
    expect((await listFollows(ada.viewer, ''))?.rows).toEqual([])
    expect(await followQuestion(ada, slug)).toEqual({ following: true })
    expect((await listFollows(ada.viewer, ''))?.rows).toMatchObject([{ thing: 'question', slug }])

    await followQuestion(ben, slug)
    await unfollowQuestion(ben, slug)
    expect(await db().follow.count({ where: { memberId: ben.viewer.memberId } })).toBe(0)
  })

  test('can be searched, and goes on where a page ends', async () => {
    const ada = await person()
    await followTopic(ada, topic.slug)
    for (let i = 0; i < 24; i++) {
      const one = await makeMentor({ name: i === 7 ? 'Otto 100% Brand' : `Somebody ${i}` })
      await followMentor({ ...ada, now: at(i) }, one.handle)
    }
    const first = (await listFollows(ada.viewer, '')) ?? never()
    const rest = (await listFollows(ada.viewer, '', first.next ?? undefined)) ?? never()
    expect([first.rows.length, rest.rows.length, rest.next]).toEqual([20, 5, null])
    expect(new Set([...first.rows, ...rest.rows].map(({ id }) => id)).size).toBe(25)
    expect((await listFollows(ada.viewer, '100%'))?.rows.map(({ name }) => name)).toEqual(['Otto 100% Brand'])
    expect(await listFollows(ada.viewer, '', 'no-cursor')).toBeNull()
  })

  test('is shown to others only by who wants that, and questions never', async () => {
    const ada = await person()
    await followMentor(ada, mentor.handle)
    await followQuestion(ada, (await makeQuestion(community)).slug)
    expect(await listShownFollows(ada.viewer.memberId)).toEqual([])
    await showFollows(ada.viewer, { follows: 'shown' }, ada)
    expect(await listShownFollows(ada.viewer.memberId)).toEqual([
      { thing: 'mentor', id: mentor.id, slug: mentor.handle, name: 'Mara Lind' },
    ])
    await showFollows(ada.viewer, { follows: 'private' }, ada)
    expect(await listShownFollows(ada.viewer.memberId)).toEqual([])
  })

  test('ends with the account, on both sides, also where two follow each other and leave at once', async () => {
    for (let i = 0; i < 5; i++) {
      const [ada, ben] = [await person(), await person()]
      for (const { viewer } of [ada, ben]) {
        await db().member.update({ where: { id: viewer.memberId }, data: { mentorSince: new Date() } })
        await makeAnswer((await makeQuestion(community)).id, viewer.memberId)
      }
      await followMentor(ada, ben.viewer.handle)
      await followMentor(ben, ada.viewer.handle)
      await followTopic(ada, topic.slug)
      const leave = ({ viewer }: Person) => deleteAccount(viewer, { written: 'stays', handle: viewer.handle }, visit({ viewer }))
      await Promise.all([leave(ada), leave(ben)])
      const ids = [ada.viewer.memberId, ben.viewer.memberId]
      expect(await db().follow.count({ where: { OR: [{ memberId: { in: ids } }, { mentorId: { in: ids } }] } })).toBe(0)
    }
    expect(await drift()).toEqual([])
  })
})

describe('The feed', () => {
  test('has what is new of mentors, topics and questions, each thing once, the latest first, page by page', async () => {
    const ada = await person()
    const [own, other, elsewhere] = [await makeTopic(community), await makeMentor(), await makeCommunity()]
    const asked = await makeQuestion(community, { topicId: own.id, askedAt: at(1), title: 'What is new on the topic?' })
    const byMentor = await makeAnswer(asked.id, mentor.id, { answeredAt: at(4) })
    const ama = await makeAma({ communityId: community, topicId: own.id }, [{ ...mentor, companyId: null, title: null }], at(90), {
      createdAt: at(2),
      publishedAt: at(3),
    })
    const followed = await makeQuestion(elsewhere.id, { askedAt: at(0) })
    const byOther = await makeAnswer(followed.id, other.id, { answeredAt: at(5) })
    const notMine = await makeQuestion(elsewhere.id, { askedAt: at(6) })
    await makeAnswer(notMine.id, other.id, { answeredAt: at(7) })
    const more = []
    for (let i = 0; i < 22; i++) more.push(await makeAnswer((await makeQuestion(elsewhere.id)).id, mentor.id, { answeredAt: at(-i) }))

    expect((await listNews(ada.viewer))?.rows).toEqual([])
    await followMentor(ada, mentor.handle)
    await followTopic(ada, own.slug)
    await followQuestion(ada, followed.slug)
    const [first, second] = [
      (await listNews(ada.viewer)) ?? never(),
      (await listNews(ada.viewer, (await listNews(ada.viewer))?.next ?? '')) ?? never(),
    ]
    const news = [...first.rows, ...second.rows]
    expect(news.slice(0, 4).map(({ kind, id }) => [kind, id])).toEqual([
      ['answer', byOther.id],
      ['answer', byMentor.id],
      ['ama', ama.id],
      ['question', asked.id],
    ])
    expect(news.map(({ id }) => id).toSorted()).toEqual([byOther.id, byMentor.id, ama.id, asked.id, ...more.map(({ id }) => id)].toSorted())
    expect(second.next).toBeNull()
  })

  test('has an answer that was placed on a question of a topic, or on one that is followed, since then, also behind the first page', async () => {
    const ada = await person()
    const [own, elsewhere] = [await makeTopic(community), await makeCommunity()]
    const place = async (answer: { id: string; mentorId: string }, questionId: string, placedAt: Date) => {
      await db().answerPlacement.create({
        data: { answerId: answer.id, questionId, mentorId: answer.mentorId, line: 'The same.', placedAt },
      })
      return { id: answer.id, slug: (await db().question.findUniqueOrThrow({ where: { id: questionId } })).slug, at: placedAt }
    }
    const given = () => makeQuestion(elsewhere.id).then(({ id }) => makeAnswer(id, mentor.id, { answeredAt: at(-50) }))
    const ofTopic = await makeQuestion(community, { topicId: own.id, askedAt: at(-40) })
    const followed = await makeQuestion(elsewhere.id)
    const hidden = await makeQuestion(elsewhere.id)
    for (const { slug } of [followed, hidden]) await followQuestion(ada, slug)
    await db().question.update({ where: { id: hidden.id }, data: { hiddenAt: new Date() } })
    const twice = await given()
    await place(twice, hidden.id, at(3))
    const expected = [await place(twice, followed.id, at(2)), await place(twice, ofTopic.id, at(-30))]
    await followTopic(ada, own.slug)
    expect((await listNews(ada.viewer))?.rows).toMatchObject([...expected, { kind: 'question', id: ofTopic.id }])

    // Behind a page of others.
    const other = await makeMentor()
    for (let i = 0; i < 19; i++) await makeAnswer((await makeQuestion(elsewhere.id)).id, other.id, { answeredAt: at(i) })
    await followMentor(ada, other.handle)
    const next = (await listNews(ada.viewer))?.next ?? ''
    expect((await listNews(ada.viewer, next))?.rows).toMatchObject([expected[1], { kind: 'question', id: ofTopic.id }])
  })

  test('has nothing that is muted or hidden, nor what one asked oneself', async () => {
    const ada = await person()
    const [own, who] = [await makeTopic(community), await makeMentor()]
    const mine = await makeQuestion(community, { topicId: own.id, askedById: ada.viewer.memberId })
    const question = await makeQuestion(community, { topicId: own.id })
    const answer = await makeAnswer(question.id, who.id)
    const kinds = async () => (await listNews(ada.viewer))?.rows.map(({ kind }) => kind)
    await followTopic(ada, own.slug)
    expect((await listNews(ada.viewer))?.rows.map(({ id }) => id)).not.toContain(mine.id)
    expect(await kinds()).toEqual(['answer', 'question'])
    await db().answer.update({ where: { id: answer.id }, data: { hiddenAt: new Date() } })
    expect(await kinds()).toEqual(['question'])
    await muteFollow(ada.viewer, { thing: 'topic', id: own.id, mute: 'on' }, ada)
    expect(await kinds()).toEqual([])
    expect((await listFollows(ada.viewer, ''))?.rows).toMatchObject([{ muted: true }])
    await muteFollow(ada.viewer, { thing: 'topic', id: own.id, mute: 'off' }, ada)
    expect(await kinds()).toEqual(['question'])
  })

  test('leaves out a requested question that is muted', async () => {
    const ada = await person()
    const { slug, id } = await makeQuestion(community)
    await setRequest(ada, slug)
    await makeAnswer(id, mentor.id)
    expect((await listNews(ada.viewer))?.rows).toHaveLength(1)
    await muteFollow(ada.viewer, { thing: 'question', id, mute: 'on' }, ada)
    expect((await listNews(ada.viewer))?.rows).toEqual([])
    expect(await getOwnFollow(ada.viewer, 'question', slug)).toMatchObject({ following: true })
  })
})

async function drift() {
  const client = new Client({ connectionString: env().DATABASE_URL })
  await client.connect()
  try {
    return await findDrift(client)
  } finally {
    await client.end()
  }
}

function never(): never {
  throw new Error('nothing')
}
