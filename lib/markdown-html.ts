import type { Element, ElementContent, Properties, Root, RootContent } from 'hast'
import type { Options as Schema } from 'rehype-sanitize'
import { OUR_IMAGE } from '#lib/markdown-parse.ts'

/** All that a text of a member's can become. There are no classes, ids, styles, foreign pictures or forms in it. */
export const allowed: Schema = {
  tagNames: [
    ...['p', 'h4', 'h5', 'h6', 'blockquote', 'ul', 'ol', 'li', 'pre', 'hr', 'br'],
    ...['a', 'img', 'strong', 'em', 'del', 'code', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
  ],
  attributes: {
    a: ['href'],
    img: [['src', OUR_IMAGE], 'alt', 'width', 'height', ['loading', 'lazy'], ['decoding', 'async']],
    ol: ['start'],
    th: [['dataAlign', 'center', 'right']],
    td: [['dataAlign', 'center', 'right']],
  },
  ancestors: { li: ['ul', 'ol'], thead: ['table'], tbody: ['table'], tr: ['table'], th: ['table'], td: ['table'] },
  protocols: { href: ['http', 'https'] },
  clobber: [],
  required: {},
  strip: [],
}

/**
 * Makes what Markdown gave fit into a page of ours, before it is sanitized: headings begin below the page's own, pictures
 * become links to them, but for our own where the text is an answer, check boxes signs, links that lead nowhere safe their text.
 */
export function tidy(tree: Root, isAnswer: boolean): void {
  const outline: number[] = []
  tree.children = content(tree.children, false)

  function content<T extends RootContent>(nodes: T[], inLink: boolean): T[] {
    return nodes.flatMap((node) => (node.type === 'element' ? (element(node, inLink) as T[]) : [node]))
  }

  function element(node: Element, inLink: boolean): ElementContent[] {
    const { tagName, properties } = node
    if (tagName === 'input') return [text(properties.checked ? '☑' : '☐')]
    const own = tagName === 'img' && isAnswer && image(properties)
    if (own) return [own]
    if (tagName === 'img') return linked(properties.src, [text(String(properties.alt ?? ''))], inLink)
    const children = content(node.children, inLink || tagName === 'a')
    if (tagName === 'a') return linked(properties.href, children, inLink)
    if (/^h[1-6]$/.test(tagName)) return heading(Number(tagName[1]), children)
    if (tagName === 'th' || tagName === 'td') return [cell(node, children)]
    return [{ ...node, children }]
  }

  function heading(depth: number, children: ElementContent[]): ElementContent[] {
    if (!children.some(hasText)) return []
    return [{ type: 'element', tagName: `h${headingLevel(depth)}`, properties: {}, children }]
  }

  /** Deeper headings one level each, whatever the writer skipped, as an outline has no gaps. */
  function headingLevel(depth: number): number {
    while ((outline.at(-1) ?? 0) >= depth) outline.pop()
    outline.push(depth)
    return Math.min(6, 3 + outline.length)
  }
}

/**
 * One of ours, with the room that it takes; null for any other. In attributes `<` and `>` would stay as they are, and whoever
 * looks for tags or for our mark in the HTML (lib/clip.ts, lib/mark-words.ts) would find those that somebody typed.
 */
function image({ src, alt }: Properties): Element | null {
  const [, width, height] = OUR_IMAGE.exec(String(src ?? '')) ?? []
  if (!width || !height) return null
  const words = String(alt ?? '')
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
  const shown = { src, alt: words, width: Number(width), height: Number(height), loading: 'lazy', decoding: 'async' }
  return { type: 'element', tagName: 'img', properties: shown, children: [] }
}

/** A link with words, or its words alone where it is in another link or leads nowhere safe. */
function linked(address: Properties[string], children: ElementContent[], inLink: boolean): ElementContent[] {
  const href = safeHref(String(address ?? ''))
  if (inLink || !href) return children
  return [{ type: 'element', tagName: 'a', properties: { href }, children: children.some(hasText) ? children : [text(href)] }]
}

/** A header cell without words is none, and `align` is no HTML any more. */
function cell(node: Element, children: ElementContent[]): Element {
  const tagName = children.some(hasText) ? node.tagName : 'td'
  return { type: 'element', tagName, properties: { dataAlign: node.properties.align }, children }
}

/** Adds what is ours and the same for everybody, after sanitizing. */
export function finish(tree: Root): void {
  tree.children = tree.children.map(finished)
}

function finished<T extends RootContent>(node: T): T {
  if (node.type !== 'element') return node
  node.children = node.children.map(finished)
  if (node.tagName === 'a') node.properties.rel = ['nofollow', 'ugc', 'noopener']
  // What may be wider than the page scrolls by itself, and so must be reached by the keyboard.
  if (node.tagName === 'pre') node.properties.tabIndex = 0
  if (node.tagName !== 'table') return node
  const frame = { role: 'group', ariaLabel: 'Table', tabIndex: 0 }
  return { type: 'element', tagName: 'div', properties: frame, children: [node] } as Element as T
}

/** The address in its canonical form, or null unless it is whole, http or https, of a plain host, and with no name that poses as one. */
function safeHref(href: string): string | null {
  if (!/^https?:\/\//i.test(href)) return null
  const url = URL.parse(href)
  if (!url || url.username || url.password) return null
  // URLs allow quotes in a host, where an autolink swallowed one.
  return /^([a-z0-9._-]+|\[[0-9a-f:]+\])$/.test(url.hostname) ? url.href : null
}

const text = (value: string) => ({ type: 'text' as const, value })

/** Whether there is something to see in it; spaces and invisible characters alone are nothing to point at. */
function hasText(node: RootContent): boolean {
  if (node.type === 'text') return /[\p{L}\p{N}\p{P}\p{S}]/u.test(node.value)
  if (node.type !== 'element') return false
  if (node.tagName === 'img') return hasText(text(String(node.properties.alt)))
  return node.children.some(hasText)
}
