import type { Element, ElementContent, Root, RootContent } from 'hast'

type Parent = Root | Element

/** Neighbours under one parent: inline nodes that make a line of text, or (whole) one block that is not divided. */
export type Run = { parent: Parent; from: number; to: number; text: string; whole: boolean; path: { parent: Parent; index: number }[] }

/** In the order of the text; what has no words is in none. */
export function runsOf(parent: Parent, path: Run['path']): Run[] {
  const runs: Run[] = []
  let open: Run | null = null
  for (const [index, node] of parent.children.entries()) {
    const text = textIn(node)
    const whole = node.type === 'element' && /^(pre|div)$/.test(node.tagName)
    if (open && !isBlock(node)) {
      open.to = index + 1
      open.text += text
    } else if (isBlock(node) && !whole) {
      open = null
      runs.push(...runsOf(node, [...path, { parent, index }]))
    } else {
      open = null
      if (!text.trim()) continue
      const run: Run = { parent, from: index, to: index + 1, text, whole, path }
      runs.push(run)
      if (!whole) open = run
    }
  }
  return runs
}

export function isBlock(node: RootContent): node is Element {
  return node.type === 'element' && /^(p|h[4-6]|ul|ol|li|blockquote|pre|hr|div)$/.test(node.tagName)
}

export function textIn(node: RootContent): string {
  if (node.type === 'text') return node.value
  if (node.type !== 'element') return ''
  return node.tagName === 'br' ? '\n' : node.children.map(textIn).join('')
}

// A root's children and an element's differ in the types by the doctype, which is in neither here.
export function setChildren(parent: Parent, change: (children: RootContent[]) => RootContent[]): void {
  parent.children = change(parent.children) as ElementContent[]
}
