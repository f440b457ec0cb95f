import { Client } from 'pg'
import { describe, expect, test } from 'vitest'
import {
  choosePoint,
  editAnswer,
  hideAnswer,
  placeAnswer,
  publishAnswer,
  publishAtStart,
  publishPrepared,
  removeVersion,
  restoreAnswer,
  takeBackAnswer,
  takePlacementBack,
} from '#domain/answer/commands.ts'
import { findPlacement, getAnswer, listAnswers, listVersions } from '#domain/answer/queries.ts'
import { EditAnswer, PublishAnswer } from '#domain/answer/rules.ts'
import { saveAnswerDraft } from '#domain/answer-draft/commands.ts'
import { countPrepared, findAnswering, listAnswerable, listPrepared } from '#domain/answer-draft/queries.ts'
import { markAnswer } from '#domain/answer-mark/commands.ts'
import { setRequest } from '#domain/answer-request/commands.ts'
import { getOwnRequest } from '#domain/answer-request/queries.ts'
import { listNewestAnswers } from '#domain/feed/queries.ts'
import { tellAudience } from '#domain/notice/commands.ts'
import { db } from '#lib/db.ts'
import { env } from '#lib/env.ts'
import { paths } from '#lib/paths.ts'
import type { Viewer } from '#lib/viewer.ts'
import { findDrift } from '#prisma/derived.ts'
import { makeAma, makeAnswer, makeCommunity, makeCompany, makeQuestion, makeTopic, makeViewer } from '#testing/factories.ts'
import { noticeJobs } from '#testing/mails.ts'
import { visit } from '#testing/people.ts'

describe('Ana publishes an answer', () => {
  test('with the role that she holds now, and keeps it when she leaves', async () => {
    const { ana, question } = await makeAsked()
    const company = await makeCompany('Glassworks')
    await db().member.update({ where: { id: ana.memberId }, data: { companyId: company.id, title: 'Founder' } })
    expect(await publish(ana, question.id, 'I *listen* first.')).toEqual({ to: paths.answerQuestion(question.slug, 'published') })
    await db().member.update({ where: { id: ana.memberId }, data: { companyId: null, title: 'Retired' } })
    const [answer] = (await listAnswers(question.id))?.rows ?? []
    expect(answer).toMatchObject({ company: 'Glassworks', title: 'Founder', html: '<p>I <em>listen</em> first.</p>', editedAt: null })
    expect(await db().question.findUnique({ where: { id: question.id } })).toMatchObject({
      answerCount: 1,
      leadAnswerId: answer?.id,
      leadExcerpt: 'I listen first.',
    })
    expect(await drift()).toEqual([])
  })

  test('once, however often it is sent, also at one moment', async () => {
    const { ana, question } = await makeAsked()
    const sent = await Promise.all(Array.from({ length: 5 }, () => publish(ana, question.id, 'Once.')))
    expect(new Set(sent.map(({ to }) => to))).toEqual(new Set([paths.answerQuestion(question.slug, 'published')]))
    expect(await db().answer.count({ where: { questionId: question.id } })).toBe(1)
  })

  test('and other words that she sends for it are a draft of a change', async () => {
    const { ana, question } = await makeAsked()
    await publish(ana, question.id, 'The first words.')
    expect(await publish(ana, question.id, 'Other words.')).toEqual({ to: paths.answerQuestion(question.slug, 'again') })
    const answering = await findAnswering(ana, question.slug, new Date())
    expect(answering?.answer?.body).toBe('The first words.')
    expect(answering?.draft?.body).toContain('Other words.')
    expect(await db().answer.count({ where: { questionId: question.id } })).toBe(1)
  })

  test('and whoever waits has it, whatever clock the request was dated by', async () => {
    const { ana, question } = await makeAsked()
    const ben = await makeViewer()
    await setRequest(visit({ viewer: ben, now: new Date(Date.now() + 60_000) }), question.slug)
    await publish(ana, question.id, 'Here it is.')
    expect(await getOwnRequest(ben, question.slug)).toMatchObject({ requested: false, counted: true, requests: 1 })
  })

  test.each([
    ['nothing', '  \n', 'body'],
    ['too much', 'x'.repeat(30_001), 'body'],
  ])('but not with %s in it', (_what, body, field) => {
    const { error } = PublishAnswer.safeParse({ question: crypto.randomUUID(), body, do: 'publish' })
    expect(error?.issues.map(({ path }) => path[0])).toEqual([field])
  })
})

