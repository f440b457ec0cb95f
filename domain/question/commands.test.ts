import { Client } from 'pg'
import { v7 as uuid } from 'uuid'
import { describe, expect, test } from 'vitest'
import { setChecking } from '#domain/community/commands.ts'
import { askQuestion } from '#domain/draft/commands.ts'
import { AskQuestion } from '#domain/draft/rules.ts'
import { listNewestAnswers } from '#domain/feed/queries.ts'
import { listNews } from '#domain/follow/queries.ts'
import { listNotices } from '#domain/notice/queries.ts'
import {
  clarifyQuestion,
  editQuestion,
  letThrough,
  removeQuestionsOf,
  restoreQuestion,
  returnQuestion,
  showName,
  withdrawQuestion,
} from '#domain/question/commands.ts'
import {
  getOwnQuestion,
  getQuestion,
  listAmaQuestions,
  listCommunityQuestions,
  listHeld,
  listHeldInAma,
  listHosted,
  listTopicQuestions,
} from '#domain/question/queries.ts'
import { ClarifyQuestion, canClarify, canEdit, canWithdraw, EditQuestion, ReturnQuestion } from '#domain/question/rules.ts'
import { relatedQuestions } from '#domain/related/queries.ts'
import { listSitemapPages } from '#domain/sitemap/queries.ts'
import { db } from '#lib/db.ts'
import { env } from '#lib/env.ts'
import { paths } from '#lib/paths.ts'
import type { Viewer } from '#lib/viewer.ts'
import { findDrift } from '#prisma/derived.ts'
import { makeAma, makeAnswer, makeCommunity, makeMentor, makeQuestion, makeTopic, makeViewer } from '#testing/factories.ts'
import { mailsTo, visit } from '#testing/people.ts'

const day = 86_400_000
const TITLE = 'How do you say no to a customer?'

describe('What may be done with an own question', () => {
  const now = new Date()
  const at = { answerCount: 0, requestCount: 1, heldAt: null, hiddenAt: null }
  test.each([
    ['nobody else wants it yet', at, [true, false, true]],
    ['somebody else wants it', { ...at, requestCount: 2 }, [false, true, true]],
    ['it is answered', { ...at, answerCount: 1 }, [false, true, false]],
    ['it waits for a check', { ...at, heldAt: now, hiddenAt: now }, [true, false, true]],
    ['a moderator hides it', { ...at, hiddenAt: now }, [false, false, false]],
    ['a moderator hides it, and others want it', { ...at, requestCount: 9, hiddenAt: now }, [false, false, false]],
  ])('while %s', (_, question, may) => {
    expect([canEdit(question), canClarify(question), canWithdraw(question)]).toEqual(may)
  })
})

