const words = new Intl.Segmenter('en', { granularity: 'word' })
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
const unspaced = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]$/u

/** The last place up to `limit` where a word ends, or null. */
export function wordEnd(text: string, limit: number): number | null {
  for (let at = Math.min(limit, text.length); at > 0; at--) if (endsWord(text, at)) return at
  return null
}

/** Whether a word, and no less than a whole character, ends right before the offset. */
export function endsWord(text: string, at: number): boolean {
  if (/\s/.test(text[at - 1] ?? ' ')) return false
  if (at === text.length) return true
  if (/\s/.test(text[at] ?? '')) return graphemeStart(text, at) === at
  // Scripts without spaces between words; punctuation stays with what it closes.
  if (!unspaced.test(text.slice(Math.max(0, at - 2), at)) || /^\p{P}/u.test(text.slice(at, at + 2))) return false
  return words.segment(text).containing(at)?.index === at && graphemeStart(text, at) === at
}

/** The start of the character, as readers count them, that the offset lies in. */
export function graphemeStart(text: string, at: number): number {
  return graphemes.segment(text).containing(at)?.index ?? at
}
