import type { Client } from 'pg'
import { forgetUnusedImages } from '#domain/answer-image/commands.ts'
import { forgetLostPortraits } from '#domain/member/commands.ts'
import { PORTRAIT_SIZES } from '#domain/member/rules.ts'
import { areFew, listFiles } from '#lib/files.ts'
import { imageFile, isImageFile, portraitFile } from '#lib/paths.ts'
import { type Check, nothing, SAMPLES } from '#prisma/doctor/check.ts'

const day = 24 * 60 * 60 * 1_000

/** Files that are younger may be waiting for their row. */
export const lostFilesCheck: Check = {
  says: 'An uploaded file belongs to nobody',
  async find(session) {
    const files = await listFiles(new Date(Date.now() - day))
    const { rows: lost } = await session.query<{ file: string }>(
      `SELECT file FROM unnest($1::text[]) AS file WHERE file !~ '^[0-9a-f-]{36}-[0-9]+(x[0-9]+)?\\.webp$' OR NOT EXISTS (
         SELECT FROM "Member" WHERE left(file, 36) IN ("portraitId"::text, "hiddenPortraitId"::text)) AND NOT EXISTS (
         SELECT FROM "AnswerImage" WHERE file = id || '-' || width || 'x' || height || '.webp') ORDER BY file`,
      [files],
    )
    const names = lost.map(({ file }) => file)
    // As the two that repair look at them.
    const mayBeAnothers = [isImageFile, (file: string) => !isImageFile(file)].some(
      (kind) => !areFew(names.filter(kind), files.filter(kind)),
    )
    const hint = mayBeAnothers
      ? 'Most are: is this the database of UPLOADS_DIR or S3_BUCKET? Nothing is deleted while so many are nobody’s.'
      : undefined
    return { rows: names.length, samples: names.slice(0, SAMPLES), hint }
  },
  async repair() {
    await forgetLostPortraits(new Date())
    await forgetUnusedImages(new Date())
  },
}

/** Where no picture at all is there the place is the wrong one, and nobody's picture is taken away for that. */
export const lostPicturesCheck: Check = {
  says: 'A member’s picture is not there',
  async find(session) {
    const { missing, anyThere } = await missingPictures(session)
    if (!missing.length) return nothing
    const hint = anyThere
      ? undefined
      : 'None is there: is UPLOADS_DIR the right folder, or S3_BUCKET the right bucket? Nothing is repaired before one is.'
    return { rows: missing.length, samples: missing.slice(0, SAMPLES).map(({ handle }) => handle), hint }
  },
  async repair(session) {
    const { missing, anyThere } = await missingPictures(session)
    if (!anyThere) return
    for (const { portrait } of missing) {
      await session.query(
        `UPDATE "Member" SET "portraitId" = nullif("portraitId", $1), "hiddenPortraitId" = nullif("hiddenPortraitId", $1)
         WHERE $1 IN ("portraitId", "hiddenPortraitId")`,
        [portrait],
      )
    }
  },
}

/** What an answer shows then is what the picture's words say. Nothing is repaired: the file may be in a backup. */
export const lostImagesCheck: Check = {
  says: 'An answer’s picture is not there',
  async find(session) {
    const { rows: before } = await session.query<Image>('SELECT id, width, height FROM "AnswerImage"')
    const files = new Set(await listFiles(new Date(Date.now() + day)))
    const missing = before.map(imageFile).filter((file) => !files.has(file))
    if (!missing.length) return nothing
    const hint = 'Put the files back from a backup of UPLOADS_DIR or S3_BUCKET.'
    const { rows } = await session.query<Image>('SELECT id, width, height FROM "AnswerImage"')
    const still = new Set(rows.map(imageFile))
    const lost = missing.filter((file) => still.has(file))
    return { rows: lost.length, samples: lost.slice(0, SAMPLES), hint }
  },
}

type Image = { id: string; width: number; height: number }
type Picture = { handle: string; portrait: string }

/** Rows are read twice: whoever changes a picture writes files, then the row, then takes the old files away. */
async function missingPictures(session: Client): Promise<{ missing: Picture[]; anyThere: boolean }> {
  const before = await pictures(session)
  const files = new Set(await listFiles(new Date(Date.now() + day)))
  const missing = before.filter(({ portrait }) => PORTRAIT_SIZES.some((size) => !files.has(portraitFile(portrait, size))))
  if (!missing.length) return { missing, anyThere: true }
  const still = new Set((await pictures(session)).map(({ portrait }) => portrait))
  return { missing: missing.filter(({ portrait }) => still.has(portrait)), anyThere: missing.length < before.length }
}

async function pictures(session: Client): Promise<Picture[]> {
  const { rows } = await session.query<Picture>(
    `SELECT handle, coalesce("portraitId", "hiddenPortraitId")::text AS portrait FROM "Member"
     WHERE num_nonnulls("portraitId", "hiddenPortraitId") > 0`,
  )
  return rows
}