describe('Ada', () => {
  test('changes her question until Ben wants it answered too; then she adds to it', async () => {
    const { ada, id, slug } = await makeAsked()
    await edit(ada, id, { title: 'How do you say no to a large customer?', details: 'One of *ten*.' })
    expect(await getQuestion(slug)).toMatchObject({
      title: 'How do you say no to a large customer?',
      detailsHtml: '<p>One of <em>ten</em>.</p>',
    })
    await expect(clarify(ada, id)).rejects.toMatchObject({ code: 'conflict' })
    await request(id)
    await expect(edit(ada, id)).rejects.toMatchObject({ code: 'conflict' })
    for (let i = 1; i <= 5; i++) await clarify(ada, id, `It is **number** ${i}.`)
    await expect(clarify(ada, id)).rejects.toMatchObject({ code: 'conflict' })
    const { clarifications } = (await getQuestion(slug)) ?? {}
    expect(clarifications?.map(({ html }) => html)[0]).toBe('<p>It is <strong>number</strong> 1.</p>')
    expect(clarifications).toHaveLength(5)
  })

  test('and Ben, who wants it at the same moment: it is either changed before or not at all', async () => {
    for (let i = 0; i < 5; i++) {
      const { ada, id, slug } = await makeAsked()
      const [changed] = await Promise.allSettled([edit(ada, id, { title: 'Was it changed in time, or not?' }), request(id)])
      const title = (await getQuestion(slug))?.title
      expect(title === 'Was it changed in time, or not?').toBe(changed.status === 'fulfilled')
    }
  })

  test('withdraws it until it is answered, and nothing of it counts', async () => {
    const { ada, community, id, slug } = await makeAsked()
    await request(id)
    await withdrawQuestion(ada, { id })
    expect(await getQuestion(slug)).toBeNull()
    expect(await db().community.findUnique({ where: { id: community.id } })).toMatchObject({ questionCount: 0 })
    const another = await makeAsked()
    await makeAnswer(another.id, (await makeMentor()).id)
    await expect(withdrawQuestion(another.ada, { id: another.id })).rejects.toMatchObject({ code: 'conflict' })
    expect(await drift()).toEqual([])
  })

  test('withdraws it, or leaves: whoever had begun to answer is given the own words, and nothing of the question', async () => {
    const mentors = [await makeViewer(), await makeViewer(), await makeViewer()]
    const [mara, mail, none] = mentors.map(({ memberId }) => memberId)
    const body = `How **I** say no. ${'So it was. '.repeat(200)}`
    const { ada, community, id } = await makeAsked()
    const left = await makeQuestion(community.id, { askedById: ada.memberId })
    const draft = (questionId: string, memberId = '', words = body) =>
      db().answerDraft.create({ data: { memberId, questionId, body: words, savedAt: new Date() } })
    await Promise.all([draft(id, mara), draft(id, mail, 'In short.'), draft(id, none, ' \n'), draft(left.id, mail)])
    await db().noticeChoice.create({ data: { memberId: mara ?? '', kind: 'mentor', level: 'inbox' } })
    await withdrawQuestion(ada, { id })
    await db().$transaction((tx) => removeQuestionsOf(tx, ada.memberId))
    const told = await Promise.all(mentors.map(async (mentor) => (await listNotices(mentor))?.rows.map(({ words }) => words)))
    expect(told).toEqual([[body], [body, 'In short.'], []])
    expect(JSON.stringify(await listNotices(mentors[0] ?? ada))).not.toContain(TITLE)
    expect(await mailsTo(`${mara}@example.com`)).toEqual([])
    const props = { subject: 'News of a question', what: expect.stringContaining('was taken back'), words: '' }
    expect(await mailsTo(`${mail}@example.com`)).toMatchObject([{ props }, { props }])
  })

  test('shows her name and takes it away again, whenever she likes', async () => {
    const { ada, id, slug } = await makeAsked()
    await request(id)
    await showName(ada, { id, showName: 'on' })
    expect((await getQuestion(slug))?.askedBy).toBe(ada.name)
    await showName(ada, { id })
    expect((await getQuestion(slug))?.askedBy).toBeNull()
  })

  test('does nothing with what somebody else asked, which is not there for her, nor while she is suspended', async () => {
    const { ada, id } = await makeAsked()
    const suspended = { ...ada, suspendedUntil: new Date(Date.now() + day) }
    for (const [viewer, code] of [
      [await makeViewer({ admin: true }), 'not_found'],
      [null, 'sign_in'],
      [suspended, 'forbidden'],
    ] as const) {
      await expect(edit(viewer, id)).rejects.toMatchObject({ code })
      await expect(clarify(viewer, id)).rejects.toMatchObject({ code })
      await expect(withdrawQuestion(viewer, { id })).rejects.toMatchObject({ code })
      await expect(showName(viewer, { id })).rejects.toMatchObject({ code })
    }
  })
})

