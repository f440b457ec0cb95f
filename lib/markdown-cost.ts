import type { Nodes, Root } from 'mdast'

const deepest = 12

/**
 * Whether the parser would take long for it. Some of its work grows with the square of what it is given: of lines, of
 * emphasis in one paragraph, of brackets, of quotes and lists inside each other, of columns. No text that is meant to be
 * read comes near these numbers in 30,000 characters; up to them, a rendering takes tens of milliseconds.
 */
export function isCostlyToParse(source: string): boolean {
  const lines = withoutCode(source.split('\n'))
  const prose = lines.join('\n')
  return (
    lines.filter((line) => line.trim()).length > 1_000 ||
    count(prose, /\[/g) > 1_000 ||
    count(prose, /[*_~]/g) > 3_000 ||
    count(prose, /[*_~`[\]<>&!|\\@]/g) > 6_000 ||
    prose.split(/\n[ \t]*\n/).some((paragraph) => count(paragraph, /[*_~]/g) > 1_000) ||
    lines.some((line) => count(line, /\|/g) > 100 || opens(line) > deepest)
  )
}

/**
 * Whether the tree would become too large: nesting (all that follows recurses), cells (a row is filled up to the header's
 * width) and addresses (each reference repeats its definition's).
 */
export function isCostlyToShow(tree: Root): boolean {
  const left: { node: Nodes; depth: number }[] = [{ node: tree, depth: 0 }]
  let [cells, references, longestUrl] = [0, 0, 0]
  for (let next = left.pop(); next; next = left.pop()) {
    const { node, depth } = next
    // A list is two levels: itself and its items.
    if (depth > 2 * deepest) return true
    if (node.type === 'table') cells += node.children.length * (node.align?.length ?? 0)
    if (node.type === 'linkReference' || node.type === 'imageReference') references++
    if (node.type === 'definition') longestUrl = Math.max(longestUrl, node.url.length)
    if ('children' in node) left.push(...node.children.map((child) => ({ node: child, depth: depth + 1 })))
  }
  return cells > 2_000 || references * longestUrl > 200_000
}

/** Without what is between fences, which the parser takes as it is. Only fences without indentation are sure to be some. */
function withoutCode(lines: string[]): string[] {
  let fence: string | null = null
  return lines.filter((line) => {
    if (fence !== null) {
      const [, closing = ''] = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(line) ?? []
      if (closing.startsWith(fence)) fence = null
      return false
    }
    fence = /^(`{3,}(?=[^`]*$)|~{3,})/.exec(line)?.[0] ?? null
    return true
  })
}

function count(text: string, sought: RegExp): number {
  return text.match(sought)?.length ?? 0
}

/** How many quotes and list items are open on the line, at least or by its indentation; the dashes of a rule open none. */
function opens(line: string): number {
  if (/^[ \t]*([-*])[ \t]*(\1[ \t]*)+$/.test(line)) return 0
  const begun = count(line, /[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))/gy)
  return begun === 0 ? 0 : begun + Math.floor(line.search(/[^ \t]/) / 5)
}
