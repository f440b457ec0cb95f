import { globSync, readFileSync } from 'node:fs'
import { v7 as uuid } from 'uuid'
import { expect, test } from 'vitest'
import { listComingAmas, listDraftAmas, listPastAmas } from '#domain/ama/queries.ts'
import { listAnswers, listCompanyAnswers, listMentorAnswers, listVersions } from '#domain/answer/queries.ts'
import { listPrepared } from '#domain/answer-draft/queries.ts'
import { listSaved } from '#domain/answer-mark/queries.ts'
import { listEvents } from '#domain/audit-event/queries.ts'
import { listCommunities } from '#domain/community/queries.ts'
import { listFollows, listNews } from '#domain/follow/queries.ts'
import { getPeriod, listAnswerNumbers } from '#domain/insights/queries.ts'
import { listCommunityMentors } from '#domain/member/queries.ts'
import { MENTOR_ORDERS, type MentorOrder } from '#domain/member/rules.ts'
import { listActs } from '#domain/moderation-event/queries.ts'
import { listNotices } from '#domain/notice/queries.ts'
import {
  listAmaQuestions,
  listCommunityQuestions,
  listHeld,
  listHeldInAma,
  listHostedQuestions,
  listOwnQuestions,
  listTopicQuestions,
  searchAma,
} from '#domain/question/queries.ts'
import { QUESTION_ORDERS, type QuestionOrder } from '#domain/question/rules.ts'
import { listQueue, listSetAside } from '#domain/queue/queries.ts'
import { PLAIN_ORDERS } from '#domain/queue/rules.ts'
import { listOpenReports } from '#domain/report/queries.ts'
import { listWaitingRoles } from '#domain/role/queries.ts'
import { search } from '#domain/search/queries.ts'
import { readAsked, SEARCH_KINDS } from '#domain/search/rules.ts'
import { listReadyWanted, listWanted } from '#domain/wanted/queries.ts'
import { encodeCursor } from '#lib/cursor.ts'
import { makeViewer } from '#testing/factories.ts'

type List = (after?: string) => Promise<unknown>

const now = new Date()
const id = uuid()
const orders = Object.keys(QUESTION_ORDERS) as QuestionOrder[]

/** Every list that goes on where a cursor says, by its noun and a name. Nothing has to be in it: the database reads the keys before it looks. */
async function lists(): Promise<Record<string, Record<string, List>>> {
  const viewer = await makeViewer({ mentor: true, admin: true })
  const period = await getPeriod(viewer, '30', now)
  const each = <Key extends string>(keys: readonly Key[], list: (key: Key, after?: string) => Promise<unknown>) =>
    Object.fromEntries(keys.map((key): [string, List] => [key, (after) => list(key, after)]))
  return {
    ama: {
      coming: (after) => listComingAmas(now, undefined, after),
      past: (after) => listPastAmas(now, undefined, after),
      drafts: (after) => listDraftAmas(id, after),
    },
    answer: {
      question: (after) => listAnswers(id, after),
      mentor: (after) => listMentorAnswers(id, after),
      company: (after) => listCompanyAnswers(id, after),
      versions: (after) => listVersions(id, after),
    },
    'answer-draft': { prepared: (after) => listPrepared(viewer, id, after) },
    'answer-mark': { saved: (after) => listSaved(viewer, after) },
    'audit-event': { all: (after) => listEvents(viewer, after) },
    community: { all: (after) => listCommunities(after) },
    follow: { follows: (after) => listFollows(viewer, '', after), news: (after) => listNews(viewer, after) },
    hit: each(SEARCH_KINDS, (kind, after) => search(readAsked('harvest moon'), kind, after)),
    insights: { answers: (after) => listAnswerNumbers(viewer, period, after) },
    member: each(Object.keys(MENTOR_ORDERS) as MentorOrder[], (order, after) => listCommunityMentors(id, order, now, after)),
    'moderation-event': { acts: (after) => listActs(viewer, after) },
    notice: { all: (after) => listNotices(viewer, { after }) },
    question: {
      ...each(orders, (order, after) => listCommunityQuestions(id, order, after)),
      topic: (after) => listTopicQuestions(id, 'read', after),
      past: (after) => listAmaQuestions(id, 'past', after),
      live: (after) => listAmaQuestions(id, 'live', after),
      search: (after) => searchAma(id, ['harvest'], after),
      hosted: (after) => listHostedQuestions(id, after),
      held: (after) => listHeld(id, after),
      'held in an AMA': (after) => listHeldInAma(id, after),
      own: (after) => listOwnQuestions(viewer, after),
    },
    queue: {
      ...each(PLAIN_ORDERS, (order, after) => listQueue(viewer, order, now, undefined, after)),
      aside: (after) => listSetAside(viewer, 'defer', now, after),
    },
    report: { open: (after) => listOpenReports(viewer, after) },
    role: { waiting: (after) => listWaitingRoles(id, after) },
    wanted: { all: (after) => listWanted(undefined, after), ready: (after) => listReadyWanted(id, after) },
  }
}

const key = [1e300, -1e300, 2 ** 31, -(2 ** 31) - 1, 2 ** 53, 8.65e15, -8.64e15, 0.5, '\0', true, null] as (string | number)[]
const made = key.flatMap((one) => [
  [one],
  [one, id],
  [one, 0],
  [0, one],
  [0, one, id],
  [one, 0, id],
  [0, 0, one, id],
  [0, -1, one, 1],
  [1, 1, one],
])

test('a list takes a cursor that was made up for no cursor of its own, and asks the database for nothing that it cannot read', async () => {
  const all = await lists()
  const paged = globSync('domain/*/queries.ts').filter((path) => readFileSync(path, 'utf8').includes('decodeCursor('))
  expect(Object.keys(all).toSorted()).toEqual(paged.map((path) => path.split('/')[1]).toSorted())
  for (const [noun, of] of Object.entries(all)) {
    for (const [name, list] of Object.entries(of)) {
      expect(await list(), `${noun}: ${name}`).not.toBeNull()
      const failed: string[] = []
      for (const keys of made) await list(encodeCursor(keys)).catch(() => failed.push(JSON.stringify(keys)))
      expect(failed, `${noun}: ${name}`).toEqual([])
      expect(await list(encodeCursor([1e300, id])), `${noun}: ${name}`).toBeNull()
      expect(await list('nonsense'), `${noun}: ${name}`).toBeNull()
    }
  }
})