describe('Where hosts look at questions first', () => {
  test('what waits is in no list, count, feed or page, until a host lets it through; the host is told of the first', async () => {
    const { community, host, email } = await makeHosted('all')
    const topic = await makeTopic(community.id)
    const mentor = await makeMentor()
    const ama = await makeAma({ communityId: community.id, topicId: topic.id }, [mentor], new Date(Date.now() + day))
    const shown = await makeQuestion(community.id, { topicId: topic.id })
    const ada = await makeViewer()
    const slugs = [await ask(ada, `topic:${topic.id}`, topic.id), await ask(ada, `ama:${ama.id}`)]
    const places = async () => [
      ...((await listCommunityQuestions(community.id, 'newest'))?.rows ?? []),
      ...((await listCommunityQuestions(community.id, 'read'))?.rows ?? []),
      ...((await listTopicQuestions(topic.id, 'newest'))?.rows ?? []),
      ...((await listAmaQuestions(ama.id, 'upcoming'))?.rows ?? []),
      ...(await relatedQuestions(shown)),
      ...(await listNewestAnswers('communities', community.id)),
    ]
    const isAnywhere = async () => {
      const sitemap = JSON.stringify(await listSitemapPages(`questions-${uuid().replace(/^.{8}/, '00000000')}`))
      return (
        (await places()).some((row) => slugs.some((slug) => JSON.stringify(row).includes(slug))) ||
        slugs.some((slug) => sitemap.includes(slug))
      )
    }
    expect(await isAnywhere()).toBe(false)
    for (const slug of slugs) expect(await getQuestion(slug)).toBeNull()
    expect(await db().community.findUnique({ where: { id: community.id } })).toMatchObject({ questionCount: 1 })
    expect(await db().ama.findUnique({ where: { id: ama.id } })).toMatchObject({ questionCount: 0 })
    expect(await getOwnQuestion(ada, slugs[0] ?? '')).toMatchObject({ heldAt: expect.any(Date) })
    expect(await mailsTo(email)).toMatchObject([{ props: { subject: 'A question waits' } }])
    expect(await drift()).toEqual([])

    const held = (await listHeld(community.id))?.rows ?? []
    expect(held.map(({ askedBy }) => askedBy)).toEqual([null, null])
    expect(JSON.stringify(held)).not.toContain(ada.memberId)
    expect(await listHosted(host)).toEqual([{ slug: community.slug, name: community.name, waiting: 2 }])
    await Promise.allSettled(held.flatMap(({ id }) => [letThrough(host, { id }, visit()), letThrough(host, { id }, visit())]))
    expect(await isAnywhere()).toBe(true)
    expect(await db().community.findUnique({ where: { id: community.id } })).toMatchObject({ questionCount: 3 })
    expect(await db().ama.findUnique({ where: { id: ama.id } })).toMatchObject({ questionCount: 1 })
    const through = { props: { subject: 'Your question', what: expect.stringContaining('is through') } }
    expect(await mailsTo(`${ada.memberId}@example.com`)).toMatchObject([through, through])
    expect(await drift()).toEqual([])
  })

  test('one is given back with a reason, changed, and looked at again', async () => {
    const { community, host } = await makeHosted('all')
    const ada = await makeViewer()
    const slug = await ask(ada, `community:${community.id}`)
    const [{ id = '' } = {}] = (await listHeld(community.id))?.rows ?? []
    await returnQuestion(host, ReturnQuestion.parse({ id, reason: ' These are\n two. ' }), visit())
    expect((await listHeld(community.id))?.rows).toEqual([])
    await expect(letThrough(host, { id }, visit())).rejects.toMatchObject({ code: 'not_found' })
    expect(await getOwnQuestion(ada, slug)).toMatchObject({ returnReason: 'These are two.' })
    await edit(ada, id, { title: 'How do you say no to one customer?' })
    expect((await listHeld(community.id))?.rows.map(({ title }) => title)).toEqual(['How do you say no to one customer?'])
    await letThrough(host, { id }, visit())
    expect((await getQuestion(slug))?.title).toBe('How do you say no to one customer?')
    // What was let through and is changed then is looked at again.
    await edit(ada, id)
    expect(await getQuestion(slug)).toBeNull()
    expect(await drift()).toEqual([])
  })

  test('a co-host looks at those of the own AMA alone', async () => {
    const { community, host } = await makeHosted('all')
    const [ada, cora] = [await makeViewer(), await makeViewer()]
    const place = { communityId: community.id, topicId: (await makeTopic(community.id)).id }
    const start = new Date(Date.now() + day)
    const [own, other] = [await makeAma(place, [], start), await makeAma(place, [], start)]
    await db().amaHost.create({ data: { amaId: own.id, memberId: cora.memberId, addedAt: new Date() } })
    for (const where of [`ama:${own.id}`, `ama:${own.id}`, `ama:${other.id}`, `community:${community.id}`]) await ask(ada, where)
    const held = (await listHeldInAma(own.id))?.rows ?? []
    expect(held).toHaveLength(2)
    const ids = held.map(({ id }) => id)
    for (const { id } of (await listHeld(community.id))?.rows ?? []) {
      if (!ids.includes(id)) await expect(letThrough(cora, { id }, visit())).rejects.toMatchObject({ code: 'not_found' })
    }
    const [first = '', second = ''] = ids
    expect(await letThrough(cora, { id: first }, visit())).toEqual({ to: paths.hostedAma(own.slug) })
    expect(await returnQuestion(host, { id: second, reason: 'Why?' }, visit())).toEqual({ to: paths.checking(community.slug) })
    expect((await listHeldInAma(own.id))?.rows).toEqual([])
    expect((await listHeld(community.id))?.rows).toHaveLength(2)
  })

  test('the hosts hear of what is sent again, changed or added, once while they have not looked, and again after a day', async () => {
    const { community, host, email } = await makeHosted('all')
    const ada = await makeViewer()
    const told = async () => (await mailsTo(email)).map((mail) => (mail.kind === 'notice' ? mail.props.what : mail.kind))
    const waits = (title: string) => expect.stringContaining(`“${title}” waits for your check`)
    const slug = await ask(ada, `community:${community.id}`)
    const { id } = await db().question.findUniqueOrThrow({ where: { slug } })
    await edit(ada, id, { title: 'How does a changed one begin?' })
    expect(await told()).toEqual([waits('How does a changed one begin?')])
    const [one] = await db().notice.findMany({ where: { memberId: host.memberId } })
    await returnQuestion(host, { id, reason: 'Why?' }, visit())
    expect(await told()).toEqual([])
    const later = new Date(Date.now() + 1_000)
    await editQuestion(ada, EditQuestion.parse({ id, title: 'How is one sent again?' }), visit({ now: later }))
    expect((await listHeld(community.id))?.rows).toMatchObject([{ heldAt: later }])
    await told()
    expect(await db().notice.count({ where: { memberId: host.memberId, event: 'to-check', id: { not: one?.id ?? '' } } })).toBe(1)
    await letThrough(host, { id }, visit())

    // What was let through and is changed then.
    await edit(ada, id, { title: 'How is one changed later?' })
    await told()
    expect(await db().notice.count({ where: { memberId: host.memberId } })).toBe(3)
    await letThrough(host, { id }, visit())

    // What is added is told too, and while it waits nothing else of this day.
    await request(id)
    await clarify(ada, id)
    await ask(await makeViewer(), `community:${community.id}`)
    expect(await told()).toEqual([`What its asker added to “How is one changed later?” waits for your check in ${community.name}.`])
    expect(JSON.stringify(await told())).not.toMatch(new RegExp(`${ada.memberId}|${ada.handle}`))
    await db().clarification.updateMany({ where: { questionId: id }, data: { heldAt: new Date(Date.now() - day) } })
    await db().question.updateMany({
      where: { communityId: community.id, heldAt: { not: null } },
      data: { heldAt: new Date(Date.now() - day) },
    })
    await ask(await makeViewer(), `community:${community.id}`)
    expect(await told()).toEqual([expect.stringContaining('What its asker added'), waits(TITLE)])

    // Of an addition that a host has looked at no mail goes out.
    const [{ id: added = '' } = {}] = await db().clarification.findMany({ where: { questionId: id } })
    await letThrough(host, { id: added }, visit())
    expect(await told()).toEqual([waits(TITLE)])

    // However often something comes: what nobody looks at is told of once in each day that it waits.
    const comes = async (hours: number) => {
      const asked = {
        place: `community:${community.id}`,
        title: `What comes ${hours} hours later?`,
        topic: 'title',
        key: uuid(),
        seen: 'on',
      }
      await askQuestion(await makeViewer(), AskQuestion.parse(asked), visit({ now: new Date(Date.now() + hours * 60 * 60_000) }))
    }
    for (const hours of [10, 23, 25, 40]) await comes(hours)
    expect((await told()).filter((what) => what.includes('hours later'))).toEqual([waits('What comes 25 hours later?')])
  })

  test('so waits what is added later; given back it is written anew, and only what is through can be read or exported', async () => {
    const { community, host, email } = await makeHosted('all')
    const ada = await makeViewer()
    const slug = await ask(ada, `community:${community.id}`)
    const { id } = await db().question.findUniqueOrThrow({ where: { slug } })
    await letThrough(host, { id }, visit())
    await request(id)
    await clarify(ada, id, 'We are three.')
    const readable = async () => (await getQuestion(slug))?.clarifications?.map(({ html }) => html)
    const waiting = async () => (await listHeld(community.id))?.rows ?? []
    expect(await readable()).toBeUndefined()
    expect((await waiting()).map(({ added, html, title }) => [added, html, title])).toEqual([[true, '<p>We are three.</p>', TITLE]])
    expect(JSON.stringify(await waiting())).not.toContain(ada.memberId)
    expect(await listHosted(host)).toMatchObject([{ waiting: 1 }])
    expect((await getOwnQuestion(ada, slug))?.clarifications).toMatchObject([{ heldAt: expect.any(Date), returnReason: null }])

    const [{ id: first = '' } = {}] = await waiting()
    for (const viewer of [ada, await makeViewer({ hosts: [uuid()] })]) {
      await expect(letThrough(viewer, { id: first }, visit())).rejects.toMatchObject({ code: 'not_found' })
    }
    await returnQuestion(host, ReturnQuestion.parse({ id: first, reason: 'Three what?' }), visit())
    expect(await waiting()).toEqual([])
    await expect(letThrough(host, { id: first }, visit())).rejects.toMatchObject({ code: 'not_found' })
    expect((await getOwnQuestion(ada, slug))?.clarifications).toMatchObject([{ returnReason: 'Three what?' }])
    await clarify(ada, id, 'We are three people.')
    expect(await db().clarification.count({ where: { questionId: id } })).toBe(1)
    const [{ id: second = '' } = {}] = await waiting()
    const both = [letThrough(host, { id: second }, visit()), letThrough(host, { id: second }, visit())]
    expect((await Promise.allSettled(both)).map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await readable()).toEqual(['<p>We are three people.</p>'])
    const told = await mailsTo(`${ada.memberId}@example.com`)
    const whats = told.map((mail) => (mail.kind === 'notice' ? mail.props.what.replace(/ your question “.*”/, '') : mail.kind))
    expect(whats.toSorted()).toEqual([
      'A host gave back to you what you added to: change it, and it is looked at again.',
      'What you added to is through: everybody can read it now.',
      'Your question “How do you say no to a customer?” is through: everybody can read it now.',
    ])
    expect(JSON.stringify(await mailsTo(email))).not.toContain(ada.handle)

    // Hosts’ own waits for nobody.
    const own = await ask(host, `community:${community.id}`)
    const { id: hosts } = await db().question.findUniqueOrThrow({ where: { slug: own } })
    await request(hosts)
    await clarify(host, hosts)
    expect((await getQuestion(own))?.clarifications).toHaveLength(1)
  })

  test('what was let through is new from then on, in its lists and in the feed of who follows its topic', async () => {
    const { community, host } = await makeHosted('all')
    const topic = await makeTopic(community.id)
    const [ada, reader] = [await makeViewer(), await makeViewer()]
    await db().follow.create({ data: { id: uuid(), memberId: reader.memberId, topicId: topic.id } })
    const waited = await ask(ada, `topic:${topic.id}`, topic.id)
    const { id, askedAt } = await db().question.findUniqueOrThrow({ where: { slug: waited } })
    const between = await makeQuestion(community.id, { topicId: topic.id, askedAt: new Date(askedAt.getTime() + 1_000) })
    await letThrough(host, { id }, visit({ now: new Date(askedAt.getTime() + 2_000) }))
    const newest = await listCommunityQuestions(community.id, 'newest', undefined, 1)
    expect(newest?.rows).toMatchObject([{ id, askedAt }])
    expect((await listCommunityQuestions(community.id, 'newest', newest?.next ?? '', 1))?.rows).toMatchObject([{ id: between.id }])
    expect((await listNews(reader))?.rows).toMatchObject([{ id, at: new Date(askedAt.getTime() + 2_000) }, { id: between.id }])
  })

  test('or at everybody’s first, the next one is there at once, also when it is changed', async () => {
    const { community, host } = await makeHosted('first')
    const ada = await makeViewer()
    const first = await ask(ada, `community:${community.id}`)
    const second = await ask(ada, `community:${community.id}`)
    expect([await getQuestion(first), await getQuestion(second)]).toEqual([null, null])
    for (const { id } of (await listHeld(community.id))?.rows ?? []) await letThrough(host, { id }, visit())
    const third = await ask(ada, `community:${community.id}`)
    const shown = await getQuestion(third)
    expect(shown).not.toBeNull()
    await edit(ada, shown?.id ?? '')
    expect(await getQuestion(third)).not.toBeNull()
    expect(await getQuestion(await ask(await makeViewer(), `community:${community.id}`))).toBeNull()
  })

  test('hosts’ own are not held, and a moderator’s restoring shows nothing that waits', async () => {
    const { community, host } = await makeHosted('all')
    expect(await getQuestion(await ask(host, `community:${community.id}`))).not.toBeNull()
    const slug = await ask(await makeViewer(), `community:${community.id}`)
    const { id } = await db().question.findUniqueOrThrow({ where: { slug } })
    expect(await restoreQuestion(db(), id)).toBe(false)
    await expect(db().question.update({ where: { id }, data: { hiddenAt: null } })).rejects.toThrow('Question_held_check')
  })

  test('others neither see the list nor let anything through, nor say what is looked at', async () => {
    const { community } = await makeHosted('all')
    await ask(await makeViewer(), `community:${community.id}`)
    const [{ id = '' } = {}] = (await listHeld(community.id))?.rows ?? []
    for (const viewer of [await makeViewer(), await makeViewer({ hosts: [uuid()], moderates: [community.id] })]) {
      await expect(letThrough(viewer, { id }, visit())).rejects.toMatchObject({ code: 'not_found' })
      await expect(returnQuestion(viewer, { id, reason: 'No.' }, visit())).rejects.toMatchObject({ code: 'not_found' })
      await expect(setChecking(viewer, { id: community.id, checking: 'off' }, visit())).rejects.toMatchObject({ code: 'not_found' })
    }
    expect(await db().community.findUnique({ where: { id: community.id } })).toMatchObject({ checking: 'all' })
  })
})

