import { mkdtempSync, readdirSync } from 'node:fs'
import { rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { v4 as uuid } from 'uuid'
import { afterAll, describe, expect, test } from 'vitest'
import { editAnswer, hideAnswer, publishAnswer, removeVersion, takeBackAnswer } from '#domain/answer/commands.ts'
import { EditAnswer, PublishAnswer } from '#domain/answer/rules.ts'
import { addImage, forgetUnusedImages } from '#domain/answer-image/commands.ts'
import { isShownImage, maySeeImage } from '#domain/answer-image/queries.ts'
import { IMAGES_KEPT, imageLimits, withOwnImages } from '#domain/answer-image/rules.ts'
import { db } from '#lib/db.ts'
import { renderAnswer } from '#lib/markdown.ts'
import { paths } from '#lib/paths.ts'
import { makeAnswer, makeCommunity, makeQuestion, makeViewer } from '#testing/factories.ts'
import { hostileUploads, photo, secretOfCamera } from '#testing/hostile-uploads.ts'
import { visit } from '#testing/people.ts'

const uploads = mkdtempSync(join(tmpdir(), 'perch-images-'))
process.env.UPLOADS_DIR = uploads
afterAll(() => rm(uploads, { recursive: true }))

const day = 24 * 60 * 60 * 1_000
const later = () => new Date(Date.now() + 2 * day)

describe('a picture for an answer', () => {
  test('is made anew, upright, no larger than the page needs, and tells nothing of where it was taken', async () => {
    const { ana } = await makeMentorOf()
    const { src } = await addImage(ana, new Uint8Array(await photo({ orientation: 6 })), visit())
    expect(src).toMatch(/^\/images\/[0-9a-f-]{36}-160x240\.webp$/)
    const { format, exif } = await sharp(join(uploads, src.slice('/images/'.length))).metadata()
    expect([format, exif]).toEqual(['webp', undefined])
    const large = await sharp({ create: { width: 3_000, height: 1_000, channels: 3, background: '#fff' } })
      .png()
      .toBuffer()
    expect((await addImage(ana, new Uint8Array(large), visit())).src).toMatch(/-1600x533\.webp$/)
  })

  test('that is hostile is refused, or made anew', async () => {
    const { ana } = await makeMentorOf()
    for (const { what, bytes, taken } of await hostileUploads()) {
      const outcome = await addImage(ana, bytes, visit()).then(
        ({ src }) => src,
        (error: unknown) => (error instanceof Error && error.name === 'Refusal' ? 'refused' : error),
      )
      expect([what, typeof outcome === 'string' && outcome !== 'refused']).toEqual([what, taken])
      if (!taken || typeof outcome !== 'string') continue
      const made = await sharp(join(uploads, outcome.slice('/images/'.length))).toBuffer()
      expect(made.includes(secretOfCamera)).toBe(false)
    }
  }, 60_000)

  test('comes from mentors who may take part', async () => {
    const bytes = new Uint8Array(await photo())
    const { ana } = await makeMentorOf()
    await expect(addImage(null, bytes, visit())).rejects.toMatchObject({ code: 'sign_in' })
    await expect(addImage(await makeViewer(), bytes, visit())).rejects.toMatchObject({ code: 'forbidden' })
    await expect(addImage({ ...ana, suspendedUntil: later() }, bytes, visit())).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('stands at the end of the text that it was sent with, which is kept as a draft', async () => {
    const { ana, question } = await makeMentorOf()
    const form = { question: question.id, body: 'As here:', do: 'image', version: '0', alt: 'a [chart]\nof it' }
    expect(PublishAnswer.safeParse({ ...form, alt: ' ' }).error?.issues.map(({ path }) => path[0])).toEqual(['image', 'alt'])
    const sent = PublishAnswer.parse({ ...form, image: new File([new Uint8Array(await photo())], 'a.jpg') })
    expect(await publishAnswer(ana, sent, visit())).toEqual({ to: paths.answerQuestion(question.slug, 'image') })
    const draft = await db().answerDraft.findFirstOrThrow({ where: { questionId: question.id } })
    expect(draft.body).toMatch(/^As here:\n\n!\[a \\\[chart\\\] of it\]\(\/images\/[0-9a-f-]{36}-240x160\.webp\)$/)
    expect(await db().answer.count({ where: { questionId: question.id } })).toBe(0)
  })
})

describe('a picture is given out', () => {
  test('to everybody while a shown answer or its history has it, and until then to whoever uploaded it', async () => {
    const { ana, question } = await makeMentorOf()
    const { src, image } = await added(ana)
    const seen = async () => [await isShownImage(image), await maySeeImage(ana, image), await maySeeImage(other, image)]
    const other = await makeViewer({ mentor: true })
    expect(await seen()).toEqual([false, true, false])
    expect(await maySeeImage(ana, { ...image, width: image.width + 1 })).toBe(false)
    expect(await maySeeImage(null, image)).toBe(false)
    for (const { memberId } of [ana, other]) {
      const draft = { memberId, questionId: question.id, body: `See ![x](${src})`, savedAt: new Date() }
      await db().answerDraft.create({ data: draft })
    }
    expect(await seen()).toEqual([false, true, false])
    const answer = await makeAnswer(question.id, ana.memberId, { body: `See ![x](${src})` })
    expect(await seen()).toEqual([true, true, true])
    await db().answerDraft.deleteMany({ where: { questionId: question.id } })
    const change = { question: question.id, body: 'Nothing to see.', reason: 'Shorter.', version: '0', edits: '0', do: 'publish' }
    await editAnswer(ana, EditAnswer.parse(change), visit())
    expect(await seen()).toEqual([true, true, true])
    await removeVersion(ana, { id: answer.id, number: 1, reason: 'It names a customer.' }, visit())
    expect(await seen()).toEqual([false, true, false])
  })

  test('to nobody else where a moderator hid the answer that has it, or had it, whatever drafts have it', async () => {
    const { ana, question } = await makeMentorOf()
    const { src, image } = await added(ana)
    const { image: earlier, src: earlierSrc } = await added(ana)
    const answer = await makeAnswer(question.id, ana.memberId, { body: `![x](${earlierSrc})` })
    const change = { question: question.id, body: `![x](${src})`, reason: 'Newer.', version: '0', edits: '0', do: 'publish' }
    await editAnswer(ana, EditAnswer.parse(change), visit())
    await makeDraftOfOther(src)
    expect([await isShownImage(image), await isShownImage(earlier)]).toEqual([true, true])
    await hideAnswer(db(), answer.id, ana.memberId, new Date())
    expect([await isShownImage(image), await isShownImage(earlier)]).toEqual([false, false])
  })

  test('to nobody else once the answer is taken back, whose words are a draft again', async () => {
    const { ana, question } = await makeMentorOf()
    const { src, image } = await added(ana)
    const answer = await makeAnswer(question.id, ana.memberId, { body: `![x](${src})` })
    await takeBackAnswer(ana, { id: answer.id }, visit())
    expect((await db().answerDraft.findFirstOrThrow({ where: { questionId: question.id } })).body).toContain(src)
    expect([await isShownImage(image), await maySeeImage(ana, image)]).toEqual([false, true])
  })
})

test('the editor and the preview show a picture where its mentor sees it', () => {
  const src = '/images/3f2b8c1e-1111-4222-8333-abcdefabcdef-64x48.webp'
  const { html } = renderAnswer(`![${src}](${src}) ${src}`)
  expect(withOwnImages(html)).toBe(html.replace('src="/images/', 'src="/api/answer-images/'))
})

describe('there is a bound', () => {
  const bytes = async () => new Uint8Array(await photo())

  test('to how many come in an hour, by themselves or with the form of an answer', async () => {
    const { ana, question } = await makeMentorOf()
    const tries = imageLimits[0]?.points ?? 0
    for (let i = 0; i < tries - 1; i++) await expect(addImage(ana, new Uint8Array(3), visit())).rejects.toMatchObject({ code: 'invalid' })
    const form = { question: question.id, body: '', do: 'image', version: '0', alt: 'x', image: new File([await bytes()], 'a.jpg') }
    expect(await publishAnswer(ana, PublishAnswer.parse(form), visit())).toHaveProperty('to')
    await expect(publishAnswer(ana, PublishAnswer.parse({ ...form, version: '1' }), visit())).rejects.toMatchObject({ code: 'too_many' })
    await expect(addImage(ana, await bytes(), visit())).rejects.toMatchObject({ code: 'too_many' })
  })

  test('to how many one mentor has', async () => {
    const { ana } = await makeMentorOf()
    const one = { memberId: ana.memberId, width: 1, height: 1, uploadedAt: new Date() }
    await db().answerImage.createMany({ data: Array.from({ length: IMAGES_KEPT - 1 }, () => ({ ...one, id: uuid() })) })
    await addImage(ana, await bytes(), visit())
    await expect(addImage(ana, await bytes(), visit())).rejects.toMatchObject({ code: 'conflict' })
    await db().answerImage.deleteMany({ where: { memberId: ana.memberId, width: 1 } })
  })
})

test('pictures that no text has are gone a day later, with files that have no row; the others stay', async () => {
  const { ana, question } = await makeMentorOf()
  const [used, unused] = [await added(ana), await added(ana)]
  await makeAnswer(question.id, ana.memberId, { body: `![x](${used.src})` })
  await forgetUnusedImages(new Date())
  expect(await db().answerImage.count({ where: { id: { in: [used.image.id, unused.image.id] } } })).toBe(2)
  await forgetUnusedImages(later())
  expect(await db().answerImage.findMany({ where: { memberId: ana.memberId }, select: { id: true } })).toEqual([{ id: used.image.id }])
  const files = () => readdirSync(uploads)
  expect(files().some((file) => file.startsWith(unused.image.id))).toBe(false)
  const kept = await added(ana)
  await makeAnswer((await makeQuestion(question.communityId)).id, ana.memberId, { body: `![x](${kept.src})` })
  await db().answerImage.deleteMany({ where: { id: used.image.id } })
  const longAgo = new Date(Date.now() - 2 * day)
  for (const file of files()) await utimes(join(uploads, file), longAgo, longAgo)
  await forgetUnusedImages(new Date())
  expect(files().some((file) => file.startsWith(used.image.id))).toBe(false)
  // As with the database of another site.
  await db().answerImage.deleteMany()
  await forgetUnusedImages(new Date())
  expect(files().some((file) => file.startsWith(kept.image.id))).toBe(true)
})

async function makeMentorOf() {
  const community = await makeCommunity()
  const ana = await makeViewer({ mentor: true })
  await db().member.update({ where: { id: ana.memberId }, data: { mentorSince: new Date() } })
  await db().communityMentor.create({ data: { communityId: community.id, memberId: ana.memberId } })
  return { ana, question: await makeQuestion(community.id) }
}

async function makeDraftOfOther(src: string) {
  const { ana, question } = await makeMentorOf()
  await db().answerDraft.create({
    data: { memberId: ana.memberId, questionId: question.id, body: `![x](${src})`, savedAt: new Date() },
  })
}

async function added(ana: Awaited<ReturnType<typeof makeViewer>>) {
  const { src } = await addImage(ana, new Uint8Array(await photo()), visit())
  const image = await db().answerImage.findUniqueOrThrow({ where: { id: src.slice('/images/'.length, '/images/'.length + 36) } })
  return { src, image }
}
