import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5'

export type HtmlNode = { name: string; attributes: Record<string, string>; text: string; children: HtmlNode[] }

/**
 * What a browser would make of the HTML: elements by their names, `#text` and `#comment` with their text. Throws where
 * the HTML has an error or leaves an element open, which a browser would mend in its own way.
 */
export function htmlTree(html: string): HtmlNode[] {
  const errors: string[] = []
  const { childNodes } = parseFragment(html, {
    sourceCodeLocationInfo: true,
    onParseError: ({ code, startOffset }) => errors.push(`${code} at ${startOffset}`),
  })
  const tree = childNodes.map((node) => read(node, errors))
  if (errors.length > 0) throw new Error(`${errors.join(', ')} in ${html.slice(0, 500)}`)
  return tree
}

/** All nodes in the order of the document, each with the elements that it is in, outermost first. */
export function allNodes(nodes: HtmlNode[], inside: HtmlNode[] = []): { node: HtmlNode; inside: HtmlNode[] }[] {
  return nodes.flatMap((node) => [{ node, inside }, ...allNodes(node.children, [...inside, node])])
}

const voids = ['br', 'hr', 'img', 'input', 'meta', 'link', 'source', 'embed', 'area', 'base', 'col', 'track', 'wbr']

function read(node: DefaultTreeAdapterTypes.ChildNode, errors: string[]): HtmlNode {
  const empty = { name: node.nodeName, attributes: {}, text: '', children: [] }
  if ('value' in node) return { ...empty, text: node.value }
  if ('data' in node) return { ...empty, text: node.data }
  if (!('attrs' in node)) return empty
  const at = node.sourceCodeLocation
  if (!at?.startTag || (!at.endTag && !voids.includes(node.nodeName))) errors.push(`<${node.nodeName}> is not written out`)
  const attributes = Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]))
  return { ...empty, attributes, children: node.childNodes.map((child) => read(child, errors)) }
}
