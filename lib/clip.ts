import { graphemeStart, wordEnd } from '#lib/word-end.ts'

/** UTF-16 units */
export const EXCERPT_LENGTH = 200
const mark = '<!--more-->'

/** Whether the HTML of an answer has a place where its excerpt ends. */
export function isClipped(html: string): boolean {
  return html.includes(mark)
}

/**
 * The answer's HTML with the link put where its excerpt ends, for a page that shows it inside `data-clipped`: CSS hides
 * `[data-rest]` there, and `[data-more]` once that attribute is gone. `link` is HTML of ours.
 */
export function clipped(html: string, link: string): string {
  return html.replace(mark, () => `<span data-more>...${link}</span>`)
}

/** The words of HTML made by lib/markdown.ts, a line for each block. */
export function textOf(html: string): string {
  return html
    .replace(/\n/g, ' ')
    .replace(/<br>|<\/(?:p|h[2-6]|li|pre|blockquote|tr)>/g, '\n')
    .replace(/<\/t[dh]>/g, ' ')
    .replace(/<(?:"[^"]*"|[^">])*>/g, '')
    .replace(/&#x([0-9A-F]+);/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .trim()
}

/** The text of an answer's HTML in one line of at most 200 UTF-16 units, cut at a word, with "…" where it goes on. */
export function excerptOf(html: string): string {
  return shortened(textOf(html).replace(/\n/g, ' '), EXCERPT_LENGTH)
}

/** A line of text in at most so many UTF-16 units, cut at a word, with "…" where it goes on. */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return text
  const room = length - 1
  const cut = text.slice(0, wordEnd(text, room) ?? graphemeStart(text, room))
  // "one page,…" reads worse than "one page…".
  return `${cut.replace(/[,;:.!?–—-]+$/, '') || cut}…`
}
