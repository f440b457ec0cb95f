import { join } from 'node:path'
import { v7 as uuid } from 'uuid'
import { expect, test } from 'vitest'
import { findAmas, getAma, getCalendarAma, listAmas, listCalendarAmas, listMentorAmas, listTopicAmas } from '#domain/ama/queries.ts'
import { getOwnReminder } from '#domain/ama-reminder/queries.ts'
import { getCommunity } from '#domain/community/queries.ts'
import { findPlace, getPlace } from '#domain/draft/queries.ts'
import { exportedText } from '#domain/export/text.ts'
import { getFeedSubject, listNewestAnswers } from '#domain/feed/queries.ts'
import { listNews } from '#domain/follow/queries.ts'
import { getMentor } from '#domain/member/queries.ts'
import { currentSlug } from '#domain/moved-slug/queries.ts'
import { getCard } from '#domain/picture/queries.ts'
import { findQuestions, getQuestion, listAmaQuestions, listCommunityQuestions, listTopicQuestions } from '#domain/question/queries.ts'
import { relatedAmas, relatedQuestions, topMentors } from '#domain/related/queries.ts'
import { search } from '#domain/search/queries.ts'
import { readAsked } from '#domain/search/rules.ts'
import { findSimilar } from '#domain/similar/queries.ts'
import { listSitemapPages, listSitemapParts } from '#domain/sitemap/queries.ts'
import { db } from '#lib/db.ts'
import { withSession } from '#lib/db-session.ts'
import { findDrift } from '#prisma/derived.ts'
import { makeAma, makeCommunity, makeMentor, makeQuestion, makeTopic, makeViewer } from '#testing/factories.ts'
import { filesOf } from '#testing/house-rules.ts'
import { GET as amaCalendar } from './amas/[slug]/calendar.ics/route.ts'
import { GET as communityCalendar } from './communities/[slug]/calendar.ics/route.ts'
import { GET as feed } from './feeds/[kind]/[slug]/route.ts'
import { GET as picture } from './og/[kind]/[slug]/route.tsx'

const MARK = 'zinnwaldite'

test('nothing that the public reads has a word of a draft, and all of it once that is published', async () => {
  const draft = await aDraft()
  expect(await readersWithMark(draft)).toEqual([])
  expect(await withSession((session) => findDrift(session))).toEqual([])
  expect(await getCommunity(draft.community.slug)).toMatchObject({ amaCount: 0, questionCount: 0 })

  await db().ama.update({ where: { id: draft.id }, data: { publishedAt: new Date() } })
  // Else a reader that finds nothing at all would be taken for one that keeps a secret.
  expect((await readersWithMark(draft)).toSorted()).toEqual(
    Object.keys(readers(draft))
      .filter((name) => !ofNoWords.includes(name))
      .toSorted(),
  )
  expect(await withSession((session) => findDrift(session))).toEqual([])
  expect(await getCommunity(draft.community.slug)).toMatchObject({ amaCount: 1, questionCount: 1 })
})

test('whatever reads AMAs leaves drafts out, or is known to have a reason', () => {
  const readsAll = [
    // For whoever runs or is asked to hold it, and what writes it.
    /^domain\/ama\/commands\.ts$/,
    // For whoever holds it.
    /^domain\/local-word\/commands\.ts$/,
    // Places by number, the zone of a host, and whether a host checks: of a question that somebody was let ask.
    /^domain\/question\/commands\.ts$/,
    // What a member takes along or leaves.
    /^domain\/own-data\//,
    // Programs that look after all rows.
    /^domain\/import\/|^prisma\/|^lib\/backup\//,
    // Who may answer a question, which is hidden with a draft.
    /^domain\/answer(-draft)?\//,
  ]
  const files = filesOf(join(import.meta.dirname, '..')).filter(
    ({ path }) => /^(app|components|domain|lib|pages|prisma)\/.*\.tsx?$/.test(path) && !/\.test\./.test(path),
  )
  const readers = files.filter(({ text }) => /(FROM|JOIN) "Ama" |\.ama\.find/.test(text))
  expect(readers.length).toBeGreaterThan(8)
  const open = readers.filter(
    ({ path, text }) => !/shownAma|isShownAma|publishedAt/i.test(text) && !readsAll.some((known) => known.test(path)),
  )
  expect(open.map(({ path }) => path)).toEqual([])
})

type Draft = Awaited<ReturnType<typeof aDraft>>

/** A draft whose every word is marked, with a question and somebody who holds it already. */
async function aDraft() {
  const community = await makeCommunity()
  const topic = await makeTopic(community.id)
  const mentor = await makeMentor()
  const place = { communityId: community.id, topicId: topic.id }
  const soon = new Date(Date.now() + 3 * 86_400_000)
  const words = { introduction: MARK, introductionHtml: `<p>${MARK}</p>`, publishedAt: null }
  const ama = await makeAma(place, [{ ...mentor, companyId: null, title: MARK }], soon, { slug: `${MARK}-${uuid()}`, ...words })
  const question = await makeQuestion(community.id, {
    ...{ amaId: ama.id, number: 1, topicId: topic.id, sentInAt: new Date(), slug: `${MARK}-question-${uuid()}` },
    ...{ title: `What is ${MARK} good for?`, details: MARK },
  })
  await db().movedSlug.create({ data: { kind: 'Ama', slug: `was-${ama.slug}`, targetId: ama.id } })
  const reader = await makeViewer()
  await db().follow.createMany({
    data: [
      { id: uuid(), memberId: reader.memberId, mentorId: mentor.id },
      { id: uuid(), memberId: reader.memberId, topicId: topic.id },
    ],
  })
  return { id: ama.id, slug: ama.slug, community, topic, mentor, question, reader }
}

