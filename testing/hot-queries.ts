import {
  getAma,
  listAmas,
  listComingAmas,
  listCompanyAmas,
  listMentorAmas,
  listPastAmas,
  listTopicAmas,
  listUnclosedAmas,
} from '#domain/ama/queries.ts'
import { findFollowedAma, newestEvent } from '#domain/ama-event/queries.ts'
import { listAnswers, listCompanyAnswers, listMentorAnswers, readBestOfTopic } from '#domain/answer/queries.ts'
import { listBeingAnswered } from '#domain/answer-lease/queries.ts'
import { countBecame } from '#domain/closing/queries.ts'
import { getCommunity, listCommunities } from '#domain/community/queries.ts'
import { getCompany, listFormerMentors, listPresentMentors } from '#domain/company/queries.ts'
import { medianToAnswer } from '#domain/draft/queries.ts'
import { getFeedSubject, listNewestAnswers } from '#domain/feed/queries.ts'
import { listLocalWords } from '#domain/local-word/queries.ts'
import { getMentor, listCommunityMentors } from '#domain/member/queries.ts'
import { currentSlug } from '#domain/moved-slug/queries.ts'
import {
  findAmaQuestions,
  getPresented,
  getQuestion,
  listAmaQuestions,
  listCommunityQuestions,
  listHeld,
  listTopicQuestions,
  listTopicUnanswered,
  listWorthReading,
  searchAma,
} from '#domain/question/queries.ts'
import { countQueue, listCover, listQueue } from '#domain/queue/queries.ts'
import { relatedAmas, relatedQuestions, topMentors } from '#domain/related/queries.ts'
import { search } from '#domain/search/queries.ts'
import { readAsked } from '#domain/search/rules.ts'
import { findOwnAlike, findSimilar, questionsLike } from '#domain/similar/queries.ts'
import { listSitemapPages, listSitemapParts } from '#domain/sitemap/queries.ts'
import { suggest } from '#domain/suggestion/queries.ts'
import { getTopic, listTopics } from '#domain/topic/queries.ts'
import { encodeCursor } from '#lib/cursor.ts'
import { db } from '#lib/db.ts'

/** Of what came a moment ago, for which nothing was worked out yet. */
const NEW = '00000000-0000-7000-8000-000000000000'

