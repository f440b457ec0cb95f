import { v7 as uuid } from 'uuid'
import { beforeEach, describe, expect, test } from 'vitest'
import { announce, chooseNotices, openNoticeMail, readAll, readNotice, tellAudience, turnOff } from '#domain/notice/commands.ts'
import { countUnread, listChoices, listNotices, listOwnKinds } from '#domain/notice/queries.ts'
import { type NoticeEvent, noticeText, onceKey } from '#domain/notice/rules.ts'
import { db } from '#lib/db.ts'
import { makeAma, makeAnswer, makeCommunity, makeMentor, makeQuestion, makeTopic } from '#testing/factories.ts'
import { noticeJobs } from '#testing/mails.ts'
import { makePerson, visit, visitOf } from '#testing/people.ts'

const now = new Date('2026-03-01T12:00:00Z')
const DAY = 86_400_000

beforeEach(async () => {
  await noticeJobs('announce')
  await noticeJobs('notice-mail')
})

type Person = Awaited<ReturnType<typeof makePerson>>
type Place = Awaited<ReturnType<typeof makePlace>>

/** A question in an AMA of a mentor, on a topic, asked by somebody, with a host. */
async function makePlace() {
  const community = await makeCommunity()
  const topic = await makeTopic(community.id)
  const [asker, host, mentorPerson] = [await makePerson(), await makePerson(), await makePerson({ name: 'Mara Lind' })]
  const mentor = await db().member.update({ where: { id: mentorPerson.memberId }, data: { mentorSince: now } })
  await db().communityRole.create({ data: { communityId: community.id, memberId: host.memberId, role: 'host' } })
  const ama = await makeAma({ communityId: community.id, topicId: topic.id }, [mentor], new Date(now.getTime() + DAY))
  const question = await makeQuestion(community.id, { askedById: asker.memberId, amaId: ama.id, number: 1, topicId: topic.id })
  await requestIt(question.id, asker.memberId, new Date(now.getTime() - 3 * DAY))
  return { community, topic, asker, host, mentor: mentorPerson, ama, question }
}

function requestIt(questionId: string, memberId: string, requestedAt = new Date(now.getTime() - 2 * DAY)) {
  return db().answerRequest.create({ data: { questionId, memberId, requestedAt } })
}

/** Announces and tells, as the worker would; answers who was told and why. */
async function tellOf(event: NoticeEvent, byId: string | null = null): Promise<Record<string, string | null>> {
  await announce(db(), event, byId)
  const [payload] = await noticeJobs('announce')
  await tellAudience(payload, now)
  const key = onceKey(event) ?? payload?.id
  const told = await db().notice.findMany({ where: { key }, select: { memberId: true, why: true } })
  return Object.fromEntries(told.map(({ memberId, why }) => [memberId, why]))
}

const follow = (memberId: string, thing: { mentorId?: string; topicId?: string; questionId?: string; mutedAt?: Date; endedAt?: Date }) =>
  db().follow.create({ data: { id: uuid(), memberId, ...thing } })

/** How somebody comes to be told, of which event, and what mutes that. */
const reasons: Record<
  string,
  { event: (place: Place) => Promise<NoticeEvent>; become: (place: Place) => Promise<Person>; mute?: 'question' | 'mentor' | 'topic' }
> = {
  asker: { event: answered, become: async ({ asker }) => asker, mute: 'question' },
  requester: { event: answered, become: (place) => newcomer(({ memberId }) => requestIt(place.question.id, memberId)), mute: 'question' },
  follower: {
    event: answered,
    become: (place) => newcomer(({ memberId }) => follow(memberId, { questionId: place.question.id })),
    mute: 'question',
  },
  mentor: { event: async ({ ama }) => ({ event: 'ama-moved', amaId: ama.id }), become: async ({ mentor }) => mentor },
  host: { event: async ({ ama }) => ({ event: 'ama-moved', amaId: ama.id }), become: async ({ host }) => host },
  reminded: {
    event: async ({ ama }) => ({ event: 'ama-moved', amaId: ama.id }),
    become: (place) => newcomer(({ memberId }) => db().amaReminder.create({ data: { amaId: place.ama.id, memberId } })),
  },
  'follows-mentor': {
    event: scheduled,
    become: (place) => newcomer(({ memberId }) => follow(memberId, { mentorId: place.mentor.memberId })),
    mute: 'mentor',
  },
  'follows-topic': {
    event: scheduled,
    become: (place) => newcomer(({ memberId }) => follow(memberId, { topicId: place.topic.id })),
    mute: 'topic',
  },
}

