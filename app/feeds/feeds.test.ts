import { randomUUID } from 'node:crypto'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { expect, test } from 'vitest'
import { FEED_SIZE, listNewestAnswers } from '#domain/feed/queries.ts'
import { db } from '#lib/db.ts'
import { env } from '#lib/env.ts'
import { GET } from './[kind]/[slug]/route.ts'

const day = (n: number) => new Date(Date.UTC(2026, 0, n))

test('an answer that a later mentor adds to an old question stands on top of every feed that it belongs to', async () => {
  const { community, topic, ama, ada, theo, question } = await aCommunity()
  const old = await question(day(1), ama.id)
  await answer(old.id, ada.id, day(2))
  const young = await question(day(3))
  const middle = await answer(young.id, ada.id, day(4))
  const late = await answer(old.id, theo.id, day(5))

  const feeds = await Promise.all([
    listNewestAnswers('communities', community.id),
    listNewestAnswers('topics', topic.id),
    listNewestAnswers('mentors', theo.id),
    listNewestAnswers('amas', ama.id),
  ])
  expect(feeds.map((answers) => answers[0]?.id)).toEqual([late.id, late.id, late.id, late.id])
  expect(feeds.map((answers) => answers.length)).toEqual([3, 3, 1, 2])
  expect(feeds[0]?.[1]?.id).toBe(middle.id)
})

test('a feed holds the newest thirty, and drops an answer that is gone', async () => {
  const { community, ada, question } = await aCommunity()
  const made = []
  for (let i = 1; i <= FEED_SIZE + 2; i++) made.push(await answer((await question(day(i))).id, ada.id, day(i)))
  const newest = made.slice(2).reverse()
  expect((await listNewestAnswers('communities', community.id)).map(({ id }) => id)).toEqual(newest.map(({ id }) => id))

  await db().answer.delete({ where: { id: newest[0]?.id ?? '' } })
  expect((await listNewestAnswers('communities', community.id))[0]?.id).toBe(newest[1]?.id)
})

