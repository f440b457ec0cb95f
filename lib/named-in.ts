/** A thing by its id, with all that it is called. */
export type Named = { id: string; names: string[] }

/**
 * The thing of which a name stands in the text as whole words, whatever the capitals, accents, signs between them and an s
 * at their end. Of several the longest name decides, then the place in the list. Null where there is none.
 */
export function namedIn(text: string, things: Named[]): string | null {
  const words = ` ${plainWords(text)} `
  let best: { id: string; length: number } | null = null
  for (const { id, names } of things) {
    for (const name of names.map(plainWords)) {
      if (name.length > (best?.length ?? 0) && words.includes(` ${name} `)) best = { id, length: name.length }
    }
  }
  return best?.id ?? null
}

/** Lower case, one space for whatever stands between words, no s at their end: "Go-to-markets!" and "go to market" are the same. */
function plainWords(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}+#]+/gu, ' ')
    .replace(/(?<=[\p{L}\p{N}]{3})s(?= |$)/gu, '')
    .trim()
}
