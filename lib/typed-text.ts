/** What somebody typed, in the one spelling that is kept: no halves of characters, no control characters but tabs and new lines. */
export function typedText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[^\t\n\P{Cc}]/gu, '')
}

/** As titles are kept. */
export function inOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
