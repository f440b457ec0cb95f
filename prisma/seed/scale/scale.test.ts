import { beforeAll, expect, test } from 'vitest'
import { isClipped } from '#lib/clip.ts'
import { db } from '#lib/db.ts'
import { withSession } from '#lib/db-session.ts'
import { renderAnswer, renderDetails } from '#lib/markdown.ts'
import { findDrift, recountDerived } from '#prisma/derived.ts'
import { scale } from '#prisma/seed/scale/scale.ts'

beforeAll(() => withSession((session) => scale(session, 2_000)), 60_000)

test('A database is filled with as much as was asked for, and with what goes with it', async () => {
  expect(await db().question.count()).toBe(2_000)
  expect(await db().ama.count()).toBe(40)
  expect(await db().member.count({ where: { mentorSince: { not: null } } })).toBe(20)
  const answers = await db().answer.count()
  expect(answers / 2_000).toBeGreaterThan(1.2)
  expect(answers / 2_000).toBeLessThan(1.8)
  const most = await db().question.findFirstOrThrow({ orderBy: { answerCount: 'desc' } })
  expect(most.answerCount).toBeGreaterThan(4)
  expect(await db().question.count({ where: { answerCount: 0 } })).toBeGreaterThan(200)
})

test('Every derived column is what a recount says', async () => {
  expect(await withSession(findDrift)).toEqual([])
})

test('Texts are rendered as the site renders them, and long ones say where their excerpt ends', async () => {
  const answers = await db().answer.findMany({ take: 50 })
  for (const { body, html, excerpt } of answers) expect(renderAnswer(body)).toEqual({ html, excerpt, point: null })
  expect(answers.some(({ html }) => isClipped(html))).toBe(true)
  const asked = await db().question.findFirstOrThrow({ where: { details: { not: null } } })
  expect(renderDetails(`${asked.details}`)).toBe(asked.detailsHtml)
})

test('Nothing is answered before it was asked, or later than now, and ids grow with time', async () => {
  const rows = await db().question.findMany({
    orderBy: { id: 'asc' },
    select: { askedAt: true, leadAnsweredAt: true, lastAnsweredAt: true },
  })
  for (const { askedAt, leadAnsweredAt, lastAnsweredAt } of rows) {
    expect(askedAt.getTime()).toBeLessThanOrEqual(leadAnsweredAt?.getTime() ?? Number.POSITIVE_INFINITY)
    expect(lastAnsweredAt?.getTime() ?? 0).toBeLessThanOrEqual(Date.now())
  }
  const times = rows.map(({ askedAt }) => askedAt.getTime())
  expect(times).toEqual(times.toSorted((a, b) => a - b))
})

test('Filling it again adds to what is there, under addresses that are free', async () => {
  const parts = () => db().$queryRaw`
    SELECT pg_get_indexdef(indexrelid) AS made FROM pg_index WHERE indrelid IN ('"Question"'::regclass, '"Answer"'::regclass)
    UNION ALL SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid IN ('"Question"'::regclass, '"Answer"'::regclass) ORDER BY 1`
  const before = await parts()
  await withSession((session) => scale(session, 300, { alone: true }))
  expect(await parts()).toEqual(before)
  expect(await db().question.count()).toBe(2_300)
  expect(await withSession(findDrift)).toEqual([])
})

test('Triggers count again afterwards', async () => {
  const question = await db().question.findFirstOrThrow({ where: { answerCount: 0, amaId: { not: null } }, include: { ama: true } })
  const mentor = await db().communityMentor.findFirstOrThrow({ where: { communityId: question.communityId } })
  const given = { body: 'Yes.', html: '<p>Yes.</p>', excerpt: 'Yes.', answeredAt: new Date() }
  await db().answer.create({ data: { id: crypto.randomUUID(), questionId: question.id, mentorId: mentor.memberId, ...given } })
  const ama = await db().ama.findUniqueOrThrow({ where: { id: `${question.amaId}` } })
  expect(ama.answeredCount).toBe((question.ama?.answeredCount ?? 0) + 1)
  expect(await withSession(findDrift)).toEqual([])
})

test('What was changed behind the triggers is found, named, and set right by a recount', async () => {
  const { id, viewCount } = await db().question.findFirstOrThrow({ where: { viewCount: { gt: 0 } } })
  await db().question.update({ where: { id }, data: { viewCount: { increment: 7 } } })
  expect(await withSession(findDrift)).toEqual([
    {
      table: 'Question',
      rows: 1,
      sample: { is: expect.objectContaining({ id, viewCount: viewCount + 7 }), shouldBe: expect.objectContaining({ id, viewCount }) },
    },
  ])
  await withSession((session) => recountDerived(session))
  expect(await withSession(findDrift)).toEqual([])
})
