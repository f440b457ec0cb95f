import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changeProfile, chooseLists, countHelped } from '#domain/member/commands.ts'
import { listCommunityMentors } from '#domain/member/queries.ts'
import { HELPED_DAYS, type MentorOrder, NEW_FOR_DAYS } from '#domain/member/rules.ts'
import { encodeCursor } from '#lib/cursor.ts'
import { db } from '#lib/db.ts'
import { withSession } from '#lib/db-session.ts'
import { findDrift } from '#prisma/derived.ts'
import { makeAnswer, makeCommunity, makeMentor, makeQuestion, makeViewer } from '#testing/factories.ts'
import { visit } from '#testing/people.ts'

const day = 86_400_000
const now = new Date('2026-11-20T12:00:00Z')
const ago = (days: number) => new Date(now.getTime() - days * day)

describe('People helped', () => {
  // Half days, so that nothing is on the edge of a period.
  const when = fc.constantFrom(1, 4, 20, 29, 31, 100, 300, 364, 366, 700).map((days) => days + 0.5)
  const given = fc.record({
    people: fc.array(fc.constantFrom('member', 'new', 'suspended', 'no longer suspended', 'mentor'), { minLength: 3, maxLength: 5 }),
    requests: fc.uniqueArray(fc.record({ question: fc.nat(2), person: fc.nat(6), at: when, again: fc.option(when, { nil: null }) }), {
      maxLength: 12,
      selector: ({ question, person }) => `${question} ${person}`,
    }),
    answers: fc.uniqueArray(fc.record({ question: fc.nat(2), mentor: fc.nat(1), at: when, hidden: fc.boolean() }), {
      maxLength: 5,
      selector: ({ question, mentor }) => `${question} ${mentor}`,
    }),
    placements: fc.uniqueArray(fc.record({ answer: fc.nat(4), question: fc.nat(2), at: when }), {
      maxLength: 2,
      selector: ({ answer }) => answer,
    }),
    marks: fc.uniqueArray(
      fc.record({ answer: fc.nat(4), person: fc.nat(6), kind: fc.constantFrom('helpful', 'thanks', 'save'), at: when }),
      {
        maxLength: 8,
        selector: ({ answer, person, kind }) => `${answer} ${person} ${kind}`,
      },
    ),
  })

  test('are counted as the rule says: each once, by the answer that came next or a mark, and no account that does not count', async () => {
    await fc.assert(
      fc.asyncProperty(given, async (place) => {
        const { id: communityId } = await makeCommunity()
        const { mentors, persons, counting } = await makePeople(communityId, place.people)
        const questions = [await makeQuestion(communityId), await makeQuestion(communityId), await makeQuestion(communityId)].map(
          ({ id }) => id,
        )
        const asked = await makeRequests(place.requests, questions, persons)
        const written = await makeAnswers(place.answers, questions, mentors)
        const placed = await makePlacements(place.placements, questions, written)
        const marked = await makeMarks(place.marks, written, persons)
        const helped = [
          ...fulfilled(
            [...written, ...placed].filter(({ hidden }) => !hidden),
            asked,
          ),
          ...marked,
        ]

        await countHelped(now)
        for (const mentorId of mentors) {
          const theirs = helped.filter((each) => each.mentorId === mentorId && each.memberId !== mentorId && counting.has(each.memberId))
          const people = (days: number) => new Set(theirs.filter(({ at }) => at > ago(days)).map(({ memberId }) => memberId)).size
          const key = { communityId_memberId: { communityId, memberId: mentorId } }
          expect(await db().communityMentor.findUnique({ where: key })).toMatchObject({
            helpedMonth: people(HELPED_DAYS.month),
            helpedYear: people(HELPED_DAYS.year),
            helpedEver: people(100_000),
          })
        }
      }),
      { numRuns: 25 },
    )
  })

  test('count nothing any more once their answer is hidden, and whoever leaves is counted no longer', async () => {
    const { community, mentor, answerId, people } = await helper(3)
    await countHelped(now)
    expect(await helpedBy(community.id)).toEqual({ [mentor.memberId]: 3 })
    await db().account.update({ where: { memberId: people[0] ?? '' }, data: { suspendedUntil: ago(-9), suspendedFor: 'Spam.' } })
    await db().answerRequest.deleteMany({ where: { memberId: people[1] ?? '' } })
    await countHelped(now)
    expect(await helpedBy(community.id)).toEqual({ [mentor.memberId]: 1 })
    await db().answer.update({ where: { id: answerId }, data: { hiddenAt: now, hiddenById: mentor.memberId } })
    await countHelped(now)
    expect(await helpedBy(community.id)).toEqual({})
  })
})

