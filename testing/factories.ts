import { v7 as uuid } from 'uuid'
import { db } from '#lib/db.ts'
import { renderAnswer, renderDetails } from '#lib/markdown.ts'
import type { Viewer } from '#lib/viewer.ts'
import type { Prisma } from '#prisma/client/client.ts'

// Rows with all that their tables ask for, and names of their own; a test gives only what it is about.

export function makeCommunity(given: Partial<Prisma.CommunityUncheckedCreateInput> = {}) {
  const id = uuid()
  return db().community.create({ data: { id, slug: `community-${id}`, name: `Community ${id}`, ...given } })
}

export function makeTopic(communityId: string, given: Partial<Prisma.TopicUncheckedCreateInput> = {}) {
  const id = uuid()
  return db().topic.create({ data: { id, slug: `topic-${id}`, name: `Topic ${id}`, communityId, ...given } })
}

export function makeCompany(name: string) {
  const id = uuid()
  return db().company.create({ data: { id, slug: `company-${id}`, name } })
}

export function makeMentor(given: Partial<Prisma.MemberUncheckedCreateInput> = {}) {
  const id = uuid()
  return db().member.create({ data: { id, handle: `mentor-${id}`, name: 'Ada Osei', mentorSince: new Date(), ...given } })
}

/** An AMA of an hour in UTC; its mentors hold the roles that they hold now. */
export async function makeAma(
  place: { communityId: string; topicId: string },
  mentors: { id: string; companyId: string | null; title: string | null }[],
  startsAt: Date,
  given: Partial<Prisma.AmaUncheckedCreateInput> = {},
) {
  const id = uuid()
  const endsAt = new Date(startsAt.getTime() + 60 * 60 * 1000)
  const ama = await db().ama.create({
    data: { id, slug: `ama-${id}`, timeZone: 'UTC', startsAtLocal: startsAt, startsAt, endsAt, ...place, ...given },
  })
  for (const [i, { id: memberId, companyId, title }] of mentors.entries()) {
    await db().amaMentor.create({ data: { amaId: ama.id, memberId, position: i + 1, companyId, title } })
  }
  return ama
}

export function makeQuestion(communityId: string, given: Partial<Prisma.QuestionUncheckedCreateInput> = {}) {
  const id = uuid()
  const details = given.details ? { detailsHtml: renderDetails(given.details) } : {}
  const title = 'What do you do in the first week?'
  return db().question.create({ data: { id, slug: `question-${id}`, communityId, title, askedAt: new Date(), ...details, ...given } })
}

export function makeAnswer(questionId: string, mentorId: string, given: Partial<Prisma.AnswerUncheckedCreateInput> = {}) {
  const body = given.body ?? 'I listen, and write down what surprises me.'
  return db().answer.create({ data: { id: uuid(), questionId, mentorId, body, ...renderAnswer(body), answeredAt: new Date(), ...given } })
}

/** Somebody who is signed in, as commands see it. */
export async function makeViewer(given: Partial<NonNullable<Viewer>> = {}): Promise<NonNullable<Viewer>> {
  const id = uuid()
  const { handle, name } = await db().member.create({ data: { id, handle: `member-${id}`, name: 'Ada Osei' } })
  await db().account.create({ data: { memberId: id, email: `${id}@example.com`, emailProvedAt: new Date() } })
  const rights = { admin: false, mentor: false, hosts: [], moderates: [], coHosts: [], suspendedUntil: null }
  return { memberId: id, handle, name, portraitId: null, sessionId: uuid(), provedAt: new Date(), ...rights, ...given }
}
