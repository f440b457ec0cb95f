import { v4 as uuidv4 } from 'uuid'
import { unusedImage } from '#domain/answer-image/queries.ts'
import { IMAGE_PIXELS, IMAGES_KEPT, imageLimits, UNUSED_FOR } from '#domain/answer-image/rules.ts'
import { ensureMayTakePart } from '#domain/session/rules.ts'
import { type Db, db } from '#lib/db.ts'
import { keepFile, listFiles, removeFile, removeLost } from '#lib/files.ts'
import { countTry } from '#lib/limit.ts'
import { log } from '#lib/log.ts'
import { imageFile, isImageFile, paths } from '#lib/paths.ts'
import { ensure } from '#lib/refusal.ts'
import { fittedPicture } from '#lib/uploaded-picture.ts'
import type { Viewer } from '#lib/viewer.ts'
import type { Visit } from '#lib/visit.ts'

type Image = { id: string; width: number; height: number }

/** Keeps a picture for a mentor's answers, made anew from what was sent. `src` is its address, as their Markdown has it. */
export async function addImage(viewer: Viewer, given: Uint8Array, visit: Visit): Promise<{ src: string }> {
  ensureMayTakePart(viewer)
  ensure(viewer.mentor, 'forbidden', 'Mentors put pictures into their answers.')
  await countTry(imageLimits, { ...visit, viewer })
  const kept = await db().answerImage.count({ where: { memberId: viewer.memberId } })
  ensure(
    kept < IMAGES_KEPT,
    'conflict',
    `You have ${IMAGES_KEPT} pictures here already, which is as many as there can be. Those that no answer or draft of yours has any more are deleted at night.`,
  )
  const { bytes, width, height } = await fittedPicture(given, IMAGE_PIXELS)
  // By chance, so that nobody finds the picture of a draft.
  const image = { id: uuidv4(), width, height }
  await keepFile(imageFile(image), bytes)
  await db().answerImage.create({ data: { ...image, memberId: viewer.memberId, uploadedAt: visit.now } })
  return { src: paths.image(image) }
}

/** Deletes a member's pictures that no text has any more; `removeImageFiles` is to be called with them when that is written. */
export async function forgetImagesOf(tx: Db, memberId: string): Promise<Image[]> {
  return tx.$queryRaw<Image[]>`
    DELETE FROM "AnswerImage" i WHERE i."memberId" = ${memberId}::uuid AND ${unusedImage} RETURNING i.id, i.width, i.height`
}

/** What cannot be deleted now is found at night. */
export async function removeImageFiles(images: Image[]): Promise<void> {
  const removed = await Promise.allSettled(images.map((image) => removeFile(imageFile(image))))
  for (const result of removed) if (result.status === 'rejected') log().error({ err: result.reason }, 'a picture stayed behind')
}

/** Deletes pictures of a day ago that no answer, version or draft has, and files without a row, unless most are such. */
export async function forgetUnusedImages(now: Date): Promise<void> {
  const before = new Date(now.getTime() - UNUSED_FOR)
  const unused = await db().$queryRaw<Image[]>`
    DELETE FROM "AnswerImage" i WHERE i."uploadedAt" < ${before} AND ${unusedImage} RETURNING i.id, i.width, i.height`
  await removeImageFiles(unused)
  const files = (await listFiles(before)).filter(isImageFile)
  const had = await db().answerImage.findMany({ where: { id: { in: files.map((file) => file.slice(0, 36)) } } })
  const known = new Set(had.map(imageFile))
  const lost = files.filter((file) => !known.has(file))
  await removeLost(lost, files)
}