describe('The lists of a community’s mentors', () => {
  test('have no mentor who opted out but in the one by name, at once, and again an hour after they opted in', async () => {
    const { community, mentor } = await helper(2)
    await countHelped(now)
    const here = visit({ viewer: mentor, now })
    await chooseLists(mentor, { lists: 'name' }, here)
    for (const order of ['month', 'year', 'ever'] as const) expect((await listCommunityMentors(community.id, order, now))?.rows).toEqual([])
    expect((await listCommunityMentors(community.id, 'name', now))?.rows).toMatchObject([{ id: mentor.memberId, helped: 0 }])
    await countHelped(now)
    expect(await helpedBy(community.id)).toEqual({})
    await chooseLists(mentor, { lists: 'helped' }, here)
    await countHelped(now)
    expect(await helpedBy(community.id)).toEqual({ [mentor.memberId]: 2 })
  })

  test('leave out who is suspended now, and only while that is so', async () => {
    const { community, mentor } = await helper(2)
    await countHelped(now)
    await db().account.update({ where: { memberId: mentor.memberId }, data: { suspendedUntil: ago(-3), suspendedFor: 'Spam.' } })
    expect((await listCommunityMentors(community.id, 'ever', now))?.rows).toEqual([])
    expect((await listCommunityMentors(community.id, 'ever', ago(-4)))?.rows).toHaveLength(1)
  })

  test('by name do not mind capitals and accents, follow who is renamed, and go on from page to page', async () => {
    const community = await makeCommunity()
    const names = ['zoe', 'Ängela', 'Bea', 'Émile', 'carl', ...Array.from({ length: 20 }, (_, i) => `Dora ${String(i).padStart(2, '0')}`)]
    const long = ['鳥'.repeat(100), '鳥'.repeat(99)]
    for (const name of [...names, ...long])
      await db().communityMentor.create({ data: { communityId: community.id, memberId: (await makeMentor({ name })).id } })
    const ada = await makeViewer()
    await db().member.update({ where: { id: ada.memberId }, data: { mentorSince: now } })
    await db().communityMentor.create({ data: { communityId: community.id, memberId: ada.memberId } })
    await changeProfile(ada, { name: 'Zora', bio: null, links: [], disclosure: null, timeZone: null })
    const listed = []
    for (let after: string | undefined; ; ) {
      const page = (await listCommunityMentors(community.id, 'name', now, after)) ?? expect.fail()
      listed.push(...page.rows.map(({ name }) => name))
      if (!page.next) break
      after = page.next
    }
    expect(listed).toEqual(['Ängela', 'Bea', 'carl', ...names.slice(5), 'Émile', 'zoe', 'Zora', ...long])
    expect((await withSession(findDrift)).filter(({ table }) => table === 'CommunityMentor')).toEqual([])
  })

  test('take no cursor that they did not give', async () => {
    const { id } = await makeCommunity()
    for (const order of ['name', 'month', 'year', 'ever'] satisfies MentorOrder[]) {
      for (const after of ['nonsense', ['a'], encodeCursor([true as never, id]), encodeCursor([1e300, id])]) {
        expect(await listCommunityMentors(id, order, now, after), order).toBeNull()
      }
    }
  })
})

const at = <T>(list: T[], i: number) => list[i % list.length] ?? expect.fail()

/** Two mentors and others; `counting` are those whose accounts count. */
async function makePeople(communityId: string, kinds: string[]) {
  const mentors = [await makeViewer(), await makeViewer()].map(({ memberId }) => memberId)
  await db().member.updateMany({ where: { id: { in: mentors } }, data: { mentorSince: ago(900) } })
  await db().communityMentor.createMany({ data: mentors.map((memberId) => ({ communityId, memberId })) })
  await db().account.updateMany({ where: { memberId: { in: mentors } }, data: { createdAt: ago(900) } })
  const persons = [...mentors]
  const counting = new Set(mentors)
  for (const kind of kinds) {
    const { memberId } = await makeViewer()
    const createdAt = kind === 'new' ? ago(NEW_FOR_DAYS - 1) : ago(NEW_FOR_DAYS + 1)
    const suspendedUntil = { suspended: ago(-3), 'no longer suspended': ago(3) }[kind] ?? null
    await db().account.update({ where: { memberId }, data: { createdAt, suspendedUntil, suspendedFor: suspendedUntil && 'Spam.' } })
    persons.push(memberId)
    if (kind !== 'new' && kind !== 'suspended') counting.add(memberId)
  }
  return { mentors, persons, counting }
}

type Asked = { questionId: string; memberId: string; times: Date[] }

