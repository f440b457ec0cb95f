import { randomUUID } from 'node:crypto'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { db } from '#lib/db.ts'
import { GET } from './[kind]/[slug]/route.tsx'

const get = (kind: string, slug: string, headers = {}) =>
  GET(new Request('http://localhost/', { headers }), { params: Promise.resolve({ kind, slug }) })

test('the picture of a mentor with a whale in the company is drawn, and not sent again to who has it', async () => {
  const { handle } = await aMentor()
  const response = await get('mentors', handle)
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/png'])
  expect(await sharp(await response.arrayBuffer()).metadata()).toMatchObject({ format: 'png', width: 1200, height: 630 })
  const again = await get('mentors', handle, { 'if-none-match': response.headers.get('etag') })
  expect([again.status, await again.text()]).toEqual([304, ''])
})

test('a mentor with a new title has a new picture', async () => {
  const { id, handle } = await aMentor()
  const before = (await get('mentors', handle)).headers.get('etag')
  await db().member.update({ where: { id }, data: { title: 'Chief Bird' } })
  expect((await get('mentors', handle)).headers.get('etag')).not.toBe(before)
})

test('an AMA and a question have pictures too', async () => {
  const { id, companyId } = await aMentor()
  const suffix = randomUUID()
  const community = await db().community.create({ data: { id: randomUUID(), slug: `c-${suffix}`, name: `C ${suffix}` } })
  const topic = await db().topic.create({ data: { id: randomUUID(), slug: `t-${suffix}`, name: 'Platforms', communityId: community.id } })
  const startsAt = new Date('2026-05-31T17:00:00Z')
  const endsAt = new Date('2026-05-31T18:00:00Z')
  const place = { communityId: community.id, topicId: topic.id }
  const when = { startsAtLocal: new Date('2026-05-31T10:00:00Z'), timeZone: 'America/Los_Angeles', startsAt, endsAt }
  const mentors = { create: { memberId: id, position: 1, companyId, title: 'VP' } }
  const ama = await db().ama.create({ data: { id: randomUUID(), slug: `a-${suffix}`, ...place, ...when, mentors } })
  const title = 'What belongs in a platform?'
  const question = await db().question.create({ data: { id: randomUUID(), slug: `q-${suffix}`, ...place, title, askedAt: startsAt } })
  const answers = await Promise.all([get('amas', ama.slug), get('questions', question.slug)])
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
})

test('what is not there is 404, what moved is 308', async () => {
  const { id, handle } = await aMentor()
  await db().member.update({ where: { id }, data: { handle: `moved-${handle}` } })
  const moved = await get('mentors', handle)
  expect([moved.status, moved.headers.get('location')]).toEqual([308, `/og/mentors/moved-${handle}`])
  for (const [kind, slug] of [
    ['mentors', 'nobody'],
    ['topics', 'x'],
    ['mentors', 'a\u0000'],
    ['toString', 'x'],
  ] as const) {
    expect((await get(kind, slug)).status).toBe(404)
  }
})

async function aMentor() {
  const suffix = randomUUID()
  const company = await db().company.create({ data: { id: randomUUID(), slug: `co-${suffix}`, name: `Blue 🐳 ${suffix}` } })
  return db().member.create({
    data: {
      id: randomUUID(),
      handle: `m-${suffix}`,
      name: 'Ada Osei',
      title: 'Head of Platform',
      companyId: company.id,
      mentorSince: new Date(),
    },
  })
}
