import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { getAma } from '#domain/ama/queries.ts'
import { closeAma, closePastAmas } from '#domain/closing/commands.ts'
import { countBecame, listUndecided, whatBecame } from '#domain/closing/queries.ts'
import { CloseAma, notHereField } from '#domain/closing/rules.ts'
import { tellAudience } from '#domain/notice/commands.ts'
import { countQueue } from '#domain/queue/queries.ts'
import { db } from '#lib/db.ts'
import { makeAma, makeAnswer, makeCommunity, makeMentor, makeQuestion, makeTopic, makeViewer } from '#testing/factories.ts'
import { noticeJobs } from '#testing/mails.ts'
import { visit } from '#testing/people.ts'

const now = new Date('2026-11-23T12:00:00.700Z')
const ago = (minutes: number) => new Date(Math.floor(now.getTime() / 1_000) * 1_000 - minutes * 60_000)
const WEEK = 7 * 24 * 60

type Person = Awaited<ReturnType<typeof makeViewer>>

let community: { id: string; slug: string }
let topic: { id: string }
let host: Person
let mara: Person

beforeEach(async () => {
  community = await makeCommunity()
  topic = await makeTopic(community.id)
  host = await makeViewer({ hosts: [community.id] })
  mara = await makeViewer({ mentor: true })
  await db().member.update({ where: { id: mara.memberId }, data: { mentorSince: now, name: 'Mara Lind' } })
  await db().communityMentor.create({ data: { communityId: community.id, memberId: mara.memberId } })
})

/** An AMA of Mara that began so many minutes ago; it takes an hour. */
function amaFrom(minutes: number) {
  const held = { id: mara.memberId, companyId: null, title: null }
  return makeAma({ communityId: community.id, topicId: topic.id }, [held], ago(minutes))
}

async function questionIn(amaId: string, number: number, given: Parameters<typeof makeQuestion>[1] = {}) {
  return makeQuestion(community.id, { amaId, topicId: topic.id, number, askedAt: ago(300), ...given })
}

function close(viewer: Person | null, id: string, given: { note?: string; notHere?: string[] } = {}) {
  const { note = '', notHere = [] } = given
  const ticked = Object.fromEntries(notHere.map((question) => [notHereField(question), 'on']))
  return closeAma(viewer, CloseAma.parse({ id, note, ...ticked }), visit({ viewer, now }))
}

async function toldOf(amaId: string): Promise<(string | null)[][]> {
  for (const job of await noticeJobs('announce')) await tellAudience(job, now)
  const notices = await db().notice.findMany({ where: { amaId, event: 'ama-closed' }, select: { memberId: true, why: true } })
  return notices.map(({ memberId, why }) => [memberId, why]).toSorted()
}

