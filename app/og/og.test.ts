import { randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, expect, test } from 'vitest'
import { setPortrait } from '#domain/member/commands.ts'
import { getQuestion } from '#domain/question/queries.ts'
import { hide } from '#domain/report/commands.ts'
import { db } from '#lib/db.ts'
import { keepFile, removeFile } from '#lib/files.ts'
import { portraitFile } from '#lib/paths.ts'
import { makeAma, makeAnswer, makeCommunity, makeQuestion, makeTopic } from '#testing/factories.ts'
import { photo } from '#testing/hostile-uploads.ts'
import { makePerson, visit, visitOf } from '#testing/people.ts'
import { GET } from './[kind]/[slug]/route.tsx'

const uploads = mkdtempSync(join(tmpdir(), 'perch-uploads-'))
process.env.UPLOADS_DIR = uploads
afterAll(() => rm(uploads, { recursive: true }))

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

test('a mentor who has a picture is drawn with it, until moderators hide the profile', async () => {
  const { id, handle } = await aPictured()
  const etag = (await get('mentors', handle)).headers.get('etag')
  expect(await faceOf('mentors', handle)).toBe('picture')
  const { viewer: admin } = await visitOf(await makePerson({ adminSince: new Date() }))
  await hide(admin, { thing: 'profile', id, reason: 'spam', words: undefined }, visit())
  expect(await faceOf('mentors', handle)).toBe('letters')
  expect((await get('mentors', handle)).headers.get('etag')).not.toBe(etag)
})

test('a mentor whose picture was lost or is none is drawn with the initials', async () => {
  const { handle, portraitId } = await aPictured()
  const file = portraitFile(portraitId ?? '', 192)
  await keepFile(file, Buffer.from('no picture'))
  expect(await faceOf('mentors', handle)).toBe('letters')
  await removeFile(file)
  expect(await faceOf('mentors', handle)).toBe('letters')
})

test('whoever answers first, and everybody who holds an AMA, is drawn with a face', async () => {
  const pictured = await aPictured()
  const plain = await aMentor()
  const community = await makeCommunity()
  const question = await makeQuestion(community.id)
  await makeAnswer(question.id, pictured.id)
  const place = { communityId: community.id, topicId: (await makeTopic(community.id)).id }
  const ama = await makeAma(place, [plain, pictured], new Date())
  expect(await faceOf('questions', question.slug)).toBe('picture')
  expect(await getQuestion(question.slug)).toMatchObject({ leadPortraitId: pictured.portraitId })
  expect(await faceOf('amas', ama.slug, 0)).toBe('letters')
  expect(await faceOf('amas', ama.slug, 1)).toBe('picture')
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

/** A mentor whose picture is red on the left and blue on the right. */
async function aPictured() {
  const person = await makePerson()
  await setPortrait((await visitOf(person)).viewer, { portrait: new File([new Uint8Array(await photo())], 'me.jpg') })
  return db().member.update({ where: { id: person.memberId }, data: { mentorSince: new Date() } })
}

/** What sits at that place of the wire: a picture that is red on the left and blue on the right, or a disc of one dark colour. */
async function faceOf(kind: string, slug: string, place = 0): Promise<'picture' | 'letters' | 'nobody'> {
  const drawn = await sharp(await (await get(kind, slug)).arrayBuffer())
    .removeAlpha()
    .raw()
    .toBuffer()
  const colourAt = (x: number) => [...drawn.subarray((526 * 1200 + x) * 3).subarray(0, 3)]
  const [left = [], right = []] = [90, 146].map((x) => colourAt(x + place * 106).map((channel) => channel > 150))
  if (left.join() === 'true,false,false' && right.join() === 'false,false,true') return 'picture'
  return left.every(Boolean) || right.every(Boolean) ? 'nobody' : 'letters'
}

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
