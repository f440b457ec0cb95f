import { v7 as uuid } from 'uuid'
import { describe, expect, test } from 'vitest'
import { askForCode, findOwnAccount, letIn, proveByLink, signInWithPassword, signUp } from '#domain/account/commands.ts'
import { askQuestion, forgetDrafts, saveDraft } from '#domain/draft/commands.ts'
import { findPlace, getDraft, getPlace, medianToAnswer } from '#domain/draft/queries.ts'
import { AskQuestion, placeKey } from '#domain/draft/rules.ts'
import { getOwnQuestion, listCommunityQuestions } from '#domain/question/queries.ts'
import { sentKey } from '#domain/question/rules.ts'
import { db } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import type { Viewer } from '#lib/viewer.ts'
import type { Outcome } from '#lib/visit.ts'
import { makeAma, makeAnswer, makeCommunity, makeMentor, makeQuestion, makeTopic, makeViewer } from '#testing/factories.ts'
import { linkTo, makePerson, visit, visitOf } from '#testing/people.ts'

const TITLE = 'How do you say no to a customer?'
const day = 86_400_000

describe('Ada asks', () => {
  test('a community: everybody sees it at once, nobody sees who asked, and she is its first requester', async () => {
    const [ada, community] = [await makeViewer(), await makeCommunity()]
    const topic = await makeTopic(community.id, { name: 'Customers', synonyms: ['customer'] })
    const slug = slugIn(await ask(ada, `community:${community.id}`, { details: 'It is a **large** one.' }))
    expect(slug).toMatch(/^how-do-you-say-no-to-a-customer/)
    const asked = await db().question.findUniqueOrThrow({ where: { slug }, include: { requests: true } })
    expect(asked).toMatchObject({
      topicId: topic.id,
      askedById: ada.memberId,
      showName: false,
      requestCount: 1,
      heldAt: null,
      hiddenAt: null,
    })
    expect(asked.detailsHtml).toContain('<strong>large</strong>')
    expect(asked.requests.map(({ memberId }) => memberId)).toEqual([ada.memberId])
    expect((await listCommunityQuestions(community.id, 'newest'))?.rows.map(({ slug }) => slug)).toEqual([slug])
    expect(await db().community.findUnique({ where: { id: community.id } })).toMatchObject({ questionCount: 1 })
    expect(await getOwnQuestion(ada, slug)).toMatchObject({ title: TITLE })
    expect(await getOwnQuestion(await makeViewer(), slug)).toBeNull()
  })

  test('from a topic; whatever the title says, the topic she chose counts, or none', async () => {
    const [ada, community] = [await makeViewer(), await makeCommunity()]
    const [here, named] = [await makeTopic(community.id), await makeTopic(community.id, { name: 'Customer' })]
    const elsewhere = await makeTopic((await makeCommunity()).id)
    const topicOf = async (place: string, topic: string) => {
      const slug = slugIn(await ask(ada, place, { topic, key: uuid() }))
      return (await db().question.findUniqueOrThrow({ where: { slug } })).topicId
    }
    expect(await topicOf(`topic:${here.id}`, here.id)).toBe(here.id)
    expect(await topicOf(`topic:${here.id}`, 'title')).toBe(named.id)
    expect(await topicOf(`topic:${here.id}`, 'none')).toBeNull()
    expect(await topicOf(`topic:${here.id}`, elsewhere.id)).toBeNull()
  })

  test('an AMA: at the next place, under its topic, while it is upcoming or live', async () => {
    const { community, topic, mentor } = await makePlaces()
    const at = (hours: number) =>
      makeAma({ communityId: community.id, topicId: topic.id }, [mentor], new Date(Date.now() + hours * 3_600_000))
    const [coming, live, past] = [await at(24), await at(-0.5), await at(-24)]
    const people = await Promise.all(Array.from({ length: 8 }, () => makeViewer()))
    await Promise.all(people.map((person) => ask(person, `ama:${coming.id}`)))
    const numbers = await db().question.findMany({
      where: { amaId: coming.id },
      orderBy: { number: 'asc' },
      select: { number: true, topicId: true },
    })
    expect(numbers).toEqual(Array.from({ length: 8 }, (_, i) => ({ number: i + 1, topicId: topic.id })))
    await ask(await makeViewer(), `ama:${live.id}`)
    await expect(ask(await makeViewer(), `ama:${past.id}`)).rejects.toMatchObject({ code: 'conflict' })
    await db().ama.update({ where: { id: coming.id }, data: { cancelledAt: new Date() } })
    await expect(ask(await makeViewer(), `ama:${coming.id}`)).rejects.toMatchObject({ code: 'conflict' })
    await expect(ask(null, `ama:${past.id}`)).rejects.toMatchObject({ code: 'conflict' })
  })

  test('one mentor, who has to be one there, and is not she', async () => {
    const { community, mentor } = await makePlaces()
    const ada = await makeViewer()
    const slug = slugIn(await ask(ada, `mentor:${mentor.id}:${community.id}`))
    expect(await db().question.findUnique({ where: { slug } })).toMatchObject({
      askedToId: mentor.id,
      communityId: community.id,
      amaId: null,
    })
    const elsewhere = await makeCommunity()
    await expect(ask(ada, `mentor:${mentor.id}:${elsewhere.id}`)).rejects.toMatchObject({ code: 'not_found' })
    const herself = { ...ada, memberId: mentor.id }
    await expect(ask(herself, `mentor:${mentor.id}:${community.id}`)).rejects.toMatchObject({ code: 'conflict' })
    await db().member.update({ where: { id: mentor.id }, data: { mentorSince: null } })
    await expect(ask(ada, `mentor:${mentor.id}:${community.id}`)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('a mentor who takes at most two at once: of five at one moment two are asked, and the next once one is answered', async () => {
    const { community, mentor } = await makePlaces()
    await db().member.update({ where: { id: mentor.id }, data: { directLimit: 2 } })
    const to = `mentor:${mentor.id}:${community.id}`
    const askers = await Promise.all(Array.from({ length: 5 }, () => makeViewer()))
    const asked = await Promise.allSettled(askers.map((asker) => ask(asker, to)))
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
    const waiting = await db().question.findMany({ where: { askedToId: mentor.id } })
    expect(waiting).toHaveLength(2)
    expect(await getPlace({ kind: 'mentor', id: mentor.id, communityId: community.id })).toMatchObject({ mentor: { waiting: 2 } })
    await makeAnswer(waiting[0]?.id ?? '', mentor.id)
    expect(await ask(await makeViewer(), to)).toHaveProperty('to')
    await expect(ask(await makeViewer(), to)).rejects.toMatchObject({ code: 'conflict' })
  })

  test('a mentor with the last place that was free, twice by one sending: it is asked once and refused to nobody', async () => {
    const { community, mentor } = await makePlaces()
    await db().member.update({ where: { id: mentor.id }, data: { directLimit: 1 } })
    const [ada, key] = [await makeViewer(), uuid()]
    const once = () => ask(ada, `mentor:${mentor.id}:${community.id}`, { key })
    const [first, ...others] = await Promise.all([once(), once(), once()])
    for (const other of others) expect(other).toEqual(first)
  })

  test('no mentor who takes no questions directly or is away, until the day of return', async () => {
    const { community, mentor } = await makePlaces()
    const ada = await makeViewer()
    const to = `mentor:${mentor.id}:${community.id}`
    const back = new Date('2027-02-01')
    await db().member.update({ where: { id: mentor.id }, data: { pausedUntil: back } })
    await expect(ask(ada, to, {}, new Date('2027-01-31T23:59:59Z'))).rejects.toThrow('is back on Feb 1, 2027')
    expect(await ask(ada, to, {}, back)).toHaveProperty('to')
    await db().member.update({ where: { id: mentor.id }, data: { pausedUntil: null, directLimit: 0 } })
    await expect(ask(ada, to)).rejects.toThrow('takes no questions directly')
  })

  test('what is no place', async () => {
    const ada = await makeViewer()
    for (const place of [`community:${uuid()}`, `ama:${uuid()}`, `topic:${uuid()}`, `mentor:${uuid()}:${uuid()}`]) {
      await expect(ask(ada, place)).rejects.toMatchObject({ code: 'not_found' })
    }
  })

  test('with a form that she sends ten times at once, with a key of her browser or without: it is asked once', async () => {
    const [ada, community] = [await makeViewer(), await makeCommunity()]
    for (const key of [uuid(), undefined]) {
      const now = new Date()
      const sent = await Promise.all(Array.from({ length: 10 }, () => ask(ada, `community:${community.id}`, { key }, now)))
      expect(new Set(sent.map(({ to }) => to)).size).toBe(1)
    }
    expect(await db().question.count({ where: { communityId: community.id } })).toBe(2)
    // A key that a browser has kept too long takes no other question away.
    const key = uuid()
    const [one, other] = [
      await ask(ada, `community:${community.id}`, { key }),
      await ask(ada, `community:${community.id}`, { key, title: 'Is this another one?' }),
    ]
    expect(one.to).not.toBe(other.to)
    // Over the border of ten minutes it is still the same; an hour later she means it.
    const now = new Date(Math.ceil(Date.now() / 600_000) * 600_000 + day)
    const [before, after] = [
      await ask(ada, `community:${community.id}`, {}, new Date(now.getTime() - 1)),
      await ask(ada, `community:${community.id}`, {}, now),
    ]
    expect(after.to).toBe(before.to)
    expect((await ask(ada, `community:${community.id}`, {}, new Date(now.getTime() + 3_600_000))).to).not.toBe(before.to)
  })

  test('what Ben asks with the same words at the same moment, both under addresses of their own', async () => {
    const [people, community] = [await Promise.all(Array.from({ length: 6 }, () => makeViewer())), await makeCommunity()]
    const sent = await Promise.all(
      people.map((person) => ask(person, `community:${community.id}`, { title: 'Why is the sky so blue here?' })),
    )
    expect(new Set(sent.map(slugIn)).size).toBe(6)
    expect(sent.map(slugIn).some((slug) => slug === 'why-is-the-sky-so-blue-here')).toBe(true)
  })

  test('nothing while she is suspended', async () => {
    const community = await makeCommunity()
    const ada = await makeViewer({ suspendedUntil: new Date(Date.now() + day) })
    await expect(ask(ada, `community:${community.id}`)).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('What a visitor writes', () => {
  test('is nowhere public until the sign-up in another browser, which asks it in that person’s name', async () => {
    const community = await makeCommunity()
    const { to = '' } = await ask(null, `community:${community.id}`, { showName: 'on', details: 'Whole.' })
    const next = new URL(to, 'https://perch.example').searchParams.get('next')
    expect(await db().question.count({ where: { communityId: community.id } })).toBe(0)
    const email = `${uuid()}@example.org`
    await askForCode(null, { email, next }, visit())
    const { carry = null } = await proveByLink(null, { token: await linkTo(email) }, visit({ agent: 'Another' }))
    expect(await db().question.count({ where: { communityId: community.id } })).toBe(0)
    const entered = await signUp(null, { name: 'Ada Osei' }, visit({ carried: carry }))
    const asked = await db().question.findFirstOrThrow({ where: { communityId: community.id }, include: { askedBy: true } })
    expect(asked).toMatchObject({ title: TITLE, details: 'Whole.', showName: true, requestCount: 1, askedBy: { name: 'Ada Osei' } })
    expect(entered.to).toBe(paths.myQuestion(asked.slug, 'asked'))
    expect(await db().draft.count({ where: { place: `community:${community.id}` } })).toBe(0)
  })

  test('is asked once, though the mail is asked for twice and somebody signs in by password too', async () => {
    const community = await makeCommunity()
    const ada = await makePerson({ password: 'three calm herons' })
    const next = nextOf(await ask(null, `community:${community.id}`))
    await askForCode(null, { email: ada.email, next }, visit())
    const link = await linkTo(ada.email)
    const entered = await Promise.allSettled([
      proveByLink(null, { token: link }, visit()),
      signInWithPassword(null, { email: ada.email, password: 'three calm herons', next }, visit()),
    ])
    expect(entered.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
    expect(await db().question.count({ where: { askedById: ada.memberId } })).toBe(1)
  })

  test('is not asked by a way in that a link alone can lead through, which ends at the form', async () => {
    const community = await makeCommunity()
    const ada = await makePerson()
    const next = nextOf(await ask(null, `community:${community.id}`))
    const entered = await db().$transaction(async (tx) => letIn(tx, await findOwnAccount(tx, ada.memberId), next, 'mail', visit()))
    expect(entered).toMatchObject({ to: next, session: expect.anything() })
    expect(await db().question.count({ where: { communityId: community.id } })).toBe(0)
  })

  test('can be written on, and stays one', async () => {
    const community = await makeCommunity()
    const next = nextOf(await ask(null, `community:${community.id}`))
    const draft = new URLSearchParams(next?.split('?')[1]).get('draft') ?? undefined
    expect(nextOf(await ask(null, `community:${community.id}`, { draft, title: 'How do you say no to a colleague?' }))).toBe(next)
    const waiting = await db().draft.findMany({ where: { place: `community:${community.id}` } })
    expect(waiting.map(({ title }) => title)).toEqual(['How do you say no to a colleague?'])
  })

  test('is asked by signing in, and leaves the draft that another device of hers keeps for that place', async () => {
    const community = await makeCommunity()
    const { memberId, email } = await makePerson({ password: 'three calm herons' })
    const ada = (await visitOf({ memberId })).viewer as NonNullable<Viewer>
    const here = { kind: 'community', id: community.id } as const
    const kept = { title: 'What is a budget for?', details: 'We have', topic: 'title', showName: false } as const
    await saveDraft(ada, { ...kept, place: here, version: 0, key: uuid() }, new Date())
    const next = nextOf(await ask(null, `community:${community.id}`))
    await signInWithPassword(null, { email, password: 'three calm herons', next }, visit())
    expect(await db().question.findMany({ where: { askedById: memberId } })).toMatchObject([{ title: TITLE }])
    expect(await getDraft(ada, here)).toMatchObject(kept)
    expect(await db().draft.count({ where: { place: `community:${community.id}` } })).toBe(1)
  })

  test('waits for a day; where its AMA is over by then, signing in leads to the form, which says so', async () => {
    const { community, topic, mentor } = await makePlaces()
    const ama = await makeAma({ communityId: community.id, topicId: topic.id }, [mentor], new Date())
    const next = nextOf(await ask(null, `ama:${ama.id}`))
    const ada = await makePerson({ password: 'three calm herons' })
    const later = new Date(Date.now() + 2 * 3_600_000)
    const entered = await signInWithPassword(null, { email: ada.email, password: 'three calm herons', next }, visit({ now: later }))
    expect(entered).toMatchObject({ to: next })
    await forgetDrafts(new Date(Date.now() + day - 1_000))
    expect(await db().draft.count({ where: { place: `ama:${ama.id}` } })).toBe(1)
    await forgetDrafts(new Date(Date.now() + day + 60_000))
    expect(await db().draft.count({ where: { place: `ama:${ama.id}` } })).toBe(0)
  })
})

describe('Without a script', () => {
  test('what is sent is kept for a look at what is like it, and asked from there', async () => {
    const community = await makeCommunity()
    const ada = await makeViewer()
    const place = `community:${community.id}`
    expect(await ask(ada, place, { seen: undefined })).toEqual({ to: paths.askCheck({ place }) })
    expect(await getDraft(ada, { kind: 'community', id: community.id })).toMatchObject({ title: TITLE, version: 1 })
    await ask(ada, place, { seen: undefined, title: 'How do you say no to a colleague?' })
    expect(await getDraft(ada, { kind: 'community', id: community.id })).toMatchObject({
      title: 'How do you say no to a colleague?',
      version: 2,
    })
    const { to = '' } = await ask(null, place, { seen: undefined })
    const draft = new URL(to, 'https://perch.example').searchParams.get('draft') ?? ''
    expect(to).toBe(paths.askCheck({ draft }))
    expect(nextOf(await ask(null, place, { draft }))).toBe(paths.ask({ draft }))
    expect(await db().question.count({ where: { communityId: community.id } })).toBe(0)
  })
})

describe('A draft', () => {
  const typed = { title: 'How do', details: '', topic: 'title', showName: false } as const

  test('is kept while it is typed, one for each place, and goes when the question is asked', async () => {
    const { community, mentor } = await makePlaces()
    const ada = await makeViewer()
    const [here, there] = [place('community', community.id), { kind: 'mentor', id: mentor.id, communityId: community.id } as const]
    expect(await saveDraft(ada, { ...typed, place: here, version: 0 }, new Date())).toEqual({ version: 1 })
    expect(await saveDraft(ada, { ...typed, title: 'How do you', place: here, version: 1 }, new Date())).toEqual({ version: 2 })
    await saveDraft(ada, { ...typed, place: there, version: 0 }, new Date())
    expect(await getDraft(ada, here)).toMatchObject({ title: 'How do you', version: 2 })
    expect(await getDraft(await makeViewer(), here)).toBeNull()
    await ask(ada, placeKey(here))
    expect([await getDraft(ada, here), await getDraft(ada, there)]).toMatchObject([null, { title: 'How do' }])
  })

  test('goes with its filling of the form, though its last words were not kept yet, or with its words', async () => {
    const [ada, { id }, key] = [await makeViewer(), await makeCommunity(), uuid()]
    const here = place('community', id)
    await saveDraft(ada, { ...typed, place: here, version: 0, key }, new Date())
    await ask(ada, placeKey(here), { key })
    expect(await getDraft(ada, here)).toBeNull()
    await saveDraft(ada, { ...typed, title: TITLE, place: here, version: 0, key: uuid() }, new Date())
    await ask(ada, placeKey(here), { key: uuid() })
    expect(await getDraft(ada, here)).toBeNull()
    await saveDraft(ada, { ...typed, place: here, version: 0, key: uuid() }, new Date())
    await ask(ada, placeKey(here), { key: uuid(), title: 'Is this another one?' })
    expect(await getDraft(ada, here)).toMatchObject(typed)
  })

  test('that was changed elsewhere is not written over: both are there to choose from', async () => {
    const [ada, { id }] = [await makeViewer(), await makeCommunity()]
    const here = place('community', id)
    await saveDraft(ada, { ...typed, place: here, version: 0 }, new Date())
    await saveDraft(ada, { ...typed, title: 'On the telephone', place: here, version: 1 }, new Date())
    for (const version of [0, 1]) {
      const answer = await saveDraft(ada, { ...typed, title: 'On the desk', place: here, version }, new Date())
      expect(answer).toMatchObject({ theirs: { title: 'On the telephone', version: 2 } })
    }
    expect(await saveDraft(ada, { ...typed, title: 'On the desk', place: here, version: 2 }, new Date())).toEqual({ version: 3 })
  })

  test('of two that are sent at the same moment from one version one is kept, and the other learns of it', async () => {
    const [ada, { id }] = [await makeViewer(), await makeCommunity()]
    const here = place('community', id)
    await saveDraft(ada, { ...typed, place: here, version: 0 }, new Date())
    const save = (title: string) => saveDraft(ada, { ...typed, title, place: here, version: 1 }, new Date())
    const answers = await Promise.all([save('One'), save('Two'), save('Three'), save('Four')])
    expect(answers.filter((answer) => 'version' in answer)).toEqual([{ version: 2 }])
  })

  test('that is empty goes, and one that is asked by now is not begun again', async () => {
    const [ada, { id }] = [await makeViewer(), await makeCommunity()]
    const here = place('community', id)
    await saveDraft(ada, { ...typed, place: here, version: 0 }, new Date())
    expect(await saveDraft(ada, { ...typed, title: ' ', place: here, version: 1 }, new Date())).toEqual({ version: 0 })
    expect(await getDraft(ada, here)).toBeNull()
    const key = uuid()
    const slug = slugIn(await ask(ada, placeKey(here), { key }))
    const again = { ...typed, title: ` ${TITLE}\n`, place: here, version: 3, key }
    expect(await saveDraft(ada, again, new Date())).toEqual({ asked: { slug } })
    expect(await getDraft(ada, here)).toBeNull()
  })

  test('under the key of another question is said to be so, kept under a new key, and asked once under the old one', async () => {
    const [ada, { id }, key] = [await makeViewer(), await makeCommunity(), uuid()]
    const here = place('community', id)
    await ask(ada, placeKey(here), { key })
    const other = { ...typed, title: 'Is this another one?', place: here, version: 0 }
    expect(await saveDraft(ada, { ...other, key }, new Date())).toEqual({ asked: 'other' })
    expect(await saveDraft(ada, { ...other, title: TITLE, details: 'With more.', key }, new Date())).toEqual({ asked: 'other' })
    expect(await getDraft(ada, here)).toBeNull()
    expect(await saveDraft(ada, { ...other, key: uuid() }, new Date())).toEqual({ version: 1 })
    const twice = [await ask(ada, placeKey(here), { key, title: other.title }), await ask(ada, placeKey(here), { key, title: other.title })]
    expect(twice[0]).toEqual(twice[1])
    expect(await db().question.count({ where: { communityId: id } })).toBe(2)
    expect(await getDraft(ada, here)).toBeNull()
    const asked = await db().question.findUniqueOrThrow({ where: { slug: slugIn(twice[0] ?? {}) } })
    expect(sentKey(asked.askKey ?? '')).toBe(key)
    const slug = asked.slug
    expect(await saveDraft(ada, { ...other, key }, new Date())).toEqual({ asked: { slug } })
  })

  test('holds what cannot be asked yet, and what no database takes', async () => {
    const [ada, { id }] = [await makeViewer(), await makeCommunity()]
    const here = place('community', id)
    const long = { ...typed, title: 'a\u0000\ud800', details: 'x'.repeat(20_000), place: here, version: 0 }
    expect(await saveDraft(ada, long, new Date())).toEqual({ version: 1 })
    expect(await getDraft(ada, here)).toMatchObject({ title: 'a\ufffd' })
    await expect(saveDraft(null, long, new Date())).rejects.toMatchObject({ code: 'sign_in' })
    await expect(saveDraft({ ...ada, suspendedUntil: new Date() }, long, new Date())).rejects.toMatchObject({ code: 'forbidden' })
  })

  const place = (kind: 'community', id: string) => ({ kind, id })
})

describe('A place', () => {
  test('is found by its slug, a mentor by the community too, else by where most was answered', async () => {
    const { community, topic, mentor } = await makePlaces()
    const other = await makeCommunity()
    await db().communityMentor.create({ data: { communityId: other.id, memberId: mentor.id } })
    const question = await makeQuestion(other.id)
    await makeAnswer(question.id, mentor.id)
    expect(await findPlace({ community: community.slug })).toEqual({ kind: 'community', id: community.id })
    expect(await findPlace({ topic: topic.slug })).toEqual({ kind: 'topic', id: topic.id })
    expect(await findPlace({ mentor: mentor.handle })).toEqual({ kind: 'mentor', id: mentor.id, communityId: other.id })
    expect(await findPlace({ mentor: mentor.handle, community: community.slug })).toMatchObject({ communityId: community.id })
    expect(await findPlace({ mentor: mentor.handle, community: 'nowhere' })).toBeNull()
    for (const nowhere of [{}, { ama: 'x' }, { topic: 'x' }, { community: 'x' }, { mentor: 'x' }])
      expect(await findPlace(nowhere)).toBeNull()
    const place = await getPlace({ kind: 'topic', id: topic.id })
    expect(place).toMatchObject({ community: { slug: community.slug }, topicId: topic.id, mentor: null, ama: null })
  })

  test('says how soon half of its questions are answered, and nothing where half are not', async () => {
    const community = await makeCommunity()
    const mentor = await makeMentor()
    const asked = new Date('2026-01-01T10:00:00Z')
    for (const days of [1, 2, 3]) {
      const { id } = await makeQuestion(community.id, { askedAt: asked })
      await makeAnswer(id, mentor.id, { answeredAt: new Date(asked.getTime() + days * day) })
    }
    expect(await medianToAnswer(community.id)).toBe(2 * 86_400)
    for (let i = 0; i < 4; i++) await makeQuestion(community.id, { askedAt: asked })
    expect(await medianToAnswer(community.id)).toBeNull()
    expect(await medianToAnswer((await makeCommunity()).id)).toBeNull()
  })
})

function ask(viewer: Viewer, place: string, more: Record<string, string | undefined> = {}, now = new Date()): Promise<Outcome> {
  return askQuestion(viewer, AskQuestion.parse({ place, title: TITLE, seen: 'on', ...more }), visit({ viewer, now }))
}

function slugIn({ to = '' }: Outcome): string {
  return /^\/my\/questions\/([a-z0-9-]+)\?done=asked$/.exec(to)?.[1] ?? `no slug in ${to}`
}

function nextOf({ to = '' }: Outcome): string | null {
  return new URL(to, 'https://perch.example').searchParams.get('next')
}

async function makePlaces() {
  const community = await makeCommunity()
  const [topic, mentor] = [await makeTopic(community.id), await makeMentor()]
  await db().communityMentor.create({ data: { communityId: community.id, memberId: mentor.id } })
  return { community, topic, mentor }
}