describe('What was written elsewhere', () => {
  test('is not left out: nothing is published, and both texts are in the draft', async () => {
    const { ana, question } = await makeAsked()
    await saveAnswerDraft(ana, draft(question.id, 'From the train.'), new Date())
    const { to } = await publish(ana, question.id, 'From the desk.')
    expect(to).toBe(paths.answerQuestion(question.slug, 'joined'))
    expect(await db().answer.count({ where: { questionId: question.id } })).toBe(0)
    const answering = await findAnswering(ana, question.slug, new Date())
    expect(answering?.draft).toMatchObject({ body: 'From the train.\n\n---\n\nFrom the desk.', version: 2 })
    await publish(ana, question.id, 'From both.', { version: 2 })
    expect(await findAnswering(ana, question.slug, new Date())).toMatchObject({ answer: { body: 'From both.' }, draft: null })
  })

  test('is shown to whoever saves, and nothing is written', async () => {
    const { ana, question } = await makeAsked()
    const save = (body: string, given: object = {}) => saveAnswerDraft(ana, draft(question.id, body, given), new Date())
    expect(await save('One.')).toEqual({ version: 1 })
    expect(await save('One. Two.', { version: 1 })).toEqual({ version: 2 })
    expect(await save('Another one.', { version: 1 })).toMatchObject({ theirs: { body: 'One. Two.', version: 2, edits: null } })
    expect(await save('One. Two. Three.', { version: 2 })).toEqual({ version: 3 })
  })

  test('in the same window is its own, whether or not it heard of it', async () => {
    const { ana, question } = await makeAsked()
    const window = crypto.randomUUID()
    const save = (body: string, given: object) => saveAnswerDraft(ana, draft(question.id, body, { window, ...given }), new Date())
    expect(await save('One.', { version: 0 })).toEqual({ version: 1 })
    expect(await save('One. Two.', { version: 0 })).toEqual({ version: 2 })
    const { to } = await publish(ana, question.id, 'One. Two. Three.', { version: 0, window })
    expect(to).toBe(paths.answerQuestion(question.slug, 'published'))
  })

  test('and published is not written over by a draft that comes late', async () => {
    const { ana, question } = await makeAsked()
    await publish(ana, question.id, 'Published.')
    expect(await saveAnswerDraft(ana, draft(question.id, 'Late.'), new Date())).toMatchObject({
      theirs: { body: 'Published.', version: 0, edits: 0 },
    })
    expect(await saveAnswerDraft(ana, draft(question.id, 'A change.', { edits: 0 }), new Date())).toEqual({ version: 1 })
    expect(await saveAnswerDraft(ana, draft(question.id, 'Published.', { edits: 0, version: 1 }), new Date())).toEqual({ version: 0 })
    expect((await findAnswering(ana, question.slug, new Date()))?.draft).toBeNull()
  })
})