test('a host is told once a day of a question where no mentor is', async () => {
  const { community, email } = await makeHosted('off')
  const askers = [await makeViewer(), await makeViewer()]
  for (const asker of askers) await ask(asker, `community:${community.id}`)
  const mails = await mailsTo(email)
  expect(mails).toMatchObject([{ props: { subject: 'A question waits' } }])
  for (const { memberId, handle } of askers) expect(JSON.stringify(mails)).not.toMatch(new RegExp(`${memberId}|${handle}`))
})

async function makeAsked() {
  const [ada, community] = [await makeViewer(), await makeCommunity()]
  const slug = await ask(ada, `community:${community.id}`)
  const { id } = await db().question.findUniqueOrThrow({ where: { slug } })
  return { ada, community, id, slug }
}

async function makeHosted(checking: string) {
  const community = await makeCommunity({ checking })
  const host = await makeViewer({ hosts: [community.id], name: 'Hanna Holm' })
  await db().communityRole.create({ data: { communityId: community.id, memberId: host.memberId, role: 'host' } })
  return { community, host, email: `${host.memberId}@example.com` }
}

async function ask(viewer: Viewer, place: string, topic = 'title'): Promise<string> {
  const { to = '' } = await askQuestion(
    viewer,
    AskQuestion.parse({ place, title: TITLE, topic, key: uuid(), seen: 'on' }),
    visit({ viewer }),
  )
  return to.replace('/my/questions/', '').replace('?done=asked', '')
}

function edit(viewer: Viewer, id: string, given: Record<string, string> = {}) {
  return editQuestion(viewer, EditQuestion.parse({ id, title: 'What else is there to know?', ...given }), visit())
}

function clarify(viewer: Viewer, id: string, text = 'We are three.') {
  return clarifyQuestion(viewer, ClarifyQuestion.parse({ id, text }), visit())
}

async function request(questionId: string): Promise<void> {
  await db().answerRequest.create({ data: { questionId, memberId: (await makeViewer()).memberId } })
}

async function drift() {
  const client = new Client({ connectionString: env().DATABASE_URL })
  await client.connect()
  try {
    return await findDrift(client)
  } finally {
    await client.end()
  }
}
