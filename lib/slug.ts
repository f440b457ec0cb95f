import slugify from '@sindresorhus/slugify'

/** With a number behind it to set it apart ("-2") a slug still fits the 120 characters of its column. */
const LENGTH = 90

/**
 * The last part of an address made from a title or a name: lower-case letters and digits joined by hyphens, at most 90
 * characters, cut at a word. Null where nothing of the text can be written so (Chinese, emoji alone).
 */
export function slugOf(text: string): string | null {
  // Splitting camel case would make "i-os" and "pm-s".
  const slug = slugify(text, { decamelize: false })
  if (slug.length <= LENGTH) return slug || null
  const cut = slug.lastIndexOf('-', LENGTH)
  return slug.slice(0, cut > 0 ? cut : LENGTH)
}

/** The slug, then with 2 to 9 behind it, then with numbers that hardly anything has: to be tried in this order. */
export function wishes(slug: string): string[] {
  const numbers = [2, 3, 4, 5, 6, 7, 8, 9, ...Array.from({ length: 4 }, () => 10_000 + Math.floor(Math.random() * 990_000))]
  return [slug, ...numbers.map((number) => `${slug}-${number}`)]
}
