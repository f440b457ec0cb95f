import { beforeAll, describe, expect, test } from 'vitest'
import { publishAnswer } from '#domain/answer/commands.ts'
import { beginLease, leaveLease } from '#domain/answer-lease/commands.ts'
import { listBeingAnswered, othersAnswering } from '#domain/answer-lease/queries.ts'
import { HELD_FOR } from '#domain/answer-lease/rules.ts'
import { listQueue } from '#domain/queue/queries.ts'
import { db } from '#lib/db.ts'
import type { Visit } from '#lib/visit.ts'
import { makeAma, makeCommunity, makeQuestion, makeTopic, makeViewer } from '#testing/factories.ts'
import { visit } from '#testing/people.ts'

const now = new Date('2026-11-23T10:10:00Z')
const later = (ms: number) => new Date(now.getTime() + ms)

let ama: { id: string }
let ask: () => Promise<{ id: string; slug: string; number: number | null }>
let ana: (at?: Date) => Visit
let ben: (at?: Date) => Visit

beforeAll(async () => {
  const community = await makeCommunity()
  const topic = await makeTopic(community.id)
  const mentors = await Promise.all([mentorOf(community.id, 'Ana Lima'), mentorOf(community.id, 'Ben Holm')])
  const [one, other] = mentors.map(({ memberId }) => ({ id: memberId, companyId: null, title: null }))
  if (!one || !other) throw new Error('no mentors')
  ama = await makeAma({ communityId: community.id, topicId: topic.id }, [one, other], new Date('2026-11-23T10:00:00Z'))
  let number = 0
  ask = () => makeQuestion(community.id, { amaId: ama.id, number: ++number, askedAt: new Date('2026-11-23T09:00:00Z') })
  ana = (at = now) => visit({ viewer: mentors[0] ?? null, now: at })
  ben = (at = now) => visit({ viewer: mentors[1] ?? null, now: at })
})

describe('Who answers a question', () => {
  test('learns who else does, and both can', async () => {
    const { slug, id } = await ask()
    expect(await beginLease(ana(), slug)).toEqual({ others: [] })
    expect(await beginLease(ben(later(1_000)), slug)).toEqual({ others: ['Ana Lima'] })
    expect(await othersAnswering(id, ana().viewer?.memberId ?? '', later(2_000))).toEqual(['Ben Holm'])
    expect(await listBeingAnswered(ama.id, later(2_000))).toMatchObject([{ id, by: ['Ana Lima', 'Ben Holm'] }])
    await publish(ana(later(3_000)), id)
    await publish(ben(later(4_000)), id)
    expect(await db().answer.count({ where: { questionId: id } })).toBe(2)
  })

  test('is seen by the other one in the queue, not by themselves', async () => {
    const { slug, id } = await ask()
    await beginLease(ana(), slug)
    const othersFor = async ({ viewer }: Visit, at: Date) => {
      const rows = viewer ? (await listQueue(viewer, 'newest', at))?.rows : []
      return rows?.find((row) => row.id === id)?.others
    }
    expect(await othersFor(ben(), later(1_000))).toEqual(['Ana Lima'])
    expect(await othersFor(ana(), later(1_000))).toEqual([])
    expect(await othersFor(ben(), later(HELD_FOR + 1_000))).toEqual([])
  })

  test('is at one question at a time, since when they began', async () => {
    const [one, other] = [await ask(), await ask()]
    await beginLease(ana(), one.slug)
    await beginLease(ana(later(60_000)), one.slug)
    expect(await lease()).toEqual({ questionId: one.id, since: now, until: later(60_000 + HELD_FOR) })
    await beginLease(ana(later(70_000)), other.slug)
    expect(await lease()).toEqual({ questionId: other.id, since: later(70_000), until: later(70_000 + HELD_FOR) })
    await leaveLease(ana(later(80_000)), one.slug)
    expect(await lease()).toMatchObject({ questionId: other.id })
    await leaveLease(ana(later(80_000)), other.slug)
    expect(await lease()).toBeNull()
  })

  test('is not any more after a while without a word, after publishing, and after keeping it as prepared', async () => {
    const { slug, id } = await ask()
    await beginLease(ana(), slug)
    expect(await listBeingAnswered(ama.id, later(HELD_FOR - 1))).toHaveLength(1)
    expect(await listBeingAnswered(ama.id, later(HELD_FOR))).toEqual([])
    // After the end it begins anew.
    await beginLease(ana(later(HELD_FOR + 5)), slug)
    expect(await lease()).toMatchObject({ since: later(HELD_FOR + 5) })
    await publish(ana(later(HELD_FOR + 10)), id)
    expect(await lease()).toBeNull()
  })

  test('is told without a script from the first preview on', async () => {
    const { id } = await ask()
    await publish(ana(), id, 'preview')
    expect(await lease()).toMatchObject({ questionId: id })
    await publish(ana(later(1_000)), id, 'publish', 1)
    expect(await lease()).toBeNull()
  })
})

test('A question of others, and one that is hidden, is answered by nobody', async () => {
  const { slug, id } = await ask()
  const mina = visit({ viewer: await makeViewer({ name: 'Mina Rao' }), now })
  await expect(beginLease(mina, slug)).rejects.toMatchObject({ code: 'not_found' })
  await beginLease(ana(), slug)
  await db().question.update({ where: { id }, data: { hiddenAt: now } })
  expect(await listBeingAnswered(ama.id, later(1_000))).toEqual([])
})

async function mentorOf(communityId: string, name: string) {
  const viewer = await makeViewer({ name, mentor: true })
  await db().member.update({ where: { id: viewer.memberId }, data: { name, mentorSince: now } })
  await db().communityMentor.create({ data: { communityId, memberId: viewer.memberId } })
  return viewer
}

function publish(by: Visit, question: string, act: 'publish' | 'preview' = 'publish', version = 0) {
  return publishAnswer(by.viewer, { question, body: 'I listen.', do: act, version, edits: null, window: undefined }, by)
}

function lease() {
  const memberId = ana().viewer?.memberId ?? ''
  return db().answerLease.findUnique({ where: { memberId }, select: { questionId: true, since: true, until: true } })
}