async function answered({ question, mentor }: Place): Promise<NoticeEvent> {
  const { id } = await makeAnswer(question.id, mentor.memberId, { answeredAt: now })
  return { event: 'answered', answerId: id }
}

function askBack(memberId: string, questionId: string) {
  return db().setAside.create({ data: { memberId, questionId, act: 'ask-back', words: 'Which country?', setAsideAt: now } })
}

async function scheduled({ ama }: Place): Promise<NoticeEvent> {
  return { event: 'ama-scheduled', amaId: ama.id }
}

async function newcomer(become: (person: Person) => Promise<unknown>): Promise<Person> {
  const person = await makePerson()
  await become(person)
  return person
}

/** What keeps somebody from being told, whatever the reason. */
const exclusions: Record<string, (person: Person, event: NoticeEvent) => Promise<unknown>> = {
  'is suspended': ({ memberId }) =>
    db().account.update({ where: { memberId }, data: { suspendedUntil: new Date(now.getTime() + DAY), suspendedFor: 'Spam.' } }),
  'has no account any more': ({ memberId }) => db().account.delete({ where: { memberId } }),
  'did it': async () => {},
  'wants to hear nothing of the kind': ({ memberId }) =>
    db().noticeChoice.createMany({
      data: ['answers', 'amas', 'mentor', 'host'].map((kind) => ({ memberId, kind, level: 'off' })),
    }),
  'may not see it any more': (_person, event) =>
    'answerId' in event
      ? db().answer.update({ where: { id: event.answerId }, data: { hiddenAt: now } })
      : db().ama.update({ where: { id: (event as { amaId: string }).amaId }, data: { cancelledAt: now } }),
}

describe.each(Object.entries(reasons))('Of several reasons, %s', (why, { event, become }) => {
  test('is one', async () => {
    const place = await makePlace()
    const { memberId } = await become(place)
    expect(await tellOf(await event(place))).toHaveProperty(memberId, why)
  })

  test.each(Object.entries(exclusions))('is none for who %s', async (how, exclude) => {
    const place = await makePlace()
    const person = await become(place)
    const what = await event(place)
    await exclude(person, what)
    expect(await tellOf(what, how === 'did it' ? person.memberId : null)).not.toHaveProperty(person.memberId)
  })

  test.each(Object.keys(exclusions).filter((how) => how !== 'did it'))('sends no mail to who %s since', async (how) => {
    const place = await makePlace()
    const person = await become(place)
    const what = await event(place)
    await tellOf(what)
    const { id } = await db().notice.findFirstOrThrow({ where: { memberId: person.memberId } })
    const job = (await noticeJobs('notice-mail')).find((payload) => payload.id === id)
    expect(await openNoticeMail(job, now)).toMatchObject({ mail: { to: person.email } })
    await exclusions[how]?.(person, what)
    expect(await openNoticeMail(job, now)).toBeNull()
  })
})

test.each(Object.entries(reasons).flatMap(([why, { mute, ...reason }]) => (mute ? [{ ...reason, why, mute }] : [])))(
  'Who has muted a $mute is not told as $why',
  async ({ event, become, mute }) => {
    const place = await makePlace()
    const { memberId } = await become(place)
    const things = {
      question: { questionId: place.question.id },
      mentor: { mentorId: place.mentor.memberId },
      topic: { topicId: place.topic.id },
    }
    await db().follow.deleteMany({ where: { memberId } })
    await follow(memberId, { ...things[mute], mutedAt: now })
    expect(await tellOf(await event(place))).not.toHaveProperty(memberId)
  },
)