test('the feed of an AMA is Atom, with whole answers and absolute addresses', async () => {
  const { ama, ada, question } = await aCommunity()
  const asked = await question(day(1), ama.id)
  const given = await answer(asked.id, ada.id, day(2), '<p>First<!--more--><span data-rest> and last.</span></p>')

  const response = await get('amas', ama.slug)
  expect(response.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8')
  const text = await response.text()
  expect(XMLValidator.validate(text)).toBe(true)
  const { feed } = new XMLParser({ ignoreAttributes: false, htmlEntities: true }).parse(text)
  expect(feed.title).toBe('Answers of AMA: Ada Osei on R&D')
  expect(feed.link[0]['@_href']).toBe(`${env().SITE_URL}/feeds/amas/${ama.slug}`)
  expect(feed.entry.link['@_href']).toBe(`${env().SITE_URL}/questions/${asked.slug}#answer-${given.id}`)
  expect(feed.entry.content['#text']).toMatch(/^<p>First.*and last\./)
  expect(text).not.toContain('--more--')
})

test('an answer that stands on two questions is two entries, each the same one whenever it is asked for', async () => {
  const { topic, ada, question } = await aCommunity()
  const own = await question(day(1))
  const given = await answer(own.id, ada.id, day(2))
  const others = [await question(day(3)), await question(day(4))]
  for (const { id } of others)
    await db().answerPlacement.create({
      data: { answerId: given.id, questionId: id, mentorId: ada.id, line: 'The same again.', placedAt: day(5) },
    })

  const entries = await entriesOf('topics', topic.slug)
  const link = (slug: string) => `${env().SITE_URL}/questions/${slug}#answer-${given.id}`
  expect(entries.map((entry) => entry.link['@_href']).sort()).toEqual([own, ...others].map(({ slug }) => link(slug)).sort())
  expect(new Set(entries.map(({ id }) => id)).size).toBe(3)
  expect(entries.find((entry) => entry.link['@_href'] === link(own.slug))?.id).toBe(`urn:uuid:${given.id}`)
  const ids = entries.map(({ id }) => id)
  expect((await entriesOf('topics', topic.slug)).map(({ id }) => id).sort()).toEqual(ids.sort())
  expect((await entriesOf('mentors', ada.handle)).map(({ id }) => id)).toEqual([`urn:uuid:${given.id}`])
})

test('feed readers are told that the words of an answer were changed, wherever it stands', async () => {
  const { topic, ada, question } = await aCommunity()
  const given = await answer((await question(day(1))).id, ada.id, day(2))
  const [early, late] = [await question(day(3)), await question(day(4))]
  const placed = { answerId: given.id, mentorId: ada.id, line: 'The same again.' }
  await db().answerPlacement.create({ data: { ...placed, questionId: early.id, placedAt: day(5) } })
  await db().answer.update({ where: { id: given.id }, data: { editedAt: day(6) } })
  await db().answerPlacement.create({ data: { ...placed, questionId: late.id, placedAt: day(7) } })

  const dates = (await entriesOf('topics', topic.slug)).map(({ published, updated }) => [published, updated])
  expect(dates).toEqual(
    [
      [day(7), day(7)],
      [day(5), day(6)],
      [day(2), day(6)],
    ].map((each) => each.map((date) => date.toISOString())),
  )
})

test('an unknown feed is 404, one whose slug moved is 308 to its present address', async () => {
  const { topic } = await aCommunity()
  const before = topic.slug
  const now = `moved-${before}`
  await db().topic.update({ where: { id: topic.id }, data: { slug: now } })
  const moved = await get('topics', before)
  expect([moved.status, moved.headers.get('location')]).toEqual([308, `/feeds/topics/${now}`])
  expect((await get('topics', now)).status).toBe(200)
  for (const [kind, slug] of [
    ['topics', 'nobody-made-this'],
    ['topics', 'No\u0000slug'],
    ['companies', now],
    ['__proto__', now],
  ] as const) {
    expect((await get(kind, slug)).status).toBe(404)
  }
})

type Entry = { id: string; link: { '@_href': string }; published: string; updated: string }

async function entriesOf(kind: string, slug: string): Promise<Entry[]> {
  const parser = new XMLParser({ ignoreAttributes: false, isArray: (name) => name === 'entry' })
  return parser.parse(await (await get(kind, slug)).text()).feed.entry
}

const get = (kind: string, slug: string) => GET(new Request('http://localhost/'), { params: Promise.resolve({ kind, slug }) })

async function aCommunity() {
  const suffix = randomUUID()
  const community = await db().community.create({ data: { id: randomUUID(), slug: `c-${suffix}`, name: `C ${suffix}` } })
  const topic = await db().topic.create({ data: { id: randomUUID(), slug: `t-${suffix}`, name: 'R&D', communityId: community.id } })
  const [ada, theo] = await Promise.all(
    ['Ada Osei', 'Theo Brandt'].map((name, i) =>
      db().member.create({ data: { id: randomUUID(), handle: `m${i}-${suffix}`, name, mentorSince: day(1) } }),
    ),
  )
  if (!ada || !theo) throw new Error('two members were to be made')
  const ama = await db().ama.create({
    data: {
      id: randomUUID(),
      slug: `a-${suffix}`,
      communityId: community.id,
      topicId: topic.id,
      startsAtLocal: day(1),
      timeZone: 'UTC',
      startsAt: day(1),
      endsAt: new Date(day(1).getTime() + 3_600_000),
      mentors: { create: { memberId: ada.id, position: 1 } },
    },
  })
  let number = 0
  const question = (askedAt: Date, amaId?: string) =>
    db().question.create({
      data: {
        id: randomUUID(),
        slug: `q${++number}-${suffix}`,
        communityId: community.id,
        topicId: topic.id,
        title: `What is question ${number} about?`,
        askedAt,
        ...(amaId && { amaId, number }),
      },
    })
  return { community, topic, ama, ada, theo, question }
}

function answer(questionId: string, mentorId: string, answeredAt: Date, html = '<p>So.</p>') {
  return db().answer.create({ data: { id: randomUUID(), questionId, mentorId, answeredAt, body: 'So.', html, excerpt: 'So.' } })
}
