import { fileTypeFromBuffer } from 'file-type'
import sharp, { type Sharp } from 'sharp'
import { ensure, Refusal } from '#lib/refusal.ts'

// A decoder that others have broken into, and that nothing here needs.
sharp.block({ operation: ['VipsForeignLoadHeif'] })

/** Pixels of a picture as it comes: more are never unpacked. */
const PIXELS = 24_000_000
/** Pictures that are read at once. One may take 200 MB for a moment. */
const AT_ONCE = 2

const TAKEN = ['image/jpeg', 'image/png', 'image/webp']

let underway = 0

/**
 * The middle square of a picture in each of the sizes, as WebP made anew from its pixels: nothing of the file that came, no
 * place and no time that a camera wrote, is in them. Throws a Refusal for what is no JPEG, PNG or WebP by its first bytes
 * (names and types are only claims), is cut off, or has more than 24 million pixels.
 */
export function squarePictures<Size extends number>(given: Uint8Array, sizes: readonly Size[]): Promise<Map<Size, Buffer>> {
  return madeAnew(given, async () => {
    const made = await Promise.all(sizes.map(async (size): Promise<[Size, Buffer]> => [size, await square(given, size)]))
    return new Map(made)
  })
}

/** The whole picture, at most so many pixels wide and high, as WebP made anew. Refuses what `squarePictures` refuses. */
export function fittedPicture(given: Uint8Array, pixels: number): Promise<{ bytes: Buffer; width: number; height: number }> {
  return madeAnew(given, async () => {
    const { data, info } = await opened(given)
      .resize(pixels, pixels, { fit: 'inside', withoutEnlargement: true })
      .timeout({ seconds: 10 })
      .webp({ quality: 82 })
      .toBuffer({ resolveWithObject: true })
    return { bytes: data, width: info.width, height: info.height }
  })
}

async function madeAnew<Made>(given: Uint8Array, make: () => Promise<Made>): Promise<Made> {
  const type = await fileTypeFromBuffer(given).catch(() => undefined)
  ensure(type !== undefined && TAKEN.includes(type.mime), 'invalid', 'A picture is a JPEG, PNG or WebP file. This is something else.')
  ensure(underway < AT_ONCE, 'too_many', 'Many pictures come in at this moment. Try again in a few seconds.', { retryAfter: 5 })
  underway += 1
  try {
    return await make()
  } catch {
    throw new Refusal('invalid', 'This picture cannot be read: it is broken, or has more than 24 million pixels. Try another one.')
  } finally {
    underway -= 1
  }
}

function square(given: Uint8Array, size: number): Promise<Buffer> {
  return opened(given).resize(size, size, { fit: 'cover', position: 'centre' }).timeout({ seconds: 10 }).webp({ quality: 82 }).toBuffer()
}

function opened(given: Uint8Array): Sharp {
  return sharp(given, { limitInputPixels: PIXELS, failOn: 'truncated', sequentialRead: true }).autoOrient()
}