describe('Closing an AMA', () => {
  test('decides what is left, says a word, and tells once whoever still waits', async () => {
    const [ada, ben, eve, other] = [await makeViewer(), await makeViewer(), await makeViewer(), await makeMentor({ name: 'Otto Berg' })]
    const ama = await amaFrom(120)
    const [answered, open, left, passed] = [
      await questionIn(ama.id, 1, { askedById: eve.memberId }),
      await questionIn(ama.id, 2, { askedById: ada.memberId }),
      await questionIn(ama.id, 3, { askedById: ada.memberId }),
      await questionIn(ama.id, 4),
    ]
    const wants = [
      ...[answered, open, left].map(({ id, askedById }) => ({ questionId: id, memberId: askedById ?? '' })),
      ...[open, left, passed].map(({ id }) => ({ questionId: id, memberId: ben.memberId })),
    ]
    await db().answerRequest.createMany({ data: wants.map((want) => ({ ...want, requestedAt: ago(200) })) })
    await makeAnswer(answered.id, mara.memberId, { answeredAt: ago(90) })
    const given = { memberId: mara.memberId, questionId: passed.id, act: 'hand-over', toId: other.id, setAsideAt: ago(80) }
    await db().setAside.create({ data: given })
    await noticeJobs('announce')
    expect((await listUndecided(ama.id, now)).map(({ id }) => id)).toEqual([open.id, left.id])

    // Only what is undecided can be left: an answer stays an answer.
    await close(host, ama.id, { note: 'Thank you. [More](https://example.org/more).', notHere: [left.id, answered.id] })
    expect(await countBecame(ama.id, now)).toEqual({ answered: 1, covered: 0, passed: 1, open: 1, closed: 1 })
    const became = await whatBecame([answered.id, open.id, left.id, passed.id], now)
    expect([...became.values()].map(({ became }) => became).toSorted()).toEqual(['answered', 'closed', 'open', 'passed'])
    expect(became.get(passed.id)).toEqual({ became: 'passed', to: 'Otto Berg' })
    const shown = await getAma(ama.slug)
    expect(shown).toMatchObject({ closedAt: now, endsAt: ama.endsAt })
    expect(shown?.closingNoteHtml).toContain('href="https://example.org/more"')

    // Eve has her answer. Ada asked, Ben waits.
    expect(await toldOf(ama.id)).toEqual(
      [
        [ada.memberId, 'asker'],
        [ben.memberId, 'requester'],
      ].toSorted(),
    )
    // Who waits goes on waiting; what is not answered here is in no queue any more.
    expect(await db().question.findUniqueOrThrow({ where: { id: open.id } })).toMatchObject({ waitingCount: 2, closedAt: null })
    const { sources } = await countQueue(mara, now)
    expect(sources).toEqual({ me: 0, ama: 0, open: 1 })
  })

  test('is for those who run it or hold it', async () => {
    const ama = await amaFrom(120)
    const cohost = await makeViewer()
    await db().amaHost.create({ data: { amaId: ama.id, memberId: cohost.memberId } })
    await expect(close(null, ama.id)).rejects.toMatchObject({ code: 'sign_in' })
    await expect(close(await makeViewer({ mentor: true }), ama.id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(close({ ...mara, suspendedUntil: now }, ama.id)).rejects.toMatchObject({ code: 'not_found' })
    await close(cohost, ama.id)
    expect(await db().ama.findUniqueOrThrow({ where: { id: ama.id } })).toMatchObject({ closedById: cohost.memberId })
  })

  test('says of what an earlier answer was placed on that it is covered', async () => {
    const ama = await amaFrom(120)
    const question = await questionIn(ama.id, 1)
    const given = await makeAnswer((await makeQuestion(community.id)).id, mara.memberId)
    const there = { questionId: question.id, mentorId: mara.memberId, line: 'The same point.', placedAt: now }
    await db().answerPlacement.create({ data: { answerId: given.id, ...there } })
    expect(await listUndecided(ama.id, now)).toEqual([])
    await close(mara, ama.id)
    expect(await countBecame(ama.id, now)).toEqual({ answered: 0, covered: 1, passed: 0, open: 0, closed: 0 })
    expect(await getAma(ama.slug)).toMatchObject({ answeredCount: 1 })
  })

  test('ends one that is on, at the last whole minute', async () => {
    const ama = await amaFrom(20)
    await close(mara, ama.id)
    expect(await getAma(ama.slug)).toMatchObject({ closedAt: now, endsAt: ago(0) })
  })

  test.each([
    ['has not begun', -60, {}],
    ['has just begun', 3, {}],
    ['was cancelled', 120, { cancelledAt: ago(130) }],
  ])('is refused where it %s', async (_, minutes, given) => {
    const ama = await amaFrom(minutes)
    await db().ama.update({ where: { id: ama.id }, data: given })
    await expect(close(host, ama.id)).rejects.toMatchObject({ code: 'conflict' })
    expect(await db().ama.findUniqueOrThrow({ where: { id: ama.id } })).toMatchObject({ closedAt: null, endsAt: ama.endsAt })
  })

  test('happens once, also where two do it at one moment', async () => {
    const ama = await amaFrom(120)
    await questionIn(ama.id, 1)
    await noticeJobs('announce')
    const done = await Promise.allSettled([close(host, ama.id, { note: 'One.' }), close(mara, ama.id, { note: 'Two.' })])
    expect(done.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const [late] = done.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
    expect(late).toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/^(Ada Osei|Mara Lind) has closed it in the meantime\.$/),
    })
    expect(await noticeJobs('announce')).toHaveLength(1)
  })

  test('happens by itself a week after the end, as of then, and once', async () => {
    const [early, late] = [await amaFrom(WEEK + 59), await amaFrom(WEEK + 61)]
    const ada = await makeViewer()
    const question = await questionIn(late.id, 1, { askedById: ada.memberId })
    await db().answerRequest.create({ data: { questionId: question.id, memberId: ada.memberId } })
    await noticeJobs('announce')
    await closePastAmas(now)
    await closePastAmas(now)
    expect(await db().ama.findUniqueOrThrow({ where: { id: early.id } })).toMatchObject({ closedAt: null })
    const closed = await db().ama.findUniqueOrThrow({ where: { id: late.id } })
    expect(closed).toMatchObject({ closedAt: new Date(late.endsAt.getTime() + WEEK * 60_000), closedById: null })
    expect(await countBecame(late.id, now)).toEqual({ answered: 0, covered: 0, passed: 0, open: 1, closed: 0 })
    expect(await toldOf(late.id)).toEqual([[ada.memberId, 'asker']])
    await expect(close(host, late.id)).rejects.toMatchObject({ message: 'Somebody has closed it in the meantime.' })
  })

  test('is told to nobody where it ended long ago, as an import brings AMAs', async () => {
    const [old, recent] = [await amaFrom(WEEK + 60 + 2 * 24 * 60), await amaFrom(WEEK + 59 + 2 * 24 * 60)]
    const ada = await makeViewer()
    for (const ama of [old, recent]) {
      const question = await questionIn(ama.id, 1, { askedById: ada.memberId })
      await db().answerRequest.create({ data: { questionId: question.id, memberId: ada.memberId } })
    }
    await noticeJobs('announce')
    await closePastAmas(now)
    expect(await toldOf(old.id)).toEqual([])
    expect(await db().ama.findUniqueOrThrow({ where: { id: old.id } })).toMatchObject({
      closedAt: new Date(old.endsAt.getTime() + WEEK * 60_000),
    })
    expect(await db().notice.count({ where: { amaId: recent.id, event: 'ama-closed', memberId: ada.memberId } })).toBe(1)
  })
})