describe('Of one event', () => {
  test('somebody with all reasons is told once, with the strongest', async () => {
    const place = await makePlace()
    await follow(place.asker.memberId, { questionId: place.question.id })
    await follow(place.asker.memberId, { mentorId: place.mentor.memberId })
    const { memberId } = place.asker
    const event = await answered(place)
    await tellOf(event)
    await tellOf(event)
    expect(await db().notice.findMany({ where: { memberId } })).toMatchObject([
      { event: 'answered', why: 'asker', kind: 'answers', readAt: null },
    ])
    expect(await noticeJobs('notice-mail')).toHaveLength(1)
  })

  test('who waits is told as one who waits, who does not as one who follows, and who ended that not at all', async () => {
    const place = await makePlace()
    const [waiting, fulfilled, left] = [await makePerson(), await makePerson(), await makePerson()]
    for (const { memberId } of [fulfilled, left]) await requestIt(place.question.id, memberId)
    await makeAnswer(place.question.id, place.mentor.memberId, { answeredAt: new Date(now.getTime() - DAY) })
    await requestIt(place.question.id, waiting.memberId, new Date(now.getTime() - 1000))
    await follow(left.memberId, { questionId: place.question.id, endedAt: now })
    expect(await tellOf(await answered(place))).toEqual({
      [place.asker.memberId]: 'asker',
      [waiting.memberId]: 'requester',
      [fulfilled.memberId]: 'follower',
    })
  })

  test.each(['mutedAt', 'endedAt'])('an asker whose follow has %s hears no answers, and all that is for the asker', async (kept) => {
    const place = await makePlace()
    const { memberId } = place.asker
    const mentorId = place.mentor.memberId
    const ofQuestion = { questionId: place.question.id }
    await db().answerRequest.deleteMany({ where: { memberId } })
    await follow(memberId, { ...ofQuestion, [kept]: now })
    const own: NoticeEvent[] = [
      { event: 'asked-back', ...ofQuestion, mentorId, line: 'Which country?' },
      { event: 'declined', ...ofQuestion, mentorId, reason: 'I never did it.' },
      ...(['passed-on', 'let-through', 'addition-let-through', 'question-edited'] as const).map((event) => ({ event, ...ofQuestion })),
      { event: 'addition-returned', ...ofQuestion, reason: 'Say more.' },
    ]
    for (const event of own) expect(await tellOf(event), event.event).toEqual({ [memberId]: 'asker' })
    for (const event of [await answered(place), { event: 'answer-taken-back', ...ofQuestion } as const])
      expect(await tellOf(event), event.event).not.toHaveProperty(memberId)
    await db().question.update({
      where: { id: place.question.id },
      data: { heldAt: now, hiddenAt: now, returnedAt: now, returnReason: 'Say more.' },
    })
    expect(await tellOf({ event: 'returned', ...ofQuestion, reason: 'Say more.' })).toEqual({ [memberId]: 'asker' })
  })

  test('the mentor who answered is not told', async () => {
    const place = await makePlace()
    await follow(place.mentor.memberId, { questionId: place.question.id })
    expect(await tellOf(await answered(place))).not.toHaveProperty(place.mentor.memberId)
  })

  test('two thousand followers are told once each, also when it is done twice, or broke off between', async () => {
    const place = await makePlace()
    const ids = Array.from({ length: 2_000 }, () => uuid())
    await db().member.createMany({ data: ids.map((id) => ({ id, handle: `m-${id}`, name: 'Ana' })) })
    await db().account.createMany({ data: ids.map((memberId) => ({ memberId, email: `${memberId}@example.org`, emailProvedAt: now })) })
    await db().follow.createMany({ data: ids.map((memberId) => ({ id: uuid(), memberId, topicId: place.topic.id })) })
    const event = await scheduled(place)
    await tellOf(event)
    await db().notice.deleteMany({ where: { memberId: { in: ids.slice(0, 700) } } })
    await tellOf(event)
    expect(await db().notice.count({ where: { memberId: { in: ids } } })).toBe(2_000)
  })
})