/** Every query that a public page asks, with the arguments that cost most, by a name that says which. */
export async function hotQueries(now: Date): Promise<Record<string, () => Promise<unknown>>> {
  const { community, topic, ama, company, mentor, question } = await largest()
  const deep = await cursors()
  return {
    'a question': () => getQuestion(question.slug),
    'answers of the question with most': () => listAnswers(question.id),
    'answers of that question, further on': () => listAnswers(question.id, deep.answer),
    'related questions': () => relatedQuestions(question),
    'related questions of a topic': () => relatedQuestions({ ...question, id: NEW }),
    'related questions of a community': () => relatedQuestions({ ...question, id: NEW, topicId: null }),
    'related questions of one that is read least': () => relatedQuestions({ ...question, id: NEW, viewCount: 0 }),
    'what is worth reading': () => listWorthReading(12),
    'questions of a community, most read': () => listCommunityQuestions(community.id, 'read'),
    'questions of a community, most read, page 1,000': () => listCommunityQuestions(community.id, 'read', deep.read),
    'questions of a community, newest': () => listCommunityQuestions(community.id, 'newest'),
    'questions of a community, newest, page 1,000': () => listCommunityQuestions(community.id, 'newest', deep.newest),
    'questions of a community, hot': () => listCommunityQuestions(community.id, 'hot'),
    'questions of a community, hot, further on': () => listCommunityQuestions(community.id, 'hot', encodeCursor([9_000, topic.id])),
    'questions of a community, most requested': () => listCommunityQuestions(community.id, 'requested'),
    'questions of a community, most requested, further on': () => listCommunityQuestions(community.id, 'requested', deep.requested),
    'questions of a community, unanswered': () => listCommunityQuestions(community.id, 'unanswered'),
    'questions of a community, unanswered, further on': () => listCommunityQuestions(community.id, 'unanswered', deep.unanswered),
    'questions of a topic': () => listTopicQuestions(topic.id, 'read'),
    'questions of a topic, page 100': () => listTopicQuestions(topic.id, 'read', deep.topic),
    'questions of a topic, hot': () => listTopicQuestions(topic.id, 'hot'),
    'questions of a topic, newest': () => listTopicQuestions(topic.id, 'newest'),
    'questions of a topic, most requested': () => listTopicQuestions(topic.id, 'requested'),
    'questions of a topic, unanswered': () => listTopicQuestions(topic.id, 'unanswered'),
    'open questions of a topic': () => listTopicUnanswered(topic.id, 'open', 5),
    'questions that were left unanswered in a topic': () => listTopicUnanswered(topic.id, 'left', 5),
    'best answers and mentors of a topic': () => readBestOfTopic(topic.id, 5, 8),
    'an AMA': () => getAma(ama.slug),
    'questions of the largest AMA, past': () => listAmaQuestions(ama.id, 'past'),
    'questions of the largest AMA, past, further on': () => listAmaQuestions(ama.id, 'past', encodeCursor([0, -3, 20, 60])),
    'questions of the largest AMA, live': () => listAmaQuestions(ama.id, 'live'),
    'questions of the largest AMA, live, further on': () => listAmaQuestions(ama.id, 'live', encodeCursor([1, 30])),
    'questions of the largest AMA, by number': () => findAmaQuestions(ama.id, [3, 17, 29]),
    'what words mean in the largest AMA': () => listLocalWords(ama.id),
    'a search inside the largest AMA': () => searchAma(ama.id, ['first week', 'what']),
    'what a projector shows of the largest AMA': () => getPresented(ama.id, [3, 17], 29),
    'what is being answered in the largest AMA': () => listBeingAnswered(ama.id, now),
    'the newest event of an AMA': () => newestEvent(ama.id),
    'what happened in the largest AMA': async () => (await followed(ama))?.after(7, 100),
    'what is so in the largest AMA': async () => (await followed(ama))?.state(),
    'AMAs related to an AMA': () => relatedAmas({ communityId: community.id, topicId: topic.id, amaId: ama.id }),
    'AMAs related to a question': () => relatedAmas({ ...question, amaId: ama.id, questionId: question.id }),
    'AMAs of a community and topic': () => relatedAmas({ communityId: community.id, topicId: topic.id, amaId: NEW }),
    'AMAs of a topic': () => listTopicAmas(topic.id, 5),
    'AMAs of a mentor': () => listMentorAmas(mentor.id, 10),
    'AMAs, both lists': () => listAmas(now),
    'coming AMAs of a community': () => listComingAmas(now, community.id),
    'past AMAs, page 1,000': () => listPastAmas(now, undefined, deep.ama),
    'past AMAs of a community': () => listPastAmas(now, community.id),
    'past AMAs of a community, long ago': () => listPastAmas(now, community.id, deep.ama),
    'a community': () => getCommunity(community.slug),
    communities: () => listCommunities(),
    'how soon a community is answered': () => medianToAnswer(community.id),
    'what waits for the hosts of a community': () => listHeld(community.id),
    'a topic': () => getTopic(topic.slug),
    'topics of a community': () => listTopics(community.id),
    'a mentor': () => getMentor(mentor.handle),
    'answers of the mentor with most': () => listMentorAnswers(mentor.id),
    'answers of that mentor, further on': () => listMentorAnswers(mentor.id, deep.mentor),
    'mentors of a community': () => listCommunityMentors(community.id, 'name', now),
    'mentors of a community, further on': () => listCommunityMentors(community.id, 'name', now, encodeCursor(['mentor 3', mentor.id])),
    'mentors of a community by people helped': () => listCommunityMentors(community.id, 'month', now),
    'mentors of a community by people helped, further on': () =>
      listCommunityMentors(community.id, 'month', now, encodeCursor([2, mentor.id])),
    'mentors of a community by people helped in a year': () => listCommunityMentors(community.id, 'year', now),
    'mentors of a community by people helped so far': () => listCommunityMentors(community.id, 'ever', now),
    'top mentors': () => topMentors(community.id, [mentor.id]),
    'a company': () => getCompany(company.slug),
    'mentors of a company': () => listPresentMentors(company.id),
    'former mentors of a company': () => listFormerMentors(company.id),
    'AMAs of a company': () => listCompanyAmas(company.id, 5),
    'answers of a company': () => listCompanyAnswers(company.id),
    'answers of a company, further on': () => listCompanyAnswers(company.id, encodeCursor([2, mentor.id])),
    'feed of a community': () => listNewestAnswers('communities', community.id),
    'feed of a topic': () => listNewestAnswers('topics', topic.id),
    'feed of a mentor': () => listNewestAnswers('mentors', mentor.id),
    'feed of the largest AMA': () => listNewestAnswers('amas', ama.id),
    'who a feed is about': () => getFeedSubject('amas', ama.slug),
    'a slug that moved': () => currentSlug('Question', 'nothing-was-ever-here'),
    'questions like one that is there': () => questionsLike(question),
    'what is like a question': () => findSimilar('How do you run a retrospective in banking in a company of ten people?'),
    'what is like a question of common words': () =>
      findSimilar('How do you set a company up with people and time?', { communityId: community.id }),
    'a search': () => search(readAsked('retrospective banking')),
    'a search for questions with a common word': () => search(readAsked('company'), 'questions'),
    'a search for answers with a common word': () => search(readAsked('week'), 'answers'),
    'a search for questions of a community': () =>
      search(readAsked(`company community:${community.slug} is:answered`), 'questions', undefined, 'newest'),
    'a search for answers to phrases': () => search(readAsked('"every week" -banking'), 'answers', undefined, 'read'),
    'what may be meant by two letters': () => suggest('re'),
    'what became of the questions of the largest AMA': () => countBecame(ama.id, now),
    'AMAs of a community that are past and not closed': () => listUnclosedAmas(community.id, now),
    'what waits for a mentor': () => listQueue(asMentor(mentor.id), 'wanted', now),
    'what waits for a mentor, oldest first': () => listQueue(asMentor(mentor.id), 'oldest', now),
    'how much waits for a mentor': () => countQueue(asMentor(mentor.id), now),
    'what helps most people': () => listCover(asMentor(mentor.id), now),
    'earlier answers that are like a question': () => findOwnAlike(mentor.id, question),
    'names of the sitemap': () => listSitemapParts(),
    'a part of the sitemap, questions': () => listSitemapPages(`questions-${question.id}`),
    'a part of the sitemap, mentors': () => listSitemapPages(`mentors-${mentor.id}`),
    'a part of the sitemap, AMAs': () => listSitemapPages(`amas-${ama.id}`),
  }
}