async function makeRequests(
  given: { question: number; person: number; at: number; again: number | null }[],
  questions: string[],
  persons: string[],
): Promise<Asked[]> {
  const asked: Asked[] = []
  for (const { question, person, ...rest } of given) {
    const row = { questionId: at(questions, question), memberId: at(persons, person) }
    if (asked.some((other) => other.questionId === row.questionId && other.memberId === row.memberId)) continue
    // Nobody waits again before having waited.
    const againAt = rest.again !== null && rest.again < rest.at ? ago(rest.again) : null
    await db().answerRequest.create({ data: { ...row, requestedAt: ago(rest.at), againAt } })
    asked.push({ ...row, times: [ago(rest.at), ...(againAt ? [againAt] : [])] })
  }
  return asked
}

type Standing = { id: string; questionId: string; mentorId: string; at: Date; hidden: boolean }

async function makeAnswers(
  given: { question: number; mentor: number; at: number; hidden: boolean }[],
  questions: string[],
  mentors: string[],
): Promise<Standing[]> {
  const written: Standing[] = []
  for (const { question, mentor, hidden, ...rest } of given) {
    const row = { questionId: at(questions, question), mentorId: at(mentors, mentor) }
    const hiding = hidden ? { hiddenAt: now, hiddenById: at(mentors, 0) } : {}
    const { id } = await makeAnswer(row.questionId, row.mentorId, { answeredAt: ago(rest.at), ...hiding })
    written.push({ ...row, id, at: ago(rest.at), hidden })
  }
  return written
}

async function makePlacements(
  given: { answer: number; question: number; at: number }[],
  questions: string[],
  written: Standing[],
): Promise<Standing[]> {
  const placed: Standing[] = []
  for (const { answer, question, ...rest } of given) {
    const questionId = at(questions, question)
    const of = written[answer]
    const isThere = [...written, ...placed].some((other) => other.mentorId === of?.mentorId && other.questionId === questionId)
    if (!of || isThere) continue
    const { id: answerId, mentorId } = of
    await db().answerPlacement.create({ data: { answerId, questionId, mentorId, line: 'The same point.', placedAt: ago(rest.at) } })
    placed.push({ ...of, questionId, at: ago(rest.at) })
  }
  return placed
}

type Helped = { mentorId: string; memberId: string; at: Date }

async function makeMarks(
  given: { answer: number; person: number; kind: string; at: number }[],
  written: Standing[],
  persons: string[],
): Promise<Helped[]> {
  const helped: Helped[] = []
  for (const { answer, person, kind, ...rest } of given) {
    const of = written[answer]
    const memberId = at(persons, person)
    if (!of || memberId === of.mentorId) continue
    const { count } = await db().answerMark.createMany({
      data: [{ answerId: of.id, memberId, kind, markedAt: ago(rest.at) }],
      skipDuplicates: true,
    })
    if (count && kind !== 'save' && !of.hidden) helped.push({ mentorId: of.mentorId, memberId, at: ago(rest.at) })
  }
  return helped
}

/** Whose request each answer was the next one after. */
function fulfilled(standing: Standing[], asked: Asked[]): Helped[] {
  return standing.flatMap((each) => {
    const there = standing.filter(({ questionId }) => questionId === each.questionId)
    const earlier = there.filter((other) => other.at < each.at || (other.at.getTime() === each.at.getTime() && other.id < each.id))
    const before = Math.max(Number.NEGATIVE_INFINITY, ...earlier.map((other) => other.at.getTime()))
    return asked
      .filter(({ questionId, times }) => questionId === each.questionId && times.some((time) => time <= each.at && time.getTime() > before))
      .map(({ memberId }) => ({ mentorId: each.mentorId, memberId, at: each.at }))
  })
}

/** A mentor whose answer so many people had requested. */
async function helper(requests: number) {
  const community = await makeCommunity()
  const mentor = await makeViewer({ mentor: true })
  await db().member.update({ where: { id: mentor.memberId }, data: { mentorSince: ago(900) } })
  const question = await makeQuestion(community.id)
  const people: string[] = []
  for (let i = 0; i < requests; i++) {
    const { memberId } = await makeViewer()
    await db().account.update({ where: { memberId }, data: { createdAt: ago(90) } })
    await db().answerRequest.create({ data: { questionId: question.id, memberId, requestedAt: ago(20) } })
    people.push(memberId)
  }
  const { id: answerId } = await makeAnswer(question.id, mentor.memberId, { answeredAt: ago(10) })
  return { community, mentor, answerId, people }
}

/** Of those whom the list by people helped in thirty days names. */
async function helpedBy(communityId: string): Promise<Record<string, number>> {
  const rows = (await listCommunityMentors(communityId, 'month', now))?.rows ?? []
  return Object.fromEntries(rows.map(({ id, helped }) => [id, helped]))
}