const ACTS = ['ask', 'answer', 'place', 'take back', 'hide', 'show', 'hand over', 'set aside', 'close', 'forget'] as const

test('Whatever happens to an AMA, what became of its questions sums to the questions that were asked', async () => {
  const otto = await makeMentor()
  const history = fc.array(fc.tuple(fc.constantFrom(...ACTS), fc.nat(9)), { minLength: 5, maxLength: 25 })
  await fc.assert(
    fc.asyncProperty(history, async (acts) => {
      const ama = await amaFrom(120)
      for (const [act, choice] of acts) {
        await happen(ama.id, act, choice, otto.id)
        const sums = await countBecame(ama.id, now)
        const { questionCount, answeredCount } = await db().ama.findUniqueOrThrow({ where: { id: ama.id } })
        const shown = await db().question.findMany({ where: { amaId: ama.id, hiddenAt: null }, select: { id: true } })
        expect(Object.values(sums).reduce((sum, questions) => sum + questions, 0)).toBe(questionCount)
        expect(shown).toHaveLength(questionCount)
        expect(sums.answered + sums.covered).toBe(answeredCount)
        const ids = shown.map(({ id }) => id)
        const each = [...(await whatBecame(ids, now)).values()].map(({ became }) => became)
        for (const [became, questions] of Object.entries(sums)) expect(each.filter((one) => one === became)).toHaveLength(questions)
      }
    }),
    { numRuns: 15 },
  )
}, 120_000)

/** One thing happens to the question that the choice points at, if it can. */
async function happen(amaId: string, act: (typeof ACTS)[number], choice: number, otherId: string): Promise<void> {
  const questions = await db().question.findMany({ where: { amaId }, orderBy: { number: 'asc' }, select: { id: true } })
  const question = questions[choice % Math.max(1, questions.length)]
  if (act === 'ask' || !question) {
    await questionIn(amaId, questions.length + 1)
    return
  }
  const questionId = question.id
  if (act === 'answer') await makeAnswer(questionId, choice % 2 ? mara.memberId : otherId)
  if (act === 'place') {
    const given = await makeAnswer((await makeQuestion(community.id)).id, otherId)
    const there = { answerId: given.id, questionId, mentorId: otherId, line: 'The same point.', placedAt: now }
    await db().answerPlacement.createMany({ data: [there], skipDuplicates: true })
  }
  if (act === 'take back') await db().answer.deleteMany({ where: { questionId } })
  if (act === 'hide') await db().question.update({ where: { id: questionId }, data: { hiddenAt: now } })
  if (act === 'show') await db().question.update({ where: { id: questionId }, data: { hiddenAt: null } })
  if (act === 'forget') await db().setAside.deleteMany({ where: { questionId } })
  const which = { memberId: mara.memberId, questionId }
  const given = { act: 'hand-over', toId: otherId, setAsideAt: now }
  if (act === 'hand over')
    await db().setAside.upsert({ where: { memberId_questionId: which }, create: { ...which, ...given }, update: given })
  const theirs = { memberId: otherId, questionId }
  const skipped = { act: 'skip', setAsideAt: now }
  if (act === 'set aside')
    await db().setAside.upsert({ where: { memberId_questionId: theirs }, create: { ...theirs, ...skipped }, update: skipped })
  if (act === 'close')
    await close(host, amaId, { notHere: [questionId] }).catch((refusal) => expect(refusal).toMatchObject({ code: 'conflict' }))
}