/** A mentor as queues know them. */
function asMentor(memberId: string) {
  return { memberId, mentor: true, hosts: [], coHosts: [] }
}

/** The stream of an AMA that begins at this moment. */
function followed({ slug, startsAt }: { slug: string; startsAt: Date }) {
  return findFollowedAma(slug, () => startsAt)
}

async function largest() {
  const [community, topic, ama, company, mentor, question] = await Promise.all([
    db().community.findFirstOrThrow({ orderBy: { questionCount: 'desc' } }),
    db().topic.findFirstOrThrow({ orderBy: { questionCount: 'desc' } }),
    db().ama.findFirstOrThrow({ orderBy: { questionCount: 'desc' } }),
    db().company.findFirstOrThrow({ orderBy: { answers: { _count: 'desc' } } }),
    db().member.findFirstOrThrow({ orderBy: { answerCount: 'desc' } }),
    db().question.findFirstOrThrow({ where: { topicId: { not: null } }, orderBy: { answerCount: 'desc' } }),
  ])
  return { community, topic, ama, company, mentor, question }
}

/** Where lists go on after many pages, or in their middle when they are shorter. */
async function cursors() {
  const { community, topic, mentor, question } = await largest()
  const at = (count: number, pages: number) => Math.min(pages * 20 - 1, Math.floor(count / 2))
  const amas = await db().ama.count()
  const [read, newest, byTopic, past, byMentor, answers] = await Promise.all([
    db().question.findFirstOrThrow({
      where: { communityId: community.id },
      orderBy: [{ viewCount: 'desc' }, { id: 'desc' }],
      skip: at(community.questionCount, 999),
    }),
    db().question.findFirstOrThrow({
      where: { communityId: community.id },
      orderBy: [{ askedAt: 'desc' }, { id: 'desc' }],
      skip: at(community.questionCount, 999),
    }),
    db().question.findFirstOrThrow({
      where: { topicId: topic.id },
      orderBy: [{ viewCount: 'desc' }, { id: 'desc' }],
      skip: at(topic.questionCount, 99),
    }),
    db().ama.findFirstOrThrow({ orderBy: [{ startsAt: 'desc' }, { id: 'desc' }], skip: at(amas, 999) }),
    db().answer.findFirstOrThrow({
      where: { mentorId: mentor.id },
      orderBy: [{ answeredAt: 'desc' }, { id: 'desc' }],
      skip: at(mentor.answerCount, 99),
    }),
    db().answer.findFirstOrThrow({
      where: { questionId: question.id },
      orderBy: [{ answeredAt: 'asc' }, { id: 'asc' }],
      skip: at(question.answerCount, 5),
    }),
  ])
  return {
    requested: encodeCursor([2, newest.askedAt.getTime(), newest.id]),
    unanswered: encodeCursor([0, 1, newest.askedAt.getTime(), newest.id]),
    read: encodeCursor([read.viewCount, read.id]),
    newest: encodeCursor([newest.askedAt.getTime(), newest.id]),
    topic: encodeCursor([byTopic.viewCount, byTopic.id]),
    ama: encodeCursor([past.startsAt.getTime(), past.id]),
    mentor: encodeCursor([byMentor.answeredAt.getTime(), byMentor.id]),
    answer: encodeCursor([answers.answeredAt.getTime(), answers.id]),
  }
}
