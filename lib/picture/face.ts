import sharp from 'sharp'
import { readKept } from '#lib/files.ts'
import { log } from '#lib/log.ts'
import { portraitFile } from '#lib/paths.ts'

/**
 * A member's picture as a data URL of a PNG, so many pixels wide and high: what is drawn by a library that knows no WebP.
 * Null where there is none, or its file is gone or is no picture any more; throws a Refusal while the place where it lies does not answer.
 */
export async function face(portraitId: string | null, pixels: number): Promise<string | null> {
  const square = portraitId && (await readKept(portraitFile(portraitId, 192)))
  if (!square) return null
  try {
    const png = await sharp(square).resize(pixels, pixels).png().toBuffer()
    return `data:image/png;base64,${png.toString('base64')}`
  } catch (error) {
    log().error({ err: error, portrait: portraitId }, 'a portrait cannot be read')
    return null
  }
}