describe('Announced', () => {
  test('with a change that is taken back, nobody is told', async () => {
    const place = await makePlace()
    const event = await answered(place)
    const change = db().$transaction(async (tx) => {
      await announce(tx, event)
      throw new Error('the draft is gone')
    })
    await expect(change).rejects.toThrow('the draft is gone')
    expect(await noticeJobs('announce')).toEqual([])
  })

  test('an answer is told of ten seconds later, and one that was taken back meanwhile never', async () => {
    const place = await makePlace()
    const event = await answered(place)
    await announce(db(), event)
    const [job] = await db().$queryRaw<
      { late: boolean }[]
    >`SELECT run_at > now() + interval '5 seconds' AS late FROM graphile_worker.jobs WHERE task_identifier = 'announce'`
    expect(job).toEqual({ late: true })
    await db().answer.deleteMany({ where: { questionId: place.question.id } })
    const [payload] = await noticeJobs('announce')
    await tellAudience(payload, now)
    expect(await db().notice.count({ where: { memberId: place.asker.memberId } })).toBe(0)
  })

  test('each of these reaches those whom it concerns', async () => {
    const { asker, host, mentor, question, ama } = await makePlace()
    const other = await newcomer(({ memberId }) => db().member.update({ where: { id: memberId }, data: { mentorSince: now } }))
    const ofQuestion = { questionId: question.id }
    await askBack(mentor.memberId, question.id)
    const told: [NoticeEvent, Record<string, string>][] = [
      [{ event: 'asked-back', ...ofQuestion, mentorId: mentor.memberId, line: 'Which country?' }, { [asker.memberId]: 'asker' }],
      [{ event: 'replied', ...ofQuestion, mentorIds: [mentor.memberId, host.memberId] }, { [mentor.memberId]: 'mentor' }],
      // As an earlier version put it into the queue.
      [{ event: 'replied', ...ofQuestion }, { [mentor.memberId]: 'mentor' }],
      [{ event: 'declined', ...ofQuestion, mentorId: mentor.memberId, reason: 'I never did it.' }, { [asker.memberId]: 'asker' }],
      [{ event: 'passed-on', ...ofQuestion }, { [asker.memberId]: 'asker' }],
      [{ event: 'handed-over', ...ofQuestion, fromId: mentor.memberId, toId: other.memberId }, { [other.memberId]: 'mentor' }],
      [{ event: 'question-edited', ...ofQuestion }, { [asker.memberId]: 'asker' }],
      [{ event: 'answer-taken-back', ...ofQuestion }, { [asker.memberId]: 'asker' }],
      [{ event: 'let-through', ...ofQuestion }, { [asker.memberId]: 'asker' }],
      [{ event: 'addition-let-through', ...ofQuestion }, { [asker.memberId]: 'asker' }],
      [{ event: 'addition-returned', ...ofQuestion, reason: 'Say more.' }, { [asker.memberId]: 'asker' }],
      [{ event: 'no-mentor', ...ofQuestion }, { [host.memberId]: 'host' }],
      [{ event: 'ama-invitation', amaId: ama.id, memberId: mentor.memberId }, { [mentor.memberId]: 'mentor' }],
      [{ event: 'ama-left-out', amaId: ama.id, memberId: other.memberId }, { [other.memberId]: 'mentor' }],
      [{ event: 'ama-left-out', amaId: ama.id, memberId: mentor.memberId }, {}],
      [{ event: 'ama-accepted', amaId: ama.id, memberId: mentor.memberId }, { [host.memberId]: 'host' }],
      [{ event: 'ama-declined', amaId: ama.id, memberId: mentor.memberId }, { [host.memberId]: 'host' }],
      [
        { event: 'ama-moved', amaId: ama.id },
        { [mentor.memberId]: 'mentor', [host.memberId]: 'host', [asker.memberId]: 'asker' },
      ],
    ]
    for (const [event, whom] of told) expect(await tellOf(event), event.event).toEqual(whom)
    const soon = { event: 'ama-soon', amaId: ama.id, startsAt: ama.startsAt.toISOString() } as const
    expect(await tellOf(soon)).toEqual({ [mentor.memberId]: 'mentor' })
    // It moved meanwhile.
    expect(await tellOf({ ...soon, startsAt: new Date(0).toISOString() })).toEqual({})
    await db().ama.update({ where: { id: ama.id }, data: { cancelledAt: now } })
    expect(await tellOf({ event: 'ama-cancelled', amaId: ama.id })).toEqual({
      [mentor.memberId]: 'mentor',
      [host.memberId]: 'host',
      [asker.memberId]: 'asker',
    })
    const toCheck = { event: 'addition-to-check', ...ofQuestion } as const
    expect(await tellOf(toCheck)).toEqual({})
    const added = { id: uuid(), questionId: question.id, body: 'Three.', html: '<p>Three.</p>', addedAt: now, heldAt: now }
    await db().clarification.create({ data: added })
    expect(await tellOf(toCheck)).toEqual({ [host.memberId]: 'host' })
    await db().question.update({ where: { id: question.id }, data: { heldAt: now, hiddenAt: now } })
    expect(await tellOf({ event: 'to-check', ...ofQuestion })).toEqual({ [host.memberId]: 'host' })
    await db().question.update({ where: { id: question.id }, data: { returnedAt: now, returnReason: 'Say more.' } })
    expect(await tellOf({ event: 'returned', ...ofQuestion, reason: 'Say more.' })).toEqual({ [asker.memberId]: 'asker' })
    const words = (await db().notice.findMany({ where: { words: { not: null } } })).map((notice) => notice.words)
    expect(words).toEqual(expect.arrayContaining(['I never did it.', 'Say more.', 'Which country?']))
  })
})