describe('Ana changes her answer', () => {
  test('and what it said before is in its history, with the reason', async () => {
    const { ana, question, id } = await makeAnswered()
    await edit(ana, question.id, 'The second words.')
    await edit(ana, question.id, 'The third words.', { edits: 1, reason: 'A third thought.' })
    expect(await getAnswer(id)).toMatchObject({ html: '<p>The third words.</p>', excerpt: 'The third words.' })
    const { rows } = (await listVersions(id)) ?? {}
    expect(rows).toMatchObject([
      { number: 2, html: '<p>The second words.</p>', reason: 'A third thought.' },
      { number: 1, html: '<p>The first words.</p>', reason: 'A second thought.' },
    ])
    expect(rows?.[0]?.writtenAt).toEqual(rows?.[1]?.replacedAt)
    expect((await db().question.findUnique({ where: { id: question.id } }))?.leadExcerpt).toBe('The third words.')
    expect(await drift()).toEqual([])
  })

  test('in two windows, and loses neither', async () => {
    const { ana, question } = await makeAnswered()
    await edit(ana, question.id, 'The second words.')
    const { to } = await edit(ana, question.id, 'Words of the other window.', { edits: 0 })
    expect(to).toBe(paths.answerQuestion(question.slug, 'joined'))
    expect((await findAnswering(ana, question.slug, new Date()))?.draft?.body).toBe(
      'The second words.\n\n---\n\nWords of the other window.',
    )
  })

  test('never without a reason', () => {
    const sent = { question: crypto.randomUUID(), body: 'Other words.', edits: 0 }
    expect(EditAnswer.safeParse({ ...sent, do: 'publish', reason: '  ' }).error?.issues[0]?.path).toEqual(['reason'])
    expect(EditAnswer.safeParse({ ...sent, do: 'preview' }).success).toBe(true)
  })

  test('and removes a text of the history: the entry stays', async () => {
    const { ana, question, id } = await makeAnswered('A customer is called Brightwater.')
    await edit(ana, question.id, 'A customer is not named.')
    await removeVersion(ana, { id, number: 1, reason: 'A customer was named.' }, visit())
    expect((await listVersions(id))?.rows).toMatchObject([{ number: 1, html: null, removeReason: 'A customer was named.' }])
    const kept = await db().answerVersion.findMany({ where: { answerId: id } })
    const feed = await listNewestAnswers('communities', question.communityId)
    expect(JSON.stringify([kept, feed])).not.toContain('Brightwater')
    await expect(removeVersion(ana, { id, number: 1, reason: 'Again.' }, visit())).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('Ana takes her answer back', () => {
  test('and the question is as it was: who waited waits, the counts are right, and only she has the words', async () => {
    const { ana, question } = await makeAsked()
    const [ben, cora] = [await makeViewer(), await makeViewer()]
    await setRequest(visit({ viewer: ben }), question.slug)
    await publish(ana, question.id, 'The first words.')
    const { id } = await db().answer.findFirstOrThrow({ where: { questionId: question.id } })
    await setRequest(visit({ viewer: cora }), question.slug)
    expect(await takeBackAnswer(ana, { id }, visit())).toEqual({ to: paths.answerQuestion(question.slug, 'taken-back') })
    expect(await db().question.findUnique({ where: { id: question.id } })).toMatchObject({
      answerCount: 0,
      requestCount: 2,
      lastAnsweredAt: null,
      leadAnswerId: null,
    })
    for (const viewer of [ben, cora]) expect(await getOwnRequest(viewer, question.slug)).toMatchObject({ requested: true })
    expect(await findAnswering(ana, question.slug, new Date())).toMatchObject({ answer: null, draft: { body: 'The first words.' } })
    expect(await listNewestAnswers('communities', question.communityId)).toEqual([])
    expect(await drift()).toEqual([])
    await expect(takeBackAnswer(ana, { id }, visit())).rejects.toMatchObject({ code: 'not_found' })
  })

  test('and what she was changing it to stays too, below it, whatever window had it', async () => {
    const { ana, question, id } = await makeAnswered('Listen first.\n\nThen write it down.')
    const window = crypto.randomUUID()
    const save = (body: string, given: object) => saveAnswerDraft(ana, draft(question.id, body, { window, ...given }), new Date())
    await save('Listen first.', { edits: 0 })
    await takeBackAnswer(ana, { id }, visit())
    const both = 'Listen first.\n\nThen write it down.\n\n---\n\nListen first.'
    expect(await findAnswering(ana, question.slug, new Date())).toMatchObject({ answer: null, draft: { body: both, version: 2 } })
    // A window that knows nothing of it writes over neither.
    expect(await save('Listen.', { edits: 0, version: 1 })).toMatchObject({ theirs: { body: both } })
  })

  test('and a change that goes on from all of it is her draft as it is', async () => {
    const { ana, question, id } = await makeAnswered('Listen first.')
    await saveAnswerDraft(ana, draft(question.id, 'Listen first. Then write it down.', { edits: 0 }), new Date())
    await takeBackAnswer(ana, { id }, visit())
    expect((await findAnswering(ana, question.slug, new Date()))?.draft).toMatchObject({
      body: 'Listen first. Then write it down.',
      version: 1,
    })
  })

  test('unless that would be more than a draft can have', async () => {
    const { ana, question, id } = await makeAnswered('Listen first.')
    await saveAnswerDraft(ana, draft(question.id, 'x'.repeat(99_990), { edits: 0 }), new Date())
    await expect(takeBackAnswer(ana, { id }, visit())).rejects.toMatchObject({ code: 'conflict' })
    expect(await findAnswering(ana, question.slug, new Date())).toMatchObject({ answer: { id }, draft: { version: 1 } })
  })

  test('before anybody is told of it, or later, and then those who were told hear that too', async () => {
    const [soon, late] = [await makeAsked(), await makeAsked()]
    for (const { ana, question } of [soon, late]) await publish(ana, question.id, 'The first words.')
    const idOf = async ({ question }: typeof soon) => (await db().answer.findFirstOrThrow({ where: { questionId: question.id } })).id
    const [first, second] = [await idOf(soon), await idOf(late)]
    await takeBackAnswer(soon.ana, { id: first }, visit())
    await takeBackAnswer(late.ana, { id: second }, visit({ now: new Date(Date.now() + 11_000) }))
    expect(await announced()).toEqual(
      expect.arrayContaining([
        { event: 'answered', answerId: first },
        { event: 'answered', answerId: second },
        { event: 'answer-taken-back', questionId: late.question.id },
      ]),
    )
    expect(await announced()).not.toContainEqual({ event: 'answer-taken-back', questionId: soon.question.id })
  })

  test('and another mentor’s answer is still there for those whom it came later than', async () => {
    const { ana, question, community } = await makeAsked()
    const bea = await makeMentorOf(community.id)
    const ben = await makeViewer()
    await setRequest(visit({ viewer: ben }), question.slug)
    const early = new Date(Date.now() + 1_000)
    await publish(bea, question.id, 'Bea’s.', {}, early)
    await publish(ana, question.id, 'Ana’s.', {}, new Date(early.getTime() + 1_000))
    const { id } = await db().answer.findFirstOrThrow({ where: { mentorId: ana.memberId } })
    await takeBackAnswer(ana, { id }, visit())
    expect(await getOwnRequest(ben, question.slug)).toMatchObject({ requested: false, counted: true })
  })
})

describe('What Ana has prepared for her AMA', () => {
  test('is published at the start, wherever that has moved to, and once', async () => {
    const { ana, ama, questions } = await makeHeld()
    const [first, second, third] = questions
    await publish(ana, first.id, 'The first.', { do: 'start' })
    await publish(ana, second.id, 'The second.', { do: 'prepare' })
    await saveAnswerDraft(ana, draft(third.id, 'Just begun.'), new Date())
    expect(await countPrepared(ana, ama.id)).toEqual({ count: 2, outOf: 3, toPublish: true })
    expect(await startJobs(ama.id)).toEqual([ama.startsAt])

    const later = new Date(ama.startsAt.getTime() + 3_600_000)
    await db().ama.update({ where: { id: ama.id }, data: { startsAt: later, endsAt: new Date(later.getTime() + 3_600_000) } })
    expect(await startJobs(ama.id)).toEqual([later])
    // The old job, were it still there, would find that it is too early.
    await publishAtStart({ ama: ama.id }, ama.startsAt)
    expect(await db().answer.count({ where: { mentorId: ana.memberId } })).toBe(0)
    await Promise.all([publishAtStart({ ama: ama.id }, later), publishAtStart({ ama: ama.id }, later)])
    expect(await db().answer.findMany({ where: { mentorId: ana.memberId }, select: { body: true } })).toEqual([{ body: 'The first.' }])
    expect((await listPrepared(ana, ama.id))?.rows).toMatchObject([
      { answered: true, begun: null },
      { answered: false, begun: 'The second.', atStart: false },
      { answered: false, begun: 'Just begun.', preparedAt: null },
    ])
    expect(await drift()).toEqual([])
  })

  test('is published all at once, but for what is no answer any more', async () => {
    const { ana, ama, questions } = await makeHeld()
    const [first, second, third] = questions
    for (const { id } of questions) await publish(ana, id, `To ${id}.`, { do: 'prepare' })
    await saveAnswerDraft(ana, draft(second.id, 'x'.repeat(30_001), { version: 1 }), new Date())
    await saveAnswerDraft(ana, draft(third.id, 'The newest words.', { version: 1 }), new Date())
    await publishPrepared(ana, { ama: ama.id }, visit())
    const answers = await db().answer.findMany({ where: { mentorId: ana.memberId }, orderBy: { id: 'asc' }, select: { body: true } })
    expect(answers.map(({ body }) => body).toSorted()).toEqual(['The newest words.', `To ${first.id}.`])
    expect((await findAnswering(ana, second.slug, new Date()))?.draft).not.toBeNull()
  })

  test('stays a draft when the AMA is cancelled, and of somebody suspended', async () => {
    const { ana, ama, questions } = await makeHeld()
    await publish(ana, questions[0].id, 'The first.', { do: 'start' })
    await db().account.update({ where: { memberId: ana.memberId }, data: { suspendedUntil: new Date(ama.startsAt.getTime() + 1_000) } })
    await publishAtStart({ ama: ama.id }, ama.startsAt)
    await db().account.update({ where: { memberId: ana.memberId }, data: { suspendedUntil: null } })
    await db().ama.update({ where: { id: ama.id }, data: { cancelledAt: new Date() } })
    await publishAtStart({ ama: ama.id }, ama.startsAt)
    expect(await db().answer.count({ where: { mentorId: ana.memberId } })).toBe(0)
    expect(await countPrepared(ana, ama.id)).toMatchObject({ count: 1, toPublish: true })
  })

  test('is nothing that can be prepared once the AMA has begun, or without one', async () => {
    const { ana, ama, questions } = await makeHeld()
    await expect(publish(ana, questions[0].id, 'Late.', { do: 'start' }, ama.startsAt)).rejects.toMatchObject({ code: 'conflict' })
    const { ana: other, question } = await makeAsked()
    await expect(publish(other, question.id, 'None.', { do: 'prepare' })).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('An answer that a moderator hides', () => {
  test('stays as it is: it is neither changed, nor taken back, nor written anew', async () => {
    const { ana, question, id } = await makeAnswered()
    await hideAnswer(db(), id, ana.memberId, new Date())
    await expect(edit(ana, question.id, 'Other words.')).rejects.toMatchObject({ code: 'conflict' })
    await expect(takeBackAnswer(ana, { id }, visit())).rejects.toMatchObject({ code: 'conflict' })
    await publish(ana, question.id, 'Other words.')
    expect(await db().answer.count({ where: { questionId: question.id } })).toBe(1)
    expect(await getAnswer(id)).toBeNull()
  })
})

test('Nobody changes or takes back what is another’s', async () => {
  const { community, question, id } = await makeAnswered()
  const bea = await makeMentorOf(community.id)
  await expect(edit(bea, question.id, 'Mine now.')).rejects.toMatchObject({ code: 'conflict' })
  await expect(takeBackAnswer(bea, { id }, visit())).rejects.toMatchObject({ code: 'not_found' })
  await expect(removeVersion(bea, { id, number: 1, reason: 'No.' }, visit())).rejects.toMatchObject({ code: 'not_found' })
})

test('A mentor is told of a page’s questions which are to be answered and which are', async () => {
  const { ana, question, community } = await makeAnswered()
  const [open, elsewhere] = [await makeQuestion(community.id), await makeQuestion((await makeCommunity()).id)]
  expect(await listAnswerable(ana, [question.id, open.id, elsewhere.id], new Date())).toEqual({
    pressed: [question.id],
    own: [],
    may: [open.id, question.id],
  })
})

function draft(question: string, body: string, given: object = {}) {
  return { question, body, version: 0, edits: null, window: undefined, ...given }
}

describe('An answer that is placed on another question', () => {
  test('stands there too with its line, fulfils who waits there, and is the same row', async () => {
    const { ana, question, community } = await makeAsked()
    const topic = await makeTopic(community.id)
    const other = await makeQuestion(community.id, { topicId: topic.id, title: 'What about small teams?' })
    const ben = await makeViewer()
    await setRequest(visit({ viewer: ben }), other.slug)
    await publish(ana, question.id, 'I listen first.')
    const answer = await ownAnswer(ana)
    await place(ana, other.id, answer.id)

    const [there] = (await listAnswers(other.id))?.rows ?? []
    expect(there).toMatchObject({ id: answer.id, placed: { line: 'Same point.', slug: question.slug, title: question.title } })
    expect((await listAnswers(question.id))?.rows).toMatchObject([{ id: answer.id, placed: null }])
    const counted = { answerCount: 1, leadAnswerId: answer.id, leadExcerpt: 'I listen first.', viewCount: 0, waitingCount: 0 }
    expect(await db().question.findUnique({ where: { id: other.id } })).toMatchObject(counted)
    expect(await getOwnRequest(ben, other.slug)).toMatchObject({ requested: false, counted: true })
    expect(await db().member.findUnique({ where: { id: ana.memberId } })).toMatchObject({ answerCount: 1 })
    expect(await markAnswer('thanks', visit({ viewer: ben }), answer.id)).toMatchObject({ marked: true })
    const feed = await listNewestAnswers('topics', topic.id)
    expect(feed).toMatchObject([{ id: answer.id, slug: other.slug }])
    expect(await listNewestAnswers('mentors', ana.memberId)).toMatchObject([{ id: answer.id, slug: question.slug }])

    await edit(ana, question.id, 'I listen, and ask.')
    expect((await listAnswers(other.id))?.rows).toMatchObject([{ html: '<p>I listen, and ask.</p>' }])
    expect(await db().question.findUnique({ where: { id: other.id } })).toMatchObject({ leadExcerpt: 'I listen, and ask.' })
    expect(await drift()).toEqual([])
  })

  test('is gone from there while it is hidden, or its own question is, and for good once it is taken back: who waited waits again', async () => {
    const { ana, question, community } = await makeAsked()
    const other = await makeQuestion(community.id)
    const ben = await makeViewer()
    await setRequest(visit({ viewer: ben }), other.slug)
    await publish(ana, question.id, 'I listen first.')
    const answer = await ownAnswer(ana)
    await place(ana, other.id, answer.id)
    const stands = async () => ((await listAnswers(other.id))?.rows.length === 1 ? 'stands' : 'does not')
    const counted = async () => (await db().question.findUniqueOrThrow({ where: { id: other.id } })).answerCount
    await hideAnswer(db(), answer.id, ana.memberId, new Date())
    expect([await stands(), await counted()]).toEqual(['does not', 0])
    await db().answer.update({ where: { id: answer.id }, data: { hiddenAt: null, hiddenById: null } })
    await db().question.update({ where: { id: question.id }, data: { hiddenAt: new Date() } })
    expect([await stands(), await counted()]).toEqual(['does not', 0])
    await db().question.update({ where: { id: question.id }, data: { hiddenAt: null } })
    expect([await stands(), await counted()]).toEqual(['stands', 1])
    expect(await getOwnRequest(ben, other.slug)).toMatchObject({ requested: false })
    await noticeJobs('announce')
    await takeBackAnswer(ana, { id: answer.id }, visit({ now: new Date(Date.now() + 60_000) }))
    expect([await stands(), await counted()]).toEqual(['does not', 0])
    expect(await getOwnRequest(ben, other.slug)).toMatchObject({ requested: true })
    const told = (await noticeJobs('announce')).map((job) => (job as unknown as { event: object }).event)
    expect(told).toContainEqual({ event: 'answer-taken-back', questionId: other.id })
    expect(await drift()).toEqual([])
  })

  test('is one that the mentor gave, to another question, once, and where none of theirs stands', async () => {
    const { ana, question, community } = await makeAsked()
    const [other, third] = [await makeQuestion(community.id), await makeQuestion(community.id)]
    const ben = await makeMentorOf(community.id)
    await publish(ana, question.id, 'I listen first.')
    await publish(ana, third.id, 'Something else.')
    const answer = await ownAnswer(ana, question.id)
    await expect(place(ben, other.id, answer.id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(place(ana, question.id, answer.id)).rejects.toMatchObject({ code: 'conflict' })
    await expect(place(ana, third.id, answer.id)).rejects.toMatchObject({ code: 'conflict' })
    await db().question.update({ where: { id: question.id }, data: { hiddenAt: new Date() } })
    await expect(place(ana, other.id, answer.id)).rejects.toMatchObject({ code: 'conflict' })
    await db().question.update({ where: { id: question.id }, data: { hiddenAt: null } })
    const done = await Promise.allSettled([place(ana, other.id, answer.id), place(ana, other.id, answer.id)])
    expect(done.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await drift()).toEqual([])
  })

  test('makes room for one that is given to that question itself, and can be taken away', async () => {
    const { ana, question, community } = await makeAsked()
    const [other, third] = [await makeQuestion(community.id), await makeQuestion(community.id)]
    await publish(ana, question.id, 'I listen first.')
    const answer = await ownAnswer(ana)
    await place(ana, other.id, answer.id)
    await place(ana, third.id, answer.id)
    expect(await findPlacement(ana, other.id)).toMatchObject({ line: 'Same point.', answer: { question: { slug: question.slug } } })
    await publish(ana, other.id, 'For small teams another way.')
    expect((await listAnswers(other.id))?.rows).toMatchObject([{ placed: null, html: '<p>For small teams another way.</p>' }])
    expect(await takePlacementBack(ana, { question: third.id }, visit())).toEqual({ to: paths.answerQuestion(third.slug, 'taken-away') })
    expect((await listAnswers(third.id))?.rows).toEqual([])
    await expect(takePlacementBack(ana, { question: third.id }, visit())).rejects.toMatchObject({ code: 'not_found' })
    expect(await drift()).toEqual([])
  })

  test('is told once to those who waited there', async () => {
    const { ana, question, community } = await makeAsked()
    const other = await makeQuestion(community.id)
    const [ben, eve] = [await makeViewer(), await makeViewer()]
    await setRequest(visit({ viewer: ben }), other.slug)
    await setRequest(visit({ viewer: eve }), question.slug)
    await publish(ana, question.id, 'I listen first.')
    const { id } = await ownAnswer(ana)
    await noticeJobs('announce')
    await place(ana, other.id, id)
    const later = new Date(Date.now() + 60_000)
    for (const job of await noticeJobs('announce')) await tellAudience(job, later)
    const notices = await db().notice.findMany({ where: { event: 'placed', answerId: id } })
    expect(notices).toMatchObject([{ memberId: ben.memberId, why: 'requester', kind: 'answers', questionId: other.id, byId: ana.memberId }])
  })

  test('is told again when it is placed again, and not by what was to tell of the first time', async () => {
    const { ana, question, community } = await makeAsked()
    const other = await makeQuestion(community.id)
    const ben = await makeViewer()
    await setRequest(visit({ viewer: ben }), other.slug)
    await publish(ana, question.id, 'I listen first.')
    const { id } = await ownAnswer(ana)
    const [first, again] = [new Date(), new Date(Date.now() + 1_000)]
    const placeAt = (now: Date) => placeAnswer(ana, { question: other.id, answer: id, line: 'Same point.' }, visit({ now }))
    const tellAll = async (jobs: unknown[]) => {
      for (const job of jobs) await tellAudience(job, new Date(again.getTime() + 60_000))
      return db().notice.count({ where: { event: 'placed', answerId: id, memberId: ben.memberId } })
    }
    await noticeJobs('announce')
    await placeAt(first)
    const stale = await noticeJobs('announce')
    expect(await tellAll(stale)).toBe(1)
    await takePlacementBack(ana, { question: other.id }, visit({ now: first }))
    await placeAt(again)
    expect(await tellAll(stale)).toBe(1)
    expect(await tellAll(await noticeJobs('announce'))).toBe(2)
  })

  test('is changed, hidden, shown and taken back while others answer there, and nobody waits in a circle', async () => {
    const community = await makeCommunity()
    const [ana, ben, eve, ida] = [await makeViewer(), await makeViewer(), await makeViewer(), await makeViewer()]
    const [one, other] = [await askLive(community.id), await askLive(community.id)]
    const answerAndPlace = async ({ memberId }: typeof ana, own: string, there: string) => {
      const { id } = await makeAnswer(own, memberId)
      const placed = { questionId: there, mentorId: memberId, line: 'Same point.', placedAt: new Date() }
      await db().answerPlacement.create({ data: { answerId: id, ...placed } })
      return id
    }
    await answerAndPlace(ana, other.id, one.id)
    await answerAndPlace(ben, one.id, other.id)
    const moderated = await answerAndPlace(eve, other.id, one.id)
    for (let edits = 0; edits < 15; edits++) {
      const gone = await answerAndPlace(ida, edits % 2 ? one.id : other.id, edits % 2 ? other.id : one.id)
      const [newcomer, another] = [await makeViewer(), await makeViewer()]
      const now = new Date()
      await Promise.all([
        edit(ana, other.id, `Words number ${edits}.`, { edits }),
        edit(ben, one.id, `Other words number ${edits}.`, { edits }),
        makeAnswer(one.id, newcomer.memberId),
      ])
      await Promise.all([
        db().$transaction((tx) => (edits % 2 ? restoreAnswer(tx, moderated) : hideAnswer(tx, moderated, ben.memberId, now))),
        takeBackAnswer(ida, { id: gone }, visit()),
        makeAnswer(other.id, another.memberId),
      ])
      await db().answerDraft.deleteMany({ where: { memberId: ida.memberId } })
    }
    expect(await db().answerVersion.count({ where: { mentorId: { in: [ana.memberId, ben.memberId] } } })).toBe(30)
    expect(await drift()).toEqual([])
  })
})

/** A question of an AMA that is live, and of a topic of its own. */
async function askLive(communityId: string) {
  const topic = await makeTopic(communityId)
  const ama = await makeAma({ communityId, topicId: topic.id }, [], new Date(Date.now() - 60_000))
  return makeQuestion(communityId, { amaId: ama.id, topicId: topic.id, number: 1 })
}

function place(viewer: Viewer, question: string, answer: string) {
  return placeAnswer(viewer, { question, answer, line: 'Same point.' }, visit())
}

function ownAnswer({ memberId }: NonNullable<Viewer>, questionId?: string) {
  return db().answer.findFirstOrThrow({ where: { mentorId: memberId, questionId } })
}

async function publish(viewer: Viewer, question: string, body: string, given: object = {}, now = new Date()) {
  return publishAnswer(viewer, { ...draft(question, body), do: 'publish', ...given }, visit({ now }))
}

async function edit(viewer: Viewer, question: string, body: string, given: object = {}) {
  const sent = { ...draft(question, body), edits: 0, reason: 'A second thought.', do: 'publish' as const }
  return editAnswer(viewer, { ...sent, ...given }, visit())
}

async function makeMentorOf(communityId: string) {
  const viewer = await makeViewer()
  await db().member.update({ where: { id: viewer.memberId }, data: { mentorSince: new Date() } })
  await db().communityMentor.create({ data: { communityId, memberId: viewer.memberId } })
  return viewer
}

async function makeAsked() {
  const community = await makeCommunity()
  return { community, ana: await makeMentorOf(community.id), question: await makeQuestion(community.id) }
}

/** An AMA of tomorrow with three questions. */
async function makeHeld() {
  const community = await makeCommunity()
  const ana = await makeMentorOf(community.id)
  const mentor = { id: ana.memberId, companyId: null, title: null }
  const place = { communityId: community.id, topicId: (await makeTopic(community.id)).id }
  const ama = await makeAma(place, [mentor], new Date(Math.ceil(Date.now() / 1_000) * 1_000 + 86_400_000))
  const ask = (number: number) => makeQuestion(community.id, { amaId: ama.id, number })
  return { ana, ama, questions: [await ask(1), await ask(2), await ask(3)] as const }
}

/** What is to be told. */
async function announced(): Promise<unknown[]> {
  const jobs = await db().$queryRaw<{ event: unknown }[]>`
    SELECT j.payload -> 'event' AS event FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
    WHERE t.identifier = 'announce'`
  return jobs.map(({ event }) => event)
}

async function startJobs(amaId: string): Promise<Date[]> {
  const jobs = await db().$queryRaw<
    { at: Date }[]
  >`SELECT run_at AS at FROM graphile_worker.jobs WHERE key = ${`publish-at-start ${amaId}`}`
  return jobs.map(({ at }) => at)
}

async function makeAnswered(body = 'The first words.') {
  const asked = await makeAsked()
  const { id } = await makeAnswer(asked.question.id, asked.ana.memberId, { body })
  return { ...asked, id }
}

async function drift() {
  const client = new Client({ connectionString: env().DATABASE_URL })
  await client.connect()
  return findDrift(client).finally(() => client.end())
}

describe('the point of Ana’s answer', () => {
  test('is its excerpt everywhere, and marked in it, until she chooses another one or none', async () => {
    const { ana, question, answerId } = await makePointed()
    expect(await getAnswer(answerId)).toMatchObject({ excerpt: 'Then write down what surprises you.' })
    expect((await getAnswer(answerId))?.html).toContain('<mark>Then <em>write down</em> what surprises you.</mark>')
    const leads = () => db().question.findUnique({ where: { id: question.id }, select: { leadExcerpt: true } })
    expect(await leads()).toEqual({ leadExcerpt: 'Then write down what surprises you.' })
    await choosePoint(ana, { id: answerId, point: '' }, visit())
    expect(await leads()).toEqual({ leadExcerpt: 'Listen first. Then write down what surprises you. It takes an hour.' })
    expect(await drift()).toEqual([])
  })

  test('stays when other words change, and goes with its sentence, which she is told', async () => {
    const { ana, question, answerId } = await makePointed()
    const change = async (body: string) => {
      const edits = (await findAnswering(ana, question.slug, new Date()))?.answer?.edits ?? null
      return editAnswer(
        ana,
        EditAnswer.parse({ question: question.id, body, edits: `${edits}`, reason: 'Shorter.', do: 'publish' }),
        visit(),
      )
    }
    expect(await change('Listen.\n\nThen write down\nwhat surprises you.')).toEqual({ to: paths.answerQuestion(question.slug, 'changed') })
    expect(await getAnswer(answerId)).toMatchObject({ excerpt: 'Then write down what surprises you.' })
    expect(await change('Listen. Then write it down.')).toEqual({ to: paths.answerQuestion(question.slug, 'point-gone') })
    expect(await getAnswer(answerId)).toMatchObject({ excerpt: 'Listen. Then write it down.' })
    expect(await db().answer.findUnique({ where: { id: answerId } })).toMatchObject({ point: null })
  })

  test('is a sentence of it, and nobody else’s to choose', async () => {
    const { ana, answerId } = await makePointed()
    await expect(choosePoint(ana, { id: answerId, point: 'Something else.' }, visit())).rejects.toMatchObject({ code: 'conflict' })
    const ben = await makeViewer()
    await expect(choosePoint(ben, { id: answerId, point: '' }, visit())).rejects.toMatchObject({ code: 'not_found' })
    await hideAnswer(db(), answerId, ben.memberId, new Date())
    await expect(choosePoint(ana, { id: answerId, point: '' }, visit())).rejects.toMatchObject({ code: 'conflict' })
  })
})

async function makePointed() {
  const { ana, question } = await makeAsked()
  await publish(ana, question.id, 'Listen first. Then *write down* what surprises you.\n\n- It takes an hour.')
  const { id: answerId } = await db().answer.findFirstOrThrow({ where: { questionId: question.id } })
  await choosePoint(ana, { id: answerId, point: 'Then write down what surprises you.' }, visit())
  return { ana, question, answerId }
}
