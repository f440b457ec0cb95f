import type { Element, ElementContent, Root, RootContent } from 'hast'
import { endsWord, wordEnd } from '#lib/word-end.ts'

const aboutThisLong = 500
const leastHidden = 100

/**
 * Marks where the excerpt ends: at a word's end after about 500 characters of text, if that hides at least 100. A comment
 * `more` stands at the place; what comes after it carries `data-rest`, inline content in a `<span>` of its own.
 * Code blocks and tables are never divided: the excerpt ends before them, or after one that stands first.
 */
export function cut(tree: Root): void {
  const place = placeToCut(runsOf(tree, []))
  if (!place) return
  const { path, from, to } = place.run
  const [shown, rest] = divided(place.run.parent.children.slice(from, to), place.at)
  setChildren(place.run.parent, (children) => [
    ...children.slice(0, from),
    ...shown,
    { type: 'comment', value: 'more' },
    ...hidden([...rest, ...children.slice(to)]),
  ])
  for (const { parent, index } of path) {
    setChildren(parent, (children) => [...children.slice(0, index + 1), ...hidden(children.slice(index + 1))])
  }
}

type Parent = Root | Element

/** Neighbours under one parent: inline nodes that make a line of text, or (whole) one block that is not divided. */
type Run = { parent: Parent; from: number; to: number; text: string; whole: boolean; path: { parent: Parent; index: number }[] }

function runsOf(parent: Parent, path: Run['path']): Run[] {
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

function placeToCut(runs: Run[]): { run: Run; at: number } | null {
  let before = 0
  for (const [index, run] of runs.entries()) {
    const room = aboutThisLong - before
    before += lengthOf(run.text)
    if (before <= aboutThisLong) continue
    const place = placeIn(run, room) ?? placeAfter(runs.slice(0, index)) ?? placeBeyond(run, room)
    const rest = runs.slice(runs.indexOf(place.run) + 1).map((later) => later.text)
    const hides = [place.run.text.slice(place.at), ...rest].reduce((sum, text) => sum + lengthOf(text), 0)
    return hides < leastHidden ? null : place
  }
  return null
}

function placeIn(run: Run, room: number) {
  const at = run.whole ? null : wordEnd(run.text, room)
  return at === null ? null : { run, at }
}

/** At the end of all that, but not at a heading, whose text would then be missing, unless there is nothing else. */
function placeAfter(runs: Run[]) {
  const run = runs.findLast(({ parent }) => !(parent.type === 'element' && /^h[4-6]$/.test(parent.tagName))) ?? runs.at(-1)
  return run ? { run, at: run.text.length } : null
}

function placeBeyond(run: Run, room: number) {
  let at = run.whole ? run.text.length : room
  while (at < run.text.length && !endsWord(run.text, at)) at++
  return { run, at }
}

/** The nodes up to that offset of their text, and those after it; a node in which it lies stays, its rest hidden. */
function divided(nodes: RootContent[], at: number): [RootContent[], RootContent[]] {
  const shown: RootContent[] = []
  const rest: RootContent[] = []
  let left = at
  for (const node of nodes) {
    const { length } = textIn(node)
    if (left <= 0) rest.push(node)
    else if (left >= length) shown.push(node)
    else if (node.type === 'text') {
      shown.push({ type: 'text', value: node.value.slice(0, left) })
      rest.push({ type: 'text', value: node.value.slice(left) })
    } else if (node.type === 'element') {
      const [first, second] = divided(node.children, left)
      setChildren(node, () => [...first, ...hidden(second)])
      shown.push(node)
    }
    left -= length
  }
  return [shown, rest]
}

function hidden(nodes: RootContent[]): RootContent[] {
  const marked: RootContent[] = []
  let span: Element | null = null
  for (const node of nodes) {
    if (isBlock(node)) {
      node.properties.dataRest = ''
      marked.push(node)
      span = null
    } else if (span) span.children.push(node as ElementContent)
    else if (!textIn(node).trim() && node.type === 'text') marked.push(node)
    else {
      span = { type: 'element', tagName: 'span', properties: { dataRest: '' }, children: [node as ElementContent] }
      marked.push(span)
    }
  }
  return marked
}

function isBlock(node: RootContent): node is Element {
  return node.type === 'element' && /^(p|h[4-6]|ul|ol|li|blockquote|pre|hr|div)$/.test(node.tagName)
}

function textIn(node: RootContent): string {
  if (node.type === 'text') return node.value
  if (node.type !== 'element') return ''
  return node.tagName === 'br' ? '\n' : node.children.map(textIn).join('')
}

// A root's children and an element's differ in the types by the doctype, which is in neither here.
function setChildren(parent: Parent, change: (children: RootContent[]) => RootContent[]): void {
  parent.children = change(parent.children) as ElementContent[]
}

const lengthOf = (text: string) => text.replace(/\s+/g, ' ').trim().length
