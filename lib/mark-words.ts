/** A word and what it means where it stands. */
type Marked = { word: string; means: string }

/** Elements whose words stay as they are. */
const LEFT_ALONE = new Set(['a', 'code', 'pre', 'h2', 'h3', 'h4', 'h5', 'h6', 'button'])

/**
 * HTML made by lib/markdown.ts with a mark at the first place where each word stands, never in titles, links and code: a
 * button of the browser's own kind that opens what the word means, by a key, a finger or a click, without a script. `id`
 * names the text among all on the page.
 */
export function markWords(html: string, words: readonly Marked[], id: string): string {
  if (words.length === 0) return html
  // Each until it was found.
  const left = words.map((word, i) => ({ ...word, pattern: patternOf(word.word), name: `word-${id}-${i}` }))
  const inside: string[] = []
  return html
    .split(/(<(?:"[^"]*"|[^">])*>)/)
    .map((part) => {
      const tag = /^<(\/?)([a-z][a-z0-9]*)/.exec(part)
      if (tag?.[2] && LEFT_ALONE.has(tag[2])) {
        if (tag[1]) inside.pop()
        else inside.push(tag[2])
      }
      return part.startsWith('<') || inside.length ? part : markText(part, left)
    })
    .join('')
}

type Left = (Marked & { pattern: RegExp; name: string })[]

/** Takes those that it finds out of `left`; of two that begin at one place the longer one. */
function markText(text: string, left: Left): string {
  let marked = ''
  let end = 0
  for (;;) {
    const [first] = left
      .flatMap((word) => {
        word.pattern.lastIndex = end
        const at = word.pattern.exec(text)
        return at ? [{ word, start: at.index, said: at[0] }] : []
      })
      .toSorted((a, b) => a.start - b.start || b.said.length - a.said.length)
    if (!first) return marked + text.slice(end)
    const { word, start, said } = first
    marked += text.slice(end, start) + markOf(said, word)
    end = start + said.length
    left.splice(left.indexOf(word), 1)
  }
}

function markOf(said: string, { word, means, name }: Left[number]): string {
  return `<dfn class="local-word"><button type="button" popovertarget="${name}">${said}</button><span popover id="${name}">${escaped(word)} here means ${escaped(means)}</span></dfn>`
}

/** Short forms in capitals as they are, with an s for more of them; other words also with another first letter. */
function patternOf(word: string): RegExp {
  const isShort = /\p{Lu}.*\p{Lu}/u.test(word)
  return new RegExp(
    `(?<![\\p{L}\\p{N}&#])${escaped(word).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}${isShort ? 's?' : ''}(?![\\p{L}\\p{N}])`,
    isShort ? 'u' : 'iu',
  )
}

/** As lib/markdown.ts writes text. */
function escaped(text: string): string {
  return text.replaceAll('&', '&#x26;').replaceAll('<', '&#x3C;')
}