// The first has no place for words, the others tell of an AMA by a number or of answers, of which there are none.
const ofNoWords = [
  'the feed of a community',
  'the feed of a topic',
  'the mentor',
  'the mentors of a rail',
  'answers of a feed',
  'a picture',
]

function readers({ id, slug, community, topic, mentor, question, reader }: Draft): Record<string, () => Promise<unknown>> {
  const now = new Date()
  const get = (name: typeof feed | typeof picture, kind: string, of: string) => async () => {
    const answer = await name(new Request('https://perch.example/'), { params: Promise.resolve({ kind, slug: of }) })
    return answer.status === 200 ? `${answer.headers.get('content-type')} ${await answer.text()}` : null
  }
  const calendar = (route: typeof amaCalendar, of: string) => async () => {
    const answer = await route(new Request('https://perch.example/'), { params: Promise.resolve({ slug: of }) })
    return answer.status === 200 ? answer.text() : null
  }
  return {
    'the AMA': () => getAma(slug),
    'all AMAs': () => listAmas(now),
    'AMAs of a community': () => listAmas(now, undefined, undefined, community.id),
    'AMAs of a topic': () => listTopicAmas(topic.id, 10),
    'AMAs of a mentor': () => listMentorAmas(mentor.id, 10),
    'the rail of AMAs': () => relatedAmas({ communityId: community.id, topicId: topic.id, amaId: null }),
    'the rail of questions': () => relatedQuestions({ id: uuid(), topicId: topic.id, communityId: community.id, viewCount: 1_000 }),
    'AMAs by id': () => findAmas([id]),
    'a calendar’s AMA': () => getCalendarAma(slug),
    'a calendar’s AMAs': () => listCalendarAmas(community.id, now),
    'the file for a calendar': calendar(amaCalendar, slug),
    'the calendar of a community': calendar(communityCalendar, community.slug),
    'an earlier address': () => currentSlug('Ama', `was-${slug}`),
    'the place to ask': async () => {
      const place = await findPlace({ ama: slug })
      return place && getPlace(place)
    },
    'the place by its id': () => getPlace({ kind: 'ama', id }),
    'a reminder': async () => {
      const found = await getOwnReminder(reader, slug)
      return found && { ...found, slug }
    },
    news: () => listNews(reader),
    'the question': () => getQuestion(question.slug),
    'questions by id': () => findQuestions([question.id]),
    'questions of the AMA': () => listAmaQuestions(id, 'upcoming'),
    'questions of the AMA when it is past': () => listAmaQuestions(id, 'past'),
    'questions of a community': () => listCommunityQuestions(community.id, 'newest'),
    'questions of a community by views': () => listCommunityQuestions(community.id, 'read'),
    'questions of a topic': () => listTopicQuestions(topic.id, 'read'),
    'search for AMAs': async () => (await search(readAsked(MARK), 'amas'))?.amas?.rows,
    'search for questions': async () => (await search(readAsked(MARK), 'questions'))?.questions?.rows,
    'search for all': async () => {
      const found = await search(readAsked(MARK))
      return [found?.amas?.rows, found?.questions?.rows]
    },
    'similar questions': () => findSimilar(`What is ${MARK} good for?`, { communityId: community.id }),
    'the sitemap': async () => Promise.all((await listSitemapParts()).map(listSitemapPages)),
    'an export': async () => {
      const parts: string[] = []
      await withSession(async (session) => {
        for await (const part of exportedText(session)) parts.push(part)
      })
      return parts.join('')
    },
    'the feed’s subject': async () => (await getFeedSubject('amas', slug)) && slug,
    'answers of a feed': () => listNewestAnswers('amas', id),
    'the feed of the AMA': get(feed, 'amas', slug),
    'the feed of a community': get(feed, 'communities', community.slug),
    'the feed of a topic': get(feed, 'topics', topic.slug),
    'a picture’s words': () => getCard('amas', slug),
    'a picture of the question': () => getCard('questions', question.slug),
    'a picture': get(picture, 'amas', slug),
    'the mentor': () => getMentor(mentor.handle),
    'the mentors of a rail': () => topMentors(community.id, []),
  }
}

async function readersWithMark(draft: Draft): Promise<string[]> {
  // One after the other: all at once they would wait for each other's connections longer than one waits.
  const found: string[] = []
  for (const [name, read] of Object.entries(readers(draft))) if (JSON.stringify(await read())?.includes(MARK)) found.push(name)
  return found
}
