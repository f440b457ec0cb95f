import type { BlockContent, ListItem, PhrasingContent, RootContent } from 'mdast'
import { gfmStrikethroughToMarkdown } from 'mdast-util-gfm-strikethrough'
import { toMarkdown as write } from 'mdast-util-to-markdown'
import type { Mark, Node } from 'prosemirror-model'

/** What stands in the editor as Markdown, which is what is kept. A bare address that is typed becomes a link, as it does in Markdown. */
export function toMarkdown(doc: Node): string {
  const tree = { type: 'root' as const, children: blocksOf(doc) }
  return write(tree, {
    extensions: [gfmStrikethroughToMarkdown()],
    bullet: '-',
    emphasis: '*',
    rule: '-',
    fences: true,
    listItemIndent: 'one',
  }).trimEnd()
}

/** Empty paragraphs are none in Markdown. */
function blocksOf(parent: Node): RootContent[] {
  return parent.children.flatMap((node): RootContent[] => {
    const block = blockOf(node)
    return block ? [block] : []
  })
}

function blockOf(node: Node): RootContent | null {
  const { attrs } = node
  switch (node.type.name) {
    case 'heading':
      return node.content.size ? { type: 'heading', depth: attrs.level, children: phrasingOf(node) } : null
    case 'blockquote':
      return { type: 'blockquote', children: blocksOf(node) as BlockContent[] }
    case 'bullet_list':
      return { type: 'list', ordered: false, spread: !attrs.tight, children: itemsOf(node, !attrs.tight) }
    case 'ordered_list':
      return { type: 'list', ordered: true, start: attrs.order, spread: !attrs.tight, children: itemsOf(node, !attrs.tight) }
    case 'code_block':
      return { type: 'code', lang: attrs.lang, value: node.textContent }
    case 'source':
      // Written as it is: HTML is text here, and so this type is free.
      return node.textContent.trim() ? { type: 'html', value: node.textContent } : null
    case 'horizontal_rule':
      return { type: 'thematicBreak' }
    default: {
      const children = phrasingOf(node)
      return children.length ? { type: 'paragraph', children } : null
    }
  }
}

function itemsOf(list: Node, spread: boolean): ListItem[] {
  return list.children.map((item) => ({ type: 'listItem', spread, children: blocksOf(item) as BlockContent[] }))
}

/** A piece of a line with what it is marked by; what is no text is one character that nobody types. */
type Piece = { text: string; node: Node | null; marks: readonly Mark[] }

function phrasingOf(block: Node): PhrasingContent[] {
  const pieces = block.children.map((node) => ({ text: node.text ?? '', node: node.isText ? null : node, marks: node.marks }))
  return nested(withoutEdges(spacesOutside(codeInOne(pieces))))
}

/** Two spans of code that touch are none in Markdown: they become one, with what both are marked by. */
function codeInOne(pieces: Piece[]): Piece[] {
  const all: Piece[] = []
  for (const piece of pieces) {
    const last = all.at(-1)
    if (last && isCode(last) && isCode(piece)) {
      all[all.length - 1] = { ...last, text: last.text + piece.text, marks: last.marks.filter((mark) => mark.isInSet(piece.marks)) }
    } else all.push(piece)
  }
  return all
}

function isCode({ marks }: Piece): boolean {
  return marks.some(({ type }) => type.name === 'code')
}

/** "**bold **" is no bold text in Markdown: spaces at its edges belong to what is around it. */
function spacesOutside(pieces: Piece[]): Piece[] {
  const cut = pieces.flatMap(({ text, node, marks }): Piece[] => {
    if (node || isCode({ text, node, marks })) return [{ text, node, marks }]
    return (text.match(/^\s+|\s+$|\S(?:.*\S)?/gs) ?? []).map((part) => ({ text: part, node, marks }))
  })
  return cut.map((piece, i) => {
    if (piece.node?.type.name === 'image' || piece.text.trim()) return piece
    const [before, after] = [cut[i - 1]?.marks ?? [], cut[i + 1]?.marks ?? []]
    return { ...piece, marks: piece.marks.filter((mark) => mark.isInSet(before) && mark.isInSet(after)) }
  })
}

/** Spaces and breaks at the ends of a block are nothing that anybody sees. */
function withoutEdges(pieces: Piece[]): Piece[] {
  const isSeen = ({ node, text }: Piece) => node?.type.name === 'image' || /[^ \t\n]/.test(text)
  const from = pieces.findIndex(isSeen)
  return from < 0 ? [] : pieces.slice(from, pieces.findLastIndex(isSeen) + 1)
}

/** Pieces with the same mark stand in one. The outermost is the one that goes on longest. */
function nested(pieces: Piece[]): PhrasingContent[] {
  const all: PhrasingContent[] = []
  for (let i = 0; i < pieces.length; ) {
    const piece = pieces[i] as Piece
    const longest = piece.marks
      .filter(({ type }) => type.name !== 'code')
      .map((mark) => ({ mark, end: endOf(mark, pieces, i) }))
      .toSorted((one, other) => other.end - one.end)[0]
    if (!longest) {
      all.push(leafOf(piece))
      i += 1
      continue
    }
    const { mark, end } = longest
    const inside = pieces.slice(i, end).map((each) => ({ ...each, marks: mark.removeFromSet(each.marks) }))
    all.push(markedAs(mark, nested(inside)))
    i = end
  }
  return all
}

function endOf(mark: Mark, pieces: Piece[], from: number): number {
  const end = pieces.findIndex((piece, i) => i > from && !mark.isInSet(piece.marks))
  return end < 0 ? pieces.length : end
}

function markedAs(mark: Mark, children: PhrasingContent[]): PhrasingContent {
  if (mark.type.name === 'link') return { type: 'link', url: mark.attrs.href, children } as PhrasingContent
  return { type: ({ strong: 'strong', em: 'emphasis', strike: 'delete' } as const)[mark.type.name as 'em'], children }
}

function leafOf({ text, node, marks }: Piece): PhrasingContent {
  if (node?.type.name === 'image') return { type: 'image', url: node.attrs.src, alt: node.attrs.alt }
  if (node) return { type: 'break' }
  return marks.length ? { type: 'inlineCode', value: text } : { type: 'text', value: text }
}
