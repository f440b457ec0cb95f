import type { Nodes, PhrasingContent, Root, RootContent } from 'mdast'
import { Fragment, type Mark, type Node } from 'prosemirror-model'
import { schema } from '#components/editor/schema.ts'
import { toMarkdown } from '#components/editor/to-markdown.ts'
import { isCostlyToParse } from '#lib/markdown-cost.ts'
import { cleaned, OUR_IMAGE, parseMarkdown } from '#lib/markdown-parse.ts'

/**
 * A text as the editor holds it. Blocks that it cannot show as they will look, or would not write as they were meant, stand in it
 * as they are. Null where not even that gives the same text again: then it is best changed as Markdown.
 */
export function fromMarkdown(given: string): Node | null {
  const markdown = cleaned(given)
  if (isCostlyToParse(markdown)) return null
  const tree = parseMarkdown(markdown)
  const blocks = tree.children.map((block) => shown(block) ?? sourceOf(block, markdown))
  const doc = docOf(blocks.length ? blocks : [schema.node('paragraph')])
  return means(doc, tree) ? doc : null
}

/** Whether two texts become the same page: where spaces and ends of lines stand in the source does not matter. */
export function isSameText(one: string, other: string): boolean {
  return meaning(parseMarkdown(one)) === meaning(parseMarkdown(other))
}

const docOf = (blocks: Node[]) => schema.node('doc', null, blocks)

const means = (doc: Node, tree: Root) => meaning(parseMarkdown(toMarkdown(doc))) === meaning(tree)

/** Null where the editor has nothing for it, or would write something else. */
function shown(block: RootContent): Node | null {
  const node = blockOf(block)
  return node && means(docOf([node]), { type: 'root', children: [block] }) ? node : null
}

function sourceOf({ position }: RootContent, markdown: string): Node {
  const text = markdown.slice(position?.start.offset, position?.end.offset)
  return schema.node('source', null, textNodes(text))
}

type Block = 'paragraph' | 'heading' | 'blockquote' | 'list_item' | 'bullet_list' | 'ordered_list'

function blockOf(block: RootContent): Node | null {
  switch (block.type) {
    case 'paragraph':
      return made('paragraph', null, inlineOf(block.children))
    case 'heading':
      return made('heading', { level: block.depth }, inlineOf(block.children))
    case 'blockquote':
      return made('blockquote', null, allOf(block.children.map(blockOf)))
    case 'list':
      return block.ordered
        ? made('ordered_list', { tight: !isLoose(block), order: block.start ?? 1 }, allOf(block.children.map(blockOf)))
        : made('bullet_list', { tight: !isLoose(block) }, allOf(block.children.map(blockOf)))
    case 'listItem':
      if (typeof block.checked === 'boolean') return null
      return made('list_item', null, block.children.length ? allOf(block.children.map(blockOf)) : [schema.node('paragraph')])
    case 'code':
      return block.meta ? null : schema.node('code_block', { lang: block.lang ?? null }, textNodes(block.value))
    case 'thematicBreak':
      return schema.node('horizontal_rule')
    default:
      return null
  }
}

function made(type: Block, attrs: Record<string, unknown> | null, content: Node[] | null): Node | null {
  if (!content || !schema.nodes[type].validContent(Fragment.from(content))) return null
  return schema.node(type, attrs, content)
}

function inlineOf(children: PhrasingContent[], marks: readonly Mark[] = []): Node[] | null {
  const pieces = allOf(children.map((child) => pieceOf(child, marks)))
  return pieces?.flat() ?? null
}

function pieceOf(node: PhrasingContent, marks: readonly Mark[]): Node[] | null {
  switch (node.type) {
    case 'text':
      return textNodes(node.value.replace(/[ \t]*\n[ \t]*/g, ' '), marks)
    case 'inlineCode':
      return textNodes(node.value, schema.mark('code').addToSet(marks))
    case 'strong':
      return inlineOf(node.children, schema.mark('strong').addToSet(marks))
    case 'emphasis':
      return inlineOf(node.children, schema.mark('em').addToSet(marks))
    case 'delete':
      return inlineOf(node.children, schema.mark('strike').addToSet(marks))
    case 'link':
      return node.title || !node.url ? null : inlineOf(node.children, schema.mark('link', { href: node.url }).addToSet(marks))
    case 'image':
      return node.title || !OUR_IMAGE.test(node.url)
        ? null
        : [schema.node('image', { src: node.url, alt: node.alt ?? '' }, undefined, marks)]
    case 'break':
      return [schema.node('hard_break', null, undefined, marks)]
    default:
      return null
  }
}

const textNodes = (text: string, marks: readonly Mark[] = []) => (text ? [schema.text(text, marks)] : [])

function allOf<Made>(made: (Made | null)[]): Made[] | null {
  const there = made.filter((each) => each !== null)
  return there.length === made.length ? there : null
}

/** All that the renderer makes something of. */
function meaning(tree: Root): string {
  return JSON.stringify(plainly(tree))
}

function plainly(node: Nodes): unknown {
  const { position: _, ...own } = node
  if ('value' in own && node.type === 'text') return own.value.replace(SPACES, ' ')
  const loose = node.type === 'list' && { spread: isLoose(node) }
  // Of its list.
  const item = node.type === 'listItem' && { spread: null }
  if (!('children' in node)) return own
  const children: unknown[] = []
  for (const child of node.children.map(plainly)) {
    const before = children.at(-1)
    if (typeof child === 'string' && typeof before === 'string') children[children.length - 1] = (before + child).replace(SPACES, ' ')
    else children.push(child)
  }
  const shown = { ...own, ...loose, ...item, children: trimmed(node.type, children) }
  // Whether what is bold is italic or what is italic is bold is no difference.
  const [only] = children
  if (!STRESSES.includes(node.type) || children.length > 1 || !isStressed(only) || only.type > node.type) return shown
  return { ...only, children: [{ ...shown, children: only.children }] }
}

const SPACES = /[ \t\n]+/g
const STRESSES = ['delete', 'emphasis', 'strong']

function isStressed(node: unknown): node is { type: string; children: unknown[] } {
  return typeof node === 'object' && node !== null && 'type' in node && STRESSES.includes(String(node.type))
}

function trimmed(type: string, children: unknown[]): unknown[] {
  if (type !== 'paragraph' && type !== 'heading') return children
  return children.map((child, i) => {
    if (typeof child !== 'string') return child
    const from = i === 0 ? child.replace(/^ /, '') : child
    return i === children.length - 1 ? from.replace(/ $/, '') : from
  })
}

function isLoose(list: { spread?: boolean | null; children: { spread?: boolean | null }[] }): boolean {
  return Boolean(list.spread) || list.children.some((item) => item.spread)
}