describe('The inbox', () => {
  test('has what one was told, the latest first, until it is hidden; what is opened or all of it is read then', async () => {
    const place = await makePlace()
    const { viewer } = await visitOf(place.asker)
    await tellOf(await answered(place))
    await tellOf({ event: 'passed-on', questionId: place.question.id })
    expect(await countUnread(viewer)).toBe(2)
    expect(await listOwnKinds(viewer)).toEqual(['answers', 'questions'])
    expect((await listNotices(viewer, { kind: 'answers' }))?.rows.map(noticeText)).toEqual([
      `Mara Lind answered your question “${place.question.title}”.`,
    ])
    const [newest] = (await listNotices(viewer))?.rows ?? []
    const href = await readNotice(visit({ viewer, now }), newest?.id ?? '')
    expect(href).toMatch(/^\/(my\/)?questions\//)
    expect(await countUnread(viewer)).toBe(1)
    await readAll(viewer, now)
    expect(await countUnread(viewer)).toBe(0)
    await db().answer.updateMany({ where: { questionId: place.question.id }, data: { hiddenAt: now } })
    expect((await listNotices(viewer))?.rows.map(({ event }) => event)).toEqual(['passed-on'])
  })

  test('counts as unread what it shows, and nothing that was hidden since', async () => {
    const place = await makePlace()
    const { viewer } = await visitOf(place.asker)
    await tellOf(await answered(place))
    await tellOf({ event: 'passed-on', questionId: place.question.id })
    await tellOf({ event: 'ama-moved', amaId: place.ama.id })
    const both = async () => [(await listNotices(viewer))?.rows.length, await countUnread(viewer)]
    expect(await both()).toEqual([3, 3])
    await db().answer.updateMany({ where: { questionId: place.question.id }, data: { hiddenAt: now } })
    expect(await both()).toEqual([2, 2])
    await db().question.update({ where: { id: place.question.id }, data: { hiddenAt: now } })
    expect(await both()).toEqual([1, 1])
    // Of what waits for the check again its asker keeps what was told.
    await db().question.update({ where: { id: place.question.id }, data: { heldAt: now } })
    expect(await both()).toEqual([2, 2])
  })

  test('is nobody else’s', async () => {
    const place = await makePlace()
    await tellOf(await answered(place))
    const { id } = await db().notice.findFirstOrThrow({ where: { memberId: place.asker.memberId } })
    const other = await visitOf(await makePerson())
    await expect(readNotice(other, id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(readNotice(visit(), id)).rejects.toMatchObject({ code: 'sign_in' })
    expect((await listNotices(other.viewer))?.rows).toEqual([])
  })
})

describe('A mail', () => {
  test('says what happened, leads there, and can be turned off without a sign-in, whatever was chosen stays', async () => {
    const place = await makePlace()
    const { viewer } = await visitOf(place.asker)
    await tellOf(await answered(place))
    const [job] = await noticeJobs('notice-mail')
    const letter = await openNoticeMail(job, now)
    if (letter?.mail.kind !== 'notice' || !letter.mail.props.off) throw new Error('There is no mail that can be turned off')
    expect(letter.mail.to).toBe(place.asker.email)
    expect(letter.mail.props.what).toContain('Mara Lind answered your question')
    expect(letter.mail.props.link).toContain(`/questions/${place.question.slug}#answer-`)
    const word = letter.mail.props.off.oneClick.split('/').at(-1) ?? ''
    expect(decodeURIComponent(word)).not.toContain(place.asker.memberId)
    await turnOff(null, { word })
    await turnOff(null, { word })
    expect(await listChoices(viewer)).toContainEqual(['answers', 'inbox'])
    expect(await openNoticeMail(job, now)).toBeNull()
    await expect(turnOff(null, { word: `${word.slice(0, -2)}aa` })).rejects.toMatchObject({ code: 'not_found' })
    await chooseNotices(viewer, { answers: 'mail' })
    expect(await listChoices(viewer)).toContainEqual(['answers', 'mail'])
    expect(await openNoticeMail(job, now)).not.toBeNull()
  })

  test('has no word of who asked, for anybody but the asker', async () => {
    const place = await makePlace()
    await db().member.update({ where: { id: place.asker.memberId }, data: { name: 'Wilhelmina Quist' } })
    const events: NoticeEvent[] = [
      await answered(place),
      { event: 'asked-back', questionId: place.question.id, mentorId: place.mentor.memberId, line: 'Which country?' },
      { event: 'replied', questionId: place.question.id, mentorIds: [place.mentor.memberId] },
      { event: 'handed-over', questionId: place.question.id, fromId: place.host.memberId, toId: place.mentor.memberId },
      { event: 'no-mentor', questionId: place.question.id },
      { event: 'question-edited', questionId: place.question.id },
    ]
    await askBack(place.mentor.memberId, place.question.id)
    for (const event of events) await tellOf(event, place.asker.memberId)
    const mails = await Promise.all((await noticeJobs('notice-mail')).map((job) => openNoticeMail(job, now)))
    const others = mails.filter((letter) => letter?.mail.to !== place.asker.email)
    expect(others.length).toBeGreaterThan(1)
    for (const word of [place.asker.memberId, place.asker.handle, place.asker.email, 'Wilhelmina'])
      expect(JSON.stringify(others)).not.toContain(word)
    const notices = await db().notice.findMany({ where: { memberId: { not: place.asker.memberId } } })
    expect(JSON.stringify(notices)).not.toContain(place.asker.memberId)
  })
})

test('Mentors who never had an account are told nothing', async () => {
  const place = await makePlace()
  const imported = await makeMentor()
  expect(await tellOf({ event: 'handed-over', questionId: place.question.id, fromId: place.mentor.memberId, toId: imported.id })).toEqual(
    {},
  )
})
