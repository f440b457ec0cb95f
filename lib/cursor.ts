import { z } from 'zod'

/** Rows a list shows at once. */
export const PAGE_SIZE = 20

/** One page of a list: its rows, and the cursor of the next page if there is one. */
export type Page<Row> = { rows: Row[]; next: string | null }

/** Sort keys that PostgreSQL takes, since a cursor may be made up: a number that counts, the same below zero, an instant in milliseconds, words. */
export const Count = z.number().int().min(0).max(2_147_483_647)
export const NegativeCount = z.number().int().min(-2_147_483_647).max(0)
export const Instant = z.number().int().min(-62_135_596_800_000).max(253_402_300_799_999)
export const Words = z
  .string()
  .max(200)
  .regex(/^[^\0]*$/)

/** The keys of most lists: by an instant, or by a number that counts, and by id where that is the same. */
export const DatedKeys = z.tuple([Instant, z.uuid()])
export const CountedKeys = z.tuple([Count, z.uuid()])

/** Where a list goes on: the sort keys of the last row shown, as one URL-safe word. */
export function encodeCursor(keys: (string | number)[]): string {
  return Buffer.from(JSON.stringify(keys)).toString('base64url')
}

/** The sort keys in `?after=`; undefined where there is none, null where it is not one of ours. */
export function decodeCursor<Shape extends z.ZodType>(
  shape: Shape,
  after: string | string[] | undefined,
): z.infer<Shape> | undefined | null {
  if (after === undefined) return undefined
  if (typeof after !== 'string' || after.length > 400) return null
  try {
    const keys = shape.safeParse(JSON.parse(Buffer.from(after, 'base64url').toString('utf8')))
    return keys.success ? keys.data : null
  } catch {
    return null
  }
}

/** Cuts the one row too many that a list asks for to learn whether it goes on. */
export function pageOf<Row>(rows: Row[], size: number, keys: (last: Row) => (string | number)[]): Page<Row> {
  const shown = rows.slice(0, size)
  const last = shown.at(-1)
  return { rows: shown, next: last && rows.length > size ? encodeCursor(keys(last)) : null }
}
